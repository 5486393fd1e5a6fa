"""Subjects without what mail programs and lists put in front of them."""

from __future__ import annotations

import re

REPLY = "re|aw|antw|antwort|sv|vs|odp|ynt|rif|res|réf|ref|r|回复|答复|回覆|返信|отв|ответ"
FORWARD = "fwd?|wg|tr|i|enc|rv|vl|doorst|pd|fs|vb|转发|轉寄|転送|пер"
MARKS = re.compile(
    rf"^\s*+(?:(?P<reply>{REPLY})|(?P<forward>{FORWARD}))\s?(?:\[\d+\]|\(\d+\)|\*\d+|\^\d+)?\s?[:：]\s*",
    re.IGNORECASE,
)
LIST_TAG = re.compile(r"^\s*\[[^\[\]]{1,60}\]\s*")
SPACES = re.compile(r"\s+")


def base(subject: str) -> str:
    """The subject to compare with: without reply and forward marks, list tags, doubled spaces; in folded case."""
    return shown(subject).casefold()


def shown(subject: str) -> str:
    """The subject to show: without the marks and list tags, as written. A subject of nothing but a tag keeps it."""
    text = SPACES.sub(" ", subject).strip()
    for _ in range(20):
        shorter = LIST_TAG.sub("", MARKS.sub("", text)).removesuffix("(fwd)").strip()
        if shorter == text or not shorter:
            break
        text = shorter
    return "" if MARKS.fullmatch(text + " ") else text


def is_reply(subject: str) -> bool:
    """Whether the subject carries a mark of answering, behind list tags too."""
    found = MARKS.match(LIST_TAG.sub("", subject))
    return bool(found and found["reply"])
