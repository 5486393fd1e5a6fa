"""Files that came with moments: on the page of the moment, and on that of who was there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from ampersand.desk.pages.party import FileRow
from ampersand.members.models import Member
from ampersand.timeline.models import Attachment, Participant

# The newest of them; the others stand with their moments.
FILES_SHOWN_MAX = 20


def files_of_moment(moment_id: UUID, *, member: Member) -> tuple[FileRow, ...]:
    """All that came with one moment, by name."""
    return tuple(map(_row, _readable(member).filter(moment=moment_id).order_by("name", "pk")))


def files_of_party(same: Sequence[UUID], *, member: Member) -> tuple[FileRow, ...]:
    """The newest files that came with what this party took part in, each content once."""
    moments = Participant.objects.filter(party__in=same).values("moment_id")
    found = _readable(member).filter(moment__in=moments, moment__withdrawn_at=None)
    newest = found.order_by("-moment__happened_at", "pk")[: FILES_SHOWN_MAX * 2]
    return tuple(map(_row, _each_content_once(newest)))[:FILES_SHOWN_MAX]


def _readable(member: Member) -> QuerySet[Attachment]:
    return Attachment.objects.visible_to(member).select_related("file", "moment")


def _each_content_once(found: Iterable[Attachment]) -> Iterable[Attachment]:
    return {one.file_id: one for one in reversed(list(found))}.values()


def named(attached: Attachment) -> str:
    """What a file is called; one that came without a name, or whose name was erased, says so."""
    return attached.name or _("file without a name")


def _row(attached: Attachment) -> FileRow:
    return FileRow(
        name=named(attached),
        url=reverse("desk:file", args=[attached.pk]),
        size=filesizeformat(attached.file.size_bytes),
        told=attached.moment.subject,
        on=attached.moment.on_day,
        moment_url=reverse("desk:moment", args=[attached.moment_id]),
    )
