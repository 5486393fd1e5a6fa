"""Bringing things in: begun by a member, carried out by a job, undone as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from ampersand.channels import material, opening, run, table
from ampersand.channels.chats.asking import Asked, asked
from ampersand.channels.chats.names import Answer, Answered
from ampersand.channels.chats.words import title_in
from ampersand.channels.material import Part, export_of
from ampersand.channels.models import Import, ImportKind
from ampersand.channels.run import Heard
from ampersand.channels.tables import meant, stored
from ampersand.channels.undo import NotEnded, NotWaiting, OthersUnderWay, throw_away, undo
from ampersand.channels.undo import ask as ask_for_undo
from ampersand.channels.undo import carry_out as undo_as_asked
from ampersand.core import events, files
from ampersand.core.models import Source, SourceKind
from ampersand.core.whole import whole
from ampersand.members.models import Member

# The headings of a table, and rows enough to tell how it is written.
_ENOUGH_BYTES = 256_000
_NAMED_TOGETHER = 8
# Kept with an import where somebody asked for the mails they had thrown away.
WITH_UNWANTED = "with_unwanted"
_SOURCES = {
    ImportKind.MAIL: SourceKind.MAIL,
    ImportKind.CALENDAR: SourceKind.CALENDAR,
    ImportKind.CONTACTS: SourceKind.CONTACTS,
    ImportKind.CHATS: SourceKind.CHAT,
}


class NothingThere(ValueError):
    """There is no file at this path, or none with anything in it."""


@whole
def begin(
    paths: Sequence[Path], *, member: Member, at: datetime, kind: str = "", mapping: Mapping[str, Any] | None = None
) -> Import:
    """Begin to bring in files and folders that lie on the server. Nothing is read before `carry_out`.

    A single file is kept, so that the run can resume whatever becomes of the path; folders are read where they lie.
    Raises NothingThere.
    """
    found = material.parts(paths, kind=kind)
    if not found:
        raise NothingThere(", ".join(str(path) for path in paths))
    is_one_file = len(paths) == 1 and paths[0].is_file()
    return _begin(
        label=paths[0].name if len(paths) == 1 else f"{paths[0].name} …",
        kind=found[0].kind if len(found) == 1 else "",
        source_kind=_source_kind({part.kind for part in found}),
        member=member,
        at=at,
        mapping=mapping,
        digest=material.digest_of(paths),
        file=files.keep(paths[0], at=at) if is_one_file else None,
        paths=[str(path.resolve()) for path in paths],
    )


@whole
def begin_upload(
    content: BinaryIO,
    *,
    name: str,
    member: Member,
    at: datetime,
    kind: str = "",
    mapping: Mapping[str, Any] | None = None,
    with_unwanted: bool = False,
) -> Import:
    """Begin to bring in a file that came through the page. Raises NothingThere for an empty one.

    `with_unwanted`: of mail also what lay among the unwanted or in the bin.
    """
    file = files.keep(content, at=at)
    if not file.size_bytes:
        raise NothingThere(name)
    # The kept file has no name: it is told apart by the name it came under.
    kept = files.path_of(file)
    found = kind or ("" if opening.is_archive(kept) else material.kind_named(kept, name))
    if with_unwanted and found in ("", ImportKind.MAIL):
        mapping = {**(mapping or {}), WITH_UNWANTED: True}
    kinds = {ImportKind(found)} if found else {ImportKind.CHATS} if _holds_a_chat(kept, name) else set()
    return _begin(
        label=name,
        kind=found,
        source_kind=_source_kind(kinds),
        member=member,
        at=at,
        mapping=mapping,
        digest=file.digest,
        file=file,
        paths=[name],
    )


def is_export(content: BinaryIO) -> bool:
    """Whether a file that comes is a table of another program, known by its headings."""
    content.seek(0)
    with tempfile.NamedTemporaryFile() as looked_at:
        looked_at.write(content.read(_ENOUGH_BYTES))
        looked_at.flush()
        content.seek(0)
        return meant.is_export(Path(looked_at.name))


@whole
def begin_together(
    contents: Sequence[tuple[str, BinaryIO]], *, member: Member, at: datetime, with_unwanted: bool = False
) -> Import:
    """Begin to bring in several files as one: what one names by number another tells. Raises NothingThere."""
    names = _called(sorted(name for name, _ in contents))
    with tempfile.TemporaryFile() as packed:
        material.pack(contents, packed)
        packed.seek(0)
        return begin_upload(packed, name=names, member=member, at=at, with_unwanted=with_unwanted)


def _called(names: Sequence[str]) -> str:
    """What several files are called together: all their names, or of many the first."""
    return ", ".join(names) if len(names) <= _NAMED_TOGETHER else f"{', '.join(names[:_NAMED_TOGETHER])} …"


def carry_out(import_: Import, *, heard: Heard | None = None) -> None:
    """Run an import from where it stands to its end. See `run.carry_out`."""
    with opening.closed():
        run.carry_out(import_, table.loaders(parts_of(import_), import_), heard=heard)


@whole
def try_again(import_: Import) -> None:
    """Let an import that stopped be carried out once more; it goes on where it stood."""
    import_.last_error = ""
    import_.save(update_fields=["last_error"])


def parts_of(import_: Import) -> list[Part]:
    """The files of an import: the one that was kept, or those at its paths."""
    if import_.file is None:
        return material.parts([Path(path) for path in import_.paths], kind=import_.kind)
    kept = files.path_of(import_.file)
    if opening.is_archive(kept) and (folder := opening.unpacked(kept)):
        return material.parts([folder], kind=import_.kind)
    kind = ImportKind(import_.kind) if import_.kind else material.kind_named(kept, str(import_.source))
    return [Part(kind, root=kept, paths=(kept,), name=Path(import_.paths[0]).name)]


@whole
def map_columns(import_: Import, *, kind: str, mapping: Mapping[str, Any], by: Member, at: datetime) -> None:
    """Say what the columns of a table mean, before it is brought in; of a workbook those of the sheet that waits first.

    The next table of this shape is understood the same way.
    """
    waiting = stored.told(import_.mapping, mapping)
    if waiting is None:
        import_.kind, import_.mapping = ImportKind(kind), dict(mapping)
    else:
        import_.mapping = waiting
    import_.save(update_fields=["kind", "mapping"])
    meant.remember(mapping, by=by, at=at)
    events.record("import.mapped", at=at, by_id=by.pk, subject_id=import_.pk)


@whole
def look_at(import_: Import) -> None:
    """Understand what can be understood without asking: exports of other programs, by their headings."""
    if import_.file is not None:
        import_.mapping = meant.without_asking(files.path_of(import_.file), import_)
        import_.save(update_fields=["mapping"])


@whole
def look_for_names(import_: Import) -> None:
    """Let an import wait where its chats hold names that nobody can tell but whoever brings it, or days in either order."""
    if asked_of(import_).is_anything:
        import_.mapping = Answered(waits=True).kept_in(import_.mapping)
        import_.save(update_fields=["mapping"])


def asked_of(import_: Import) -> Asked:
    """What is to be asked about the chats of an import before it is carried out. Only its texts are looked at."""
    kind = import_.kind
    if import_.file is None or kind not in ("", ImportKind.CHATS):
        return Asked((), ())
    with opening.closed():
        kept = files.path_of(import_.file)
        if kind:
            return asked(parts_of(import_), import_)
        folder = opening.unpacked(kept, only=(".txt", "messages.csv"))
        return asked(material.parts([folder]) if folder else [], import_)


@whole
def tell_names(
    import_: Import, *, people: Mapping[str, Answer], orders: Mapping[str, str], by: Member, at: datetime
) -> None:
    """Say who is behind the names of its chats, by the keys of their speakers, and in which order the days of a file stand."""
    told = Answered(dict(people), dict(orders), waits=False)
    import_.mapping = told.kept_in(import_.mapping)
    import_.save(update_fields=["mapping"])
    events.record("import.names_told", at=at, by_id=by.pk, subject_id=import_.pk)


def _source_kind(kinds: set[ImportKind]) -> SourceKind:
    """What a moment is said to come from; of files of several kinds mail, which most of them are."""
    told = kinds - {ImportKind.OTHER}
    return _SOURCES.get(next(iter(told)), SourceKind.TABLE) if len(told) == 1 else SourceKind.MAIL


def _holds_a_chat(path: Path, name: str) -> bool:
    """Whether an archive is one that a telephone made of a chat."""
    return bool(title_in(name)) or any(one.endswith("_chat.txt") for one in opening.names_in(path))


def _begin(
    *,
    label: str,
    kind: str,
    source_kind: SourceKind,
    member: Member,
    at: datetime,
    mapping: Mapping[str, Any] | None,
    digest: str,
    file: Any,
    paths: list[str],
) -> Import:
    source = Source.objects.create(kind=source_kind, label=label[:300], made_at=at)
    import_ = Import.objects.create(
        member=member,
        source=source,
        kind=kind,
        mapping=dict(mapping) if mapping else None,
        digest=digest,
        file=file,
        paths=paths,
        began_at=at,
    )
    events.record("import.began", at=at, by_id=member.pk, subject_id=import_.pk)
    return import_


__all__ = [
    "NotEnded",
    "NotWaiting",
    "NothingThere",
    "OthersUnderWay",
    "ask_for_undo",
    "asked_of",
    "begin",
    "begin_together",
    "begin_upload",
    "carry_out",
    "export_of",
    "is_export",
    "look_at",
    "look_for_names",
    "map_columns",
    "parts_of",
    "tell_names",
    "throw_away",
    "try_again",
    "undo",
    "undo_as_asked",
]
