"""What a reading rests on, for and against, as far as this member may see it."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.between.objecting import Objection
from ampersand.desk.pages.evidence import Evidence, EvidenceRow
from ampersand.desk.pages.words import Mode
from ampersand.desk.promise_rows import other_side
from ampersand.desk.sentences import promise_says, rule, says
from ampersand.desk.templatetags.desk import spoken_day
from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship
from ampersand.promises.models import EventKind, Promise, PromiseEvent
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Moment

ROWS_MAX = 12


def evidence_of(reading: Reading, *, member: Member, today: date) -> Evidence:
    """The evidence of a stored reading: its moments, newest first, and what speaks against it."""
    moments = list(Moment.objects.visible_to(member).filter(pk__in=reading.evidence).order_by("-happened_at", "-id"))
    shown = moments[:ROWS_MAX]
    hidden = len(moments) - len(shown)
    return Evidence(
        sentence=says(reading, today=today),
        rule=rule(reading),
        as_of=reading.as_of,
        speaks_for=tuple(_row(moment) for moment in shown),
        speaks_against=_against(reading, member=member),
        is_too_early=reading.says == "too_early",
        objections=_objections(reading, member=member),
        more=ngettext("and %(number)d more like these", "and %(number)d more like these", hidden) % {"number": hidden}
        if hidden
        else "",
    )


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


def _against(reading: Reading, *, member: Member) -> tuple[EvidenceRow, ...]:
    """What came since or lies ahead: approaches that got no answer are no contact, meetings arranged may end the quiet."""
    if reading.measure != Measure.QUIET or reading.since_on is None:
        return ()
    party_id = reading.relationship.party_id
    later = (
        Moment.objects.visible_to(member)
        .standing()
        .with_parties(Party.objects.the_same([party_id]))
        .filter(on_day__gt=reading.since_on)
        .exclude(pk__in=reading.evidence)
        .order_by("happened_at", "id")[:ROWS_MAX]
    )
    return tuple(_later_row(moment, reading) for moment in later)


def _later_row(moment: Moment, reading: Reading) -> EvidenceRow:
    row = _row(moment)
    note = _("arranged for then: %(says)s") if moment.is_ahead(reading.as_of) else _("without an answer: %(says)s")
    return EvidenceRow(says=note % {"says": row.says}, on=row.on, url=row.url, mode=row.mode)
