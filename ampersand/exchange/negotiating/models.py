from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.as_known import told_over_time
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import File
from ampersand.core.rooms import Room
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState, state_of
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import AsKnownQuerySet, Party, Relationship, Told
from ampersand.parties.speaking import Voice


class NegotiationQuerySet(AsKnownQuerySet["Negotiation"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", "decider_id", member=member))


@told_over_time()
@kept
class Negotiation(Told):
    """What two sides are negotiating, in words. Its state is that of the newest offer; it has no stage and no chance."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="negotiations")
    about = models.TextField()
    kind = models.CharField(max_length=80, blank=True, help_text="the kind of offer, in words: by which it is counted")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who of us negotiates"
    )
    decider = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="who decides, on the other side")

    objects = NegotiationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-told_at"], name="negotiation_of")]

    def __str__(self) -> str:
        return self.about

    def newest(self) -> Offer | None:
        """The offer on the table (prefetch `offers`)."""
        return max(self.offers.all(), key=lambda offer: offer.version, default=None)

    def deciding_day(self) -> DecidingDay | None:
        """What the decider said last of when they decide (prefetch `deciding_days`)."""
        return max(self.deciding_days.all(), key=lambda day: (day.at, day.pk), default=None)

    def may_be_spoken_in(self, member: Member) -> bool:
        return self.withdrawn_at is None


class DecidingDayQuerySet(models.QuerySet["DecidingDay"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(negotiation__in=Negotiation.objects.visible_to(member))


@told_over_time("at")
@kept
class DecidingDay(models.Model):
    """When the decider said they decide, in their words. The last one stands; without a day, they have not said when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.CASCADE, related_name="deciding_days")
    on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="in the decider's words")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = DecidingDayQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["negotiation", "at"], name="deciding_day")]


class QuestionKind(models.TextChoices):
    PRICE = "price", _("price")
    TERM = "term", _("term")
    VOLUME = "volume", _("volume")
    SERVICE = "service", _("service")
    OWN = "own", _("in own words")


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(negotiation__in=Negotiation.objects.visible_to(member))


@kept
class Question(models.Model):
    """A question of substance that is open between the two: price, term, volume, service, or in own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.CASCADE, related_name="questions")
    position = models.IntegerField()
    kind = models.CharField(max_length=8, choices=QuestionKind, default=QuestionKind.OWN)
    words = models.CharField(max_length=200, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["negotiation", "position"], name="question_place")]

    def __str__(self) -> str:
        return self.words or str(self.get_kind_display())


class OfferQuerySet(AsKnownQuerySet["Offer"]):
    def visible_to(self, member: Member) -> Self:
        paths = ("negotiation__relationship__party_id", "negotiation__decider_id", "by_id")
        return self.filter(shown(*paths, member=member))


@told_over_time(later={"followed_at": ()})
@kept
class Offer(Told):
    """One version of what a side proposes. It is put once and never changed; a new version counters it.

    `net_amount` and `tax_amount` are those of its lines (`money.totals`), in `currency`; empty where it has none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.CASCADE, related_name="offers")
    version = models.IntegerField()
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="who puts it")
    is_ours = models.BooleanField(help_text="put by our side")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    words = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text="the decider's own day, as known when it was put")
    net_amount = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    tax_amount = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    followed_at = models.DateTimeField(
        null=True, blank=True, help_text="when the promises that follow from it were written down"
    )
    room = models.CharField(max_length=8, choices=Room, default=Room.BETWEEN)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "version"], name="offer_version_once"),
            models.CheckConstraint(condition=Q(net_amount=None) | ~Q(currency=""), name="offer_amount_has_currency"),
        ]

    def __str__(self) -> str:
        return self.words

    def last_said_kind(self) -> OfferEventKind:
        """What was said of it last (prefetch `events`). It was put once; one thing at most ended its waiting."""
        ended = (OfferEventKind(one.kind) for one in self.events.all() if one.kind != OfferEventKind.PUT)
        return next(ended, OfferEventKind.PUT)

    def ends_on(self) -> date | None:
        """The last day on which it may be accepted. Of ours the decider's day says it: the newest they named since it was put,
        or else the day that was put with it, or else the day they had named before, where that was still to come."""
        named = self.negotiation.deciding_day() if self.is_ours else None
        if named is None:
            return self.valid_until
        if named.at >= self.told_at:
            return named.on
        is_ahead = named.on is not None and named.on >= self.told_at.date()
        return self.valid_until or (named.on if is_ahead else None)

    def state(self, *, on: date) -> OfferState:
        """The state on a day (prefetch `events` and the negotiation's `deciding_days`)."""
        return state_of(self.last_said_kind(), ends_on=self.ends_on(), on=on)

    def may_be_spoken_of(self, member: Member) -> bool:
        return self.withdrawn_at is None


class OfferLineQuerySet(models.QuerySet["OfferLine"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(offer__in=Offer.objects.visible_to(member))


@kept
class OfferLine(models.Model):
    """A line: so many of something at a price each, with discount and tax in percent of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="lines")
    position = models.IntegerField()
    words = models.TextField()
    quantity = models.DecimalField(max_digits=15, decimal_places=4)
    unit = models.CharField(max_length=40, blank=True)
    unit_price = models.DecimalField(max_digits=15, decimal_places=4)
    discount_share = models.DecimalField(max_digits=7, decimal_places=4, default=0, help_text="percent, 0 to 100")
    tax_rate = models.DecimalField(max_digits=7, decimal_places=4, default=0, help_text="percent")

    objects = OfferLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "position"], name="offer_line_place"),
            models.CheckConstraint(
                condition=Q(discount_share__gte=0, discount_share__lte=100), name="offer_line_discount"
            ),
            models.CheckConstraint(condition=Q(tax_rate__gte=0, tax_rate__lte=100), name="offer_line_tax"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="offer_line_quantity"),
        ]

    def __str__(self) -> str:
        return self.words


class OfferValueQuerySet(models.QuerySet["OfferValue"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(offer__in=Offer.objects.visible_to(member))


@kept
class OfferValue(models.Model):
    """What an offer says to one question of substance."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="values")
    question = models.ForeignKey(Question, models.CASCADE, related_name="values")
    words = models.CharField(max_length=300)

    objects = OfferValueQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "question"], name="offer_value_once")]


class OfferEventQuerySet(models.QuerySet["OfferEvent"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(offer__in=Offer.objects.visible_to(member))


@told_over_time()
class OfferEvent(models.Model):
    """Something that was said of an offer: by whom, when, in whose voice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=OfferEventKind)
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    words = models.TextField(blank=True)

    objects = OfferEventQuerySet.as_manager()

    class Meta:
        # It is put once and ended once, whoever presses at the same time.
        constraints = [
            models.UniqueConstraint(fields=["offer", "kind"], name="offer_event_once"),
            models.UniqueConstraint(fields=["offer"], condition=~Q(kind=OfferEventKind.PUT), name="offer_ended_once"),
        ]


class OfferFileQuerySet(models.QuerySet["OfferFile"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(offer__in=Offer.objects.visible_to(member))


class OfferFile(models.Model):
    """A File that goes with an offer."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="files")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)

    objects = OfferFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "file", "name"], name="offer_file_once")]


class WeightQuerySet(models.QuerySet["Weight"]):
    def visible_to(self, member: Member) -> Self:
        """Those of ours, and of theirs what they stated. What they keep to themselves no member reads."""
        known = self.filter(question__negotiation__in=Negotiation.objects.visible_to(member))
        return known.filter(Q(is_ours=True) | Q(is_stated=True))


@kept
class Weight(models.Model):
    """How much a question matters to a side, 0 to 100 of its own making: private to that side until it states it.

    What a side states need not be what it keeps to itself, so each has a row of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="weights")
    is_ours = models.BooleanField()
    is_stated = models.BooleanField(default=False)
    value = models.IntegerField(validators=[MinValueValidator(0), MaxValueValidator(100)])
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = WeightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "is_ours", "is_stated"], name="weight_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=100), name="weight_of_hundred"),
        ]


class ExpectedTransactionQuerySet(AsKnownQuerySet["ExpectedTransaction"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(offer__in=Offer.objects.visible_to(member))


@told_over_time()
@kept
class ExpectedTransaction(Told):
    """What should change hands because an offer was accepted. It is no transaction: no sum and no strip of trade has it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="expected")
    expected_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    words = models.TextField(blank=True)

    objects = ExpectedTransactionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words
