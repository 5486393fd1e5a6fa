"""The rows of the budget table, measured through the real server, and their queries counted beside it."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
TIMES = 60
WARM = 8
NOTE = (
    "Called %(name)s, worried about the June delivery, I'll send the dates by Friday. Wants one invoice for all houses."
)

# What DESIGN.md section 7 allows at L, p95 in milliseconds.
BUDGETS = {
    "Relationship page": 50,
    "Today": 100,
    "search from the second letter": 80,
    "list of 50, two filters": 80,
    "I understood": 50,
    "keep a note": 50,
}


@dataclass(frozen=True)
class Row:
    """One measured row: milliseconds, and the most queries any of its requests asked."""

    name: str
    p50_ms: float
    p95_ms: float
    query_count: int
    budget_ms: int


@dataclass(frozen=True)
class Ask:
    """One request: a GET, or a POST where it has a body."""

    path: str
    body: dict[str, str] | None = None


def measure(*, size: str, seed: int, folder: Path) -> int:
    """Make the book if it is not there, measure every row, print the table and keep it as JSON."""
    _make_book(size, seed, folder)
    import django

    from ampersand.core import postgres

    postgres.start()
    django.setup()
    member, cookie = _sign_in()
    asks = _asks(member, random.Random(seed))
    counted = {name: max(_queries(member, ask()) for _ in range(3)) for name, ask in asks.items()}
    with _server() as port:
        rows = [_row(name, ask, port, cookie, counted[name]) for name, ask in asks.items()]
        memory_mb = _memory_mb(port)
    _print(size, rows, memory_mb)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    told = {"size": size, "rows": [asdict(row) for row in rows], "memory_mb": memory_mb}
    (results / f"{size}.json").write_text(json.dumps(told, indent=1))
    postgres.stop()
    return 0


def _make_book(size: str, seed: int, folder: Path) -> None:
    done = folder / "made"
    if done.exists():
        return
    ampersand = [sys.executable, "-m", "ampersand.cli"]
    for command in (["demo", "--size", size, "--seed", str(seed)], ["readings"]):
        began = time.monotonic()
        subprocess.run([*ampersand, *command], cwd=ROOT, check=True)
        print(f"{' '.join(command)}: {time.monotonic() - began:.1f} s", flush=True)
    done.touch()


def _sign_in() -> tuple[Any, str]:
    """The member of the book who tends most, with a session of theirs."""
    from django.conf import settings
    from django.test import Client

    from ampersand.desk.demo.making import SIGNS_IN
    from ampersand.members.models import Member

    member = Member.objects.get(email=SIGNS_IN)
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return member, client.cookies[settings.SESSION_COOKIE_NAME].value


def _asks(member: Any, dice: random.Random) -> dict[str, Callable[[], Ask]]:
    """What is asked, drawn afresh each time from the book."""
    from ampersand.parties.models import Party, Relationship

    visible = Relationship.objects.visible_to(member)
    ids = list(visible.order_by("id").values_list("pk", flat=True)[:20_000])
    names = list(Party.objects.visible_to(member).known().order_by("id").values_list("name", flat=True)[:20_000])
    filters = [("kind", "person"), ("promise", "ours"), ("move", "quiet"), ("tended", str(member.pk)), ("trade", "yes"),
               ("kind", "organisation"), ("promise", "theirs")]  # fmt: skip

    def word() -> str:
        told = dice.choice(dice.choice(names).split())
        return told[: dice.randint(2, max(2, len(told)))]

    def note() -> dict[str, str]:
        return {"words": NOTE % {"name": dice.choice(names)}, "note_id": str(uuid4())}

    return {
        "Relationship page": lambda: Ask(f"/relationships/{dice.choice(ids)}/"),
        "Today": lambda: Ask("/"),
        "search from the second letter": lambda: Ask("/search/?" + urlencode({"q": word()})),
        "list of 50, two filters": lambda: Ask("/relationships/?" + urlencode(dict(dice.sample(filters, 2)))),
        "I understood": lambda: Ask("/notes/understood/", note()),
        "keep a note": lambda: Ask("/notes/keep/", note()),
    }


def _queries(member: Any, ask: Ask) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"HX-Request": "true"} if ask.body else {}, SERVER_NAME="localhost")
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(ask.path, ask.body) if ask.body else client.get(ask.path)
    if answer.status_code != 200:
        raise RuntimeError(f"{ask.path} answered {answer.status_code}")
    return len(asked)


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"AMPERSAND_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "ampersand.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not come up within a minute")


def _row(name: str, ask: Callable[[], Ask], port: int, cookie: str, query_count: int) -> Row:
    token = _csrf(port, cookie)
    for _ in range(WARM):
        _ask(port, cookie, token, ask())
    taken = sorted(_ask(port, cookie, token, ask()) for _ in range(TIMES))
    return Row(name, statistics.median(taken), taken[int(TIMES * 0.95) - 1], query_count, BUDGETS[name])


def _csrf(port: int, cookie: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/write/", headers={"Cookie": f"sessionid={cookie}"})
    answer = connection.getresponse()
    page = answer.read().decode()
    csrf_cookie = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if csrf_cookie is None or token is None:
        raise RuntimeError("the writing page gave no token")
    return f"{csrf_cookie[1]} {token[1]}"


def _ask(port: int, cookie: str, token: str, ask: Ask) -> float:
    """Ask once, and answer how many milliseconds it took."""
    csrf_cookie, form_token = token.split()
    headers = {"Cookie": f"sessionid={cookie}; csrftoken={csrf_cookie}", "HX-Request": "true" if ask.body else ""}
    headers = {name: value for name, value in headers.items() if value}
    body = None
    if ask.body:
        body = urlencode({**ask.body, "csrfmiddlewaretoken": form_token})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    connection.request("POST" if ask.body else "GET", ask.path, body=body, headers=headers)
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{ask.path} answered {answer.status}")
    return taken


def _memory_mb(port: int) -> int:
    """Resident memory of the server's processes, the database apart."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            if f"\0{port}" in command or "ampersand.cli\0worker" in command:
                status = (process / "status").read_text()
                total += int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
        except (OSError, StopIteration):
            continue
    return total // 1024


def _print(size: str, rows: list[Row], memory_mb: int) -> None:
    print(f"Size {size}, {TIMES} requests each, one client, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'work':<32}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'budget at L':>13}")
    for row in rows:
        print(f"{row.name:<32}{row.p50_ms:>8.1f}{row.p95_ms:>8.1f}{row.query_count:>9}{row.budget_ms:>10} ms")
    print(f"resident memory of serve: {memory_mb} MB (budget 400)")
