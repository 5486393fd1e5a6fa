"""Your own way: on which day and by which way one mostly is in touch oneself, and what mostly follows.

It is worked out for the member who looks, of their own moments, and is stored nowhere: nobody else can ask for it (law 10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core.among import among
from ampersand.core.spoken import spoken_number
from ampersand.desk.names import parties_of
from ampersand.desk.pages.evidence import Evidence, EvidenceRow
from ampersand.desk.pages.relationship import ReadingRow
from ampersand.desk.pages.words import Mode as ModeName
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship
from ampersand.readings.rules import OWN_WAY, OWN_WAY_RULE
from ampersand.timeline.models import Mode, Moment, Participant, ParticipantRole

PERIOD_DAYS = 730
MOMENTS_MIN = 10
# A day and way stands out from a third of one's moments on; what follows it where it does half of the times.
STANDS_OUT_SHARE, FOLLOWS_SHARE = 1 / 3, 1 / 2
FOLLOWS_WITHIN_DAYS, FOLLOWS_MIN = 3, 3
MOMENTS_MAX = 2_000
# So many rows are shown at first, and so many at once past those.
ROWS_MAX, MORE_ROWS_MAX = 12, 200


@dataclass(frozen=True, slots=True)
class Own:
    """One of one's own moments: its day and its way."""

    moment_id: UUID
    on: date
    mode: str


@dataclass(frozen=True, slots=True)
class Way:
    """What stands out among one's own moments: a day of the week (0 is Monday) with a mode, and what follows it.

    `mode` is empty where no day and way stands out, `then` where nothing mostly follows. `shown` are the moments it was seen
    in, all of them where nothing stands out, `others` the rest, each the latest first.
    """

    count: int
    weekday: int = 0
    mode: str = ""
    then: str = ""
    then_count: int = 0
    shown: tuple[Own, ...] = ()
    others: tuple[Own, ...] = ()


def way_of(moments: Sequence[Own]) -> Way:
    """The way that stands out among these moments, in any order. Counts alone; of two as frequent the earlier weekday, and
    the mode that comes first in `Mode`. Unit: moments. Below `MOMENTS_MIN` nothing stands out.
    """
    latest_first = tuple(sorted(moments, key=lambda one: (one.on, one.moment_id), reverse=True))
    count = len(latest_first)
    if count < MOMENTS_MIN:
        return Way(count, shown=latest_first)
    often = Counter((one.on.weekday(), one.mode) for one in latest_first)
    (weekday, mode), most = min(often.items(), key=lambda told: (-told[1], told[0][0], _place(told[0][1])))
    if most < count * STANDS_OUT_SHARE:
        return Way(count, shown=latest_first)
    shown = tuple(one for one in latest_first if (one.on.weekday(), one.mode) == (weekday, mode))
    then, then_count = _what_follows(shown, latest_first[::-1])
    others = tuple(one for one in latest_first if one not in shown)
    return Way(count, weekday, mode, then, then_count, shown, others)


def _what_follows(shown: Sequence[Own], oldest_first: Sequence[Own]) -> tuple[str, int]:
    """By which other way one mostly is in touch within three days after, and how often; empty where it is not half of the
    times."""
    followed: Counter[str] = Counter()
    for one in shown:
        until = one.on + timedelta(days=FOLLOWS_WITHIN_DAYS)
        after = (other.mode for other in oldest_first if one.on <= other.on <= until and other.mode != one.mode)
        followed.update([mode] if (mode := next(after, "")) else [])
    if not followed:
        return "", 0
    mode, often = min(followed.items(), key=lambda told: (-told[1], _place(told[0])))
    return (mode, often) if often >= max(FOLLOWS_MIN, len(shown) * FOLLOWS_SHARE) else ("", 0)


def _place(mode: str) -> int:
    return Mode.values.index(mode)


def says(way: Way) -> str:
    """The sentence, said to nobody but the one whose way it is."""
    if way.count < MOMENTS_MIN:
        missing = MOMENTS_MIN - way.count
        return ngettext(
            "Too early to say what your own way is; %(missing)d more time that you are in touch will do.",
            "Too early to say what your own way is; %(missing)d more times that you are in touch will do.",
            missing,
        ) % {"missing": missing}
    words: dict[str, Any] = {"count": spoken_number(way.count)}
    if not way.mode:
        return _("Your own way: no day and no way stands out among %(count)s times.") % words
    words |= {"day": WEEKDAYS[way.weekday], "mode": Mode(way.mode).label, "shown": spoken_number(len(way.shown))}
    if not way.then:
        return _("Your own way: mostly on a %(day)s, a %(mode)s; %(shown)s of %(count)s times.") % words
    words |= {"then": Mode(way.then).label, "often": spoken_number(way.then_count)}
    return (
        _(
            "Your own way: mostly on a %(day)s, a %(mode)s; %(shown)s of %(count)s times. "
            "Then a %(then)s within three days; %(often)s of %(shown)s times."
        )
        % words
    )


def own_way(parties: Sequence[UUID], relationship: Relationship, *, member: Member, at: datetime) -> ReadingRow | None:
    """The line on the page of a relationship, whose parties these are, for the member who looks; None where they were never in
    touch themselves."""
    way = _way(parties, member=member, at=at)
    if not way.count:
        return None
    return ReadingRow(
        says=says(way),
        why_url=reverse("desk:own_way", args=[relationship.pk]),
        as_of=at,
        rests_on=_("Only you see this. %(number)s of your own moments") % {"number": way.count},
        is_folded=not way.mode,
    )


def evidence_of_own_way(relationship: Relationship, *, member: Member, at: datetime, start: int = 0) -> Evidence:
    """What it rests on: the moments in which it was seen, and one's others; the first few, or those from `start` on."""
    way, end = _way(parties_of(relationship), member=member, at=at), start + (MORE_ROWS_MAX if start else ROWS_MAX)
    hidden = sum(max(len(moments) - end, 0) for moments in (way.shown, way.others))
    return Evidence(
        sentence=says(way),
        rule=str(OWN_WAY_RULE.says),
        rule_url=reverse("desk:rule", args=[OWN_WAY]),
        as_of=at,
        speaks_for=tuple(_row(one) for one in way.shown[start:end]),
        speaks_against=tuple(_row(one) for one in way.others[start:end]),
        is_too_early=way.count < MOMENTS_MIN,
        more=ngettext("and %(number)d more like these", "and %(number)d more like these", hidden) % {"number": hidden}
        if hidden
        else "",
        more_url=f"{reverse('desk:own_way', args=[relationship.pk])}?from={end}" if hidden else "",
    )


def _row(one: Own) -> EvidenceRow:
    return EvidenceRow(
        says=str(capfirst(Mode(one.mode).label)),
        on=one.on,
        url=reverse("desk:moment", args=[one.moment_id]),
        mode=cast(ModeName, one.mode),
    )


def _way(parties: Sequence[UUID], *, member: Member, at: datetime) -> Way:
    since = timezone.localdate(at) - timedelta(days=PERIOD_DAYS)
    found = _own_moments(parties=parties, member=member, since=since, at=at)
    return way_of([Own(moment_id, on, mode) for moment_id, on, mode in dict.fromkeys(found)])


@Ready[tuple[UUID, date, str]]
def _own_moments(parties: Sequence[UUID], member: Member, since: date, at: datetime) -> models.QuerySet[Any]:
    """Those in which the member themselves took part with one of these parties; being in copy is no part, and what they
    received is not theirs."""
    themselves = Participant.objects.filter(party__in=Party.objects.filter(member=member))
    own = themselves.exclude(role__in=[ParticipantRole.COPY, ParticipantRole.TO])
    seen = Moment.objects.visible_to(member).standing().filter(pk__in=own.values("moment_id"), on_day__gt=since)
    with_them = Participant.objects.filter(among("party_id", parties), moment__in=seen, happened_at__lte=at)
    told = with_them.exclude(role=ParticipantRole.COPY).order_by("-happened_at", "-moment__id")
    return told.values_list("moment_id", "moment__on_day", "moment__mode")[:MOMENTS_MAX]
