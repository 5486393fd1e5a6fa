"""What may be typed to save a search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from ampersand.desk.lists.asked import storable


class SearchForm(forms.Form):
    """A name, and whether the whole house has it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write what you want to call it."),
            "max_length": gettext_lazy("Write at most 60 characters."),
        },
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("For the whole house"),
        required=False,
        help_text=gettext_lazy("Everybody then sees its name and what it asks for, and finds what they may see."),
    )

    def clean_name(self) -> str:
        return " ".join(storable(self.cleaned_data["name"]).split())
