"""Ties between the parties of a note: who works where, decides, reports, is family, supplies, introduced, competes."""

from __future__ import annotations

from ampersand.notebook.reader.acquaintance_ties import advises, influences, introduced, worked_together
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Tie
from ampersand.notebook.reader.relation_nouns import ties_by_noun
from ampersand.notebook.reader.trade_ties import competes, delivers, supplies
from ampersand.notebook.reader.working_ties import decides_for, newcomers_employer, reports_to, works_at, works_for


def ties_of(parsed: Parsed, discourse: Discourse) -> list[Tie]:
    found: dict[tuple[str, str, str], Tie] = {}
    stages = (
        works_at,
        newcomers_employer,
        ties_by_noun,
        works_for,
        reports_to,
        decides_for,
        introduced,
        supplies,
        delivers,
        competes,
        worked_together,
        advises,
        influences,
    )
    for stage in stages:
        for tie in stage(parsed, discourse):
            is_ours = (
                any(who.is_us or who.is_colleague for who in (tie.from_, tie.to)) and tie.kind != "former_colleague_of"
            )
            if tie.from_ != tie.to and not is_ours and not (tie.from_.is_us or tie.to.is_us):
                found.setdefault((tie.kind, tie.from_.name, tie.to.name), tie)
    return list(found.values())
