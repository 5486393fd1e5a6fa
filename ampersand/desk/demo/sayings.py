"""Everything said in the large books: the words of the story that name nobody, each with its share of all moments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from ampersand.desk.demo.life import words

_MODES = {"mail": 0.44, "call": 0.25, "visit": 0.20, "message": 0.07, "video": 0.04}


@dataclass(frozen=True)
class Saying:
    """One thing that a moment may be."""

    mode: str
    began: str
    asks: bool
    subject: str
    words: str
    share: float


@cache
def sayings() -> list[Saying]:
    """Everything said in the large books: the words of the story that name nobody."""
    told = []
    for topic in topics():
        told.append(Saying("mail", "them", True, topic["subject"], topic["asked"], 0.4))
        told.append(Saying("mail", "us", False, f"Re: {topic['subject']}", topic["answered"], 0.5))
        told += [
            Saying(mode, began, False, "", topic["spoke"], share)
            for mode, began, share in (
                ("call", "them", 0.5),
                ("call", "us", 0.5),
                ("visit", "", 1.0),
                ("video", "", 1.0),
            )
            if "{first}" not in topic["spoke"]
        ]
    told += [
        Saying("mail", "us", True, topic["subject"], topic["asked"], 0.1 * len(topics()) / len(words()["ours"]))
        for topic in words()["ours"]
    ]
    told += [
        Saying("message", began, asks, "", topic[name], 0.5)
        for topic in words()["message"]
        for began, asks, name in (("them", True, "asked"), ("us", False, "answered"))
    ]
    return _weighed(told)


def _weighed(told: list[Saying]) -> list[Saying]:
    """Give each mode its share of all moments."""
    sums = {mode: sum(saying.share for saying in told if saying.mode == mode) for mode in _MODES}
    return [replace(saying, share=saying.share / sums[saying.mode] * _MODES[saying.mode]) for saying in told]


@cache
def topics() -> list[dict[str, str]]:
    """Every topic of every trade."""
    told = words()
    return [topic for group in told.values() if isinstance(group, list) for topic in group if "theirs" in topic]


@cache
def moment_texts() -> list[str]:
    """What search reads of each saying."""
    return [f"{saying.subject} {saying.words}" for saying in sayings()]


@cache
def promise_texts() -> list[str]:
    """What is promised: ours, then theirs in the same order."""
    return [*(topic["ours"] for topic in topics()), *(topic["theirs"] for topic in topics())]
