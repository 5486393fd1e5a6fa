"""What is done with the house, its members and teams, and the links that let them in.

Members are also parties; what touches both (founding, joining, leaving) is in `desk/ours.py`, which calls this.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.text import slugify

from ampersand.core import events
from ampersand.core.ids import new_id
from ampersand.core.whole import whole
from ampersand.members import links, queries, secret
from ampersand.members.models import (
    NO_ADDRESS,
    House,
    HouseDomain,
    HouseName,
    Invitation,
    Member,
    Role,
    Session,
    SignInLink,
    SignInService,
    Team,
    TeamMembership,
)

# What the events of the house itself are about: there is one house, and it has no UUID.
HOUSE_ID = UUID(int=1)


class FoundedAlready(ValueError):
    """One installation is one house."""


class HereAlready(ValueError):
    """Somebody with this address is a member already."""


class LastSteward(ValueError):
    """Somebody must be able to run the house."""


class LinkUnknown(LookupError):
    """There never was such a link."""


class LinkUsed(LookupError):
    """The link did what it was for, once."""


class LinkLapsed(LookupError):
    """The link was not used in time, or was withdrawn."""


@whole
def write_house(*, name: str, at: datetime, **fields: str) -> House:
    """Write down the house: its name, and `currency`, `time_zone`, `language`, `country` where known.

    Raises FoundedAlready.
    """
    house, is_new = House.objects.get_or_create(
        id=1, defaults={"name": name.strip()[:200], "founded_at": at, **{k: v for k, v in fields.items() if v}}
    )
    if not is_new:
        raise FoundedAlready(house)
    return house


@whole
def change_house(house: House, *, by: Member, at: datetime, **fields: str) -> None:
    """Change what the house calls itself and how it counts. What it was stays in its history."""
    for name, value in fields.items():
        setattr(house, name, value)
    house.save(update_fields=[*fields])
    events.record("house.changed", at=at, by_id=by.pk, subject_id=HOUSE_ID)


def set_legal_names(house: House, names: Iterable[str]) -> None:
    """The legal names the house acts under, in place of those it had."""
    wanted = _clean(names)
    house.legal_names.exclude(name__in=wanted).delete()
    HouseName.objects.bulk_create([HouseName(house=house, name=name) for name in wanted], ignore_conflicts=True)


def set_domains(house: House, domains: Iterable[str]) -> None:
    """The mail domains of the house, in place of those it had. Who becomes ours by it is settled in `desk/ours.py`."""
    wanted = _clean(domain.lower().removeprefix("@").rstrip(".") for domain in domains)
    house.domains.exclude(domain__in=wanted).delete()
    HouseDomain.objects.bulk_create(
        [HouseDomain(house=house, domain=domain) for domain in wanted], ignore_conflicts=True
    )


@whole
def write_member(*, name: str, at: datetime, email: str = "", role: str = Role.MEMBER, password: str = "") -> Member:
    """Write down a member. One who left and comes back is the same member. Raises HereAlready.

    The address counts as proven: a steward named it, or its holder came by a link sent there. Without an address
    mail does not reach the member, who then signs in by a one-time link or a password set later.
    """
    email = email.strip().lower() or f"{slugify(name) or 'member'}.{new_id().hex[-8:]}@{NO_ADDRESS}"
    member = Member.objects.select_for_update().filter(email=email).first()
    if member is None:
        member = Member.objects.create_user(email, password or None, name=name.strip()[:200], role=role, joined_at=at)
    elif member.left_at is None:
        raise HereAlready(email)
    else:
        member.name, member.role, member.left_at, member.joined_at = name.strip()[:200], role, None, at
        member.set_password(password) if password else member.set_unusable_password()
        member.save(update_fields=["name", "role", "left_at", "joined_at", "password"])
    if member.has_address:
        EmailAddress.objects.update_or_create(user=member, email=email, defaults={"verified": True, "primary": True})
    events.record("member.joined", at=at, by_id=member.pk, subject_id=member.pk)
    return member


@whole
def leave(member: Member, *, by: Member, at: datetime) -> None:
    """A member leaves, and their sessions end at once. What they wrote stays. Raises LastSteward.

    Left twice, they left once.
    """
    _lock_stewards()
    member.refresh_from_db()
    if member.left_at is not None:
        return
    if queries.is_last_steward(member):
        raise LastSteward(member)
    member.left_at = member.signed_out_at = at
    member.set_unusable_password()
    member.save(update_fields=["left_at", "signed_out_at", "password"])
    for way_in in (EmailAddress, Authenticator, SocialAccount):
        way_in.objects.filter(user=member).delete()
    Session.objects.filter(member=member).delete()
    SignInLink.objects.filter(member=member, used_at=None).delete()
    TeamMembership.objects.filter(member=member).delete()
    events.record("member.left", at=at, by_id=by.pk, subject_id=member.pk)


@whole
def change_role(member: Member, role: str, *, by: Member, at: datetime) -> None:
    """Make a member a steward, or a steward a member again. Raises LastSteward."""
    _lock_stewards()
    member.refresh_from_db()
    if member.role == role:
        return
    if queries.is_last_steward(member):
        raise LastSteward(member)
    member.role = Role(role)
    member.save(update_fields=["role"])
    events.record("member.role_changed", at=at, by_id=by.pk, subject_id=member.pk)


def change_own(member: Member, *, name: str, time_zone: str, language: str, theme: str, has_single_keys: bool) -> None:
    """A member's own settings. They are nobody's business, so no event is written."""
    member.name, member.time_zone, member.language = name.strip()[:200], time_zone, language
    member.theme, member.has_single_keys = theme, has_single_keys
    member.save(update_fields=["name", "time_zone", "language", "theme", "has_single_keys"])


def sign_out_everywhere(member: Member, *, at: datetime, but: str | None = None) -> None:
    """End every session of a member, `but` the one with this key, which goes on once its hash is made anew."""
    member.signed_out_at = at
    member.save(update_fields=["signed_out_at"])
    Session.objects.filter(member=member).exclude(session_key=but).delete()


@whole
def name_team(name: str, *, by: Member, at: datetime) -> Team:
    """Name a group of members. Named twice, it is the same team."""
    team, is_new = Team.objects.get_or_create(name=name.strip()[:200])
    if is_new:
        events.record("team.named", at=at, by_id=by.pk, subject_id=team.pk)
    return team


@whole
def set_team_members(team: Team, members: Iterable[Member], *, by: Member, at: datetime) -> None:
    """Who belongs to a team, in place of who did. Each coming and going is recorded, since a team may open what is closed."""
    wanted = {member.pk for member in members}
    known = set(TeamMembership.objects.select_for_update().filter(team=team).values_list("member_id", flat=True))
    TeamMembership.objects.filter(team=team, member_id__in=known - wanted).delete()
    TeamMembership.objects.bulk_create(
        TeamMembership(team=team, member_id=member_id, since=at) for member_id in sorted(wanted - known)
    )
    for name, changed in (("team.joined", wanted - known), ("team.left", known - wanted)):
        for member_id in sorted(changed):
            events.record(name, at=at, by_id=by.pk, subject_id=member_id)


@whole
def invite(email: str, *, by: Member, at: datetime, role: str = Role.MEMBER) -> tuple[Invitation, str]:
    """Invite somebody, for fourteen days. Answers the invitation and the secret of its link, which is kept nowhere.

    Invited again, only the new link lets them in. Raises HereAlready.
    """
    email = email.strip().lower()
    if Member.objects.here().filter(email=email).exists():
        raise HereAlready(email)
    Invitation.objects.open(at).filter(email=email).update(withdrawn_at=at)
    secret = links.new_secret()
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        invited_by=by,
        invited_at=at,
        lapses_at=at + links.INVITATION_LIFE,
        secret_digest=links.digest_of(secret),
    )
    events.record("member.invited", at=at, by_id=by.pk, subject_id=invitation.pk)
    return invitation, secret


@whole
def withdraw_invitation(invitation: Invitation, *, by: Member, at: datetime) -> None:
    """Withdraw an invitation. Its link lets nobody in any more."""
    changed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if changed:
        events.record("invitation.withdrawn", at=at, by_id=by.pk, subject_id=invitation.pk)


def find_invitation(secret: str, *, at: datetime) -> Invitation:
    """The invitation behind a link, if it lets somebody in. Raises LinkUnknown, LinkUsed, LinkLapsed."""
    invitation = Invitation.objects.filter(secret_digest=links.digest_of(secret)).first()
    if invitation is None:
        raise LinkUnknown
    if invitation.accepted_at is not None:
        raise LinkUsed
    if not invitation.is_open(at):
        raise LinkLapsed
    return invitation


@whole
def use_invitation(secret: str, *, at: datetime) -> Invitation:
    """Take up an invitation. Of two who do so at once, one does; the other hears LinkUsed."""
    Invitation.objects.select_for_update().filter(secret_digest=links.digest_of(secret)).first()
    invitation = find_invitation(secret, at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return invitation


@whole
def take_invitation_of(email: str, *, at: datetime) -> Invitation | None:
    """Take up the open invitation of one who has shown that this address is theirs, without its link."""
    invitation = Invitation.objects.open(at).filter(email=email).select_for_update().first()
    if invitation is not None:
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
    return invitation


@whole
def set_service(
    *,
    name: str,
    issuer: str,
    client_id: str,
    client_secret: str,
    domains: Iterable[str],
    has_newcomers: bool,
    by: Member,
    at: datetime,
) -> SignInService:
    """Set the service members sign in by besides. An empty secret leaves the one there is.

    With another issuer those who came by the old one are unknown to it: another service may call another person the same.
    """
    service = SignInService.objects.select_for_update().first() or SignInService()
    if service.issuer != issuer:
        SocialAccount.objects.all().delete()
    service.name, service.issuer, service.client_id = name.strip()[:40], issuer, client_id.strip()
    service.domains, service.has_newcomers = _clean(domains), has_newcomers
    if client_secret:
        service.sealed_secret = secret.sealed(client_secret)
    service.save()
    events.record("house.service_changed", at=at, by_id=by.pk, subject_id=HOUSE_ID)
    return service


@whole
def remove_service(*, by: Member, at: datetime) -> None:
    """Nobody signs in by the service any more. Removed twice, it is gone once."""
    SocialAccount.objects.all().delete()
    if SignInService.objects.all().delete()[0]:
        events.record("house.service_changed", at=at, by_id=by.pk, subject_id=HOUSE_ID)


@whole
def forget_devices(member: Member, *, at: datetime) -> None:
    """Passkeys, app and spare codes of a member are lost: they sign in without them. Done from the machine of the house."""
    if Authenticator.objects.filter(user=member).delete()[0]:
        events.record("member.devices_forgotten", at=at, by_id=None, subject_id=member.pk)


def end_session(member: Member, name: str) -> bool:
    """End one of a member's own sessions, by its name. Answers whether there was one."""
    found = [one.pk for one in Session.objects.filter(member=member) if one.name == name]
    return bool(Session.objects.filter(pk__in=found).delete()[0])


def make_sign_in_link(member: Member | None, *, at: datetime) -> str:
    """Make a link that signs this member in once within a day, and answer its secret. Without a member it founds the house.

    Several of one member work beside each other until one of them is used.
    """
    secret = links.new_secret()
    SignInLink.objects.create(
        secret_digest=links.digest_of(secret), member=member, made_at=at, lapses_at=at + links.SIGN_IN_LIFE
    )
    return secret


def find_sign_in_link(secret: str, *, at: datetime) -> SignInLink:
    """The one-time link with this secret, if it still lets somebody in. Raises LinkUnknown, LinkUsed, LinkLapsed."""
    link = SignInLink.objects.select_related("member").filter(secret_digest=links.digest_of(secret)).first()
    if link is None:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkUsed
    if link.lapses_at <= at or (link.member is not None and link.member.left_at is not None):
        raise LinkLapsed
    return link


@whole
def use_sign_in_link(secret: str, *, at: datetime) -> Member | None:
    """Use a one-time link up and answer whom it signs in. Of two who use it at once, one does; the other hears LinkUsed.

    With it the other links of the same member have done what they were for, and let nobody in any more.
    """
    asked = SignInLink.objects.filter(secret_digest=links.digest_of(secret)).first()
    if asked is not None:
        _lock_links_like(asked)
    link = find_sign_in_link(secret, at=at)
    link.used_at = at
    link.save(update_fields=["used_at"])
    SignInLink.objects.filter(member=link.member, used_at=None, lapses_at__gt=at).update(lapses_at=at)
    return link.member


def _lock_links_like(link: SignInLink) -> None:
    """Of two different links of one member, used at once, one signs in too."""
    same = SignInLink.objects.filter(member=link.member_id, used_at=None)
    list(same.select_for_update().order_by("pk").values_list("pk", flat=True))


def _lock_stewards() -> None:
    """Two stewards who leave at once must not both find the other still here."""
    list(
        Member.objects.here().filter(role=Role.STEWARD).select_for_update().order_by("pk").values_list("pk", flat=True)
    )


def _clean(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))
