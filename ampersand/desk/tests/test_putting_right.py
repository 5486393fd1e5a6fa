"""*I understood*: whom a name may mean instead, and what is kept once it was put right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ampersand.desk.pages.forms import Choice
from ampersand.desk.pages.notebook import Piece, Understood
from ampersand.desk.understood import understood_page
from ampersand.desk.whom import found_by
from ampersand.members.models import Member
from ampersand.notebook import actions
from ampersand.parties.models import Party
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment
from tests import cast as told
from tests.cast import TODAY, Cast
from tests.test_access import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 9, 10, 30, tzinfo=UTC)


def understood(words: str, by: Member, corrections: Mapping[str, str] | None = None) -> Understood:
    page = understood_page(words, member=by, written_at=AT, about=None, corrections=corrections or {})
    assert page is not None
    return page


def name_in(page: Understood, kind: str) -> Piece:
    """The first name that can be put right in the first row of a kind."""
    row = next(row for row in page.rows if row.kind.startswith(kind))
    return next(piece for piece in row.every_piece() if piece.own == "whom")


def choice(piece: Piece, says: str) -> Choice:
    return next(choice for choice in piece.choices if choice.says == says)


def corrections_by(piece: Piece, says: str) -> dict[str, str]:
    """What the page sends when this choice of a piece is taken."""
    taken = choice(piece, says)
    return {taken.key or piece.key: taken.value, **dict(taken.also)}


def keep(words: str, by: Member, corrections: Mapping[str, str]) -> None:
    actions.keep(
        words, member=by, device_id=uuid4(), written_at=AT, zone="Europe/London", at=AT, corrections=corrections
    )


def test_a_name_offers_its_namesakes_and_a_new_person_of_this_name(cast: Cast) -> None:
    told.person("Jane Miller")

    piece = name_in(understood("Met Jane Okafor.", cast.maya), "You met")

    assert [one.says for one in piece.choices] == ["Jane Okafor", "Jane Miller", "a new person called Jane Okafor"]


def test_namesakes_are_those_the_note_was_read_with(cast: Cast) -> None:
    told.person("Jane Miller")

    with CaptureQueriesContext(connection) as asked:
        understood("Met Jane Okafor.", cast.maya)

    assert sum("core_searchname" in one["sql"] for one in asked) == 1


def test_namesakes_are_looked_up_alone_where_a_note_names_more_than_is_found_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.person("Jane Miller")
    monkeypatch.setattr("ampersand.notebook.book.MOST_FOUND", 1)

    with CaptureQueriesContext(connection) as asked:
        piece = name_in(
            understood("Met Jane Okafor of Alder Hotels, with the Brightwater plans.", cast.maya), "You met"
        )

    assert sum("core_searchname" in one["sql"] for one in asked) == 2
    assert piece.choices[0].says == "Jane Okafor"


def test_of_several_of_one_name_the_same_one_is_meant_each_time(cast: Cast) -> None:
    for _number in range(8):
        told.person("Jane Miller")

    meant = {name_in(understood("Met Jane Miller.", cast.maya), "You met").choices[0].value for _ in range(3)}

    assert len(meant) == 1


def test_a_namesake_is_taken_wherever_the_note_names_the_same_one(cast: Cast) -> None:
    other = told.person("Jane Miller")
    words = "Met Jane Okafor. We promised Jane the autumn volumes."
    taken = corrections_by(name_in(understood(words, cast.maya), "You met"), "Jane Miller")

    page = understood(words, cast.maya, taken)
    keep(words, cast.maya, taken)

    assert [name_in(page, kind).says for kind in ("You met", "We promise")] == ["Jane Miller", "Jane"]
    assert Promise.objects.get().to == other
    assert Moment.objects.get().participants.filter(party=other).exists()
    assert not Moment.objects.get().participants.filter(party=cast.jane).exists()


def test_what_was_read_first_can_be_taken_again(cast: Cast) -> None:
    told.person("Jane Miller")
    words = "Met Jane Okafor."
    taken = corrections_by(name_in(understood(words, cast.maya), "You met"), "Jane Miller")

    piece = name_in(understood(words, cast.maya, taken), "You met")

    assert choice(piece, "Jane Okafor").value == f"party:{cast.jane.pk}"


def test_a_promise_can_be_turned_round(cast: Cast) -> None:
    words = "We promised Jane the autumn volumes."
    piece = name_in(understood(words, cast.maya), "We promise Jane")
    taken = corrections_by(piece, "Jane promises us")

    page = understood(words, cast.maya, taken)
    keep(words, cast.maya, taken)

    assert [row.kind for row in page.rows] == ["Jane promises us"]
    assert choice(name_in(page, "Jane"), "We promise Jane").value == "us"
    promise = Promise.objects.get()
    assert (promise.by, promise.to) == (cast.jane, cast.maya.party)


def test_a_new_person_is_kept_under_the_name_the_note_says(cast: Cast) -> None:
    words = "Met Jane. We promised Jane the autumn volumes."
    piece = name_in(understood(words, cast.maya), "You met")

    keep(words, cast.maya, corrections_by(piece, "a new person called Jane"))

    assert Promise.objects.get().to == Party.objects.get(name="Jane")


def test_a_new_name_that_is_known_after_all_is_not_new_to_the_book(cast: Cast) -> None:
    words = "Met Nadia Rahman."
    piece = name_in(understood(words, cast.maya), "You met")
    known = f"party:{cast.jane.pk}"

    page = understood(words, cast.maya, {piece.theirs_key: known, **dict.fromkeys(piece.same_keys, known)})

    assert [row.kind for row in page.rows] == ["You met"]


def test_a_colleague_takes_our_side_of_a_promise_and_somebody_else_theirs(cast: Cast) -> None:
    piece = name_in(understood("We promised Jane the autumn volumes.", cast.maya), "We promise")

    page = understood("We promised Jane the autumn volumes.", cast.maya, {piece.ours_key: "colleague:Tom Akerman"})

    assert [row.kind for row in page.rows] == ["Tom Akerman promises Jane"]
    assert piece.theirs_key.endswith(".to")


def test_somebody_else_is_found_by_typing_among_people_and_colleagues(cast: Cast) -> None:
    found = found_by("tom", member=cast.maya, on=TODAY) + found_by("oka", member=cast.maya, on=TODAY)

    assert [(one.reference, one.is_ours, one.note) for one in found] == [
        ("colleague:Tom Akerman", True, ""),
        (f"party:{cast.jane.pk}", False, "Alder Hotels"),
    ]


def test_nobody_is_found_by_typing_who_is_closed(cast: Cast) -> None:
    page = signed_in(cast.tom).get("/notes/whom/", {"words": "Leona"}).content.decode()

    assert "Leona Marsh" not in page
    assert json.dumps(str(cast.leona.pk)).strip('"') not in page
    assert "a new person called Leona" in page
