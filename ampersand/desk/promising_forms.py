"""What may be typed where something is promised anew, a colleague is asked first, or one says that one is away."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ampersand.core.folding import sort_key
from ampersand.desk.promise_forms import WordingForm, day_field, words_field
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.promises.actions import Wording
from ampersand.promises.models import Promise

PROMISE, ASK, TAKEN = "promise", "ask", "taken"
NAMESAKES_MAX = 5
LEANING_MAX = 200


class NewPromiseForm(WordingForm):
    """A promise to somebody: theirs to accept, or accepted already by word of mouth."""

    whom = forms.CharField(
        label=gettext_lazy("To whom"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the name of somebody you know.")},
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Who promises"),
        choices=[
            (PROMISE, gettext_lazy("I promise it to them")),
            (ASK, gettext_lazy("I ask them to promise it")),
            (TAKEN, gettext_lazy("I took it that they promised it")),
        ],
        initial=PROMISE,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who promises."),
            "invalid_choice": gettext_lazy("Choose who promises."),
        },
    )
    in_houses_name = forms.BooleanField(label=gettext_lazy("In the house's name; I stand for it"), required=False)
    is_agreed = forms.BooleanField(
        label=gettext_lazy("They have agreed already"),
        required=False,
        help_text=gettext_lazy("It stands as their word, told by you. Otherwise it waits for theirs."),
    )
    field_order = ("what", "whom", "words", "due_on", "condition", "in_houses_name", "is_agreed")

    def __init__(self, *args: Any, member: Member, leans_on: Promise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.leans_on = member, leans_on
        if leans_on is not None:
            self.fields["what"].widget = forms.HiddenInput()

    def clean_whom(self) -> Relationship:
        """The relationship with the one person or organisation of that name whom this member may see."""
        name: str = self.cleaned_data["whom"].strip()
        known = Relationship.objects.visible_to(self.member).outside().filter(party__erased_at=None, party__now=None)
        of = known.filter(party__sort_key=sort_key(name, "")).select_related("party")
        found = [one for one in of[: NAMESAKES_MAX + 1] if one.party.name.casefold() == name.casefold()] or list(of[:1])
        if not found:
            raise forms.ValidationError(_("Nobody of that name is known here. Write it as it stands on their page."))
        if len(found) > 1:
            sentence = ngettext(
                "%(number)d other has that name. Begin on the page of whom you mean.",
                "%(number)d others have that name. Begin on the page of whom you mean.",
                len(found) - 1,
            )
            raise forms.ValidationError(sentence, params={"number": len(found) - 1})
        return found[0]


class AskForm(WordingForm):
    """What a colleague is asked to promise first."""

    of: forms.ModelChoiceField[Member] = forms.ModelChoiceField(
        label=gettext_lazy("Whom you ask"),
        queryset=Member.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a colleague."),
            "invalid_choice": gettext_lazy("Choose a colleague."),
        },
    )
    field_order: tuple[str, ...] = ("of", "words", "due_on", "condition")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Any]", self.fields["of"])
        field.queryset = colleagues_of(member)
        self.fields["words"].label = _("What they would promise you")


class AskBeforeForm(AskForm):
    """The same, with what is to be promised to somebody once it is backed."""

    then_words = words_field(
        gettext_lazy("What you will promise then"),
        required=gettext_lazy("Write what you mean to promise once it is backed."),
    )
    then_due_on = day_field(gettext_lazy("By when, if there is a day"))
    field_order = ("then_words", "then_due_on", "of", "words", "due_on", "condition")

    def then(self) -> Wording:
        return Wording(self.cleaned_data["then_words"], self.cleaned_data["then_due_on"])


class PassOnForm(forms.Form):
    """Which colleague is asked instead."""

    to: forms.ModelChoiceField[Member] = forms.ModelChoiceField(
        label=gettext_lazy("Who is asked instead"),
        queryset=Member.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a colleague."),
            "invalid_choice": gettext_lazy("Choose a colleague."),
        },
    )

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Any]", self.fields["to"])
        asker = promise.to.member_id if promise.to else None
        field.queryset = _active().exclude(pk__in=[pk for pk in (asker, promise.by.member_id) if pk])


class LeanForm(forms.Form):
    """Which open promise this one leans on."""

    on: forms.ModelChoiceField[Promise] = forms.ModelChoiceField(
        label=gettext_lazy("It can be kept only if this is kept"),
        queryset=Promise.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose what it leans on."),
            "invalid_choice": gettext_lazy("Choose what it leans on. That one is settled, or not yours to see."),
        },
    )

    def __init__(self, *args: Any, promise: Promise, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Promise.objects.visible_to(member).filter(settled_at=None, withdrawn_at=None).exclude(to=None)
        latest = seen.exclude(pk=promise.pk).order_by("-told_at", "-id").values_list("pk", flat=True)[:LEANING_MAX]
        field = cast("forms.ModelChoiceField[Any]", self.fields["on"])
        field.queryset = (
            Promise.objects.filter(pk__in=list(latest)).select_related("by__now").order_by("-told_at", "-id")
        )
        field.label_from_instance = _says  # type: ignore[method-assign, assignment]


def _says(promise: Promise) -> str:
    return _("%(by)s: %(words)s") % {"by": promise.by, "words": promise.words[:120]}


class AwayForm(forms.Form):
    """From which day one is away, until which, and who stands in."""

    from_on = day_field(gettext_lazy("Away from"), required=gettext_lazy("Choose the first day."))
    until_on = day_field(gettext_lazy("Back on"), required=gettext_lazy("Choose the first day back."))
    stands_in: forms.ModelChoiceField[Member] = forms.ModelChoiceField(
        label=gettext_lazy("Who stands in for you"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody"),
        error_messages={"invalid_choice": gettext_lazy("Choose a colleague.")},
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Any]", self.fields["stands_in"])
        field.queryset = colleagues_of(member)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        begin: date | None = told.get("from_on")
        end: date | None = told.get("until_on")
        if begin and end and end <= begin:
            self.add_error("until_on", _("Choose a day after the first one away."))
        return told


def colleagues_of(member: Member) -> Any:
    """Members who sign in and are known as somebody, without oneself."""
    return _active().exclude(pk=member.pk)


def _active() -> Any:
    return Member.objects.filter(left_at=None).exclude(party=None).order_by("name", "pk")
