from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm

from ampersand.members.models import Member


class NewAddressForm(AddEmailForm):  # type: ignore[misc]  # allauth comes without types
    """A new address of one's own. Members know one another, so a colleague's is refused at once and gets no letter."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if Member.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email
