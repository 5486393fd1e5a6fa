"""What matters to either side, on our pages: a part of the page of a relationship, and a page of its own with all of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ampersand.between.lines import LineRow, MattersPart, Writing
from ampersand.between.matters import FEW, matters_part
from ampersand.between.page import Viewer
from ampersand.core.among import among
from ampersand.desk.names import same_relationships, short_name
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import LineKind, Relationship, SideLine
from ampersand.parties.sides import LONGEST_WORDS

# How long an answer stays beside its question on the page of a relationship; on its own page it stays for good.
ANSWERED_DAYS = 14
MOST = 200
_URLS = {"line_answer": "answered"}


@dataclass(frozen=True, slots=True)
class SidesPage:
    name: str
    relationship_url: str
    part: MattersPart
    before: tuple[tuple[LineRow, date], ...]
    """What was withdrawn or said otherwise since, each with the day until which it stood."""
    today: date
    here: ClassVar[str] = "relationships"


@Ready[SideLine]
def lines_of(relationships: Sequence[UUID], since: datetime, member: Member) -> models.QuerySet[SideLine]:
    """What stands of both sides, newest first, with the questions that were answered since then; at most two hundred."""
    seen = SideLine.objects.visible_to(member).standing().filter(among("relationship_id", relationships))
    return _named(seen.filter(Q(answered_at=None) | Q(answered_at__gt=since)))[:MOST]


def _named(lines: models.QuerySet[SideLine]) -> models.QuerySet[SideLine]:
    return lines.select_related("of__now", "told_by", "answered_by__now").order_by("-said_on", "-id")


def matters_of(
    relationship: Relationship,
    same: Sequence[UUID],
    *,
    member: Member,
    at: datetime,
    writing: Writing | None = None,
    in_hand: UUID | None = None,
    most: int = FEW,
) -> MattersPart:
    """The part of the page of a relationship. One query."""
    lines = lines_of(relationships=same, since=at - timedelta(days=ANSWERED_DAYS), member=member)
    where = writing or writing_of(relationship, member)
    return part_of(lines, relationship, writing=where, in_hand=in_hand, most=most)


def part_of(lines: Collection[SideLine], relationship: Relationship, **more: Any) -> MattersPart:
    return matters_part(lines, viewer=_viewer(relationship), party_ids=(relationship.party_id,), **more)


def _viewer(relationship: Relationship) -> Viewer:
    return Viewer(
        is_ours=True,
        party_ids=(),
        other=short_name(relationship.party),
        address=lambda act, line_id: reverse(f"desk:{_URLS.get(act, act)}", args=[line_id]),
    )


def writing_of(relationship: Relationship, member: Member, **wrong: str) -> Writing:
    """Where a member writes lines of this relationship; nowhere with one of us, and with who was erased."""
    if not relationship.party.may_be_tended(member):
        return Writing()
    urls = {
        f"{side}_url": reverse(f"desk:write_{side}", args=[relationship.pk]) for side in ("theirs", "ours", "wonder")
    }
    return Writing(**urls, **wrong)


def sides_page(
    relationship: Relationship,
    *,
    member: Member,
    at: datetime,
    writing: Writing | None = None,
) -> SidesPage:
    """All that either side wrote, with every answer, and what stood before."""
    same = same_relationships(relationship)
    told = SideLine.objects.visible_to(member).filter(relationship__in=same)
    gone = list(_named(told.exclude(withdrawn_at=None)).order_by("-withdrawn_at", "-id")[:MOST])
    rows = {row.id: row for line in gone for row in _rows_of(part_of([line], relationship, writing=Writing(), most=1))}
    return SidesPage(
        name=relationship.party.name,
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        part=part_of(
            list(_named(told.standing())[:MOST]),
            relationship,
            writing=writing or writing_of(relationship, member),
            most=MOST,
        ),
        before=tuple((rows[line.pk], timezone.localdate(line.withdrawn_at)) for line in gone),
        today=timezone.localdate(at),
    )


def _rows_of(part: MattersPart) -> list[LineRow]:
    groups = (*part.theirs.groups, *part.ours.groups)
    return [*(row for group in groups for row in group.rows), *part.questions]


class LineForm(forms.Form):
    """A line as it was typed."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in LineKind if kind != LineKind.WONDER])
    words = forms.CharField(
        max_length=LONGEST_WORDS, error_messages={"required": gettext_lazy("Say it in a few words.")}
    )
    is_quote = forms.BooleanField(required=False)

    def __init__(self, *args: Any, is_wonder: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_wonder:
            del self.fields["kind"]


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("In other words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_WORDS
    )
