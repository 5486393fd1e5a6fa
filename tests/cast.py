"""The few people everyone knows, and plain helpers that say what happened between them.

Harbour & Finch, a coffee roaster. Maya tends Jane Okafor of Alder Hotels, and Leona Marsh of Severn Vale Hospitals, whose
relationship is closed to all but Maya. Tom is a member and stands outside of it. Ruth is the steward, and stands outside
of it too: running the house opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.test import Client

from ampersand.core import search
from ampersand.core.models import Source, SourceKind
from ampersand.desk import ours
from ampersand.exchange import actions as exchange
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import House, Member, Role
from ampersand.notebook.models import Note
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, LineKind, Party, PartyKind, Relationship, SideLine
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode, Moment

NOW = datetime(2026, 10, 9, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


@dataclass(frozen=True)
class Cast:
    house: House
    maya: Member
    tom: Member
    ruth: Member
    alder: Party
    jane: Party
    severn: Party
    leona: Party

    @property
    def with_jane(self) -> Relationship:
        return self.jane.relationship

    @property
    def with_leona(self) -> Relationship:
        return self.leona.relationship


def enter() -> Cast:
    """Write the whole cast down."""
    ruth = ours.found_house(
        member_name="Ruth Feld",
        name="Harbour & Finch",
        email="ruth@harbourfinch.example",
        domains=["harbourfinch.example"],
        legal_names=["Harbour & Finch Ltd"],
        currency="GBP",
        time_zone="Europe/London",
        at=NOW - timedelta(days=900),
    )
    maya, tom = member("Maya Lindqvist"), member("Tom Akerman")
    alder, jane = organisation("Alder Hotels", tended_by=maya), person("Jane Okafor", tended_by=maya)
    severn, leona = organisation("Severn Vale Hospitals", tended_by=maya), person("Leona Marsh", tended_by=maya)
    parties.works_at(jane, alder, teller=Teller(at=NOW, by=maya), role="Head of breakfast")
    parties.works_at(leona, severn, teller=Teller(at=NOW, by=maya), role="Procurement")
    parties.close(severn.relationship, by=maya, at=NOW)
    parties.close(leona.relationship, by=maya, at=NOW)
    return Cast(
        house=House.objects.get(),
        maya=maya,
        tom=tom,
        ruth=ruth,
        alder=alder,
        jane=jane,
        severn=severn,
        leona=leona,
    )


def member(name: str, *, role: str = Role.MEMBER, email: str = "", at: datetime = NOW) -> Member:
    return ours.join_house(
        name=name, email=email or f"{name.split()[0].lower()}@harbourfinch.example", role=role, at=at
    )


def person(name: str, *, tended_by: Member | None = None, email: str = "", kind: str = PartyKind.PERSON) -> Party:
    """Somebody the house knows."""
    teller = Teller(at=NOW, by=tended_by)
    party = parties.name_party(name, teller=teller, kind=kind)
    parties.become_known(party, because=Because.TYPED, known_at=NOW - timedelta(days=400), teller=teller)
    if email:
        parties.tell_identifier(party, kind="email", value=email, teller=teller)
    if tended_by:
        parties.tend(party.relationship, tended_by, on=TODAY, by=tended_by, at=NOW)
    return party


def organisation(name: str, *, tended_by: Member | None = None) -> Party:
    return person(name, tended_by=tended_by, kind=PartyKind.ORGANISATION)


def moment(
    *takers: Party,
    by: Member,
    mode: str = Mode.VISIT,
    at: datetime = NOW,
    subject: str = "",
    words: str = "",
    key: str = "",
    roles: Sequence[str] = (),
) -> Moment:
    """Something that happened between our member and these parties."""
    named = [Taker(party, role) for party, role in zip(takers, [*roles, *["with"] * len(takers)], strict=False)]
    happening = Happening(
        mode=mode,
        happened_at=at,
        zone="Europe/London",
        takers=[Taker(by.party), *named],
        subject=subject,
        words=words,
        key=key,
    )
    return timeline.tell(happening, teller=Teller(at=at, by=by))[0]


def says(member: Member, *, at: datetime = NOW) -> Speaker:
    """A member who speaks as themselves."""
    return Speaker.ourselves(member.party, by=member, at=at)


def tells(member: Member, of: Party, *, at: datetime = NOW) -> Speaker:
    """A member who tells what somebody of the other side said."""
    return Speaker.told(of, by=member, at=at)


def promise(
    by: Party, to: Party, *, words: str = "send the new price list", told_by: Member, due_on: date | None = TODAY
) -> Promise:
    theirs = to if by.is_ours else by
    return promises.promise(
        by=by,
        to=to,
        relationship=theirs.relationship,
        words=words,
        made_on=TODAY,
        due_on=due_on,
        teller=Teller(at=NOW, by=told_by),
    )


def line(
    of: Party, *, words: str = "quiet machines at breakfast", told_by: Member, kind: str = LineKind.MATTERS
) -> SideLine:
    return parties.tell_line(
        of.relationship,
        kind=kind,
        words=words,
        said_on=TODAY,
        is_ours=kind == LineKind.WONDER,
        of=of,
        teller=Teller(at=NOW, by=told_by),
    )


def order(party: Party, *, number: str = "", amount: str = "1200", told_by: Member, words: str = "") -> Transaction:
    return exchange.tell_transaction(
        party=party,
        kind="order",
        happened_on=TODAY,
        amount=Decimal(amount),
        currency="GBP",
        number=number,
        words=words,
        teller=Teller(at=NOW, by=told_by),
    )[0]


def concession(by: Party, to: Party, *, words: str = "waived the call-out", told_by: Member) -> Concession:
    theirs = to if by.is_ours else by
    return exchange.concede(
        by=by,
        to=to,
        relationship=theirs.relationship,
        words=words,
        happened_on=TODAY,
        teller=Teller(at=NOW, by=told_by),
    )


def note(by: Member, words: str, *, about: Relationship | None = None, shared_at: datetime | None = None) -> Note:
    """A note as it stands in the notebook, findable by its writer; nothing is read from it."""
    written = Note.objects.create(
        member=by,
        device_id=uuid4(),
        words=words,
        written_at=NOW,
        zone="Europe/London",
        told_at=NOW,
        about=about,
        shared_at=shared_at,
        source=Source.objects.create(kind=SourceKind.NOTE, made_at=NOW),
    )
    party_ids = (about.party_id,) if about else ()
    owner = None if shared_at else by.pk
    search.put(
        search.Entry(kind="note", object_id=written.pk, text=words, member_id=owner, party_ids=party_ids, at=NOW)
    )
    return written


def page_of(member: Member, address: str) -> str:
    """What a member reads at an address."""
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())
