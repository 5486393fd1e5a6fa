"""What the palette and the search page show: parties, moments, promises and notes one may see, pages and acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.core import ready, search
from ampersand.core.among import among
from ampersand.core.folding import fold, folded_words
from ampersand.desk.life import life_of
from ampersand.desk.names import employers
from ampersand.desk.pages.search import Hit, HitGroup, SearchPage
from ampersand.exchange.models import Transaction, TransactionKind
from ampersand.members.models import Member
from ampersand.notebook.models import Note
from ampersand.parties.closed import Ready, hidden_party_ids
from ampersand.parties.models import Party, PartyKind, Relationship
from ampersand.promises.models import Promise
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Moment

IN_PALETTE, ON_PAGE = 6, 25
EXCERPT_CHARS = 120
NUMBER_LETTERS = 120
KINDS = {
    "party": gettext_lazy("People and organisations"),
    "moment": gettext_lazy("Moments"),
    "promise": gettext_lazy("Promises"),
    "note": gettext_lazy("Notes"),
}
PAGES = (
    ("desk:today", gettext_lazy("Today")),
    ("desk:write", gettext_lazy("Write a note")),
    ("desk:relationships", gettext_lazy("Relationships")),
    ("desk:map", gettext_lazy("Map")),
    ("desk:new_party", gettext_lazy("Add somebody")),
    ("desk:promises", gettext_lazy("Promises")),
    ("desk:traces", gettext_lazy("Traces: senders nobody answered")),
    ("desk:doubles", gettext_lazy("Likely the same: who may be told twice")),
    ("desk:import", gettext_lazy("Import")),
    ("desk:house", gettext_lazy("House")),
)


def search_page(words: str, *, member: Member, at: datetime, each: int = ON_PAGE) -> SearchPage:
    """What each word begins a word of, by kind, up to so many of each. Nothing below two letters."""
    hidden = hidden_party_ids(member)
    hits = search.find_each(words, kinds=tuple(KINDS), hidden_party_ids=hidden, member_id=member.pk, limit=each)
    makers = {"party": _parties, "moment": _moments, "promise": _promises, "note": _notes}
    asked = folded_words(words)
    groups = [
        HitGroup(str(title), tuple(makers[kind]([hit.object_id for hit in hits[kind]], asked, member, at)))
        for kind, title in KINDS.items()
    ]
    trade = HitGroup(_("Orders and invoices"), tuple(_numbered(words.strip(), member, each)))
    pages = HitGroup(_("Pages and acts"), tuple(_pages(asked)))
    # Who types a number means it.
    found = tuple(group for group in [trade, *groups, pages] if group.hits)
    return SearchPage(words=words, today=timezone.localdate(at), groups=found, says="" if found else _says(words))


def _says(words: str) -> str:
    if len(words.strip()) < 2:
        return _("Write two letters or more: of a name, an address, or of what was said.")
    return _("Nothing you may see has these words. Try fewer of them, or only their first letters.")


def _parties(ids: Sequence[UUID], asked: list[str], member: Member, at: datetime) -> Iterable[Hit]:
    """Each party once, as it stands for today, with whom it acts for."""
    rows = _in_order(_seen_parties(ids=ids, member=member) if ids else [], ids)
    parties = list({(party.now or party).pk: party.now or party for party in rows}.values())
    work = employers([party.pk for party in parties], on=timezone.localdate(at), member=member)
    with_them = dict(_with_them(parties=[party.pk for party in parties], member=member)) if parties else {}
    readings = _quiet(relationships=list(with_them.values())) if with_them else []
    quiet = {reading.relationship_id: reading for reading in readings}
    for party in parties:
        relationship = with_them.get(party.pk)
        yield Hit(
            url=reverse("desk:relationship", args=[relationship])
            if relationship
            else reverse("desk:party", args=[party.pk]),
            parts=parts(party.name, asked),
            note=str(work[party.pk].to_party) if party.pk in work else _kind_says(party),
            life=life_of(quiet.get(relationship)) if relationship else None,
        )


@Ready[Party]
def _seen_parties(ids: Sequence[UUID], member: Member) -> models.QuerySet[Party]:
    return Party.objects.visible_to(member).filter(among("pk", ids), erased_at=None).select_related("now")


@Ready[tuple[UUID, UUID]]
def _with_them(parties: Sequence[UUID], member: Member) -> models.QuerySet[Any]:
    outside = Relationship.objects.visible_to(member).outside()
    return outside.filter(among("party_id", parties)).values_list("party_id", "pk")


@ready.Ready[Reading]
def _quiet(relationships: Sequence[UUID]) -> models.QuerySet[Reading]:
    return Reading.objects.filter(among("relationship_id", relationships), measure=Measure.QUIET)


def _kind_says(party: Party) -> str:
    return _("one of us") if party.is_ours else "" if party.is_person else str(PartyKind(party.kind).label)


def _moments(ids: Sequence[UUID], asked: list[str], member: Member, at: datetime) -> Iterable[Hit]:
    for moment in _in_order(_seen_moments(ids=ids, member=member) if ids else [], ids):
        yield Hit(
            url=reverse("desk:moment", args=[moment.pk]),
            parts=parts(excerpt(" – ".join(filter(None, [moment.subject, moment.words])), asked), asked),
            on=moment.on_day,
            icon=moment.mode,
        )


@Ready[Moment]
def _seen_moments(ids: Sequence[UUID], member: Member) -> models.QuerySet[Moment]:
    return Moment.objects.visible_to(member).standing().filter(among("pk", ids))


def _promises(ids: Sequence[UUID], asked: list[str], member: Member, at: datetime) -> Iterable[Hit]:
    for promise in _in_order(_seen_promises(ids=ids, member=member) if ids else [], ids):
        yield Hit(
            url=reverse("desk:promise", args=[promise.pk]),
            parts=parts(excerpt(promise.words, asked), asked),
            note=_("%(by)s to %(to)s") % {"by": promise.by, "to": promise.to or _("everybody")},
            icon="check",
            on=promise.due_on or promise.made_on,
        )


@Ready[Promise]
def _seen_promises(ids: Sequence[UUID], member: Member) -> models.QuerySet[Promise]:
    seen = Promise.objects.visible_to(member).filter(among("pk", ids), withdrawn_at=None)
    return seen.select_related("by__now", "to__now")


def _notes(ids: Sequence[UUID], asked: list[str], member: Member, at: datetime) -> Iterable[Hit]:
    for note in _in_order(_seen_notes(ids=ids, member=member) if ids else [], ids):
        yield Hit(
            url=reverse("desk:note", args=[note.pk]),
            parts=parts(excerpt(note.words, asked), asked),
            on=timezone.localdate(note.written_at),
            icon="letter",
        )


@Ready[Note]
def _seen_notes(ids: Sequence[UUID], member: Member) -> models.QuerySet[Note]:
    return Note.objects.visible_to(member).standing().filter(among("pk", ids))


def _numbered(typed: str, member: Member, limit: int) -> Iterable[Hit]:
    """Orders, deliveries and invoices of this very number, with whom they were; `#1042` is 1042."""
    if not any(map(str.isdigit, typed)) or len(typed) > NUMBER_LETTERS or "\x00" in typed:
        return
    number = typed.removeprefix("#").strip()
    spellings = list({number, number.upper(), number.lower()})
    seen = Transaction.objects.visible_to(member).standing().exclude(number="").filter(among("number", spellings))
    rows = seen.filter(party__erased_at=None).select_related("party__now").order_by("-happened_on", "id")[:limit]
    parties = {row.pk: row.party.now or row.party for row in rows}
    keys = list({party.pk for party in parties.values()})
    with_them = dict(_with_them(parties=keys, member=member)) if keys else {}
    for row in rows:
        party = parties[row.pk]
        relationship = with_them.get(party.pk)
        yield Hit(
            url=reverse("desk:relationship", args=[relationship])
            if relationship
            else reverse("desk:party", args=[party.pk]),
            parts=((f"{TransactionKind(row.kind).label} ", False), (row.number, True)),
            note=str(party),
            on=row.happened_on,
        )


def _pages(asked: list[str]) -> Iterable[Hit]:
    for name, title in PAGES:
        words = folded_words(str(title))
        if asked and all(any(word.startswith(begun) for word in words) for begun in asked):
            yield Hit(url=reverse(name), parts=parts(str(title), asked))


def _in_order(rows: Iterable[Any], ids: Sequence[UUID]) -> list[Any]:
    """These rows in the order found. What the member may not see, or what is gone since, is left out."""
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]


def parts(text: str, asked: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with whether it is where a word that was asked for begins.

    >>> parts("Jane Okafor", ["oka"])
    (('Jane ', False), ('Oka', True), ('for', False))
    """
    pieces: list[tuple[str, bool]] = []
    is_in_word = False
    at = 0
    while at < len(text):
        length = 0 if is_in_word else _matched(text, at, asked)
        step = length or 1
        pieces = _joined(pieces, text[at : at + step], length > 0)
        is_in_word = text[at + step - 1].isalnum()
        at += step
    return tuple(pieces)


def _matched(text: str, at: int, asked: Sequence[str]) -> int:
    """How many characters from here fold to the longest word asked for; 0 where none begins here."""
    for word in sorted(asked, key=len, reverse=True):
        end = at
        while end < len(text) and len(fold(text[at:end])) < len(word) and end - at <= 2 * len(word):
            end += 1
        if fold(text[at:end]) == word:
            return end - at
    return 0


def _joined(pieces: list[tuple[str, bool]], text: str, is_match: bool) -> list[tuple[str, bool]]:
    if pieces and pieces[-1][1] == is_match:
        return [*pieces[:-1], (pieces[-1][0] + text, is_match)]
    return [*pieces, (text, is_match)]


def excerpt(text: str, asked: Sequence[str]) -> str:
    """A line of a text: its beginning, or what stands around the first word asked for."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT_CHARS:
        return line
    near = next((at for at in _beginnings(line) if _matched(line, at, asked)), 0)
    first = line.rfind(" ", 0, max(0, near - EXCERPT_CHARS // 3)) + 1 if near > EXCERPT_CHARS // 2 else 0
    cut = line[first : first + EXCERPT_CHARS]
    return ("… " if first else "") + cut + (" …" if first + EXCERPT_CHARS < len(line) else "")


def _beginnings(line: str) -> Iterable[int]:
    before = " "
    for at, letter in enumerate(line[:5000]):
        if letter.isalnum() and not before.isalnum():
            yield at
        before = letter
