"""What lies between the two sides, as either side sees it: the same for both but for who is *you*, and for one's own part.

Both faces build their page from this one, with `viewer` on their side of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.between import agreement
from ampersand.between.models import (
    Agreement,
    AgreementKey,
    AgreementState,
    AgreementVersion,
    Feeling,
    Pulse,
    PulseAnswer,
    PulseReply,
    PulseState,
    Said,
    Worth,
)
from ampersand.between.sealing import Answer
from ampersand.between.worth import QUESTION
from ampersand.parties.speaking import Voice

MOST_PULSES = 50

# What either side may read of each: by whose hand of ours it was written down stays with us.
_SAID = ("party_id", "is_ours", "voice", "at")
_ASKED = ("questions", "closes_on", "opened_at", "declined_at", "moment_mode", "moment_on")
_WORDED = ("number", "together", "in_touch", "bundles", "parting", "look_again_on", "answer_by", "digest")

# The address of an act on a row: each face has its own.
Address = Callable[[str, UUID | int], str]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: on which side and as which parties, what the other side is called, and where their acts are.

    `entry` is what a form of theirs sends along, such that sent twice it is one; empty where none does.
    """

    is_ours: bool
    party_ids: Collection[UUID]
    other: str
    address: Address
    entry: Callable[[], str] = str
    may_tell_their_word: bool = False

    def wrote(self, answer: PulseAnswer) -> bool:
        """Whether an answer is their own: said to nobody else."""
        return answer.is_in and answer.is_ours == self.is_ours and answer.party_id in self.party_ids

    def name_of(self, said: Said) -> str:
        """Whose word it is, with its voice where it was told by somebody else."""
        return self.name(is_ours=said.is_ours, voice=said.voice)

    def name(self, *, is_ours: bool, voice: str = Voice.OWN) -> str:
        """One of the two sides, with its voice where somebody else told it."""
        if voice == Voice.TOLD_BY_US:
            if not self.is_ours:
                return _("You (your word, written down by %(name)s)") % {"name": self.other}
            return _("%(name)s (their word, told by us)") % {"name": self.whose(is_ours=is_ours)}
        return self.whose(is_ours=is_ours)

    def whose(self, *, is_ours: bool) -> str:
        """*You*, or what the other side is called."""
        return _("You") if is_ours == self.is_ours else self.other


@dataclass(frozen=True, slots=True)
class Told:
    """What one side said to one question."""

    name: str
    feeling: str
    words: str
    guess: str
    worth: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """One question with what both said to it, one's own first."""

    question: str
    told: tuple[Told, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class PulseRow:
    id: UUID
    questions: tuple[str, ...]
    asked: str
    asked_on: datetime
    closes_on: date
    state: PulseState
    says: str
    opened: tuple[Opened, ...] = ()
    replies: tuple[tuple[str, str, datetime], ...] = ()
    meeting: str = ""
    """The mode of the meeting it asks about, as a word; empty where it asks about none."""
    meeting_on: date | None = None
    has_answered: bool = False
    answer_url: str = ""
    otherwise_url: str = ""
    decline_url: str = ""
    reply_url: str = ""
    open_url: str = ""
    burn_url: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    id: UUID
    number: int
    state: AgreementState
    says: str
    proposed: str
    proposed_on: datetime
    together: str
    in_touch: str
    bundles: tuple[str, ...]
    parting: str
    look_again_on: date
    answer_by: date | None
    is_to_look_at: bool
    digest: str
    text_url: str
    keys: tuple[tuple[str, bool, str, datetime], ...]
    agree_url: str = ""
    decline_url: str = ""
    told_url: str = ""
    end_url: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class BetweenPart:
    """What holds, what waits, and what was; and the pulses, the latest first."""

    holding: VersionRow | None
    waiting: VersionRow | None
    before: tuple[VersionRow, ...]
    pulses: tuple[PulseRow, ...]
    other: str
    entry: str = ""


def between_part(
    pulses: models.QuerySet[Pulse], agreements: models.QuerySet[Agreement], *, viewer: Viewer, on: date
) -> BetweenPart:
    """The part of a page about what lies between, for either side, of the rows that side sees. Six queries."""
    using = pulses.db
    pulses = pulses.only("id", *_SAID, *_ASKED).order_by("-at", "-id")
    pulses = pulses.prefetch_related(
        Prefetch("answers", PulseAnswer.objects.using(using).only("id", *_SAID, "pulse_id", "said", "burned_at")),
        Prefetch("replies", PulseReply.objects.using(using).only("id", *_SAID, "pulse_id", "words")),
    )
    keys = AgreementKey.objects.using(using).only("id", *_SAID, "version_id", "agrees", "words")
    worded = AgreementVersion.objects.using(using).only("id", *_SAID, "agreement_id", *_WORDED)
    whole = agreements.only("id", "begun_at", "ended_at").order_by("-begun_at", "-id")
    whole = whole.prefetch_related(Prefetch("versions", worded.prefetch_related(Prefetch("keys", keys))))
    versions = [
        _version(version, state, one, viewer=viewer, on=on)
        for one in whole
        for version, state in agreement.states(one, on=on)
    ]
    holding = next((row for row in versions if row.state == AgreementState.HOLDS), None)
    waiting = next((row for row in versions if row.state == AgreementState.PROPOSED), None)
    return BetweenPart(
        holding=holding,
        waiting=waiting,
        before=tuple(row for row in versions if row not in (holding, waiting)),
        pulses=tuple(_pulse(one, viewer=viewer, on=on) for one in pulses[:MOST_PULSES]),
        other=viewer.other,
        entry=viewer.entry(),
    )


def _pulse(told: Pulse, *, viewer: Viewer, on: date) -> PulseRow:
    state = told.state(on=on)
    is_own = any(map(viewer.wrote, told.answers.all()))
    names: list[str] = []
    if state in (PulseState.ASKED, PulseState.ONE_ANSWERED):
        names += ["answer", "decline"]
    if state == PulseState.ASKED and not told.is_of_meeting:
        names += ["otherwise"]
    if state == PulseState.OPENED:
        names += ["reply"]
    if state == PulseState.CLOSED and is_own:
        names += ["open", "burn"]
    acts = {f"{name}_url": viewer.address(f"pulse_{name}", told.pk) for name in names}
    return PulseRow(
        id=told.pk,
        questions=_questions(told),
        asked=viewer.name_of(told),
        asked_on=told.at,
        closes_on=told.closes_on,
        state=state,
        says=_pulse_says(state),
        opened=_opened(told, viewer) if state == PulseState.OPENED else (),
        replies=tuple((viewer.name_of(one), one.words, one.at) for one in sorted(told.replies.all(), key=_when)),
        meeting=str(told.get_moment_mode_display()) if told.is_of_meeting else "",
        meeting_on=told.moment_on,
        has_answered=is_own,
        entry=viewer.entry(),
        **acts,
    )


def _questions(told: Pulse) -> tuple[str, ...]:
    """Each reads the question of a meeting in their own language; words that were erased stay away."""
    return (str(QUESTION),) if told.is_of_meeting and told.questions else tuple(told.questions)


def _when(said: Said) -> tuple[datetime, str]:
    return said.at, str(said.pk)


def _pulse_says(state: PulseState) -> str:
    return {
        PulseState.ASKED: _("Nobody has answered yet."),
        PulseState.ONE_ANSWERED: _("One side has answered. What it said opens when both are in."),
        PulseState.OPENED: _("Opened together."),
        PulseState.CLOSED: _("Closed unopened. Nothing follows from it."),
        PulseState.DECLINED: _("Declined. Nothing follows from it."),
    }[state]


def _opened(told: Pulse, viewer: Viewer) -> tuple[Opened, ...]:
    """The questions on which the two differ first, in the order in which they were asked."""
    answers = sorted(
        (one for one in told.answers.all() if one.said is not None), key=lambda one: one.is_ours != viewer.is_ours
    )
    rows = []
    for place, question in enumerate(_questions(told)):
        said = tuple(_told(one, place, viewer) for one in answers)
        feelings = {row.feeling or row.worth for row in said if row.feeling or row.worth}
        rows.append(Opened(question=question, told=said, differs=len(feelings) > 1))
    return tuple(sorted(rows, key=lambda row: not row.differs))


def _told(answer: PulseAnswer, place: int, viewer: Viewer) -> Told:
    said = (answer.said or [])[place]
    return Told(
        name=viewer.name_of(answer),
        feeling=str(Feeling(said["feeling"]).label) if said["feeling"] else "",
        words=said["words"],
        guess=said["guess"],
        worth=str(Worth(said["worth"]).label) if said.get("worth") else "",
    )


def _version(
    version: AgreementVersion, state: AgreementState, whole: Agreement, *, viewer: Viewer, on: date
) -> VersionRow:
    acts: dict[str, str] = {}
    if state == AgreementState.PROPOSED:
        if version.is_ours != viewer.is_ours:
            acts |= {f"{name}_url": viewer.address(f"version_{name}", version.pk) for name in ("agree", "decline")}
        elif viewer.may_tell_their_word:
            acts |= {"told_url": viewer.address("version_told", version.pk)}
    if state == AgreementState.HOLDS:
        acts |= {"end_url": viewer.address("agreement_end", whole.pk)}
    return VersionRow(
        id=version.pk,
        number=version.number,
        state=state,
        says=_version_says(state),
        proposed=viewer.name_of(version),
        proposed_on=version.at,
        together=version.together,
        in_touch=version.in_touch,
        bundles=tuple(version.bundles),
        parting=version.parting,
        look_again_on=version.look_again_on,
        answer_by=version.answer_by,
        is_to_look_at=state == AgreementState.HOLDS and version.look_again_on <= on,
        digest=version.digest,
        text_url=viewer.address("version_text", version.pk),
        keys=tuple(_key(key, viewer) for key in sorted(version.keys.all(), key=_when)),
        entry=viewer.entry(),
        **acts,
    )


def _key(key: AgreementKey, viewer: Viewer) -> tuple[str, bool, str, datetime]:
    return viewer.name_of(key), key.agrees, key.words, key.at


def _version_says(state: AgreementState) -> str:
    return {
        AgreementState.PROPOSED: _("It waits for the other side to agree."),
        AgreementState.COUNTERED: _("Answered with another version."),
        AgreementState.HOLDS: _("Both hold it."),
        AgreementState.DECLINED: pgettext("a version of an agreement", "Declined."),
        AgreementState.REPLACED: _("Replaced by a later version."),
        AgreementState.LAPSED: _("Lapsed: nobody answered in time."),
        AgreementState.ENDED: _("Ended."),
    }[state]


def answers_of(questions: Sequence[str], told: dict[str, str]) -> list[Answer]:
    """What was typed to each question, from a form's fields `words_0`, `feeling_0`, `guess_0`..."""
    return [
        Answer(
            words=told.get(f"words_{place}", "").strip(),
            feeling=told.get(f"feeling_{place}", ""),
            guess=told.get(f"guess_{place}", "").strip(),
            worth=told.get(f"worth_{place}", ""),
        )
        for place in range(len(questions))
    ]
