"""What may be typed of a promise: its words, another day, the other side's word, who stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ampersand.desk.promise_acts import says_theirs
from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions
from ampersand.promises.actions import LONGEST_WORDS, Wording
from ampersand.promises.models import EventKind, Promise
from ampersand.promises.states import PUTTING

_A_DAY = {"invalid": gettext_lazy("Choose a day, such as 2026-10-09.")}


def day_field(label: Any, *, required: Any = "") -> forms.DateField:
    """A day; where it must be chosen, `required` says so."""
    errors: dict[str, Any] = {**_A_DAY, "required": required} if required else dict(_A_DAY)
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=bool(required), error_messages=errors)


def words_field(label: Any, *, required: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_WORDS,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={
            **({"required": required} if required else {}),
            "max_length": gettext_lazy("Write it in at most %(limit_value)d characters."),
        },
    )


class _FromToday(forms.Form):
    """A form that knows which day it is."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < self.today:
            day = format_date(due_on, pgettext("date format: day, month and year", "j F Y"))
            raise forms.ValidationError(_("Choose a day from today on. %(day)s has passed."), params={"day": day})
        return due_on


class MoveForm(_FromToday):
    """Another day for a promise, agreed with the other side already or proposed to them."""

    due_on = day_field(gettext_lazy("The day"), required=gettext_lazy("Choose the day."))
    words = words_field(gettext_lazy("What happened, if you like"))
    is_agreed = forms.BooleanField(
        label=gettext_lazy("They have agreed to it"),
        required=False,
        help_text=gettext_lazy("It stands as their word, told by you. Otherwise the old day holds until they answer."),
    )

    def __init__(self, *args: Any, may_tell: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["min"] = self.today.isoformat()
        if not may_tell:
            self.fields["is_agreed"].widget = forms.HiddenInput()


class LateForm(_FromToday):
    """Three lines for a promise that is late, in this order: say so, what happened, what instead and by when."""

    says_so = words_field(
        gettext_lazy("Say so"), required=gettext_lazy("Say in a line that the promise is late."), rows=2
    )
    happened = words_field(gettext_lazy("What happened"), rows=2)
    instead = words_field(gettext_lazy("What instead"), rows=2)
    due_on = day_field(gettext_lazy("By when"), required=gettext_lazy("Choose the day by which it will be done."))

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_late:
            self.fields["says_so"].initial = _("I promised this, the day has passed, and it is not done.")

    def said(self) -> str:
        told = self.cleaned_data
        return "\n".join(line.strip() for line in (told["says_so"], told["happened"], told["instead"]) if line.strip())


class WordingForm(_FromToday):
    """What is promised, by when, on which condition."""

    words = words_field(gettext_lazy("What"), required=gettext_lazy("Write what is promised."))
    due_on = day_field(gettext_lazy("By when, if there is a day"))
    condition = forms.CharField(
        label=gettext_lazy("On which condition, if there is one"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def watch_load(self, relationship_id: UUID | None) -> None:
        """Show what is open already anew when another day or another colleague is chosen; without script it is said again
        with what was sent."""
        of = f"?relationship={relationship_id}" if relationship_id else ""
        for name in ("due_on", "of"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {
                    "hx-get": reverse("desk:promise_load") + of,
                    "hx-trigger": "change",
                    "hx-include": "[name=due_on], [name=of]",
                    "hx-target": "#load",
                    "hx-swap": "outerHTML",
                }

    def wording(self) -> Wording:
        told = self.cleaned_data
        return Wording(told["words"], told["due_on"], told["condition"])


class TheirWordForm(_FromToday):
    """What the other side said of a promise; a day or words where what they said has one."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What they said"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what they said."),
            "invalid_choice": gettext_lazy("Choose what they said."),
        },
    )
    due_on = day_field(gettext_lazy("The day they asked for"))
    words = words_field(gettext_lazy("Their words"))

    def __init__(self, *args: Any, kinds: Sequence[EventKind], **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", {}))
        super().__init__(*args, **kwargs)
        self.on_table = initial
        choices = [(str(kind), says_theirs(kind)) for kind in kinds]
        field = cast("forms.ChoiceField", self.fields["kind"])
        field.choices = choices
        if not {EventKind.COUNTERED, EventKind.OFFERED, EventKind.MEANT, *_DAYS} & set(kinds):
            del self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        kind = told.get("kind", "")
        if kind in _DAYS and not told.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Choose the day they asked for."))
        if kind not in PUTTING:
            return {**told, "due_on": told.get("due_on"), "condition": ""}
        if not told.get("words", "").strip() and not told.get("due_on") and not self.errors:
            self.add_error("words", _("Write the words or choose the day they asked for."))
        # What they said nothing else of stays as it is on the table.
        return {**self.on_table, **{name: value for name, value in told.items() if value}}


_DAYS = (EventKind.MOVE_PROPOSED, EventKind.MOVE_COUNTERED)


def say_for(promise: Promise, told: dict[str, Any], *, speaker: Speaker) -> None:
    """Say of a promise what a form chose."""
    kind, words, due_on = EventKind(told["kind"]), told["words"], told["due_on"]
    wording = Wording(words, due_on, told["condition"])
    if kind in _DAYS:
        actions.propose_move(promise, due_on=due_on, words=words, speaker=speaker)
    elif kind == EventKind.MEANT:
        actions.say_meant(promise, wording, speaker=speaker)
    elif kind in (EventKind.COUNTERED, EventKind.OFFERED):
        actions.counter(promise, wording, speaker=speaker)
    elif kind in (EventKind.KEPT, EventKind.PARTLY, EventKind.NOT_KEPT):
        actions.call(promise, kind, words=words, speaker=speaker)
    elif kind in _BARE:
        _BARE[kind](promise, speaker=speaker)
    else:
        _WORDED[kind](promise, words=words, speaker=speaker)


_BARE = {
    EventKind.ACCEPTED: actions.accept,
    EventKind.CONFIRMED: actions.confirm_taken,
    EventKind.MOVED: actions.agree_move,
}
_WORDED = {
    EventKind.DECLINED: actions.decline,
    EventKind.WITHDRAWN: actions.withdraw,
    EventKind.MOVE_REFUSED: actions.refuse_move,
    EventKind.ASKED_RELEASE: actions.ask_release,
    EventKind.HELD_TO: actions.hold_to,
    EventKind.RELEASED: actions.release,
    EventKind.SAID_DONE: actions.say_done,
}


class NameOverForm(forms.Form):
    """Who of us stands for it from now on. Who does not stand for it now can only take it over."""

    to: forms.ModelChoiceField[Party] = forms.ModelChoiceField(
        label=gettext_lazy("Who stands for it"),
        queryset=Party.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose one of you."),
            "invalid_choice": gettext_lazy("Choose one of you."),
        },
    )

    def __init__(self, *args: Any, promise: Promise, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Party.objects.filter(member__left_at=None).exclude(member=None).order_by("sort_key", "pk")
        members = members.exclude(pk=promise.named_id) if promise.named_id else members
        stands = promise.named is None or promise.named.member_id == member.pk
        field = cast("forms.ModelChoiceField[Any]", self.fields["to"])
        field.queryset = members if stands else members.filter(member=member)


def wording_on_table(promise: Promise) -> dict[str, Any]:
    """What was put forward last, for a form to begin with."""
    put = [event for event in promise.said() if event.kind in PUTTING]
    of = put[-1] if put and promise.offered_at else promise
    return {"words": of.words, "due_on": of.due_on, "condition": of.condition}
