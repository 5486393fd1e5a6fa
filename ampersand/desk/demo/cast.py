"""Who is in the story: read from cast.toml, brought into a book."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ampersand.core.folding import folded_words
from ampersand.desk.demo import clock
from ampersand.desk.demo.book import Book
from ampersand.members.models import House, HouseDomain, HouseName, Member, Team, TeamMembership
from ampersand.parties.models import Because, ClosedTo, IdentifierKind, Party, PartyKind, Relationship, TieKind

HERE = Path(__file__).parent
MONTHS = 43


@dataclass(frozen=True)
class Person:
    """One person of the cast, as told in cast.toml, with the rows they became."""

    key: str
    told: dict[str, Any]
    party: Party
    relationship: Relationship
    organisation: Party | None
    trade: str
    us: tuple[Member, ...]
    began_on: date

    @property
    def first(self) -> str:
        """What one calls them."""
        return self.party.name.split()[0]

    @property
    def parted_on(self) -> date | None:
        return self.told.get("parted_on")


class Cast:
    """The house, its members, and everybody around it."""

    def __init__(self, book: Book, told: dict[str, Any]) -> None:
        self.book = book
        self.told = told
        self.members: dict[str, Member] = {}
        self.member_parties: dict[str, Party] = {}
        self.organisations: dict[str, Party] = {}
        self.relationships: dict[str, Relationship] = {}
        self.people: dict[str, Person] = {}
        self.communities: dict[str, Party] = {}
        self.teams: dict[str, Team] = {}

    def ours(self, first_name: str) -> Party:
        """A member as somebody who took part."""
        return self.member_parties[first_name]

    def party(self, key: str) -> Party:
        return self.people[key].party if key in self.people else (self.organisations | self.communities)[key]


def read() -> dict[str, Any]:
    return tomllib.loads((HERE / "cast.toml").read_text(encoding="utf-8"))


def bring_in(book: Book) -> Cast:
    """The house with its members, and everybody of the cast with their ties, addresses and who tends them."""
    cast = Cast(book, read())
    found_house(cast)
    for told in cast.told["organisations"]:
        _organisation(cast, told)
    for told in cast.told["people"]:
        _person(cast, told)
    for told in cast.told["communities"]:
        _community(cast, told)
    _own_words(cast)
    for one, kind, other in cast.told["ties"]:
        book.tie(cast.party(one), kind, cast.party(other), at=book.founded_at, from_on=None)
    _close_two(cast)
    return cast


def found_house(cast: Cast) -> None:
    """The house itself, its names, domains, members and teams; each member is a party too."""
    book, told = cast.book, cast.told
    house = book.add(
        House(
            id=1,
            name=told["house"],
            currency="GBP",
            time_zone=clock.ZONE.key,
            language="en",
            country="GB",
            founded_at=book.founded_at,
        )
    )
    for name in told["legal_names"]:
        book.add(HouseName(house=house, name=name))
    for domain in told["domains"]:
        book.add(HouseDomain(house=house, domain=domain))
    book.party(told["house"], kind=PartyKind.ORGANISATION, at=book.founded_at, is_house=True)
    for member in told["members"]:
        _member(cast, member)


def _member(cast: Cast, told: dict[str, Any]) -> None:
    book = cast.book
    joined_at = clock.at(clock.months_before(book.today, told["since"]), 9)
    first = told["name"].split()[0]
    email = f"{_mailbox(first)}@{cast.told['domains'][0]}"
    # No password: the demo house is entered by a one-time link.
    member = book.add(
        Member(
            id=book.id(joined_at),
            email=email,
            name=told["name"],
            role=told["role"],
            joined_at=joined_at,
            password=f"!{book.id(joined_at).hex}",
        )
    )
    cast.members[first] = member
    cast.member_parties[first] = book.party(told["name"], kind=PartyKind.PERSON, at=joined_at, member=member)
    book.identifier(cast.member_parties[first], IdentifierKind.EMAIL, email, at=joined_at)
    for name in told["teams"]:
        team = cast.teams.get(name) or book.add(Team(id=book.id(joined_at), name=name))
        cast.teams[name] = team
        book.add(TeamMembership(team=team, member=member, since=joined_at))


def _organisation(cast: Cast, told: dict[str, Any]) -> None:
    book = cast.book
    at = clock.at(clock.months_before(book.today, told["since"]), 10)
    party = book.party(told["name"], kind=PartyKind.ORGANISATION, at=at)
    cast.organisations[told["key"]] = party
    because = Because.TRADE if told.get("monthly") else Because.PEOPLE
    cast.relationships[told["key"]] = book.relationship(party, at=at, because=because)
    book.identifier(party, IdentifierKind.DOMAIN, told["domain"], at=at)
    book.identifier(party, IdentifierKind.URL, f"https://www.{told['domain']}", at=at)
    _place(book, party, told, at=at)
    if told.get("until"):
        ended = clock.months_before(book.today, told["until"])
        book.detail(party, "closed", f"{ended:%B %Y}", at=clock.at(ended, 12))


def _person(cast: Cast, told: dict[str, Any]) -> None:
    book = cast.book
    began_on = clock.working_day_after(clock.months_before(book.today, told["since"]))
    at = clock.at(began_on, 10)
    party = book.party(
        told["name"], kind=PartyKind.PERSON, at=at, sort_name=told.get("sort", ""), language=told.get("language", "")
    )
    organisation = cast.organisations.get(told.get("org", ""))
    because = Because.WE_WROTE if told.get("never_answers") else Because.WROTE_BOTH_WAYS
    relationship = book.relationship(party, at=at, because=because)
    trades = {org["key"]: org for org in cast.told["organisations"]}
    org = trades.get(told.get("org", ""), told)
    parted_on = clock.working_day_before(clock.months_before(book.today, told["parted"])) if "parted" in told else None
    person = Person(
        key=told["key"],
        told=told | {"parted_on": parted_on},
        party=party,
        relationship=relationship,
        organisation=organisation,
        trade=org["trade"],
        us=tuple(cast.members[name] for name in told["us"]),
        began_on=began_on,
    )
    cast.people[told["key"]] = person
    _reach(book, person, org, at=at)
    _place(book, party, org, at=at)
    if organisation:
        book.tie(party, TieKind.WORKS_AT, organisation, at=at, role=told["role"], from_on=None, until_on=parted_on)
    for member in person.us:
        joined_on = member.joined_at.date()
        book.tend(relationship, member, on=max(began_on, joined_on), until_on=parted_on)


def _reach(book: Book, person: Person, org: dict[str, Any], *, at: Any) -> None:
    """An address, and a telephone number made of Ofcom's numbers for drama."""
    number = len(book.all(Relationship))
    mailbox = _mailbox(person.told.get("sort") or person.party.name)
    book.identifier(person.party, IdentifierKind.EMAIL, f"{mailbox}@{org.get('domain', 'post.example')}", at=at)
    book.identifier(person.party, IdentifierKind.PHONE, f"07700 900{number:03d}", at=at)


def _place(book: Book, party: Party, told: dict[str, Any], *, at: Any) -> None:
    book.detail(party, "city", told["city"], at=at)
    book.detail(party, "country", told.get("country", "United Kingdom"), at=at)


def _community(cast: Cast, told: dict[str, Any]) -> None:
    book = cast.book
    at = book.founded_at + timedelta(days=400)
    party = book.party(told["name"], kind=PartyKind.COMMUNITY, at=at)
    cast.communities[told["key"]] = party
    cast.relationships[told["key"]] = book.relationship(party, at=at, because=Because.NOTE)
    book.tie(party, TieKind.MEMBER_OF, cast.organisations[told["of"]], at=at)


def _own_words(cast: Cast) -> None:
    """What the house says of them in words of its own, and the searches it keeps at hand."""
    book = cast.book
    for told in cast.told["own_words"]:
        at, by = clock.at(clock.months_before(book.today, told["since"]), 16), cast.members[told["by"]]
        for key in told["of"]:
            if "tag" in told:
                book.tag(cast.party(key), told["tag"], at=at, by=by)
            else:
                book.detail(cast.party(key), told["label"], told["value"], at=at)
    for told in cast.told["searches"]:
        at = clock.at(clock.months_before(book.today, told["since"]), 16, 30)
        asked, by = told["asked"], cast.members[told["by"]]
        book.saved_search(by, told["name"], asked, at=at, shared=told.get("shared", False))


def _close_two(cast: Cast) -> None:
    """The bank is for the team Accounts; whoever would buy the house is for Ruth alone. Maya sees neither."""
    book = cast.book
    for key in ("martin", "bank"):
        _close(cast, key, on=clock.months_before(book.today, 30), team=cast.teams["Accounts"])
    for key in ("victoria", "larkfield"):
        _close(cast, key, on=clock.months_before(book.today, 8))


def _close(cast: Cast, key: str, *, on: date, team: Team | None = None) -> None:
    """As the action does it: whoever closes a relationship stays inside."""
    book, ruth, at = cast.book, cast.members["Ruth"], clock.at(on, 18)
    relationship = cast.people[key].relationship if key in cast.people else cast.relationships[key]
    relationship.closed_at = at
    book.add(ClosedTo(id=book.id(at), relationship=relationship, member=ruth, told_at=at, told_by=ruth))
    if team:
        book.add(ClosedTo(id=book.id(at), relationship=relationship, team=team, told_at=at, told_by=ruth))


def _mailbox(name: str) -> str:
    return ".".join(folded_words(name)) or "post"
