"""What became of a note that was kept: one sentence, and links to where its facts now stand."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core import ready
from ampersand.desk.pages.notebook import Kept
from ampersand.desk.pages.words import Link
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece, PieceKind
from ampersand.parties.closed import Ready
from ampersand.parties.models import Relationship, Tie, TieKind
from ampersand.timeline.models import Moment, Participant

LINKS_MAX = 4


def kept_says(note: Note, *, member: Member) -> Kept:
    """What is shown where the note was, as long as the page is open."""
    pieces = kept_of(note)
    joined = next((piece for piece in pieces if piece.joined and piece.kind == PieceKind.ENCOUNTER), None)
    fact_id = joined.fact_id if joined else None
    moment = next(iter(_moment(moment_id=fact_id, member=member)), None) if fact_id else None
    facts = len(pieces)
    sentence = _("Kept. The words are yours.")
    if moment is not None and moment.telling_count > 1:  # type: ignore[attr-defined]
        at = "" if moment.is_all_day else f"{moment.local:%H:%M}"
        sentence = (
            _("Kept, and joined to the %(mode)s at %(time)s.")
            if at
            else _("Kept, and joined to the %(mode)s that day.")
        ) % {"mode": moment.get_mode_display(), "time": at}
    elif facts:
        sentence = ngettext(
            "Kept, with one thing of it for the house.", "Kept, with %(number)d things of it for the house.", facts
        ) % {"number": facts}
    return Kept(
        sentence=sentence,
        undo_url=reverse("desk:undo_note", args=[note.pk]),
        links=_links(note, member),
        note_url=reverse("desk:note", args=[note.pk]) if facts else "",
    )


@Ready[Moment]
def _moment(moment_id: UUID, member: Member) -> models.QuerySet[Moment]:
    return (
        Moment.objects.visible_to(member)
        .filter(pk=moment_id)
        .annotate(telling_count=Count("tellings", filter=Q(tellings__withdrawn_at=None)))
    )


def kept_of(note: Note) -> list[Piece]:
    """What was kept of a note for the house, each thing once: without whom it only mentions, and without whom somebody known
    works for, which the row of their meeting says already."""
    told = [piece for piece in _pieces(note_id=note.pk) if not (piece.kind == PieceKind.PERSON and piece.joined)]
    ties = [piece.fact_id for piece in told if piece.kind == PieceKind.TIE and piece.fact_id]
    of_known = Tie.objects.filter(pk__in=ties, kind=TieKind.WORKS_AT).exclude(from_party__source=note.source_id)
    said_already = set(of_known.values_list("pk", flat=True)) if ties else set()
    return [piece for piece in told if piece.fact_id not in said_already]


@ready.Ready[Piece]
def _pieces(note_id: UUID) -> models.QuerySet[Piece]:
    standing = Piece.objects.filter(note=note_id, withdrawn_at=None).exclude(fact_id=None)
    return standing.order_by("start", "end", "id")


def _links(note: Note, member: Member) -> tuple[Link, ...]:
    """The relationships of those who were met, and whom the note was written about."""
    near = _met_in(note_id=note.pk, member=member) or _about(note_id=note.pk, member=member)
    return tuple(
        Link(str(relationship.party), reverse("desk:relationship", args=[relationship.pk])) for relationship in near
    )


@Ready[Relationship]
def _met_in(note_id: UUID, member: Member) -> models.QuerySet[Relationship]:
    facts = Piece.objects.filter(note=note_id).exclude(fact_id=None).values("fact_id")
    met = Participant.objects.filter(moment_id__in=facts, is_ours=False).values("party_id")
    seen = Relationship.objects.visible_to(member).select_related("party").order_by("id")
    return seen.filter(party_id__in=met)[:LINKS_MAX]


@Ready[Relationship]
def _about(note_id: UUID, member: Member) -> models.QuerySet[Relationship]:
    return Relationship.objects.visible_to(member).select_related("party").filter(notes=note_id)
