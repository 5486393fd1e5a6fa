"""Bringing in mail: mailboxes and folders of mails become moments, with who wrote to whom and in which thread."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path

from ampersand.channels.mail import batch, boxes, conversations, internal, parse, telling
from ampersand.channels.mail.acquaintance import settle_known
from ampersand.channels.mail.batch import Enclosed, Met
from ampersand.channels.mail.boxes import Place
from ampersand.channels.mail.parse import Mail
from ampersand.channels.material import Part
from ampersand.channels.models import Import, ImportItem
from ampersand.channels.run import Item, Outcome, Run
from ampersand.members.models import House, MailBodies

# Counting reads every file once: worth it for a bar that moves, but not for a mailbox of many years.
COUNTED_BYTES = 512 << 20
PATH_LETTERS = 260
WITHIN_FILE = re.compile(r"(?s)(?P<path>.+) #(?P<number>\d+) @(?P<offset>\d+)")


class MailLoader:
    """Reads mailboxes, folders and single mails, and tells of each mail that a person wrote."""

    def __init__(self, part: Part, import_: Import) -> None:
        self._import = import_
        self._files = [(part.name_of(path), path) for path in part.paths if not boxes.is_bookkeeping(path)]

    def count(self) -> int | None:
        if sum(path.lstat().st_size for _, path in self._files) > COUNTED_BYTES:
            return None
        return sum(1 for _ in self._boxed(None))

    def items(self, *, after: int) -> Iterator[Item]:
        aside = self._room_for_files() if House.objects.get().mail_bodies == MailBodies.FULL else None
        place = self._place_of(after) if after else None
        with_unwanted = bool((self._import.mapping or {}).get("with_unwanted"))
        boxed = self._boxed(place)
        if after and place is None:
            for _ in range(after):
                next(boxed, None)
        for ordinal, item in enumerate(boxed, start=after + 1):
            found = parse.read(item, present=self._import.began_at, with_unwanted=with_unwanted)
            yield Item(ordinal, place_words(item.place), _met(found, aside=aside, ordinal=ordinal))

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        outcomes = batch.load(items, run=run)
        for item in items:
            for one in item.payload.enclosed:
                one.path.unlink(missing_ok=True)
        return outcomes

    def settle(self, *, run: Run) -> None:
        internal.leave_out(run=run)
        conversations.settle(source_id=run.import_.source_id)
        settle_known(run=run)

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        return None

    def _room_for_files(self) -> Path:
        folder = tempfile.mkdtemp(prefix="ampersand-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    def _boxed(self, after: Place | None) -> Iterator[boxes.Item]:
        names = [name for name, _ in self._files]
        start = names.index(after.path) if after else 0
        for name, path in self._files[start:]:
            yield from boxes.read_file(path, name, after=after if after and name == after.path else None)

    def _place_of(self, ordinal: int) -> Place | None:
        """Where the item of this number stands, from the ledger; None where it does not say for sure."""
        lines = self._import.items.filter(ordinal=ordinal).values_list("place", flat=True)
        names = {name for name, _ in self._files}
        found = [place for line in lines if (place := read_place(line)).path in names]
        return found[0] if len(found) == 1 else None


def _met(found: parse.Mail | parse.Rejected, *, aside: Path | None, ordinal: int) -> Met:
    """A mail without the bytes of its files, of which a batch might hold more than memory does."""
    if not isinstance(found, Mail) or not found.attachments:
        return Met(found, telling.read(found) if isinstance(found, Mail) else None)
    read = telling.read(found)
    return Met(found.without_files(), read, _put_aside(found, aside, ordinal) if aside else ())


def _put_aside(mail: Mail, folder: Path, ordinal: int) -> list[Enclosed]:
    enclosed = []
    for number, one in enumerate(mail.attachments):
        path = folder / f"{ordinal}-{number}"
        path.write_bytes(one.read())
        enclosed.append(Enclosed(one.name, one.content_type, path))
    return enclosed


def place_words(place: Place) -> str:
    """A place as the ledger and the facts tell it.

    >>> place_words(Place("2024.mbox", 5321, 2)), place_words(Place("a/one.eml"))
    ('2024.mbox #3 @5321', 'a/one.eml')
    """
    path = place.path if len(place.path) <= PATH_LETTERS else f"…{place.path[-PATH_LETTERS:]}"
    return f"{path} #{place.ordinal + 1} @{place.offset}" if place.ordinal or place.offset else path


def read_place(words: str) -> Place:
    """The place that these words told.

    >>> read_place("2024.mbox #3 @5321")
    Place(path='2024.mbox', offset=5321, ordinal=2)
    """
    found = WITHIN_FILE.fullmatch(words)
    return Place(found["path"], int(found["offset"]), int(found["number"]) - 1) if found else Place(words)
