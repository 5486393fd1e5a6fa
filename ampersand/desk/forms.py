from __future__ import annotations

from babel import Locale
from django import forms
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from ampersand.desk.house_forms import zones
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import IdentifierKind, PartyKind


def languages() -> list[tuple[str, str]]:
    """The languages one may speak, by their names in the reader's own."""
    tongue = get_language() or "en"
    named = {str(code): str(name) for code, name in Locale.parse(to_locale(tongue)).languages.items()}
    known = [(code, name) for code, name in named.items() if len(code) == 2]
    return [("", ""), *sorted(known, key=lambda one: one[1].casefold())]


def zones_or_none() -> list[tuple[str, str]]:
    return [("", ""), *zones()]


class PartyForm(forms.Form):
    """A party: a name, and nothing else is needed."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write a name; nothing else is needed.")},
    )
    sort_name = forms.CharField(
        label=gettext_lazy("How a name in Chinese characters is read"), max_length=300, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Is"), choices=PartyKind.choices, initial=PartyKind.PERSON)
    at = forms.CharField(label=gettext_lazy("Works at"), max_length=300, required=False)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=320, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=60, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Speaks"), choices=languages, required=False)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone, where it is another"), choices=zones_or_none, required=False
    )

    def clean_email(self) -> str:
        return self._address("email", IdentifierKind.EMAIL, _("Write an e-mail address, such as jane@alder.example."))

    def clean_phone(self) -> str:
        return self._address("phone", IdentifierKind.PHONE, _("Write a telephone number, such as +44 117 496 0123."))

    def _address(self, field: str, kind: str, sentence: str) -> str:
        told: str = self.cleaned_data[field].strip()
        if told and not normalised(kind, told):
            raise forms.ValidationError(sentence)
        return told
