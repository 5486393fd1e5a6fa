"""
An offline reader of notes: what happened, with whom, what was promised, given, bought, minded, wondered and
planned.
"""

from ampersand.notebook.reader.book import Book, Known, ListBook
from ampersand.notebook.reader.lists import understood_as_lists
from ampersand.notebook.reader.pieces import Understood
from ampersand.notebook.reader.read import read

__all__ = ["Book", "Known", "ListBook", "Understood", "read", "understood_as_lists"]
