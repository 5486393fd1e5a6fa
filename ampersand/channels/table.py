"""The table of channels: which loader reads which kind. A new channel is one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ampersand.channels.calendar.load import CalendarLoader
from ampersand.channels.contacts.load import ContactsLoader
from ampersand.channels.mail.load import MailLoader
from ampersand.channels.material import Part
from ampersand.channels.models import Import, ImportKind
from ampersand.channels.run import Loader
from ampersand.channels.tables.load import TableLoader

LOADERS: dict[str, Callable[[Part, Import], Loader]] = {
    ImportKind.MAIL: MailLoader,
    ImportKind.CALENDAR: CalendarLoader,
    ImportKind.CONTACTS: ContactsLoader,
    ImportKind.PEOPLE: TableLoader,
    ImportKind.ORGANISATIONS: TableLoader,
    ImportKind.MOMENTS: TableLoader,
    ImportKind.TRANSACTIONS: TableLoader,
}


def loaders(parts: Sequence[Part], import_: Import) -> list[Loader]:
    """A loader for each part of an import, in their order."""
    return [LOADERS[part.kind](part, import_) for part in parts]
