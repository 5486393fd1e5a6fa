"""Commands of the door: invite somebody, make a one-time link."""

from __future__ import annotations

import json

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from ampersand.core.words import gettext as _
from ampersand.members import actions, letters, links, outbox, queries
from ampersand.members.models import Member, Role


@click.command()
@click.argument("email")
@click.option("--steward", "is_steward", is_flag=True, help="Somebody who may run the house.")
@click.option("--by", default="", metavar="EMAIL", help="Who invites; without it the first steward.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def invite(email: str, is_steward: bool, by: str, as_json: bool) -> None:
    from django.db import transaction

    _refuse_no_address(email)
    role = Role.STEWARD if is_steward else Role.MEMBER
    with transaction.atomic():
        try:
            invitation, secret = actions.invite(email, by=_who_invites(by), at=timezone.now(), role=role)
        except actions.HereAlready as error:
            raise click.ClickException(_("%(email)s is a member already.") % {"email": email}) from error
    link = links.invitation_link(secret)
    is_sent = letters.send_invitation(invitation, secret) and outbox.goes_out()
    if as_json:
        click.echo(json.dumps({"email": invitation.email, "link": link, "is_sent": is_sent}))
    else:
        sent = _("The invitation was sent. It holds this link, for fourteen days:")
        unsent = _("No mail server is set, so give them this link yourself. It works for fourteen days:")
        click.echo(f"{sent if is_sent else unsent}\n{link}")


@click.command("sign-in-link")
@click.argument("email", default="")
@click.option(
    "--forget-devices", is_flag=True, help="Their passkeys, app and spare codes are lost: forget those first."
)
@click.option("--if-first", is_flag=True, help="Only where nobody has ever signed in; else say nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def sign_in_link(email: str, forget_devices: bool, if_first: bool, as_json: bool) -> None:
    """Make a link that signs one member in, once, within a day. In a house without members it founds the house."""
    if if_first and Member.objects.exclude(last_login=None).exists():
        if as_json:
            click.echo(json.dumps({"member": None, "link": None}))
        return
    member = _whose(email, if_first=if_first)
    if forget_devices and member is not None:
        actions.forget_devices(member, at=timezone.now())
    link = links.sign_in_link(actions.make_sign_in_link(member, at=timezone.now()))
    if as_json:
        click.echo(json.dumps({"member": member.name if member else None, "link": link}))
    elif member:
        click.echo(_("Sign in as %(name)s, once, within a day:") % {"name": member.name} + f"\n{link}")
    else:
        click.echo(_("This house has no members yet. Open this link within a day to begin:") + f"\n{link}")


@click.command("outbox")
def show_outbox() -> None:
    """Show the newest letter of a house without a mail server: whoever runs the machine may read what it would have sent."""
    letter = outbox.find_newest()
    if letter is None:
        raise click.ClickException(
            _("No letter is in the outbox. With a mail server letters go out and none stays here.")
        )
    body = letter.get_body(("plain",))
    click.echo(f"{letter['To']}\n{letter['Subject']}\n\n{body.get_content().strip() if body else ''}")


def acting(email: str) -> Member:
    """Who acts on the command line: the member with this address, or the first steward where none is said."""
    member = queries.acting_member(email)
    if member is None:
        raise click.ClickException(
            _("No member has this address. Invite them first: ampersand invite EMAIL")
            if email
            else _("The house has no member yet. Found it first, with the link of: ampersand sign-in-link")
        )
    return member


def _whose(email: str, *, if_first: bool) -> Member | None:
    here = Member.objects.here()
    if email:
        member = here.filter(email=email.strip().lower()).first()
        if member is None:
            raise click.ClickException(_("Nobody here has the address %(email)s.") % {"email": email})
        return member
    stewards = list(here.filter(role=Role.STEWARD).order_by("joined_at", "pk")[:2]) or list(here[:1])
    if not stewards or len(stewards) == 1 or if_first:
        return stewards[0] if stewards else None
    raise click.ClickException(_("Say whose link it shall be: ampersand sign-in-link EMAIL."))


def _who_invites(email: str) -> Member:
    stewards = Member.objects.here().filter(role=Role.STEWARD)
    found = stewards.filter(email=email.strip().lower()) if email else stewards
    steward = found.order_by("joined_at", "pk").first()
    if steward is None:
        raise click.ClickException(
            _("Nobody here may invite yet. Found the house first, with the link of: ampersand sign-in-link.")
        )
    return steward


def _refuse_no_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise click.ClickException(_("%(email)s is no e-mail address.") % {"email": email}) from error
