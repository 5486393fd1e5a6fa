"""What may be put right of one thing that was kept of a note: a form for each kind of fact, filled with what stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.exchange.models import Concession, Transaction, TransactionKind
from ampersand.members.models import House, Member
from ampersand.notebook.models import Piece
from ampersand.notebook.naming import parties_named
from ampersand.notebook.pieces import Fact
from ampersand.parties.models import NAMED_KINDS, Party, SideLine, Tie
from ampersand.promises.models import Promise
from ampersand.timeline.models import Mode, Moment

WORDS_MAX = 2_000
# Notes tell of days in living memory.
FIRST_YEAR, LAST_YEAR = 1900, 2200


class _FactForm(forms.Form):
    """The fields of a fact; `is_changed` says whether what was sent tells anything else than what stands."""

    def __init__(self, *args: Any, fact: Any, others: Iterable[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(fact, others)

    @staticmethod
    def initial_of(fact: Any) -> dict[str, Any]:
        raise NotImplementedError

    def fill(self, fact: Any, others: Iterable[UUID]) -> None:
        """Set what is known of the fact alone: its choices. `others` are the parties the note names."""
        whom = self.fields.get("whom")
        if isinstance(whom, forms.ModelChoiceField):
            known = Party.objects.known().outside().filter(pk__in=[*others, self.initial["whom"]], erased_at=None)
            whom.queryset = known.order_by("sort_key", "pk")

    def is_changed(self) -> bool:
        told = {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items()}
        return any(told[name] != value for name, value in self.initial.items())


def _whom() -> forms.ModelChoiceField[Party]:
    """One of those whom the note names: anybody else is nobody it speaks of."""
    return forms.ModelChoiceField(
        label=gettext_lazy("With whom"),
        queryset=Party.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose whom it is about.")},
    )


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write a few words, or take it back instead.")},
    )


def day_field(label: Any, *, is_needed: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_needed,
        # As browsers want it in every language.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("Choose a day, such as 2026-10-09."),
        },
    )


def near_day(day: date | None) -> date | None:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Choose a day nearer to now."))
    return day


def _plain(amount: Decimal | None) -> Decimal | None:
    """Without the zeros that only its column has.

    >>> str(_plain(Decimal("120.5000"))), str(_plain(Decimal("300.0000")))
    ('120.5', '300')
    """
    if amount is None:
        return None
    return amount.to_integral() if amount == amount.to_integral() else amount.normalize()


class _SidesForm(_FactForm):
    """A promise or a concession: with whom, and which of the two it was."""

    by = forms.ChoiceField(label="")
    whom = _whom()

    def fill(self, fact: Promise | Concession, others: Iterable[UUID]) -> None:
        super().fill(fact, others)
        by = self.fields["by"]
        by.label = _("Who promised") if isinstance(fact, Promise) else _("Who gave")
        if isinstance(by, forms.ChoiceField):
            by.choices = [("ours", str(fact.by if fact.is_ours else fact.to)), ("theirs", _("the other side"))]

    @staticmethod
    def sides_of(fact: Promise | Concession) -> dict[str, Any]:
        theirs = fact.to_id if fact.is_ours else fact.by_id
        return {"by": "ours" if fact.is_ours else "theirs", "whom": theirs}


class _AmountForm(_FactForm):
    """An amount with its currency, both or neither."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        error_messages={"invalid": gettext_lazy("Write an amount in figures, such as 120.50.")},
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), required=False, max_length=3)

    def clean_currency(self) -> str:
        told: str = self.cleaned_data["currency"].strip().upper() or House.objects.get().currency
        if not (len(told) == 3 and told.isascii() and told.isalpha()):
            raise forms.ValidationError(_("Write a currency in three letters, such as GBP."))
        return told


class PromisePieceForm(_SidesForm):
    words = _words(gettext_lazy("What was promised"))
    due_on = day_field(gettext_lazy("By which day, if one was named"), is_needed=False)
    field_order = ("words", "due_on", "by", "whom")

    @staticmethod
    def initial_of(fact: Promise) -> dict[str, Any]:
        return {"words": fact.words, "due_on": fact.due_on, **_SidesForm.sides_of(fact)}

    def clean_due_on(self) -> date | None:
        return near_day(self.cleaned_data["due_on"])


class ConcessionPieceForm(_SidesForm, _AmountForm):
    words = _words(gettext_lazy("What was given"))
    field_order = ("words", "by", "whom", "amount", "currency")

    @staticmethod
    def initial_of(fact: Concession) -> dict[str, Any]:
        currency = fact.currency or House.objects.get().currency
        sides = _SidesForm.sides_of(fact)
        return {"words": fact.words, "amount": _plain(fact.amount), "currency": currency, **sides}


class TransactionPieceForm(_AmountForm):
    kind = forms.ChoiceField(label=gettext_lazy("What it was"), choices=TransactionKind.choices)
    whom = _whom()
    field_order = ("kind", "whom", "amount", "currency")

    @staticmethod
    def initial_of(fact: Transaction) -> dict[str, Any]:
        currency = fact.currency or House.objects.get().currency
        return {"kind": fact.kind, "whom": fact.party_id, "amount": _plain(fact.amount), "currency": currency}


class LinePieceForm(_FactForm):
    words = _words(gettext_lazy("The words"))
    whom = _whom()

    @staticmethod
    def initial_of(fact: SideLine) -> dict[str, Any]:
        return {"words": fact.words, "whom": fact.of_id or fact.relationship.party_id}


class TiePieceForm(_FactForm):
    kind = forms.ChoiceField(label=gettext_lazy("Tie"), choices=NAMED_KINDS)

    def fill(self, fact: Tie, others: Iterable[UUID]) -> None:
        self.fields["kind"].label = _("What %(one)s is to %(other)s") % {"one": fact.from_party, "other": fact.to_party}

    @staticmethod
    def initial_of(fact: Tie) -> dict[str, Any]:
        return {"kind": fact.kind}


class MomentPieceForm(_FactForm):
    mode = forms.ChoiceField(label=gettext_lazy("How you met"), choices=Mode.choices)
    on = day_field(gettext_lazy("On which day"), is_needed=True)

    @staticmethod
    def initial_of(fact: Moment) -> dict[str, Any]:
        return {"mode": fact.mode, "on": fact.on_day}

    def clean_on(self) -> date | None:
        return near_day(self.cleaned_data["on"])


_FORMS: Mapping[type, Any] = {
    Promise: PromisePieceForm,
    Concession: ConcessionPieceForm,
    Transaction: TransactionPieceForm,
    SideLine: LinePieceForm,
    Tie: TiePieceForm,
    Moment: MomentPieceForm,
}


def form_for(piece: Piece, fact: Fact, told: Any = None, *, member: Member) -> _FactForm:
    """The form for what a piece became. Raises KeyError for a party, whose name is put right on its own page."""
    form = _FORMS[type(fact)]
    named = Party.objects.visible_to(member).filter(pk__in=parties_named(piece.note)).values_list("pk", flat=True)
    made: _FactForm = form(told, fact=fact, others=named, initial=form.initial_of(fact))
    return made
