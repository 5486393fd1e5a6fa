"""What became of an import: counts by fate, which always sum to what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min

from ampersand.channels.models import Fate, Import


@dataclass(frozen=True)
class Report:
    """Items by what became of them."""

    new: int
    joined: int
    unchanged: int
    left_out: int
    rejected: int

    @property
    def seen(self) -> int:
        return self.new + self.joined + self.unchanged + self.left_out + self.rejected


@dataclass(frozen=True)
class ReasonCount:
    """How many items met one fate for one reason, with the place of the first."""

    fate: str
    reason: str
    count: int
    example: str


def report(import_: Import) -> Report:
    """The counts of an import as it stands; of one that was undone those it had."""
    if import_.after_undo:
        return Report(**import_.after_undo["counts"])
    counted = dict(import_.items.order_by("fate").values_list("fate").annotate(number=Count("pk")))
    return Report(**{fate.value: counted.get(fate.value, 0) for fate in Fate})


def reasons(import_: Import, *, at_most: int = 100) -> list[ReasonCount]:
    """Why items were left out or rejected, the most frequent first."""
    rows = (
        import_.items.filter(fate__in=[Fate.LEFT_OUT, Fate.REJECTED])
        .values("fate", "reason")
        .annotate(count=Count("pk"), example=Min("place"))
        .order_by("-count", "reason")[:at_most]
    )
    return [ReasonCount(row["fate"], row["reason"], row["count"], row["example"]) for row in rows]
