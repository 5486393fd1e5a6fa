"""The page of a party's terms: what holds, what may go now, every version with its records, and a form for what they said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.core.spoken import spoken_day
from ampersand.desk.house_forms import Lines, zones
from ampersand.desk.names import short_name
from ampersand.desk.pages.relationship import Terms as TermsPart
from ampersand.desk.pages.terms import MayRow, TermsPage, VersionRow
from ampersand.desk.terms_part import rows_of, terms_part, told_by
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.terms import actions, gate, lines, queries
from ampersand.terms.attempt import Attempt, Purpose
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Line, NotALine
from ampersand.terms.models import AnswerKind, Terms, TermsAnswer
from ampersand.terms.says import because_says
from ampersand.timeline.models import Mode

VERSIONS_MAX = 50


def terms_page(relationship: Relationship, *, member: Member, at: datetime) -> TermsPage:
    """What holds between the house and one party, and what was said before."""
    party, today = relationship.party, timezone.localdate(at)
    ids = queries.the_same(party)
    organisations = list(queries.acts_for(ids, at=at))
    told = Terms.objects.visible_to(member).of(ids).order_by("-said_at", "-version", "-id")
    told = told.select_related("party__now", "said_by__now", "told_by").prefetch_related("lines", "answers__by")
    return TermsPage(
        name=party.name,
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        holding=terms_part(party.pk, organisations, name=short_name(party), member=member, at=at, today=today, url=""),
        may=may_now(relationship, member=member, at=at),
        versions=tuple(_version(terms, today=today) for terms in told[:VERSIONS_MAX]),
        bring_url=reverse("desk:bring_terms", args=[relationship.pk]),
    )


def may_now(relationship: Relationship, *, member: Member, at: datetime) -> tuple[MayRow, ...]:
    """What the gate says just now, purpose by purpose, of a mail by this member."""
    ids = queries.the_same(relationship.party)
    terms, history = queries.find_holding(ids, at=at), queries.history(ids, at=at)
    held = terms.in_force() if terms else None
    rows = []
    for purpose in Purpose:
        if purpose != Purpose.NOTICE:
            attempt = Attempt(mode=Mode.MAIL, purpose=purpose, at=at, by_id=member.pk)
            ruling = gate.decide(held, history, attempt)
            rows.append(MayRow(str(purpose.label), ruling.may, because_says(ruling.because), ruling.opens_at))
    return tuple(rows)


def _version(terms: Terms, *, today: date) -> VersionRow:
    answers = sorted(terms.answers.all(), key=lambda one: (one.at, one.pk))
    urls = {name: reverse(f"desk:{name}", args=[terms.pk]) for name in ("terms_file", "terms_receipt")}
    acts = (
        {}
        if terms.withdrawn_at
        else {
            "answer_url": reverse("desk:answer_terms", args=[terms.pk]),
            "withdraw_url": reverse("desk:withdraw_terms", args=[terms.pk]),
        }
    )
    return VersionRow(
        id=terms.pk,
        part=TermsPart(title="", told=told_by(terms, today=today), rows=rows_of(terms), words=terms.words),
        number=terms.version,
        answered=tuple(_answer(one, today=today) for one in answers),
        withdrawn_on=timezone.localdate(terms.withdrawn_at) if terms.withdrawn_at else None,
        file_url=urls["terms_file"],
        receipt_url=urls["terms_receipt"],
        **acts,
    )


def _answer(answer: TermsAnswer, *, today: date) -> str:
    says = {
        AnswerKind.ACCEPTS: _("We accept."),
        AnswerKind.ALTERNATIVE: _("We offer one alternative: %(choice)s."),
        AnswerKind.DECLINES: _("We decline."),
    }[AnswerKind(answer.kind)] % {"choice": answer.get_alternative_display()}
    told = {
        "says": says,
        "name": answer.by or _("somebody"),
        "day": spoken_day(timezone.localdate(answer.at), today=today),
    }
    return " ".join(filter(None, [_("%(says)s %(name)s, %(day)s.") % told, answer.words]))


SPOKEN = "spoken"
SCOPES = [
    ("", gettext_lazy("every way")),
    (SPOKEN, gettext_lazy("whatever is spoken (so in writing it may be)")),
    *Mode.choices,
]


class TermsForm(forms.Form):
    """What they said of how they wish to be reached. Every field may stay empty, and one of them not."""

    said_on = forms.DateField(
        label=gettext_lazy("When they said it"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    roster = forms.ChoiceField(
        label=gettext_lazy("How they wish to be reached"),
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
    days = forms.MultipleChoiceField(
        label=gettext_lazy("On these days only"),
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_time = forms.TimeField(
        label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )
    until_time = forms.TimeField(
        label=gettext_lazy("Until"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone of these hours"))
    hours_for = forms.ChoiceField(label=gettext_lazy("These hours are for"), choices=SCOPES, required=False)
    most = forms.IntegerField(label=gettext_lazy("At most so many times"), min_value=0, max_value=1_000, required=False)
    within_days = forms.IntegerField(
        label=gettext_lazy("within so many days"), min_value=1, max_value=lines.MOST_DAYS, required=False
    )
    often_for = forms.ChoiceField(label=gettext_lazy("counting"), choices=SCOPES, required=False)
    not_about = Lines(label=gettext_lazy("Not about"), help_text=gettext_lazy("One topic a line."), required=False)
    not_about_for = forms.ChoiceField(label=gettext_lazy("Not about these by"), choices=SCOPES, required=False)
    who = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only these of us"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rest_until = forms.DateField(
        label=gettext_lazy("Nothing until"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    kept_months = forms.IntegerField(
        label=gettext_lazy("To be kept for so many months"), min_value=1, max_value=lines.MOST_MONTHS, required=False
    )
    address = forms.CharField(label=gettext_lazy("How to address them"), max_length=lines.LONGEST_WORDS, required=False)
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=actions.LONGEST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, who = self.fields["zone"], self.fields["who"]
        if isinstance(choices, forms.ChoiceField) and isinstance(who, forms.ModelMultipleChoiceField):
            choices.choices, choices.initial = zones(), zone
            who.queryset = Member.objects.here().order_by("name", "pk")

    def clean_said_on(self) -> date | None:
        day: date | None = self.cleaned_data["said_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still ahead. Write the day on which they said it."))
        return day

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("roster", "words", "said_on")]

    def more(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What may be said more exactly, in groups with their titles."""
        groups = (
            (_("Ways and people"), ("modes", "who", "address")),
            (_("Hours"), ("days", "from_time", "until_time", "zone", "hours_for")),
            (_("How often"), ("most", "within_days", "often_for")),
            (_("Topics"), ("not_about", "not_about_for")),
            (_("Rest and keeping"), ("rest_until", "kept_months")),
        )
        return [(title, [self[name] for name in names]) for title, names in groups]

    def is_more_open(self) -> bool:
        """Whether what is wrong stands among it."""
        return bool(set(self.errors) - {"roster", "words", "said_on", "__all__"}) if self.is_bound else False

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("from_time")) != bool(told.get("until_time")):
            self.add_error("until_time", _("Write both hours, or neither."))
        if (told.get("most") is None) != (told.get("within_days") is None):
            self.add_error("within_days", _("Write both numbers, or neither."))
        told["lines"] = [] if self.errors else self._lines(told)
        if not self.errors and not (told.get("roster") or told["lines"] or told.get("words")):
            raise forms.ValidationError(_("Choose how they wish to be reached, or write down what they said."))
        return told

    def _lines(self, told: dict[str, Any]) -> list[Line]:
        found = []
        for field, kind, value in _values(told):
            try:
                found.append(lines.read(kind, value))
            except NotALine as error:
                self.add_error(field, str(error))
        return found


def _values(told: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """What was typed as lines: the field it stands in, its kind, its value."""
    days = sorted(int(day) for day in told["days"])
    begin, end = told["from_time"], told["until_time"]
    window = {
        "days": days or list(range(7)),
        "from": f"{begin:%H:%M}" if begin else "00:00",
        "until": f"{end:%H:%M}" if end and end.strftime("%H:%M") != "00:00" else "24:00",
    }
    rest = told["rest_until"]
    asked: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("rest_until", "rest", rest, {"until": str(rest), "zone": told["zone"]}),
        ("modes", "modes", told["modes"], {"only": told["modes"]}),
        (
            "until_time",
            "hours",
            days or begin,
            {"zone": told["zone"], "windows": [window], **_scope(told["hours_for"])},
        ),
        (
            "most",
            "often",
            told["most"] is not None,
            {"most": told["most"], "days": told["within_days"], **_scope(told["often_for"])},
        ),
        ("not_about", "topics", told["not_about"], {"not": told["not_about"], **_scope(told["not_about_for"])}),
        ("who", "who", told["who"], {"members": [str(member.pk) for member in told["who"]]}),
        ("kept_months", "kept", told["kept_months"], {"months": told["kept_months"]}),
        ("address", "address", told["address"], {"words": told["address"]}),
    ]
    return [(field, kind, value) for field, kind, is_told, value in asked if is_told]


def _scope(told: str) -> dict[str, list[str]]:
    """The ways a line holds for, where not for all."""
    spoken = [Mode.CALL.value, Mode.VISIT.value, Mode.VIDEO.value, Mode.GATHERING.value]
    return {"modes": spoken if told == SPOKEN else [told]} if told else {}


class AnswerForm(forms.Form):
    """What the house says to a version."""

    kind = forms.ChoiceField(label=gettext_lazy("We say"), choices=AnswerKind.choices)
    alternative = forms.ChoiceField(
        label=gettext_lazy("The one alternative"), choices=[("", "-"), *Roster.choices], required=False
    )
    words = forms.CharField(label=gettext_lazy("In our words"), max_length=actions.LONGEST_WORDS, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("kind") == AnswerKind.ALTERNATIVE) != bool(told.get("alternative")):
            self.add_error("alternative", _("Choose the one alternative that you offer."))
        return told


class BringForm(forms.Form):
    """Terms as JSON, as their program or another house wrote them."""

    file = forms.FileField(label=gettext_lazy("Their terms as a file (JSON)"))


def said_at(day: date | None, *, at: datetime) -> datetime:
    """When it was said: the day told at its noon, and now where none was told or it is today."""
    if day is None or day == timezone.localdate(at):
        return at
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone.get_current_timezone_name()))


def relationship_of(terms: Terms) -> UUID:
    """The relationship whose page these terms stand on."""
    party = terms.party.now or terms.party
    return party.relationship.pk
