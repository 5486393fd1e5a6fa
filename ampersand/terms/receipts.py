"""Terms as records that both sides keep: a receipt in the shape of ISO/IEC TS 27560:2023, and terms as JSON that programs read.

The names of the receipt's parts are those of the specification (record, pii_processing, party_identification, event). The names
of the terms' JSON follow IEEE 7012-2025, where the individual is the first party who proffers, the house the second party who
accepts, offers one alternative or declines. Both carry one digest: SHA-256 of the terms' own part as canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ampersand.members.models import House
from ampersand.terms import lines
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Kind, Line, NotALine
from ampersand.terms.models import AnswerKind, Terms

SHAPE = "ISO/IEC TS 27560:2023"
STANDARD = "IEEE 7012-2025"
_ANSWERS = {AnswerKind.ACCEPTS: "accept", AnswerKind.ALTERNATIVE: "alternative", AnswerKind.DECLINES: "decline"}
LONGEST_FILE = 100_000


class NotTerms(ValueError):
    """The file holds no terms; the words say what is missing."""


def proffered(terms: Terms, house: House) -> dict[str, Any]:
    """Terms as JSON that the other side's program, or another house, takes (prefetch `lines` and `answers`)."""
    own = own_part(terms)
    return {
        "standard": STANDARD,
        "firstParty": {"name": str(terms.party)},
        "secondParty": {"name": house.name},
        "terms": own,
        "digest": digest(own),
        "version": terms.version,
        "proffered": terms.said_at.isoformat(),
        "effective": terms.from_at.isoformat(),
        "response": _response(terms),
    }


def own_part(terms: Terms) -> dict[str, Any]:
    """What was said, and nothing of who keeps it: both sides hold it alike."""
    told = sorted(terms.lines.all(), key=lambda line: line.position)
    return {
        "agreement": terms.roster or None,
        "lines": [{"kind": line.kind, **line.value} for line in told],
        "words": terms.words,
    }


def digest(own: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no blanks, UTF-8.

    >>> digest({"words": "", "lines": [], "agreement": "rest"})[:16]
    '1720ff8da161a6df'
    """
    told = json.dumps(own, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def read(told: str | bytes) -> tuple[str, list[Line], str]:
    """The choice, lines and words of terms as `proffered` writes them. Raises NotTerms."""
    if len(told) > LONGEST_FILE:
        raise NotTerms(_("This is longer than terms are."))
    try:
        whole = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise NotTerms(_("This is no JSON.")) from error
    own = whole.get("terms") if isinstance(whole, Mapping) else None
    if not isinstance(own, Mapping):
        raise NotTerms(_("No terms are in it: they stand under “terms”."))
    roster, words, told_lines = own.get("agreement") or "", own.get("words", ""), own.get("lines", [])
    if not isinstance(roster, str) or (roster and roster not in Roster.values):
        raise NotTerms(_("The agreement is none of: %(known)s.") % {"known": ", ".join(Roster.values)})
    if not isinstance(words, str) or not isinstance(told_lines, list):
        raise NotTerms(_("The lines are a list, and the words are text."))
    if "digest" in whole and whole["digest"] != digest(own):
        raise NotTerms(_("It was changed since it was written: its digest is that of other terms."))
    return roster, _lines(told_lines), words.replace("\x00", "")


def receipt(terms: Terms, house: House, *, at: datetime) -> dict[str, Any]:
    """The receipt that both sides get (prefetch `lines` and `answers`). `at` is when it is written."""
    house_id, party_id = f"urn:uuid:{house.pk}", f"urn:uuid:{terms.party_id}"
    held = {line.kind: line.value for line in terms.lines.all()}
    processing = {
        "purposes": [
            {
                "purpose": "keeping in touch, within these terms",
                "lawful_basis": "the terms of the person",
                "processing_methods": ["kept", "read by the house", "sent through one gate"],
                "storage_conditions": _storage(held),
                "pii_controllers": [house_id],
                "recipients": [held[Kind.READERS]["words"]] if Kind.READERS in held else ["members of the house"],
            }
        ],
        "terms": own_part(terms),
        "terms_digest": digest(own_part(terms)),
    }
    return {
        "receipt_metadata": {
            "schema_version": SHAPE,
            "receipt_id": f"urn:uuid:{terms.pk}:{terms.version}",
            "written_at": at.isoformat(),
        },
        "record": {"schema_version": SHAPE, "record_id": f"urn:uuid:{terms.pk}", "pii_principal_id": party_id},
        "pii_processing": processing,
        "party_identification": [
            {"party_id": party_id, "party_role": "PII principal", "party_name": str(terms.party)},
            {"party_id": house_id, "party_role": "PII controller", "party_name": house.name},
        ],
        "events": [*_events(terms)],
    }


def _events(terms: Terms) -> list[dict[str, Any]]:
    said = {
        "event_time": terms.said_at.isoformat(),
        "event_type": "explicit",
        "event_state": "given",
        "entity_id": f"urn:uuid:{terms.said_by_id}",
        "voice": terms.voice,
        "validity": {"from": terms.from_at.isoformat(), "until": _time(terms.withdrawn_at)},
    }
    answered = [
        {
            "event_time": one.at.isoformat(),
            "event_type": "response",
            "event_state": _ANSWERS[AnswerKind(one.kind)],
            "entity_id": f"urn:uuid:{one.by_id}" if one.by_id else None,
        }
        for one in sorted(terms.answers.all(), key=lambda one: (one.at, one.pk))
    ]
    gone = [{"event_time": _time(terms.withdrawn_at), "event_state": "withdrawn"}] if terms.withdrawn_at else []
    return [said, *answered, *gone]


def _response(terms: Terms) -> dict[str, Any] | None:
    last = max(terms.answers.all(), key=lambda one: (one.at, one.pk), default=None)
    if last is None:
        return None
    told = {"response": _ANSWERS[AnswerKind(last.kind)], "at": last.at.isoformat(), "words": last.words}
    return told | ({"alternative": last.alternative} if last.alternative else {})


def _lines(told: Sequence[Any]) -> list[Line]:
    try:
        return [
            lines.read(str(one.get("kind")), {k: v for k, v in one.items() if k != "kind"}) for one in map(_named, told)
        ]
    except NotALine as error:
        raise NotTerms(str(error)) from error


def _named(one: Any) -> Mapping[str, Any]:
    if not isinstance(one, Mapping):
        raise NotTerms(_("A line is told as names with their values."))
    return one


def _storage(held: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    months = held[Kind.KEPT]["months"] if Kind.KEPT in held else None
    return {"storage_location": "the house itself", "retention_period": f"P{months}M" if months else None}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
