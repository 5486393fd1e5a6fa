"""What is brought in of somebody who is taken for another stays with whom it was told of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ampersand.channels.mail.tests.boxes_made import box, from_bo, letter
from ampersand.channels.tests import bringing
from ampersand.core import search
from ampersand.core.clock import parse_date
from ampersand.notebook.book import SearchBook
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Party, Relationship
from ampersand.timeline.models import Participant
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db

CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:j-1\nFN:J. Okafor\nEMAIL:j@alder.example\nBDAY:1975-04-12\nEND:VCARD\n"
OURS = {"From": "Maya <maya@harbourfinch.example>", "To": "Ana Mill <ana@mill.example>"}


def test_a_card_with_the_address_of_the_double_tells_of_the_double(cast: Cast, tmp_path: Path) -> None:
    double = person("J. Okafor", email="j@alder.example")
    link = merging.merge(double, cast.jane, reason="", by=cast.maya, at=NOW)
    card = tmp_path / "book.vcf"
    card.write_text(CARD)

    bringing.bring_in(card, by=cast.maya)
    merging.unmerge(link, by=cast.maya, at=NOW)

    assert set(Detail.objects.values_list("party__name", flat=True)) == {"J. Okafor"}
    assert Party.objects.filter(name__contains="Okafor").count() == 2


def test_mail_both_ways_with_the_double_makes_known_whom_they_are_taken_for(cast: Cast, tmp_path: Path) -> None:
    ana, other = (parties.name_party(name, teller=Teller(at=NOW)) for name in ("Ana Mill", "A. Mill"))
    parties.tell_identifier(ana, kind="email", value="ana@mill.example", teller=Teller(at=NOW))
    link = merging.merge(ana, other, reason="", by=cast.maya, at=NOW)
    to_us = letter(1, To="Maya <maya@harbourfinch.example>")

    bringing.bring_in(box(tmp_path / "in.mbox", to_us, from_bo(2, answers="1", **OURS)), by=cast.maya)
    as_one = set(Relationship.objects.filter(party__in=[ana, other]).values_list("party__name", flat=True))
    merging.unmerge(link, by=cast.maya, at=NOW + timedelta(days=1))

    assert "A. Mill" in as_one
    assert set(Participant.objects.filter(party__in=[ana, other]).values_list("party__name", flat=True)) == {"Ana Mill"}
    assert set(Relationship.objects.filter(party__in=[ana, other]).values_list("party__name", flat=True)) == {
        "Ana Mill"
    }


def test_a_note_finds_the_one_by_the_name_of_the_double(cast: Cast) -> None:
    double = person("Jane Bellweather")
    merging.merge(double, cast.jane, reason="", by=cast.maya, at=NOW)

    book = SearchBook(cast.maya, text="Met Bellweather", on=parse_date("2026-10-09"))
    found = next(one for one in book.lookup({"bellweather"}) if one.id == str(cast.jane.pk))
    hits = search.find("bellweather", kinds=["party"], hidden_party_ids=[], member_id=cast.maya.pk)

    assert (found.name, found.aliases) == ("Jane Okafor", ("Jane Bellweather",))
    assert (found.organisation, [hit.object_id for hit in hits]) == ("Alder Hotels", [cast.jane.pk])
