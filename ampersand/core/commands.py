"""Commands of the house itself: serve, worker, migrate, doctor, version."""

from __future__ import annotations

import json
import os
from importlib import import_module

import click

from ampersand.core import version as versions
from ampersand.core.words import gettext as _


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--no-link", is_flag=True, help="Print no link to sign in with, even where nobody has signed in yet.")
@click.option("--unannounced", is_flag=True, help="Say neither where it is nor how to sign in: whoever starts it does.")
def serve(host: str, port: int, workers: int, no_link: bool, unannounced: bool) -> None:
    from ampersand.core import serve as server

    is_announced = not unannounced
    has_first_link = is_announced and not no_link
    server.serve(host=host, port=port, workers=workers, has_first_link=has_first_link, is_announced=is_announced)


@click.command()
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 32), help="Jobs done at once.")
def worker(jobs: int) -> None:
    from django.core.management import call_command

    # What reads is large and imported now, rather than beside whoever keeps the first note of the day.
    import_module("ampersand.readings.actions")
    # Whoever waits for a page goes first.
    os.nice(10)
    # On SIGTERM a job has eight seconds to end; `ampersand serve` waits ten. What is cut off is retried.
    call_command(
        "procrastinate",
        "worker",
        "--concurrency",
        str(jobs),
        "--shutdown-graceful-timeout",
        "8",
        "--fetch-job-polling-interval",
        "1",
    )


@click.command()
@click.option("--saved", is_flag=True, help="The house is saved by other means: make no backup before.")
def migrate(saved: bool) -> None:
    import django

    from ampersand.core import book

    django.setup()
    with book.database_running():
        if book.missing_migrations():
            book.migrate(is_saved=saved)
        click.echo(_("The book is up to date."))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def doctor(as_json: bool) -> int:
    import django

    from ampersand.core import doctor as asked

    django.setup()
    findings = asked.examine()
    if as_json:
        told = [{"is_well": finding.is_well, "words": finding.words} for finding in findings]
        click.echo(json.dumps({"is_well": asked.is_well(findings), "findings": told}, ensure_ascii=False))
    else:
        for finding in findings:
            click.secho(finding.words, fg=None if finding.is_well else "yellow")
    return 0 if asked.is_well(findings) else 1


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def version(as_json: bool) -> None:
    number = versions.number()
    click.echo(json.dumps({"version": number}) if as_json else number)
