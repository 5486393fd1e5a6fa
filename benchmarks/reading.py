"""How fast the book is read: all of it, and one relationship after a change."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.rates import Rate

TIMES = 40


def rates() -> Iterator[Rate]:
    """The whole book as `ampersand readings` reads it, and single relationships as the job after a change does."""
    from django.utils import timezone

    from ampersand.parties.models import Relationship
    from ampersand.readings import actions
    from ampersand.timeline.models import Moment

    at = timezone.now()
    some = list(Relationship.objects.order_by("id").values_list("pk", flat=True)[: TIMES + 3])
    for relationship_id in some[:3]:
        actions.read_one(relationship_id, at=at)
    began, cpu = time.monotonic(), time.process_time()
    for relationship_id in some[3:]:
        actions.read_one(relationship_id, at=at)
    yield Rate(
        "refresh of one relationship", len(some[3:]), "relationships", time.monotonic() - began, time.process_time() - cpu,
        "100 ms each",
    )  # fmt: skip
    began, cpu = time.monotonic(), time.process_time()
    actions.read_all(at=at)
    yield Rate(
        "whole-book readings", Moment.objects.count(), "moments", time.monotonic() - began, time.process_time() - cpu,
        "1.8x a bare scan-and-group",
    )  # fmt: skip
