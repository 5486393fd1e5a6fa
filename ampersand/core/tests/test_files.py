from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings

from ampersand.core import files
from ampersand.core.models import File
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    return tmp_path / "files"


class Breaking(io.BytesIO):
    """An upload that breaks off."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError("the other side is gone")
        return super().read(10)


def there(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_the_same_content_is_kept_once_and_read_by_nobody_else(folder: Path) -> None:
    kept = {files.keep(content, at=NOW).pk for content in (b"beans", io.BytesIO(b"beans"))}

    assert there(folder) == [*kept]
    assert (folder.stat().st_mode & 0o077, files.path_of(File.objects.get()).stat().st_mode & 0o077) == (0, 0)


def test_of_what_breaks_off_nothing_is_left(folder: Path) -> None:
    with pytest.raises(OSError, match="the other side"):
        files.keep(Breaking(b"x" * 100), at=NOW)

    assert there(folder) == []
    assert File.objects.count() == 0
