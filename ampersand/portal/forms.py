"""What may be typed on the page Between, and where a member gives a link to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ampersand.portal.actions import CODE_FIGURES, DAYS_TO_CHOOSE
from ampersand.promises.kinds import Kind
from ampersand.terms import lines
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Line, NotALine
from ampersand.timeline.models import Mode

LONGEST_WORDS = 2_000
_DAY = forms.DateInput(attrs={"type": "date"})


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
        error_messages={"required": gettext_lazy("Write the six figures from the mail.")},
    )

    def clean_code(self) -> str:
        code = "".join(str(self.cleaned_data["code"]).split())
        if len(code) != CODE_FIGURES or not code.isascii() or not code.isdigit():
            raise forms.ValidationError(_("A code has six figures. Write those from the mail."))
        return code


class EntryForm(forms.Form):
    """Every form of the page carries the id of the entry it makes."""

    entry = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def entry_id(self) -> UUID:
        found: UUID = self.cleaned_data["entry"]
        return found


class SayForm(EntryForm):
    """What she says of a promise."""

    words = forms.CharField(
        label=gettext_lazy("In your words, if you like"), max_length=LONGEST_WORDS, required=False, strip=True
    )
    due_on = forms.DateField(label=gettext_lazy("Another day"), widget=_DAY, required=False)

    def __init__(self, *args: Any, needs_day: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_day = needs_day

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day is None and self.needs_day:
            raise forms.ValidationError(_("Choose the day you would like instead."))
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day from today on."))
        return day


class KindForm(EntryForm):
    """What a promise of hers is about: one of its buttons."""

    kind = forms.ChoiceField(choices=Kind.choices)


class AskForm(EntryForm):
    words = forms.CharField(
        label=gettext_lazy("What would you like from us?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write what you would like.")},
    )


class CorrectForm(EntryForm):
    about = forms.CharField(label=gettext_lazy("What is not right"), max_length=300, required=False)
    words = forms.CharField(
        label=gettext_lazy("How it really is"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write how it really is.")},
    )


class NotRightForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("How it really is"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write how it really is.")},
    )


class BringForm(forms.Form):
    """Somebody she names: who, how they are reached, and why."""

    name = forms.CharField(
        label=gettext_lazy("Their name"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the name of whom you bring in.")},
    )
    address = forms.CharField(
        label=gettext_lazy("How they are reached, if they are fine with it"),
        max_length=320,
        required=False,
        help_text=gettext_lazy("An e-mail address or a telephone number."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write in a line why.")},
    )


class PromiseForm(EntryForm):
    words = forms.CharField(
        label=gettext_lazy("I promise to"),
        max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Write what you promise.")},
    )
    due_on = forms.DateField(label=gettext_lazy("By when, if there is a day"), widget=_DAY, required=False)

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day from today on."))
        return day


class TakeForm(EntryForm):
    """What she took as promised; its day may have passed."""

    words = forms.CharField(
        label=gettext_lazy("I took it as promised that you would"),
        max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Write what you took as promised.")},
    )
    due_on = forms.DateField(label=gettext_lazy("By when, if there is a day"), widget=_DAY, required=False)


class TermsForm(EntryForm):
    """How she wishes to be reached: one of five to begin with, a few lines, and words of her own."""

    roster = forms.ChoiceField(
        label=gettext_lazy("How we may reach you"),
        choices=[*Roster.choices, ("", gettext_lazy("Only what stands below"))],
        widget=forms.RadioSelect,
        required=False,
    )
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("By these ways only"),
        choices=Mode.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    most = forms.IntegerField(label=gettext_lazy("At most so many times"), min_value=0, max_value=1_000, required=False)
    within_days = forms.IntegerField(
        label=gettext_lazy("within so many days"), min_value=1, max_value=lines.MOST_DAYS, required=False
    )
    not_about = forms.CharField(
        label=gettext_lazy("Not about (with commas between)"), max_length=LONGEST_WORDS, required=False
    )
    rest_until = forms.DateField(label=gettext_lazy("Nothing until"), widget=_DAY, required=False)
    words = forms.CharField(
        label=gettext_lazy("Anything else, in your words"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, zone: str, others: tuple[Line, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.others = zone, others

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("most") is None) != (told.get("within_days") is None):
            self.add_error("within_days", _("Write both numbers, or neither."))
        told["lines"] = [] if self.errors else self._lines(told)
        if not self.errors and not (told.get("roster") or told["lines"] or told.get("words")):
            raise forms.ValidationError(_("Choose how you wish to be reached, or write it in your words."))
        return told

    def _lines(self, told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """As they are kept: those typed here, and those she said before that this form has no field for."""
        topics = [topic.strip() for topic in told["not_about"].split(",") if topic.strip()]
        typed = [
            ("modes", "modes", told["modes"], {"only": told["modes"]}),
            ("most", "often", told["most"] is not None, {"most": told["most"], "days": told["within_days"]}),
            ("not_about", "topics", topics, {"not": topics}),
            ("rest_until", "rest", told["rest_until"], {"until": str(told["rest_until"]), "zone": self.zone}),
        ]
        found = []
        for field, kind, is_told, value in typed:
            if is_told:
                try:
                    found.append((kind, lines.read(kind, value).told()))
                except NotALine as error:
                    self.add_error(field, str(error))
        return [*found, *((line.kind.value, line.told()) for line in self.others)]


def begin_from(roster: str, words: str, said: tuple[Line, ...]) -> tuple[dict[str, Any], tuple[Line, ...]]:
    """What the form of terms shows of those that hold, and the lines it has no field for."""
    initial: dict[str, Any] = {"roster": roster, "words": words}
    others: list[Line] = []
    for line in said:
        match line:
            case lines.Modes(modes=modes, is_only=True):
                initial["modes"] = sorted(modes)
            case lines.Often(most=most, days=days, modes=modes) if modes == lines.EVERY_MODE and "most" not in initial:
                initial |= {"most": most, "within_days": days}
            case lines.Rest():
                initial["rest_until"] = line.until
            case _:
                others.append(line)
    return initial, tuple(others)


class ForgetForm(EntryForm):
    leaves_mark = forms.BooleanField(
        label=gettext_lazy("Remember only that I am to be left alone: nothing is ever sent to my addresses again."),
        required=False,
    )


class GiveForm(forms.Form):
    """A link for the other side."""

    address = forms.ChoiceField(label=gettext_lazy("To which address"))
    days = forms.TypedChoiceField(label=gettext_lazy("For how long"), coerce=int, initial=30)
    is_sent = forms.BooleanField(
        label=gettext_lazy("Send it to them by mail, if their terms let it through"), required=False
    )

    def __init__(self, *args: Any, addresses: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address, days = self.fields["address"], self.fields["days"]
        if isinstance(address, forms.ChoiceField) and isinstance(days, forms.TypedChoiceField):
            address.choices = [(one, one) for one in addresses]
            days.choices = [
                (count, ngettext("%(count)d day", "%(count)d days", count) % {"count": count})
                for count in DAYS_TO_CHOOSE
            ]
