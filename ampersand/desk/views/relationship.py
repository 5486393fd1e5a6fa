from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ampersand.between import readers
from ampersand.core import files
from ampersand.core.clock import parse_date
from ampersand.desk.attached import named
from ampersand.desk.evidence import evidence_of
from ampersand.desk.keeping import kept_in_the_book
from ampersand.desk.moment_page import moment_page, moments_page
from ampersand.desk.names import as_now
from ampersand.desk.own_way import evidence_of_own_way
from ampersand.desk.pages.evidence import EvidencePage, RulePage
from ampersand.desk.past_days import asked_day, day_of_reading
from ampersand.desk.relationship import relationship_page, relationship_shown
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import actions as parties
from ampersand.parties.models import Relationship, Tending
from ampersand.readings.models import Measure, Reading
from ampersand.readings.rules import OWN_WAY, OWN_WAY_RULE, RULES
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Attachment, Moment, Telling

_ANY_BYTES = "application/octet-stream"


@require_GET
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = access.the_only(relationship_shown(relationship_id=relationship_id, member=request.user))
    if relationship.party.erased_at is not None:
        return redirect("desk:party", relationship.party_id)
    if relationship.party.now_id is not None:
        return redirect("desk:relationship", as_now(relationship).pk)
    kept = kept_in_the_book(relationship, member=request.user) if "kept" in request.GET else None
    day = asked_day(request.GET, relationship_id=relationship.pk)
    with day.book():
        page = relationship_page(relationship, member=request.user, at=day.at, kept=kept)
    readers.note(relationship.pk, by=request.user, on=timezone.localdate())
    return render(request, "desk/relationship.html", {"page": replace(page, day=day.part(request))})


@require_GET
def moments(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    page = moments_page(
        relationship,
        member=request.user,
        before=request.GET.get("before", ""),
        known_on=parse_date(request.GET.get("on", "")),
        at=timezone.now(),
    )
    return render(request, "desk/moments.html", {"page": page})


@require_GET
def moment(request: MemberRequest, moment_id: UUID) -> HttpResponse:
    happened = access.fetch(Moment, moment_id, user=request.user)
    return render(request, "desk/moment.html", {"page": moment_page(happened, member=request.user)})


@require_GET
def file(request: MemberRequest, attachment_id: int) -> FileResponse:
    """The bytes of a file that came with a moment, to be saved: what somebody sent is never opened as a page of ours."""
    attached = access.fetch(Attachment, attachment_id, user=request.user)
    path = files.path_of(attached.file)
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=named(attached), content_type=_ANY_BYTES)


@require_GET
def why(request: MemberRequest, reading_id: UUID) -> HttpResponse:
    day = day_of_reading(reading_id)
    today = day.today
    with day.book():
        reading = access.fetch(Reading, reading_id, user=request.user)
        evidence = evidence_of(reading, member=request.user, today=today, start=_start(request.GET.get("from", "")))
    if request.htmx:
        return render(request, "desk/_evidence.html", {"evidence": evidence, "today": today})
    return render(request, "desk/evidence.html", {"page": EvidencePage(evidence=evidence, today=today)})


def _start(typed: str) -> int:
    """From where on a list is to be shown; what is no such number is its begin."""
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0


@require_GET
def own_way(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """What one's own way in a relationship rests on: of whoever looks, and of nobody else."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    evidence = evidence_of_own_way(
        relationship, member=request.user, at=timezone.now(), start=_start(request.GET.get("from", ""))
    )
    today = timezone.localdate()
    if request.htmx:
        return render(request, "desk/_evidence.html", {"evidence": evidence, "today": today})
    return render(request, "desk/evidence.html", {"page": EvidencePage(evidence=evidence, today=today)})


@require_GET
def rule(request: MemberRequest, measure: str) -> HttpResponse:
    """How a reading is made: the same page for everybody, about nobody."""
    if measure == OWN_WAY:
        page = RulePage(_("your own way"), OWN_WAY_RULE)
    elif measure in Measure.values:
        page = RulePage(str(Measure(measure).label), RULES[Measure(measure)])
    else:
        raise Http404(measure)
    return render(request, "desk/rule.html", {"page": page})


@require_POST
def take_apart(request: MemberRequest, telling_id: UUID) -> HttpResponse:
    telling = access.fetch(Telling, telling_id, user=request.user, may=Telling.may_be_taken_apart)
    alone = timeline.take_apart(telling, by=request.user, at=timezone.now())
    return redirect("desk:moment", alone.pk)


@require_POST
def tend(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = access.fetch(Relationship, relationship_id, user=request.user)
    parties.tend(relationship, request.user, on=timezone.localdate(), by=request.user, at=timezone.now())
    return redirect("desk:relationship", relationship.pk)


@require_POST
def stop_tending(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = access.fetch(Relationship, relationship_id, user=request.user)
    same = Relationship.objects.the_same([relationship.pk])
    for tending in Tending.objects.filter(relationship__in=same, member=request.user, until_on=None):
        parties.stop_tending(tending, on=timezone.localdate(), by=request.user, at=timezone.now())
    return redirect("desk:relationship", relationship.pk)
