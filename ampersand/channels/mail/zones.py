"""The zone a mail was written in, as a name that the database keeps: a mail itself says only how far from UTC it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# Where clocks stand apart from UTC by other than whole hours; of two that agree the more populous comes first.
_UNEVEN = """Asia/Kolkata Asia/Tehran Asia/Kathmandu Asia/Yangon Australia/Adelaide Australia/Darwin Asia/Kabul
    America/St_Johns America/Caracas Asia/Colombo Australia/Lord_Howe Pacific/Chatham Asia/Pyongyang Pacific/Marquesas
    Australia/Eucla""".split()


def zone_of(minutes: int | None, at: datetime) -> str:
    """The name of a zone that was so many minutes east of UTC at that instant; UTC where the mail does not say.

    Whole hours are `Etc/GMT-1` and the like, whose sign is the other way round. What no place on earth has is read as
    the whole hour below it.

    >>> from datetime import UTC
    >>> at = datetime(2024, 3, 5, tzinfo=UTC)
    >>> zone_of(60, at), zone_of(-300, at), zone_of(330, at), zone_of(None, at)
    ('Etc/GMT-1', 'Etc/GMT+5', 'Asia/Kolkata', 'UTC')
    """
    if not minutes:
        return "UTC"
    hours, rest = divmod(minutes, 60)
    if rest:
        east = timedelta(minutes=minutes)
        found = next((name for name in _UNEVEN if at.astimezone(_zone(name)).utcoffset() == east), None)
        if found:
            return found
    hours = max(-12, min(14, hours))
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


@lru_cache(maxsize=len(_UNEVEN))
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
