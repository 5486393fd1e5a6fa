from __future__ import annotations

import pytest

from ampersand.notebook.reader import Known
from ampersand.notebook.tests.reader_cast import ALDER, DEV, EVERYBODY, JANE, NADIA, SAMI, understand


def names_in(words: str) -> list[str]:
    return [person.who.name for person in understand(words).people]


@pytest.mark.parametrize(
    "words",
    [
        "Saw Nadia today.",
        "Saw Nadia R. today.",
        "Saw N. Rahman today.",
        "Saw Mrs Rahman today.",
        "saw nadia rahman today",
        "Saw Nadia Rahmann today.",
    ],
)
def test_a_party_is_found_by_the_ways_its_name_is_written(words: str) -> None:
    assert names_in(words) == [NADIA.name]


def test_namesakes_are_told_apart_by_the_organisation_beside_them() -> None:
    assert names_in("Jane from Meridian rang.") == ["Jane Prior", "Meridian Freight"]


def test_namesakes_are_told_apart_by_the_colleague_beside_them() -> None:
    assert names_in("Lunch with Jane and Sami.") == [JANE.name, SAMI.name]


def test_the_page_a_note_is_written_on_decides_between_namesakes() -> None:
    people = understand("Jane rang, all well.", about=DEV).people

    assert [person.who.name for person in people] == ["Jane Prior"]


def test_a_name_of_two_parties_is_unsure_and_the_other_stands_beside_it() -> None:
    (person,) = understand("Jane rang, all well.").people

    assert person.sureness == "unsure"
    assert person.instead is not None
    assert {person.who.name, person.instead.who.name if person.instead.who else None} == {"Jane Okafor", "Jane Prior"}


def test_a_name_one_letter_from_another_offers_the_other() -> None:
    (person,) = understand("Coffee with Sami.").people

    assert person.instead is not None
    assert person.instead.who is not None
    assert person.instead.who.name == "Samir Qureshi"


def test_the_writer_is_nobody_the_note_speaks_of() -> None:
    assert names_in('Nadia writes: "Dear Maya, thank you for the lovely samples."') == [NADIA.name]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Nadia brought her husband Karim.", "Karim"),
        ("Met a Mr Simmonds with Nadia.", "Mr Simmonds"),
        ("Nadia introduced me to Ben Carver.", "Ben Carver"),
        ("Nadia has a new baker, his name is Oisin.", "Oisin"),
    ],
)
def test_a_newcomer_is_known_by_what_stands_beside_the_name(words: str, name: str) -> None:
    assert name in names_in(words)


@pytest.mark.parametrize("words", ["Drove to Bath in the rain.", "Flat White again. Decaf Monday.", "June was slow."])
def test_a_capital_letter_alone_makes_nobody(words: str) -> None:
    assert names_in(words) == []


def test_each_party_is_listed_once_with_every_place_that_names_it() -> None:
    words = "Nadia rang. Nadia was happy."

    (person,) = understand(words).people

    assert [span.of(words) for span in person.mentions] == ["Nadia", "Nadia"]


def test_in_a_large_book_the_one_with_most_words_in_the_note_is_found() -> None:
    crowd = tuple(Known(f"j{number}", f"Jane Surname{number}") for number in range(1_000))

    people = understand("Lunch with Jane Okafor of Alder.", parties=(*crowd, ALDER, JANE)).people

    assert [person.who.known for person in people] == [JANE, ALDER]


def test_a_first_name_is_the_one_just_named_more_fully() -> None:
    words = "Alder: Mrs Okafor in the lobby, all well. Then Jane P. at the bar. Jane shows me the yard on Friday."

    (promise,) = understand(words).promises

    assert promise.by.name == "Jane Prior"


def test_our_own_namesake_is_the_colleague() -> None:
    tom = Known("tom", "Tom Ortega", organisation_id="quay", organisation="Quay Street Bakery")
    words = "At the bakery with Tom O. about the ovens. Our Tom brings the oven parts on Friday."

    (promise,) = understand(words, parties=(*EVERYBODY, tom)).promises

    assert promise.by.is_us


def test_a_name_that_is_a_word_too_may_head_a_sentence() -> None:
    dean = Known("dean", "Dean Calloway", organisation_id="quay", organisation="Quay Street Bakery")

    people = understand("Fixed the oven at the bakery. Dean there with the dogs.", parties=(dean, *EVERYBODY)).people

    assert dean.name in [person.who.name for person in people]
