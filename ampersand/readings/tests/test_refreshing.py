"""What is done in a relationship has its readings made afresh, soon and together with what else is done meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.core import book, events
from ampersand.core.models import Touched
from ampersand.parties.models import Relationship
from ampersand.readings import tasks
from ampersand.readings.models import Reading
from tests.cast import Cast, moment

pytestmark = pytest.mark.django_db


def _all_is_read() -> None:
    Touched.objects.all().delete()
    ProcrastinateJob.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_what_is_touched_before_it_is_read_is_one_job_and_read_together(cast: Cast) -> None:
    _all_is_read()
    began = timezone.now()

    moment(cast.jane, by=cast.maya)
    moment(cast.jane, by=cast.maya)
    asked = timezone.now()
    (job,) = ProcrastinateJob.objects.filter(task_name=events.REFRESH)
    tasks.refresh()

    assert job.scheduled_at is not None
    assert began <= job.scheduled_at - timedelta(seconds=events.REFRESH_SECONDS) <= asked
    assert set(Reading.objects.values_list("relationship__party", flat=True)) >= {cast.jane.pk, cast.alder.pk}
    assert Touched.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_asked_for(cast: Cast) -> None:
    _all_is_read()

    with transaction.atomic():
        moment(cast.jane, by=cast.maya)
        transaction.set_rollback(True)

    assert (Touched.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_what_is_touched_while_it_is_read_stays_to_be_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from ampersand.readings import actions

    before = timezone.now() - timedelta(seconds=5)
    Touched.objects.bulk_create(
        Touched(relationship_id=pk, at=before) for pk in (cast.with_jane.pk, cast.alder.relationship.pk)
    )
    monkeypatch.setattr(
        actions,
        "read_some",
        lambda ids, at: Touched.objects.filter(pk=cast.with_jane.pk).update(at=timezone.now()),
    )

    tasks.refresh()

    assert list(Touched.objects.values_list("pk", flat=True)) == [cast.with_jane.pk]


def test_a_job_that_falls_over_leaves_it_to_be_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from ampersand.readings import actions

    def fall_over(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    Touched.objects.create(relationship_id=cast.with_jane.pk, at=timezone.now())
    monkeypatch.setattr(actions, "read_some", fall_over)

    with pytest.raises(RuntimeError):
        tasks.refresh()

    assert Touched.objects.count() == 1


def test_many_are_read_with_the_whole_book_in_a_process_of_its_own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from ampersand.readings import actions

    here, apart = actions.read_all, list[tuple[str, ...]]()

    def run(*words: str) -> None:
        # That process would open the book of the settings; the one of this test is open here alone.
        apart.append(words)
        here(at=timezone.now())

    monkeypatch.setattr(tasks, "READ_ALL_BEYOND", 1)
    monkeypatch.setattr(book, "run_apart", run)
    for reads_here in ("read_all", "read_some"):
        monkeypatch.delattr(actions, reads_here)
    moment(cast.jane, by=cast.maya)
    for relationship in Relationship.objects.all():
        Touched.objects.create(relationship_id=relationship.pk, at=timezone.now())

    tasks.refresh()

    assert Touched.objects.count() == 0
    assert apart == [("readings",)]
    assert Reading.objects.filter(relationship=cast.with_jane).exists()


def test_what_the_whole_book_could_not_read_stays_to_be_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_done(*_words: str) -> None:
        raise book.NotDone

    monkeypatch.setattr(tasks, "READ_ALL_BEYOND", 0)
    monkeypatch.setattr(book, "run_apart", not_done)
    Touched.objects.create(relationship_id=cast.with_jane.pk, at=timezone.now())

    with pytest.raises(book.NotDone):
        tasks.refresh()

    assert Touched.objects.count() == 1


def test_some_more_than_one_statement_reads_are_read_one_lot_after_the_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "READ_TOGETHER", 1)
    moment(cast.jane, by=cast.maya)
    for relationship in Relationship.objects.all():
        Touched.objects.create(relationship_id=relationship.pk, at=timezone.now())

    tasks.refresh()

    assert Touched.objects.count() == 0
    assert set(Reading.objects.values_list("relationship__party", flat=True)) >= {cast.jane.pk, cast.alder.pk}


def test_what_a_version_before_queued_is_read(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya)

    tasks.refresh(relationship_id=str(cast.with_jane.pk))

    assert Reading.objects.filter(relationship=cast.with_jane).exists()
