"""Which mails belong to one conversation, found as they come in, in any order.

A mail joins by the whole chain of ids it names, from the nearest backwards, and only where the people fit: answers of
many people to one newsletter, or to a mail none of us has, are conversations of their own. A reply without any chain
may join by subject, people and time; that is marked as guessed. One mail may show that two threads were one.

The rules here ask a `Shelf` for what is known and say what is to be done; `Memory` is the shelf of an import in one go,
a shelf over tables serves the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from ampersand.channels.mail.kinds import Kind
from ampersand.channels.mail.parse import Mail
from ampersand.channels.mail.reasons import Reason

GUESS_DAYS = 30
GUESS_WITHIN = timedelta(days=GUESS_DAYS)


@dataclass(frozen=True, slots=True)
class Letter:
    """What threads need of a mail. `people` are its author and recipients; `lists` the lists it went through."""

    message_id: str
    references: tuple[str, ...]
    author: str
    to: frozenset[str]
    lists: frozenset[str]
    at: datetime
    base_subject: str
    is_reply: bool
    kind: Kind
    is_blind: bool = False

    @classmethod
    def of(cls, mail: Mail) -> Letter:
        return cls(
            message_id=mail.message_id,
            references=mail.references,
            author=mail.author.email,
            to=frozenset(address.email for address in mail.recipients),
            lists=frozenset(mail.lists),
            at=mail.at,
            base_subject=mail.base_subject,
            is_reply=mail.is_reply,
            kind=mail.kind,
            is_blind=mail.is_blind,
        )

    @property
    def people(self) -> frozenset[str]:
        return self.to | {self.author}

    @property
    def is_to_many_apart(self) -> bool:
        """Whether each of its readers got it alone: a newsletter, or a mail that hides whom it went to.

        Archives leave recipients out altogether: that hides nothing and says nothing.
        """
        return self.kind is Kind.NEWSLETTER or (not self.lists and (self.is_blind or self.to == {self.author}))

    @property
    def is_from_archive(self) -> bool:
        return not self.to and not self.lists and not self.is_blind


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a letter came to stand. `joined` are threads that it showed to be the same as `thread`; they end."""

    thread: int
    reason: Reason
    is_guessed: bool = False
    joined: tuple[int, ...] = ()


class Shelf(Protocol):
    """What is known of letters and threads. Threads that were joined answer under the one that stayed."""

    def thread_of(self, message_id: str) -> int | None: ...

    def letter(self, message_id: str) -> Letter | None: ...

    def people_of(self, thread: int) -> frozenset[str]: ...

    def lists_of(self, thread: int) -> frozenset[str]: ...

    def threads_that_name(self, message_id: str) -> Sequence[int]: ...

    def threads_by_subject(self, base_subject: str, after: datetime, before: datetime) -> Sequence[int]: ...

    def open_thread(self) -> int: ...

    def put(self, letter: Letter, thread: int) -> None: ...

    def join(self, kept: int, ended: int) -> None: ...


def place(letter: Letter, shelf: Shelf) -> Placing:
    """Put a letter into its thread. The same letter again changes nothing and gives its thread."""
    known = shelf.thread_of(letter.message_id)
    if known is not None:
        return Placing(known, Reason("thread_chain"))
    placing = _by_chain(letter, shelf) or _by_children(letter, shelf) or _by_guess(letter, shelf)
    if placing is None:
        is_branch = any(_is_branching(shelf.letter(one)) for one in letter.references)
        placing = Placing(
            shelf.open_thread(),
            Reason("thread_own_branch" if is_branch else "thread_new"),
        )
    shelf.put(letter, placing.thread)
    for ended in placing.joined:
        shelf.join(placing.thread, ended)
    return placing


def _by_chain(letter: Letter, shelf: Shelf) -> Placing | None:
    found: list[int] = []
    reason = Reason("thread_chain")
    for ancestor in reversed(letter.references):
        thread = shelf.thread_of(ancestor)
        if thread is not None:
            if _fits(letter, shelf.letter(ancestor), is_nearest=not found):
                found.append(thread)
        elif not found:
            found += [one for one in shelf.threads_that_name(ancestor) if _shares_talk(letter, shelf, one)]
            reason = Reason("thread_shared_parent") if found else reason
    if not found:
        return None
    whole = list(dict.fromkeys([*found, *_answers(letter, shelf)]))
    return Placing(whole[0], reason, joined=tuple(whole[1:]))


def _by_children(letter: Letter, shelf: Shelf) -> Placing | None:
    """A letter that comes after its own answers; of a newsletter the answers stay apart."""
    children = _answers(letter, shelf)
    if not children:
        return None
    return Placing(children[0], Reason("thread_late_parent"), joined=tuple(children[1:]))


def _by_guess(letter: Letter, shelf: Shelf) -> Placing | None:
    """Outlook and phones drop the chain: the same subject, answered among the same people within 30 days."""
    if not letter.is_reply or not letter.base_subject or not letter.kind.is_from_a_person:
        return None
    candidates = shelf.threads_by_subject(letter.base_subject, letter.at - GUESS_WITHIN, letter.at + GUESS_WITHIN)
    for thread in candidates:
        people, lists = shelf.people_of(thread), shelf.lists_of(thread)
        is_among_them = letter.author in people and bool((letter.to - {letter.author}) & people)
        if is_among_them or (letter.lists & lists):
            return Placing(thread, Reason.of("thread_guessed", days=GUESS_DAYS), is_guessed=True)
    return None


def _fits(letter: Letter, ancestor: Letter | None, *, is_nearest: bool) -> bool:
    """Whether the letter belongs to the thread of a letter it names."""
    if ancestor is None or not _is_branching(ancestor):
        return True
    # Of a newsletter only the sender's own next word belongs to it.
    return is_nearest and letter.author == ancestor.author


def _shares_talk(letter: Letter, shelf: Shelf, thread: int) -> bool:
    """Whether two answers to a letter nobody has are one talk: one's author is among the other's people, or a list is."""
    if letter.is_from_archive or letter.lists & shelf.lists_of(thread):
        return True
    return letter.author in shelf.people_of(thread) and len(letter.people & shelf.people_of(thread)) > 1


def _answers(letter: Letter, shelf: Shelf) -> Sequence[int]:
    return () if letter.is_to_many_apart else shelf.threads_that_name(letter.message_id)


def _is_branching(letter: Letter | None) -> bool:
    return letter is not None and letter.is_to_many_apart


@dataclass(slots=True)
class _Thread:
    letters: list[Letter] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)


class Memory:
    """A shelf in memory: for one file, for tests, and as the plain statement of what a shelf must answer."""

    def __init__(self) -> None:
        self._threads: dict[int, _Thread] = {}
        self._stays: dict[int, int] = {}
        self._of: dict[str, int] = {}
        self._letters: dict[str, Letter] = {}
        self._naming: dict[str, dict[int, None]] = {}
        self._subjects: dict[str, dict[int, None]] = {}
        self._next = 1

    def threads(self) -> Iterator[tuple[int, list[Letter]]]:
        for number, thread in self._threads.items():
            yield (
                number,
                sorted(thread.letters, key=lambda letter: (letter.at, letter.message_id)),
            )

    def thread_of(self, message_id: str) -> int | None:
        number = self._of.get(message_id)
        return None if number is None else self._present(number)

    def letter(self, message_id: str) -> Letter | None:
        return self._letters.get(message_id)

    def people_of(self, thread: int) -> frozenset[str]:
        return frozenset(self._threads[self._present(thread)].people)

    def lists_of(self, thread: int) -> frozenset[str]:
        return frozenset(self._threads[self._present(thread)].lists)

    def threads_that_name(self, message_id: str) -> Sequence[int]:
        return list(dict.fromkeys(map(self._present, self._naming.get(message_id, ()))))

    def threads_by_subject(self, base_subject: str, after: datetime, before: datetime) -> Sequence[int]:
        found = dict.fromkeys(map(self._present, self._subjects.get(base_subject, ())))
        return [
            one for one in reversed(found) if any(after <= letter.at <= before for letter in self._threads[one].letters)
        ]

    def open_thread(self) -> int:
        number = self._next
        self._next += 1
        self._threads[number] = _Thread()
        return number

    def put(self, letter: Letter, thread: int) -> None:
        number = self._present(thread)
        held = self._threads[number]
        held.letters.append(letter)
        held.people |= letter.people
        held.lists |= letter.lists
        self._of[letter.message_id] = number
        self._letters[letter.message_id] = letter
        for one in letter.references:
            self._naming.setdefault(one, {}).setdefault(number)
        if letter.base_subject:
            self._subjects.setdefault(letter.base_subject, {}).setdefault(number)

    def join(self, kept: int, ended: int) -> None:
        kept, ended = self._present(kept), self._present(ended)
        if kept == ended:
            return
        gone = self._threads.pop(ended)
        held = self._threads[kept]
        held.letters += gone.letters
        held.people |= gone.people
        held.lists |= gone.lists
        self._stays[ended] = kept

    def _present(self, thread: int) -> int:
        while thread in self._stays:
            thread = self._stays[thread]
        return thread


@dataclass(frozen=True, slots=True)
class Turn:
    """One letter of a thread and the one it answers: the named one, else the last of somebody else; None opens."""

    letter: Letter
    answers: str | None
    waited: timedelta | None


def turns(letters: Iterable[Letter]) -> list[Turn]:
    """Who began and who answered whom, in the order of time. The first turn's author began, unless it is itself an
    answer to a letter that is missing."""
    ordered = sorted(letters, key=lambda letter: (letter.at, letter.message_id))
    seen: dict[str, Letter] = {}
    out: list[Turn] = []
    for letter in ordered:
        parent = next((seen[one] for one in reversed(letter.references) if one in seen), None)
        if parent is None or parent.author == letter.author:
            parent = next(
                (other for other in reversed(seen.values()) if other.author != letter.author),
                None,
            )
        out.append(
            Turn(
                letter,
                parent.message_id if parent else None,
                letter.at - parent.at if parent else None,
            )
        )
        seen[letter.message_id] = letter
    return out


def begun_by(letters: Iterable[Letter]) -> str | None:
    """The address of who began; None when the first letter we have answers one that we do not have."""
    first = min(letters, key=lambda letter: (letter.at, letter.message_id), default=None)
    return first.author if first and not first.is_reply else None
