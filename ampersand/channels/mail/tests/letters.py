"""Plain helpers: a mail as bytes, and the same as read."""

from __future__ import annotations

from ampersand.channels.mail import parse
from ampersand.channels.mail.parse import Mail

USUAL = {
    "From": "Ana Mill <ana@mill.example>",
    "To": "bo@harbour.example",
    "Date": "Tue, 5 Mar 2024 10:00:00 +0100",
    "Subject": "Beans",
    "Message-ID": "<one@mill.example>",
}


def raw(body: str | bytes = "Twenty kilos, please.\n", /, **headers: str | None) -> bytes:
    """A mail from Ana to Bo. Keywords change a header (underscore for dash), None leaves it out."""
    changed = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    usual = {name: value for name, value in USUAL.items() if name.lower() not in changed}
    lines = [f"{name}: {value}" for name, value in {**usual, **changed}.items() if value is not None]
    text = body.encode() if isinstance(body, str) else body
    return "\n".join(lines).encode("utf-8", "surrogateescape") + b"\n\n" + text


def mail(body: str | bytes = "Twenty kilos, please.\n", /, **headers: str | None) -> Mail:
    found = parse.read_bytes(raw(body, **headers))
    assert isinstance(found, Mail), found
    return found


def codes(found: Mail) -> set[str]:
    return {note.code for note in found.notes}
