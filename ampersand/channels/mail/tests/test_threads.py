from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.mail import threads
from ampersand.channels.mail.kinds import Kind
from ampersand.channels.mail.threads import Letter, Memory, Placing

START = datetime(2024, 3, 5, tzinfo=UTC)
US = "bo@harbour.example"


def letter(
    name: str,
    author: str,
    to: str = US,
    *,
    answers: str = "",
    day: float = 0,
    lists: str = "",
    subject: str = "",
    kind: Kind = Kind.PERSON,
    is_blind: bool = False,
) -> Letter:
    return Letter(
        message_id=name,
        references=tuple(answers.split()),
        author=author,
        to=frozenset(to.split()),
        lists=frozenset(lists.split()),
        at=START + timedelta(days=day),
        base_subject=subject,
        is_reply=bool(answers or subject),
        kind=kind,
        is_blind=is_blind,
    )


def place_all(*letters: Letter) -> tuple[Memory, list[Placing]]:
    shelf = Memory()
    return shelf, [threads.place(one, shelf) for one in letters]


def groups(shelf: Memory) -> set[frozenset[str]]:
    return {frozenset(one.message_id for one in letters) for _, letters in shelf.threads()}


def test_answers_join_by_the_whole_chain_though_the_nearest_is_missing() -> None:
    shelf, _ = place_all(letter("a", "ana"), letter("c", "ana", answers="a b"))

    assert groups(shelf) == {frozenset("ac")}


def test_answers_of_many_people_to_one_newsletter_are_talks_of_their_own() -> None:
    news = letter("n", US, "readers@harbour.example", kind=Kind.NEWSLETTER)

    shelf, placings = place_all(
        news, letter("a", "ana", answers="n"), letter("c", "cy", answers="n"), letter("b", US, "ana", answers="n a")
    )

    assert groups(shelf) == {frozenset("n"), frozenset("ab"), frozenset("c")}
    assert placings[1].reason.code == "thread_own_branch"


def test_a_newsletter_that_comes_late_or_never_does_not_join_its_answers() -> None:
    answers = [letter("a", "ana", answers="n"), letter("c", "cy", answers="n"), letter("b", US, "ana", answers="n a")]

    without, _ = place_all(*answers)
    late, _ = place_all(*answers, letter("n", US, "", kind=Kind.NEWSLETTER, is_blind=True))

    assert groups(without) == {frozenset("ab"), frozenset("c")}
    assert groups(late) == {frozenset("ab"), frozenset("c"), frozenset("n")}


def test_two_colleagues_in_copy_do_not_join_two_customers() -> None:
    both = f"{US} di@harbour.example"

    shelf, _ = place_all(
        letter("a", "ana", both, answers="n"),
        letter("c", "cy", both, answers="n"),
        letter("b", US, "cy di@harbour.example", answers="n c"),
    )

    assert groups(shelf) == {frozenset("a"), frozenset("bc")}


def test_two_people_of_one_talk_join_though_its_first_mail_is_missing() -> None:
    shelf, placings = place_all(
        letter("a", "ana", f"{US} cy", answers="x"), letter("c", "cy", f"{US} ana", answers="x")
    )

    assert groups(shelf) == {frozenset("ac")}
    assert placings[1].reason.code == "thread_shared_parent"


def test_a_letter_that_names_two_threads_makes_them_one() -> None:
    shelf, placings = place_all(letter("a", "ana"), letter("b", "cy"), letter("c", US, "ana cy", answers="a b"))

    assert groups(shelf) == {frozenset("abc")}
    assert placings[2].joined == (placings[0].thread,)


def test_a_first_mail_that_comes_last_joins_its_answers() -> None:
    shelf, placings = place_all(
        letter("b", US, "ana", answers="a"), letter("c", "cy", US, answers="a"), letter("a", "ana", f"{US} cy")
    )

    assert groups(shelf) == {frozenset("abc")}
    assert placings[2].reason.code == "thread_late_parent"


def test_an_answer_without_a_chain_joins_by_subject_people_and_time_and_is_marked_as_guessed() -> None:
    shelf, placings = place_all(letter("a", "ana", subject="beans"), letter("b", US, "ana", subject="beans", day=20))

    assert groups(shelf) == {frozenset("ab")}
    assert placings[1].is_guessed


def test_the_same_subject_among_others_or_much_later_is_no_reason_to_join() -> None:
    shelf, _ = place_all(
        letter("a", "ana", subject="beans"),
        letter("c", "cy", subject="beans"),
        letter("b", US, "ana", subject="beans", day=31),
    )

    assert len(groups(shelf)) == 3


def test_ids_that_name_each_other_in_a_circle_are_one_thread() -> None:
    shelf, _ = place_all(letter("a", "ana", answers="b"), letter("b", US, "ana", answers="a"))

    assert groups(shelf) == {frozenset("ab")}


def test_the_same_letter_again_changes_nothing() -> None:
    one = letter("a", "ana")

    shelf, placings = place_all(one, one)

    assert placings[0].thread == placings[1].thread
    assert groups(shelf) == {frozenset("a")}


@given(st.data())
def test_talks_between_the_same_people_are_found_in_any_order(data: st.DataObject) -> None:
    parents = data.draw(st.lists(st.integers(0, 20), min_size=2, max_size=12))
    letters = [
        letter(
            f"m{number}",
            ("ana", US)[number % 2],
            (US, "ana")[number % 2],
            answers=f"m{parent % number}" if number and parent % 3 else "",
            day=number,
        )
        for number, parent in enumerate(parents)
    ]
    shuffled = data.draw(st.permutations(letters))

    assert groups(place_all(*letters)[0]) == groups(place_all(*shuffled)[0])


def test_turns_say_who_answered_whom_and_after_how_long() -> None:
    found = threads.turns(
        [letter("a", "ana"), letter("b", US, "ana", answers="a", day=2), letter("c", "ana", answers="a", day=3)]
    )

    assert [(turn.letter.message_id, turn.answers, turn.waited) for turn in found] == [
        ("a", None, None),
        ("b", "a", timedelta(days=2)),
        ("c", "b", timedelta(days=1)),
    ]


def test_who_began_is_unknown_when_the_first_letter_is_an_answer() -> None:
    assert threads.begun_by([letter("b", US, answers="a", day=1), letter("c", "ana", answers="a b", day=2)]) is None
    assert threads.begun_by([letter("b", US, answers="a", day=1), letter("a", "ana")]) == "ana"
