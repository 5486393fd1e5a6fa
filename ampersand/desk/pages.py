"""What each page of the desk shows, and nothing else: frozen dataclasses between queries and templates.

A query fills one of these and a template shows it; neither asks the other for more. Words arrive translated and whole.
An empty `…_url` means that the visitor may not do it here, and its button is not drawn. `life` is 0 to 10: how alive a
relationship is in its own rhythm (it sets the ink of the &, always beside words that say the same).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

Mode = Literal["visit", "call", "video", "mail", "message", "letter", "gathering"]
PromiseState = Literal["offered", "open", "due", "late", "done", "unconfirmed", "kept", "partly", "broken", "freed"]
Way = Literal["theirs", "ours", "both"]
"""Who reached out: they, we, or both met."""


# ── The frame around every page ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class NavLink:
    """One page in the rail or the bar; `key` is what follows `g` on the keyboard."""

    here: str
    name: str
    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CloseAtHand:
    """A relationship this member tends or opened lately."""

    name: str
    url: str
    life: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page for a member who is signed in. The context processor gives it as `frame`."""

    member_name: str
    house_name: str
    nav: tuple[NavLink, ...]
    bar: tuple[NavLink, ...]
    """Four words at the thumb on a phone; the & (write) stands between the second and the third."""
    close: tuple[CloseAtHand, ...]
    home_url: str
    write_url: str
    search_url: str
    settings_url: str
    sign_out_url: str
    theme: Literal["", "light", "dark"] = ""
    """Empty follows the system."""
    has_keys: bool = True
    """Single-letter keys can be turned off (WCAG 2.1.4)."""


# ── Words that open what they rest on ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a sentence. With `why_url` it opens its evidence in place; with `url` it is a plain link."""

    words: str
    why_url: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing a reading rests on."""

    says: str
    on: date | datetime | None = None
    url: str = ""
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reading rests on, for and against, or that it is too early to say."""

    sentence: str
    speaks_for: tuple[EvidenceRow, ...]
    speaks_against: tuple[EvidenceRow, ...]
    rule: str
    """How it is read, in one sentence, with its unit and its minimum."""
    as_of: datetime
    is_too_early: bool = False
    more: str = ""
    """Said when rows were cut: "and 31 more like these"."""


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str


# ── Evidence strips, 224 by 46, one year on their x axis ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Tick:
    days_ago: int
    way: Way


@dataclass(frozen=True, slots=True)
class RhythmStrip:
    """Each tick an encounter: up they reached out, down we did, both we met. The silence since is shaded."""

    label: str
    ticks: tuple[Tick, ...]
    usual_days: float
    quiet_days: int
    note: str
    """What stands at the right-hand end: "41 days"."""
    name: ClassVar[str] = "rhythm"


@dataclass(frozen=True, slots=True)
class LateStrip:
    """A promise from its making over its due day to today."""

    label: str
    made_on: date
    due_on: date
    today: date
    name: ClassVar[str] = "late"


@dataclass(frozen=True, slots=True)
class MissingStrip:
    """Whom we know, and who stands behind them whom we do not: `knows` from us outward, then `missing`."""

    label: str
    knows: tuple[str, ...]
    missing: str
    name: ClassVar[str] = "missing"


@dataclass(frozen=True, slots=True)
class Gift:
    """One thing given; `worth` is a share (0 to 1) of the largest in the drawing, in its receiver's valuation."""

    days_ago: int
    way: Literal["theirs", "ours"]
    worth: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class GiftStrip:
    """What each gave over a year, each thing once: theirs above the line, ours below. Never netted."""

    label: str
    gifts: tuple[Gift, ...]
    name: ClassVar[str] = "gift"


Strip = RhythmStrip | LateStrip | MissingStrip | GiftStrip


# ── The notebook ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Choice:
    """Another way to read a piece. Taking it posts `value` back under the piece's key, or under its own `key`, and what
    goes with it (`also`) under theirs."""

    value: str
    says: str
    note: str = ""
    is_taken: bool = False
    key: str = ""
    also: tuple[tuple[str, str], ...] = ()

    def also_json(self) -> str:
        return json.dumps(dict(self.also))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that can be put right, or plain words between two pieces (then it has no key).

    `key` stays the same while the writer types on, so that what was put right stays so: it is made from the kind of the
    row and the words the piece was read from, not from its place.
    """

    says: str
    key: str = ""
    choices: tuple[Choice, ...] = ()
    is_unsure: bool = False
    other: Choice | None = None
    """The second guess, shown beside the first."""
    own: Literal["", "text", "date", "number", "whom"] = ""
    """What may be typed instead of a choice; its value is posted as it is, but for `whom`: there somebody is looked for."""
    ours_key: str = ""
    """Where a colleague goes who was found by typing."""
    theirs_key: str = ""
    """Where somebody of theirs goes who was found by typing."""
    same_keys: tuple[str, ...] = ()
    """What means the same somebody and is put right with it."""

    def same_json(self) -> str:
        return json.dumps(self.same_keys)


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """One line of *I understood*. `kind` is the whole label: "We promise Sami"."""

    key: str
    kind: str
    pieces: tuple[Piece, ...]
    hint: str = ""
    is_left_out: bool = False
    head: tuple[Piece, ...] = ()
    """The label in pieces, where one of them can be put right."""

    def every_piece(self) -> tuple[Piece, ...]:
        return (*self.head, *self.pieces)


@dataclass(frozen=True, slots=True)
class Underline:
    """Where words were read, in characters (code points) of the note, end exclusive. They may nest."""

    start: int
    end: int
    ink: Literal["between", "trade", "unsure"] = "between"


@dataclass(frozen=True, slots=True)
class Understood:
    rows: tuple[UnderstoodRow, ...]
    underlines: tuple[Underline, ...]
    who_sees: str

    def underlines_json(self) -> str:
        """For the island: `[[start, end, ink], …]`."""
        return json.dumps([[line.start, line.end, line.ink] for line in self.underlines])


@dataclass(frozen=True, slots=True)
class NoteBox:
    """The one box. It posts `words`, `note_id`, `about`, `written_at` and `corrections` (JSON, piece or row key to value;
    a row's value `""` leaves it out) to `keep_url`, and the same to `understood_url` while the writer types.

    `written_at` is empty without script; a note kept offline carries the time it was written, not that of its sending.
    """

    box: str
    """Names the draft on the device: "today", or the relationship's id."""
    member: str
    """Whose draft it is, so that two members on one device do not meet."""
    keep_url: str
    understood_url: str
    prompt: str
    note_id: str
    """Used when there is no script; with script the device makes one for each new note."""
    about: str = ""
    words: str = ""
    error: str = ""
    understood: Understood | None = None
    whom_url: str = ""
    """Where somebody else is looked for: asked with `words`."""
    write_url: str = ""
    """On phones Today shows this link instead of the box."""
    is_line: bool = False
    is_whole: bool = False
    """Alone on its page: the page's head has the act."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A note was kept; what of it went where, and the way back for as long as the page is open."""

    sentence: str
    undo_url: str
    links: tuple[Link, ...] = ()
    note_url: str = ""
    """Where each thing that was kept can be put right or taken back alone."""


def woven(sentence: str, **pieces: Piece) -> tuple[Piece, ...]:
    """Put pieces into a translated sentence: each keeps the place its language gives it.

    >>> [p.says for p in woven("%(what)s by %(due)s", what=Piece("the volumes", "k1"), due=Piece("Fri 9", "k2"))]
    ['the volumes', ' by ', 'Fri 9']
    """
    parts = re.split(r"%\((\w+)\)s", sentence)
    woven_parts = (pieces[part] if place % 2 else Piece(part) for place, part in enumerate(parts))
    return tuple(piece for piece in woven_parts if piece.says)


# ── Promises ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise in a list. On ours the acts are done, move, ask to be released; on theirs kept, partly, not kept, release.
    What one said oneself can be taken back."""

    what: str
    state: PromiseState
    due_on: date | None
    note: str = ""
    """Who, to whom, from where: "Tom, to Sami. From this morning's note."."""
    note_url: str = ""
    """Where the note is somebody else than the page is about."""
    url: str = ""
    done_url: str = ""
    move_url: str = ""
    ask_release_url: str = ""
    kept_url: str = ""
    partly_url: str = ""
    not_kept_url: str = ""
    release_url: str = ""
    said: str = ""
    """What the one who looks said of it last: "You said it is done."."""
    undo_url: str = ""
    is_in_hand: bool = False
    is_gone_on_with: bool = False
    """The first of those that were added to a list: where one goes on reading."""

    def is_late(self) -> bool:
        return self.state == "late"


# ── Today ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class TendRow:
    """One of at most seven relationships asking for attention."""

    name: str
    of: str
    """The organisation they act for, as plain words; may be empty."""
    url: str
    life: int
    reason: tuple[Clause, ...]
    how: str
    """The lightest way within their terms, in a sentence or two."""
    how_icon: Mode | Literal[""]
    strip: Strip | None
    tend_url: str
    """The relationship, ready to write."""
    not_now_url: str
    rest_url: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    at: datetime | None
    """None for the whole day."""
    name: str
    of: str = ""
    note: str = ""
    url: str = ""
    is_some_time: bool = False
    """At some time of the day that nobody has said."""


@dataclass(frozen=True, slots=True)
class TodayPage:
    today: date
    opening: str
    box: NoteBox
    tend: tuple[TendRow, ...]
    closing: str
    """ "That is enough. The other 41 are in rhythm, or resting." With no rows: "All is in rhythm. Enough for today."."""
    meetings: tuple[MeetingRow, ...]
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    is_empty_house: bool = False
    """Nothing was brought in yet: the page offers the two first acts."""
    import_url: str = ""
    kept: Kept | None = None
    here: ClassVar[str] = "today"

    def has_rhythm(self) -> bool:
        return any(isinstance(row.strip, RhythmStrip) for row in self.tend)


@dataclass(frozen=True, slots=True)
class WritePage:
    """The notebook over the whole screen, for phones."""

    box: NoteBox
    now: datetime
    later_url: str
    kept: Kept | None = None
    here: ClassVar[str] = "write"


# ── Relationship ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day on which the two had contact."""

    on: date
    way: Way


@dataclass(frozen=True, slots=True)
class StripMark:
    """A happening worth its name, above the line (between you) or below it (trade)."""

    on: date
    says: str


@dataclass(frozen=True, slots=True)
class StripMonth:
    """One month of the past. `contact` is the relationship's momentum as a share of its own usual (1 is usual)."""

    month: date
    """Its first day."""
    contact: float
    days: tuple[StripDay, ...] = ()
    trade: Decimal | None = None
    """What changed hands that month, in the strips' currency; None where no trade is known at all."""
    marks: tuple[StripMark, ...] = ()
    trade_marks: tuple[StripMark, ...] = ()

    def days_data(self) -> str:
        """For the drawing: `3t 14o 20b`, the day of the month with who reached out."""
        return " ".join(f"{day.on.day}{day.way[0]}" for day in self.days)


@dataclass(frozen=True, slots=True)
class AheadRow:
    """Something in the months ahead: a promise that falls due, a meeting agreed, a renewal."""

    on: date
    says: str
    kind: Literal["ours", "theirs", "meeting", "trade"]


@dataclass(frozen=True, slots=True)
class TwoStrips:
    """The drawing on top of a relationship: contact above the line, trade below, three years back, six months ahead."""

    label: str
    """The whole drawing as a sentence."""
    today: date
    months: tuple[StripMonth, ...]
    """Oldest first, at most 37, the present month last."""
    ahead: tuple[AheadRow, ...]
    trade_of: str = ""
    """Whose trade it is when it is not their own: "trade of Alder Hotels"."""
    currency: str = ""
    trade_first_says: str = ""
    """Stands at the left end of the lower strip: "£2,100 a month"."""
    trade_last_says: str = ""
    """Stands at its right end."""
    usual_days: float | None = None
    """Its own rhythm; None below the minimum, and then none is drawn ahead."""
    last_on: date | None = None
    quiet_from: date | None = None
    quiet_until: date | None = None
    quiet_says: str = ""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A stored reading as a sentence, with its date and what it rests on."""

    says: str
    why_url: str
    as_of: datetime
    rests_on: str
    """ "23 gaps", "the last 4 letters": always a count with its unit."""
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class GiveTake:
    """Concessions both ways over a year, each once; two columns, never a sum."""

    finding: str
    label: str
    gifts: tuple[Gift, ...]
    since: date
    theirs_name: str
    """ "she gave", "Alder gave"."""
    small_print: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What matters to them: their own words (`is_quote`), or as told by somebody."""

    says: str
    told: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    says: str
    hint: str = ""
    answer_url: str = ""


@dataclass(frozen=True, slots=True)
class AroundRow:
    """Somebody who stands around them, by a tie."""

    name: str
    tie: str
    url: str
    note: str = ""
    life: int | None = None
    """Only where the house has a relationship with them."""


@dataclass(frozen=True, slots=True)
class NotebookRow:
    """One entry: a note of mine, a moment, or what somebody kept."""

    told: str
    """ "This morning, visit, Maya"."""
    says: str
    on: date | datetime
    url: str = ""
    is_mine: bool = False
    """The raw words, which only their writer sees."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Their own conditions. Without any, `empty_says` says so and what follows from it."""

    title: str
    told: str
    rows: tuple[tuple[Mode | Literal["x", ""], str], ...]
    empty_says: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipPage:
    name: str
    life: int
    today: date
    standing: tuple[Clause, ...]
    """ "She buys for Alder Hotels. Between you since March 2023. Maya tends it, Tom helps."."""
    opening: tuple[Clause, ...]
    """The reading on top; one plain clause when it is too early to say."""
    box: NoteBox
    terms: Terms
    strips: TwoStrips | None
    readings: tuple[ReadingRow, ...]
    give_take: GiveTake | None
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    ours_title: str
    theirs_title: str
    kept_says: str
    matters_title: str
    matters: tuple[Matter, ...]
    matters_empty: str
    questions: tuple[OpenQuestion, ...]
    around_title: str
    around: tuple[AroundRow, ...]
    notebook: tuple[NotebookRow, ...]
    notebook_more_url: str = ""
    party_url: str = ""
    closed_says: str = ""
    """ "Only Maya and the team Hospitals see this." Empty when it is open to the house."""
    who_sees_url: str = ""
    tend_url: str = ""
    """Where one says "I tend it"; empty for who tends it already."""
    stop_tending_url: str = ""
    kept: Kept | None = None
    here: ClassVar[str] = "relationships"


# ── Relationships: the dense index ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Filter:
    """One select above the list, or a field to type into; its name is the query parameter."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    is_typed: bool = False
    value: str = ""
    """What was typed."""


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    name: str
    url: str
    life: int
    of: str = ""
    place: str = ""
    reading: str = ""
    """One sentence with its quantity, or empty when there is too little to read."""
    last_on: date | datetime | None = None
    last_mode: str = ""
    promises: str = ""
    """ "2 ours, 1 theirs"."""
    trade: Decimal | None = None
    """A month, in `currency`."""
    currency: str = ""
    tended_by: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipsPage:
    today: date
    list_url: str
    words: str
    """What was typed into the list's own search."""
    filters: tuple[Filter, ...]
    found: str
    """The list in a sentence: "50 of 412 relationships, by name"."""
    rows: tuple[RelationshipRow, ...]
    empty_says: str = ""
    next_url: str = ""
    previous_url: str = ""
    clear_url: str = ""
    add_url: str = ""
    here: ClassVar[str] = "relationships"


# ── Party ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class KnownRow:
    """An identifier, a detail or an earlier name: a claim with its source, which can be withdrawn."""

    label: str
    value: str
    source: str
    since: date | datetime | None = None
    is_withdrawn: bool = False
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class TieRow:
    says: str
    """ "works at", with who in `name`."""
    name: str
    url: str
    told: str
    from_on: date | None = None
    until_on: date | None = None
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """Another party that may be the same, and why we think so."""

    name: str
    url: str
    reason: str
    join_url: str = ""
    apart_url: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    name: str
    url: str
    size: str
    told: str


@dataclass(frozen=True, slots=True)
class PartyPage:
    name: str
    kind: Literal["person", "organisation", "community"]
    today: date
    why_here: str
    """ "Here because you wrote to each other four times; first on 3 March 2024."."""
    relationship_url: str
    life: int | None
    identifiers: tuple[KnownRow, ...]
    details: tuple[KnownRow, ...]
    ties: tuple[TieRow, ...]
    doubles: tuple[DoubleRow, ...]
    told_as: tuple[KnownRow, ...]
    """Parties that stand for this one, as they were told."""
    files: tuple[FileRow, ...]
    known_on: date | None = None
    """Set when the page shows what was known on a past day."""
    is_trace: bool = False
    promote_url: str = ""
    edit_url: str = ""
    erase_url: str = ""
    erased_on: date | None = None
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The evidence of one reading as a page of its own, for those without script."""

    evidence: Evidence
    today: date
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page around one Django form, which the view passes beside it as `form`."""

    title: str
    act: str
    """The word on its one button."""
    says: str = ""
    more: str = ""
    """What else one needs to know, in small print."""
    back_url: str = ""
    """Where one goes who changes nothing, and after."""
    here: str = "house"
    """The page of the rail it belongs to."""


# ── Search and the palette ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hit:
    """One find. `parts` are its words in pieces, each with whether it matched."""

    url: str
    parts: tuple[tuple[str, bool], ...]
    note: str = ""
    on: date | datetime | None = None
    life: int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    title: str
    hits: tuple[Hit, ...]
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    words: str
    today: date
    groups: tuple[HitGroup, ...]
    says: str = ""
    """When nothing was found, or fewer than two letters were typed: what to do then."""
    here: ClassVar[str] = "search"


# ── Import ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that were left out or rejected for one reason."""

    reason: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list of what came in."""

    name: str
    url: str
    at: datetime
    by: str
    says: str
    """ "1,204 messages; 310 new, 890 joined, 4 left out"."""
    state: Literal["waiting", "running", "done", "stopped", "undone"]


@dataclass(frozen=True, slots=True)
class ImportPage:
    today: date
    past: tuple[ImportRow, ...]
    start_url: str
    error: str = ""
    here: ClassVar[str] = "import"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Somebody or something an import brought or met. `why` is a sentence; `place` is where it stood in the file."""

    name: str
    url: str
    why: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReportList:
    """The first of them, and how many more there are."""

    rows: tuple[ReportRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import: running with its progress, or done with every row accounted for (the five counts sum to seen)."""

    name: str
    kind: str
    at: datetime
    by: str
    state: Literal["waiting", "running", "done", "stopped", "undone"]
    says: str
    seen: int
    new: int
    joined: int
    unchanged: int
    left_out: int
    rejected: int
    left_out_rows: tuple[LeftOut, ...]
    rejected_rows: tuple[LeftOut, ...]
    total: int | None = None
    """How many there are to see, once known."""
    refresh_url: str = ""
    """Asked every second while it runs; empty afterwards."""
    rejected_file_url: str = ""
    undo_url: str = ""
    resume_url: str = ""
    came_in: ReportList | None = None
    """Who became known by it."""
    joined_to: ReportList | None = None
    """What joined whom or what was known, and why it was taken for the same."""
    kept_after_undo: ReportList | None = None
    """What stayed, and what was written upon it since."""
    complete_until: datetime | None = None
    here: ClassVar[str] = "import"

    def share_done(self) -> float:
        return self.seen / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the file, what we took it for, and what else it may be."""

    name: str
    field_name: str
    choices: tuple[Choice, ...]
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The step between a table and its import: columns as guessed, and the first ten rows as understood."""

    name: str
    start_url: str
    again_url: str
    columns: tuple[ColumnGuess, ...]
    readings: tuple[Filter, ...]
    """Encoding, delimiter, decimal sign, order of dates: each guessed, each can be changed."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    says: str = ""
    here: ClassVar[str] = "import"


# ── House ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class MemberRow:
    name: str
    address: str
    role: str
    teams: str = ""
    note: str = ""
    """ "invited on 3 March, not here yet"."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class HousePage:
    name: str
    today: date
    legal_names: tuple[str, ...]
    domains: tuple[str, ...]
    members: tuple[MemberRow, ...]
    teams: tuple[Link, ...]
    keeps: tuple[KnownRow, ...]
    """Where things are: the data folder, the key file, the last backup, how message bodies are kept."""
    invite_url: str = ""
    change_url: str = ""
    own_url: str = ""
    """One's own settings: theme, keys, language."""
    links: tuple[Link, ...] = field(default_factory=tuple)
    here: ClassVar[str] = "house"
