"""Who is behind the names in a chat, asked before it is brought in: each name with what they first wrote, and who it might be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.channels.chats import asking
from ampersand.channels.chats.asking import Asked, Days, Whom
from ampersand.channels.chats.names import Answer, Is
from ampersand.channels.models import Import
from ampersand.desk.pages.imports import PeoplePage, WhoRow
from ampersand.members.models import Member
from ampersand.parties.models import Party

OTHER = "other"
NAME_MAX = 300


def field_name(kind: str, key: str) -> str:
    """What a field is called: by what it is about, so that an answer stays with its name whatever is known by then."""
    return f"{kind}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}"


class PeopleForm(forms.Form):
    """One choice a name, with a name to write beside it, and one choice a file whose days may be read in several orders."""

    def __init__(self, *args: Any, asked: Asked, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.member = asked, member
        self.answers: dict[str, Answer] = {}
        for whom in asked.people:
            self.fields[field_name("who", whom.speaker.key)] = _who_field(whom, self._offered(whom))
            self.fields[field_name("name", whom.speaker.key)] = forms.CharField(
                label=_("The name"), max_length=NAME_MAX, required=False, initial=whom.speaker.name
            )
        for days in asked.days:
            self.fields[field_name("days", days.name)] = _days_field(days)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for whom in self.asked.people:
            if chosen := told.get(field_name("who", whom.speaker.key)):
                name = told.get(field_name("name", whom.speaker.key), "")
                self._answer(whom, chosen, " ".join(name.split()))
        mine = {key for key, answer in self.answers.items() if answer.is_ is Is.ME}
        if not self.errors and any(mine.isdisjoint(pair) for pair in self.asked.pairs):
            self.add_error(None, _("One of the two in each chat is you. Say which."))
        return told

    def orders(self) -> dict[str, str]:
        """The order of days that was chosen, by the name of the file."""
        return {days.name: self.cleaned_data[field_name("days", days.name)] for days in self.asked.days}

    def _answer(self, whom: Whom, chosen: str, name: str) -> None:
        key = whom.speaker.key
        if chosen == Is.ME:
            self.answers[key] = Answer(Is.ME)
        elif chosen == Is.NOBODY:
            self.answers[key] = Answer(Is.NOBODY)
        elif chosen == Is.NEW:
            self.answers[key] = Answer(Is.NEW, name=name or whom.speaker.name)
        elif chosen == OTHER:
            self._find(key, name)
        else:
            party = next(one for one in self._offered(whom) if str(one.pk) == chosen)
            self.answers[key] = Answer(Is.PARTY, party.pk)

    def _find(self, key: str, name: str) -> None:
        found = asking.called(name, member=self.member) if name else ()
        if len(found) == 1:
            self.answers[key] = Answer(Is.PARTY, found[0].pk)
        elif found:
            self.add_error(field_name("who", key), _("Several have this name. Choose which one above."))
        else:
            sentence = _("Nobody in the book has this name. Write it as it stands there, or choose “somebody new”.")
            self.add_error(field_name("name", key), sentence)

    def _offered(self, whom: Whom) -> tuple[Party, ...]:
        """Those it might be: by the name in the chat, and by what was written beside it."""
        typed = str(self.data.get(field_name("name", whom.speaker.key), ""))[:NAME_MAX] if self.is_bound else ""
        also: tuple[Party, ...] = ()
        if typed and typed != whom.speaker.name:
            also = (*asking.called(typed, member=self.member), *asking.sharing_a_word(typed, member=self.member))
        return tuple({party.pk: party for party in (*whom.might_be, *also)}.values())


def people_page(import_: Import, form: PeopleForm) -> PeoplePage:
    """The step between a chat and its import."""
    return PeoplePage(
        name=str(import_.source),
        start_url=reverse("desk:import_people", args=[import_.pk]),
        throw_away_url=reverse("desk:throw_away_import", args=[import_.pk]),
        rows=tuple(_rows(form)),
        days=tuple(form[field_name("days", days.name)] for days in form.asked.days),
        errors=tuple(map(str, form.non_field_errors())),
    )


def _rows(form: PeopleForm) -> Iterator[WhoRow]:
    for whom in form.asked.people:
        told = ngettext("wrote once", "wrote %(number)d times", whom.count) % {"number": whom.count}
        yield WhoRow(
            name=whom.speaker.name,
            says=told if whom.count else _("wrote nothing"),
            words=whom.words,
            who=form[field_name("who", whom.speaker.key)],
            called=form[field_name("name", whom.speaker.key)],
        )


def _who_field(whom: Whom, offered: tuple[Party, ...]) -> forms.ChoiceField:
    choices = [
        ("", _("Choose")),
        (Is.ME.value, _("that is me")),
        *((str(party.pk), str(party)) for party in offered),
        (OTHER, _("somebody in the book, by the name beside")),
        (Is.NEW.value, _("somebody new, by the name beside")),
        (Is.NOBODY.value, _("leave out what they wrote")),
    ]
    return forms.ChoiceField(
        label=_("Who is “%(name)s”?") % {"name": whom.speaker.name},
        choices=choices,
        initial=Is.NEW.value if whom.speaker.phone else "",
        error_messages={"required": _("Say who this is, or leave out what they wrote.")},
    )


def _days_field(days: Days) -> forms.ChoiceField:
    choices = [(order, _reading(order, first, last)) for order, first, last in days.readings]
    return forms.ChoiceField(
        label=_("When was this: %(name)s?") % {"name": days.name},
        choices=choices,
        initial=days.taken,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which of these days are right.")},
    )


def _reading(order: str, first: datetime, last: datetime) -> str:
    day = pgettext("date format: day, month and year", "j F Y")
    sentence = {
        "DMY": _("%(first)s to %(last)s: the day stands first"),
        "MDY": _("%(first)s to %(last)s: the month stands first"),
        "YMD": _("%(first)s to %(last)s: the year stands first"),
    }[order]
    return sentence % {"first": format_date(first, day), "last": format_date(last, day)}
