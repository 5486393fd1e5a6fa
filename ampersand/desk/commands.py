"""Commands of the desk: demo."""

from __future__ import annotations

import click

SIZES = ("story", "S", "M", "L")


@click.command()
@click.option("--size", type=click.Choice(SIZES), default="story", show_default=True, help="How large the book is.")
@click.option("--seed", default=1, show_default=True, help="The same seed on the same day makes the same house.")
def demo(size: str, seed: int) -> None:
    """Fill an empty house: Harbour & Finch, a coffee roaster, or a book of 10,000 (S), 100,000 (M), 1,000,000 (L) parties."""
    from ampersand.desk.demo import run

    run.demo(size=size, seed=seed)
