"""`ampersand lab`: trials on files alone, each from the app whose reading it tries."""

from __future__ import annotations

from ampersand.channels.doubles.commands import lab_doubles
from ampersand.notebook.commands import lab
from ampersand.readings.rhythm.commands import lab_rhythm

lab.add_command(lab_doubles)
lab.add_command(lab_rhythm)

__all__ = ["lab"]
