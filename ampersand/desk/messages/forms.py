"""What may be typed of a message, of a letter to those a change touches, and of a snippet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.desk.house_forms import Lines
from ampersand.desk.messages.people import Candidate, named
from ampersand.members.models import Member
from ampersand.terms.attempt import Ground, Purpose
from ampersand.terms.messages import rules
from ampersand.terms.messages.models import Snippet

MOST_FILES = 20


class Files(forms.FileField):
    """Several files at once, or none."""

    class widget(forms.ClearableFileInput):  # noqa: N801  as Django calls it
        allow_multiple_selected = True
        template_name = "django/forms/widgets/file.html"

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        told = data if isinstance(data, list | tuple) else [data] if data else []
        if len(told) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(count)d files.") % {"count": MOST_FILES})
        return [super(Files, self).clean(one, initial) for one in told]


class MessageForm(forms.Form):
    """A message as far as it is written. What is missing is said when it is to go, not before."""

    to = forms.MultipleChoiceField(label=gettext_lazy("To"), widget=forms.CheckboxSelectMultiple, required=False)
    copy_to = forms.MultipleChoiceField(
        label=gettext_lazy("In copy"), widget=forms.CheckboxSelectMultiple, required=False
    )
    also = Lines(
        label=gettext_lazy("Also in copy"),
        help_text=gettext_lazy("One mail address a line, of people the house knows or of colleagues."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300, required=False)
    words = forms.CharField(
        label=gettext_lazy("What you want to say"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=rules.LONGEST_WORDS,
        required=False,
        strip=False,
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=[one for one in Purpose.choices if one[0] != Purpose.CONCERNS],
        initial=Purpose.WORK,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground of a notice owed"),
        choices=[("", gettext_lazy("It is no notice owed")), *Ground.choices],
        help_text=gettext_lazy("They read it in the message."),
        required=False,
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics"),
        help_text=gettext_lazy("What it is about, between commas: prices, delivery. Their terms may name some."),
        max_length=300,
        required=False,
    )
    enclosed = Files(label=gettext_lazy("Files"), required=False)
    snippet = forms.ModelChoiceField(
        label=gettext_lazy("Begin from a snippet"), queryset=Snippet.objects.none(), required=False, empty_label="-"
    )

    def __init__(self, *args: Any, shown: Sequence[Candidate], member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.shown = member, list(shown)
        for name in ("to", "copy_to"):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = [(one.value, one.label) for one in shown if name == "copy_to" or not one.party.is_ours]
        snippet = self.fields["snippet"]
        if isinstance(snippet, forms.ModelChoiceField):
            snippet.queryset = Snippet.objects.visible_to(member).order_by("name", "id")
            self.has_snippets = snippet.queryset.exists()

    def clean_also(self) -> list[str]:
        found, unknown = named(self.cleaned_data["also"], member=self.member)
        if unknown:
            raise forms.ValidationError(
                _("Nobody known has the address %(address)s. Write them down first, or leave it out.")
                % {"address": unknown[0]}
            )
        self.shown += [one for one in found if one.value not in {known.value for known in self.shown}]
        return [one.value for one in found]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("purpose") == Purpose.NOTICE) != bool(told.get("ground")):
            words = _("A notice owed names its ground, and nothing else does.")
            self.add_error("ground", words)
        return told

    def whom(self) -> list[forms.BoundField]:
        return [self[name] for name in ("to", "copy_to", "also")]

    def why(self) -> list[forms.BoundField]:
        return [self[name] for name in ("purpose", "ground", "topics")]


class TouchedForm(forms.Form):
    """One letter about a change, to people named one by one. Nobody is ticked beforehand."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300, required=False)
    words = forms.CharField(
        label=gettext_lazy("What changes"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=rules.LONGEST_WORDS,
        required=False,
    )
    topics = forms.CharField(label=gettext_lazy("Topics, between commas"), max_length=300, required=False)
    also = Lines(
        label=gettext_lazy("Whom else it touches"),
        help_text=gettext_lazy("One mail address a line, of people the house knows. They are listed when you look."),
        required=False,
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.added: list[Candidate] = []

    def clean_also(self) -> list[str]:
        found, unknown = named(self.cleaned_data["also"], member=self.member)
        if unknown:
            raise forms.ValidationError(
                _("Nobody known has the address %(address)s. Write them down first, or leave it out.")
                % {"address": unknown[0]}
            )
        self.added = [one for one in found if not one.party.is_ours]
        told: list[str] = self.cleaned_data["also"]
        return told


class SnippetForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What you call it"), max_length=120)
    words = forms.CharField(
        label=gettext_lazy("Its words"), widget=forms.Textarea(attrs={"rows": 6}), max_length=rules.LONGEST_WORDS
    )
