"""The box to write in, on Today, on a relationship, and over the whole screen of a phone."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from ampersand.desk.names import short_name
from ampersand.desk.pages.notebook import NoteBox, Understood
from ampersand.members.models import Member
from ampersand.parties.models import Relationship


def note_box(
    member: Member,
    *,
    box: str,
    about: Relationship | None = None,
    write_url: str = "",
    words: str = "",
    error: str = "",
    understood: Understood | None = None,
    note_id: str = "",
    is_whole: bool = False,
) -> NoteBox:
    """An empty box, or one that keeps what was typed with the sentence that says why it was not kept."""
    prompt = (
        _("What happened between you and %(name)s?") % {"name": short_name(about.party)}
        if about
        else _("What happened between you?")
    )
    return NoteBox(
        box=box,
        member=str(member.pk),
        keep_url=reverse("desk:keep_note"),
        understood_url=reverse("desk:understood"),
        whom_url=reverse("desk:whom"),
        prompt=prompt,
        note_id=note_id or str(uuid4()),
        about=str(about.pk) if about else "",
        words=words,
        error=error,
        understood=understood,
        write_url=write_url,
        is_line=about is not None and not is_whole,
        is_whole=is_whole,
    )
