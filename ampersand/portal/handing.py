"""What the other side says to a handing over: put the story right, or no to the colleague."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between import handing_over
from ampersand.between.handed import HandedPart, handed_part
from ampersand.between.handing import HandingOver
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker
from ampersand.portal import leaving
from ampersand.portal.fence import ALIAS
from ampersand.portal.models import Entry, EntryKind
from ampersand.portal.parts import viewer_of
from ampersand.portal.together import Refused
from ampersand.portal.visitor import Visitor

REFUSING = (handing_over.NotNow,)


def handed_of(visitor: Visitor) -> HandedPart:
    return handed_part(HandingOver.objects.using(ALIAS), viewer=viewer_of(visitor))


def put_right(entry: Entry, speaker: Speaker) -> None:
    handing_over.put_right(_handing(entry), words=entry.told["words"], speaker=speaker)


def _refuse(entry: Entry, speaker: Speaker) -> None:
    on = timezone.localdate(speaker.at, ZoneInfo(leaving.zone_of_the_house()))
    handing_over.refuse(_handing(entry), words=entry.told.get("words", ""), on=on, speaker=speaker)


def _handing(entry: Entry) -> HandingOver:
    """The one it is about: of the two, asked again here though the visitor's login saw it."""
    there = Relationship.objects.the_same([entry.relationship_id])
    found = HandingOver.objects.done().filter(pk=entry.told["handing"], relationship__in=there).first()
    if found is None:
        raise Refused(_("This is no longer here."))
    return found


CARRIERS: dict[str, Callable[[Entry, Speaker], None]] = {EntryKind.NOT_THEM: _refuse}
