"""Who changed a row during a request stands beside what it was before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from ampersand.core import history_context
from ampersand.core.history import past_of, triggers_at_rest
from ampersand.core.history_context import SessionHistoryMiddleware
from ampersand.parties.models import Party
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Answer = Callable[[HttpRequest], HttpResponse]


def _asked(cast: Cast, answer: Answer, *, method: str = "POST") -> None:
    request = RequestFactory().generic(method, "/parties/")
    request.user = cast.maya
    SessionHistoryMiddleware(answer)(request)  # type: ignore[no-untyped-call]


def _rename(cast: Cast, *names: str) -> Answer:
    def answer(_request: HttpRequest) -> HttpResponse:
        for name in names:
            Party.objects.filter(pk=cast.jane.pk).update(name=name)
        return HttpResponse()

    return answer


def _told() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('pghistory.context_id', true), current_setting('pghistory.context_metadata', true)"
        )
        context_id, metadata = cursor.fetchone()
    return context_id, metadata


def test_each_change_of_a_request_has_who_made_it_and_where(cast: Cast) -> None:
    _asked(cast, _rename(cast, "Jane O.", "J. Okafor"))

    changes = past_of(Party)._default_manager.filter(pgh_obj_id=cast.jane.pk).values_list("pgh_context_id", flat=True)
    (context,) = Context.objects.filter(pk__in=list(changes))
    assert len(changes) == 2
    assert context.metadata == {"user": str(cast.maya.pk), "url": "/parties/"}


def test_it_is_told_once_however_much_is_changed(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        _asked(cast, _rename(cast, *(f"Jane {number}" for number in range(5))))

    assert sum("pghistory.context_id" in query["sql"] for query in asked) == 2


def test_nothing_of_it_is_left_for_who_is_served_next(cast: Cast) -> None:
    def break_it(_request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return HttpResponse()

    _asked(cast, _rename(cast, "Jane O."))
    after_one = _told()
    with pytest.raises(DatabaseError):
        _asked(cast, break_it)

    assert after_one == ("", "")
    assert _told() == ("", "")


def test_a_request_that_could_not_tell_it_leaves_nothing_on_its_thread(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(history_context, "_TELL", "SELECT 1 / 0, %s::text, %s::text")
        with pytest.raises(DatabaseError), transaction.atomic():
            _asked(cast, _rename(cast, "Jane"))
    _asked(cast, _rename(cast, "Jane O."))

    (change,) = past_of(Party)._default_manager.filter(pgh_obj_id=cast.jane.pk)
    assert Context.objects.get(pk=change.pgh_context_id).metadata["user"] == str(cast.maya.pk)  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_still_has_our_values_serves_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken, history_context.SessionContext(user="maya"):
        Party.objects.filter(name="Jane").update(name="Jane O.")
        driver = connection.connection
        broken.setattr(history_context, "_TELL", "SELECT 1 / 0, %s::text, %s::text")
        # With a pool this closes nothing: it gives the connection back.
        broken.setattr(connection, "close", lambda: None)
    is_closed = driver.closed
    connection.close()

    assert is_closed


def test_who_signed_in_on_the_way_stays_told_though_a_part_was_taken_back(cast: Cast) -> None:
    def sign_in_and_rename(request: HttpRequest) -> HttpResponse:
        request.user = cast.tom
        with transaction.atomic():
            _rename(cast, "Jane O.")(request)
            transaction.set_rollback(True)
        return _rename(cast, "J. Okafor")(request)

    _asked(cast, sign_in_and_rename)

    (change,) = past_of(Party)._default_manager.filter(pgh_obj_id=cast.jane.pk)
    assert Context.objects.get(pk=change.pgh_context_id).metadata["user"] == str(cast.tom.pk)  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_what_changes_after_a_transaction_that_failed_has_who_changed_it_too(cast: Cast) -> None:
    def fail_and_rename(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            _rename(cast, "Jane O.")(request)
            transaction.set_rollback(True)
        return _rename(cast, "J. Okafor")(request)

    _asked(cast, fail_and_rename)

    (change,) = past_of(Party)._default_manager.filter(pgh_obj_id=cast.jane.pk)
    assert Context.objects.get(pk=change.pgh_context_id).metadata["user"] == str(cast.maya.pk)  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_it_is_told_once_for_two_transactions_that_were_kept(cast: Cast) -> None:
    def rename_twice(request: HttpRequest) -> HttpResponse:
        for name in ("Jane O.", "J. Okafor"):
            with transaction.atomic():
                _rename(cast, name)(request)
        return HttpResponse()

    with CaptureQueriesContext(connection) as asked:
        _asked(cast, rename_twice)

    assert sum("pghistory.context_id" in query["sql"] for query in asked) == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_only_reads_tells_nothing(cast: Cast, method: str) -> None:
    def read(_request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("WITH one AS (SELECT 1 AS insertion) SELECT * FROM one")
        return HttpResponse()

    with CaptureQueriesContext(connection) as asked:
        _asked(cast, read, method=method)

    assert len(asked) == 1


def test_whoever_signs_in_on_the_way_is_the_one_who_changed_it(cast: Cast) -> None:
    def sign_in_and_rename(request: HttpRequest) -> HttpResponse:
        request.user = cast.tom
        return _rename(cast, "Jane O.")(request)

    _asked(cast, sign_in_and_rename)

    (change,) = past_of(Party)._default_manager.filter(pgh_obj_id=cast.jane.pk)
    assert Context.objects.get(pk=change.pgh_context_id).metadata["user"] == str(cast.tom.pk)  # type: ignore[attr-defined]


def test_with_its_triggers_at_rest_a_row_leaves_no_past_and_afterwards_it_does(cast: Cast) -> None:
    with triggers_at_rest("parties.Party:update_update"):
        Party.objects.filter(pk=cast.jane.pk).update(name="Jane O.")
    Party.objects.filter(pk=cast.jane.pk).update(name="J. Okafor")

    assert [old.name for old in past_of(Party)._default_manager.filter(pgh_obj_id=cast.jane.pk)] == ["Jane O."]  # type: ignore[attr-defined]
