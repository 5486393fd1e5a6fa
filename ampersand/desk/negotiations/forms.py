"""What may be typed about negotiations and give and take: text to values; nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.between.offer_forms import LineForms, offer_initial, with_more_lines
from ampersand.between.offer_forms import OfferForm as WrittenForm
from ampersand.desk.messages.forms import Files
from ampersand.exchange.models import Concession, Question
from ampersand.exchange.negotiating import actions
from ampersand.exchange.negotiating.models import QuestionKind
from ampersand.members.models import House
from ampersand.parties.models import Party

FILE_MOST_BYTES = 20_000_000


def _words(label: Any, *, rows: int = 2, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=actions.LONGEST_WORDS,
        required=required,
        help_text=help_text,
    )


def _day(label: Any, *, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        help_text=help_text,
    )


class BeginForm(forms.Form):
    """What is to be negotiated: only the first field has to say something."""

    about = _words(gettext_lazy("What it is about"), required=True)
    kind = forms.CharField(
        label=gettext_lazy("Kind of offer"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("In your words, such as delivery or service: offers are counted by it."),
    )
    decider = forms.ModelChoiceField(
        label=gettext_lazy("Who decides, on their side"), queryset=Party.objects.none(), required=False
    )
    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Open questions"),
        choices=[one for one in QuestionKind.choices if one[0] != QuestionKind.OWN],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own_question = forms.CharField(label=gettext_lazy("Another question"), max_length=200, required=False)

    def __init__(self, *args: Any, deciders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decider"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset, field.empty_label = deciders, None

    def asked(self) -> list[tuple[str, str]]:
        """The questions as `actions.begin` takes them."""
        own = self.cleaned_data["own_question"].strip()
        return [(kind, "") for kind in self.cleaned_data["questions"]] + ([(QuestionKind.OWN, own)] if own else [])


class DayForm(forms.Form):
    """When they decide, in their words."""

    on = _day(gettext_lazy("The day they named"))
    words = forms.CharField(label=gettext_lazy("In their words"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not (told.get("on") or told.get("words", "").strip()):
            self.add_error("on", _("Write the day on which they decide, or what they said of it."))
        return told


class QuestionForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Question"), choices=QuestionKind.choices)
    words = forms.CharField(label=gettext_lazy("In your words"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("kind") == QuestionKind.OWN and not told.get("words", "").strip():
            self.add_error("words", _("Say in a few words what the question is."))
        return told


class WeightsForm(forms.Form):
    """How much each question matters: to us alone, as we state it, and as they stated it."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            for name, label in (
                ("private", _("%(question)s, for us alone")),
                ("stated", _("%(question)s, as we state it")),
                ("theirs", _("%(question)s, as they stated it")),
            ):
                self.fields[f"{name}_{question.pk.hex}"] = forms.IntegerField(
                    label=label % {"question": question}, min_value=0, max_value=100, required=False
                )

    def rows(self) -> list[tuple[Question, list[forms.BoundField]]]:
        return [
            (one, [self[f"{name}_{one.pk.hex}"] for name in ("private", "stated", "theirs")]) for one in self.questions
        ]

    def told(self, name: str) -> list[tuple[Question, int]]:
        """What was typed of one kind (private, stated, theirs)."""
        values = ((one, self.cleaned_data[f"{name}_{one.pk.hex}"]) for one in self.questions)
        return [(one, value) for one, value in values if value is not None]


class OfferForm(WrittenForm):
    """What a version says beside its lines, and the files that go with it."""

    brought = Files(
        label=gettext_lazy("Files that go with it"),
        required=False,
        help_text=gettext_lazy("Choose them last: a form that is put right comes back without them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, currency=House.objects.get().currency, **kwargs)
        self.fields["valid_until"].help_text = _("The day on which they decide, as they said.")

    def clean_brought(self) -> list[UploadedFile[Any]]:
        brought: list[UploadedFile[Any]] = self.cleaned_data["brought"]
        if any((one.size or 0) > FILE_MOST_BYTES for one in brought):
            raise forms.ValidationError(_("Choose files of at most 20 MB each."))
        return brought


class FollowForm(forms.Form):
    """What an accepted offer becomes."""

    is_one = forms.ChoiceField(
        label=gettext_lazy("As promises"),
        choices=[("", gettext_lazy("one for each line")), ("1", gettext_lazy("one for all of it"))],
        required=False,
        widget=forms.RadioSelect,
    )
    due_on = _day(gettext_lazy("Due as agreed"))

    def clean_is_one(self) -> bool:
        return bool(self.cleaned_data["is_one"])


class GiveForm(forms.Form):
    """Something one side gave up for the other."""

    is_ours = forms.ChoiceField(
        label=gettext_lazy("Who gave way"),
        choices=[("", gettext_lazy("they did")), ("1", gettext_lazy("we did"))],
        required=False,
        widget=forms.RadioSelect,
    )
    words = _words(gettext_lazy("What was given"), required=True)
    happened_on = _day(gettext_lazy("When"))
    voice_words = _words(
        gettext_lazy("In our words: what it cost us, or what it was worth to us"),
        help_text=gettext_lazy("Their half is theirs to say; on its card you may write down what they said."),
    )
    in_return_for = forms.ModelChoiceField(
        label=gettext_lazy("In return for"),
        queryset=Concession.objects.none(),
        required=False,
        empty_label=gettext_lazy("nothing named"),
    )
    is_gift = forms.BooleanField(label=gettext_lazy("A gift: nothing is awaited for it"), required=False)
    is_tentative = forms.BooleanField(label=gettext_lazy("Tentative: it may still be drawn back"), required=False)

    def __init__(self, *args: Any, given: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["in_return_for"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = given

    def clean_is_ours(self) -> bool:
        return bool(self.cleaned_data["is_ours"])

    def clean_happened_on(self) -> date:
        day: date | None = self.cleaned_data["happened_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still ahead. Write the day on which it was given."))
        return day or timezone.localdate()


class VoiceForm(forms.Form):
    words = _words(gettext_lazy("In the words of the one whose it is"), required=True)


__all__ = [
    "BeginForm",
    "DayForm",
    "FollowForm",
    "GiveForm",
    "LineForms",
    "OfferForm",
    "QuestionForm",
    "VoiceForm",
    "WeightsForm",
    "offer_initial",
    "with_more_lines",
]
