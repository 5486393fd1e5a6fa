"""The program `ampersand`. Each command lives in the `commands.py` of its app; here is one line a command.

The table carries the help, so that `ampersand --help` loads nothing, and says what a command needs before its module is
imported: its book (the database runs, its tables are there, Django is set up) or nothing.

Exit codes: 0 done, 1 done with something rejected (the command returns 1), 2 not done.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from ampersand.core.words import gettext as _
from ampersand.core.words import say

NOT_DONE = 2


@dataclass(frozen=True)
class Line:
    where: str
    help: str
    needs_book: bool = True


COMMANDS = {
    "serve": Line("ampersand.core.commands:serve", "Start the pages and the worker.", needs_book=False),
    "worker": Line("ampersand.core.commands:worker", "Start a worker alone, for a house on several machines."),
    "migrate": Line("ampersand.core.commands:migrate", "Bring the book's tables up to this version.", needs_book=False),
    "invite": Line("ampersand.members.commands:invite", "Invite somebody into the house."),
    "sign-in-link": Line("ampersand.members.commands:sign_in_link", "Make a link that signs one member in, once."),
    "page-link": Line("ampersand.portal.commands:page_link", "Make a link to somebody's own page, to be handed over."),
    "outbox": Line(
        "ampersand.members.commands:show_outbox", "Show the newest letter of a house without a mail server."
    ),
    "import": Line("ampersand.channels.commands:import_", "Bring in mailboxes, calendars, address books and tables."),
    "note": Line("ampersand.notebook.commands:note", "Keep a note, as if it were written in the notebook."),
    "today": Line("ampersand.desk.commands:today", "Say what Today asks of a member."),
    "doubles": Line("ampersand.parties.doubles.commands:doubles", "Look through the book for likely doubles."),
    "readings": Line("ampersand.readings.commands:readings", "Read the whole book afresh."),
    "lab": Line("ampersand.lab:lab", "Try what Ampersand reads, on files alone.", needs_book=False),
    "demo": Line("ampersand.desk.commands:demo", "Fill an empty house with a demo book."),
    "backup": Line("ampersand.core.safe.commands:backup", "Save the whole house, and try it out.", needs_book=False),
    "restore": Line("ampersand.core.safe.commands:restore", "Bring a saved house back.", needs_book=False),
    "export": Line("ampersand.core.safe.commands:export", "Write the whole house out in open formats."),
    "doctor": Line("ampersand.core.commands:doctor", "Look whether all is well, and say it plainly.", needs_book=False),
    "version": Line("ampersand.core.commands:version", "Say which version this is.", needs_book=False),
}


class Commands(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return _load(name, COMMANDS[name]) if name in COMMANDS else None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(line.help)) for name, line in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def ampersand() -> None:
    """Ampersand: the notebook, the promises and the map of your relationships."""


def main() -> None:
    """The entry point. Whatever goes wrong is said in words, and the exit code is never 0 or 1 then."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    try:
        answer = ampersand.main(prog_name="ampersand", standalone_mode=False)
    except click.Abort:
        sys.exit(NOT_DONE)
    except click.ClickException as error:
        error.show()
        _answer_as_json(error.format_message())
        sys.exit(NOT_DONE)
    except Exception as error:
        say(_words_for(error))
        _answer_as_json(str(error))
        sys.exit(NOT_DONE)
    sys.exit(answer if isinstance(answer, int) else 0)


def _load(name: str, line: Line) -> click.Command:
    module, attribute = line.where.split(":")
    if line.needs_book:
        _set_up_django()
    command: click.Command = getattr(import_module(module), attribute)
    command.name = name
    command.help = command.help or _(line.help)
    if line.needs_book and command.callback:
        command.callback = _with_book(command.callback)
    return command


def _with_book(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*arguments: Any, **options: Any) -> Any:
        from ampersand.core import book

        with book.opened():
            return callback(*arguments, **options)

    return run


def _set_up_django() -> None:
    import django

    django.setup()


def _answer_as_json(words: str) -> None:
    if "--json" in sys.argv:
        click.echo(json.dumps({"error": words}, ensure_ascii=False))


def _words_for(error: Exception) -> str:
    """Our own errors are words already; one nobody foresaw shows where it happened."""
    if type(error).__module__.startswith("ampersand."):
        return str(error)
    return "".join(traceback.format_exception(error))


if __name__ == "__main__":
    main()
