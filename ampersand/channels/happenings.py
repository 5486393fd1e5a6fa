"""What files say happened: joined to what is known under the same key, or written down. Many at once.

Writes what `timeline.actions.tell` and `join` would write, in a constant number of statements. A later version of the
same thing (a meeting that moved) changes the moment, and its telling keeps what was before, so that an undo restores it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from ampersand.channels.copying import Row, copy, copy_rows, fresh
from ampersand.channels.models import Fate
from ampersand.channels.run import Run
from ampersand.core import search
from ampersand.core.among import among
from ampersand.core.erasure import sealed
from ampersand.core.ids import new_id
from ampersand.core.models import SourceKind
from ampersand.core.rooms import Room
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening
from ampersand.timeline.models import Attachment, Moment, Participant, Telling

_FILLED = ("words", "subject", "where", "body")
_TIMES = ("happened_at", "ended_at", "zone", "on_day", "is_all_day")
MOST_VERSIONS = 500
_PARTICIPANT = ("moment_id", "party_id", "role", "is_ours", "happened_at")
_CHANGED = (*_TIMES, "mode", "subject", "where", "words")


@dataclass(frozen=True, slots=True)
class News:
    """What a file says happened, and where in it. `version` tells a later telling of the same thing from an earlier;
    with `may_be_noted`, a note about the same encounter may have come before it.
    """

    happening: Happening
    place: str
    version: int | None = None
    may_be_noted: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """The moment it became or joined, and what became of the item."""

    moment_id: UUID
    fate: Fate


def tell_all(news: Sequence[News], *, run: Run) -> list[Heard]:
    """Tell all of these; one answer each, in order."""
    telling = _Telling(news, run)
    heard = [telling.tell(one) for one in news]
    telling.write()
    return heard


class _Telling:
    """One batch on its way into the timeline."""

    def __init__(self, news: Sequence[News], run: Run) -> None:
        self.run = run
        self.source = run.import_.source
        self.told = {"told_at": run.at, "told_by_id": run.member.pk, "source_id": self.source.id}
        self.tellings: dict[str, list[Telling]] = defaultdict(list)
        self.moments: dict[UUID, Moment] = {}
        self.takers: dict[UUID, set[UUID]] = defaultdict(set)
        self.fresh: list[Moment] = []
        self.fresh_participants: list[Row] = []
        self.fresh_tellings: list[Telling] = []
        self.fresh_ids: set[UUID] = set()
        self.touched: dict[UUID, Moment] = {}
        self.moved: set[UUID] = set()
        self.resaid: dict[UUID, Telling] = {}
        self._load_known({one.happening.key for one in news})
        self.noted = self._find_notes(news)
        self._load_takers()

    def tell(self, one: News) -> Heard:
        known = self.tellings[one.happening.key]
        own = [telling for telling in known if self._is_own(telling)]
        if own:
            return self._told_again(one, own[-1], known)
        joinable = [telling for telling in known if not telling.is_apart]
        if joinable:
            moment = joinable[0].moment
            self._join(moment, one, changes=self._changes(moment, one, _CHANGED) if _is_later(one, known) else {})
            return Heard(moment.id, Fate.JOINED)
        noted = self.noted.get(one.happening.key)
        if noted is not None:
            self._join(noted, one, changes=self._changes(noted, one, _TIMES))
            return Heard(noted.pk, Fate.JOINED)
        return Heard(self._write_down(one).pk, Fate.NEW)

    def write(self) -> None:
        copy(self.fresh)
        if self.touched:
            Moment.objects.bulk_update(
                self.touched.values(), [*dict.fromkeys([*_CHANGED, *_FILLED]), "withdrawn_at"], batch_size=500
            )
        copy_rows(Participant, _PARTICIPANT, self.fresh_participants)
        copy(self.fresh_tellings)
        Telling.objects.bulk_update(self.resaid.values(), ["said"], batch_size=500)
        self._move_participants()
        names = self._file_names()
        search.put_many(self._entry(moment, names) for moment in [*self.fresh, *self.touched.values()])

    # one thing

    def _told_again(self, one: News, own: Telling, known: list[Telling]) -> Heard:
        """Told by the same member before: what is said otherwise than then is a change, if it is no older version."""
        moment = own.moment
        if own.key != one.happening.key or _digest(one) in _digests(filter(self._is_own, known)):
            return Heard(moment.id, Fate.UNCHANGED)
        names = _said_otherwise(one, own) if _is_later(one, known, or_equal=True) else []
        changes = self._changes(moment, one, names)
        if own.said.get("withdrew") and _is_later(one, known):
            changes["withdrawn_at"] = [timeline.as_said(moment.withdrawn_at), None]
        mine = next((telling for telling in known if telling.source_id == self.source.id), None)
        if mine is not None:
            self._resay(mine, one, changes)
        elif changes:
            self._join(moment, one, changes=changes)
        return Heard(moment.id, Fate.JOINED if changes else Fate.UNCHANGED)

    def _resay(self, mine: Telling, one: News, changes: dict[str, list[Any]]) -> None:
        """Another version within one import: one telling, which keeps what was before the first of them.

        It keeps a digest of each, so that the same files again change nothing back and forth.
        """
        self._change(mine.moment, changes)
        said = {**mine.said, "digests": [*mine.said.get("digests", []), _digest(one)][-MOST_VERSIONS:]}
        if changes:
            added = self._add_takers(mine.moment, one.happening)
            before = said.get("changed", {})
            told = {name: [before.get(name, pair)[0], pair[1]] for name, pair in changes.items()}
            said |= _said(one)
            if said["joined"]:
                said |= {"changed": {**before, **told}, "added": [*said["added"], *map(str, added)]}
            said.pop("withdrew", None)
        mine.said = said
        if mine.id not in self.fresh_ids:
            self.resaid[mine.id] = mine

    def _write_down(self, one: News) -> Moment:
        happening = one.happening
        moment = fresh(
            Moment,
            id=new_id(),
            mode=str(happening.mode),
            happened_at=happening.happened_at,
            ended_at=happening.ended_at,
            zone=happening.zone,
            on_day=happening.on_day,
            is_all_day=happening.is_all_day,
            began=str(happening.began),
            asks_answer=happening.asks_answer,
            subject=happening.subject[:300],
            words=happening.words,
            body=happening.body,
            where=happening.where[:300],
            thread_id=happening.thread.pk if happening.thread else None,
            room=str(happening.room),
            place=one.place[:300],
            **self.told,
        )
        self.moments[moment.id] = moment
        self.fresh.append(moment)
        self.fresh_ids.add(moment.id)
        self._add_takers(moment, happening)
        self._keep_telling(moment, one, added=[], filled=[], changes={})
        return moment

    def _join(self, moment: Moment, one: News, *, changes: dict[str, list[Any]]) -> None:
        happening = one.happening
        self._change(moment, changes)
        filled = [name for name in _FILLED if not getattr(moment, name) and getattr(happening, name)]
        for name in filled:
            setattr(moment, name, getattr(happening, name))
        added = self._add_takers(moment, happening)
        if moment.id not in self.fresh_ids:
            self.touched[moment.id] = moment
        self._keep_telling(moment, one, added=added, filled=filled, changes=changes)

    def _changes(self, moment: Moment, one: News, names: Sequence[str]) -> dict[str, list[Any]]:
        """What this telling says otherwise than the moment stands: by name, what it is and what it becomes."""
        happening = one.happening
        said = {name: getattr(happening, name) for name in names}
        said = {name: value[:300] if name in {"subject", "where"} else value for name, value in said.items()}
        changes = {name: [getattr(moment, name), new] for name, new in said.items() if getattr(moment, name) != new}
        # Saying nothing takes nothing back.
        changes = {name: pair for name, pair in changes.items() if pair[1] or name in {"is_all_day", "ended_at"}}
        return {name: [timeline.as_said(old), timeline.as_said(new)] for name, (old, new) in changes.items()}

    def _change(self, moment: Moment, changes: dict[str, list[Any]]) -> None:
        for name, (_, new) in changes.items():
            setattr(moment, name, timeline.from_said(name, new))
        if changes and moment.id not in self.fresh_ids:
            self.touched[moment.id] = moment
        if "happened_at" in changes:
            self.moved.add(moment.id)

    def _add_takers(self, moment: Moment, happening: Happening) -> list[UUID]:
        known, added = self.takers[moment.id], []
        for taker in happening.takers:
            if taker.party.id not in known:
                known.add(taker.party.id)
                added.append(taker.party.id)
                self.fresh_participants.append(
                    (moment.id, taker.party.id, str(taker.role), taker.party.is_ours, moment.happened_at)
                )
        return added

    def _keep_telling(
        self, moment: Moment, one: News, *, added: list[UUID], filled: list[str], changes: dict[str, list[Any]]
    ) -> None:
        said: dict[str, Any] = {
            **_said(one),
            "joined": moment.source_id != self.source.id,
            "added": [str(party_id) for party_id in added],
            "filled": filled,
        }
        if one.version is not None:
            said["digests"] = [_digest(one)]
        if changes:
            said["changed"] = changes
        key = one.happening.key
        telling = fresh(Telling, id=new_id(), moment=moment, key=key, said=said, place=one.place[:300], **self.told)
        self.fresh_tellings.append(telling)
        self.fresh_ids.add(telling.id)
        self.tellings[key].append(telling)

    # what is known

    def _is_own(self, telling: Telling) -> bool:
        """Brought in before by this member from a source of this kind; or erased since, for whomever it is told again."""
        if telling.source_id == self.source.id or telling.key.startswith("erased:"):
            return True
        kind = telling.source.kind if telling.source else ""
        # A chat comes alone, or in an archive beside other things.
        is_same_kind = kind == self.source.kind or telling.key.startswith("chat:")
        return telling.told_by_id == self.run.member.pk and is_same_kind

    def _load_known(self, keys: set[str]) -> None:
        by_seal = {sealed(key): key for key in keys}
        found = (
            Telling.objects.filter(among("key", [*keys, *by_seal]), withdrawn_at=None)
            .select_related("moment", "source")
            .order_by("told_at", "id")
        )
        for telling in found:
            moment = telling.moment = self.moments.setdefault(telling.moment_id, telling.moment)
            is_hidden = moment.room == Room.MINE and moment.told_by_id != self.run.member.pk
            is_gone = moment.withdrawn_at is not None and not self._is_own(telling) and "version" not in telling.said
            if not is_hidden and not is_gone:
                self.tellings[by_seal.get(telling.key, telling.key)].append(telling)

    def _load_takers(self) -> None:
        known = Participant.objects.filter(among("moment_id", list(self.moments)))
        for moment_id, party_id in known.values_list("moment_id", "party_id"):
            self.takers[moment_id].add(party_id)

    def _find_notes(self, news: Sequence[News]) -> dict[str, Moment]:
        """By key, the one moment that a note told and this is about; nothing where two might be meant."""
        asked = [one for one in news if one.may_be_noted and not self.tellings[one.happening.key]]
        outside = {taker.party.id for one in asked for taker in one.happening.takers if not taker.party.is_ours}
        if not outside:
            return {}
        noted = list(
            Moment.objects.visible_to(self.run.member)
            .standing()
            .with_parties(outside)
            .filter(on_day__in={one.happening.on_day for one in asked}, room=Room.OURS, source__kind=SourceKind.NOTE)
            .exclude(tellings__key__startswith="event:")
            .prefetch_related("participants")
        )
        matches = {one.happening.key: [moment for moment in noted if _is_about(moment, one)] for one in asked}
        claimed = Counter(moment.id for found in matches.values() for moment in found)
        sure = {key: found[0] for key, found in matches.items() if len(found) == 1 and claimed[found[0].pk] == 1}
        self.moments |= {moment.id: moment for moment in sure.values()}
        return sure

    # the rest of writing

    def _move_participants(self) -> None:
        if self.moved:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE timeline_participant AS p SET happened_at = m.happened_at FROM timeline_moment AS m"
                    " WHERE m.id = p.moment_id AND m.id = ANY (%s)",
                    [list(self.moved)],
                )

    def _file_names(self) -> dict[UUID, list[str]]:
        """The names of the files of moments that were there before, by which they are found too."""
        names: dict[UUID, list[str]] = defaultdict(list)
        if self.touched:
            there = Attachment.objects.filter(among("moment_id", list(self.touched))).order_by("id")
            for moment_id, name in there.values_list("moment_id", "name"):
                names[moment_id].append(name)
        return names

    def _entry(self, moment: Moment, names: Mapping[UUID, list[str]]) -> search.Entry:
        return search.Entry(
            kind="moment",
            object_id=moment.id,
            text=" ".join([moment.subject, moment.words, *names.get(moment.id, ())]),
            at=moment.happened_at,
            party_ids=tuple(self.takers[moment.id]),
            member_id=moment.told_by_id if moment.room == Room.MINE else None,
        )


def _said(one: News) -> dict[str, Any]:
    """What this source says, in the form in which tellings keep it."""
    happening = one.happening
    said = {
        "mode": str(happening.mode),
        "happened_at": happening.happened_at.isoformat(),
        "zone": happening.zone,
        "ended_at": happening.ended_at.isoformat() if happening.ended_at else None,
        "is_all_day": happening.is_all_day,
        "began": str(happening.began),
        "subject": happening.subject,
        "words": happening.words,
        "where": happening.where,
        "parties": [str(taker.party.id) for taker in happening.takers],
    }
    return said if one.version is None else {**said, "version": one.version}


def _digest(one: News) -> str:
    """A short digest of what this source says, but for who was there: they are told by their ids here."""
    said = {name: value for name, value in _said(one).items() if name != "parties"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _digests(known: Iterable[Telling]) -> set[str]:
    return {digest for telling in known for digest in telling.said.get("digests", [])}


def _said_otherwise(one: News, before: Telling) -> list[str]:
    """The columns of a moment about which this telling says something else than the one before."""
    said = _said(one)
    names = [name for name in _CHANGED if name in said and said[name] != before.said.get(name)]
    return [*names, "on_day"] if {"happened_at", "zone"} & set(names) else names


def _is_later(one: News, known: Iterable[Telling], *, or_equal: bool = False) -> bool:
    """Whether this is a later version than all that were told under its key."""
    if one.version is None:
        return False
    latest = max((telling.said.get("version") or 0 for telling in known), default=0)
    return one.version >= latest if or_equal else one.version > latest


def _is_about(moment: Moment, one: News) -> bool:
    """Whether a note of that day tells of this meeting: all it names from outside were there, and the mode may be the same."""
    happening = one.happening
    named = {taker.party_id for taker in moment.participants.all() if not taker.is_ours}
    there = {taker.party.id for taker in happening.takers}
    return (
        moment.on_day == happening.on_day
        and timeline.may_be_same_mode(happening.mode, moment.mode)
        and bool(named)
        and named <= there
    )
