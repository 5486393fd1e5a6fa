"""What the House page shows: who is here, what the house calls itself, and what was done to run it. Never what a member did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.desk.ours import Remarked
from ampersand.desk.pages.house import HousePage, MemberRow
from ampersand.desk.pages.party import KnownRow
from ampersand.desk.pages.words import Link
from ampersand.desk.safe_part import safe_part
from ampersand.members import outbox, queries
from ampersand.members.models import House, Invitation, Member, Team


@dataclass(frozen=True, slots=True)
class HistoryRow:
    says: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HistoryPage:
    rows: tuple[HistoryRow, ...]
    here: ClassVar[str] = "house"


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A colleague: who they are. What they do is theirs."""

    name: str
    address: str
    role: str
    teams: str
    since: date
    left_on: date | None
    role_url: str = ""
    leave_url: str = ""
    is_self: bool = False
    here: ClassVar[str] = "house"


def house_page(member: Member, *, at: datetime) -> HousePage:
    house = House.objects.prefetch_related("legal_names", "domains").get()
    return HousePage(
        name=house.name or _("A house without a name yet"),
        today=timezone.localdate(at),
        legal_names=tuple(sorted(told.name for told in house.legal_names.all())),
        domains=tuple(sorted(told.domain for told in house.domains.all())),
        members=(*_members(), *_invited(member, at)),
        teams=tuple(
            Link(team.name, reverse("desk:team", args=[team.pk])) for team in Team.objects.order_by("name", "pk")
        ),
        keeps=_keeps(house),
        invite_url=reverse("desk:invite") if member.may_run_the_house() else "",
        change_url=reverse("desk:change_house") if member.may_run_the_house() else "",
        own_url=reverse("desk:own"),
        links=_links(member),
        safe=safe_part(member, at=at),
    )


def history_page() -> HistoryPage:
    return HistoryPage(tuple(HistoryRow(_act_says(act), act.at) for act in queries.house_acts()))


def member_page(whom: Member, *, by: Member) -> MemberPage:
    return MemberPage(
        name=whom.name,
        address=_address(whom),
        role=whom.get_role_display(),
        teams=", ".join(whom.teams.order_by("name").values_list("name", flat=True)),
        since=timezone.localdate(whom.joined_at),
        left_on=timezone.localdate(whom.left_at) if whom.left_at else None,
        role_url=reverse("desk:member_role", args=[whom.pk]) if whom.may_be_changed(by) else "",
        leave_url=reverse("desk:member_leave", args=[whom.pk]) if whom.may_be_let_go(by) else "",
        is_self=whom.pk == by.pk,
    )


def remarked_says(told: Remarked) -> str:
    """What a change of domains did, in a sentence or two; empty when nobody changed sides."""
    says = []
    if told.ours:
        says.append(
            ngettext("%(count)d person is a colleague now.", "%(count)d people are colleagues now.", told.ours)
            % {"count": told.ours}
        )
    if told.not_ours:
        says.append(
            ngettext("%(count)d person is none any more.", "%(count)d people are none any more.", told.not_ours)
            % {"count": told.not_ours}
        )
    if told.stays:
        says.append(
            _("Something was written down about these before, and stays: %(names)s.")
            % {"names": ", ".join(told.stays[:10])}
        )
    return " ".join(says)


def _members() -> list[MemberRow]:
    here = Member.objects.here().prefetch_related("teams").order_by("name", "pk")
    return [
        MemberRow(
            name=member.name,
            address=_address(member),
            role=member.get_role_display(),
            teams=", ".join(sorted(team.name for team in member.teams.all())),
            url=reverse("desk:member", args=[member.pk]),
        )
        for member in here
    ]


def _invited(member: Member, at: datetime) -> list[MemberRow]:
    rows = queries.open_invitations(at) & Invitation.objects.visible_to(member)
    return [
        MemberRow(
            name=invitation.email,
            address=_("invited on %(day)s, not here yet") % {"day": _day(invitation.invited_at)},
            role=invitation.get_role_display(),
            url=reverse("desk:invited", args=[invitation.pk]),
        )
        for invitation in rows
    ]


def _address(member: Member) -> str:
    return member.email if member.has_address else _("no address yet")


def _keeps(house: House) -> tuple[KnownRow, ...]:
    letters = (
        _("They leave by the mail server.")
        if outbox.goes_out()
        else _("Into the folder outbox; no mail server is set.")
    )
    languages = dict(settings.LANGUAGES)
    return (
        KnownRow(_("Of a mail or a chat that is brought in"), house.get_mail_bodies_display(), _("as the house chose")),
        KnownRow(_("Letters of the house"), letters, _("invitations, codes, proof of an address")),
        KnownRow(_("Currency"), house.currency, _("for amounts told without one")),
        KnownRow(_("Country"), house.country, _("for telephone numbers told without one")),
        KnownRow(_("Time zone"), house.time_zone.replace("_", " "), _("for everybody who has not chosen their own")),
        KnownRow(
            _("Language"),
            languages.get(house.language, house.language),
            _("for everybody who has not chosen their own"),
        ),
    )


def _links(member: Member) -> tuple[Link, ...]:
    team = (
        (
            Link(_("Form a team"), reverse("desk:new_team")),
            Link(_("The sign-in service"), reverse("desk:change_service")),
        )
        if member.may_run_the_house()
        else ()
    )
    bring = (
        Link(_("Bring in what you have"), reverse("desk:import")),
        Link(_("Traces"), reverse("desk:traces")),
        Link(_("Likely the same"), reverse("desk:doubles")),
    )
    return (*bring, *team, Link(_("What was done to the house"), reverse("desk:house_history")))


def _act_says(act: queries.HouseAct) -> str:
    who = act.who or _("The house itself")
    if act.name == "member.left" and act.is_about_themselves:
        return _("%(who)s left.") % {"who": who}
    says = {
        "house.founded": _("%(who)s founded the house."),
        "house.changed": _("%(who)s changed what the house calls itself or how it counts."),
        "house.domains_changed": _("%(who)s set the mail domains."),
        "house.service_changed": _("%(who)s changed by which service members sign in."),
        "member.invited": _("%(who)s invited somebody."),
        "invitation.withdrawn": _("%(who)s withdrew an invitation."),
        "member.joined": _("%(who)s joined."),
        "member.left": _("%(who)s let a member go."),
        "member.role_changed": _("%(who)s changed who is a steward."),
        "member.devices_forgotten": _("%(who)s forgot the lost passkeys and codes of a member."),
        "team.named": _("%(who)s formed a team."),
        "team.joined": _("%(who)s put somebody into a team."),
        "team.left": _("%(who)s took somebody out of a team."),
        "relationship.handed_on": _("%(who)s handed on a closed relationship nobody could have seen any more."),
        "party.erased": _("%(who)s erased what was kept about somebody."),
        "house.exported": _("%(who)s asked for a file with the whole house."),
        "house.saved": _("%(who)s had a backup made."),
    }
    return says[act.name] % {"who": who}


def _day(at: datetime) -> str:
    return format_date(timezone.localtime(at), pgettext("date format: day and month", "j F"))
