"""What might be good for both, from stated weights alone; and, where none are stated, an order without numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ampersand.desk.pages.negotiations import Suggestion
from ampersand.exchange.integrative import HALF_WAY, Package, beyond_half_way
from ampersand.exchange.models import Offer, Question


def suggestions(
    questions: Sequence[Question], ours: Mapping[UUID, int], theirs: Mapping[UUID, int]
) -> tuple[Suggestion, ...]:
    """At most three packages that are better for one and worse for nobody than meeting half-way on every question.

    `ours` and `theirs` are stated weights by question; a question that either side did not weigh is left out. Each side's weights
    are taken as shares of what it gave out itself, and are never compared with the other's.
    """
    both = [one for one in questions if one.pk in ours and one.pk in theirs]
    in_all = (sum(ours[one.pk] for one in both), sum(theirs[one.pk] for one in both))
    found = beyond_half_way([(ours[one.pk], theirs[one.pk]) for one in both])
    return tuple(_says(both, package, in_all, ours, theirs) for package in found)


def _says(
    questions: Sequence[Question],
    package: Package,
    in_all: tuple[int, int],
    ours: Mapping[UUID, int],
    theirs: Mapping[UUID, int],
) -> Suggestion:
    ways = (_("“%(question)s” as we put it"), _("“%(question)s” half-way"), _("“%(question)s” as they put it"))
    chosen = [ways[way] % {"question": capfirst(str(one))} for one, way in zip(questions, package.chosen, strict=True)]
    reasons = [
        _("“%(question)s” matters %(ours)s to us and %(theirs)s to them")
        % {"question": capfirst(str(one)), "ours": ours[one.pk], "theirs": theirs[one.pk]}
        for one, way in zip(questions, package.chosen, strict=True)
        if way != HALF_WAY
    ]
    because = _(
        "%(reasons)s. We would get %(ours)s of our %(ours_in_all)s points and they %(theirs)s of their %(theirs_in_all)s; "
        "half-way on everything gives each side half. If that sounds wrong, ask which of these numbers is."
    ) % {
        "reasons": "; ".join(reasons),
        "ours": _plain(package.worth[0]),
        "ours_in_all": in_all[0],
        "theirs": _plain(package.worth[1]),
        "theirs_in_all": in_all[1],
    }
    return Suggestion("; ".join(chosen), because)


def _plain(points: Fraction) -> str:
    return f"{float(points):g}"


def order_says(questions: Sequence[Question], offers: Sequence[Offer]) -> str:
    """Without weights: on which questions their offers have moved, and on which not. An order, and no number.

    What is conceded last seems to matter most. Nothing is said before they put two versions.
    """
    theirs = [{value.question_id: value.words for value in offer.values.all()} for offer in offers if not offer.is_ours]
    held: list[str] = []
    moved: list[str] = []
    for question in questions:
        said = [answers[question.pk] for answers in theirs if question.pk in answers]
        if len(said) > 1:
            (moved if len(set(said)) > 1 else held).append(_("“%(question)s”") % {"question": question})
    if not held or not moved:
        return ""
    words = {"held": ", ".join(held), "moved": ", ".join(moved)}
    return _("They moved on %(moved)s and not on %(held)s, which seems to matter more to them. Ask them.") % words
