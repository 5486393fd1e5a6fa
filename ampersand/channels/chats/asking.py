"""What only whoever brings a chat can say: who is behind a name, which one is themselves, and in which order its days stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ampersand.channels.chats import names, opening
from ampersand.channels.chats.opening import Opened
from ampersand.channels.chats.said import LINKEDIN, WHATSAPP, Said, Speaker
from ampersand.channels.chats.stamps import ORDERS
from ampersand.channels.material import Part
from ampersand.channels.models import Import, ImportKind
from ampersand.channels.people import sort_keys
from ampersand.core import search
from ampersand.core.folding import fold, folded_words
from ampersand.members.models import House, Member
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party, PartyKind

SHOWN_WORDS = 3
CANDIDATES_MAX = 8
SEARCHED_MAX = 2
# More names nobody explains at one go; those who wrote most are asked for.
ASKED_MAX = 100
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class Whom:
    """One name that a chat does not explain: how often they wrote, the first of what they wrote, and who it might be."""

    speaker: Speaker
    count: int
    words: tuple[str, ...]
    might_be: tuple[Party, ...]


@dataclass(frozen=True)
class Days:
    """One file whose days may be read in several orders: its first and last message in each of them."""

    name: str
    taken: str
    readings: tuple[tuple[str, datetime, datetime], ...]


@dataclass(frozen=True)
class Asked:
    """All there is to ask about the chats of an import. Of each pair of names in `pairs` one must be the member's."""

    people: tuple[Whom, ...]
    days: tuple[Days, ...]
    pairs: tuple[frozenset[str], ...] = ()

    @property
    def is_anything(self) -> bool:
        return bool(self.people or self.days)


def asked(parts: Sequence[Part], import_: Import) -> Asked:
    """What is to be asked before these parts are brought in; nothing where all names are known and all days are sure."""
    house = House.objects.get()
    chats = [part for part in parts if part.kind is ImportKind.CHATS]
    opened = [one for part in chats for one in opening.open_chats(part, import_, house, orders={})]
    people, pairs = _people(opened, import_, house)
    return Asked(tuple(people), tuple(_days(opened)), tuple(pairs))


def _people(opened: Sequence[Opened], import_: Import, house: House) -> tuple[list[Whom], list[frozenset[str]]]:
    chats = [one.chat for one in opened]
    found = names.find(chats, member=import_.member, country=house.country)
    speakers = {speaker.key: speaker for chat in chats for speaker in chat.speakers}
    before = names.remembered(speakers.values(), member=import_.member)
    own = names.own_party(import_.member)
    mine = {key for key, one in found.items() if own and one.party.pk == own.pk}
    mine |= {key for key, one in before.items() if own and one.party_id == own.pk}
    unsure = {key for key, one in speakers.items() if not names.is_sure_itself(one)} - found.keys() - before.keys()
    pairs = [
        keys
        for chat in chats
        if chat.service == WHATSAPP and len(keys := frozenset(who.key for who in chat.speakers)) == 2
    ]
    # In a group one may only have read; of two, one is whoever brings it.
    pairs = [keys for keys in pairs if keys.isdisjoint(mine)]
    for keys in pairs:
        unsure |= keys if keys.isdisjoint(unsure) else set()
    if any(chat.service == LINKEDIN and mine.isdisjoint(who.key for who in chat.speakers) for chat in chats):
        unsure |= (most := _most_frequent(opened))
        pairs.append(frozenset(most))
    said = _said_by(opened)
    most_first = sorted((key for key in speakers if key in unsure), key=lambda key: -len(said.get(key, ())))
    people = [
        Whom(
            speakers[key],
            len(said.get(key, ())),
            tuple(one.words[:120] for one in said.get(key, ())[:SHOWN_WORDS]),
            _might_be(speakers[key], import_),
        )
        for key in most_first[:ASKED_MAX]
    ]
    return people, pairs


def _most_frequent(opened: Sequence[Opened]) -> set[str]:
    """Those of LinkedIn's messages who might be whose they are: the two with a part in most conversations."""
    parts: dict[str, int] = {}
    for one in opened:
        for who in one.chat.speakers if one.chat.service == LINKEDIN else ():
            parts[who.key] = parts.get(who.key, 0) + 1
    return set(sorted(parts, key=lambda key: -parts[key])[:2])


def _said_by(opened: Sequence[Opened]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for one in opened:
        for said in one.chat.said:
            found.setdefault(said.speaker.key, []).append(said)
    return found


def _might_be(speaker: Speaker, import_: Import) -> tuple[Party, ...]:
    return () if speaker.phone else sharing_a_word(speaker.name, member=import_.member)


def called(name: str, *, member: Member) -> tuple[Party, ...]:
    """Those of the book whom a member may see and who have exactly this name."""
    people = Party.objects.visible_to(member).filter(sort_key__in=list(sort_keys(name)), kind=PartyKind.PERSON)
    known = people.filter(erased_at=None).select_related("now").order_by("told_at", "id")
    return tuple({one.now_id or one.pk: one for one in reversed(known) if fold(one.name) == fold(name)}.values())


def sharing_a_word(name: str, *, member: Member) -> tuple[Party, ...]:
    """Those of the book who share a word of a name, known ones only, and at most a handful."""
    told = [word for word in folded_words(name) if len(word) >= _LEAST_LETTERS and not word.isdigit()]
    if not told:
        return ()
    hidden = hidden_party_ids(member)
    ids = [
        hit.object_id
        for word in sorted(told, key=len, reverse=True)[:SEARCHED_MAX]
        for hit in search.find(word, kinds=["party"], hidden_party_ids=hidden, member_id=None, limit=CANDIDATES_MAX)
    ]
    found = Party.objects.visible_to(member).filter(pk__in=ids, kind=PartyKind.PERSON, erased_at=None, now=None)
    return tuple(found.order_by("sort_key", "id")[:CANDIDATES_MAX])


def _days(opened: Iterable[Opened]) -> list[Days]:
    """Files of which nothing decides the order of day and month."""
    found = []
    for one in opened:
        chat = one.chat
        if chat.other_orders and chat.said:
            readings = [(order, *_ends(one, order)) for order in ORDERS if order in (chat.order, *chat.other_orders)]
            found.append(Days(one.name, chat.order, tuple(readings)))
    return found


def _ends(opened: Opened, order: str) -> tuple[datetime, datetime]:
    """When the first and the last message of a file would be, in this order."""
    chat = opening.read_again(opened, order)
    times = [said.at for said in chat.said]
    return times[0], times[-1]
