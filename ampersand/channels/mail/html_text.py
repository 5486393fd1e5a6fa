"""The words of an HTML mail as plain lines, quoted parts marked with ">" as in text mail."""

from __future__ import annotations

import html
import re

import nh3

INPUT_LIMIT = 1 << 20
QUOTE_DEPTH_LIMIT = 30

KEPT_TAGS = {
    "p",
    "div",
    "br",
    "blockquote",
    "li",
    "tr",
    "td",
    "th",
    "hr",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "ul",
    "ol",
    "title",
}
LEFT_OUT = {"script", "style", "title", "head"}
BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "ul",
    "ol",
}
SPACED = {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}

DEPTH_LIMIT = 1500
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
ANY_TAG = re.compile(r"<[^<>]*>?")
NEEDS_NO_END = {
    "br",
    "hr",
    "img",
    "meta",
    "link",
    "input",
    "col",
    "area",
    "base",
    "wbr",
    "p",
    "li",
    "dt",
    "dd",
    "option",
}

# nh3 hands back well-formed markup with none but our tags, so this is enough to walk over it.
PIECE = re.compile(r"<(/?)([a-z0-9]+)[^>]*>|([^<]+)")
WHITE = re.compile(r"[ \t\r\n\f]+")
BLANK_LINES = re.compile(r"\n{3,}")
# Clients that put the quoted mail in an element of their own; all else is told by its words.
QUOTE_HOLDERS = re.compile(r"<(?:span|div)[^>]{0,200}\bid=[\"']?OLK_SRC_BODY_SECTION", re.IGNORECASE)


def to_text(source: str) -> str:
    """Plain text with the line breaks a reader sees. Scripts, styles, pictures and hidden heads are gone."""
    source = source[:INPUT_LIMIT]
    holder = QUOTE_HOLDERS.search(source)
    if holder:
        source = f"{source[: holder.start()]}<blockquote>{source[holder.start() :]}"
    if _depth(source) > DEPTH_LIMIT:
        # The sanitiser's work grows with the square of the depth; nobody writes this but to cause it.
        return WHITE.sub(" ", html.unescape(ANY_TAG.sub(" ", source))).strip()
    clean = nh3.clean(
        source,
        tags=KEPT_TAGS,
        clean_content_tags=LEFT_OUT - KEPT_TAGS,
        attributes={},
        strip_comments=True,
    )
    writer = _Writer()
    for closing, tag, text in PIECE.findall(clean):
        if text:
            writer.words(text)
        elif closing:
            writer.close(tag)
        else:
            writer.open(tag)
    return writer.text()


def _depth(source: str) -> int:
    """How deep elements stand in each other at most, those that need no end left out."""
    depth = deepest = 0
    for closing, tag in TAG.findall(source):
        if tag.lower() not in NEEDS_NO_END:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._depth = 0
        self._preformatted = 0
        self._title = 0

    def words(self, text: str) -> None:
        if self._title:
            return
        plain = html.unescape(text).replace("\xa0", " ")
        if self._preformatted:
            first, *others = plain.split("\n")
            self._line += first
            for other in others:
                self._end_line()
                self._line = other
        else:
            flat = WHITE.sub(" ", plain)
            self._line += flat.lstrip() if not self._line or self._line.endswith(" ") else flat

    def open(self, tag: str) -> None:
        if tag == "br":
            self._end_line()
        elif tag == "hr":
            self._break()
            self._lines.append(self._prefix() + "_" * 32)
        elif tag in ("td", "th"):
            self._line += " " if self._line else ""
        elif tag == "blockquote":
            self._break()
            self._depth += 1
        elif tag in BLOCKS:
            self._break()
            self._line = "- " if tag == "li" else ""
        self._preformatted += tag == "pre"
        self._title += tag == "title"

    def close(self, tag: str) -> None:
        if tag in BLOCKS or tag == "blockquote":
            self._break()
        if tag in SPACED:
            self._lines.append(self._prefix().rstrip())
        if tag == "blockquote":
            self._depth = max(self._depth - 1, 0)
        self._preformatted = max(self._preformatted - (tag == "pre"), 0)
        self._title = max(self._title - (tag == "title"), 0)

    def text(self) -> str:
        self._break()
        return BLANK_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def _break(self) -> None:
        if self._line.strip():
            self._end_line()
        self._line = ""

    def _end_line(self) -> None:
        self._lines.append((self._prefix() + self._line).rstrip())
        self._line = ""

    def _prefix(self) -> str:
        return "> " * min(self._depth, QUOTE_DEPTH_LIMIT)
