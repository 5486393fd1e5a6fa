"""The snapshot: the facts that readings rest on, as Parquet files beside the book, for the engines that read it whole.

`taking` brings it up to a time and holds it while it is read. `lines` and `touched` say what changed since it was last
made, `writing` writes the files of what did, `manifest` says which files are the snapshot.
"""

from __future__ import annotations

from ampersand.readings.snapshot.manifest import Manifest, Snapshot
from ampersand.readings.snapshot.taking import taken, taken_apart

__all__ = ["Manifest", "Snapshot", "taken", "taken_apart"]
