"""Content lines: the grammar that calendars (.ics, .vcs) and address cards (.vcf) share, read tolerantly.

Works on bytes, because programs fold lines in the middle of a letter and write single lines in other encodings.
Nothing here fails: what cannot be a property line is taken as the continuation of the one before it, as that is
what unfolded text looks like.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ampersand.channels import encodings

MAX_DEPTH = 8

_LINE_BREAK = re.compile(rb"\r*\n|\r")
_PROPERTY = re.compile(rb"^\s*(?:([A-Za-z0-9_-]+)\.)?([A-Za-z][A-Za-z0-9_-]*)\s*[;:]")
_QUOTED_PRINTABLE = re.compile(rb"^[^:]*;\s*(?:ENCODING=)?\"?QUOTED-PRINTABLE\"?[;:]", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,:nN\"])")
_CARET = re.compile(r"\^([n^'])")
_BARE_ENCODINGS = {"BASE64", "B", "QUOTED-PRINTABLE", "8BIT", "7BIT"}
# Their values never hold a colon before the time itself, while Exchange writes TZID=(GMT-05:00) unquoted.
_DATED = {"DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"}
_LOWERCASE_NAMES = {
    b"BEGIN", b"END", b"VERSION", b"N", b"FN", b"ORG", b"EMAIL", b"TEL", b"ADR", b"URL", b"UID", b"NOTE", b"TITLE",
    b"SUMMARY", b"DTSTART", b"DTEND", b"DTSTAMP", b"DURATION", b"DESCRIPTION", b"LOCATION", b"RRULE", b"EXDATE",
    b"RDATE", b"ATTENDEE", b"ORGANIZER", b"STATUS", b"METHOD", b"PRODID", b"CALSCALE", b"TZID", b"BDAY", b"PHOTO",
    b"CATEGORIES", b"SEQUENCE", b"RECURRENCE-ID", b"KIND", b"NICKNAME", b"REV", b"ROLE", b"CLASS", b"CREATED",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property: `value` still has its backslashes, its letters are decoded (quoted-printable undone)."""

    name: str
    value: str
    params: dict[str, tuple[str, ...]]
    group: str
    line: int

    def param(self, name: str) -> str:
        values = self.params.get(name, ())
        return values[0] if values else ""

    @property
    def types(self) -> set[str]:
        """The TYPE words in lower case, those of vCard 2.1 that stand bare among them."""
        return {word.strip().lower() for value in self.params.get("TYPE", ()) for word in value.split(",")}

    @property
    def text(self) -> str:
        return unescape(self.value).strip()

    def parts(self, separator: str = ";") -> list[str]:
        return [unescape(part).strip() for part in split_unescaped(self.value, separator)]

    def binary(self) -> bytes | None:
        """The bytes of a base64 value, or of a data: address; None where it is neither."""
        is_address = self.value[:5].lower() == "data:" and "base64" in self.value[:100]
        if not is_address and self.param("ENCODING").upper() not in {"B", "BASE64"}:
            return None
        encoded = self.value.partition("base64")[2] if is_address else self.value
        compact = re.sub(r"[^A-Za-z0-9+/]", "", encoded)
        try:
            return base64.b64decode(compact + "=" * (-len(compact) % 4))
        except binascii.Error:
            return None


@dataclass
class Component:
    """What stands between BEGIN and END; `is_closed` is False where END never came."""

    name: str
    line: int
    fallback: str = "cp1252"
    raw_lines: list[tuple[int, bytes]] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    is_closed: bool = False

    @cached_property
    def lines(self) -> list[ContentLine]:
        parsed = (read_line(raw, line, fallback=self.fallback) for line, raw in self.raw_lines)
        return [line for line in parsed if line is not None]

    @cached_property
    def _by_name(self) -> dict[str, list[ContentLine]]:
        named: dict[str, list[ContentLine]] = {}
        for line in self.lines:
            named.setdefault(line.name, []).append(line)
        return named

    @cached_property
    def labels(self) -> dict[str, str]:
        """What a person called each group of lines (Apple writes item1.X-ABLabel beside item1.TEL)."""
        return {line.group: line.text for line in reversed(self.all("X-ABLABEL")) if line.group}

    def all(self, name: str) -> list[ContentLine]:
        return self._by_name.get(name, [])

    def find(self, name: str) -> ContentLine | None:
        lines = self._by_name.get(name)
        return lines[0] if lines else None

    def text(self, name: str) -> str:
        line = self.find(name)
        return line.text if line else ""

    def first_words(self) -> str:
        """A short line by which a person may recognise what stood here."""
        told = next((line.text for line in self.lines if line.name != "VERSION" and line.text), self.name.title())
        return "".join(letter for letter in told.partition("\n")[0][:80] if letter.isprintable())


def read_components(content: bytes) -> Iterator[Component]:
    """Yield the outermost components in order. Lines outside any component come as one nameless component."""
    content = as_ascii_based(content)
    fallback = "cp1252" if encodings.reads_as_utf8(content) else encodings.guess_legacy(content)
    stack: list[Component] = []
    stray = Component("", 1, fallback)
    for line, raw in unfold(content):
        head = raw[:6].lstrip().upper()
        if head.startswith(b"BEGIN:"):
            yield from _open(stack, Component(_name_after_colon(raw), line, fallback))
        elif head.startswith(b"END:") and stack:
            yield from _close(stack, _name_after_colon(raw))
        elif stack:
            stack[-1].raw_lines.append((line, raw))
        elif not head.startswith(b"END:"):
            stray.raw_lines.append((line, raw))
    if stack:
        yield stack[0]
    if stray.raw_lines:
        stray.line = stray.raw_lines[0][0]
        yield stray


def _name_after_colon(raw: bytes) -> str:
    return raw.partition(b":")[2].strip().decode("ascii", "replace").upper()


def _open(stack: list[Component], component: Component) -> Iterator[Component]:
    """Begin a component. One of the same name inside itself means that the first was never closed."""
    is_agent = component.name == "VCARD" and bool(stack) and _ends_in_agent(stack[-1])
    while stack and not is_agent and any(parent.name == component.name for parent in stack):
        yield from _pop(stack)
    while len(stack) >= MAX_DEPTH:
        yield from _pop(stack)
    if stack:
        stack[-1].components.append(component)
    stack.append(component)


def _close(stack: list[Component], name: str) -> Iterator[Component]:
    """End the named component, and what inside it was left open. An END of nothing is passed over."""
    depth = next((index for index in range(len(stack) - 1, -1, -1) if stack[index].name == name), None)
    if depth is None:
        return
    stack[depth].is_closed = True
    while len(stack) > depth:
        yield from _pop(stack)


def _pop(stack: list[Component]) -> Iterator[Component]:
    component = stack.pop()
    if not stack:
        yield component


def _ends_in_agent(component: Component) -> bool:
    return bool(component.raw_lines) and component.raw_lines[-1][1].lstrip().upper().startswith(b"AGENT")


def as_ascii_based(content: bytes) -> bytes:
    """UTF-16 and UTF-32 rewritten as UTF-8, so that lines can be found as bytes; a byte order mark taken off."""
    marked = encodings.by_its_mark(content)
    return content.decode(marked, "replace").encode("utf-8") if marked else content


def unfold(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each whole property line with the number of its first line in the file."""
    pieces: list[bytes] = []
    started, last_size, is_soft, is_quoted = 1, 0, False, False
    fold_size = 1
    physical = _LINE_BREAK.split(content)
    for number, line in enumerate(physical, start=1):
        if is_soft:
            pieces[-1] = pieces[-1].rstrip()[:-1]
            pieces.append(line)
        elif line[:1] in (b" ", b"\t") and not (_is_frame(pieces) and _is_property(line)):
            pieces.append(line[fold_size:])
        elif _is_property(line) or _is_cut_before_colon(line, physical[number : number + 1]):
            if pieces:
                yield started, b"".join(pieces)
            pieces, started = [line], number
            if line[:8].upper() == b"VERSION:":
                # vCard 2.1 and vCalendar 1.0 fold at a space and keep it; their successors put in one more.
                fold_size = 0 if line[8:].strip() in {b"2.1", b"1.0"} else 1
            is_quoted = bool(_QUOTED_PRINTABLE.match(line))
        elif line.strip():
            # A long line cut without the space was folded; a short one was a paragraph with its own line end.
            pieces.append(line if last_size >= 70 else b"\n" + line)
        last_size = len(line)
        is_soft = is_quoted and line.rstrip().endswith(b"=")
    if pieces:
        yield started, b"".join(pieces)


def _is_frame(pieces: list[bytes]) -> bool:
    """Whether the line so far is a BEGIN or END, which nothing continues: what is indented below is just indented."""
    return bool(pieces) and pieces[0][:6].lstrip().upper().startswith((b"BEGIN:", b"END:"))


def _is_cut_before_colon(line: bytes, following: list[bytes]) -> bool:
    """Early Mozilla folded between the name and the colon."""
    return (
        line.isupper()
        and line.replace(b"-", b"").isalpha()
        and following[0:1] != []
        and (following[0][:2] in {b" :", b" ;", b"\t:", b"\t;"})
    )


def _is_property(line: bytes) -> bool:
    match = _PROPERTY.match(line)
    if match is None:
        return False
    name = match[2]
    return name.isupper() or name[:2].upper() == b"X-" or name.upper() in _LOWERCASE_NAMES


def read_line(raw: bytes, line: int, *, fallback: str) -> ContentLine | None:
    match = _PROPERTY.match(raw)
    if match is None:
        return None
    name = match[2].decode("ascii").upper()
    head, value = _split_head(raw, name)
    params = _read_params(encodings.decode(head, fallback=fallback))
    charset = params.get("CHARSET", (fallback,))[0]
    if params.get("ENCODING", ("",))[0].upper() == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    group = (match[1] or b"").decode("ascii").lower()
    return ContentLine(name, encodings.decode(value, fallback=charset), params, group, line)


def _split_head(raw: bytes, name: str) -> tuple[bytes, bytes]:
    """Part the parameters from the value at the first colon outside quotes, mending two well-known slips."""
    if name in _DATED:
        head, _, value = raw.rpartition(b":")
        return head, value
    if name in {"ATTENDEE", "ORGANIZER"}:
        at = raw.lower().find(b":mailto:")
        if at >= 0:
            return raw[:at], raw[at + 1 :]
    is_quoted = False
    for index, byte in enumerate(raw):
        if byte == 0x22:
            is_quoted = not is_quoted
        elif byte == 0x3A and not is_quoted:
            return raw[:index], raw[index + 1 :]
    head, _, value = raw.partition(b":")
    return head, value


def _read_params(head: str) -> dict[str, tuple[str, ...]]:
    params: dict[str, tuple[str, ...]] = {}
    for part in _split_outside_quotes(head, ";")[1:]:
        name, has_value, value = part.partition("=")
        name = name.strip().upper()
        if not has_value:
            name, value = ("ENCODING" if name in _BARE_ENCODINGS else "TYPE"), name
        values = tuple(_unquote(piece) for piece in _split_outside_quotes(value, ","))
        params[name] = params.get(name, ()) + values
    return params


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    if '"' not in text:
        return text.split(separator)
    pieces, start, is_quoted = [], 0, False
    for index, letter in enumerate(text):
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == separator and not is_quoted:
            pieces.append(text[start:index])
            start = index + 1
    return [*pieces, text[start:]]


def _unquote(value: str) -> str:
    """Take off quotes and undo the caret escapes of RFC 6868."""
    value = value.strip().strip('"')
    return _CARET.sub(lambda found: {"n": "\n", "^": "^", "'": '"'}[found[1]], value) if "^" in value else value


def unescape(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def split_unescaped(value: str, separator: str) -> list[str]:
    if "\\" not in value:
        return value.split(separator)
    pieces, start, index = [], 0, 0
    while index < len(value):
        if value[index] == "\\":
            index += 1
        elif value[index] == separator:
            pieces.append(value[start:index])
            start = index + 1
        index += 1
    return [*pieces, value[start:]]
