"""Which version this is."""

from __future__ import annotations

from importlib import metadata

from ampersand.core import home


def number() -> str:
    """From the installed package, or in a clone from what the package would be built of."""
    try:
        return metadata.version("ampersand")
    except metadata.PackageNotFoundError:
        import tomllib

        with (home.PROJECT / "pyproject.toml").open("rb") as project:
            return str(tomllib.load(project)["project"]["version"])
