"""The pages of messages: writing one, what became of those sent off, and a letter to those a change touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ampersand.desk.pages.terms import MayRow


@dataclass(frozen=True, slots=True)
class GateRow:
    """What the gate says of one receiver: it may go, it waits until a time, or it may not, because of this."""

    name: str
    may: bool
    because: str
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EnclosedRow:
    name: str
    size: str
    leave_out_url: str = ""


@dataclass(frozen=True, slots=True)
class WritePage:
    title: str
    name: str
    relationship_url: str
    goes_out: bool
    act_url: str
    gate: tuple[GateRow, ...] = ()
    """Of a draft: each it goes to."""
    may: tuple[MayRow, ...] = ()
    """Before there is a draft: what may go to them now."""
    files: tuple[EnclosedRow, ...] = ()
    promise: str = ""
    answers: str = ""
    discard_url: str = ""
    tell_url: str = ""
    here: ClassVar[str] = "messages"


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """One copy: to whom, and what became of it."""

    name: str
    role: str
    state: str
    says: str
    because: str = ""
    at: datetime | None = None
    server_says: str = ""
    is_struck: bool = False
    again_url: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message in the outbox."""

    subject: str
    url: str
    to: str
    at: datetime
    receivers: tuple[ReceiverRow, ...] = ()
    take_back_url: str = ""


@dataclass(frozen=True, slots=True)
class MessagePage:
    title: str
    name: str
    relationship_url: str
    by: str
    words: str
    purpose: str
    sent_off_at: datetime | None
    receivers: tuple[ReceiverRow, ...]
    files: tuple[EnclosedRow, ...]
    goes_out: bool
    moment_url: str = ""
    take_back_url: str = ""
    here: ClassVar[str] = "messages"


@dataclass(frozen=True, slots=True)
class OutboxPage:
    drafts: tuple[MessageRow, ...]
    waiting: tuple[MessageRow, ...]
    held: tuple[MessageRow, ...]
    unsure: tuple[MessageRow, ...]
    refused: tuple[MessageRow, ...]
    gone: tuple[MessageRow, ...]
    goes_out: bool
    snippets_url: str
    here: ClassVar[str] = "messages"


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """Somebody the change may touch, with a box to tick and why."""

    value: str
    label: str
    is_ticked: bool
    why: str
    gate: GateRow


@dataclass(frozen=True, slots=True)
class TouchedPage:
    name: str
    relationship_url: str
    rows: tuple[TouchedRow, ...]
    goes_out: bool
    error: str = ""
    here: ClassVar[str] = "messages"


@dataclass(frozen=True, slots=True)
class SnippetRow:
    name: str
    words: str
    url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class SnippetsPage:
    rows: tuple[SnippetRow, ...]
    title: str
    back_url: str
    here: ClassVar[str] = "messages"
