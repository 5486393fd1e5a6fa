"""A party's terms as they stand on the page of its relationship: who said what when, and what follows while nobody did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.desk.pages.relationship import Terms as TermsPart
from ampersand.desk.pages.words import Mode
from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.parties.speaking import Voice
from ampersand.terms import gate, queries
from ampersand.terms.gate import NOW_AND_THEN, Roster
from ampersand.terms.lines import Hours, Line, Modes, Often, Rest, Topics, Who
from ampersand.terms.models import Terms
from ampersand.terms.says import line_says
from ampersand.timeline.models import Moment

Sign = Mode | Literal["x", "clock", "eye", ""]


def terms_part(
    party_id: UUID,
    organisation_ids: Sequence[UUID],
    *,
    name: str,
    member: Member,
    at: datetime,
    today: date,
    url: str,
) -> TermsPart:
    """The terms by which they are reached: their own, or those of where they work."""
    terms = queries.find_for_page(party_id, organisation_ids, member=member, at=at)
    if terms is None:
        return _none(name, url)
    is_theirs = party_id in (terms.party_id, terms.party.now_id)
    told = told_by(terms, today=today)
    if not is_theirs:
        told = _("of %(organisation)s; %(told)s") % {"organisation": terms.party, "told": told}
    return TermsPart(title=_("Terms"), told=told, rows=rows_of(terms), words=terms.words, url=url)


def clashes_of(
    plans: Sequence[Moment], others: Mapping[UUID, Sequence[Party]], *, member: Member, today: date
) -> dict[UUID, str]:
    """By plan, what of somebody's own terms stands against it: the line, and who said it when."""
    parties = [party.pk for plan in plans for party in others[plan.pk]]
    held = queries.held_by(parties, member=member, at=timezone.now())
    found: dict[UUID, str] = {}
    for plan in plans:
        for terms in (held[party.pk] for party in others[plan.pk] if party.pk in held):
            if kind := gate.find_clash(
                terms.in_force(), mode=plan.mode, at=plan.happened_at, by_id=member.pk, has_hour=not plan.is_all_day
            ):
                found.setdefault(plan.pk, line_as_told(terms, kind, today=today))
    return found


def line_as_told(terms: Terms, kind: str, *, today: date) -> str:
    """What of somebody's terms speaks against something: the line of this kind, else their choice, and who said it when
    (prefetch `lines`)."""
    held = terms.in_force()
    line = next((line for line in gate.lines_of(held) if line.kind == kind), None)
    says = line_says(line, names=_names([line])) if line else str(Roster(held.roster or Roster.WORK).label)
    return _("“%(line)s”: %(told)s") % {"line": says, "told": told_by(terms, today=today)}


def rows_of(terms: Terms) -> tuple[tuple[Sign, str], ...]:
    """The choice and each line with its sign (prefetch `lines`)."""
    held = terms.in_force()
    names = _names(held.lines)
    chosen: list[tuple[Sign, str]] = [("", str(Roster(held.roster).label))] if held.roster else []
    if held.roster == Roster.NOW_AND_THEN and not any(line.kind == NOW_AND_THEN.kind for line in held.lines):
        chosen.append(("clock", line_says(NOW_AND_THEN)))
    return (*chosen, *((_sign(line), line_says(line, names=names)) for line in held.lines))


def told_by(terms: Terms, *, today: date) -> str:
    """Who said them, in whose voice, and when."""
    words = {"name": terms.said_by, "day": spoken_day(terms.said_at.date(), today=today), "member": terms.told_by}
    if terms.voice == Voice.TOLD_BY_US and terms.told_by is not None:
        return _("%(name)s, %(day)s, written down by %(member)s") % words
    return _("%(name)s, %(day)s") % words


def _none(name: str, url: str) -> TermsPart:
    return TermsPart(
        title=_("Terms"),
        told="",
        rows=(),
        url=url,
        empty_says=_(
            "%(name)s has said nothing yet about how to be reached. Until then: one person may write once and ask; "
            "after two approaches without an answer we let it rest."
        )
        % {"name": name},
    )


def _sign(line: Line) -> Sign:
    """What it forbids is crossed out; what holds for one way has the sign of that way."""
    if isinstance(line, Rest) or (isinstance(line, Modes) and not line.is_only):
        return "x"
    if isinstance(line, Modes | Hours | Often | Topics) and len(line.modes) == 1:
        return cast(Mode, next(iter(line.modes)))
    return "clock" if isinstance(line, Hours | Often) else ""


def _names(lines: Sequence[Line]) -> Mapping[UUID, str]:
    named = [member for line in lines if isinstance(line, Who) for member in line.members]
    return dict(Member.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
