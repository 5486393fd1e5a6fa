"""Two at the same time over one offer, and over one whom she names: each is settled once."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from ampersand.between import bringing
from ampersand.exchange.models import OfferEvent
from ampersand.exchange.negotiating import actions
from ampersand.parties.models import Party, Tie
from ampersand.portal import inbox
from ampersand.portal.models import EntryKind
from ampersand.portal.tests.everything import negotiation
from ampersand.portal.tests.test_at_once import apart, both
from ampersand.portal.tests.visitors import visitor
from ampersand.portal.visitor import find_visitor
from tests import cast as people
from tests.at_once import at_once
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


def test_she_accepts_and_declines_at_once_and_one_of_them_is_said(cast: Cast) -> None:
    offer = negotiation(cast, cast.jane, about="machines").offers.get()
    jane = find_visitor(visitor(cast, cast.jane).secret)
    assert jane is not None

    def say(kind: str) -> Any:
        return inbox.put(jane, uuid4(), kind, {"offer": str(offer.pk), "words": ""}, at=timezone.now())

    done = both(partial(say, EntryKind.OFFER_YES), partial(say, EntryKind.OFFER_NO))

    assert sorted(bool(one.refusal) for one in done) == [False, True]
    assert OfferEvent.objects.exclude(kind="put").count() == 1


def test_she_accepts_while_we_put_a_newer_one_and_no_accepted_offer_is_countered(cast: Cast) -> None:
    about = negotiation(cast, cast.jane, about="machines")
    offer, jane = about.offers.get(), find_visitor(visitor(cast, cast.jane).secret)
    assert jane is not None
    told = {"offer": str(offer.pk), "words": ""}

    both(
        partial(inbox.put, jane, uuid4(), EntryKind.OFFER_YES, told, at=timezone.now()),
        partial(actions.put, about, speaker=people.says(cast.maya, at=timezone.now()), words="Newer"),
    )

    said = set(offer.events.exclude(kind="put").values_list("kind", flat=True))
    assert (said, about.offers.count()) in (({"accepted"}, 1), ({"countered"}, 2))


def test_two_members_make_whom_she_named_known_once(cast: Cast) -> None:
    named = bringing.name(cast.with_jane, name="Ines Roy", address="ines@roy.example", why="", by=cast.jane, at=NOW)

    at_once(*(partial(apart, partial(bringing.make_known, named, by=by, at=NOW)) for by in (cast.maya, cast.tom)))

    assert Party.objects.filter(name="Ines Roy").count() == 1
    assert Tie.objects.filter(kind="introduced").count() == 1
