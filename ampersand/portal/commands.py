"""The command `ampersand page-link`: a link to somebody's own page, to be handed over."""

from __future__ import annotations

import json

import click
from django.utils import timezone

from ampersand.core.words import gettext as _
from ampersand.members import outbox, queries
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Identifier, IdentifierKind, Relationship
from ampersand.portal import actions
from ampersand.portal.addresses import address_of

DAYS = 7


@click.command("page-link")
@click.argument("email")
@click.option("--by", default="", metavar="EMAIL", help="Who gives it; without it the first steward.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def page_link(email: str, by: str, as_json: bool) -> None:
    """Make a link to the own page of somebody with this address, to be handed over. It works for seven days.

    The page asks for a code, which goes to the address. In a house without a mail server it lies in the outbox.
    """
    member, relationship = queries.acting_member(by), _with(email)
    if member is None or relationship is None:
        raise click.ClickException(_("Nobody here has the address %(email)s.") % {"email": email if member else by})
    try:
        address = normalised(IdentifierKind.EMAIL, email)
        _given, secret = actions.give_link(relationship, address=address, days=DAYS, by=member, at=timezone.now())
    except actions.NotTheirAddress as error:
        raise click.ClickException(str(error)) from error
    name, link = str(relationship.party), address_of(secret)
    if as_json:
        click.echo(json.dumps({"name": name, "link": link}))
        return
    click.echo(_("The page of %(name)s, for a week:") % {"name": name} + f"\n{link}")
    if not outbox.goes_out():
        program = click.get_current_context().find_root().info_name
        told = _("It sends a code first. This house has no mail server, so read the code with: %(program)s outbox")
        click.echo(told % {"program": program})


def _with(email: str) -> Relationship | None:
    """The relationship with whoever is reached by an address, or with whom they are taken for."""
    value = normalised(IdentifierKind.EMAIL, email)
    told = Identifier.objects.standing().filter(kind=IdentifierKind.EMAIL, value=value).select_related("party__now")
    found = told.order_by("told_at", "id").first()
    party = found.party.now or found.party if found else None
    return Relationship.objects.select_related("party").filter(party=party).first() if party else None
