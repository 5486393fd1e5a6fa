"""Who of the house is meant by the owner that a row names."""

from __future__ import annotations

from collections import defaultdict

from ampersand.channels.tables import values
from ampersand.core.folding import fold
from ampersand.parties.models import Party


class Ours:
    """The members by name and by e-mail address, asked once: a name that two have says nothing."""

    def __init__(self) -> None:
        self._known: dict[str, set[Party]] = defaultdict(set)
        for party in Party.objects.exclude(member=None).select_related("member"):
            names = (party.member.name, party.member.email) if party.member else ()
            for told in (party.name, *names):
                self._known[fold(told)].add(party)

    def find(self, owner: str, *, email: str = "") -> Party | None:
        """The one member with this address, of this name, or with an address that stands in it."""
        for told in (email, owner, *values.find_emails(owner)):
            found = self._known.get(fold(told.strip()), set()) if told.strip() else set()
            if len(found) == 1:
                return next(iter(found))
        return None
