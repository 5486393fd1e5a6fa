"""A long list taken out: made by a job, fetched by whoever asked for it and nobody else, for a day."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from python_calamine import CalamineWorkbook

from ampersand.core.models import Event
from ampersand.desk import standing, tasks
from ampersand.desk.lists import out, out_later
from ampersand.members.models import Member
from tests.cast import NOW, Cast, person
from tests.proven import prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def long(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Cast:
    """A book whose list is longer than a page waits for."""
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(out_later, "AT_ONCE_MAX", 2)
    person("=1+1")
    standing.gather(at=NOW)
    return cast


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return prove(client, member)


def asked_by(client: Client) -> str:
    answer = client.post(reverse("desk:list_out") + "?sort=new", {"kind": "xlsx"})
    assert answer.status_code == 302
    return answer.headers["Location"]


def run_job() -> None:
    (job,) = ProcrastinateJob.objects.filter(task_name=out_later.MAKE)
    tasks.make_list.func(**job.args)


def content_of(answer: Any) -> bytes:
    told = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return told


def test_it_is_made_beside_and_fetched_when_it_is_made(long: Cast) -> None:
    client = signed_in(long.maya)
    url = asked_by(client)

    before = client.get(url).content.decode()
    too_soon = client.get(f"{url}file/")
    run_job()
    after = client.get(url, headers={"HX-Request": "true"}).content.decode()
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(content_of(client.get(f"{url}file/")))).get_sheet_by_index(0).to_python()
    )

    assert "made beside" in before
    assert too_soon.status_code == 404
    assert f"{url}file/" in after
    assert "hx-trigger" not in after
    names = [row[0] for row in rows]
    assert names[0] == "Name"
    assert {"Jane Okafor", "Leona Marsh", "=1+1"} <= set(names)
    assert Event.objects.filter(name="list.taken_out", by_id=long.maya.pk).count() == 1


def test_who_is_hidden_is_not_in_it(long: Cast) -> None:
    client = signed_in(long.tom)
    url = asked_by(client)
    run_job()

    assert b"Leona" not in unzipped(content_of(client.get(f"{url}file/")))


def test_nobody_else_fetches_it(long: Cast) -> None:
    url = asked_by(signed_in(long.maya))
    run_job()

    for other in (long.tom, long.ruth):
        assert signed_in(other).get(url).status_code == 404
        assert signed_in(other).get(f"{url}file/").status_code == 404


def test_who_has_not_shown_lately_that_it_is_them_is_asked_first(long: Cast) -> None:
    url = asked_by(signed_in(long.maya))
    run_job()
    later = Client()
    later.force_login(long.maya)

    for address in (url, f"{url}file/"):
        assert later.get(address).headers["Location"].startswith("/own/prove/")


def test_after_a_day_it_is_gone(long: Cast) -> None:
    client = signed_in(long.maya)
    url = asked_by(client)
    run_job()
    yesterday = (timezone.now() - timedelta(days=1, minutes=1)).timestamp()
    for path in files():
        os.utime(path, (yesterday, yesterday))

    gone = client.get(f"{url}file/").status_code
    out_later.forget(at=timezone.now())

    assert gone == 404
    assert files() == []


def test_what_was_asked_stands_in_no_job(long: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out_later, "AT_ONCE_MAX", 0)

    signed_in(long.maya).post(reverse("desk:list_out") + "?words=jane", {"kind": "xlsx"})

    (job,) = ProcrastinateJob.objects.filter(task_name=out_later.MAKE)
    assert set(job.args) == {"name", "member_id", "language", "zone"}


def test_made_twice_it_is_there_once(long: Cast) -> None:
    client = signed_in(long.maya)
    url = asked_by(client)
    run_job()
    run_job()

    assert content_of(client.get(f"{url}file/"))


def test_one_that_fails_says_so(long: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(long.maya)
    url = asked_by(client)
    monkeypatch.setattr(out, "write_xlsx", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run_job()

    assert "could not be made" in client.get(url).content.decode()


def test_what_is_not_there_is_not_there(long: Cast) -> None:
    client = signed_in(long.maya)

    assert client.get(reverse("desk:list_out_later", args=[UUID(int=1)])).status_code == 404


def test_of_who_left_nothing_lies_about(long: Cast) -> None:
    asked_by(signed_in(long.maya))
    Member.objects.filter(pk=long.maya.pk).update(left_at=timezone.now())

    run_job()
    out_later.forget(at=timezone.now())

    assert files() == []


def files() -> list[Path]:
    return [path for path in (Path(settings.DATA_FOLDER) / "lists").rglob("*") if path.is_file()]


def unzipped(content: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())
