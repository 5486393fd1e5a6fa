"""What may be typed of an offer, on either face: text to values; nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.exchange import money
from ampersand.exchange.models import Offer, Question
from ampersand.exchange.negotiating import actions
from ampersand.exchange.negotiating.actions import MOST_LINES, Line

EMPTY_LINES = 3
_A_NUMBER = {"invalid": gettext_lazy("Write a number, such as 14.20.")}


class LineForm(forms.Form):
    """One line of an offer. A row without words is no line."""

    words = forms.CharField(label=gettext_lazy("What"), max_length=1_000, required=False)
    quantity = forms.DecimalField(
        label=gettext_lazy("How many"),
        localize=True,
        error_messages=_A_NUMBER,
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=4,
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40, required=False)
    unit_price = forms.DecimalField(
        label=gettext_lazy("Price each"),
        localize=True,
        error_messages=_A_NUMBER,
        required=False,
        max_digits=15,
        decimal_places=4,
    )
    discount_share = forms.DecimalField(
        label=gettext_lazy("Discount, %"),
        localize=True,
        error_messages=_A_NUMBER,
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=4,
    )
    tax_rate = forms.DecimalField(
        label=gettext_lazy("Tax, %"),
        localize=True,
        error_messages=_A_NUMBER,
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=4,
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        amounts = ("quantity", "unit_price", "discount_share", "tax_rate")
        if not self.errors and not told.get("words", "").strip() and any(told.get(one) is not None for one in amounts):
            self.add_error("words", _("Say in a few words what this line is."))
        if not self.errors and told.get("words", "").strip() and told.get("unit_price") is None:
            self.add_error("unit_price", _("Write its price; 0 where it costs nothing."))
        return told

    def line(self) -> Line | None:
        told = self.cleaned_data
        if not told.get("words", "").strip():
            return None
        quantity, nought = told["quantity"], Decimal(0)
        return Line(
            words=told["words"].strip(),
            quantity=Decimal(1) if quantity is None else quantity,
            unit=told["unit"].strip(),
            unit_price=told["unit_price"],
            discount_share=told["discount_share"] or nought,
            tax_rate=told["tax_rate"] or nought,
        )


LineForms = forms.formset_factory(LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES)


class OfferForm(forms.Form):
    """What a version says beside its lines."""

    words = forms.CharField(
        label=gettext_lazy("Words above the lines"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=actions.LONGEST_WORDS,
        required=False,
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("It holds until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args: Any, questions: Sequence[Question], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.usual_currency = questions, currency
        for question in questions:
            self.fields[f"value_{question.pk.hex}"] = forms.CharField(
                label=capfirst(str(question)), max_length=300, required=False
            )

    def answers(self) -> list[forms.BoundField]:
        return [self[f"value_{question.pk.hex}"] for question in self.questions]

    def clean_currency(self) -> str:
        told: str = self.cleaned_data["currency"].strip().upper() or self.usual_currency
        if not money.is_known(told):
            raise forms.ValidationError(_("Write a currency in three letters, such as GBP."))
        return told

    def values(self) -> dict[UUID, str]:
        told = self.cleaned_data
        return {question.pk: told[f"value_{question.pk.hex}"] for question in self.questions}


def offer_initial(
    offer: Offer | None, *, on_day: date | None, currency: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What a new version begins with: the last one, and empty rows."""
    empty: list[dict[str, Any]] = [{} for _number in range(EMPTY_LINES)]
    if offer is None:
        return {"currency": currency, "valid_until": on_day}, empty
    lines = [
        {
            "words": line.words,
            "quantity": _typed(line.quantity),
            "unit": line.unit,
            "unit_price": _typed(line.unit_price),
            "discount_share": _typed(line.discount_share) if line.discount_share else None,
            "tax_rate": _typed(line.tax_rate),
        }
        for line in sorted(offer.lines.all(), key=lambda line: line.position)
    ]
    values = {f"value_{value.question_id.hex}": value.words for value in offer.values.all()}
    top = {
        "words": offer.words,
        "currency": offer.currency or currency,
        "valid_until": on_day or offer.valid_until,
        **values,
    }
    return top, [*lines, *empty]


def _typed(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def with_more_lines(told: Any) -> Any:
    """What was typed, with further empty rows; nothing is checked yet."""
    more = told.copy()
    try:
        count = int(told.get("line-TOTAL_FORMS", 0))
    except ValueError:
        count = 0
    more["line-TOTAL_FORMS"] = str(min(max(count, 0) + EMPTY_LINES, MOST_LINES))
    return more
