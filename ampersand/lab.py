"""`ampersand lab`: trials on files alone, each from the app whose reading it tries."""

from __future__ import annotations

from ampersand.channels.doubles.commands import lab_doubles
from ampersand.notebook.commands import lab

lab.add_command(lab_doubles)

__all__ = ["lab"]
