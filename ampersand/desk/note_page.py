"""A note as a page: its raw words, with what was kept of each place in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.desk.kept import kept_says
from ampersand.desk.kept_pieces import KeptPiece, kept_pieces
from ampersand.desk.pages.words import Link
from ampersand.desk.templatetags.desk import spoken_moment
from ampersand.members.models import Member
from ampersand.notebook.models import Note


@dataclass(frozen=True, slots=True)
class NotePage:
    title: str
    words: str
    told: str
    pieces: tuple[KeptPiece, ...]
    links: tuple[Link, ...]
    share_url: str = ""
    undo_url: str = ""
    is_withdrawn: bool = False
    here: ClassVar[str] = "today"


def note_page(note: Note, *, member: Member) -> NotePage:
    """A note for whoever may see it; its writer may share it and undo it."""
    is_own = note.member_id == member.pk
    local = timezone.localtime(note.written_at)
    return NotePage(
        title=_("Note of %(day)s") % {"day": spoken_moment(local)},
        words=note.words,
        told=_("Only you see these words.") if note.shared_at is None else _("Shared with the house."),
        pieces=kept_pieces(note, member=member),
        links=kept_says(note, member=member).links,
        share_url=reverse("desk:share_note", args=[note.pk])
        if is_own and not note.shared_at and not note.withdrawn_at
        else "",
        undo_url=reverse("desk:undo_note", args=[note.pk]) if is_own and not note.withdrawn_at else "",
        is_withdrawn=note.withdrawn_at is not None,
    )
