"""What matters to either side, as both read it: the same for both but for who is *you*, and for what one side keeps to itself.

Both faces build their part from this one. Nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between.lines import Group, LineRow, MattersPart, Side, Write, Writing
from ampersand.between.page import Viewer
from ampersand.core.rooms import Room
from ampersand.parties.models import LineKind, SideLine
from ampersand.parties.voices import Voice

# How many of each kind stand on a page that shows more than these.
FEW = 5


def matters_part(
    lines: Iterable[SideLine],
    *,
    viewer: Viewer,
    party_ids: Collection[UUID],
    writing: Writing | None = None,
    most: int = FEW,
    in_hand: UUID | None = None,
) -> MattersPart:
    """Both sides' lines for one of them, from the rows that it sees, the newest first.

    `party_ids` are the party of the relationship and whoever is taken to be the same: of anybody else's matter, the row says
    whose it is.
    """
    told = list(lines)
    rows = [(line, _row(line, viewer, party_ids, in_hand)) for line in told]
    sides = {
        is_ours: _groups([pair for pair in rows if pair[0].is_ours == is_ours], is_ours, viewer, most)
        for is_ours in (True, False)
    }
    questions = [row for line, row in rows if line.kind == LineKind.WONDER]
    shown = sum(len(group.rows) for groups in sides.values() for group in groups) + len(questions[: most + 3])
    theirs, ours, wonder = _writes(writing, viewer) if writing else (None, None, None)
    return MattersPart(
        theirs=Side(*_theirs_says(viewer), groups=sides[False], write=theirs),
        ours=Side(*_ours_says(viewer), groups=sides[True], write=ours),
        questions=tuple(questions[: most + 3]),
        wonder=wonder,
        more=len(told) - shown,
    )


def _theirs_says(viewer: Viewer) -> tuple[str, str]:
    if viewer.is_ours:
        return (
            _("What matters to %(name)s") % {"name": viewer.other},
            _("Nothing written down yet. Write what they hold dear, in their own words where you can."),
        )
    return (
        _("What matters to you"),
        _("You have written nothing here yet. Nobody else writes these lines in your name."),
    )


def _ours_says(viewer: Viewer) -> tuple[str, str]:
    if viewer.is_ours:
        return (
            _("What matters to us"),
            _("Nothing written down yet. Write what you hope for here, and how far you want this to go."),
        )
    return _("What matters to %(name)s") % {"name": viewer.other}, _("They have shared nothing here yet.")


def _groups(rows: Sequence[tuple[SideLine, LineRow]], is_ours: bool, viewer: Viewer, most: int) -> tuple[Group, ...]:
    is_own = is_ours == viewer.is_ours
    names = {"name": viewer.other}
    titles = {
        LineKind.MATTERS: "",
        LineKind.HOW_FAR: _("How far we want this to go")
        if is_own and is_ours
        else _("How far you want this to go")
        if is_own
        else _("How far %(name)s wants this to go") % names,
        LineKind.HOPE: _("Hopes"),
    }
    groups = (
        Group(title, tuple(row for line, row in rows if line.kind == kind)[:most]) for kind, title in titles.items()
    )
    return tuple(group for group in groups if group.rows)


def _row(line: SideLine, viewer: Viewer, party_ids: Collection[UUID], in_hand: UUID | None) -> LineRow:
    return LineRow(
        id=line.pk,
        words=line.words,
        who=_who(line, viewer, party_ids),
        on=line.said_on,
        is_quote=line.is_quote or (not line.is_ours and line.voice == Voice.OWN),
        reads=_reads(line, viewer),
        answer=line.answer,
        answer_who=_answerer(line, viewer) if line.answered_at else "",
        answered_on=timezone.localdate(line.answered_at) if line.answered_at else None,
        entry=viewer.entry(),
        is_in_hand=line.pk == in_hand,
        **_acts(line, viewer),
    )


def _who(line: SideLine, viewer: Viewer, party_ids: Collection[UUID]) -> str:
    """Whose word it is, in which voice, by whose hand."""
    if line.is_ours:
        return _our_hand(line, party_ids) if viewer.is_ours else viewer.other
    if not viewer.is_ours:
        if line.voice == Voice.OWN:
            return _("You")
        return _("Your word, written down by %(name)s") % {"name": viewer.other}
    name = str(line.of) if _is_of_another(line, party_ids) else viewer.other
    if line.voice == Voice.OWN:
        return _("%(name)s, in their own word") % {"name": name}
    if line.told_by is None:
        return name
    return _("%(name)s, told by %(member)s") % {"name": name, "member": line.told_by}


def _our_hand(line: SideLine, party_ids: Collection[UUID]) -> str:
    member = str(line.told_by) if line.told_by else _("One of us")
    if _is_of_another(line, party_ids):
        return _("%(member)s, of %(name)s") % {"member": member, "name": line.of}
    return member


def _is_of_another(line: SideLine, party_ids: Collection[UUID]) -> bool:
    return line.of is not None and line.of.pk not in party_ids and line.of.now_id not in party_ids


def _reads(line: SideLine, viewer: Viewer) -> str:
    if not viewer.is_ours or not line.is_ours:
        return ""
    if line.room == Room.BETWEEN:
        return _("%(name)s reads this too.") % {"name": viewer.other}
    return _("Only we read this.")


def _answerer(line: SideLine, viewer: Viewer) -> str:
    """Who answered, as the viewer calls them. By whose hand of ours stays with us."""
    is_told = line.answer_voice == Voice.TOLD_BY_US
    if not viewer.is_ours:
        if line.answered_by_id not in viewer.party_ids:
            return viewer.other
        return _("Your word, written down by %(name)s") % {"name": viewer.other} if is_told else _("You")
    by = line.answered_by
    if by is None:
        return ""
    return _("%(name)s, told by us") % {"name": by} if is_told else str(by)


def _acts(line: SideLine, viewer: Viewer) -> dict[str, str]:
    """Each writes its own lines; their own word is theirs alone, and a question is anybody's to answer."""
    names = []
    is_open_question = line.kind == LineKind.WONDER and line.answered_at is None
    if line.is_ours == viewer.is_ours or (viewer.is_ours and line.voice == Voice.TOLD_BY_US):
        names += ["withdraw"] if line.answered_at else ["change", "withdraw"]
    if viewer.is_ours and line.is_ours and line.room != Room.BETWEEN:
        names += ["share"]
    if is_open_question:
        names += ["answer"]
    return {f"{name}_url": viewer.address(f"line_{name}", line.pk) for name in names}


def _writes(writing: Writing, viewer: Viewer) -> tuple[Write | None, Write | None, Write | None]:
    name = {"name": viewer.other}
    side_kinds = (LineKind.MATTERS, LineKind.HOW_FAR, LineKind.HOPE)
    theirs = ours = None
    if writing.theirs_url:
        theirs = Write(
            url=writing.theirs_url,
            says=_("Write what they said") if viewer.is_ours else _("Write a line"),
            note=_("It stands as their word, told by you. %(name)s can read it on their own page, and put it right.")
            % name
            if viewer.is_ours
            else _("Only you write these lines. %(name)s reads them.") % name,
            kinds=tuple((kind.value, _kind_says(kind, viewer.is_ours, "theirs")) for kind in side_kinds),
            label=_("What did they say?") if viewer.is_ours else _("In your words"),
            key="theirs",
            may_quote=viewer.is_ours,
        )
    if writing.ours_url:
        ours = Write(
            url=writing.ours_url,
            says=_("Write a line of ours"),
            note=_("Only we read it until one of us shares it."),
            kinds=tuple((kind.value, _kind_says(kind, viewer.is_ours, "ours")) for kind in side_kinds),
            label=_("In your words"),
            key="ours",
        )
    wonder = Write(
        url=writing.wonder_url,
        says=_("Write a question"),
        note=_("Only we read it until one of us shares it.")
        if viewer.is_ours
        else _("%(name)s reads it, and may answer.") % name,
        kinds=(),
        label=_("What do you wonder?"),
        key="wonder",
    )
    return _as_sent(theirs, writing, viewer), _as_sent(ours, writing, viewer), _as_sent(wonder, writing, viewer)


def _as_sent(write: Write | None, writing: Writing, viewer: Viewer) -> Write | None:
    """The form, with what was typed where something has to be put right; none where nobody writes."""
    if write is None or not write.url:
        return None
    write = replace(write, entry=viewer.entry())
    if writing.wrong != write.key:
        return write
    return replace(write, typed_kind=writing.kind, typed_words=writing.words, error=writing.error)


def _kind_says(kind: LineKind, is_ours: bool, side: str) -> str:
    if kind == LineKind.MATTERS:
        return _("What matters to them") if is_ours and side == "theirs" else _("What matters")
    if kind == LineKind.HOW_FAR:
        if side == "ours" and is_ours:
            return _("How far we want this to go")
        return _("How far they want this to go") if is_ours else _("How far I want this to go")
    return _("A hope")
