"""The web server. It imports every page once; the processes that answer are forked from it and share what they only read."""

from __future__ import annotations

from importlib import import_module

import click

PAGES = "ampersand.asgi"
KILL_SECONDS = 5


@click.command()
@click.option("--host", required=True)
@click.option("--port", required=True, type=int)
@click.option("--workers", required=True, type=int)
def web(host: str, port: int, workers: int) -> None:
    """Answer at this address until asked to stop. What ends by itself is started again."""
    # By name: core stands below the pages. Where processes are not forked, each imports them for itself.
    import_module(PAGES)

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        f"{PAGES}:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
    )
    server.serve()


if __name__ == "__main__":
    web()
