"""Two visitors: Jane, and Leona, whose relationship is another. What is between is shared with each alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.test import Client
from django.utils import timezone

from ampersand.core.rooms import Room
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.portal import actions
from ampersand.portal.models import PageLink, Visit
from ampersand.portal.web import COOKIE
from ampersand.promises.models import Promise
from tests import cast as people
from tests.cast import Cast


@dataclass(frozen=True)
class Visitor:
    party: Party
    link: PageLink
    visit: Visit
    link_secret: str
    secret: str

    def client(self) -> Client:
        client = Client()
        client.cookies[COOKIE] = self.secret
        return client


def visitor(cast: Cast, party: Party, *, address: str = "", at: datetime | None = None) -> Visitor:
    """Somebody who opened their page just now, by a code sent to their address."""
    at = at or timezone.now()
    address = address or f"{party.name.split()[0].lower()}@outside.example"
    parties.tell_identifier(party, kind="email", value=address, teller=Teller(at=at, by=cast.maya))
    link, link_secret = actions.give_link(party.relationship, address=address, days=30, by=cast.maya, at=at)
    visit, secret = actions.open_visit(link, actions.make_code(link, at=at), at=at)
    return Visitor(party, link, visit, link_secret, secret)


def shared_promise(by: Party, to: Party, *, cast: Cast, words: str) -> Promise:
    made = people.promise(by, to, words=words, told_by=cast.maya)
    Promise.objects.filter(pk=made.pk).update(room=Room.BETWEEN)
    return made
