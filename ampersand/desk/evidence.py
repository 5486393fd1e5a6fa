"""What a reading rests on, for and against, as far as this member may see it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.between import worth
from ampersand.between.models import Pulse
from ampersand.between.objecting import Objection
from ampersand.core.among import among
from ampersand.core.spoken import spoken_day
from ampersand.desk.pages.evidence import Evidence, EvidenceRow
from ampersand.desk.pages.words import Mode
from ampersand.desk.promise_rows import other_side
from ampersand.desk.sentences import how_sure, promise_says
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship
from ampersand.promises.models import EventKind, Promise, PromiseEvent, with_events
from ampersand.readings import resting
from ampersand.readings.models import Measure, Reading
from ampersand.readings.resting import Rests
from ampersand.readings.rules import rule
from ampersand.readings.saying import gap_says, kinds_say, says
from ampersand.timeline.models import Moment

ROWS_MAX = 12
# Past the first few so many at once.
MORE_ROWS_MAX = 200


def evidence_of(reading: Reading, *, member: Member, today: date, start: int = 0) -> Evidence:
    """All that a reading rests on, newest first, and what speaks against it: the first few, or those from `start` on."""
    rests, end = resting.on(reading), start + (MORE_ROWS_MAX if start else ROWS_MAX)
    shown, hidden = _part(rests.evidence, rests, member=member, today=today, start=start, end=end)
    against, hidden_against = _part(rests.against, rests, member=member, today=today, start=start, end=end)
    hidden += hidden_against
    if not start:
        against += _later(reading, member=member, known=rests)
    return Evidence(
        sentence=says(reading, today=today),
        rule=str(rule(reading.measure).says),
        how_sure=how_sure(reading),
        finer=tuple(filter(None, [*kinds_say(reading), gap_says(reading)])),
        rule_url=reverse("desk:rule", args=[reading.measure]),
        as_of=reading.as_of,
        speaks_for=tuple(shown),
        speaks_against=tuple(against),
        is_too_early=reading.says == "too_early",
        objections=_objections(reading, member=member),
        more=ngettext("and %(number)d more like these", "and %(number)d more like these", hidden) % {"number": hidden}
        if hidden
        else "",
        more_url=f"{reverse('desk:why', args=[reading.pk])}?from={end}" if hidden else "",
    )


def _part(
    ids: Sequence[UUID], of: Rests, *, member: Member, today: date, start: int, end: int
) -> tuple[list[EvidenceRow], int]:
    """Some of them, the newest first, and how many there are beyond. Of moments and purchases of years only some are fetched."""
    if of.is_in_order:
        return _rows(ids[::-1][start:end], member=member, today=today), max(0, len(ids) - end)
    found = _rows(ids, member=member, today=today)
    return found[start:end], max(0, len(found) - end)


def _rows(ids: Sequence[UUID], *, member: Member, today: date) -> list[EvidenceRow]:
    """What has these ids, as far as this member may see it, the newest first. A reading rests on things of several kinds."""
    if not ids:
        return []
    moments = Moment.objects.visible_to(member).filter(among("pk", ids))
    promises = Promise.objects.visible_to(member).filter(among("pk", ids))
    given = Concession.objects.visible_to(member).filter(among("pk", ids))
    traded = Transaction.objects.visible_to(member).filter(among("pk", ids))
    pulses = Pulse.objects.visible_to(member).filter(among("pk", ids)).prefetch_related("answers")
    met = [one.moment_id for one in pulses if one.moment_id]
    seen = (
        set(Moment.objects.visible_to(member).filter(among("pk", met)).values_list("pk", flat=True)) if met else set()
    )
    found = [
        *((moment.on_day, _row(moment)) for moment in moments),
        *((one.due_on or one.made_on, _row_of_promise(one, today)) for one in with_events(list(promises))),
        *((one.happened_on, EvidenceRow(says=one.words, on=one.happened_on)) for one in given),
        *((one.happened_on, _row_of_trade(one)) for one in traded),
        *((one.moment_on or timezone.localdate(one.at), _row_of_pulse(one, seen)) for one in pulses),
    ]
    return [row for _day, row in sorted(found, key=itemgetter(0), reverse=True)]


def _row_of_promise(promise: Promise, today: date) -> EvidenceRow:
    state = promise.state(on=today).label
    return EvidenceRow(
        says=_("%(promise)s: %(state)s") % {"promise": promise.words or _("words that were erased"), "state": state},
        on=promise.due_on or promise.made_on,
        url=reverse("desk:promise", args=[promise.pk]),
    )


def _row_of_pulse(pulse: Pulse, seen: Collection[UUID]) -> EvidenceRow:
    """A pulse, with what both said of the meeting it asks about, where it asks about one. `seen` are moments one may open."""
    if not pulse.is_of_meeting:
        return EvidenceRow(says=str(pulse), on=pulse.opened_at)
    return EvidenceRow(
        says=worth.says(pulse, is_ours=True),
        on=pulse.moment_on,
        url=reverse("desk:moment", args=[pulse.moment_id]) if pulse.moment_id in seen else "",
        mode=cast(Mode, pulse.moment_mode),
    )


def _row_of_trade(traded: Transaction) -> EvidenceRow:
    words = [str(capfirst(traded.get_kind_display())), traded.number]
    if traded.amount is not None:
        words.append(spoken_money(traded.amount, traded.currency))
    return EvidenceRow(says=" ".join(word for word in words if word), on=traded.happened_on)


def _objections(reading: Reading, *, member: Member) -> tuple[tuple[str, str, datetime], ...]:
    """What they say of it, the newest first: of this reading, however often it was read anew since."""
    same = Relationship.objects.the_same([reading.relationship_id])
    said = Objection.objects.visible_to(member).filter(relationship__in=same, measure=reading.measure)
    newest = said.select_related("by__now").order_by("-at", "-id")[:ROWS_MAX]
    return tuple((str(one.by.now or one.by), one.words, one.at) for one in newest)


def evidence_of_promise(promise: Promise, *, member: Member, at: datetime) -> Evidence:
    """What is known of a promise: who said it, where, and what was said of it since."""
    today = timezone.localdate(at)
    told = {"by": _capital(promise.by), "to": other_side(promise) if promise.is_ours else str(promise.to)}
    where = Moment.objects.visible_to(member).filter(promises=promise).first()
    said = EvidenceRow(
        says=_("%(by)s said it to %(to)s.") % told,
        on=promise.made_on,
        url=reverse("desk:moment", args=[where.pk]) if where else "",
        mode=cast(Mode, where.mode) if where else None,
    )
    events = list(promise.events.select_related("by").order_by("at", "id"))
    return Evidence(
        sentence=promise_says(promise, today=today),
        rule=_(
            "Only a promise can be late: its day has passed, and nobody said that it is done. "
            "Only the one who receives it calls it kept."
        ),
        as_of=at,
        speaks_for=(said, *(_of_event(event, today) for event in events if event.kind == EventKind.MOVED)),
        speaks_against=tuple(_of_event(event, today) for event in events if event.kind != EventKind.MOVED),
    )


def _of_event(event: PromiseEvent, today: date) -> EvidenceRow:
    words = {"who": _capital(event.by), "what": event.get_kind_display()}
    says = _("%(who)s: %(what)s") % words
    if event.due_on is not None:
        says = _("%(who)s: %(what)s to %(day)s") % {**words, "day": spoken_day(event.due_on, today=today)}
    return EvidenceRow(says=says, on=event.at)


def _capital(party: Party) -> str:
    """Their name as a sentence begins with it."""
    return party.name or capfirst(str(party))


def _row(moment: Moment) -> EvidenceRow:
    return EvidenceRow(
        says=moment.subject or moment.words[:120] or capfirst(str(moment.get_mode_display())),
        on=moment.on_day,
        url=reverse("desk:moment", args=[moment.pk]),
        mode=cast(Mode, moment.mode),
    )


def _later(reading: Reading, *, member: Member, known: Rests) -> tuple[EvidenceRow, ...]:
    """What came since or lies ahead: approaches that got no answer are no contact, meetings arranged may end the quiet."""
    if reading.measure != Measure.QUIET or reading.since_on is None:
        return ()
    party_id = reading.relationship.party_id
    later = (
        Moment.objects.visible_to(member)
        .standing()
        .with_parties(Party.objects.the_same([party_id]))
        .filter(on_day__gt=reading.since_on)
        .exclude(pk__in=known.evidence[-ROWS_MAX:])
        .order_by("happened_at", "id")[:ROWS_MAX]
    )
    return tuple(_later_row(moment, reading) for moment in later)


def _later_row(moment: Moment, reading: Reading) -> EvidenceRow:
    row = _row(moment)
    note = _("arranged for then: %(says)s") if moment.is_ahead(reading.as_of) else _("without an answer: %(says)s")
    return EvidenceRow(says=note % {"says": row.says}, on=row.on, url=row.url, mode=row.mode)
