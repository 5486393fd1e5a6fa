"""Give and take, agreement, and the two streams, against rows small enough to do by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ampersand.readings import engines
from ampersand.readings.measures.agreeing import agreeing
from ampersand.readings.measures.give_and_take import give_and_take
from ampersand.readings.measures.momenta import trade_and_talk_by_week
from ampersand.readings.measures.right_way import right_way

JANE = "01a00000-0000-7000-8000-000000000001"
TODAY = 20_000


def read(
    measure: Any, folder: Path, *, values: dict[str, Any], room: str = "", **rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    engine = engines.from_rows(folder, **rows)
    try:
        return engine.rows_of(engines.Asked(measure, tuple({"as_of_day": TODAY, **values}.items()), room))[0]
    finally:
        engine.close()


def given(number: int, days_ago: int, *, is_ours: bool = True, **fields: Any) -> dict[str, Any]:
    told = {"relationship_id": JANE, "concession_id": f"c{number:02}", "is_ours": is_ours, "room": "ours"}
    return {**told, "day": TODAY - days_ago, "is_gift": False, "in_return_for": "", **fields}


def test_each_side_is_counted_once_and_a_gift_is_never_unanswered(tmp_path: Path) -> None:
    rows = [
        given(1, 400), given(2, 300, is_gift=True), given(3, 200), given(4, 100),
        given(5, 390, is_ours=False, in_return_for="c01"), given(6, 50, is_ours=False), given(7, 1_095), given(8, -1),
    ]  # fmt: skip

    [row] = read(give_and_take, tmp_path, values={"most": 2}, concessions=rows)

    counts = ("ours_count", "theirs_count", "ours_gift_count", "theirs_gift_count")
    assert [row[name] for name in counts] == [3, 2, 1, 0]
    assert (row["ours_open_day"], row["theirs_open_day"]) == (TODAY - 200, TODAY - 50)
    assert (row["ours_ids"], row["theirs_ids"], row["first_day"]) == (["c03", "c04"], ["c05", "c06"], TODAY - 400)


def test_an_answer_that_is_not_seen_here_is_no_answer_here(tmp_path: Path) -> None:
    rows = [given(1, 40), given(2, 30, is_ours=False, in_return_for="c01", room="ours"), given(3, 20, room="between")]
    rows[0]["room"] = "between"

    [row] = read(give_and_take, tmp_path, values={"most": 9}, room="between", concessions=rows)

    assert (row["ours_count"], row["theirs_count"], row["ours_open_day"]) == (2, 0, TODAY - 40)


def asked(pulse: str, days_ago: int, question: int, ours: str | None, theirs: str | None) -> dict[str, Any]:
    """A question of an opened pulse: what each side said, in one of the words, in words of their own ("-") or not at all."""
    words = [word.strip("-") if word else "" for word in (ours, theirs)]
    return {
        "relationship_id": JANE, "pulse_id": pulse, "day": TODAY - days_ago, "question": question, "mode": "", "meeting": "",
        "worth_ours": "", "worth_theirs": "", "ours": words[0], "theirs": words[1],
        "is_heard_ours": ours is not None, "is_heard_theirs": theirs is not None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("good", "good", (1, 0, 0, 0)),
        ("good", "thin", (0, 1, 0, 0)),
        ("good", "-", (0, 0, 1, 0)),
        ("good", None, (0, 0, 0, 1)),
        (None, None, (0, 0, 0, 1)),
    ],
)
def test_what_one_side_alone_said_is_no_agreement(
    ours: str | None, theirs: str | None, told: tuple[int, ...], tmp_path: Path
) -> None:
    [row] = read(agreeing, tmp_path, values={}, pulses=[asked("p1", 9, 1, ours, theirs)])

    assert tuple(row[f"{name}_count"] for name in ("agree", "differ", "heard", "unheard")) == told


def test_only_the_last_pulse_is_said_and_all_are_counted(tmp_path: Path) -> None:
    rows = [
        asked("p1", 100, 1, "good", "good"), asked("p2", 9, 1, "thin", "good"), asked("p2", 9, 2, "fine", "fine"),
        asked("p3", -1, 1, "close", "close"),
    ]  # fmt: skip

    [row] = read(agreeing, tmp_path, values={}, pulses=rows)

    assert row["pulse_ids"] == ["p1", "p2"]
    assert (row["pulse_id"], row["pulse_count"], row["agree_count"], row["differ_count"]) == ("p2", 2, 1, 1)
    assert (row["ours"], row["theirs"], row["day"]) == ("thin", "good", TODAY - 9)


def was_worth(
    number: int, ours: str, theirs: str, *, mode: str = "visit", days_ago: int = 9, meeting: str = ""
) -> dict[str, Any]:
    told = asked(f"p{number:02}", days_ago, 1, "-", "-")
    return {**told, "mode": mode, "meeting": meeting or f"m{number}", "worth_ours": ours, "worth_theirs": theirs}


def test_a_meeting_was_worth_it_where_both_said_so_and_counts_where_both_said_anything(tmp_path: Path) -> None:
    rows = [
        was_worth(1, "worth", "worth", days_ago=40), was_worth(2, "worth", "not_worth"), was_worth(3, "worth", ""),
        was_worth(4, "", ""), was_worth(5, "not_worth", "not_worth"), was_worth(6, "worth", "worth", days_ago=-1),
        was_worth(7, "worth", "worth", mode="call"), asked("p08", 9, 1, "good", "good"),
    ]  # fmt: skip

    found = {row["mode"]: row for row in read(right_way, tmp_path, values={"most": 9}, pulses=rows)}

    assert {mode: (row["worth_count"], row["count"]) for mode, row in found.items()} == {
        "visit": (1, 3),
        "call": (1, 1),
    }
    assert (found["visit"]["worth_ids"], found["visit"]["against_ids"]) == (["p01"], ["p02", "p05"])
    assert found["visit"]["first_day"] == TODAY - 40


def test_a_meeting_of_which_several_were_asked_is_one_and_worth_it_where_it_was_to_all(tmp_path: Path) -> None:
    rows = [
        was_worth(1, "worth", "worth", meeting="m1"), was_worth(2, "worth", "not_worth", meeting="m1"),
        was_worth(3, "worth", "worth", meeting="m2"), was_worth(4, "worth", "worth", meeting="m2"),
    ]  # fmt: skip

    [row] = read(right_way, tmp_path, values={"most": 9}, pulses=rows)

    assert (row["worth_count"], row["count"]) == (1, 2)
    assert (row["worth_ids"], row["against_ids"]) == (["p03", "p04"], ["p01", "p02"])


def test_what_was_asked_of_a_meeting_is_no_agreement_on_how_it_goes(tmp_path: Path) -> None:
    rows = [asked("p1", 9, 1, "good", "good"), was_worth(2, "worth", "not_worth", days_ago=1)]

    [row] = read(agreeing, tmp_path, values={}, pulses=rows)

    assert (row["pulse_id"], row["pulse_count"], row["agree_count"]) == ("p1", 1, 1)
    (tmp_path / "alone").mkdir()
    assert read(agreeing, tmp_path / "alone", values={}, pulses=rows[1:]) == []


def bought(number: int, days_ago: int, amount: float, kind: str = "invoice", currency: str = "GBP") -> dict[str, Any]:
    told = {"relationship_id": JANE, "transaction_id": f"t{number:02}", "day": TODAY - days_ago}
    return {**told, "kind": kind, "amount": amount, "currency": currency}


def met(days_ago: int, began: str = "", mode: str = "call") -> dict[str, Any]:
    day = TODAY - days_ago
    return {
        "relationship_id": JANE, "moment_id": f"m{day}{began}", "day": day, "at": day * 86_400 + (began == "us"),
        "mode": mode, "began": began, "asks_answer": False, "is_settled": False,
    }  # fmt: skip


def kept(days_ago: int, became: str = "kept") -> dict[str, Any]:
    return {
        "relationship_id": JANE, "promise_id": f"p{days_ago}", "is_ours": True, "room": "ours", "made_day": 0,
        "due_day": 0, "moved_count": 0, "done_day": None, "became": became, "became_day": TODAY - days_ago, "voice": "own",
        "kind": "other",
    }  # fmt: skip


def weeks(folder: Path, **rows: list[dict[str, Any]]) -> dict[int, tuple[int, float, float]]:
    every: dict[str, Any] = {"contacts": [], "promises": [], "concessions": [], "trade": [], **rows}
    found = read(trade_and_talk_by_week, folder, values={"currency": "GBP"}, **every)
    return {row["week"]: (row["trade_count"], row["trade_amount"], row["talk_weight"]) for row in found}


def test_purchases_alone_say_nothing_of_the_relationship_and_talk_alone_nothing_of_trade(tmp_path: Path) -> None:
    assert weeks(tmp_path, trade=[bought(1, 3, 10.0)]) == {}
    assert weeks(tmp_path, contacts=[met(3)], promises=[kept(2)], concessions=[given(1, 1)]) == {}


def test_an_order_its_invoice_and_its_payment_are_one_purchase(tmp_path: Path) -> None:
    trade = [
        bought(1, 3, 10.0, "order"), bought(2, 3, 10.0), bought(3, 3, 5.0), bought(4, 2, 10.0, "payment"),
        bought(5, 8, 7.0), bought(6, 8, 7.0, currency="EUR"), bought(7, 9, 99.0, "return"), bought(8, -1, 1.0),
    ]  # fmt: skip

    told = weeks(tmp_path, trade=trade, contacts=[met(30)])
    assert told == {0: (1, 15.0, 0.0), 1: (1, 7.0, 0.0), 4: (0, 0.0, 1.0)}


def test_days_are_counted_of_the_kind_on_the_most_days_and_amounts_of_what_was_invoiced(tmp_path: Path) -> None:
    orders = [bought(number, days_ago, 40.0, "order") for number, days_ago in enumerate((1, 2, 5, 9))]
    trade = [*orders, bought(10, 3, 160.0), bought(11, 4, 0.0, "delivery"), bought(12, 40, 160.0, "payment")]

    told = weeks(tmp_path, trade=trade, contacts=[met(30)])

    assert told == {0: (3, 160.0, 0.0), 1: (1, 0.0, 0.0), 4: (0, 0.0, 1.0)}


def test_what_they_began_weighs_one_and_what_only_we_began_half(tmp_path: Path) -> None:
    contacts = [met(1), met(9, "us"), met(9, "them", "mail"), met(16, "us", "visit")]

    told = weeks(
        tmp_path, trade=[bought(1, 30, 1.0)], contacts=contacts, promises=[kept(2), kept(1, "partly")],
        concessions=[given(1, 3), given(2, 3, is_ours=False)],
    )  # fmt: skip

    assert {week: talk for week, (_count, _amount, talk) in told.items()} == {0: 3.0, 1: 1.0, 2: 0.5, 4: 0.0}


def test_what_lies_more_than_five_years_back_is_not_looked_at(tmp_path: Path) -> None:
    trade = [bought(1, 259 * 7, 1.0), bought(2, 260 * 7, 1.0)]

    assert weeks(tmp_path, trade=trade, contacts=[met(260 * 7 + 1), met(258 * 7)]) == {
        259: (1, 1.0, 0.0),
        258: (0, 0.0, 1.0),
    }


def test_talk_of_more_than_five_years_ago_is_nothing_beside_the_trade_of_today(tmp_path: Path) -> None:
    assert weeks(tmp_path, trade=[bought(1, 3, 1.0)], contacts=[met(260 * 7 + 1)]) == {}
    assert weeks(tmp_path, trade=[bought(1, 260 * 7 + 1, 1.0)], contacts=[met(3)]) == {}


def test_the_kind_that_is_counted_is_that_of_the_weeks_that_are_looked_at(tmp_path: Path) -> None:
    long_ago = [bought(number, 2_000 + number, 1.0, "order") for number in range(5)]

    told = weeks(tmp_path, trade=[*long_ago, bought(10, 3, 4.0), bought(11, 4, 4.0)], contacts=[met(1)])

    assert told == {0: (2, 8.0, 1.0)}
