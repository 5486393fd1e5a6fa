"""Who comes by a link gets the answer of the same table: on their own page, and nowhere else.

Their login sees what is committed alone, so this is told for good before, and what each row does of our own is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from ampersand.portal.tests.visitors import shared_promise, visitor
from tests.cast import Cast
from tests.test_access import (
    ENTRY,
    TABLE,
    VISITORS_BY_LINK,
    Making,
    Row,
    agreement,
    answer_of,
    ask,
    closed_pulse,
    given_and_shared,
    given_by_them,
    handed_over,
    line_of_theirs,
    met_between,
    offer,
    offer_file,
    offered_negotiation,
    opened_pulse,
    promised_by_her_on_the_page,
    pulse,
    question_shared,
    reading_she_sees,
    their_offer,
    version_of_ours,
)

# What both hold, as the rows of the page Between make it.
OF_BOTH = (
    pulse,
    opened_pulse,
    closed_pulse,
    version_of_ours,
    agreement,
    offer,
    their_offer,
    offered_negotiation,
    offer_file,
    given_by_them,
    given_and_shared,
    question_shared,
    line_of_theirs,
    handed_over,
    reading_she_sees,
    promised_by_her_on_the_page,
    met_between,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("by_link", VISITORS_BY_LINK)
def test_each_url_gives_who_comes_by_a_link_the_answer_of_the_table(
    by_link: str, cast: Cast, subtests: pytest.Subtests
) -> None:
    """Everything asked for is Jane's; the link of another relationship is Leona's."""
    promise = shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")
    client = visitor(cast, cast.jane if by_link == "link of this one" else cast.leona).client()
    made = {of: of(Making(cast, cast.jane, None)) for of in OF_BOTH}

    for row in TABLE:
        with subtests.test(f"{row.method} {row.name}"), taken_back():
            assert (
                answer_of(ask(asking(row, promise.pk, made), Making(cast, cast.jane, None), client))
                == row.answers[by_link]
            )


def asking(row: Row, promise_id: object, made: Mapping[Any, Any]) -> Row:
    """The row with an entry of its own each time, and about the promise and what both hold that are committed."""
    told = {name: str(uuid4()) if value == ENTRY else value for name, value in row.told.items()}
    of = (lambda _making: (promise_id, "kept")) if row.name == "portal:say" else row.of
    if row.name.startswith("portal:") and row.of in made:
        of = lambda _making: made[row.of]  # noqa: E731
    return Row(row.name, row.answers, of, row.method, told)


def test_a_visit_is_no_way_into_anything_of_ours(cast: Cast) -> None:
    jane = visitor(cast, cast.jane)
    client: Client = jane.client()

    inside = [row for row in TABLE if row.answers["signed out"] == "the door" and row.of is None]

    assert {answer_of(getattr(client, row.method)(row.address(Making(cast, cast.jane, None)))) for row in inside} == {
        "the door"
    }
