"""A few parties everybody in the tests of the reader knows, and one way to read a note of theirs."""

from __future__ import annotations

from datetime import datetime

from ampersand.notebook.reader import Known, ListBook, Understood, read

# A Tuesday.
TUESDAY = datetime.fromisoformat("2026-10-06T10:52:00+01:00")

ALDER = Known("alder", "Alder Hotels", "organization", aliases=("Alder",))
QUAY = Known("quay", "Quay Street Bakery", "organization")
MERIDIAN = Known("meridian", "Meridian Freight", "organization")
JANE = Known("jane", "Jane Okafor", organisation_id="alder", organisation="Alder Hotels")
SAMI = Known("sami", "Sami Haddad", organisation_id="alder", organisation="Alder Hotels")
SAMIR = Known("samir", "Samir Qureshi", organisation_id="quay", organisation="Quay Street Bakery")
NADIA = Known("nadia", "Nadia Rahman", organisation_id="quay", organisation="Quay Street Bakery")
OTHER_JANE = Known("other-jane", "Jane Prior", organisation_id="meridian", organisation="Meridian Freight")
DEV = Known("dev", "Dev Anand", organisation_id="meridian", organisation="Meridian Freight")
EVERYBODY = (ALDER, QUAY, MERIDIAN, JANE, SAMI, SAMIR, NADIA, OTHER_JANE, DEV)


def understand(
    words: str, *, at: datetime = TUESDAY, about: Known | None = None, parties: tuple[Known, ...] = EVERYBODY
) -> Understood:
    return read(
        words,
        written_at=at,
        author="Maya Lindqvist",
        colleagues=["Tom Baker", "Pavel Novak"],
        book=ListBook(parties),
        about=about,
    )
