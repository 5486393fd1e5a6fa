"""Who acts in a demo house once its rows stand, and on which day: days are counted back from its present day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from ampersand.desk.demo import clock
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker


class Hands:
    """The cast as it stands in the tables, each ready to speak on a day."""

    def __init__(self, relationships: Mapping[str, UUID], members: Mapping[str, UUID], *, today: date) -> None:
        known = Relationship.objects.select_related("party").in_bulk(list(relationships.values()))
        us = Member.objects.select_related("party").in_bulk(list(members.values()))
        self._relationships = {key: known[pk] for key, pk in relationships.items()}
        self._members = {name: us[pk] for name, pk in members.items()}
        self.today = today

    def with_(self, key: str) -> Relationship:
        return self._relationships[key]

    def member(self, first_name: str) -> Member:
        return self._members[first_name]

    def day(self, days_ago: int) -> date:
        """So many days ago, or before us where it is below nought: the working day it falls on, or the next."""
        day = self.today - timedelta(days=days_ago)
        return day if days_ago >= 0 else clock.working_day_after(day)

    def at(self, days_ago: int, hour: int = 10) -> datetime:
        return clock.at(self.day(days_ago), hour)

    def us(self, first_name: str, days_ago: int, hour: int = 10) -> Speaker:
        member = self.member(first_name)
        return Speaker.ourselves(member.party, by=member, at=self.at(days_ago, hour))

    def them(self, key: str, days_ago: int, hour: int = 11) -> Speaker:
        return Speaker.themselves(self.with_(key).party, at=self.at(days_ago, hour))

    def told(self, key: str, days_ago: int, *, by: str = "Maya", hour: int = 15) -> Speaker:
        """Their word, written down by one of us."""
        return Speaker.told(self.with_(key).party, by=self.member(by), at=self.at(days_ago, hour))

    def speaker(self, who: str, days_ago: int, *, us: str, them: str) -> Speaker:
        """`who` speaks as the tables of the demo name it: us, them, or told."""
        if who == "us":
            return self.us(us, days_ago)
        return self.them(them, days_ago) if who == "them" else self.told(them, days_ago, by=us)
