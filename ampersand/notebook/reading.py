"""The reader, given this house's book."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from ampersand.core.ready import Ready
from ampersand.members.models import Member
from ampersand.notebook.book import SearchBook
from ampersand.notebook.reader.book import Known
from ampersand.notebook.reader.pieces import Understood
from ampersand.notebook.reader.read import read
from ampersand.parties.models import PartyKind, Relationship


def read_note(
    words: str,
    *,
    member: Member,
    written_at: datetime,
    about: Relationship | None = None,
    book: SearchBook | None = None,
) -> Understood:
    """What a careful reader takes from these words, with the parties this member may see. Stores nothing.

    `written_at` is local to the writer: *today* and *Friday* are theirs. `book` is the member's book for these words, for
    who will ask it again. Asks for the colleagues and the book.
    """
    colleagues = _colleagues(but=member.pk)
    return read(
        words,
        written_at=written_at,
        author=member.name,
        colleagues=colleagues,
        book=book or SearchBook(member, text=words),
        about=_known(about) if about else None,
    )


@Ready[str]
def _colleagues(but: UUID) -> models.QuerySet[Any]:
    return Member.objects.here().exclude(pk=but).order_by("id").values_list("name", flat=True)[:500]


def _known(relationship: Relationship) -> Known:
    party = relationship.party
    return Known(id=str(party.pk), name=party.name, kind="person" if party.kind == PartyKind.PERSON else "organization")
