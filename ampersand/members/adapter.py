"""How allauth behaves at our door: nobody signs up, and it speaks our words."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("mail.not_sent")
            request = context.get("request")
            if request is not None:
                messages.error(request, _("The mail server did not take the letter. Try again in a while."))
