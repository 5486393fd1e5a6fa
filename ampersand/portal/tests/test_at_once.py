"""Two at the same time, each on connections of their own."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from ampersand.portal import actions, inbox
from ampersand.portal.models import Entry, EntryKind, LinkCode, Visit
from ampersand.portal.outside import visiting
from ampersand.portal.tests.visitors import shared_promise, visitor
from ampersand.portal.visitor import find_visitor
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.timeline.models import Moment
from tests.at_once import at_once
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


def apart(act: Any) -> Any:
    """Done on connections of its own, which end with it. What it raises is its answer."""
    try:
        return act()
    except ValueError as error:
        return error
    finally:
        connections.close_all()


def both(*acts: Any) -> list[Any]:
    return at_once(*(partial(apart, act) for act in acts))


def test_one_form_sent_twice_at_once_is_done_once(cast: Cast) -> None:
    jane = find_visitor(visitor(cast, cast.jane).secret)
    assert jane is not None
    send = partial(inbox.put, jane, uuid4(), EntryKind.ASK, {"words": "Once."}, at=timezone.now())

    both(send, send, send)

    assert (Entry.objects.count(), Moment.objects.count()) == (1, 1)


def test_the_page_and_the_job_carry_an_entry_out_once(cast: Cast) -> None:
    jane = visitor(cast, cast.jane)
    entry = Entry.objects.create(
        relationship=cast.with_jane, party=cast.jane, kind=EntryKind.ASK, told={"words": "Once."}, at=timezone.now()
    )

    both(
        partial(inbox.carry_out, entry.pk, at=timezone.now()),
        partial(inbox.carry_out_waiting, at=timezone.now()),
        partial(inbox.carry_out, entry.pk, at=timezone.now()),
    )

    assert jane.visit.is_open(timezone.now())
    assert Moment.objects.count() == 1


def test_kept_and_not_kept_at_once_leave_one_word(cast: Cast) -> None:
    jane = find_visitor(visitor(cast, cast.jane).secret)
    assert jane is not None
    promise = shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")
    told = {"promise": str(promise.pk)}

    both(
        *(
            partial(inbox.put, jane, uuid4(), kind, told, at=timezone.now())
            for kind in (EntryKind.KEPT, EntryKind.NOT_KEPT)
        )
    )

    assert PromiseEvent.objects.filter(promise=promise).count() == 1
    assert Promise.objects.get(pk=promise.pk).settled_at is not None


def test_a_code_used_twice_at_once_opens_one_visit(cast: Cast) -> None:
    link = visitor(cast, cast.jane).link
    code = actions.make_code(link, at=timezone.now())
    before = Visit.objects.count()

    both(*[partial(actions.open_visit, link, code, at=timezone.now())] * 3)

    assert Visit.objects.count() == before + 1


def test_wrong_codes_at_once_are_all_counted(cast: Cast) -> None:
    link = visitor(cast, cast.jane).link
    code = actions.make_code(link, at=timezone.now())
    wrong = "000000" if code != "000000" else "111111"

    both(*[partial(actions.open_visit, link, wrong, at=timezone.now())] * 4)

    assert LinkCode.objects.order_by("-sent_at", "-id")[0].tried_count == 4


def test_two_visitors_at_once_each_see_their_own(cast: Cast) -> None:
    """The secret is told to one transaction, on whichever connection it runs."""
    for party in (cast.jane, cast.leona):
        shared_promise(cast.maya.party, party, cast=cast, words=f"for {party.name}")
    secrets = {party.name: visitor(cast, party).secret for party in (cast.jane, cast.leona)}

    def read(name: str) -> list[tuple[str, list[str]]]:
        return [(name, seen(secrets[name])) for _ in range(20)]

    told = [one for many in both(*(partial(read, name) for name in secrets)) for one in many]

    assert len(told) == 40
    assert all(words == [f"for {name}"] for name, words in told)


def seen(secret: str) -> list[str]:
    with visiting(secret):
        return list(Promise.objects.using("outside").values_list("words", flat=True))
