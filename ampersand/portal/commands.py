"""The command `ampersand page-link`: a link to somebody's own page, to be handed over."""

from __future__ import annotations

import json

import click
from django.utils import timezone

from ampersand.core import home
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
    member = queries.acting_member(by)
    relationship = _with(email)
    if member is None or relationship is None:
        raise click.ClickException(_("Nobody here has the address %(email)s.") % {"email": by if member is None else email})
    address = normalised(IdentifierKind.EMAIL, email)
    _link, secret = actions.give_link(relationship, address=address, days=DAYS, by=member, at=timezone.now())
    link = address_of(secret)
    if as_json:
        click.echo(json.dumps({"name": relationship.party.name, "link": link}))
        return
    click.echo(_("The page of %(name)s, for a week:") % {"name": relationship.party.name} + f"\n{link}")
    if not outbox.goes_out():
        folder = home.data_folder() / "outbox"
        click.echo(_("It asks for a code. There is no mail server, so the code is in the newest letter in %(folder)s") % {"folder": folder})


def _with(email: str) -> Relationship | None:
    """The relationship of whoever is reached by an address, as it stands now."""
    value = normalised(IdentifierKind.EMAIL, email)
    told = Identifier.objects.standing().filter(kind=IdentifierKind.EMAIL, value=value).order_by("told_at", "id")
    for party_id in told.values_list("party_id", flat=True)[:1]:
        return Relationship.objects.select_related("party").filter(party__in=[party_id]).first()
    return None
