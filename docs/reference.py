"""The reference pages that are made from the code: glossary, commands, measures. `bin/docs` writes them, a test reads them."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- Made by bin/docs: change what it is made from, not this page. -->"


def pages() -> dict[str, str]:
    """Each page that is made, by its name, as it should be now."""
    return {"glossary.md": glossary(), "commands.md": commands(), "measures.md": measures()}


def glossary() -> str:
    rows = [f"| {noun['name']} | {noun['means']} | {noun['field']} | {noun['german']} |" for noun in nouns()]
    return _page(
        "Glossary",
        "One word everywhere: in the interface, the code, the tables, the addresses and these pages. "
        "Made from `ampersand/core/glossary.toml`.",
        "\n".join(["| noun | is | the field says | German |", "|---|---|---|---|", *rows]),
    )


def nouns() -> list[dict[str, Any]]:
    with (ROOT / "ampersand" / "core" / "glossary.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["noun"]
    return found


def commands() -> str:
    from ampersand import cli

    told = [_command(f"ampersand {name}", cli._load(name, line)) for name, line in cli.COMMANDS.items()]
    return _page(
        "Commands",
        "In a clone the program is `bin/ampersand`. It answers 0 when all is done, 1 when something was rejected or is "
        "not well, 2 when it was not done. A command that needs the database starts it when it does not run.",
        "\n\n".join(told),
    )


def _command(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join(command.collect_usage_pieces(context))
    help_words = " ".join((command.help or "").split())
    parts = [f"## {path}", help_words, f"`{path} {usage}`"]
    if options := [_option(one) for one in command.params if isinstance(one, click.Option)]:
        parts.append("\n".join(options))
    if isinstance(command, click.Group):
        parts += [_command(f"{path} {name}", one).replace("##", "###", 1) for name, one in command.commands.items()]
    return "\n\n".join(parts)


def _option(option: click.Option) -> str:
    names = ", ".join(option.opts)
    value = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('x')))}"
    default = f" Usually {option.default}." if option.show_default and not option.is_flag else ""
    words = f": {option.help}" if option.help else ""
    return f"- `{names}{value}`{words}{default}"


def measures() -> str:
    """From the docstrings, read without importing what takes seconds."""
    folder = ROOT / "ampersand" / "readings"
    parts = (sorted((folder / part).glob("[a-z]*.py")) for part in ("measures", "sources", "rhythm"))
    files = [*chain.from_iterable(parts)]
    told = [_module(file) for file in files]
    return _page(
        "Measures",
        "A measure is one expression over a few tables. It runs on DuckDB over a copy of the whole book and on PostgreSQL "
        "for one relationship, and a test holds the two equal. What follows is said in the code beside each.",
        "\n\n".join(told),
    )


def _module(file: Path) -> str:
    tree = ast.parse(file.read_text())
    said = [f"## {file.stem.replace('_', ' ').capitalize()}", _folded(ast.get_docstring(tree) or "")]
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    public = [node for node in named if not node.name.startswith("_")]
    said += [f"### `{node.name}`\n\n{_folded(ast.get_docstring(node) or '')}" for node in public]
    return "\n\n".join(said)


def _folded(words: str) -> str:
    """Paragraphs of a docstring as lines of their own."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", words))


def told_measures() -> dict[str, str]:
    """Each measure with its docstring."""
    told = {}
    for file in (ROOT / "ampersand" / "readings" / "measures").glob("[a-z]*.py"):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _makes_a_table(node):
                told[node.name] = ast.get_docstring(node) or ""
    return told


def _makes_a_table(function: ast.FunctionDef) -> bool:
    """What else stands among the measures is of use to them alone."""
    return function.returns is not None and ast.unparse(function.returns) == "ir.Table"


def environment_variables() -> set[str]:
    """Every variable of the environment that the product reads, tests apart."""
    found: set[str] = set()
    for file in (ROOT / "ampersand").rglob("*.py"):
        if "tests" not in file.parts:
            found.update(_names_read(ast.parse(file.read_text())))
    return found - {"DJANGO_SETTINGS_MODULE"}


def _names_read(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        told = node.value if isinstance(node, ast.Constant) else None
        if isinstance(told, str) and re.fullmatch(r"AMPERSAND_[A-Z_]+|DATABASE_URL", told):
            yield told


def _page(title: str, says: str, body: str) -> str:
    return f"{MADE}\n# {title}\n\n{says}\n\n{body}\n"


def write() -> None:
    for name, words in pages().items():
        (ROOT / "docs" / name).write_text(words)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    write()
