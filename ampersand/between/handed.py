"""Who tends it from when, as either side sees it: the story that was shared, and what the other side said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from ampersand.between.handing import HandingOver, HandingOverQuerySet, HandingReply, ReplyKind
from ampersand.between.page import Viewer
from ampersand.parties.voices import Voice

MOST = 5
_READ = ("id", "relationship_id", "from_on", "shared_story", "accepted_at", "by__id", "by__name", "to__id", "to__name")


@dataclass(frozen=True, slots=True)
class HandedRow:
    id: UUID
    before: str
    after: str
    from_on: date
    story: str
    replies: tuple[tuple[str, str, str, datetime], ...]
    """What was said to it: the act, whose word, the words, when."""
    right_url: str = ""
    no_url: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class HandedPart:
    rows: tuple[HandedRow, ...]
    other: str


def handed_part(handings: HandingOverQuerySet, *, viewer: Viewer) -> HandedPart:
    """What was accepted, the latest first, from the rows the viewer sees. Two queries."""
    replies = HandingReply.objects.using(handings.db).only("id", "handing_id", "kind", "by_id", "voice", "words", "at")
    done = handings.done().select_related("by", "to").only(*_READ).order_by("-accepted_at", "-id")
    rows = done.prefetch_related(Prefetch("replies", replies.order_by("at", "id")))[:MOST]
    return HandedPart(rows=tuple(_row(one, viewer) for one in rows), other=viewer.other)


def _row(handing: HandingOver, viewer: Viewer) -> HandedRow:
    replies = list(handing.replies.all())
    names = [] if viewer.is_ours else ["right"]
    if not viewer.is_ours and not any(one.kind == ReplyKind.NO for one in replies):
        names.append("no")
    acts = {f"{name}_url": viewer.address(f"handing_{name}", handing.pk) for name in names}
    return HandedRow(
        id=handing.pk,
        before=handing.by.name,
        after=handing.to.name,
        from_on=handing.from_on,
        story=handing.shared_story,
        replies=tuple((_act(one, handing), _who(one, viewer), one.words, one.at) for one in replies),
        entry=viewer.entry(),
        **acts,
    )


def _act(reply: HandingReply, handing: HandingOver) -> str:
    if reply.kind == ReplyKind.NO:
        return _("No to %(name)s") % {"name": handing.to.name}
    return _("Put right")


def _who(reply: HandingReply, viewer: Viewer) -> str:
    if not viewer.is_ours:
        return _("You")
    if reply.voice == Voice.TOLD_BY_US:
        return _("%(name)s, told by us") % {"name": viewer.other}
    return viewer.other
