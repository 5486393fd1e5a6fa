from __future__ import annotations

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import list_currencies
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from ampersand.members import service
from ampersand.members.models import MailBodies, Member, Role, Team
from ampersand.parties.models import Relationship

_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")
# Anybody may have an address there, so that everybody would become a colleague.
_EVERYBODYS = frozenset(
    "aol.com gmail.com gmx.at gmx.ch gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mail.ru me.com msn.com"
    " outlook.com proton.me protonmail.com qq.com t-online.de web.de yahoo.com yandex.ru".split()
)


class Lines(forms.CharField):
    """Several things, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return list(dict.fromkeys(line.strip() for line in str(value or "").splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


def clean_domains(told: list[str]) -> list[str]:
    """Mail domains as they are kept. Raises ValidationError for what is none, and for one that is everybody's."""
    domains = [domain.lower().rpartition("@")[2].rstrip("./ ") for domain in told]
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            raise forms.ValidationError(_("Write a mail domain such as mill.example, one a line."))
        if domain in _EVERYBODYS:
            words = _("Anybody may have an address at %(domain)s. Write a domain that is the house's alone.")
            raise forms.ValidationError(words, params={"domain": domain})
    return domains


@cache
def zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]


class FoundForm(forms.Form):
    """The first page of an empty house. One's own name is enough."""

    member_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": gettext_lazy("Write your name; nothing else is needed.")},
    )
    name = forms.CharField(label=gettext_lazy("What the house is called"), max_length=200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("To sign in with later."),
        required=False,
        error_messages={"invalid": gettext_lazy("Write an e-mail address, such as ana@mill.example.")},
    )
    domains = Lines(
        label=gettext_lazy("Mail domains of the house"),
        help_text=gettext_lazy("One a line. Who writes from them is a colleague and never a customer."),
        required=False,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones, required=False, initial="UTC")

    def clean_domains(self) -> list[str]:
        return clean_domains(self.cleaned_data["domains"])


class HouseForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What the house is called"), max_length=200, required=False)
    legal_names = Lines(
        label=gettext_lazy("Legal names"),
        help_text=gettext_lazy("One a line, as they stand on an invoice."),
        required=False,
    )
    domains = Lines(
        label=gettext_lazy("Mail domains"),
        help_text=gettext_lazy("One a line. Who writes from them is a colleague and never a customer."),
        required=False,
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"), max_length=3, help_text=gettext_lazy("Three letters, such as EUR.")
    )
    country = forms.CharField(
        label=gettext_lazy("Country"),
        max_length=2,
        help_text=gettext_lazy("Two letters, such as GB: where a telephone number told without a country belongs."),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    mail_bodies = forms.ChoiceField(
        label=gettext_lazy("Of a mail or a chat that is brought in"),
        choices=MailBodies.choices,
        widget=forms.RadioSelect,
    )

    def clean_domains(self) -> list[str]:
        return clean_domains(self.cleaned_data["domains"])

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if currency not in list_currencies():
            raise forms.ValidationError(_("Write the three letters of a currency, such as EUR, GBP or USD."))
        return currency

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].upper()
        if country not in Locale.parse(to_locale(get_language() or "en")).territories or country.isdigit():
            raise forms.ValidationError(_("Write the two letters of a country, such as DE, GB or US."))
        return country


class ServiceForm(forms.Form):
    """The house's own sign-in service. Its secret is never shown again."""

    name = forms.CharField(
        label=gettext_lazy("What stands on the button"),
        max_length=40,
        help_text=gettext_lazy("The name your colleagues know the service by, such as Microsoft or Keycloak."),
        error_messages={"required": gettext_lazy("Write the name your colleagues know the service by.")},
    )
    issuer = forms.URLField(
        label=gettext_lazy("Issuer"),
        assume_scheme="https",
        max_length=500,
        help_text=gettext_lazy("The address under which the service describes itself."),
        error_messages={
            "required": gettext_lazy("Write the issuer, as the service itself shows it."),
            "invalid": gettext_lazy("Write an address, such as https://login.mill.example."),
        },
    )
    client_id = forms.CharField(
        label=gettext_lazy("Client ID"),
        max_length=255,
        error_messages={"required": gettext_lazy("Write the client ID the service gave this house.")},
    )
    client_secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("It is kept sealed with the key file. Left empty, the one there is stays."),
    )
    domains = Lines(
        label=gettext_lazy("Domains the service answers for"),
        required=False,
        help_text=gettext_lazy("One a line. The service knows for certain whose an address there is."),
    )
    has_newcomers = forms.BooleanField(
        label=gettext_lazy("Whoever has an address there may come in uninvited"),
        required=False,
        help_text=gettext_lazy("Without it members come in, and those who are invited."),
    )

    def clean_domains(self) -> list[str]:
        return clean_domains(self.cleaned_data["domains"])

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"].rstrip("/")
        trouble = service.find_trouble(issuer)
        if trouble:
            raise forms.ValidationError(trouble)
        return issuer

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("has_newcomers") and not told.get("domains") and "domains" not in self.errors:
            self.add_error("domains", _("Write the domains whose people may come in."))
        return told


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        error_messages={
            "required": gettext_lazy("Write the address the invitation goes to."),
            "invalid": gettext_lazy("Write an e-mail address, such as ana@mill.example."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=Role.choices,
        initial=Role.MEMBER,
        help_text=gettext_lazy("A steward runs the house: members, teams, domains, erasure."),
    )


class JoinForm(forms.Form):
    """Whoever was invited names themselves. A password is there for who wants one."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write the name your colleagues know you by.")},
    )
    password = forms.CharField(
        label=gettext_lazy("A password, if you want one"),
        help_text=gettext_lazy("Without one a code comes by e-mail each time."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        strip=False,
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            password_validation.validate_password(password)
        return password


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


class HandOnForm(forms.Form):
    """Who sees from now on what was closed to the one who leaves alone."""

    hand_to = forms.ModelChoiceField(
        label=gettext_lazy("Hand what is closed to them alone to"), queryset=Member.objects.none(), required=False
    )

    def __init__(self, *args: Any, leaver: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hand_to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Member.objects.here().exclude(pk=leaver.pk).order_by("name", "pk")


class TeamForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What the team is called"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what the team is called.")},
    )


class TeamMembersForm(forms.Form):
    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Members of the team"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = Member.objects.here().order_by("name", "pk")


class OwnForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the name your colleagues know you by.")},
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    theme = forms.ChoiceField(
        label=gettext_lazy("Light or dark"),
        required=False,
        choices=[
            ("", gettext_lazy("As this machine has it")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )
    has_single_keys = forms.BooleanField(
        label=gettext_lazy("Single letters act as keys"),
        help_text=gettext_lazy("Turn it off when you dictate, or when keys are pressed by accident."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_house = [("", _("As the house has it"))]
        for name, choices in (("time_zone", zones()), ("language", settings.LANGUAGES)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*as_house, *choices]


class WhoSeesForm(forms.Form):
    """Who may see a relationship: everybody of the house, or those who are named. Whoever closes it stays inside."""

    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Members"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"), queryset=Team.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members, teams = self.fields["members"], self.fields["teams"]
        if isinstance(members, forms.ModelMultipleChoiceField) and isinstance(teams, forms.ModelMultipleChoiceField):
            members.queryset = Member.objects.here().exclude(pk=by.pk).order_by("name", "pk")
            teams.queryset = Team.objects.order_by("name", "pk")
            for name in ("members", "teams"):
                self._leave_out_if_empty(name)

    def _leave_out_if_empty(self, name: str) -> None:
        field = self.fields[name]
        if (
            isinstance(field, forms.ModelMultipleChoiceField)
            and field.queryset is not None
            and not field.queryset.exists()
        ):
            del self.fields[name]


class HandOverForm(forms.Form):
    """To whom the tending of a relationship is handed: a colleague who sees it."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Hand it over to"),
        queryset=Member.objects.none(),
        error_messages={"required": gettext_lazy("Choose who tends it from now on.")},
    )

    def __init__(self, *args: Any, relationship: Relationship, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relationship = relationship
        to = self.fields["to"]
        if isinstance(to, forms.ModelChoiceField):
            to.queryset = Member.objects.here().exclude(pk=by.pk).order_by("name", "pk")

    def clean_to(self) -> Member:
        to: Member = self.cleaned_data["to"]
        if not Relationship.objects.visible_to(to).filter(pk=self.relationship.pk).exists():
            raise forms.ValidationError(
                _("%(name)s does not see it. Name them among those who do first."), params={"name": to.name}
            )
        return to
