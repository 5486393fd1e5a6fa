"""Nothing is left: a word planted in every text of every table that speaks of a party is nowhere after the erasure.

The tables are found by looking at the models, so a new model that no step reaches fails here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from ampersand.channels.models import Import
from ampersand.core import erasure, search
from ampersand.core.history import find_past_of
from ampersand.exchange import erasing as exchange
from ampersand.members.models import Member
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, Relationship, SideLine, StandsFor, Tie
from ampersand.promises.models import Leaning, Promise
from ampersand.terms.messages.models import Message
from ampersand.terms.models import Decision, TermsAnswer
from tests.cast import NOW, TODAY, Cast, person

pytestmark = pytest.mark.django_db

WORD = "qzvxkwj"

# Columns that hold no words of anybody: codes, digests and zones.
SAYS_NOTHING = {
    "channels.Import.digest",
    "channels.Import.step",
    "core.Event.name",
    "core.File.digest",
    "core.File.media_type",
    "exchange.Concession.currency",
    "exchange.Transaction.currency",
    "exchange.ExpectedTransaction.currency",
    "exchange.Offer.currency",
    "notebook.Note.zone",
    "readings.Reading.says",
    "readings.Reading.unit",
    "readings.Snapshot.read_by",
    "terms.Decision.because",
    "terms.Message.message_id",
    "timeline.Moment.zone",
}
# What stands beside the book and says nothing of parties: who works here, and the tables of the search, which `search.put`
# fills below.
BESIDE = {"core.SearchEntry", "core.SearchName", "core.SearchBeginning", "core.Erasure"}


@dataclass
class Garden:
    """Makes a row of any model, about one party, with the word in every text."""

    subject: Party
    other: Party
    member: Member
    rows: dict[type[models.Model], models.Model] = field(default_factory=dict)

    def row_of(self, model: type[models.Model]) -> models.Model:
        known: dict[type[models.Model], models.Model] = {
            Party: self.subject,
            Relationship: self.subject.relationship,
            Member: self.member,
            **self.rows,
        }
        return known.get(model) or self.plant(model)

    def plant(self, model: type[models.Model]) -> models.Model:
        values = {one.name: self._value(model, one) for one in model._meta.concrete_fields if not _is_made(one)}
        row = model._base_manager.create(**values | self._particulars(model))
        self.rows[model] = row
        return row

    def _value(self, model: type[models.Model], one: Any) -> Any:
        if isinstance(one, models.ForeignKey):
            to = one.related_model
            return None if to is model or to._meta.label == "members.Team" else self.row_of(to)
        if isinstance(one, models.JSONField):
            return [WORD] if one.default is list else {"words": WORD, "parties": [], "joined": False}
        if isinstance(one, models.CharField | models.TextField):
            return _text(model, one)
        if isinstance(one, models.UUIDField):
            return uuid4() if one.unique else self.fact_id(model)
        if one.has_default() or one.null:
            return one.get_default()
        return _PLAIN[type(one)]

    def fact_id(self, model: type[models.Model]) -> UUID:
        """A loose id that is no foreign key: it means the moment, or for a moment nothing."""
        moment = apps.get_model("timeline", "Moment")
        return uuid4() if model is moment else self.row_of(moment).pk

    def _twin(self, model: type[models.Model]) -> models.Model:
        """Another row that says the same."""
        row = model._base_manager.get(pk=self.row_of(model).pk)
        row.pk = uuid4()
        row.save(force_insert=True)
        return row

    def _particulars(self, model: type[models.Model]) -> dict[str, Any]:
        if model is Leaning:
            return {"on": self._twin(Promise)}  # nothing leans on itself
        told: dict[type[models.Model], dict[str, Any]] = {
            Tie: {"to_party": self.other},
            StandsFor: {"same_as": self.other},
            SideLine: {"room": "ours", "voice": "told_by_us"},
            Import: {"ended_at": NOW},
            TermsAnswer: {"alternative": ""},
            Decision: {"ground": ""},
            Message: {"ground": ""},
        }
        between_two = {"by", "to"} <= {one.name for one in model._meta.fields}
        return told.get(model, {}) | ({"to": self.member.party} if between_two else {})


_PLAIN: dict[type[models.Field[Any, Any]], Any] = {
    models.DateTimeField: NOW,
    models.DateField: TODAY,
    models.IntegerField: 1,
    models.BigIntegerField: 1,
    models.BooleanField: False,
    models.FloatField: 1.0,
    models.DecimalField: Decimal(1),
}


def _is_made(one: models.Field[Any, Any]) -> bool:
    return bool(one.primary_key) and not isinstance(one, models.CharField)


def _text(model: type[models.Model], one: models.Field[Any, Any]) -> str:
    if one.choices:
        return str(next(iter(one.flatchoices))[0])
    if f"{model._meta.label}.{one.name}" in SAYS_NOTHING:
        return "" if one.blank else "UTC"[: one.max_length]
    return WORD


def speaking_models() -> list[type[models.Model]]:
    """Every model that leads to a party by its keys or a loose id, and what those lead to (a source, a file, a thread)."""
    ours = [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("ampersand.")
        for model in config.get_models()
    ]
    present = [model for model in ours if not model.__name__.endswith("Past") and model._meta.label not in BESIDE]
    speaking: set[type[models.Model]] = {Party}
    for _ in present:
        speaking |= {model for model in present if speaking & set(_keys(model)) or _has_loose_id(model)}
        speaking |= {to for model in speaking for to in _keys(model) if to._meta.app_label != "members"}
    return sorted(speaking - {Party}, key=lambda model: model._meta.label)


def _keys(model: type[models.Model]) -> list[type[models.Model]]:
    return [one.related_model for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]


def _has_loose_id(model: type[models.Model]) -> bool:
    return any(isinstance(one, models.UUIDField) and not one.primary_key for one in model._meta.concrete_fields)


@pytest.fixture
def garden(cast: Cast) -> Garden:
    """A party with the word in every text about them, each row changed once, so that history holds it too."""
    subject, other = person(WORD), person("Somebody Else")
    garden = Garden(subject, other, cast.maya)
    Party.objects.filter(pk=subject.pk).update(sort_name=WORD, sort_key=WORD, language=WORD)
    planted = [garden.row_of(model) for model in speaking_models()]
    for row in [subject, *planted]:
        _change(row)
    entries = [
        search.Entry(row._meta.model_name or "", row.pk, WORD, party_ids=(subject.pk,))
        for row in planted
        if _is_found(row)
    ]
    search.put_many([search.Entry("party", subject.pk, WORD, party_ids=(subject.pk,), names=(WORD,)), *entries])
    return garden


def _is_found(row: models.Model) -> bool:
    return row._meta.model_name in ("moment", "note", "promise")


def _change(row: models.Model) -> None:
    texts = [
        one.name
        for one in row._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField)
        and getattr(row, one.name) == WORD
        and not one.primary_key
    ]
    longer = dict.fromkeys(texts, f"{WORD}s")
    if longer:
        type(row)._base_manager.filter(pk=row.pk).update(**longer)


def places_of(word: str) -> dict[str, int]:
    """In which tables of the whole database a word stands, and in how many rows."""
    return {table: count for table in _tables() if (count := _count(table, word))}


def _tables() -> Iterator[str]:
    with connection.cursor() as cursor:
        yield from sorted(connection.introspection.table_names(cursor))


def _count(table: str, word: str) -> int:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ILIKE %s", [f"%{word}%"])  # noqa: S608  a table of ours
        return int(cursor.fetchone()[0])


def test_the_word_stands_in_every_table_that_has_texts_before(garden: Garden) -> None:
    found = places_of(WORD)

    planted: list[type[models.Model]] = [Party, *garden.rows]
    for model in planted:
        if any(_text(model, one) == WORD for one in _texts(model)):
            assert model._meta.db_table in found
            past = find_past_of(model)
            assert past is None or past._meta.db_table in found
    assert any(table.startswith("core_search") for table in found)


def _texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [one for one in model._meta.concrete_fields if isinstance(one, models.CharField | models.TextField)]


def test_after_an_erasure_the_word_stands_nowhere(garden: Garden, cast: Cast) -> None:
    erase_party(garden.subject, by=cast.ruth, at=timezone.now())

    assert places_of(WORD) == {}


def test_what_others_reckon_with_keeps_its_place(garden: Garden, cast: Cast) -> None:
    skeletons = ("timeline.Moment", "promises.Promise", "exchange.Transaction", "exchange.Concession", "parties.Tie")

    erase_party(garden.subject, by=cast.ruth, at=NOW + timedelta(days=1))

    for label in skeletons:
        assert apps.get_model(label)._base_manager.exists()
    assert Party.objects.get(pk=garden.subject.pk).erased_at == NOW + timedelta(days=1)


def test_a_step_left_out_is_found(garden: Garden, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [step for step in erasure._steps if step is not exchange.take_away]
    monkeypatch.setattr(erasure, "_steps", steps)

    erase_party(garden.subject, by=cast.ruth, at=NOW)

    assert {"exchange_transaction", "exchange_concessionpast"} <= set(places_of(WORD))
