"""What holds for every page a visitor sees: whose it is, in which language, and what a browser may keep of it."""

from __future__ import annotations

COOKIE = "ampersand_between"
