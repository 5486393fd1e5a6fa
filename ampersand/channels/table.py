"""The table of channels: which loader reads which kind. A new channel is one line here.

Loaders are named and not imported: what reads calendars need not be there for a page to open.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.module_loading import import_string

from ampersand.channels.material import Part
from ampersand.channels.models import Import, ImportKind
from ampersand.channels.run import Loader

LOADERS: dict[str, str] = {
    ImportKind.MAIL: "ampersand.channels.mail.load.MailLoader",
    ImportKind.CALENDAR: "ampersand.channels.calendar.load.CalendarLoader",
    ImportKind.CONTACTS: "ampersand.channels.contacts.load.ContactsLoader",
    ImportKind.PEOPLE: "ampersand.channels.tables.load.TableLoader",
    ImportKind.ORGANISATIONS: "ampersand.channels.tables.load.TableLoader",
    ImportKind.MOMENTS: "ampersand.channels.tables.load.TableLoader",
    ImportKind.TRANSACTIONS: "ampersand.channels.tables.load.TableLoader",
    ImportKind.OFFERS: "ampersand.channels.tables.load.TableLoader",
    ImportKind.NOTES: "ampersand.channels.tables.load.TableLoader",
    ImportKind.CHATS: "ampersand.channels.chats.load.ChatsLoader",
    ImportKind.EXPORT: "ampersand.channels.crm_exports.monica_json.load.MonicaLoader",
    ImportKind.OTHER: "ampersand.channels.left_out.LeftOutLoader",
}


def loaders(parts: Sequence[Part], import_: Import) -> list[Loader]:
    """A loader for each part of an import, in their order."""
    return [import_string(LOADERS[part.kind])(part, import_) for part in parts]
