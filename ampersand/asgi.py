"""One port: pages on Django's synchronous side, where they are quickest, event streams on its asynchronous one."""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable
from typing import Any

import django
from a2wsgi import WSGIMiddleware
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver

Scope = dict[str, Any]
Event = Any
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
django.setup(set_prefix=False)

STREAMS = "/sse"
# As many as a process answers at once; the pool of connections holds a few more, for the streams (core/serve.py).
PAGE_THREADS = 4

streams = ASGIHandler()
pages = WSGIMiddleware(WSGIHandler(), workers=PAGE_THREADS)  # type: ignore[arg-type]

# Every page is imported now rather than by whoever asks first. What is here stays, so Python's search for cycles need not
# walk through it again and again: that stopped one page in twenty for as long as the page itself takes. A page makes some
# ten thousand objects and drops them when it is sent, so to look after every 700, as Python does, finds nothing.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http" and scope["path"].startswith(STREAMS):
        await streams(scope, receive, send)
        return

    # Granian hands over objects that are awaitable but no coroutines, which a2wsgi refuses on every POST.
    async def as_coroutine() -> Event:
        return await receive()

    async def sent(event: Event) -> None:
        await send(event)

    await pages(scope, as_coroutine, sent)  # type: ignore[arg-type]
