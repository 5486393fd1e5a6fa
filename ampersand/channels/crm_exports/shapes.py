"""What an export of another program looks like: by which headings it is known, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ampersand.channels.tables import words
from ampersand.channels.tables.meanings import Kind, Meaning


@dataclass(frozen=True, slots=True)
class Told:
    """What a column means, how its cells are written (`tables.forms`), and what the book calls what it brings.

    `unless`: another heading that says the same better.
    """

    meaning: Meaning
    form: str = ""
    label: str = ""
    unless: str = ""


Columns = Mapping[str, Told]


@dataclass(frozen=True)
class Shape:
    """One table of one program. It is known by the headings of any of the sets in `by`.

    `left_out` is why nothing of it is brought in. `names` are the headings of a user's number and name, where the table
    tells who the users of that system are. `mode` is how people met where a row does not say it.
    """

    program: str
    table: str
    kind: Kind
    by: tuple[frozenset[str], ...]
    columns: Columns = field(default_factory=dict)
    left_out: str = ""
    names: tuple[str, ...] = ()
    mode: str = ""

    @property
    def known_as(self) -> str:
        return f"{self.program}: {self.table}"

    def fits(self, headings: frozenset[str]) -> int:
        """How many headings it knows, if these are those of such a table; 0 if they are not."""
        if not any(together <= headings for together in self.by):
            return 0
        return len(headings & set(self.columns)) + max(len(together) for together in self.by if together <= headings)

    def column(self, header: str, headings: frozenset[str]) -> Told | None:
        told = self.columns.get(squeezed(header))
        return Told(Meaning.IGNORE) if told and told.unless and told.unless in headings else told


def squeezed(header: str) -> str:
    """A heading as plain words without spaces: BILLINGSTREET, BillingStreet and "Billing Street" are one.

    >>> squeezed("Billing Street"), squeezed("BILLINGSTREET"), squeezed("Contact Owner.id")
    ('billingstreet', 'billingstreet', 'contactownerid')
    """
    return words.plain(header).replace(" ", "")


def headings(told: Iterable[str]) -> frozenset[str]:
    return frozenset(map(squeezed, told))


def by(*sets: str) -> tuple[frozenset[str], ...]:
    """Sets of headings, each with a comma between them."""
    return tuple(headings(one.split(",")) for one in sets)


def column(meaning: Meaning, told: str, *, form: str = "", label: str = "", unless: str = "") -> dict[str, Told]:
    """All these headings, a comma between them, mean the same."""
    means = Told(meaning, form, label, squeezed(unless) if unless else "")
    return {squeezed(header): means for header in told.split(",")}


def columns(*told: Mapping[str, Told]) -> Columns:
    return {header: means for one in told for header, means in one.items()}
