"""Two sides, each in its own lines: what matters to it, how far it wants this to go, what it wonders, what it hopes for.

Each act is open to either side by `Speaker`. A line in their own voice is written, changed and withdrawn by nobody but them;
what a member writes down for them is *their word, told by us*. Lines are changed by telling them anew, so that both stand in
the history with their days.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.parties.models import LineKind, Party, Relationship, SideLine, Tie, TieKind
from ampersand.parties.speaking import Speaker
from ampersand.parties.voices import Voice

LONGEST_WORDS = 4_000


class NotYoursToSay(PermissionError):
    """Each side writes its own lines, and nobody else's in their voice."""


class NothingSaid(ValueError):
    """A line holds words."""


class NoLongerStands(ValueError):
    """The line was withdrawn or changed meanwhile."""


class NoQuestion(ValueError):
    """Only what somebody wonders can be answered."""


@whole
def tell(
    relationship: Relationship,
    *,
    kind: str,
    words: str,
    speaker: Speaker,
    said_on: date | None = None,
    of: Party | None = None,
    is_quote: bool = False,
) -> SideLine:
    """Tell a line of the speaker's side. Told again in the same words, it is the same line.

    How far a side wants this to go is one line in each voice: a later one takes its place. What they say themselves takes the
    place of the same words told by us. `of` is whose matter it is, where that is another than the party of the relationship.
    Raises NotYoursToSay for somebody who stands on neither side, NothingSaid without words.
    """
    require_part(speaker, relationship)
    words = _clean(words)
    of = _of_whom(of, speaker, relationship)
    told = {"relationship": relationship, "kind": LineKind(kind), "is_ours": speaker.is_ours, "of": of}
    Relationship.objects.select_for_update().get(pk=relationship.pk)
    standing = list(SideLine.objects.standing().filter(**told).select_for_update().order_by("-told_at", "-id"))
    same = next((line for line in standing if line.words == words and line.voice == speaker.voice), None)
    if same is not None:
        return same
    for line in standing:
        if _gives_way(line, words, speaker):
            _withdraw(line, speaker)
    line = SideLine.objects.create(
        **told,
        words=words,
        voice=speaker.voice,
        room=Room.BETWEEN if _is_own_hand(speaker) else Room.OURS,
        said_on=said_on or timezone.localdate(speaker.at),
        is_quote=is_quote and speaker.voice == Voice.TOLD_BY_US,
        told_at=speaker.at,
        told_by=speaker.by,
    )
    _record("line.told", line, speaker)
    return line


@whole
def change(line: SideLine, *, words: str, speaker: Speaker) -> SideLine:
    """Say a line in other words. The one before is withdrawn; what both sides read, both sides go on reading.

    Where they put right what we told of them, it is their own word from then on. Raises NotYoursToSay, NothingSaid,
    NoLongerStands.
    """
    locked = _of_speaker(line, speaker)
    words = _clean(words)
    if locked.withdrawn_at is not None:
        raise NoLongerStands(_("This was changed or withdrawn meanwhile. Read what stands now."))
    if locked.words == words and locked.voice == speaker.voice:
        return locked
    _withdraw(locked, speaker)
    anew = tell(
        locked.relationship,
        kind=locked.kind,
        words=words,
        speaker=speaker,
        of=locked.of,
        is_quote=locked.is_quote,
    )
    if locked.room == Room.BETWEEN and anew.room != Room.BETWEEN:
        _lay_between(anew, speaker)
    return anew


@whole
def withdraw(line: SideLine, *, speaker: Speaker) -> None:
    """Withdraw a line of one's own side. Withdrawn twice, it is withdrawn once. Raises NotYoursToSay."""
    locked = _of_speaker(line, speaker)
    if locked.withdrawn_at is None:
        _withdraw(locked, speaker)


@whole
def share(line: SideLine, *, speaker: Speaker) -> SideLine:
    """Lay a line that we wrote before both sides. It goes outward only. Shared twice, it is once.

    Raises NotYoursToSay for anybody but one of us, NoLongerStands.
    """
    locked = SideLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not speaker.is_ours:
        raise _not_yours()
    require_part(speaker, locked.relationship)
    if locked.withdrawn_at is not None:
        raise NoLongerStands(_("This was changed or withdrawn meanwhile. Read what stands now."))
    if locked.room != Room.BETWEEN:
        _lay_between(locked, speaker)
    return locked


@whole
def answer(line: SideLine, *, words: str = "", speaker: Speaker) -> SideLine:
    """Answer what somebody wonders: by a tap, or in words. The first answer is kept; another one changes nothing.

    Raises NotYoursToSay for somebody who stands on neither side, or who cannot read the question; NoQuestion; NoLongerStands.
    """
    locked = SideLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    require_part(speaker, locked.relationship)
    if _is_own_hand(speaker) and locked.is_ours and locked.room != Room.BETWEEN:
        raise _not_yours()
    if locked.kind != LineKind.WONDER:
        raise NoQuestion(locked)
    if locked.withdrawn_at is not None:
        raise NoLongerStands(_("This was changed or withdrawn meanwhile. Read what stands now."))
    if locked.answered_at is None:
        locked.answered_at, locked.answered_by = speaker.at, speaker.party
        locked.answer_voice, locked.answer = speaker.voice, words.strip()[:LONGEST_WORDS]
        locked.save(update_fields=["answered_at", "answered_by", "answer_voice", "answer"])
        _record("line.answered", locked, speaker)
    return locked


def require_part(speaker: Speaker, relationship: Relationship) -> None:
    """Raises NotYoursToSay for somebody who speaks for neither side of this relationship."""
    if speaker.is_ours:
        is_themselves = speaker.party.is_house or (speaker.by is not None and speaker.party.member_id == speaker.by.pk)
        if speaker.by is None or speaker.voice != Voice.OWN or not is_themselves:
            raise _not_yours()
    elif not _speaks_for(speaker, relationship.party):
        raise _not_yours()


def _of_speaker(line: SideLine, speaker: Speaker) -> SideLine:
    """The line, locked. Raises NotYoursToSay for one of the other side, or of another's own word."""
    locked = SideLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    require_part(speaker, locked.relationship)
    if locked.is_ours != speaker.is_ours:
        raise _not_yours()
    if _is_own_hand(speaker):
        if not _speaks_for(speaker, locked.of or locked.relationship.party):
            raise _not_yours()
    elif not locked.is_ours and locked.voice == Voice.OWN:
        raise _not_yours()
    return locked


def _of_whom(of: Party | None, speaker: Speaker, relationship: Relationship) -> Party | None:
    """Whose matter it is, where that is another than the party of the relationship. Nobody writes for another of theirs."""
    if speaker.is_ours:
        return of
    if _is_own_hand(speaker):
        of = None if _head(speaker.party) == _head(relationship.party) else speaker.party
    elif of is None and speaker.party.pk != relationship.party_id:
        of = speaker.party
    return of


def _gives_way(line: SideLine, words: str, speaker: Speaker) -> bool:
    if line.voice == speaker.voice:
        return line.kind == LineKind.HOW_FAR
    return _is_own_hand(speaker) and (line.words == words or line.kind == LineKind.HOW_FAR)


def _speaks_for(speaker: Speaker, end: Party) -> bool:
    """The party itself, whoever is taken to be the same, and who works at an organisation or is a member of it."""
    if _head(speaker.party) == _head(end):
        return True
    if end.is_person:
        return False
    ties = Tie.objects.standing().current(timezone.localdate(speaker.at))
    acting = ties.filter(kind__in=(TieKind.WORKS_AT, TieKind.MEMBER_OF, TieKind.DECIDES_FOR))
    of = Party.objects.the_same([speaker.party.pk])
    return acting.filter(from_party__in=of, to_party__in=Party.objects.the_same([end.pk])).exists()


def _is_own_hand(speaker: Speaker) -> bool:
    return not speaker.is_ours and speaker.voice == Voice.OWN and speaker.by is None


def _clean(words: str) -> str:
    words = words.strip()[:LONGEST_WORDS]
    if not words:
        raise NothingSaid(_("Say it in a few words."))
    return words


def _withdraw(line: SideLine, speaker: Speaker) -> None:
    line.withdrawn_at = speaker.at
    line.save(update_fields=["withdrawn_at"])
    _record("line.withdrawn", line, speaker)


def _lay_between(line: SideLine, speaker: Speaker) -> None:
    line.room, line.shared_at = Room.BETWEEN, speaker.at
    line.save(update_fields=["room", "shared_at"])
    _record("line.shared", line, speaker)


def _record(name: str, line: SideLine, speaker: Speaker) -> None:
    events.record(name, at=speaker.at, by_id=speaker.by_id, subject_id=line.pk)


def _head(party: Party) -> UUID:
    return party.now_id or party.pk


def _not_yours() -> NotYoursToSay:
    return NotYoursToSay(_("Each side writes its own lines. Write down what they say as their word, told by you."))
