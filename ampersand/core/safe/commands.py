"""Commands that keep the house safe: backup, restore, export."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from ampersand.core.words import gettext as _
from ampersand.core.words import say

_KEY = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--key", type=_KEY, help="Seal it under the key in this file. Usually AMPERSAND_BACKUP_KEY_FILE.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def backup(folder: Path, key: Path | None, as_json: bool) -> int:
    """Save the whole house below DIR while it is used, and try the backup out by restoring it into a scratch database."""
    from ampersand.core import book
    from ampersand.core.safe import backup as backups
    from ampersand.core.safe import keeping, record

    used = keeping.key_in(key or keeping.said().key_file)
    with book.database_running():
        made = backups.back_up(folder.resolve(), at=datetime.now(UTC), key=used, heard=_unless(as_json))
    good = record.last_good()
    missing = good.missing if good else 0
    if as_json:
        told = {"folder": str(made), "bytes": good and good.bytes, "rows": good and good.rows, "missing_files": missing,
                "is_sealed": used is not None, "seconds": good and good.seconds}  # fmt: skip
        click.echo(json.dumps(told))
    else:
        click.echo(_("The backup is in %(folder)s. It was restored once, and all was there.") % {"folder": made})
        if missing:
            say(
                _("%(count)d documents were missing or damaged in the house already. They are not in it.")
                % {"count": missing}
            )
    return 1 if missing else 0


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--into", type=_FOLDER, help="Another data folder to restore into. Usually that of this house.")
@click.option("--key", type=_KEY, help="The key file it was sealed with. Usually AMPERSAND_BACKUP_KEY_FILE.")
@click.option("--replace", is_flag=True, help="Replace a house that is not empty, after a backup of it.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def restore(folder: Path, into: Path | None, key: Path | None, replace: bool, as_json: bool) -> int:
    """Bring a backup back into an empty house. DIR is a backup, or a folder of them: then the newest is taken."""
    if into:
        os.environ["AMPERSAND_HOME"] = str(into.resolve())
    import django

    django.setup()
    from ampersand.core import book
    from ampersand.core.safe import export_back, keeping
    from ampersand.core.safe import restore as restoring

    said, heard = keeping.said(), _unless(as_json)
    if export_back.is_export(folder):
        return _bring_back(folder.resolve(), key, as_json)
    used = keeping.key_in(key or said.key_file)
    with book.database_running():
        restored = restoring.restore(
            folder.resolve(), at=datetime.now(UTC), key=used, is_replacing=replace, saves_into=said.folder, heard=heard
        )
        if book.missing_migrations():
            book.migrate(is_saved=True)
    if as_json:
        saved = str(restored.saved_before) if restored.saved_before else None
        told = {"made_at": restored.manifest.made_at.isoformat(), "digest": restored.contents.digest, "saved": saved}
        click.echo(json.dumps(told))
    else:
        day = restored.manifest.made_at.astimezone()
        click.echo(
            _("The house is as it was saved on %(day)s. Everybody signs in anew.") % {"day": f"{day:%Y-%m-%d %H:%M}"}
        )
        if restored.saved_before:
            click.echo(_("What was there before is saved in %(folder)s.") % {"folder": restored.saved_before})
    return 0


def _bring_back(folder: Path, key: Path | None, as_json: bool) -> int:
    from django.conf import settings

    from ampersand.core import book
    from ampersand.core.safe import export_back, keeping

    secret = keeping.key_in(key or settings.KEY_FILE) or b""
    with book.database_running():
        brought = export_back.bring_back(folder, secret=secret, heard=_unless(as_json))
        if book.missing_migrations():
            book.migrate(is_saved=True)
    if as_json:
        click.echo(json.dumps({"made_at": brought.made_at.isoformat(), "digest": brought.digest, "saved": None}))
    else:
        click.echo(
            _("The house is here, as it was exported. Its digest is the same: %(digest)s") % {"digest": brought.digest}
        )
        click.echo(_("Nobody has a password here yet: `ampersand sign-in-link EMAIL` makes a link to sign in with."))
    return 0


@click.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def export(folder: Path, as_json: bool) -> int:
    """Write the whole house out in open formats into DIR. What not every member may see goes along sealed."""
    from ampersand.core.safe import export as exporting

    done = exporting.export(folder.resolve(), at=datetime.now(UTC), heard=_unless(as_json))
    if as_json:
        told = {
            "folder": str(done.folder),
            "rows": done.rows,
            "sealed": done.sealed,
            "files": done.files,
            "digest": done.digest,
        }
        click.echo(json.dumps(told))
    else:
        click.echo(_("The house is written out in %(folder)s.") % {"folder": done.folder})
        click.echo(
            _("%(rows)d rows, %(sealed)d of them sealed, since not every member may see them. Digest: %(digest)s")
            % {"rows": done.rows, "sealed": done.sealed, "digest": done.digest}
        )
    return 0


def _unless(is_quiet: bool) -> Callable[[str], None]:
    return (lambda words: None) if is_quiet else say
