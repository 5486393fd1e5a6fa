"""The readings over a grid, the bank and its look at the past."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from ampersand.readings.rhythm import bank, formulas, grid, likely, model, stack, state
from ampersand.readings.rhythm.formulas import Kind
from ampersand.readings.rhythm.state import Days, States


def population(*, number: int = 1_500, until: int = 500, seed: int = 5) -> Days:
    """Parties with a rate of their own; some end, every other one is regular."""
    random = np.random.default_rng(seed)
    party, day = [], []
    for one in range(number):
        usual, end = random.gamma(1.5, 20) + 3, random.beta(0.8, 6)
        at = float(random.integers(0, 200))
        while at <= until:
            party.append(one)
            day.append(int(at))
            if random.random() < end:
                break
            at += max(random.gamma(1 + 3 * (one % 2), usual / (1 + 3 * (one % 2))), 1)
    return days(party, day, number)


def days(party: list[int], day: list[int], number: int) -> Days:
    pairs = np.unique(np.stack([party, day], axis=1), axis=0)
    return Days(pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64), number)


def a_state(*, repeats: float, span: float, known: float) -> States:
    logs = repeats * np.log(span / repeats) if repeats else 0.0
    return States(*(np.array([value]) for value in (repeats, span, known, logs)))


@pytest.mark.parametrize("kind", [Kind(1, 1.2, 60.0, 0.8, 2.0), Kind(2, 2.0, 60.0, 0.8, 2.0)])
def test_where_contact_is_rare_the_grid_agrees_with_the_formulas(kind: Kind) -> None:
    cells = grid.grid_for(700.0, ticks=(1, 2))
    known = grid.tables(cells, grid.on_grid(cells, [kind], np.ones(1)), horizon=200)

    for repeats, span, whole in ((0, 0, 600), (1, 300, 600), (6, 500, 600), (6, 300, 600)):
        one = a_state(repeats=repeats, span=span, known=whole)
        told = grid.read(one, known)
        assert told.alive[0] == pytest.approx(formulas.alive(one.sums, kind)[0], abs=0.02)
        assert told.expected[0] == pytest.approx(formulas.expected(one.sums, kind, horizon=200)[0], rel=0.05, abs=0.01)


def test_nobody_is_expected_on_more_days_than_there_are() -> None:
    daily = a_state(repeats=400, span=400, known=400)

    told = model.forecast(daily, model.default(horizon=30))

    assert 20 < told.expected[0] <= 30
    assert told.high[0] <= 30
    assert told.next_median[0] <= 2


def test_a_silence_of_years_is_not_taken_for_life() -> None:
    gone = a_state(repeats=40, span=300, known=9_000)

    told = model.forecast(gone, model.default(horizon=90))

    assert told.p_alive[0] < 1e-3
    assert told.p_contact[0] < 1e-3
    assert np.isfinite([told.next_low[0], told.next_median[0], told.next_high[0]]).all()


def test_the_counts_foretold_lie_within_their_interval_as_often_as_it_says() -> None:
    whole, known_until, ahead = population(number=3_000, until=620), 500, 120
    learnt = bank.fit(whole, as_of_day=known_until, horizon=ahead)
    now, there = state.states(whole, as_of_day=known_until)
    later = (whole.day > known_until) & (whole.day <= known_until + ahead)
    came = np.bincount(whole.party[later], minlength=whole.count)[there]

    told = model.forecast(now, learnt)

    assert told.expected.sum() == pytest.approx(came.sum(), rel=0.1)
    # Counts are whole numbers, so an interval of 90 holds a little more.
    assert 0.89 < ((came >= told.low) & (came <= told.high)).mean() < 0.99
    assert told.p_contact.mean() == pytest.approx((came > 0).mean(), abs=0.03)


def test_the_next_encounter_lies_within_its_range_as_often_as_it_says() -> None:
    whole, known_until = population(number=3_000, until=3_000), 500
    learnt = bank.fit(whole, as_of_day=known_until, horizon=120)
    now, there = state.states(whole, as_of_day=known_until)
    next_day = np.full(whole.count, np.inf)
    later = whole.day > known_until
    np.minimum.at(next_day, whole.party[later], whole.day[later])
    wait = next_day[there] - known_until
    comes = np.isfinite(wait)

    told = model.forecast(now, learnt)

    within = (wait >= told.next_low) & (wait <= told.next_high + 1)
    assert 0.75 < within[comes].mean() < 0.88


def test_what_comes_after_the_day_of_asking_changes_nothing() -> None:
    whole = population(until=620)
    before = whole.day <= 500

    told = bank.fit(whole, as_of_day=500, horizon=90).as_json()
    without = bank.fit(Days(whole.party[before], whole.day[before], whole.count), as_of_day=500, horizon=90).as_json()

    assert told == without


def test_the_order_of_the_events_changes_nothing() -> None:
    whole = population(number=400)
    mixed = np.random.default_rng(1).permutation(len(whole.day))

    told = bank.fit(Days(whole.party[mixed], whole.day[mixed], whole.count), as_of_day=500, horizon=90)

    assert told.as_json() == bank.fit(whole, as_of_day=500, horizon=90).as_json()


def test_a_stored_model_foretells_as_before() -> None:
    whole = population(number=600)
    learnt = bank.fit(whole, as_of_day=500, horizon=90)
    now, _there = state.states(whole, as_of_day=500)

    again = model.from_json(json.loads(json.dumps(learnt.as_json())))

    for name in ("p_alive", "p_contact", "expected", "next_median"):
        assert getattr(model.forecast(now, again), name) == pytest.approx(
            getattr(model.forecast(now, learnt), name), rel=1e-3, abs=1e-4
        )


@pytest.mark.parametrize(
    "days_there",
    [
        pytest.param(days([0], [10], 1), id="one party met once"),
        pytest.param(days([0, 1, 2], [90, 90, 90], 3), id="all met first on the day of asking"),
        pytest.param(days([0] * 80, list(range(80)), 1), id="one party met daily"),
        pytest.param(days(list(range(400)), [5] * 400, 400), id="many, of one common day, none twice"),
        pytest.param(days(list(range(400)) * 2, [5] * 400 + [6] * 400, 400), id="many, all with a gap of one day"),
    ],
)
def test_little_or_even_evidence_is_read_without_fail(days_there: Days) -> None:
    learnt = bank.fit(days_there, as_of_day=90, horizon=30)
    now, _there = state.states(days_there, as_of_day=90)

    told = model.forecast(now, learnt)

    for column in vars(told).values():
        assert np.isfinite(column).all()
    assert (told.p_contact >= 0).all()
    assert (told.p_contact <= 1).all()
    assert (told.low <= told.expected).all()
    assert (told.high >= np.floor(told.expected)).all()


@pytest.mark.parametrize("together", [1, 2, 7, 255, 900])
def test_each_is_told_the_same_however_many_are_read_with_it(together: int) -> None:
    now, _there = state.states(population(number=1_200), as_of_day=500)
    learnt = bank.fit(population(number=1_200), as_of_day=500, horizon=183)
    whole = model.forecast(now, learnt, size=np.float64)

    for start in (0, 200):
        some = slice(start, start + together)
        few = model.forecast(now.part(some), learnt, size=np.float64)
        for name, column in vars(few).items():
            assert column == pytest.approx(vars(whole)[name][some], rel=1e-11), name


def test_in_double_size_it_is_told_the_same_as_in_single() -> None:
    now, _there = state.states(population(number=600), as_of_day=500)
    learnt = bank.fit(population(number=600), as_of_day=500, horizon=183)

    single, double = model.forecast(now, learnt), model.forecast(now, learnt, size=np.float64)

    assert single.expected == pytest.approx(double.expected, rel=1e-4)
    assert single.next_median == pytest.approx(double.next_median, rel=1e-3)


def test_sums_alone_are_read_where_nobody_kept_the_recent_ones() -> None:
    whole = population(number=600)
    now, _there = state.states(whole, as_of_day=500)
    learnt = bank.fit(whole, as_of_day=500, horizon=90)

    told = model.forecast(States(now.repeats, now.span, now.known, now.log_gap_sum), learnt)

    assert told.expected.sum() == pytest.approx(model.forecast(now, learnt).expected.sum(), rel=0.2)


def test_nobody_is_read_where_nobody_was_met() -> None:
    told = model.forecast(*_nobody())

    assert len(told.expected) == 0


def _nobody() -> tuple[States, model.Model]:
    empty = Days(np.empty(0, np.int64), np.empty(0, np.int64), 0)
    now, _there = state.states(empty, as_of_day=5)
    return now, bank.fit(empty, as_of_day=5, horizon=30)


def test_the_same_relationships_read_alone_or_among_many_are_read_alike() -> None:
    whole = population(number=600)
    learnt = bank.fit(whole, as_of_day=500, horizon=90)
    now, _there = state.states(whole, as_of_day=500)
    many = States(*(np.concatenate([column] * 12) for column in vars(now).values()))

    told, alone = model.forecast(many, learnt), model.forecast(now.part(slice(7, 8)), learnt)

    assert told.expected[7] == pytest.approx(alone.expected[0], rel=1e-4)
    assert told.expected[len(now) * 11 + 7] == pytest.approx(alone.expected[0], rel=1e-4)


def test_where_the_past_is_too_little_to_learn_from_contact_is_corrected_as_in_most_populations() -> None:
    whole = population(number=40)
    now, _there = state.states(whole, as_of_day=500)

    learnt = bank.fit(whole, as_of_day=500, horizon=90)
    told = model.forecast(now, learnt)

    plain = model.forecast(now, replace(learnt, stack=None))
    assert learnt.stack is not None
    assert told.p_contact.sum() == pytest.approx(plain.p_contact.sum(), rel=0.02)
    assert (told.p_contact != plain.p_contact).any()


def test_hidden_days_unlike_the_others_are_not_taken_for_the_rule() -> None:
    whole = population(number=800)
    is_silent = (whole.day > 410) & (whole.day <= 500) & (np.arange(len(whole.day)) % 12 > 0)
    torn = Days(whole.party[~is_silent], whole.day[~is_silent], whole.count)
    now, _there = state.states(torn, as_of_day=500)

    learnt = bank.fit(torn, as_of_day=500, horizon=90)

    known = grid.tables(learnt.grid, learnt.prior, horizon=90)
    steady = grid.read(now, known).expected.sum()
    for one, _share in learnt.recent:
        recent = grid.read_beta(known, *one.beta(now))[0].sum()
        assert 0.6 < recent / steady < 1.6


def test_many_met_once_are_read_as_each_would_be_alone() -> None:
    random = np.random.default_rng(3)
    party = np.r_[np.arange(12_000), np.arange(300), np.arange(300)]
    whole = days(party.tolist(), random.integers(0, 500, len(party)).tolist(), 12_000)
    now, _there = state.states(whole, as_of_day=500)
    learnt = bank.fit(whole, as_of_day=500, horizon=90)

    told = model.forecast(now, learnt)

    apart = now.apart()
    assert apart is not None
    assert len(apart.first) < 2_000
    some = random.choice(len(now), 200, replace=False)
    alone = model.forecast(now.part(some), learnt)
    for name, column in vars(told).items():
        assert getattr(alone, name) == pytest.approx(column[some], rel=1e-4, abs=1e-6)


def test_those_met_once_on_as_many_days_are_not_put_together() -> None:
    number = np.arange(6_000.0)
    zeros = np.zeros(6_000)

    told = model.forecast(States(zeros, zeros, number, zeros), model.default(horizon=30))

    assert States(zeros, zeros, number, zeros).apart() is None
    assert (np.diff(told.p_alive) < 1e-6).all()


def test_the_median_count_lies_within_its_range_and_is_nearer_than_the_mean() -> None:
    whole, known_until, ahead = population(number=3_000, until=620), 500, 120
    learnt = bank.fit(whole, as_of_day=known_until, horizon=ahead)
    now, there = state.states(whole, as_of_day=known_until)
    later = (whole.day > known_until) & (whole.day <= known_until + ahead)
    came = np.bincount(whole.party[later], minlength=whole.count)[there]

    told = model.forecast(now, learnt)

    assert ((told.low <= told.median) & (told.median <= told.high)).all()
    assert np.abs(came - told.median).mean() < np.abs(came - told.expected).mean()


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_house_in_which_all_is_clockwork_is_foretold_in_numbers() -> None:
    random = np.random.default_rng(2)
    every = random.integers(5, 30, 300)
    met = [np.cumsum(np.round(random.normal(gap, gap / 8, 200)).clip(1)) for gap in every]
    told_until = [of_one[of_one <= 700] for of_one in met]
    known = days(
        np.repeat(np.arange(300), [len(one) for one in told_until]).tolist(), np.concatenate(told_until).tolist(), 300
    )

    learnt = bank.fit(known, as_of_day=700, horizon=182)
    told = model.forecast(state.states(known, as_of_day=700)[0], learnt)

    assert all(np.isfinite(column).all() for column in vars(told).values())
    assert np.median(told.expected / (182 / every)) == pytest.approx(1, abs=0.1)


def test_a_range_of_whole_days_leaves_out_as_much_below_as_above() -> None:
    random = np.random.default_rng(6)
    rates = random.gamma(4.0, 1 / 40, 3_000)
    met = [np.unique(np.ceil(np.cumsum(random.exponential(1 / rate, 400)))) for rate in rates]
    known = days(
        np.repeat(np.arange(3_000), [(one <= 400).sum() for one in met]).tolist(),
        np.concatenate([one[one <= 400] for one in met]).tolist(),
        3_000,
    )
    came = np.array([one[one > 400][0] - 400 for one in met])

    now, there = state.states(known, as_of_day=400)
    told = model.forecast(now, bank.fit(known, as_of_day=400, horizon=182))

    below, above = (came[there] < told.next_low).mean(), (came[there] > told.next_high).mean()
    assert below == pytest.approx(0.1, abs=0.025)
    assert above == pytest.approx(0.1, abs=0.025)


def test_where_all_meet_every_day_each_is_expected_on_nearly_every_day() -> None:
    daily = days(np.repeat(np.arange(60), 420).tolist(), np.tile(np.arange(420), 60).tolist(), 60)
    now, _there = state.states(daily, as_of_day=419)

    told = model.forecast(now, bank.fit(daily, as_of_day=419, horizon=30))

    assert (told.expected > 25).all()
    assert (told.p_contact > 0.98).all()


def test_those_who_never_end_are_not_expected_to() -> None:
    random = np.random.default_rng(2)
    party, day = [], []
    for one in range(150):
        gaps = np.maximum(random.gamma(2, random.uniform(1, 5), 1_200), 1)
        party += [one] * 1_200
        day += gaps.cumsum().astype(int).tolist()
    whole, known_until, ahead = days(party, day, 150), 900, 180
    now, there = state.states(whole, as_of_day=known_until)
    later = (whole.day > known_until) & (whole.day <= known_until + ahead)
    came = np.bincount(whole.party[later], minlength=whole.count)[there]

    told = model.forecast(now, bank.fit_rates(now, horizon=ahead))

    assert told.expected.sum() == pytest.approx(came.sum(), rel=0.03)
    assert told.p_alive.mean() > 0.99


def test_a_model_stored_by_the_first_rule_is_read_with_its_own_chances_to_end() -> None:
    cells = likely.Grid(np.geomspace(0.001, 1.5, 44), (1, 2), likely.ENDS[1:])
    prior = grid.on_grid(cells, [Kind(1, 1.2, 60.0, 0.8, 2.0)], np.ones(1))
    stored = json.loads(json.dumps(model.Model(cells, prior, 30).as_json()))
    del stored["ends"]

    again = model.from_json(stored)

    one = a_state(repeats=6, span=300, known=600)
    told, before = model.forecast(one, again), model.forecast(one, model.Model(cells, prior, 30))
    assert told.expected[0] == pytest.approx(before.expected[0], rel=1e-3)


def test_what_foretold_contact_best_in_the_hidden_days_gets_the_larger_share_and_keeps_it_when_stored() -> None:
    whole = population(number=3_000, until=620)

    learnt = bank.fit(whole, as_of_day=500, horizon=90)

    assert learnt.stack is not None
    pooled, every, often = learnt.stack.shares
    assert pooled + every + often == pytest.approx(1)
    # Rates here are steady, so how often of late alone tells less.
    assert often < 0.5
    assert stack.from_json(learnt.stack.as_json()).shares == learnt.stack.shares
    of_the_first_rule = learnt.stack.as_json()["regressions"]
    assert stack.from_json(of_the_first_rule).shares == (0.25, 0.25, 0.5)
