"""Many rows deleted by their keys take with them what Django would take one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import models, transaction
from django.db.models.deletion import ProtectedError

from ampersand.channels.tests import bringing
from ampersand.core import deleting
from ampersand.core.models import Source, SourceKind
from ampersand.parties.models import Because, Party, Relationship
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment, Participant, Telling

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)


def a_moment(party: Party) -> Moment:
    source = Source.objects.create(kind=SourceKind.TABLE, made_at=AT)
    moment = Moment.objects.create(mode="call", happened_at=AT, on_day=AT.date(), told_at=AT, source=source)
    Participant.objects.create(moment=moment, party=party, happened_at=AT)
    Telling.objects.create(moment=moment, key=f"row:{moment.pk}", told_at=AT, source=source)
    return moment


def a_party(name: str) -> Party:
    return Party.objects.create(name=name, sort_key=name.lower(), told_at=AT)


def by_django(model: type[models.Model], ids: Collection[UUID]) -> None:
    model._default_manager.filter(pk__in=list(ids)).delete()


@pytest.mark.parametrize("delete", [deleting.delete, by_django])
def test_what_hangs_on_a_row_goes_and_what_only_names_it_stays(delete: Callable[[Any, Any], None]) -> None:
    ana, bo = a_party("Ana"), a_party("Bo")
    gone, stays = a_moment(ana), a_moment(bo)
    of = Relationship.objects.create(party=ana, because=Because.TYPED, known_at=AT, told_at=AT)
    told = {"by": ana, "to": bo, "words": "the dates", "is_ours": False}
    promise = Promise.objects.create(relationship=of, moment=gone, told_at=AT, made_on=AT.date(), **told)

    delete(Moment, [gone.pk])

    promise.refresh_from_db()
    assert promise.moment_id is None
    assert list(Moment.objects.all()) == [stays]
    assert list(Participant.objects.values_list("moment_id", flat=True)) == [stays.pk]
    assert list(Telling.objects.values_list("moment_id", flat=True)) == [stays.pk]


@pytest.mark.parametrize("delete", [deleting.delete, by_django])
def test_what_another_rests_on_does_not_go(delete: Callable[[Any, Any], None]) -> None:
    head = a_party("Ana")
    Party.objects.create(name="Anna", sort_key="anna", told_at=AT, now=head)

    with pytest.raises(ProtectedError), transaction.atomic():
        delete(Party, [head.pk])

    assert Party.objects.count() == 2


def test_a_house_of_a_thousand_is_deleted_in_as_many_statements_as_a_house_of_one(
    django_assert_max_num_queries: Any,
) -> None:
    bringing.found_house()
    parties = Party.objects.bulk_create(Party(name=f"P {n}", sort_key=f"p {n}", told_at=AT) for n in range(1_000))

    with django_assert_max_num_queries(50):
        deleting.delete(Party, [party.pk for party in parties])

    assert Party.objects.count() == 1
