"""What matters to her and to us, on the page Between: read as the visitors' own login, and carried out by our actions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ampersand.between.lines import MattersPart, Writing
from ampersand.between.matters import matters_part
from ampersand.between.page import Viewer
from ampersand.core.rooms import Room
from ampersand.parties import sides
from ampersand.parties.models import LineKind, Relationship, SideLine
from ampersand.parties.speaking import Speaker
from ampersand.portal.fence import ALIAS
from ampersand.portal.models import Entry, EntryKind
from ampersand.portal.together import Refused
from ampersand.portal.visitor import Visitor

MOST = 100
_READ = (
    *("id", "relationship_id", "is_ours", "voice", "kind", "words", "said_on", "is_quote", "room"),
    *("answered_at", "answered_by_id", "answer_voice", "answer", "told_at", "withdrawn_at", "of_id"),
)
REFUSING = (sides.NotYoursToSay, sides.NothingSaid, sides.NoLongerStands, sides.NoQuestion)


def matters_of(visitor: Visitor, **wrong: str) -> MattersPart:
    """Both sides' lines as she sees them: her own word, what we told of her, and what we shared. One query."""
    urls = {"theirs_url": reverse("portal:side"), "wonder_url": reverse("portal:side_question")}
    viewer = Viewer(
        is_ours=False,
        party_ids=visitor.party_ids,
        other=visitor.house_name,
        address=lambda act, line_id: reverse(f"portal:{act}", args=[line_id]),
        entry=lambda: str(uuid4()),
    )
    return matters_part(
        _lines(visitor)[:MOST],
        viewer=viewer,
        party_ids=visitor.party_ids,
        writing=Writing(**urls, **wrong),
        most=MOST,
    )


def find_line(visitor: Visitor, line_id: UUID) -> SideLine | None:
    """A line of the page, as the visitor's login sees it."""
    return _lines(visitor).filter(pk=line_id).first()


def _lines(visitor: Visitor) -> models.QuerySet[SideLine]:
    seen = SideLine.objects.using(ALIAS).standing()
    of_her = Q(is_ours=False) & (Q(of=None) | Q(of__in=visitor.party_ids))
    return seen.filter(Q(room=Room.BETWEEN) | of_her).only(*_READ).order_by("-said_on", "-id")


def _write(entry: Entry, speaker: Speaker) -> None:
    """One more line of hers, or one of hers in other words."""
    told = entry.told
    if told.get("line"):
        sides.change(_line(entry), words=told["words"], speaker=speaker)
    else:
        sides.tell(entry.relationship, kind=LineKind(told["kind"]), words=told["words"], speaker=speaker)


def _take_back(entry: Entry, speaker: Speaker) -> None:
    sides.withdraw(_line(entry), speaker=speaker)


def _answer(entry: Entry, speaker: Speaker) -> None:
    sides.answer(_line(entry), words=entry.told.get("words", ""), speaker=speaker)


def _line(entry: Entry) -> SideLine:
    """The line it is about: one of the two, asked again here though the visitor's login saw it."""
    there = Relationship.objects.the_same([entry.relationship_id])
    found = SideLine.objects.filter(pk=entry.told["line"], relationship__in=there).first()
    if found is None:
        raise Refused(_("This line is no longer here."))
    return found


CARRIERS: dict[str, Callable[[Entry, Speaker], None]] = {
    EntryKind.SIDE: _write,
    EntryKind.SIDE_BACK: _take_back,
    EntryKind.SIDE_SAID: _answer,
}
