"""Bringing in chats: each message a moment of those who took part, each conversation a thread.

Who is in a chat comes first, one item a name, and then what was said; so a later export of the same chat knows its people
again, and adds only what is new.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from ampersand.channels.chats.lines import Lines
from ampersand.channels.chats.names import Answered
from ampersand.channels.chats.opening import Named, Opened, Written, open_chats
from ampersand.channels.chats.said import LeftOut, Said
from ampersand.channels.chats.who import People
from ampersand.channels.mail.acquaintance import settle_known
from ampersand.channels.material import Part
from ampersand.channels.models import Import, ImportItem
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run, place_of
from ampersand.channels.tables.rejects import neutralise
from ampersand.members.models import House

ABOUT_CHATS = _("It tells who has a part in a chat; what was said stands in the messages beside it.")


class ChatsLoader:
    """Chats, in the order of their files: who has a part in each, then its lines."""

    def __init__(self, part: Part, import_: Import) -> None:
        self.part, self.import_ = part, import_
        self.house = House.objects.get()

    def count(self) -> int | None:
        return sum(1 for _ in self._all())

    def items(self, *, after: int) -> Iterator[Item]:
        for ordinal, (place, payload) in enumerate(self._all(), start=1):
            if ordinal > after:
                yield Item(ordinal, place_of(place), payload)

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        named = [item for item in items if isinstance(item.payload, Named)]
        outcomes = {outcome.item.ordinal: outcome for outcome in self.people.load(named, run)}
        self.people.recall()
        outcomes |= {outcome.item.ordinal: outcome for outcome in self.lines.load(items, run)}
        return [outcomes[item.ordinal] for item in items]

    def settle(self, *, run: Run) -> None:
        settle_known(run=run)

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        """Where each rejected line stands, why, and what it says."""
        reasons = {item.ordinal: item.reason for item in rejected}
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow([gettext("Where it stands"), gettext("Why it was rejected"), gettext("What stands there")])
        for item in self.items(after=min(reasons) - 1):
            if item.ordinal in reasons:
                table.writerow(map(neutralise, (item.place, reasons[item.ordinal], _shown(item.payload))))
        return text.getvalue().encode("utf-8-sig")

    @cached_property
    def opened(self) -> list[Opened]:
        orders = Answered.of(self.import_.mapping).orders
        return list(open_chats(self.part, self.import_, self.house, orders=orders))

    @cached_property
    def people(self) -> People:
        return People(self.import_, self.house, self.opened)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.part, self.import_, self.people, self.opened)

    def _all(self) -> Iterator[tuple[Place, Any]]:
        met: set[str] = set()
        seen: Counter[tuple[str, ...]] = Counter()
        for opened in self.opened:
            for said in opened.chat.said:
                for who in (said.speaker, *said.to):
                    if who.key not in met:
                        met.add(who.key)
                        yield said.place, Named(who, self.lines.instant(said))
            for line in opened.chat.lines:
                if isinstance(line, Said):
                    alike = (opened.chat.number or opened.name, line.speaker.key, line.at.isoformat()[:16], line.same)
                    seen[alike] += 1
                    yield line.place, Written(opened, line, seen[alike])
                else:
                    yield line.place, Written(opened, line)
        told = {opened.path for opened in self.opened}
        for path in self.part.paths:
            if path not in told:
                name = self.part.name_of(path)
                yield Place(name, 1), LeftOut(Place(name, 1), Reason(ABOUT_CHATS), name)


def _shown(payload: Any) -> str:
    """What stood there, for the file that is handed back."""
    if isinstance(payload, Named):
        return payload.speaker.name
    line = payload.line if isinstance(payload, Written) else payload
    if isinstance(line, Said):
        return f"{line.speaker.name}: {line.words}"
    return line.what if isinstance(line, (LeftOut, Rejected)) else ""
