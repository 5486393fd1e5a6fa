from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Party, Relationship


class PageLinkQuerySet(models.QuerySet["PageLink"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", "party_id", member=member))

    def open(self, at: datetime) -> Self:
        return self.filter(revoked_at=None, lapses_at__gt=at)


class PageLink(models.Model):
    """The way to the page Between, given by a named member to one address of the other side. It carries one right: to see
    that page and answer on it. Of its secret only the digest is kept, and a code sent to the address has to follow it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="page_links")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="for whom it is")
    address = models.CharField(max_length=320)
    secret_digest = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PageLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-given_at"], name="page_link_of")]

    def __str__(self) -> str:
        return self.address

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and self.lapses_at > at

    def may_be_revoked(self, member: Member) -> bool:
        """Whoever sees the relationship may shut its doors."""
        return self.revoked_at is None


class LinkCode(models.Model):
    """Six figures, sent to the address of a link. Only their digest is kept. The last one sent counts, for a few tries."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(PageLink, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    tried_count = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["link", "-sent_at"], name="link_code_of")]


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(link__in=PageLink.objects.visible_to(member))


class Visit(models.Model):
    """A browser in which somebody of the other side looks at their page. It is no session of a member and becomes none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(PageLink, models.CASCADE, related_name="visits")
    secret_digest = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    def is_open(self, at: datetime) -> bool:
        return self.ended_at is None and self.lapses_at > at


class EntryKind(models.TextChoices):
    """What a visitor may do on the page."""

    KEPT = "kept", _("called kept")
    PARTLY = "partly", _("called partly kept")
    NOT_KEPT = "not_kept", _("called not kept")
    RELEASE = "release", _("released")
    ACCEPT = "accept", _("agreed")
    DECLINE = "decline", _("declined")
    COUNTER = "counter", _("asked for other words")
    MOVE = "move", _("asked for another day")
    DONE = "done", _("said done")
    PROMISE = "promise", _("promised")
    TAKE = "take", _("took something as promised")
    TERMS = "terms", _("said how they wish to be reached")
    ASK = "ask", _("asked for something")
    CORRECT = "correct", _("asked to put something right")
    FORGET = "forget", _("asked to be forgotten")
    ASK_BOTH = "ask_both", _("asked how it goes")
    ASK_WORTH = "ask_worth", _("asked whether a meeting was worth it")
    OTHERWISE = "otherwise", _("asked otherwise")
    ANSWER = "answer", _("answered a pulse")
    NO_PULSE = "no_pulse", _("declined a pulse")
    OPEN = "open", _("opened an answer")
    BURN = "burn", _("burned an answer")
    REPLY = "reply", _("replied to a pulse")
    PROPOSE = "propose", _("proposed an agreement")
    AGREE = "agree", _("agreed to a version")
    DISAGREE = "disagree", _("declined a version")
    END = "end", _("ended an agreement")
    OFFER_YES = "offer_yes", _("accepted an offer")
    OFFER_NO = "offer_no", _("declined an offer")
    OFFER_PUT = "offer_put", _("put an offer")
    OFFER_BACK = "offer_back", _("withdrew an offer")
    DAY = "day", _("said when they decide")
    WEIGH = "weigh", _("said how much questions matter")
    GIVE = "give", _("gave something")
    COST = "cost", _("said what it cost")
    WORTH = "worth", _("said what it was worth")
    GIFT = "gift", _("called it a gift")
    FIRM = "firm", _("made it firm")
    DRAW_BACK = "draw_back", _("drew something back")
    GIVE_OFF = "give_off", _("switched give and take off")
    GIVE_ON = "give_on", _("switched give and take on")
    BRING = "bring", _("brought somebody in")
    NOT_RIGHT = "not_right", _("said that a reading is not right")
    SIDE = "side", _("wrote what matters to them")
    SIDE_BACK = "side_back", _("took a line of theirs back")
    SIDE_SAID = "side_said", _("answered a question")
    SORT = "sort", _("said what a promise is about")
    NOT_THEM = "not_them", _("said no to somebody of us")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", "party_id", member=member))

    def waiting(self) -> Self:
        return self.filter(carried_out_at=None, refused_at=None)


class Entry(models.Model):
    """What a visitor did, laid into the inbox by the outside login. Our own actions carry it out, once."""

    id = models.UUIDField(
        primary_key=True, default=new_id, editable=False, help_text="made with the form: sent twice, it is one"
    )
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="entries")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    kind = models.CharField(max_length=10, choices=EntryKind)
    told = models.JSONField(default=dict)
    at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True, help_text="what it asks for could not be done any more")

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["party", "-at"], name="entry_of"),
            models.Index(fields=["at"], condition=models.Q(carried_out_at=None, refused_at=None), name="entry_waiting"),
        ]
