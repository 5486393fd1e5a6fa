"""One mail's bytes as a `Mail`: who wrote what to whom and when, what kind of mail it is, and all that had to be mended."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from ampersand.channels.mail import (
    addresses,
    dates,
    html_text,
    kinds,
    message_ids,
    mime,
    subjects,
    words,
)
from ampersand.channels.mail.addresses import Address
from ampersand.channels.mail.boxes import Item, Place
from ampersand.channels.mail.kinds import Kind
from ampersand.channels.mail.mime import Headers, Part, Tree
from ampersand.channels.mail.reasons import Reason

TEXT_LIMIT = 1 << 20
REFERENCES_LIMIT = 500

# Programs that offer HTML only leave such a line in the plain version.
PLACEHOLDER = re.compile(
    r"\s*(?:this (?:is an? html|message (?:is|was sent) in html|e-?mail (?:is|requires) (?:an? )?html)"
    r"|your (?:e-?mail|mail) "
    r"(?:client|program|reader) (?:does|can)|please (?:use|view).{0,60}html|\[image[^\]]*\]\s*$|html (?:message"
    r"|only))",
    re.IGNORECASE,
)
UUENCODED = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n((?:[ -`]{1,62}\r?\n)+?)(?:[ `]?\r?\n)?end[ \t]*\r?$",
    re.MULTILINE,
)
VIA_LIST = re.compile(
    r"^(?P<name>.*?)\s+(?:via|über|par|por|через|from)\s+.{1,100}$",
    re.IGNORECASE | re.DOTALL,
)
MAILTO = re.compile(r"mailto:([^\s>?,]+@[^\s>?,]+)", re.IGNORECASE)
BARE_LIST = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
LIST_SENDER = re.compile(r"^(?:owner-|bounce-)|-(?:owner|bounces?|errors)(?:\+.*)?$")
DAEMON = re.compile(r"(?i)^(?:mailer[- ]daemon|postmaster|mail delivery (?:sub)?system)")
LIST_POST_HEADERS = (
    "list-post",
    "x-mailing-list",
    "mailing-list",
    "x-beenthere",
    "x-list-post",
)
FORM_HINT = re.compile(r"(?im)^\s*(?:name|e-?mail|from|von|nombre|nom|message|nachricht)\s*:")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail. Its bytes are made only when asked for, and nothing inside it is opened."""

    name: str
    content_type: str
    is_inline: bool
    _part: Part = field(repr=False, compare=False)

    @property
    def size(self) -> int:
        return self._part.size()

    def read(self) -> bytes:
        return self._part.content()


@dataclass(frozen=True, slots=True)
class Mail:
    """What one mail says. Instants are UTC; `zone_minutes` is how far east its writer's clock stood, None when unsaid.

    `author` is the person behind it: a list's or form's own address is undone and noted in `notes`. `to` and `cc`
    hold people and shared boxes; the lists it went through are apart, in `lists`. `references` are the ids it
    answers, the oldest first, the direct parent last; its own id and doubles left out. `is_blind`: it hides whom it
    went to ("undisclosed recipients").
    """

    place: Place
    message_id: str
    references: tuple[str, ...]
    author: Address
    senders: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    lists: tuple[str, ...]
    list_id: str
    at: datetime
    zone_minutes: int | None
    date_mended: Reason | None
    subject: str
    text: str
    attachments: tuple[Attachment, ...]
    kind: Kind
    kind_reason: Reason
    notes: tuple[Reason, ...]
    is_blind: bool = False

    def without_files(self) -> Mail:
        """The same without its files, whose bytes are the whole mail's."""
        return replace(self, attachments=())

    @property
    def base_subject(self) -> str:
        return subjects.base(self.subject)

    @property
    def is_reply(self) -> bool:
        return bool(self.references) or subjects.is_reply(self.subject)

    @property
    def recipients(self) -> tuple[Address, ...]:
        return tuple({address.email: address for address in (*self.bcc, *self.cc, *self.to)}.values())

    @property
    def calendars(self) -> tuple[Attachment, ...]:
        """The calendar messages in it, for the calendar channel to read."""
        types = ("text/calendar", "application/ics")
        return tuple(one for one in self.attachments if one.content_type in types or one.name.lower().endswith(".ics"))


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that is no mail we can use, with the reason."""

    place: Place
    reason: Reason


def read(item: Item, *, present: datetime = dates.LATEST, with_unwanted: bool = False) -> Mail | Rejected:
    """A mail from an item of `boxes.read`. Never raises: what cannot be read is rejected with its reason.

    With `present`, the time of the import, a date that lies ahead of it is none; with `with_unwanted`, what lay among the
    unwanted or thrown away is a mail like any other.
    """
    if item.refused:
        return Rejected(item.place, item.refused)
    try:
        return _read(item, present, with_unwanted)
    except Exception as error:
        # One bad item must not stop an import of thousands. It is reported with its place, so nothing is hidden.
        return Rejected(item.place, Reason.of("unexpected", error=type(error).__name__))


def read_bytes(raw: bytes, *, path: str = "") -> Mail | Rejected:
    return read(Item(Place(path), raw))


def _read(item: Item, present: datetime, with_unwanted: bool) -> Mail | Rejected:
    tree = mime.split(item.raw)
    if isinstance(tree, Reason):
        return Rejected(item.place, tree)
    headers = tree.headers
    notes = [*item.damage, *tree.notes]
    if not tree.is_whole:
        notes.append(Reason("cut_short"))
    dated = dates.read(
        headers.raw("date"),
        received=headers.all_raw("received"),
        envelope=item.envelope.decode("ascii", "replace"),
        present=present,
    )
    lists = _lists(headers)
    senders = _senders(headers, item, notes)
    if dated is None or not senders:
        return Rejected(item.place, Reason("no_date" if senders else "no_sender"))
    text, attachments = _body(tree, notes)
    author = _author(headers, senders, lists, text, notes)
    subject = headers.text("subject")[:1000]
    kind, kind_reason = kinds.tell(tree, author, subject, lists, text, with_unwanted=with_unwanted)
    message_id = _message_id(headers, notes, item)
    to, cc = _without_lists(headers, "to", lists), _without_lists(headers, "cc", lists)
    if any(address.is_masked for address in (author, *to, *cc)):
        notes.append(Reason("address_masked"))
    return Mail(
        place=item.place,
        message_id=message_id,
        references=_references(headers, message_id),
        author=author,
        senders=senders,
        to=to,
        cc=cc,
        bcc=_without_lists(headers, "bcc", lists),
        reply_to=addresses.parse_all(headers.all_raw("reply-to")),
        lists=lists,
        list_id=_list_id(headers),
        at=dated.at,
        zone_minutes=dated.zone_minutes,
        date_mended=dated.mended,
        subject=subject,
        text=text,
        attachments=attachments,
        kind=kind,
        kind_reason=kind_reason,
        notes=tuple(notes),
        is_blind="to" in headers and not (to or cc or lists),
    )


def _message_id(headers: Headers, notes: list[Reason], item: Item) -> str:
    found = message_ids.normalise(headers.raw("message-id"))
    if found:
        return found
    notes.append(Reason("message_id_made"))
    body = item.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].strip()
    return message_ids.made_from(headers.raw("from"), headers.raw("date"), headers.raw("subject"), body)


def _references(headers: Headers, own: str) -> tuple[str, ...]:
    """References, then In-Reply-To where it is missing from them: the direct parent stands last."""
    chain = message_ids.chain(*headers.all_raw("references"))
    parents = [one for one in message_ids.chain(*headers.all_raw("in-reply-to")) if one not in chain]
    # A chain that is too long loses its middle: the root and the nearest are what threads need.
    whole = [one for one in (*parents, *chain) if one != own] if chain else [one for one in parents if one != own]
    if len(whole) > REFERENCES_LIMIT:
        whole = whole[:1] + whole[-(REFERENCES_LIMIT - 1) :]
    return tuple(whole)


def _lists(headers: Headers) -> tuple[str, ...]:
    """The addresses of the discussion lists it came through. A newsletter, which nobody can write to, is none."""
    found: dict[str, None] = {}
    for name in LIST_POST_HEADERS:
        for value in headers.all_raw(name):
            for address in MAILTO.findall(value) or (BARE_LIST.findall(value) if name.startswith("x-") else []):
                found.setdefault(address.strip("<> ").lower())
    if not found and "list-unsubscribe" not in headers:
        found = dict.fromkeys(_lists_in_recipients(headers))
    return tuple(address for address in found if "@" in address)


def _lists_in_recipients(headers: Headers) -> list[str]:
    """Old lists name themselves only by their id or the box that sends for them: each counts if it was written to."""
    names = [_list_id(headers).replace(".", "@", 1)]
    for sender in addresses.parse(headers.raw("sender")):
        bare = LIST_SENDER.sub("", sender.local)
        names += [f"{bare}@{sender.domain}"] if bare != sender.local else []
    if not any("@" in name for name in names):
        return []
    written_to = addresses.parse_all([*headers.all_raw("to"), *headers.all_raw("cc")])
    return [address.email for address in written_to if address.email in names]


def _list_id(headers: Headers) -> str:
    value = headers.raw("list-id")
    inner = re.search(r"<([^<>]+)>", value)
    return (inner[1] if inner else value).strip().lower()[:200]


def _senders(headers: Headers, item: Item, notes: list[Reason]) -> tuple[Address, ...]:
    found = addresses.parse_all(headers.all_raw("from"))
    if found:
        return found
    # Mail servers report without an address, so that nobody can answer the report.
    written = addresses.clean_name(headers.raw("from").strip("<>"))
    if "from" in headers and (headers.raw("return-path") == "<>" or DAEMON.match(written)):
        return (Address("", written or "MAILER-DAEMON"),)
    for name in ("sender", "x-original-from", "reply-to", "return-path"):
        found = addresses.parse_all(headers.all_raw(name))
        if found:
            notes.append(Reason.of("sender_from_envelope", header=name.title()))
            return found[:1]
    box = item.envelope.decode("ascii", "replace").removeprefix("From ")
    found = addresses.parse(box.split(" ")[0]) or addresses.parse(box.partition("  ")[0])
    if found:
        notes.append(Reason.of("sender_from_envelope", header="From_"))
    return found[:1]


def _author(
    headers: Headers,
    senders: tuple[Address, ...],
    lists: tuple[str, ...],
    text: str,
    notes: list[Reason],
) -> Address:
    first = senders[0]
    via = VIA_LIST.match(first.name)
    if first.email in lists or (via and _is_list_of(headers, first)):
        written = _behind_list(headers, first, lists, notes)
        return written or first
    if kinds.NO_REPLY_SENDER.search(first.local) and FORM_HINT.search(text[:2000]):
        behind = [one for one in addresses.parse_all(headers.all_raw("reply-to")) if one.domain != first.domain]
        if len(behind) == 1 and behind[0].email in text.lower():
            notes.append(Reason("sender_from_form"))
            return behind[0]
    return first


def _is_list_of(headers: Headers, address: Address) -> bool:
    return "list-id" in headers or "list-post" in headers or address.email in headers.raw("x-beenthere").lower()


def _behind_list(headers: Headers, first: Address, lists: tuple[str, ...], notes: list[Reason]) -> Address | None:
    """The writer whose From a list has replaced by its own address, as lists do for the sake of DMARC."""
    via = VIA_LIST.match(first.name)
    name = addresses.clean_name(via["name"] if via else first.name)
    for header in (
        "x-original-from",
        "x-from",
        "reply-to",
        "x-mailfrom",
        "x-original-sender",
        "cc",
    ):
        people = [
            one
            for one in addresses.parse_all(headers.all_raw(header))
            if one.email not in lists and one.email != first.email
        ]
        # In Cc stands the writer only under their own name; in Reply-To alone or under it.
        named = [one for one in people if _same_name(one.name, name)]
        fitting = named or (people if len(people) == 1 and header != "cc" else [])
        if fitting:
            notes.append(Reason.of("sender_from_list", header=header.title()))
            return replace(fitting[0], name=fitting[0].name or name)
    return None


def _same_name(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def _without_lists(headers: Headers, name: str, lists: tuple[str, ...]) -> tuple[Address, ...]:
    found = addresses.parse_all(headers.all_raw(name))
    return tuple(address for address in found if address.email not in lists) if lists else found


def _body(tree: Tree, notes: list[Reason]) -> tuple[str, tuple[Attachment, ...]]:
    """The text to read and the files. Of each alternative the plain version counts, unless it has no words."""
    pieces: list[str] = []
    attachments: list[Attachment] = []
    chosen = _chosen_texts(tree.parts)
    only_first = tree.content_type == "multipart/report"
    for number, part in enumerate(tree.parts):
        if number in chosen and not (only_first and pieces):
            made = chosen[number]
            pieces.append(_text(part, notes) if made is None else made)
            attachments += _uuencoded(part)
        elif not part.is_text and not _is_empty(part):
            attachments.append(_attachment(part))
    return "\n".join(piece for piece in pieces if piece.strip()), tuple(attachments)


def _chosen_texts(parts: tuple[Part, ...]) -> dict[int, str | None]:
    """Numbers of the parts that make the text; with a text already made where it had to be looked at to choose."""
    chosen: dict[int, str | None] = {}
    groups: dict[int, list[int]] = {}
    for number, part in enumerate(parts):
        if part.is_text and part.alternative:
            groups.setdefault(part.alternative, []).append(number)
        elif part.is_text and part.content_type == "text/plain":
            chosen[number] = None
    for numbers in groups.values():
        chosen |= _best_version(parts, numbers)
    if not any(parts[number].body.strip() for number in chosen if not _is_footer(parts, number)):
        pages = [number for number, part in enumerate(parts) if part.is_text and part.content_type == "text/html"]
        chosen |= dict.fromkeys(number for number in pages if number not in chosen)
    return dict(sorted(chosen.items()))


def _is_footer(parts: tuple[Part, ...], number: int) -> bool:
    # Lists put their footer behind an HTML mail as a text part of its own.
    return number > 0 and parts[number].body.lstrip().startswith(b"____")


def _best_version(parts: tuple[Part, ...], numbers: list[int]) -> dict[int, str | None]:
    plain = [number for number in numbers if parts[number].content_type == "text/plain"]
    pages = [number for number in numbers if parts[number].content_type == "text/html"]
    if not pages:
        return dict.fromkeys(plain)
    texts = {number: _text(parts[number], []) for number in plain}
    has_words = any(text.strip() and not PLACEHOLDER.match(text) for text in texts.values())
    return dict(texts) if has_words else dict.fromkeys(pages[:1])


def _text(part: Part, notes: list[Reason]) -> str:
    raw = part.content(TEXT_LIMIT)
    if len(raw) > TEXT_LIMIT:
        raw = raw[:TEXT_LIMIT]
        notes.append(Reason.of("text_cut", megabytes=TEXT_LIMIT >> 20))
    if b"\nbegin " in raw or raw.startswith(b"begin "):
        raw = UUENCODED.sub(b"", raw)
    decoded = words.decode(raw, part.parameters.get("charset", ""))
    if decoded.is_guessed:
        named = part.parameters.get("charset", "")[:40]
        notes.append(Reason.of("charset_guessed", named=named, read=decoded.charset))
    text = _line_ends(decoded.text)
    if part.content_type == "text/html":
        return html_text.to_text(text)
    return _unflowed(text, part) if part.parameters.get("format", "").lower() == "flowed" else text


def _line_ends(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text


def _unflowed(text: str, part: Part) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a space goes on in the next, unless the depths of quoting differ."""
    without_space = part.parameters.get("delsp", "").lower() == "yes"
    out: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        is_signature = line == "-- "
        is_quoted = line.startswith(">")
        stuffed = line.removeprefix(" ")
        if goes_on and not is_quoted and not is_signature:
            out[-1] += stuffed
        else:
            out.append(stuffed)
        goes_on = line.endswith(" ") and not is_quoted and not is_signature
        if goes_on and without_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _is_empty(part: Part) -> bool:
    return not part.body.strip() and not part.name


def _attachment(part: Part) -> Attachment:
    name = part.name or _given_name(part)
    return Attachment(
        name,
        part.content_type,
        part.disposition == "inline" or bool(part.related),
        part,
    )


def _given_name(part: Part) -> str:
    if part.content_type == "message/rfc822":
        inner = Headers(part.body[:65536].partition(b"\n\n")[0])
        return mime.safe_name(inner.text("subject")[:100]) or "message.eml"
    return {
        "text/calendar": "invite.ics",
        "text/html": "page.html",
        "text/plain": "text.txt",
    }.get(part.content_type, "")


def _uuencoded(part: Part) -> list[Attachment]:
    """Files that were written into the text itself, as before MIME."""
    if b"begin " not in part.body:
        return []
    found: list[Attachment] = []
    encoded = Headers(b"Content-Transfer-Encoding: x-uuencode\n")
    for name, body in UUENCODED.findall(part.content(TEXT_LIMIT * 8)):
        clean = mime.safe_name(words.decode(name).text)
        kind = "application/octet-stream" if not PurePath(clean).suffix else f"application/{PurePath(clean).suffix[1:]}"
        inner = Part(encoded, body, kind, {}, "attachment", clean)
        found.append(Attachment(clean, inner.content_type, False, inner))
    return found
