"""Writing a party down by hand, from one form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ampersand.core.folding import fold
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import actions, details
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Because, IdentifierKind, Party, PartyKind, Tie, TieKind


def told_of(party: Party) -> dict[str, str]:
    """What the form starts with."""
    return {"name": party.name, "sort_name": party.sort_name, "kind": party.kind, "language": party.language}


@whole
def write_down(told: dict[str, Any], *, by: Member, at: datetime, party: Party | None = None) -> Party:
    """Write a party down, or more about one. Empty fields say nothing; what was known before stays.

    Of one who was erased meanwhile nothing is written.
    """
    teller = Teller(at=at, by=by)
    if party is not None:
        wait_for_erasure(party.pk)
        party.refresh_from_db(fields=["erased_at"])
    if party is not None and party.erased_at is not None:
        return party
    if party is None:
        party = actions.name_party(told["name"], kind=told["kind"], sort_name=told["sort_name"], teller=teller)
        actions.keep_and_tend(party, because=Because.TYPED, known_at=at, teller=teller, tended_by=by)
    elif (party.name, party.sort_name, party.kind) != (told["name"].strip(), told["sort_name"].strip(), told["kind"]):
        actions.rename(party, name=told["name"], sort_name=told["sort_name"], kind=told["kind"], by=by, at=at)
    for kind in (IdentifierKind.EMAIL, IdentifierKind.PHONE):
        if told[kind.value]:
            actions.tell_identifier(party, kind=kind, value=told[kind.value], teller=teller)
    if told.get("language"):
        details.speak(party, language=told["language"], by=by, at=at)
    if told.get("time_zone"):
        details.set_details([party.pk], label=details.TIME_ZONE, value=told["time_zone"], teller=teller)
    if told["at"].strip():
        _work(party, told["at"].strip(), teller=teller, by=by)
    return party


def _work(party: Party, name: str, *, teller: Teller, by: Member) -> None:
    """Tell where they work: at the organisation of that name if one is known, else a new one."""
    same = [
        organisation
        for organisation in Party.objects.visible_to(by).filter(
            kind=PartyKind.ORGANISATION, now=None, erased_at=None, sort_key=" ".join(fold(name).split())
        )[:2]
        if organisation.pk != party.pk
    ]
    organisation = same[0] if len(same) == 1 else None
    if organisation is None:
        organisation = actions.name_party(name, kind=PartyKind.ORGANISATION, teller=teller)
        known_at = teller.at
        actions.keep_and_tend(organisation, because=Because.PEOPLE, known_at=known_at, teller=teller, tended_by=by)
    if (
        not Tie.objects.standing()
        .filter(kind=TieKind.WORKS_AT, from_party=party, to_party=organisation, until_on=None)
        .exists()
    ):
        actions.works_at(party, organisation, teller=teller)
