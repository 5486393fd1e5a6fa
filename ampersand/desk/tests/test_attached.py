"""Files that came with moments can be taken by who may see the moment, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast as cast_to
from uuid import UUID

import pytest
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from ampersand.core import files
from ampersand.timeline.models import Attachment, Moment
from tests import cast as people
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

PAGE_OF_THEIRS = b"<script>alert(document.domain)</script>"


def attach(moment: Moment, content: bytes, name: str) -> Attachment:
    kept = files.keep(content, at=NOW, media_type="text/html")
    return Attachment.objects.create(moment=moment, file=kept, name=name)


def get(cast: Cast, path: str) -> HttpResponseBase:
    client = Client()
    client.force_login(cast.tom)
    return client.get(path)


def sent(answer: HttpResponseBase) -> bytes:
    assert isinstance(answer, FileResponse)
    return b"".join(cast_to(Iterator[bytes], answer.streaming_content))


def page(cast: Cast, name: str, of: UUID) -> str:
    answer = get(cast, reverse(name, args=[of]))
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


@pytest.fixture
def terms(cast: Cast) -> Attachment:
    return attach(people.moment(cast.jane, by=cast.tom, subject="Terms for spring"), PAGE_OF_THEIRS, "Terms, 2026.html")


def test_a_file_is_saved_under_its_name_and_never_opened_as_a_page_of_ours(cast: Cast, terms: Attachment) -> None:
    answer = get(cast, reverse("desk:file", args=[terms.pk]))
    assert sent(answer) == PAGE_OF_THEIRS
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Terms, 2026.html"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ['a"b\r\nSet-Cookie: x=1.pdf', "../../etc/passwd", "契約書.pdf", ""])
def test_no_name_that_somebody_gave_a_file_breaks_out_of_its_header(cast: Cast, name: str) -> None:
    attached = attach(people.moment(cast.jane, by=cast.tom), b"%PDF", name)
    answer = get(cast, reverse("desk:file", args=[attached.pk]))
    assert sent(answer) == b"%PDF"
    assert "Set-Cookie" not in answer.headers
    assert "/" not in answer.headers["Content-Disposition"].partition("filename")[2].replace("utf-8''", "")


def test_it_stands_on_the_page_of_the_moment_and_of_who_was_there(cast: Cast, terms: Attachment) -> None:
    link = reverse("desk:file", args=[terms.pk])
    for told in (page(cast, "desk:moment", terms.moment_id), page(cast, "desk:party", cast.jane.pk)):
        assert f'href="{link}"' in told
        assert "Terms, 2026.html" in told


def test_a_party_shows_each_content_once_and_nothing_of_what_was_withdrawn(cast: Cast, terms: Attachment) -> None:
    attach(people.moment(cast.jane, by=cast.tom), PAGE_OF_THEIRS, "Terms again.html")
    gone = attach(people.moment(cast.jane, by=cast.tom), b"other", "Never was.pdf")
    Moment.objects.filter(pk=gone.moment_id).update(withdrawn_at=NOW)
    told = page(cast, "desk:party", cast.jane.pk)
    assert told.count("/files/") == 1
    assert "Never was" not in told


def test_what_is_lost_on_disk_is_not_there_rather_than_an_error(cast: Cast, terms: Attachment) -> None:
    files.path_of(terms.file).unlink()
    assert get(cast, reverse("desk:file", args=[terms.pk])).status_code == 404


def test_a_number_beyond_every_row_is_not_there(cast: Cast) -> None:
    assert get(cast, f"/files/{10**30}/").status_code == 404


def test_names_of_files_are_escaped(cast: Cast) -> None:
    attach(people.moment(cast.jane, by=cast.tom), b"x", "<img src=x onerror=alert(1)>.pdf")
    told = page(cast, "desk:party", cast.jane.pk)
    assert "&lt;img src=x" in told
    assert "<img src=x" not in told
