"""Whom one typed record may be: by its name, its address, and what tells two apart."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.doubles import candidates
from ampersand.parties.doubles.models import Double
from ampersand.parties.doubles.traits import ORGANISATION, Traits
from ampersand.parties.models import Party, Relationship
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def names(cast: Cast, typed: Traits) -> list[str]:
    return [one.name for one in candidates.likely(typed, member=cast.tom)]


@pytest.mark.parametrize("typed", ["Jane Okafor", "Okafor, Jane", "J. Okafor", "Jane Okafer", "Dr. Jane Okafor"])
def test_a_name_told_otherwise_finds_who_has_it(cast: Cast, typed: str) -> None:
    assert names(cast, Traits("", name=typed)) == ["Jane Okafor"]


def test_the_same_address_finds_whoever_has_it(cast: Cast) -> None:
    parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=Teller(at=NOW))

    assert names(cast, Traits("", name="Jay", emails=("jane@alder.example",))) == ["Jane Okafor"]


def test_a_namesake_of_one_word_is_not_offered(cast: Cast) -> None:
    assert names(cast, Traits("", name="Jane Whitlock")) == []


def test_an_organisation_is_found_whatever_its_legal_form(cast: Cast) -> None:
    assert names(cast, Traits("", kind=ORGANISATION, name="Alder Hotels GmbH & Co. KG")) == ["Alder Hotels"]


def test_who_is_closed_is_offered_to_nobody_outside(cast: Cast) -> None:
    assert names(cast, Traits("", name="Leona Marsh")) == []


@pytest.mark.parametrize("typed", ["", " ", "%", "'; --", "\u0301", "a" * 5_000, "日本", "🙂"])
def test_odd_names_find_nobody_and_break_nothing(cast: Cast, typed: str) -> None:
    assert names(cast, Traits("", name=typed)) == []


def test_one_typed_record_asks_a_few_times_and_reads_no_table_through(cast: Cast) -> None:
    typed = Traits("", name="Jane Okafor", emails=("jane@alder.example",), phones=("+442079460018",))
    candidates.likely(typed, member=cast.maya)

    with CaptureQueriesContext(connection) as asked:
        candidates.likely(typed, member=cast.maya)

    told = next(one["sql"] for one in asked if "parties_identifier i" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {told}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert len(asked) == 5
    assert "Seq Scan on parties_identifier" not in plan
    assert "Seq Scan on parties_detail" not in plan


def test_it_is_kept_all_the_same_and_then_asked(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")
    told = {"name": "Jane Okafer", "kind": "person"}

    done = client.post(reverse("desk:new_party"), told, follow=True)

    assert Party.objects.filter(name="Jane Okafer").exists()
    assert re.search(r"Do you mean <a [^>]*>Jane Okafor</a>\?", done.content.decode())
    assert Relationship.objects.filter(party__name="Jane Okafer").exists()
    assert Double.objects.count() == 1
