"""Answers to a pulse, sealed with the key file: neither the database nor a backup of it gives one away before it is opened.

Whoever holds both the machine and the key file could read them, and `docs/pulse.md` says so.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from ampersand.core import keys

# An answer is sealed at one length whatever it says, so that its length says nothing.
SEALED_BYTES = 28_672
LONGEST_WORDS = 1_000
LONGEST_GUESS = 500


class SealBroken(ValueError):
    """It was sealed with another key file, for another pulse or by another side."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one question: in words, in one of the five if one likes, and what one thinks the others will say; of a
    meeting whether it was `worth` one's time."""

    words: str = ""
    feeling: str = ""
    guess: str = ""
    worth: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.feeling or self.guess or self.worth)


def seal(answers: Sequence[Answer], *, pulse_id: UUID, is_ours: bool) -> str:
    """The answers of one side, in the order of the questions, sealed for this pulse and this side."""
    told = json.dumps([asdict(answer) for answer in answers], ensure_ascii=False).encode()
    return _box(pulse_id, is_ours).encrypt(told.ljust(SEALED_BYTES)).decode()


def open_seal(sealed: str, *, pulse_id: UUID, is_ours: bool) -> list[dict[str, str]]:
    """What was sealed. Raises SealBroken."""
    try:
        told: list[dict[str, str]] = json.loads(_box(pulse_id, is_ours).decrypt(sealed.encode()))
    except InvalidToken as error:
        raise SealBroken(str(pulse_id)) from error
    return told


def _box(pulse_id: UUID, is_ours: bool) -> Fernet:
    key = keys.derived(bytes.fromhex(settings.PULSE_SECRET), f"{pulse_id}:{'ours' if is_ours else 'theirs'}")
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(key)))
