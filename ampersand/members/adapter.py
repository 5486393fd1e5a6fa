"""How allauth behaves at our door: nobody signs up, and it speaks our words."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.members import secret
from ampersand.members.devices import device_of
from ampersand.members.models import House, Member

log = logging.getLogger(__name__)


class DoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("This address and password do not belong together. Try once more."),
        "too_many_login_attempts": gettext_lazy("That was too often in a row. Wait five minutes, then try again."),
        "email_taken": gettext_lazy("A member has this address already. Write another one."),
        "enter_current_password": gettext_lazy("Write the password you have now."),
        "incorrect_password": gettext_lazy("That is not your password. Try once more."),
        "incorrect_code": gettext_lazy("That is not the code. It is in the newest letter."),
        "same_as_current": gettext_lazy("That is what you have now. Write another one."),
        "rate_limited": gettext_lazy("That was too often in a row. Wait a little, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members come by invitation."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where one came from: the form of a change, shown right after, looks as if it had not been taken."""
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("mail.not_sent")
            request = context.get("request")
            if request is not None:
                messages.error(request, _("The mail server did not take the letter. Try again in a while."))


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and codes of an app, in our words; their secrets are sealed with the key file."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That code does not work (any more). Write the one that is shown now."),
        "unverified_email": gettext_lazy("Show first that your new address is yours: open the link in its letter."),
        "cannot_generate_recovery_codes": gettext_lazy("Spare codes stand in for a passkey or an app. Add one first."),
    }

    def encrypt(self, text: str) -> str:
        return secret.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return secret.opened(encrypted_text)
        except secret.SecretUnreadable:
            # A backup brought back without its key file: no code fits, and the member takes another way.
            log.warning("member.secret_unreadable")
            return str(generate_totp_secret())

    def build_totp_svg(self, url: str) -> SafeString:
        """The address as a picture, for a page. It is drawn here: of the address it holds squares, and no words."""
        return SafeString(super().build_totp_svg(url))

    def get_totp_issuer(self) -> str:
        return House.objects.values_list("name", flat=True).first() or "Ampersand"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:
        """Which device it is, as far as its browser says."""
        return device_of(context.request.headers.get("User-Agent", "")).system or _("A passkey")
