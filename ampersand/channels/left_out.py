"""Files that lie among what is brought in and are nothing to bring in: pages, pictures, lists a service keeps for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ampersand.channels.left_out_kinds import why
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.channels.outcomes import Place, Reason
from ampersand.channels.run import Item, Outcome, Run, place_of


class LeftOutLoader:
    """One item a file, each left out with its reason, so that none is passed over in silence."""

    def __init__(self, part: Part, import_: Import) -> None:
        self.part = part

    def count(self) -> int | None:
        return len(self.part.paths)

    def items(self, *, after: int) -> Iterator[Item]:
        for ordinal, path in enumerate(self.part.paths, start=1):
            if ordinal > after:
                name = self.part.name_of(path)
                yield Item(ordinal, place_of(Place(name, 1)), name)

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        return [Outcome(item, Fate.LEFT_OUT, Reason(why(item.payload)).translated()) for item in items]

    def settle(self, *, run: Run) -> None:
        """Nothing came in."""

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        return None
