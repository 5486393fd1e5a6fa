"""Chats written in every dialect of phones and read back: the same people, days and words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.channels.chats import parse, whatsapp, words
from ampersand.channels.chats.said import Chat, LeftOut, Said

PRESENT = datetime(2026, 10, 6, tzinfo=UTC)
SHOWN = datetime.combine(date(2024, 3, 25), time(14, 5, 9))
BEGINS = datetime.combine(date(2024, 1, 13), time(0, 0, 7))


@dataclass(frozen=True)
class Dialect:
    """How one phone in one language writes a line: the day and time by `strftime`, and its words for half of a day."""

    day: Callable[[datetime], str]
    time: str
    line: str
    halves: tuple[str, str] = ("", "")
    has_seconds: bool = False

    def __str__(self) -> str:
        return self.write(SHOWN, "Ana", "Hola")

    def write(self, at: datetime, who: str, words: str) -> str:
        half = self.halves[at.hour >= 12]
        hour = at.hour % 12 or 12
        shown = self.time.format(h=at.hour, k=hour, m=at.minute, s=at.second, half=half)
        return self.line.format(day=self.day(at), time=shown, who=who, words=words)


def slashed(at: datetime) -> str:
    return f"{at.day:02}/{at.month:02}/{at.year}"


def american(at: datetime) -> str:
    return f"{at.month}/{at.day}/{at.year % 100:02}"


def dotted(at: datetime) -> str:
    return f"{at.day:02}.{at.month:02}.{at.year % 100:02}"


def dotted_long(at: datetime) -> str:
    return f"{at.day}.{at.month}.{at.year}"


def dashed(at: datetime) -> str:
    return f"{at.day:02}-{at.month:02}-{at.year}"


def by_year(at: datetime) -> str:
    return f"{at.year}-{at.month:02}-{at.day:02}"


def by_year_slashed(at: datetime) -> str:
    return f"{at.year}/{at.month}/{at.day}"


def hungarian(at: datetime) -> str:
    return f"{at.year}. {at.month:02}. {at.day:02}."


def czech(at: datetime) -> str:
    return f"{at.day}. {at.month}. {at.year}"


def thai(at: datetime) -> str:
    return f"{at.day}/{at.month}/{at.year + 543}"


def wide(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日"


def arabic(at: datetime) -> str:
    return slashed(at).translate({ord(str(n)): chr(0x0660 + n) for n in range(10)})


DASH, BRACKET = "{day}, {time} - {who}: {words}", "[{day}, {time}] {who}: {words}"
H24, H24S = "{h:02}:{m:02}", "{h:02}:{m:02}:{s:02}"
DIALECTS = (
    Dialect(slashed, H24, DASH),
    Dialect(slashed, H24, "{day} {time} - {who}: {words}"),
    Dialect(slashed, H24, "{day} à {time} - {who}: {words}"),
    Dialect(slashed, H24S, BRACKET, has_seconds=True),
    Dialect(slashed, H24S, "[{day} {time}] {who}: {words}", has_seconds=True),
    Dialect(slashed, H24S, "\u200e[{day}, {time}] {who}: {words}", has_seconds=True),
    Dialect(slashed, "{k}:{m:02} {half}", DASH, ("am", "pm")),
    Dialect(slashed, "{k}:{m:02}:{s:02}\u202f{half}", BRACKET, ("a.\u00a0m.", "p.\u00a0m."), has_seconds=True),
    Dialect(slashed, "{k}:{m:02} {half}", DASH, ("a. m.", "p. m.")),
    Dialect(american, "{k}:{m:02}\u202f{half}", DASH, ("AM", "PM")),
    Dialect(american, "{k}:{m:02}:{s:02}\u202f{half}", BRACKET, ("AM", "PM"), has_seconds=True),
    Dialect(dotted, H24, DASH),
    Dialect(dotted, H24S, BRACKET, has_seconds=True),
    Dialect(dotted, "{k}:{m:02} {half}", DASH, ("vorm.", "nachm.")),
    Dialect(dotted_long, "{h}.{m:02}", "{day} klo {time} - {who}: {words}"),
    Dialect(dotted_long, H24, "{day} г., {time} - {who}: {words}"),
    Dialect(dotted_long, "{k}:{m:02} {half}", DASH, ("ÖÖ", "ÖS")),
    Dialect(dashed, H24, "{day} {time} - {who}: {words}"),
    Dialect(by_year, H24, "{day} {time} - {who}: {words}"),
    Dialect(by_year, "{k}:{m:02}:{s:02} {half}", BRACKET, ("fm", "em"), has_seconds=True),
    Dialect(by_year_slashed, "{half}{k}:{m:02}", "{day} {time} - {who}: {words}", ("上午", "下午")),
    Dialect(by_year_slashed, "{half}{k}:{m:02}:{s:02}", "[{day} {time}] {who}: {words}", ("上午", "下午"), True),
    Dialect(by_year_slashed, "{half}{k}:{m:02}", "{day} {time} - {who}: {words}", ("午前", "午後")),
    Dialect(wide, "{half}{k}:{m:02}", "{day} {time} - {who}: {words}", ("上午", "下午")),
    Dialect(hungarian, H24, "{day} {time} - {who}: {words}"),
    Dialect(hungarian, "{half} {k}:{m:02}", "{day} {time} - {who}: {words}", ("오전", "오후")),
    Dialect(hungarian, "{half} {k}:{m:02}:{s:02}", "[{day} {time}] {who}: {words}", ("오전", "오후"), True),
    Dialect(czech, H24, "{day} {time} - {who}: {words}"),
    Dialect(thai, H24, "{day} {time} - {who}: {words}"),
    Dialect(slashed, H24, "{time}, {day} - {who}: {words}"),
    Dialect(slashed, H24S, "[{time}, {day}] {who}: {words}", has_seconds=True),
    Dialect(arabic, "{k}:{m:02} {half}", "{day}، {time} - {who}: {words}", ("ص", "م")),
    Dialect(slashed, "{k}:{m:02} {half}", DASH, ("π.μ.", "μ.μ.")),
    Dialect(slashed, "{k}:{m:02} {half}", DASH, ("ก่อนเที่ยง", "หลังเที่ยง")),
)

NAMES = st.sampled_from(
    [
        "Ana",
        "Jane Okafor",
        "Jürgen Müller-Lüdenscheidt",
        "王伟",
        "Ο Νίκος",
        "محمد",
        "+44 7700 900123",
        "~ Bo 🌻",
        "O'Rourke, T.",
    ]
)
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda line: line.strip() == line and line.strip("<>[]().。 ") and "<" not in line and line != "null")


def is_of_the_phone(told: str) -> bool:
    """Whether these are words that WhatsApp writes itself."""
    return bool(
        words.is_deleted(told)
        or words.is_nothing(told)
        or words.is_call_not_taken(told)
        or words.call_seconds(told) is not None
        or words.files_in(told)
        or any(map(words.is_omitted, told.splitlines()))
        or words.without_edited(told) != told
    )


WORDS = st.lists(LINES, min_size=1, max_size=3).map("\n".join).filter(lambda told: not is_of_the_phone(told))
# One day is past the twelfth, so that its order can be told.
TIMES = st.integers(0, 400 * 24 * 60).map(lambda minutes: BEGINS + timedelta(minutes=minutes))


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.tuples(TIMES, NAMES, WORDS), min_size=1, max_size=8))
def test_what_a_phone_wrote_is_read_as_it_was_said(dialect: Dialect, told: list[tuple[datetime, str, str]]) -> None:
    told = sorted([(BEGINS, "Ana", "Hola"), *told], key=lambda one: one[0])

    found = read("\n".join(dialect.write(*one) for one in told))

    assert [one.at.replace(microsecond=0) for one in found.said] == [
        at if dialect.has_seconds else at.replace(second=0) for at, _who, _words in told
    ]
    assert [one.words for one in found.said] == [words for _at, _who, words in told]
    assert [one.speaker.name for one in found.said] == [who.removeprefix("~ ") for _at, who, _words in told]
    assert found.other_orders == ()


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_each_dialect_is_known_for_a_chat(dialect: Dialect, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(dialect.write(SHOWN, "Ana", "Hola"), encoding="utf-8")

    assert parse.is_chat(path)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_whatever_stands_in_a_file_is_read_to_its_end(text: str) -> None:
    read(text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("[]0123456789/.,-: \u200e\u202fapm上午\nAna<>()"), max_size=200))
def test_what_looks_like_stamps_is_read_to_its_end(text: str) -> None:
    found = read("[13/01/2024, 10:00:00] Ana: Hola\n" + text)

    assert isinstance(found.lines[0], (Said, LeftOut))


def read(text: str) -> Chat:
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(text.encode("utf-8", "surrogatepass"))
        file.flush()
        return whatsapp.read(Path(file.name), name="chat.txt", title="", present=PRESENT)
