"""Who is in a conversation around a message: phones tell only who wrote, and when."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from ampersand.channels.chats.said import Chat, Said

# In a larger group what is overheard is no contact, as at a large gathering.
LARGEST_GROUP = 30
SPOKE_WITHIN = timedelta(days=30)


class Around:
    """Who is in a conversation around a message: phones tell only who wrote, and when."""

    def __init__(self, chat: Chat) -> None:
        self.wrote: dict[str, list[datetime]] = defaultdict(list)
        for one in chat.said:
            self.wrote[one.speaker.key].append(one.at)
        for times in self.wrote.values():
            times.sort()
        self.is_crowd = len(self.wrote) > LARGEST_GROUP

    def present(self, line: Said) -> list[str]:
        """Those who wrote within thirty days of it; where nobody else did, all who ever wrote. Of a crowd nobody."""
        if self.is_crowd:
            return []
        near = [key for key, times in self.wrote.items() if key != line.speaker.key and _is_near(times, line.at)]
        return near or [key for key in self.wrote if key != line.speaker.key]


def _is_near(times: Sequence[datetime], at: datetime) -> bool:
    place = bisect_left(times, at - SPOKE_WITHIN)
    return place < len(times) and times[place] <= at + SPOKE_WITHIN
