from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy

from ampersand.members.models import Member

_LABELS = {
    "login": gettext_lazy("E-mail address"),
    "email": gettext_lazy("E-mail address"),
    "password": gettext_lazy("Password"),
    "code": gettext_lazy("The code of the letter"),
}


class _Plain(forms.Form):
    """A label says what a field is; nothing stands in the field itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_Plain, LoginForm):  # type: ignore[misc]  # allauth comes without types
    pass


class AskForCodeForm(_Plain, RequestLoginCodeForm):  # type: ignore[misc]
    pass


class CodeForm(_Plain, ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class NewAddressForm(_Plain, AddEmailForm):  # type: ignore[misc]  # allauth comes without types
    """A new address of one's own. Members know one another, so a colleague's is refused at once and gets no letter."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if Member.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email
