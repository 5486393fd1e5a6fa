"""Who is told twice, who only looks so, and which addresses several read: what is to be found as doubles, and what not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ampersand.core.models import Source
from ampersand.desk.demo import clock
from ampersand.desk.demo.book import Book
from ampersand.desk.demo.cast import Cast
from ampersand.parties.models import Because, Identifier, Party, TieKind

Truth = dict[str, list[list[str]]]


def bring_in(cast: Cast) -> Truth:
    """Everybody a table told of anew. Answers, by their ids, who are one and wait to be told so, who were told so, and who
    are two whatever they look like."""
    true: Truth = {"same": [], "merged": [], "two": []}
    for told in cast.told["told_twice"]:
        again, known = _told_again(cast, told, like=cast.party(told["of"])), cast.party(told["of"])
        true["merged" if "merged" in told else "same"].append(_ids(again, known))
        if "merged" in told:
            _merge(cast, again, known, told["merged"])
    for told in cast.told["look_alike"]:
        known = cast.party(told["like"])
        true["two"].append(_ids(_told_again(cast, told, like=known), known))
        if "theirs" in told:
            cast.book.detail(known, "birthday", told["theirs"], at=cast.book.founded_at)
    for told in cast.told["shared"]:
        for key in told["of"]:
            cast.book.identifier(cast.party(key), "email", told["email"], at=_at(cast.book, told["since"]))
    return true


def _told_again(cast: Cast, told: dict[str, Any], *, like: Party) -> Party:
    """As a table of people or organisations brings somebody in."""
    book, at = cast.book, _at(cast.book, told["since"])
    source = book.source(told["table"], at=at)
    party = book.party(told["name"], kind=like.kind, at=at, source=source)
    book.relationship(party, at=at, because=Because.TABLE)
    _reach(book, party, told, like=like, at=at, source=source)
    details = told.get("told", {}) | ({"birthday": told["birthday"]} if "birthday" in told else {})
    for label, value in details.items():
        book.detail(party, label, value, at=at, source=source)
    if "org" in told:
        organisation = cast.organisations[told["org"]]
        book.tie(party, TieKind.WORKS_AT, organisation, at=at, role=told["role"]).source = source
    return party


def _reach(book: Book, party: Party, told: dict[str, Any], *, like: Party, at: datetime, source: Source) -> None:
    if "email" in told:
        book.identifier(party, "email", told["email"], at=at, source=source)
    there = [one for one in book.all(Identifier) if one.party is like and one.kind in told["in_common"]]
    for one in there:
        book.identifier(party, one.kind, one.as_told, at=at, source=source)


def _merge(cast: Cast, party: Party, into: Party, told: dict[str, Any]) -> None:
    at, by = _at(cast.book, told["since"]), cast.members[told["by"]]
    cast.book.stands_for(party, into, reason=told["reason"], by=by, at=at)


def _at(book: Book, months_ago: float) -> datetime:
    return clock.at(clock.months_before(book.today, months_ago), 15)


def _ids(*parties: Party) -> list[str]:
    return sorted(str(party.pk) for party in parties)
