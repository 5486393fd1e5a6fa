"""What is done with an agreement: proposed, answered with another version, agreed, declined, ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.between import canonical, sides
from ampersand.between.models import Agreement, AgreementKey, AgreementState, AgreementVersion, Said
from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.members.queries import the_house
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker

LONGEST_WORDS = 8_000
MOST_BUNDLED = 40
LONGEST_BUNDLED = 500


class NothingProposed(ValueError):
    """An agreement says what the two do together."""


class NotAhead(ValueError):
    """One looks again, and answers, on a day that has not passed."""


class NotOpen(ValueError):
    """This version is not the one that waits for an answer."""


class NotYourKey(PermissionError):
    """Who proposed a version has turned its key; the other is the other side's."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The words of a version."""

    together: str
    look_again_on: date
    in_touch: str = ""
    bundles: Sequence[str] = ()
    parting: str = ""
    answer_by: date | None = None


@whole
def propose(relationship: Relationship, proposal: Proposal, *, on: date, speaker: Speaker) -> AgreementVersion:
    """Propose a version. What holds meanwhile goes on to hold until both keys are turned. The same proposed twice is one.

    Raises NothingProposed, NotAhead.
    """
    sides.require_part(speaker, relationship)
    _refuse_unfit(proposal, on=on)
    locked = Relationship.objects.select_for_update().get(pk=relationship.pk)
    agreement, _is_new = Agreement.objects.get_or_create(
        relationship=locked, ended_at=None, defaults={"begun_at": speaker.at}
    )
    versions = list(agreement.versions.order_by("number"))
    told = {
        "together": proposal.together.strip(),
        "in_touch": proposal.in_touch.strip(),
        "bundles": [words.strip() for words in proposal.bundles if words.strip()],
        "parting": proposal.parting.strip(),
        "look_again_on": proposal.look_again_on,
    }
    if (
        versions
        and versions[-1].is_ours == speaker.is_ours
        and all(getattr(versions[-1], k) == v for k, v in told.items())
    ):
        return versions[-1]
    number = versions[-1].number + 1 if versions else 1
    house = the_house()
    text = canonical.text_of(
        agreement_id=agreement.pk,
        number=number,
        between=[house.name if house else "", str(relationship.party)],
        **told,  # type: ignore[arg-type]
    )
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=number,
        answer_by=proposal.answer_by,
        text=text,
        digest=canonical.digest_of(text),
        **told,
        **Said.of(speaker),
    )
    AgreementKey.objects.create(version=version, agrees=True, **Said.of(speaker))
    _record("agreement.proposed", agreement, speaker=speaker)
    return version


@whole
def agree(version: AgreementVersion, *, on: date, speaker: Speaker) -> AgreementKey:
    """Turn the other key: from now on this version holds. Turned twice, it is turned once. Raises NotOpen, NotYourKey."""
    return _turn(version, agrees=True, words="", on=on, speaker=speaker)


@whole
def decline(version: AgreementVersion, *, words: str = "", on: date, speaker: Speaker) -> AgreementKey:
    """Say no to a version. What held before goes on to hold. Raises NotOpen, NotYourKey."""
    return _turn(version, agrees=False, words=words.strip()[:LONGEST_WORDS], on=on, speaker=speaker)


@whole
def end(agreement: Agreement, *, speaker: Speaker) -> Agreement:
    """End it, as either side may at any time and alone. Ended twice, it is ended once."""
    locked = _locked(agreement, speaker)
    if locked.ended_at is None:
        locked.ended_at, locked.ended_by = speaker.at, speaker.party
        locked.save(update_fields=["ended_at", "ended_by"])
        _record("agreement.ended", locked, speaker=speaker)
    return locked


def states(agreement: Agreement, *, on: date) -> list[tuple[AgreementVersion, AgreementState]]:
    """The versions of an agreement with their states on a day, the latest first (prefetch `versions__keys`)."""
    versions = sorted(agreement.versions.all(), key=lambda version: version.number, reverse=True)
    held = next((version for version in versions if _is_held(version)), None)
    return [
        (version, _state(version, held=held, latest=versions[0], agreement=agreement, on=on)) for version in versions
    ]


def find_holding(relationship_ids: Iterable[UUID]) -> AgreementVersion | None:
    """The version that holds in one of these relationships, the latest if there are several."""
    versions = AgreementVersion.objects.filter(
        agreement__relationship__in=list(relationship_ids), agreement__ended_at=None
    )
    return next((one for one in versions.order_by("-at", "-number").prefetch_related("keys") if _is_held(one)), None)


def _state(
    version: AgreementVersion,
    *,
    held: AgreementVersion | None,
    latest: AgreementVersion,
    agreement: Agreement,
    on: date,
) -> AgreementState:
    if _is_held(version):
        if version != held:
            return AgreementState.REPLACED
        return AgreementState.HOLDS if agreement.ended_at is None else AgreementState.ENDED
    if any(not key.agrees for key in version.keys.all()):
        return AgreementState.DECLINED
    if version != latest:
        return AgreementState.COUNTERED
    if agreement.ended_at is not None:
        return AgreementState.ENDED
    is_late = version.answer_by is not None and version.answer_by < on
    return AgreementState.LAPSED if is_late else AgreementState.PROPOSED


def _is_held(version: AgreementVersion) -> bool:
    return {key.is_ours for key in version.keys.all() if key.agrees} == {True, False}


def _turn(version: AgreementVersion, *, agrees: bool, words: str, on: date, speaker: Speaker) -> AgreementKey:
    agreement = _locked(version.agreement, speaker)
    now = dict(states(agreement, on=on))
    known = next((key for key in version.keys.all() if key.is_ours == speaker.is_ours), None)
    if version.is_ours == speaker.is_ours:
        raise NotYourKey(_("You proposed it, so it is for the other side to agree."))
    if known is not None and known.agrees == agrees:
        return known
    if now[version] != AgreementState.PROPOSED:
        raise NotOpen(_("It waits for no answer any more. Look at what stands now."))
    key = AgreementKey.objects.create(version=version, agrees=agrees, words=words, **Said.of(speaker))
    _record("agreement.agreed" if agrees else "agreement.declined", agreement, speaker=speaker)
    return key


def _locked(agreement: Agreement, speaker: Speaker) -> Agreement:
    sides.require_part(speaker, agreement.relationship)
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def _refuse_unfit(proposal: Proposal, *, on: date) -> None:
    if not proposal.together.strip():
        raise NothingProposed(_("Write what you do together."))
    longest = max(map(len, (proposal.together, proposal.in_touch, proposal.parting)))
    if longest > LONGEST_WORDS:
        raise NothingProposed(_("Keep it below %(count)d characters.") % {"count": LONGEST_WORDS})
    if len(proposal.bundles) > MOST_BUNDLED or any(len(words) > LONGEST_BUNDLED for words in proposal.bundles):
        raise NothingProposed(
            _("Bundle at most %(count)d promises and terms, each in a line.") % {"count": MOST_BUNDLED}
        )
    if proposal.look_again_on <= on:
        raise NotAhead(_("Choose a day ahead to look again."))
    if proposal.answer_by is not None and proposal.answer_by < on:
        raise NotAhead(_("Choose a day ahead for the answer."))


def _record(name: str, agreement: Agreement, *, speaker: Speaker) -> None:
    events.record(
        name, at=speaker.at, by_id=speaker.by_id, subject_id=agreement.pk, relationship_ids=[agreement.relationship_id]
    )
