from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext as _
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


class SecondStepForm(_Plain, AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy("A code of your app, or a spare one")


class SetUpAppForm(_Plain, ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy("The code it shows")


class _Credential(forms.JSONField):
    """What a device gave, or whatever somebody sends in its place."""

    def to_python(self, value: Any) -> Any:
        if len(str(value or "")) > _CREDENTIAL_MOST:
            raise _not_a_passkey()
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise _not_a_passkey() from error


class _Careful(forms.Form):
    """What is no passkey is refused, in whatever way it is none: the library meets much of it with errors of its own."""

    def clean_credential(self) -> Any:
        find: Any = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        try:
            return find()
        except _NONSENSE as error:
            raise _not_a_passkey() from error

    def clean(self) -> Any:
        try:
            return super().clean()
        except _NONSENSE as error:
            raise _not_a_passkey() from error


class AddPasskeyForm(_Careful, AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey of ours signs in by itself, so nothing is asked about that."""

    credential = _Credential(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"] = forms.CharField(label=gettext_lazy("What you call it"), required=False, max_length=60)


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        label=gettext_lazy("What you call it"),
        max_length=60,
        error_messages={"required": gettext_lazy("Write the name you know the device by.")},
    )


class PasskeySignInForm(_Careful, LoginWebAuthnForm):  # type: ignore[misc]
    credential = _Credential(widget=forms.HiddenInput)


class PasskeyStepForm(_Careful, AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _Credential(widget=forms.HiddenInput)


class PasskeyProofForm(_Careful, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _Credential(widget=forms.HiddenInput)


_CREDENTIAL_MOST = 50_000
_NONSENSE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)


def _not_a_passkey() -> forms.ValidationError:
    return forms.ValidationError(_("That passkey did not show that it is you. Try once more."), code="incorrect_code")
