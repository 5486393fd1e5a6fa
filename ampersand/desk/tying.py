"""Telling by hand who stands around a party, and how: from a form, or from a tap on one who is likely meant."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.desk.pages.forms import FormPage
from ampersand.desk.piece_forms import day_field, near_day
from ampersand.desk.tie_words import back_words, there_words
from ampersand.desk.whom import found_by
from ampersand.members.models import Member
from ampersand.parties import tying
from ampersand.parties.models import Party, TieKind

# What stands in the value of a choice beside the kind: whether it is the party of the page that does it.
_OUT, _BACK = "out", "back"
_OWN = TieKind.OWN.value
_NEW = "new"
# Nobody works at a person; and an organisation has no family.
_NOT_OF_A_PERSON = {
    f"{kind}:{way}"
    for kind, way in (
        (TieKind.WORKS_AT, _BACK),
        (TieKind.MEMBER_OF, _BACK),
        (TieKind.PART_OF, _BACK),
        (TieKind.PART_OF, _OUT),
    )
}
_ONLY_OF_A_PERSON = {
    f"{kind}:{way}"
    for kind, way in (
        (TieKind.WORKS_AT, _OUT),
        (TieKind.REPORTS_TO, _BACK),
        (TieKind.REPORTS_TO, _OUT),
        (TieKind.FAMILY_OF, _BACK),
        (TieKind.FORMER_COLLEAGUE_OF, _BACK),
    )
}
_PARTY = "party:"


class TieForm(forms.Form):
    """Who stands around a party: a name and a way to stand to each other, and nothing else is needed."""

    whom = forms.CharField(
        label=gettext_lazy("Who"), max_length=300, error_messages={"required": gettext_lazy("Write a name.")}
    )
    which = forms.ChoiceField(label=gettext_lazy("Whom do you mean?"), required=False, widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=gettext_lazy("What they are to them"),
        error_messages={"required": gettext_lazy("Choose how they stand to each other.")},
    )
    says = forms.CharField(label=gettext_lazy("In your own words"), max_length=80, required=False)
    says_back = forms.CharField(
        label=gettext_lazy("And the other way round, where it is otherwise"), max_length=80, required=False
    )
    role = forms.CharField(label=gettext_lazy("As what"), max_length=200, required=False)
    since = day_field(gettext_lazy("Since when, if you know"), is_needed=False)

    def __init__(self, *told: Any, party: Party, member: Member, **more: Any) -> None:
        super().__init__(*told, **more)
        self._party, self._member = party, member
        self.other: Party | str = ""
        self._own = {f"own:{number}": words for number, words in enumerate(_own_words(member))}
        self.fields["how"].label = _("What they are to %(name)s") % {"name": party}
        # Fields of a form are told loosely: `choices` is one of a choice field's.
        how: Any = self.fields["how"]
        how.choices = [
            ("", _("choose …")),
            *_named(party),
            *((key, says) for key, (says, _back) in self._own.items()),
            (_OWN, _("something else …")),
        ]
        self._offer(str(self.data.get("whom", "")))

    def _offer(self, name: str) -> None:
        """Offer those who may be meant by a name, where not exactly one of them is called so."""
        which: Any = self.fields["which"]
        which.choices = []
        exact = tying.called(name, besides=self._party, member=self._member)
        if len(exact) == 1:
            self.other = exact[0]
        if name.strip() and len(exact) != 1:
            likely = found_by(name, member=self._member, on=timezone.localdate()) if len(name.strip()) > 1 else []
            which.choices = [
                *(
                    (one.reference, f"{one.name}, {one.note}" if one.note else one.name)
                    for one in likely
                    if self._is_other(one.reference)
                ),
                (_NEW, _("Somebody new: write %(name)s down") % {"name": name.strip()[:300]}),
            ]
        if not which.choices:
            del self.fields["which"]

    def _is_other(self, reference: str) -> bool:
        return reference.startswith(_PARTY) and reference != f"{_PARTY}{self._party.pk}"

    def clean_since(self) -> date | None:
        return near_day(self.cleaned_data["since"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("how") == _OWN and not told.get("says"):
            self.add_error("says", _("Write what they are to each other, such as audits them."))
        if "which" in self.fields and told.get("whom"):
            self._choose(str(told.get("which", "")), str(told["whom"]))
        return told

    def _choose(self, which: str, name: str) -> None:
        if which == _NEW:
            self.other = name
        elif which:
            # It stands among the choices, so it is one the member may see.
            self.other = Party.objects.get(pk=which.removeprefix(_PARTY))
        else:
            self.add_error("which", _("Choose whom you mean, or write them down as somebody new."))

    def told(self) -> tying.Told:
        """What was told, once the form is valid."""
        said = self.cleaned_data
        more = {"role": said["role"].strip(), "from_on": said["since"]}
        if said["how"] in self._own:
            says, says_back = self._own[said["how"]]
            return tying.Told(_OWN, says=says, says_back=says_back, **more)
        if said["how"] == _OWN:
            return tying.Told(_OWN, says=said["says"].strip(), says_back=said["says_back"].strip(), **more)
        kind, _colon, way = said["how"].partition(":")
        return tying.Told(kind, is_from=way == _OUT, **more)


def _named(party: Party) -> list[tuple[str, str]]:
    """Each kind that fits the party, as said of the other: from both ends where they have words of their own."""
    there, back = there_words(), back_words()
    unfit = _NOT_OF_A_PERSON if party.is_person else _ONLY_OF_A_PERSON
    said = []
    for kind, words in there.items():
        said.append((f"{kind}:{_BACK}", words))
        if kind in back:
            said.append((f"{kind}:{_OUT}", back[kind]))
    return [(key, words) for key, words in said if key not in unfit]


def _own_words(member: Member) -> list[tuple[str, str]]:
    """The words of the house in use, each as said from either end."""
    told = tying.words_in_use(member)
    turned = [(says_back, says) for says, says_back in told if says_back]
    return list(dict.fromkeys([*told, *turned]))


def tie_page(party: Party) -> FormPage:
    return FormPage(
        title=_("Who stands around %(name)s?") % {"name": party},
        act=_("Keep"),
        says=_("A name is enough, and how they stand to each other."),
        back_url=reverse("desk:party", args=[party.pk]),
        here="relationships",
    )
