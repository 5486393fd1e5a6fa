"""The small forms of offers and of give and take, the same on both faces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.between.offer_rows import QuestionRow
from ampersand.exchange import conceding
from ampersand.exchange.negotiating import actions


def _words(label: Any, *, rows: int = 2, required: bool = False) -> forms.CharField:
    most = min(actions.LONGEST_WORDS, conceding.LONGEST_WORDS)
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=most, required=required, strip=True
    )


class OfferWordsForm(forms.Form):
    """What is said with a yes or a no."""

    words = forms.CharField(
        label=gettext_lazy("In your words, if you like"), max_length=actions.LONGEST_WORDS, required=False
    )


class OwnDayForm(forms.Form):
    """When she decides, in her own words."""

    on = forms.DateField(
        label=gettext_lazy("I decide on"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    words = forms.CharField(label=gettext_lazy("In your words"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not (told.get("on") or told.get("words", "").strip()):
            self.add_error("on", _("Choose the day on which you decide, or write what you can say of it."))
        return told


class OwnWeightsForm(forms.Form):
    """How much each question matters to one side: to itself alone, or stated."""

    def __init__(self, *args: Any, questions: Sequence[QuestionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for row in questions:
            for name, label, value in (
                ("stated", _("%(question)s, as you state it"), row.yours),
                ("kept", _("%(question)s, to yourself alone"), row.kept),
            ):
                self.fields[f"{name}_{row.id.hex}"] = forms.IntegerField(
                    label=label % {"question": capfirst(row.name)},
                    min_value=0,
                    max_value=100,
                    required=False,
                    initial=value,
                )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(self.told(name) for name in ("stated", "kept")):
            raise forms.ValidationError(_("Write at least one number from 0 to 100."))
        return told

    def told(self, name: str) -> dict[UUID, int]:
        """What was typed anew of one kind (`stated`, `kept`), by question: the rest stays as old as it is."""
        values = {row.id: self.cleaned_data.get(f"{name}_{row.id.hex}") for row in self.questions}
        typed = {key: value for key, value in values.items() if value is not None}
        return {key: value for key, value in typed.items() if f"{name}_{key.hex}" in self.changed_data}


class HalfForm(forms.Form):
    words = _words(gettext_lazy("In your words"), required=True)


class GaveForm(forms.Form):
    """Something one gives up oneself."""

    words = _words(gettext_lazy("What you gave up for the other"), required=True)
    happened_on = forms.DateField(
        label=gettext_lazy("When"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    cost = _words(gettext_lazy("What it cost you, if you like to say"))
    is_gift = forms.BooleanField(label=gettext_lazy("A gift: nothing is awaited for it"), required=False)

    def clean_happened_on(self) -> date:
        day: date | None = self.cleaned_data["happened_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still ahead. Write the day on which it was given."))
        return day or timezone.localdate()
