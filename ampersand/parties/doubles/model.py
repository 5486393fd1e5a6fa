"""The model of Splink (Fellegi and Sunter): its comparisons and blocks, and how it learns from a book without labels.

Splink 5 on DuckDB or Spark. Only `finding`, which runs in a process of its own, imports this.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.exceptions import EMTrainingException

from ampersand.parties.doubles.comparisons import Comparison, Level
from ampersand.parties.doubles.traits import KEYS, LISTS

# Fewer records, or fewer that are certainly the same, teach nothing: the weights of `comparisons` are taken then.
LEARNS_FROM_RECORDS = 1_000
LEARNS_FROM_CERTAIN = 50
RANDOM_PAIRS = 2e6
SEED = 1
# What was never seen in a sample may be seen yet.
LEAST_CHANCE = 1e-6
# How many of the true doubles the rules below are taken to find.
CERTAIN_RECALL = 0.8
_CERTAIN = {
    "person": (
        ("given", "family"),
        ("given", "street"),
        ("family", "street", "number"),
        ("street", "town", "number"),
    ),
    "organisation": (("name", "town"), ("name", "postcode"), ("street", "number", "postcode", "name")),
}
# Learnt in turn: what one holds equal, another learns of. Each wants two columns that a double has in common.
_LEARNT_WITHIN = {
    "person": (("number", "postcode"), ("given", "family"), ("street", "town"), ("birthday",), ("family", "postcode")),
    "organisation": (("name",), ("street", "number"), ("postcode", "town")),
}

# It tells each step to the terminal otherwise.
logging.getLogger("splink").handlers.clear()
logging.getLogger("splink").propagate = False
logging.getLogger("splink").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt of a book: each comparison with how often its levels hold, and how likely any two are one."""

    comparisons: tuple[Comparison, ...]
    prior: float


def unlearnt(comparisons: Sequence[Comparison], *, count: int) -> Weights:
    """The weights before anything is learnt: one of ten records is taken to be a double.

    Among a few records nothing can be said of how frequent a name is.
    """
    told = (
        comparisons
        if count >= LEARNS_FROM_RECORDS
        else [replace(one, is_frequency_weighed=False) for one in comparisons]
    )
    return Weights(tuple(told), min(0.01, 0.2 / max(count, 2)))


def settings(weights: Weights, *, is_between_two: bool) -> SettingsCreator:
    """Splink's settings, in whatever engine they are used."""
    return SettingsCreator(
        link_type="link_only" if is_between_two else "dedupe_only",
        comparisons=[_comparison(one) for one in weights.comparisons],
        blocking_rules_to_generate_predictions=[
            *(block_on(key) for key in KEYS),
            *(block_on(name, arrays_to_explode=[name]) for name in LISTS if _is_compared(name, weights.comparisons)),
        ],
        probability_two_random_records_match=weights.prior,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=False,
        max_iterations=15,
    )


def learn(linker_of: Callable[[Weights], Linker], weights: Weights, *, kind: str, count: int, certain: int) -> Weights:
    """Weights fitted to the book from its own likenesses alone; those given, where there is too little to learn from."""
    if count < LEARNS_FROM_RECORDS:
        return weights
    linker = linker_of(weights)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    weights = _learnt(weights, linker.misc.save_model_to_json(None))
    if certain < LEARNS_FROM_CERTAIN:
        return weights
    told = {comparison.column for comparison in weights.comparisons}
    sample = min(1.0, 100_000 / count)
    for columns in [columns for columns in _LEARNT_WITHIN[kind] if told.issuperset(columns)][:3]:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), record_sample_proportion=sample
            )
        except (ValueError, EMTrainingException):
            # Where hardly anybody shares these columns, it comes to a chance of nothing and gives up, with its model in
            # pieces: the others go on from what was learnt before.
            linker = linker_of(weights)
        else:
            weights = _learnt(weights, linker.misc.save_model_to_json(None))
    linker.training.estimate_probability_two_random_records_match([*certain_rules(kind, told)], recall=CERTAIN_RECALL)
    return _learnt(weights, linker.misc.save_model_to_json(None))


def _learnt(weights: Weights, told: dict[str, Any]) -> Weights:
    """The weights that Splink has come to; what it saw nothing of keeps the one it had."""
    comparisons = []
    for comparison, learnt in zip(weights.comparisons, told["comparisons"], strict=True):
        found = [level for level in learnt["comparison_levels"] if not level.get("is_null_level")]
        levels = tuple(
            replace(
                level,
                m=_chance(one.get("m_probability"), level.m),
                u=_chance(one.get("u_probability"), level.u),
            )
            for level, one in zip(comparison.levels, found, strict=True)
        )
        comparisons.append(replace(comparison, levels=levels))
    return Weights(tuple(comparisons), float(told["probability_two_random_records_match"]))


def _chance(learnt: Any, otherwise: float) -> float:
    return max(learnt, LEAST_CHANCE) if isinstance(learnt, float) else otherwise


def certain_rules(kind: str, told: set[str]) -> list[str | BlockingRuleCreator]:
    """Rules that hold for doubles and hardly for anybody else: how many there are about is counted by them."""
    return [
        " AND ".join(f"l.{column} = r.{column}" for column in columns)
        for columns in _CERTAIN[kind]
        if told.issuperset(columns)
    ]


def _comparison(comparison: Comparison) -> Any:
    levels: list[Any] = [cll.NullLevel(comparison.column)]
    if other := comparison.unless:
        follows = cll.CustomLevel(f"{other}_l = {other}_r", label_for_charts="follows")
        levels.append(follows.configure(is_null_level=True))
    for level in comparison.levels:
        made = _level(comparison, level)
        levels.append(made.configure(m_probability=level.m, u_probability=level.u))
    return cl.CustomComparison(output_column_name=comparison.column, comparison_levels=levels)


def _level(comparison: Comparison, level: Level) -> Any:
    if level.sql == "ELSE":
        return cll.ElseLevel()
    if level.shared_list:
        return cll.ArrayIntersectLevel(level.shared_list, min_intersection=1)
    if level.name == "same":
        return cll.ExactMatchLevel(comparison.column, term_frequency_adjustments=comparison.is_frequency_weighed)
    return cll.CustomLevel(level.sql, label_for_charts=level.name)


def _is_compared(name: str, comparisons: Sequence[Comparison]) -> bool:
    listed = {level.shared_list for comparison in comparisons for level in comparison.levels}
    return name in listed
