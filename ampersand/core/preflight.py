"""What `ampersand serve` asks before it starts, in a process that has Django: may we serve this book as it is?

Exit code 0 yes, 3 its tables are behind this version, anything else no, with the reason on stderr.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.conf import settings

from ampersand.core import book, checks, doctor, serve
from ampersand.core.words import say


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    django.setup()
    try:
        is_behind = bool(book.missing_migrations())
    except book.BookNotReady as error:
        say(str(error))
        return 1
    if is_behind:
        return serve.BEHIND
    assets = doctor.built_assets(Path(settings.STATIC_ROOT))
    reasons = checks.reasons_not_to_serve() + ([] if assets.is_well else [assets.words])
    say("\n".join(reasons))
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
