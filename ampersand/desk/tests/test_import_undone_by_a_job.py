"""A large import is undone by a job, one that waits can be thrown away, and what came in is in the lists at once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.channels import actions, tasks, undo
from ampersand.channels.models import Import, KnownTable
from ampersand.core import files
from ampersand.core.models import Source
from ampersand.desk.models import Standing
from ampersand.desk.tests.test_import_pages import CARD, PEOPLE, bring, brought, signed_in
from ampersand.desk.views import imports as views
from ampersand.parties.models import Party
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.setattr(views, "UNDONE_AT_ONCE", 0)
    return brought(signed_in(cast.maya), "first.csv", PEOPLE)


def test_a_large_one_is_undone_by_a_job_and_its_page_says_so(cast: Cast, brought_in: Import) -> None:
    client = signed_in(cast.maya)
    report = reverse("desk:import_report", args=[brought_in.pk])

    client.post(reverse("desk:undo_import", args=[brought_in.pk]))
    client.post(reverse("desk:undo_import", args=[brought_in.pk]))
    page = client.get(report).content.decode()

    assert "It is being undone." in page
    assert 'hx-trigger="load delay:1s"' in page
    assert reverse("desk:undo_import", args=[brought_in.pk]) not in page
    [job] = ProcrastinateJob.objects.filter(task_name=tasks.UNDO)
    tasks.undo(**job.args)
    tasks.undo(**job.args)
    assert "Undone. Before that: 1 seen" in client.get(report).content.decode()
    assert not Party.objects.filter(name="Mirela Kovin").exists()


def test_an_undo_that_fails_takes_nothing_away_and_can_be_asked_for_again(
    cast: Cast, brought_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.maya)
    client.post(reverse("desk:undo_import", args=[brought_in.pk]))
    with monkeypatch.context() as broken:
        broken.setattr(undo, "_close", lambda *_told, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.undo(import_id=str(brought_in.pk))

    page = client.get(reverse("desk:import_report", args=[brought_in.pk])).content.decode()

    assert "Undoing it stopped before its end" in page
    assert Party.objects.filter(name="Mirela Kovin").exists()
    client.post(reverse("desk:undo_import", args=[brought_in.pk]))
    tasks.undo(import_id=str(brought_in.pk))
    assert not Party.objects.filter(name="Mirela Kovin").exists()


def test_who_came_in_is_in_the_list_as_soon_as_the_import_is_done(cast: Cast) -> None:
    import_ = brought(signed_in(cast.maya), "first.csv", PEOPLE)

    assert import_.ended_at
    standing = Standing.objects.get(party__name="Mirela Kovin")
    assert f"at:{Party.objects.get(name='Kovin Mills').pk}" in standing.facets

    actions.undo(import_, by=cast.maya, at=NOW)
    assert not Standing.objects.filter(party__name="Mirela Kovin").exists()


def test_one_that_waits_for_its_columns_can_be_thrown_away(cast: Cast) -> None:
    client = signed_in(cast.maya)
    waiting = bring(client, ("people.csv", PEOPLE))["Location"]
    import_ = Import.objects.get()
    away = reverse("desk:throw_away_import", args=[import_.pk])

    assert away in client.get(waiting).content.decode()
    assert signed_in(cast.tom).post(away).status_code == 404
    client.post(away)

    assert not Import.objects.exists()
    assert not Source.objects.filter(pk=import_.source_id).exists()
    assert not KnownTable.objects.exists()


def test_one_that_brought_something_is_not_thrown_away(cast: Cast, brought_in: Import) -> None:
    signed_in(cast.maya).post(reverse("desk:throw_away_import", args=[brought_in.pk]))

    assert Import.objects.filter(pk=brought_in.pk).exists()
    with pytest.raises(actions.NotWaiting):
        actions.throw_away(brought_in, by=cast.maya, at=NOW)


def test_what_is_no_table_is_not_offered_to_be_brought_in(cast: Cast) -> None:
    client = signed_in(cast.maya)
    page = client.get(bring(client, ("broken.xlsx", b"PK\x03\x04 nothing of a workbook"))["Location"]).content.decode()

    assert "This is no table" in page
    assert "Throw it away" in page
    assert ">Bring in</button>" not in page


def test_older_imports_are_a_page_further(cast: Cast) -> None:
    for number in range(52):
        source = Source.objects.create(kind="contacts", label=f"book {number}.vcf", made_at=NOW)
        at = NOW + timedelta(minutes=number // 2)
        Import.objects.create(member=cast.maya, source=source, digest=f"{number}", began_at=at, ended_at=at)
    client = signed_in(cast.maya)

    first = client.get(reverse("desk:import"))
    older = client.get(first.context["page"].older_url)

    names = [row.name for page in (first, older) for row in page.context["page"].past]
    assert (len(names), len(set(names)), names[0][:8]) == (
        52,
        52,
        "book 50."[:8] if names[0] == "book 50.vcf" else "book 51.",
    )
    assert older.context["page"].older_url == ""
    assert client.get(reverse("desk:import"), {"before": "x/y"}).status_code == 200


def test_several_address_books_chosen_together_are_one_import(cast: Cast) -> None:
    files = [(f"{number}.vcf", CARD.replace(b"Mirela", b"Mirela %d" % number)) for number in range(12)]

    bring(signed_in(cast.maya), *files)

    import_ = Import.objects.get()
    assert str(import_.source).endswith(" …")
    actions.carry_out(import_)
    assert import_.items.count() == 12


@override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=2)
def test_too_many_files_are_refused_in_our_own_words(cast: Cast) -> None:
    client = signed_in(cast.maya)
    client.raise_request_exception = False

    answer = client.post(
        reverse("desk:start_import"), {"files": [SimpleUploadedFile(f"{number}.vcf", CARD) for number in range(3)]}
    )

    assert answer.status_code == 413
    assert "At most five thousand files are taken at once." in answer.content.decode()


def test_a_page_that_was_open_too_long_is_told_in_our_own_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(reverse("desk:start_import"), {})

    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_the_file_of_rejected_rows_is_called_csv_once(cast: Cast, brought_in: Import) -> None:
    brought_in.rejected_file = files.keep(io.BytesIO(b"Name\n"), media_type="text/csv", at=NOW)
    brought_in.save(update_fields=["rejected_file"])

    answer = signed_in(cast.maya).get(reverse("desk:rejected_file", args=[brought_in.pk]))
    answer.close()

    assert 'filename="rejected rows of first.csv"' in answer["Content-Disposition"]
