"""The text of an agreement by which both sides know that they hold the same: its digest is the same wherever it lies."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from datetime import date
from uuid import UUID


def text_of(
    *,
    agreement_id: UUID,
    number: int,
    between: Sequence[str],
    together: str,
    in_touch: str,
    bundles: Sequence[str],
    parting: str,
    look_again_on: date,
) -> str:
    """JSON in one shape: names sorted, letters composed (NFC), no space that says nothing, the sides in order of name."""
    told = {
        "agreement": str(agreement_id),
        "version": number,
        "between": sorted(map(_plain, between)),
        "together": _plain(together),
        "in_touch": _plain(in_touch),
        "bundles": [_plain(words) for words in bundles],
        "parting": _plain(parting),
        "look_again_on": look_again_on.isoformat(),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, in 64 hexadecimal digits: what `sha256sum` says of the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(words: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", words).splitlines())
    return "\n".join(lines).strip()
