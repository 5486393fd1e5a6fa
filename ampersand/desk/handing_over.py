"""Handing over a relationship, on our pages: what waits for a colleague's word, what was said to it, and the story told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.between.handed import handed_part
from ampersand.between.handing import HandingOver, HandingReply, ReplyKind
from ampersand.between.handing_over import LONGEST_STORY, may_be_named_over
from ampersand.between.page import Viewer
from ampersand.desk.house_forms import HandOverForm
from ampersand.desk.names import short_name
from ampersand.desk.pages.handing_over import HandingOverPage, HandingSaid, HandingWaits
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship
from ampersand.promises.models import Promise

# How long an answer stands on Today of who handed it over and who took it.
SAID_DAYS = 7
MOST = 7


def handing_over_page(relationship: Relationship, *, member: Member) -> HandingOverPage:
    same = list(Relationship.objects.the_same([relationship.pk]))
    told = HandingOver.objects.visible_to(member).filter(relationship__in=same)
    waiting = told.waiting().select_related("by", "to").order_by("-at").first()
    viewer = Viewer(is_ours=True, party_ids=(), other=short_name(relationship.party), address=lambda _act, _id: "")
    takes_back = waiting is not None and waiting.may_be_withdrawn(member)
    return HandingOverPage(
        name=relationship.party.name,
        short_name=short_name(relationship.party),
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        waits=_waits(waiting) if waiting else None,
        withdraw_url=reverse("desk:withdraw_handing", args=[waiting.pk]) if waiting and takes_back else "",
        may_answer=waiting is not None and waiting.may_be_answered(member),
        may=waiting is None and relationship.may_be_handed_over(member),
        done=handed_part(told, viewer=viewer),
        today=timezone.localdate(),
    )


def handings_for(member: Member, *, at: datetime) -> tuple[tuple[HandingWaits, ...], tuple[HandingSaid, ...]]:
    """What waits for this member's word, and what was said these days to what they handed over or took. Three queries."""
    since = at - timedelta(days=SAID_DAYS)
    rows = _of_member(since=since, member=member)
    waits, said = [], []
    for handing in rows:
        if handing.waits and handing.to.member_id == member.pk:
            waits.append(_waits(handing))
        elif handing.declined_at and handing.declined_at > since and handing.by.member_id == member.pk:
            said.append(_declined(handing))
    of = [handing.pk for handing in rows if handing.accepted_at]
    if of:
        replies = HandingReply.objects.filter(handing__in=of, at__gt=since).order_by("-at", "-id")
        known = {handing.pk: handing for handing in rows}
        said += [_said(reply, known[reply.handing_id]) for reply in replies[:MOST]]
    return tuple(waits[:MOST]), tuple(said[:MOST])


@Ready[HandingOver]
def _of_member(since: datetime, member: Member) -> models.QuerySet[HandingOver]:
    """Those that wait, were declined or were answered by the other side lately."""
    own = Party.objects.filter(member=member)
    mine = HandingOver.objects.visible_to(member).filter(Q(by__in=own) | Q(to__in=own), withdrawn_at=None)
    lately = Q(accepted_at=None, declined_at=None) | Q(declined_at__gt=since) | Q(replies__at__gt=since)
    known = mine.filter(lately).select_related("by", "to", "relationship__party__now__relationship")
    return known.order_by("-at", "-id").distinct()[:50]


def _waits(handing: HandingOver) -> HandingWaits:
    relationship = handing.relationship
    return HandingWaits(
        name=str(relationship.party),
        url=reverse("desk:handing_over", args=[relationship.pk]),
        by=str(handing.by),
        to=str(handing.to),
        from_on=handing.from_on,
        story=handing.story,
        promises=tuple(promise.words for promise in handing.promises.all()),
        accept_url=reverse("desk:accept_handing", args=[handing.pk]),
        decline_url=reverse("desk:decline_handing", args=[handing.pk]),
    )


def _declined(handing: HandingOver) -> HandingSaid:
    return HandingSaid(
        says=_("%(name)s cannot take it over.") % {"name": handing.to},
        words=handing.decline_words,
        of=str(handing.relationship.party),
        url=reverse("desk:handing_over", args=[handing.relationship_id]),
    )


def _said(reply: HandingReply, handing: HandingOver) -> HandingSaid:
    told = {"name": handing.relationship.party, "colleague": handing.to}
    says = (
        _("%(name)s says no to %(colleague)s. Speak with one another, and with them.")
        if reply.kind == ReplyKind.NO
        else _("%(name)s puts right what was told of them.")
    )
    return HandingSaid(
        says=says % told,
        words=reply.words,
        of=str(handing.relationship.party),
        url=reverse("desk:handing_over", args=[handing.relationship_id]),
    )


def promises_to_name_over(relationship: Relationship, member: Member) -> list[Promise]:
    """What was promised in the house's name and is open, for which this member stands, or nobody."""
    same = list(Relationship.objects.the_same([relationship.pk]))
    houses = Promise.objects.visible_to(member).standing().open().filter(relationship__in=same, by__is_house=True)
    known = houses.select_related("by", "named").order_by("due_on", "id")
    return [promise for promise in known if may_be_named_over(promise, member)]


class StoryForm(HandOverForm):
    """To whom, from when, the story, whether the other side reads it, and what the colleague stands for from then on."""

    from_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    story = forms.CharField(
        label=gettext_lazy("The story"),
        help_text=gettext_lazy("Ten lines or so: how it began, what they hold dear, what was hard, what is open."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_STORY,
        required=False,
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("They read this story too, word for word, on their own page"), required=False
    )
    named = forms.MultipleChoiceField(
        label=gettext_lazy("Promised in the house’s name: the colleague stands for it from then on"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, promises: Iterable[Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promises = {str(promise.pk): promise for promise in promises}
        named = self.fields["named"]
        if isinstance(named, forms.MultipleChoiceField) and self.promises:
            named.choices = [(key, promise.words[:120]) for key, promise in self.promises.items()]
        else:
            del self.fields["named"]
        self.fields["from_on"].initial = timezone.localdate().isoformat()

    def clean_from_on(self) -> date:
        day: date = self.cleaned_data["from_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day from today on."))
        return day

    def chosen(self) -> list[Promise]:
        return [self.promises[key] for key in self.cleaned_data.get("named", ())]
