"""Every page with made-up content, as files: to look at, and for browser tests that need no database.

python -m tests.browser.gallery FOLDER        writes FOLDER/*.html beside the built assets
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.browser import hard, samples, samples_map, samples_promises

BUILT = Path(__file__).resolve().parents[2] / "ampersand" / "static" / "built"
# What `settings.CONTENT_SECURITY_POLICY` says, so that a page that needs more is seen here already.
SELF = ("script", "style", "font", "img", "connect")
POLICY = "; ".join(["default-src 'none'", *(f"{what}-src 'self'" for what in SELF), "form-action 'self'"])


def pages() -> dict[str, tuple[str, Any]]:
    """File name to template and page."""
    return {
        "today": ("desk/today.html", samples.today()),
        "today-plain": ("desk/today.html", replace(samples.today(words=""), kept=samples.kept())),
        "today-at-rest": ("desk/today.html", samples.today_at_rest()),
        "today-empty": ("desk/today.html", samples.today_empty_house()),
        "write": ("desk/write.html", samples.write()),
        "relationship": ("desk/relationship.html", samples.relationship()),
        "relationship-crowded": ("desk/relationship.html", samples.relationship_crowded()),
        "relationship-sparse": ("desk/relationship.html", samples.relationship_sparse()),
        "relationship-new": ("desk/relationship.html", samples.relationship_new()),
        "before": ("desk/before.html", samples.before()),
        "relationships": ("desk/relationships.html", samples.relationships()),
        "map": ("desk/map.html", samples_map.tune_map()),
        "map-list": ("desk/map.html", samples_map.as_list()),
        "map-drawing": ("desk/map.html", samples_map.as_drawing()),
        "map-crowded": ("desk/map.html", samples_map.tune_map(5_000)),
        "map-empty": ("desk/map.html", samples_map.of_nobody()),
        "evidence": ("desk/evidence.html", samples.evidence()),
        "party": ("desk/party.html", samples.party()),
        "same-choose": ("desk/same_choose.html", samples.choose()),
        "same": ("desk/same.html", samples.same()),
        "two-after-all": ("desk/two_after_all.html", samples.two_after_all()),
        "search": ("desk/search.html", samples.search()),
        "search-nothing": ("desk/search.html", samples.search_nothing()),
        "import": ("desk/import.html", samples.imports()),
        "import-report": ("desk/import_report.html", samples.import_report()),
        "import-running": ("desk/import_report.html", replace(samples.import_running(), refresh_url="")),
        "import-mapping": ("desk/import_mapping.html", samples.mapping()),
        "house": ("desk/house.html", samples.house()),
        "today-hard-names": ("desk/today.html", hard.today()),
        "relationship-hard-names": ("desk/relationship.html", hard.relationship()),
        "relationship-from-the-right": ("desk/relationship.html", hard.relationship_from_the_right()),
        "relationships-hard-names": ("desk/relationships.html", hard.relationships()),
    }


def parts() -> dict[str, tuple[str, dict[str, Any]]]:
    """File name to a fragment that is looked at alone, and what it takes."""
    return {
        "keeping": ("desk/_keeping.html", {"keeping": samples_promises.keeping()}),
        "keeping-of-many": ("desk/_keeping.html", {"keeping": samples_promises.keeping_of_many()}),
    }


ALONE = "{% extends 'base.html' %}{% block page %}<h1>One part</h1>{% include part %}{% endblock %}"


def write(folder: Path) -> None:
    """Render every page into the folder, with the built assets beside them under `static/`."""
    from django.template import engines
    from django.template.loader import render_to_string

    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(BUILT, folder / "static" / "built", dirs_exist_ok=True)
    for name, (template, page) in pages().items():
        html = render_to_string(template, {"page": page, "frame": samples.frame(), "csrf_token": "sample"})
        (folder / f"{name}.html").write_text(html)
    for name, (part, takes) in parts().items():
        alone = engines["django"].from_string(ALONE)
        (folder / f"{name}.html").write_text(alone.render({"part": part, "frame": samples.frame(), **takes}))
    fragment = render_to_string("desk/_understood.html", {"understood": samples.understood()})
    (folder / "understood").write_text(fragment)
    (folder / "kept").write_text(render_to_string("desk/_kept.html", {"kept": samples.kept(), "csrf_token": "sample"}))
    chosen = render_to_string("desk/_map_chosen.html", {"chosen": samples_map.next_one()})
    (folder / "map-next").write_text(chosen)
    (folder / "found").write_text(render_to_string("desk/_found.html", {"page": samples.search()}))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the folder on a free port of the loopback, under our content security policy; yields its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _plain_django() -> None:
    """Templates alone: no database, no key file."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.humanize", "django.contrib.staticfiles"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [BUILT.parents[1] / "desk" / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {"libraries": {"desk": "ampersand.desk.templatetags.desk"}},
            }
        ],
        STATIC_URL="static/",
        USE_TZ=True,
        TIME_ZONE="UTC",
        DEBUG=False,
    )
    django.setup()


if __name__ == "__main__":
    _plain_django()
    write(Path(sys.argv[1]))
