from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.core import search
from ampersand.core import search_forms as forms
from ampersand.core.folding import folded_words
from ampersand.core.models import SearchBeginning, SearchEntry, SearchName
from ampersand.core.search_store import COPIED_FROM

KINDS = ("party", "moment", "promise", "note")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def party(name: str, *, also: str = "") -> UUID:
    party_id = uuid4()
    search.put(search.Entry("party", party_id, f"{name} {also}", party_ids=(party_id,), names=(name,)))
    return party_id


def moment(words: str, *, days_ago: int = 0, with_ids: tuple[UUID, ...] = (), of: UUID | None = None) -> UUID:
    moment_id = uuid4()
    at = NOON - timedelta(days=days_ago)
    search.put(search.Entry("moment", moment_id, words, party_ids=with_ids, member_id=of, at=at))
    return moment_id


def found(
    query: str,
    *,
    kinds: tuple[str, ...] = KINDS,
    hidden: tuple[UUID, ...] = (),
    by: UUID | None = None,
    limit: int = 50,
) -> list[UUID]:
    hits = search.find(query, kinds=kinds, hidden_party_ids=hidden, member_id=by, limit=limit)
    return [hit.object_id for hit in hits]


# What is found


@pytest.mark.parametrize(
    "query",
    [
        "ok",
        "oka",
        "okafor",
        "ja",
        "jane oka",
        "oka ja",
        "OKAFOR, Jane",
        "alder",
        "jane@al",
        "+44 20 79",
        "442079460018",
    ],
)
def test_a_party_is_found_by_the_beginning_of_any_of_its_words_in_any_order(query: str) -> None:
    jane = party("Jane Okafor", also="jane@alder.example +44 20 7946 0018")

    assert found(query) == [jane]


@pytest.mark.parametrize("query", ["j", "", " ", "&", "'':*", "x y z", "!!", "\x00", "\\"])
def test_nothing_is_found_by_a_letter_or_by_signs(query: str) -> None:
    party("Jane Okafor")

    assert found(query) == []


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Łukasz Żółć", "lukasz zolc"),
        ("Zoë Ångström", "zoe angstrom"),
        ("Straßer & Söhne", "STRASSER sohne"),
        ("O’Brien Ltd", "obri"),
        ("O’Brien Ltd", "o'bri"),
        ("Jean-Luc Picard", "jeanl"),
        ("Ελένη Παπαδοπούλου", "παπα"),
        ("محمد علي", "مح"),
        ("Ольга Иванова", "ива"),
        ("田中太郎", "田"),
        ("田中太郎", "太郎"),
        ("김민수", "김민"),
        ("हिन्दी भाषा", "भाषा"),
        ("𠮷野家", "𠮷野"),
        ("ｶﾞﾚｰｼﾞ", "ガレ"),
    ],
)
def test_names_of_all_scripts_are_found_without_their_accents(name: str, query: str) -> None:
    party_id = party(name)

    assert found(query) == [party_id]


@pytest.mark.parametrize("query", ["okfor", "okaafor", "okafer", "oakfor", "kafor", "okafot", "jane okfaor"])
def test_one_typing_error_in_a_word_is_forgiven(query: str) -> None:
    jane = party("Jane Okafor")
    party("Bo Lindqvist")

    assert found(query) == [jane]


@pytest.mark.parametrize("query", ["christopehrson", "chrisotpherson", "hristopherson", "xchristopherson"])
def test_a_typing_error_in_a_long_word_is_forgiven(query: str) -> None:
    assert [party("Ann Christopherson")] == found(query)


def test_words_that_are_far_apart_are_not_taken_for_one_another() -> None:
    party("Jane Okafor")

    assert found("lindqvist") == []
    assert found("jane lindqvist") == []


# In which order


def test_who_is_called_so_comes_first_then_beginnings_then_mistyped() -> None:
    mistyped = party("Marten Lind")
    longer = party("Martha Lind")
    called_so = party("Marth")

    assert found("marth") == [called_so, longer, mistyped]


def test_parties_come_before_moments_unless_the_kinds_say_otherwise() -> None:
    talk = moment("Talked with Okafor")
    jane = party("Jane Okafor")

    assert found("okafor") == [jane, talk]
    assert found("okafor", kinds=("moment", "party")) == [talk, jane]


def test_newer_moments_come_first() -> None:
    middle, oldest, newest = (moment("the refractometer", days_ago=days) for days in (10, 400, 1))

    assert found("refra") == [newest, middle, oldest]


def test_the_cut_leaves_the_newest() -> None:
    moments = [moment("the refractometer", days_ago=days) for days in range(9)]

    assert found("refra", limit=3) == moments[:3]


def test_each_kind_is_filled_by_itself() -> None:
    parties = [party(f"Okafor {number}") for number in "abc"]
    talk = moment("Okafor called")

    hits = search.find_each("okafor", kinds=("party", "moment", "note"), hidden_party_ids=(), member_id=None, limit=2)

    assert [hit.object_id for hit in hits["moment"]] == [talk]
    assert {hit.object_id for hit in hits["party"]} < set(parties)
    assert hits["note"] == []


# Who may find it


@pytest.mark.parametrize("others", [0, 200])
def test_what_touches_a_hidden_party_is_not_found(others: int) -> None:
    jane, leona = party("Jane Okafor"), party("Leona Marsh")
    both = moment("Visit to the hospital", with_ids=(jane, leona))
    closed = (leona, *(uuid4() for _ in range(others)))

    assert found("leona", hidden=closed) == []
    assert found("loena", hidden=closed) == []
    assert found("leona marsh", hidden=closed) == []
    assert found("hospital", hidden=closed) == []
    assert found("hospital", hidden=closed[1:]) == [both]
    assert found("okafor", hidden=closed) == [jane]


def test_rights_come_before_the_cut() -> None:
    hidden = tuple(party(f"Okafor {number}") for number in "abcdef")
    seen = party("Okafor z")

    assert found("okafor", hidden=hidden, limit=1) == [seen]


def test_what_is_mine_is_found_by_me_alone() -> None:
    me, another = uuid4(), uuid4()
    mine = moment("the refractometer", of=me)

    assert found("refra", by=me) == [mine]
    assert found("refra", by=another) == []
    assert found("refra") == []


def test_what_becomes_the_house_s_is_found_by_all() -> None:
    note_id, me = uuid4(), uuid4()
    search.put(search.Entry("note", note_id, "the refractometer", member_id=me, at=NOON))

    search.put(search.Entry("note", note_id, "the refractometer", at=NOON))

    assert found("refra", by=uuid4()) == [note_id]


# What is put again, and taken out


def test_put_again_it_is_found_by_its_new_words_alone() -> None:
    party_id = party("Jane Okafor")

    search.put(search.Entry("party", party_id, "", party_ids=(party_id,), names=("Jane Lindqvist",)))

    assert found("lindqvist") == [party_id]
    assert found("okafor") == []
    assert found("okafro") == []


def test_taken_out_it_leaves_no_word_behind() -> None:
    party_id = party("Xaverlina Okafor", also="xaverlina@alder.example")

    search.remove([party_id])

    assert not SearchEntry.objects.exists()
    assert not SearchName.objects.exists()
    assert not SearchBeginning.objects.exists()


def test_a_short_word_or_a_number_keeps_no_beginning_alive_once_it_is_gone() -> None:
    longer, shorter = party("Leonard Simultan"), party("Leon", also="simultaneous11")
    search.remove([longer])

    search.remove([shorter])

    assert not SearchBeginning.objects.exists()


def test_beginnings_that_others_have_stay_when_one_is_taken_out() -> None:
    gone, stays = party("Jane Okafor"), party("Ann Okafor")
    moment("a visit to the roastery")

    search.remove([gone])

    assert found("okafro") == [stays]


def test_many_words_that_go_at_once_are_counted_instead_of_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ampersand.core.search_store.MOST_LOOKED_UP", 0)
    gone, stays = party("Jane Okafor"), party("Ann Okaforelli")

    search.remove([gone])

    assert found("okafroelli") == [stays]
    assert not SearchBeginning.objects.filter(beginning="okafor", shortened="okafo").exists() or found("okafor") == [
        stays
    ]


def test_gathered_entries_are_written_once_at_the_end() -> None:
    with search.gathered():
        first = party("Jane Okafor")
        second = party("Bo Lindqvist")
        search.remove([second])
        assert found("okafor") == []

    assert found("okafor") == [first]
    assert found("lindqvist") == []


def test_what_is_gathered_in_vain_is_not_written() -> None:
    def fail() -> None:
        with search.gathered():
            party("Jane Okafor")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert found("okafor") == []


# In a large house


def many(count: int, words: Callable[[int], str], *, kind: str = "moment") -> list[UUID]:
    ids = [uuid4() for _ in range(count)]
    search.put_many(
        search.Entry(kind, row, words(number), at=NOON - timedelta(hours=number)) for number, row in enumerate(ids)
    )
    return ids


def test_what_is_rare_and_old_is_found_behind_the_newest() -> None:
    ids = many(3_200, lambda number: "refractometer" if number == 3_100 else "harvest")

    assert found("refra") == [ids[3_100]]
    assert found("rerfactometer") == [ids[3_100]]


def test_short_beginnings_count_as_whole_words_behind_the_newest() -> None:
    ids = many(3_200, lambda number: {3_100: "tea", 3_101: "teapot"}.get(number, "harvest"))

    assert found("tea") == [ids[3_100]]
    assert found("teap") == [ids[3_101]]


def test_of_many_old_ones_the_newest_are_found() -> None:
    ids = many(8_000, lambda number: "refractometer" if number > 3_200 else "harvest")

    assert found("refra", limit=5) == ids[3_201:3_206]
    assert found("rerfactometer", limit=5) == ids[3_201:3_206]


def test_words_of_several_texts_are_found_together_only_where_one_has_all_of_them() -> None:
    ids = many(3_500, lambda number: {3_400: "refractometer harvest"}.get(number, "refractometer sent"))

    assert found("harvest refra") == [ids[3_400]]
    assert found("sent harvest") == []


def test_what_is_frequent_in_moments_is_found_in_the_few_promises() -> None:
    many(3_200, lambda number: "harvest")
    promises = many(3_200, lambda number: "harvest" if number == 3_100 else "a sample", kind="promise")

    assert found("harvest", kinds=("promise",)) == [promises[3_100]]


def test_beginnings_that_the_database_counts_as_frequent_are_asked_by_the_words_that_begin_so() -> None:
    ids = many(4_000, lambda number: "harvest late" if number % 2 else "harvester sent")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_searchentry")

    assert set(forms.frequent(["harv"])["harv"]) == {"harvest", "harvester"}
    assert found("sent harv", limit=4_000) == ids[::2]
    assert found("late harv", limit=4_000) == ids[1::2]


def test_a_beginning_of_many_names_is_asked_by_these_names_and_one_of_too_many_is_looked_for_in_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forms, "MANY_NAMES", 3)
    monkeypatch.setattr(forms, "MOST_WORDS", 4)
    parties = [
        party(f"{first} {last}") for first in ("Jane", "Jo", "Jill", "Jack", "June") for last in ("Marsh", "Marten")
    ]

    assert set(found("j marten")) == set(parties[1::2])
    assert found("mar jack") == [parties[6], parties[7]]
    assert set(found("j mar")) == set(parties)
    assert set(found("mraten j")) == set(parties[1::2])


def test_who_may_not_see_them_finds_none_of_many_names_that_are_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MANY_NAMES", 1)
    monkeypatch.setattr(forms, "MOST_WORDS", 0)
    hidden, seen = party("Jane Marsh"), party("Jill Marsh")

    assert found("j mar", hidden=(hidden,)) == [seen]
    assert found("j mar", hidden=(hidden, *(uuid4() for _ in range(200)))) == [seen]


def test_a_member_s_own_is_found_behind_the_newest_of_the_house() -> None:
    me = uuid4()
    many(3_200, lambda _: "harvest")
    mine = moment("harvest", days_ago=3000, of=me)

    assert mine in found("harvest", by=me, limit=10_000)


def test_a_search_asks_a_bounded_number_of_times() -> None:
    party("Jane Okafor")
    many(3_200, lambda number: "harvest")

    with CaptureQueriesContext(connection) as asked:
        found("jane refractomteer")

    assert len(asked) <= 14


def test_putting_asks_as_often_for_a_thousand_as_for_as_many_as_are_first_copied() -> None:
    many(COPIED_FROM, lambda number: f"before {number}")
    with CaptureQueriesContext(connection) as some:
        many(COPIED_FROM, lambda number: f"harvest {number}")
    with CaptureQueriesContext(connection) as thousand:
        many(1_000, lambda number: f"gathering {number}")
    with CaptureQueriesContext(connection) as one:
        many(1, lambda number: f"late {number}")

    assert len(thousand) == len(some)
    assert len(one) < len(some)


@pytest.mark.parametrize("count", [3, COPIED_FROM + 3])
def test_few_and_many_are_put_alike(count: int) -> None:
    ana, bo = uuid4(), uuid4()
    entries = [
        search.Entry("moment", uuid4(), f"Gruß an O’Brien\t{number}\nc:\\temp", (ana, bo), at=NOON)
        for number in range(count)
    ]

    search.put_many(entries)

    assert set(found("obrien gruss", limit=count)) == {entry.object_id for entry in entries}
    assert found("temp", hidden=(bo,)) == []
    assert list(SearchEntry.objects.values_list("party_ids", flat=True).distinct()) == [[ana, bo]]


# Names for the notebook


def looked_up(*words: str, hidden: tuple[UUID, ...] = (), limit: int = 300) -> list[UUID]:
    return search.lookup_parties(set(words), hidden_party_ids=hidden, limit=limit)


def test_parties_are_looked_up_by_words_beginnings_and_near_words_of_their_names() -> None:
    jane, christina, bo = party("Jane Okafor"), party("Christina Berg"), party("Bo Lindqvist")
    party("Tom Lind", also="okafor@alder.example")

    assert looked_up("jane") == [jane]
    assert looked_up("chris") == [christina]
    assert looked_up("okafro") == [jane]
    assert looked_up("bo", "christian") == [bo, christina]
    assert looked_up("be") == []
    assert looked_up() == []


def test_who_matches_several_words_is_looked_up_first_and_common_names_last() -> None:
    janes = [party(f"Jane {letter}") for letter in "abcde"]
    okafor, both = party("Ann Okafor"), party("Jane Okafor")

    assert looked_up("jane", "okafor", limit=2) == [both, okafor]
    assert set(looked_up("jane", "okafor")) == {both, okafor, *janes}


def test_hidden_parties_are_not_looked_up() -> None:
    leona = party("Leona Marsh")

    assert looked_up("leona", "marsh", "loena", "leo", hidden=(leona,)) == []


def test_looking_up_all_words_of_a_note_is_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        looked_up(*(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))

    assert len(asked) == 1


# Whatever is put

WORD = st.text("abcdeéßøłкиоλ中ا", min_size=2, max_size=11)
LONG_WORD = st.text("abcdeéøłкиоλ", min_size=5, max_size=14).filter(lambda word: len("".join(folded_words(word))) >= 5)


def _errors(word: str, at: int, letter: str) -> list[str]:
    at %= len(word)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        swapped,
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(WORD, min_size=1, max_size=4), min_size=1, max_size=4), length=st.integers(2, 9))
def test_whatever_was_put_is_found_by_any_beginning_of_any_of_its_words(texts: list[list[str]], length: int) -> None:
    SearchEntry.objects.all().delete()
    SearchName.objects.all().delete()
    put = {party(" ".join(words)): words for words in texts} | {moment(" ".join(words)): words for words in texts}

    for row, words in put.items():
        for word in folded_words(" ".join(words)):
            assert len(word) < 2 or row in found(word[:length])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(LONG_WORD, min_size=1, max_size=3), at=st.integers(0, 13), letter=st.sampled_from("axkλ"))
def test_whatever_was_put_is_found_through_one_typing_error(words: list[str], at: int, letter: str) -> None:
    named, told = party(" ".join(words)), moment(" ".join(words))

    for word in folded_words(" ".join(words)):
        for mistyped in _errors(word, at, letter):
            assert {named, told} <= set(found(mistyped, limit=5000))
    search.remove([named, told])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORD, min_size=1, max_size=3), query=st.text("abcdeéкλ中 ", max_size=8))
def test_nothing_is_ever_found_across_rights(words: list[str], query: str) -> None:
    text = " ".join(words)
    closed = party(text)
    told, mine = moment(text, with_ids=(closed,)), moment(text, of=uuid4())

    for asked in (query, text, text[:3], text[1:]):
        assert not {closed, told, mine} & set(found(asked, hidden=(closed,), by=uuid4(), limit=5000))
    assert closed not in looked_up(*folded_words(text), hidden=(closed,))
    search.remove([closed, told, mine])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_may_be_put_and_asked(text: str) -> None:
    row = party(text)
    found(text)
    looked_up(*folded_words(text))
    search.remove([row])


# At once


@pytest.mark.django_db(transaction=True)
def test_two_who_put_the_same_new_words_wait_for_nobody() -> None:
    is_first_put, is_second_done = threading.Event(), threading.Event()
    failures: list[Exception] = []

    def first() -> None:
        try:
            with transaction.atomic():
                party("Zetalina Alphabert")
                is_first_put.set()
                assert is_second_done.wait(10), "the second waited for the first"
                party("Omegard Alphabert")
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    def second() -> None:
        try:
            is_first_put.wait(10)
            with transaction.atomic():
                party("Omegard Alphabert")
                party("Zetalina Alphabert")
            is_second_done.set()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert failures == []
    assert len(found("alphabert")) == 4
    assert len(found("alhpabert")) == 4


def test_whom_a_text_names_in_full_is_found_among_hundreds_who_share_each_word() -> None:
    meant = party("Hazel Bramworth Oke")
    for number in range(70):
        party(f"Hazel Ames{number}")
        party(f"Odd{number} Bramworth")
    text = "Called Hazel Bramworth about the dates"

    looked_up = search.lookup_parties(set(folded_words(text)), text=text, hidden_party_ids=[])

    assert looked_up[0] == meant
    assert meant not in search.lookup_parties(set(folded_words(text)), text=text, hidden_party_ids=[meant])
