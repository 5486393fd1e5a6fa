"""Who stands behind the names in a chat: found by number or address, by the one name the book has, or told by whoever brings
it. Nobody is taken for somebody on a guess, and what was said once is known the next time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from ampersand.channels.chats import words
from ampersand.channels.chats.said import WHATSAPP, Chat, Speaker
from ampersand.channels.copying import fetch
from ampersand.channels.keys import short
from ampersand.channels.outcomes import Reason
from ampersand.channels.outcomes import mark as _
from ampersand.channels.people import sort_keys
from ampersand.core.erasure import sealed
from ampersand.core.folding import fold
from ampersand.members.models import Member
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Identifier, IdentifierKind, Party, PartyKind

YOU = _("You said that this is you.")
YOU_BY_EXPORT = _("The export says that this is you.")
YOU_BY_TITLE = _("The chat is called by the other one's name, so this is you.")
SAID_SO = _("You said who this is.")
SAME_NUMBER = _("The same telephone number, %(value)s.")
SAME_ADDRESS = _("The same address, %(value)s.")
SAME_NAME = _("The one of this name in the book.")


class Is(StrEnum):
    """What somebody said of a name in a chat."""

    ME = "me"
    PARTY = "party"
    NEW = "new"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one name: `party_id` whom it stands for, `name` what somebody new is called."""

    is_: Is
    party_id: UUID | None = None
    name: str = ""

    def to_json(self) -> dict[str, str]:
        return {"is": self.is_.value, "party": str(self.party_id or ""), "name": self.name}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Answer:
        return cls(Is(told["is"]), UUID(told["party"]) if told.get("party") else None, str(told.get("name", "")))


@dataclass
class Answered:
    """What was said of the chats of one import, as it is kept with it."""

    people: dict[str, Answer] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    waits: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Answered:
        told = (stored or {}).get("chats") or {}
        people = {key: Answer.from_json(one) for key, one in told.get("people", {}).items()}
        return cls(people, dict(told.get("orders", {})), bool(told.get("waits")))

    def kept_in(self, stored: Mapping[str, Any] | None) -> dict[str, Any]:
        """What the import keeps from now on."""
        people = {key: answer.to_json() for key, answer in self.people.items()}
        return {**(stored or {}), "chats": {"people": people, "orders": self.orders, "waits": self.waits}}


@dataclass(frozen=True, slots=True)
class Found:
    """Whom the book has for a name, and why it is them."""

    party: Party
    why: Reason


@dataclass(frozen=True, slots=True)
class Remembered:
    """What became of a name the last time: the party it stands for, one erased since, or nobody to be brought in."""

    party_id: UUID | None = None
    is_erased: bool = False


def key_of(speaker: Speaker) -> str:
    """How a name is known again in what the same member brings in later."""
    return short("chatter", speaker.key)


def own_party(member: Member) -> Party | None:
    return Party.objects.filter(member=member).first()


def remembered(speakers: Iterable[Speaker], *, member: Member) -> dict[str, Remembered]:
    """By the keys of speakers, what this member's earlier imports that stand made of them, the one under way among them."""
    wanted = {key_of(speaker): speaker.key for speaker in speakers}
    by_seal = {sealed(key): key for key in wanted}
    lines = fetch(
        "SELECT line.key, line.fact_id FROM channels_importitem AS line JOIN channels_import AS run ON run.id = line.run_id"
        " WHERE line.key = ANY (%s) AND run.member_id = %s AND run.undone_at IS NULL"
        " AND (line.fact_id IS NOT NULL OR line.fate = 'left_out') ORDER BY line.id",
        [*wanted, *by_seal],
        member.pk,
    )
    found = {
        wanted[by_seal.get(key, key)]: Remembered(None if key in by_seal else fact_id, is_erased=key in by_seal)
        for key, fact_id in lines
    }
    ids = [one.party_id for one in found.values() if one.party_id]
    there = {pk for (pk,) in fetch("SELECT id FROM parties_party WHERE id = ANY (%s) AND erased_at IS NULL", ids)}
    return {
        key: one if one.party_id is None or one.party_id in there else Remembered(is_erased=True)
        for key, one in found.items()
    }


def find(chats: Sequence[Chat], *, member: Member, country: str) -> dict[str, Found]:
    """Whom the book has for those who speak in these chats, as far as it is sure; by name only whom this member may see."""
    speakers = {speaker.key: speaker for chat in chats for speaker in chat.speakers}
    own = own_party(member)
    found: dict[str, Found] = {}
    found |= _by_address(list(speakers.values()), country=country)
    found |= {key: one for key, one in _by_name(list(speakers.values()), member=member).items() if key not in found}
    if own is not None:
        for key, speaker in speakers.items():
            if speaker.is_me or (speaker.service == WHATSAPP and words.is_you(speaker.name)):
                found[key] = Found(own, Reason(YOU_BY_EXPORT))
        for chat in chats:
            if (me := _left_by_title(chat)) and me.key not in found:
                found[me.key] = Found(own, Reason(YOU_BY_TITLE))
    return found


def _left_by_title(chat: Chat) -> Speaker | None:
    """A chat of two is called by the name of the other one: the one whom it is not called by brings it in."""
    speakers = chat.speakers
    if not chat.title or chat.is_group or len(speakers) != 2:
        return None
    rest = [one for one in speakers if _letters(one.name) != _letters(chat.title)]
    return rest[0] if len(rest) == 1 else None


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _by_address(speakers: Sequence[Speaker], *, country: str) -> dict[str, Found]:
    told: dict[tuple[IdentifierKind, str], list[Speaker]] = defaultdict(list)
    for speaker in speakers:
        if address := address_of(speaker, country=country):
            told[address].append(speaker)
    known = Identifier.objects.filter(
        kind__in={kind for kind, _value in told}, value__in={value for _kind, value in told}
    )
    known = known.filter(withdrawn_at=None, party__erased_at=None)
    holders: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for one in known.select_related("party").order_by("told_at", "id"):
        holders[one.kind, one.value].append(one.party)
    found: dict[str, Found] = {}
    for (kind, value), holding in holders.items():
        # A number that several have is nobody's alone.
        if len({party.now_id or party.pk for party in holding}) == 1:
            sentence = SAME_NUMBER if kind == IdentifierKind.PHONE else SAME_ADDRESS
            speaking = told.get((IdentifierKind(kind), value), ())
            found |= {one.key: Found(holding[0], Reason(sentence, {"value": value})) for one in speaking}
    return found


def address_of(speaker: Speaker, *, country: str) -> tuple[IdentifierKind, str] | None:
    """The address or number that a chat tells of somebody, in its one form."""
    for kind, told in (
        (IdentifierKind.PHONE, speaker.phone),
        (IdentifierKind.EMAIL, speaker.email),
        (IdentifierKind.URL, speaker.url),
    ):
        if told and (clean := normalised(kind, told, country=country)):
            return kind, clean
    return None


def _by_name(speakers: Sequence[Speaker], *, member: Member) -> dict[str, Found]:
    """Those of whose exact name the book has one and no other, known to the house or of it."""
    called = {speaker.key: fold(speaker.name) for speaker in speakers if speaker.name and not speaker.phone}
    keys = {key for speaker in speakers if speaker.key in called for key in sort_keys(speaker.name)}
    there: dict[str, list[Party]] = defaultdict(list)
    people = Party.objects.visible_to(member).filter(sort_key__in=keys, kind=PartyKind.PERSON, erased_at=None)
    for party in people.select_related("relationship", "now").order_by("told_at", "id"):
        if hasattr(party, "relationship") or party.is_ours or party.now_id:
            there[fold(party.name)].append(party)
    found = {}
    for key, name in called.items():
        heads = {party.now_id or party.pk for party in there.get(name, ())}
        if len(heads) == 1:
            found[key] = Found(there[name][0], Reason(SAME_NAME))
    return found


def is_sure_itself(speaker: Speaker) -> bool:
    """Whether a chat tells who somebody is: an address of theirs. A number or the name in a telephone may be anybody's."""
    return bool(speaker.email or speaker.url) or speaker.service != WHATSAPP
