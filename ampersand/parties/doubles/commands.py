"""`ampersand doubles`: look through the book for likely doubles now."""

from __future__ import annotations

import json
import time

import click
from django.utils import timezone
from django.utils.translation import gettext as _


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer one JSON object.")
def doubles(as_json: bool) -> int:
    """Look through the book for likely doubles. They wait on the page “Likely the same”."""
    from ampersand.parties.doubles import actions

    began = time.monotonic()
    looked = actions.look(at=timezone.now())
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        click.echo(json.dumps({"waiting": looked.waiting, "merged": looked.merged, "seconds": seconds}))
    else:
        told = _("%(waiting)d pairs wait for somebody who knows; %(merged)d were taken for one.")
        click.echo(told % {"waiting": looked.waiting, "merged": looked.merged})
    return 0
