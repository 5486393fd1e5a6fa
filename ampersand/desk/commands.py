"""Commands of the desk: demo."""

from __future__ import annotations

import click

SIZES = ("story", "S", "M", "L")


@click.command()
@click.option("--size", type=click.Choice(SIZES), default="story", show_default=True, help="How large the book is.")
@click.option("--seed", default=1, show_default=True, help="The same seed on the same day makes the same house.")
@click.option("--no-link", is_flag=True, help="Do not say how to sign in: whoever starts it prints a link.")
def demo(size: str, seed: int, no_link: bool) -> None:
    """Fill an empty house: Harbour & Finch, a coffee roaster, or a book of 10,000 (S), 100,000 (M), 1,000,000 (L) parties."""
    from ampersand.desk.demo import run

    run.demo(size=size, seed=seed, says_how_to_sign_in=not no_link)


@click.command()
@click.option("--as", "email", default="", help="The member whose day it is; the first steward if not said.")
def today(email: str) -> int:
    """Say what Today asks of a member."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from ampersand.desk.today import today_page
    from ampersand.members.commands import acting
    from ampersand.members.queries import zone_of

    member = acting(email)
    with timezone.override(zone_of(member)):
        page = today_page(member, at=timezone.now())
    click.echo(page.opening)
    for row in page.tend:
        name = f"{row.name}, {row.of}" if row.of else row.name
        click.echo(f"& {name}: " + "".join(clause.words for clause in row.reason))
    for title, promises in ((_("We promised"), page.ours), (_("They promised"), page.theirs)):
        if promises:
            click.echo(title)
            for promise in promises:
                click.echo(f"  {promise.due_on}  {promise.what} ({promise.note})")
    click.echo(page.closing)
    return 0
