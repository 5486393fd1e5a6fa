"""What might be good for both, from what both stated alone, in words for either side. A question to ask, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.between.page import Viewer
from ampersand.exchange.integrative import HALF_WAY, Package, beyond_half_way
from ampersand.exchange.models import Question


@dataclass(frozen=True, slots=True)
class Suggestion:
    says: tuple[str, ...]
    because: tuple[str, ...]


def suggestions(
    questions: Sequence[Question], ours: Mapping[UUID, int], theirs: Mapping[UUID, int], *, viewer: Viewer
) -> tuple[Suggestion, ...]:
    """At most three packages that are better for one and worse for nobody than meeting half-way on every question.

    `ours` and `theirs` are stated weights by question; a question that either side did not weigh is left out. Each side's weights
    are taken as shares of what it gave out itself, and are never compared with the other's. Both sides are shown the same ones.
    """
    both = [one for one in questions if one.pk in ours and one.pk in theirs]
    found = beyond_half_way([(ours[one.pk], theirs[one.pk]) for one in both])
    return tuple(_says(both, package, ours, theirs, viewer) for package in found)


def _says(
    questions: Sequence[Question],
    package: Package,
    ours: Mapping[UUID, int],
    theirs: Mapping[UUID, int],
    viewer: Viewer,
) -> Suggestion:
    chosen, because = [], []
    yours, others = (ours, theirs) if viewer.is_ours else (theirs, ours)
    for question, way in zip(questions, package.chosen, strict=True):
        words = {
            "question": question,
            "name": viewer.other,
            "yours": yours[question.pk],
            "others": others[question.pk],
        }
        if way == HALF_WAY:
            chosen.append(_("%(question)s: half-way") % words)
        else:
            is_yours = (way < HALF_WAY) == viewer.is_ours
            chosen.append((_("%(question)s: your way") if is_yours else _("%(question)s: as %(name)s puts it")) % words)
            because.append(_("%(question)s weighs %(yours)s of 100 to you and %(others)s to %(name)s.") % words)
    return Suggestion(tuple(chosen), tuple(because))
