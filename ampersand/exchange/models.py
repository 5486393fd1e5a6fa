from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.as_known import THEN, told_over_time
from ampersand.core.changes import noted
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import ChangeKind
from ampersand.core.rooms import Room
from ampersand.exchange.negotiating.models import (
    DecidingDay,
    ExpectedTransaction,
    Negotiation,
    Offer,
    OfferEvent,
    OfferFile,
    OfferLine,
    OfferValue,
    Question,
    Weight,
)
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import AsKnownQuerySet, Party, Relationship, Told
from ampersand.parties.speaking import Voice
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment


class TransactionKind(models.TextChoices):
    ORDER = "order", _("order")
    DELIVERY = "delivery", _("delivery")
    INVOICE = "invoice", _("invoice")
    PAYMENT = "payment", _("payment")
    RENEWAL = "renewal", _("renewal")
    RETURN = "return", _("return")
    CANCELLATION = "cancellation", _("cancellation")


class TransactionQuerySet(AsKnownQuerySet["Transaction"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", member=member))


@told_over_time()
@kept
@noted(
    "party_id",
    "kind",
    "happened_on",
    "amount",
    "currency",
    "keeps_id",
    "told_at",
    "withdrawn_at",
    touches={
        ChangeKind.PARTY: "SELECT party_id FROM rows UNION ALL"
        " SELECT r.party_id FROM rows JOIN promises_promise p ON p.id = rows.keeps_id"
        " JOIN parties_relationship r ON r.id = p.relationship_id"
    },
)
class Transaction(Told):
    """Value changing hands with a party, told by the system that keeps it. It never stands in for the relationship.

    `amount` is Decimal in `currency` (ISO 4217), positive as told; a return or cancellation is known by its kind.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="transactions")
    kind = models.CharField(max_length=12, choices=TransactionKind)
    happened_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    number = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    keeps = models.ForeignKey(Promise, models.SET_NULL, null=True, blank=True, related_name="kept_by")

    objects = TransactionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["party", "-happened_on"], name="transaction_of"),
            # By which an order is found whose number somebody reads out.
            models.Index(fields=["number"], condition=~Q(number=""), name="transaction_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "number"],
                condition=~Q(number="") & Q(withdrawn_at=None),
                name="transaction_number_once",
            ),
            models.CheckConstraint(condition=Q(amount=None) | ~Q(currency=""), name="amount_has_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"


class ConcessionState(models.TextChoices):
    """Read from the row, never stored."""

    OFFERED = "offered", _("offered, not firm yet")
    MADE = "made", _("made")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("drawn back")


class ConcessionQuerySet(AsKnownQuerySet["Concession"]):
    def visible_to(self, member: Member) -> Self:
        ours = self.filter(~Q(room=Room.MINE) | Q(told_by=member))
        return ours.filter(shown("relationship__party_id", "by_id", "to_id", member=member))


@told_over_time(
    later={
        "cost_at": ("cost_words", "cost_voice", "cost_told_by_id"),
        "worth_at": ("worth_words", "worth_voice", "worth_told_by_id"),
        "firm_at": (),
        "drawn_back_at": (),
    }
)
@kept
@noted(
    "relationship_id",
    "by_id",
    "to_id",
    "is_ours",
    "happened_on",
    "is_gift",
    "is_tentative",
    "firm_at",
    "drawn_back_at",
    "in_return_for_id",
    "room",
    "told_at",
    "withdrawn_at",
    touches={
        ChangeKind.PARTY: "SELECT r.party_id FROM rows JOIN parties_relationship r ON r.id = rows.relationship_id"
        " UNION ALL SELECT r.party_id FROM rows JOIN exchange_concession c ON c.id = rows.in_return_for_id"
        " JOIN parties_relationship r ON r.id = c.relationship_id"
    },
)
class Concession(Told):
    """Something given up for the other: its cost in the giver's words, its worth in the receiver's. Never netted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="concessions")
    by = models.ForeignKey(Party, models.CASCADE, related_name="+")
    to = models.ForeignKey(Party, models.CASCADE, related_name="+")
    is_ours = models.BooleanField(help_text="given by our side")
    words = models.TextField()
    happened_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    cost_words = models.TextField(blank=True, help_text="by the giver")
    worth_words = models.TextField(blank=True, help_text="by the receiver")
    cost_voice = models.CharField(max_length=10, choices=Voice, blank=True)
    cost_told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    cost_at = models.DateTimeField(null=True, blank=True)
    worth_voice = models.CharField(max_length=10, choices=Voice, blank=True)
    worth_told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    worth_at = models.DateTimeField(null=True, blank=True)
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN, help_text="the giver's own word, or told")
    is_gift = models.BooleanField(default=False)
    is_tentative = models.BooleanField(default=False, help_text="as first said: it could still be drawn back")
    firm_at = models.DateTimeField(null=True, blank=True, help_text="when a tentative one was made firm")
    drawn_back_at = models.DateTimeField(null=True, blank=True, help_text="when a tentative one was drawn back")
    negotiation = models.ForeignKey(Negotiation, models.SET_NULL, null=True, blank=True, related_name="concessions")
    in_return_for = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    moment = models.ForeignKey(Moment, models.SET_NULL, null=True, blank=True, related_name="concessions")
    room = models.CharField(max_length=8, choices=Room, default=Room.OURS)

    objects = ConcessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-happened_on"], name="concession_of")]

    def __str__(self) -> str:
        return self.words

    @property
    def state(self) -> ConcessionState:
        """Offered while it is tentative, made, answered by another, or drawn back (prefetch `answered_by`)."""
        if self.drawn_back_at is not None:
            return ConcessionState.WITHDRAWN
        if self.is_tentative and self.firm_at is None:
            return ConcessionState.OFFERED
        is_answered = any(one.withdrawn_at is None and one.drawn_back_at is None for one in self.answered_by.all())
        return ConcessionState.ANSWERED if is_answered else ConcessionState.MADE

    def may_be_spoken_of(self, member: Member) -> bool:
        return self.withdrawn_at is None


class GiveAndTakeOffQuerySet(models.QuerySet["GiveAndTakeOff"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", member=member))

    def standing(self) -> Self:
        return self.filter(ended_at=None)


@told_over_time("at", later={"ended_at": ()}, where=f"it.at <= {THEN} OR it.ended_at IS NULL")
@kept
@noted(
    "relationship_id",
    "at",
    "ended_at",
    touches={
        ChangeKind.PARTY: "SELECT r.party_id FROM rows JOIN parties_relationship r ON r.id = rows.relationship_id"
    },
)
class GiveAndTakeOff(models.Model):
    """A side wishes that give and take is not read in this relationship. What was given stays written down.

    Either side may; each switches on again only what it switched off itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="give_and_take_off")
    is_ours = models.BooleanField(help_text="wished by our side")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GiveAndTakeOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "is_ours"], condition=Q(ended_at=None), name="give_and_take_off_once"
            )
        ]


__all__ = [
    "Concession",
    "ConcessionState",
    "DecidingDay",
    "ExpectedTransaction",
    "GiveAndTakeOff",
    "Negotiation",
    "Offer",
    "OfferEvent",
    "OfferFile",
    "OfferLine",
    "OfferValue",
    "Question",
    "Transaction",
    "TransactionKind",
    "Weight",
]
