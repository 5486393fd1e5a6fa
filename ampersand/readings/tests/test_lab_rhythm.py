"""`ampersand lab rhythm`, as it is called."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ampersand.readings.rhythm import events
from ampersand.readings.rhythm.commands import lab_rhythm

HEADING = "party,p_alive,p_contact,expected,low,high,next_low,next_median,next_high"


def foretold(folder: Path, words: str | bytes, *options: str, until: str = "2024-03-01") -> Result:
    path = folder / "events.csv"
    path.write_bytes(words.encode() if isinstance(words, str) else words)
    asked = [str(path), "--until", until, "--days", "30", "--out", str(folder / "out.csv"), *options]
    return CliRunner().invoke(lab_rhythm, asked, standalone_mode=False)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_each_party_gets_a_row_of_its_chances_counts_and_days(tmp_path: Path) -> None:
    weekly = "".join(f"ann,2024-{month:02}-{day:02}\n" for month in (1, 2) for day in (1, 8, 15, 22, 29))

    answer = foretold(tmp_path, "party,time\nbob,2023-01-05\n" + weekly)

    assert answer.return_value == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == HEADING
    ann, bob = rows(tmp_path / "out.csv")
    assert (ann["party"], bob["party"]) == ("ann", "bob")
    assert float(ann["p_contact"]) > 0.8 > 0.1 > float(bob["p_contact"])
    assert float(ann["low"]) <= float(ann["expected"]) <= float(ann["high"])
    assert float(ann["next_low"]) < float(ann["next_median"]) < float(ann["next_high"])
    assert not (tmp_path / "out.rejected.csv").exists()


def test_times_are_read_in_each_form_and_several_of_a_day_count_once(tmp_path: Path) -> None:
    told = (
        "2024-01-31",
        "2024-01-31T23:30:00+02:00",
        "2024-01-31 08:15",
        "2024-01-31T08:15:00.250Z",
        "1706700000",
        "1706700000.5",
        "1706700000000",
        "20240131",
        "2024/01/31",
        "31.01.2024",
    )

    foretold(tmp_path, "time,party\n" + "".join(f"{time},ann\n" for time in told))
    log = events.read(tmp_path / "events.csv")

    assert log.rejected == []
    assert log.days.day.tolist() == [19753]


def test_eight_figures_are_seconds_where_they_are_no_days(tmp_path: Path) -> None:
    foretold(tmp_path, "party,time\na,69379200\na,20240131\n")

    assert events.read(tmp_path / "events.csv").days.day.tolist() == [20240131 // 86400, 69379200 // 86400]


def test_rows_that_cannot_be_read_are_told_with_their_reason(tmp_path: Path) -> None:
    answer = foretold(
        tmp_path,
        "party,time,amount\nann,2024-01-01,5\n,2024-01-01,5\nbob,yesterday,5\nbob,,5\ncy,2024-02-30,1\ncy,3024-01-01,1\n",
        "--json",
    )

    told = json.loads(answer.output)
    assert answer.return_value == 1
    assert (told["parties"], told["events"], told["rejected"]) == (1, 1, 5)
    left_out = rows(Path(told["rejected_file"]))
    assert [row["row"] for row in left_out] == ["2", "3", "4", "5", "6"]
    assert left_out[0]["reason"] == "No party is named."
    assert left_out[1]["reason"].startswith("The time cannot be read.")
    assert left_out[2]["reason"] == "No time is told."
    assert left_out[4]["reason"] == "The time lies outside the years 1900 to 2200."


def test_who_was_met_only_later_is_left_out_and_counted(tmp_path: Path) -> None:
    answer = foretold(tmp_path, "party,time\nann,2024-01-01\nbob,2024-06-01\n", "--json")

    told = json.loads(answer.output)
    assert answer.return_value == 0
    assert (told["parties"], told["later"]) == (1, 1)
    assert [row["party"] for row in rows(tmp_path / "out.csv")] == ["ann"]


def test_a_table_with_a_heading_alone_gives_a_heading_alone(tmp_path: Path) -> None:
    answer = foretold(tmp_path, "party,time\n")

    assert answer.return_value == 0
    assert (tmp_path / "out.csv").read_text().splitlines() == [HEADING]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("", "The file is empty.", id="empty"),
        pytest.param(
            "who,when\na,2024-01-01\n", "The heading must name the columns party and time", id="other columns"
        ),
        pytest.param("\x00\x01\x02", "The heading must name", id="no table"),
    ],
)
def test_what_is_no_log_is_refused_in_words(tmp_path: Path, words: str, said: str) -> None:
    answer = foretold(tmp_path, words)

    assert answer.exit_code == 1
    assert said in str(answer.exception.message)  # type: ignore[union-attr]
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(
            "\ufeffparty;time\r\nann;2024-01-01\r\n", id="with a mark at its start, semicolons, line ends of Windows"
        ),
        pytest.param("Party\tTime\nann\t2024-01-01\n", id="tabs and capitals"),
        pytest.param('"party","time"\n"ann","2024-01-01"\n', id="all in quotes"),
        pytest.param("id,time,party\n7,2024-01-01,ann", id="other order, no line end at its end"),
        pytest.param("party,time\rann,2024-01-01\r", id="line ends of old Macs"),
        pytest.param("\n\nparty,time\n\nann,2024-01-01\n\n", id="empty lines, before it too"),
        pytest.param("sep=;\nparty;time\nann;2024-01-01\n", id="its mark told on the first line"),
        pytest.param("party|time\nann|2024-01-01\n", id="upright marks"),
        pytest.param('party;time;"a, b, c, d"\nann;2024-01-01;x\n', id="semicolons, and commas in a name of a column"),
    ],
)
def test_tables_are_read_as_programs_write_them(tmp_path: Path, words: str) -> None:
    foretold(tmp_path, words)

    assert [row["party"] for row in rows(tmp_path / "out.csv")] == ["ann"]


def test_letters_of_an_older_encoding_do_not_stop_it(tmp_path: Path) -> None:
    answer = foretold(tmp_path, "party,time\nJosé,2024-01-01\n".encode("latin-1"))

    assert answer.return_value == 0
    assert [row["party"] for row in rows(tmp_path / "out.csv")] == ["José"]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        pytest.param("party,time\n„José“ €,2024-01-01\n".encode("cp1252"), "„José“ €", id="Windows, of the west"),
        pytest.param("party,time\nJosé,2024-01-01\n".encode("utf-16"), "José", id="UTF-16"),
        pytest.param(
            "party,time\nJosé,2024-01-01\n".encode() + "José,2024-01-02\n".encode("cp1252"),
            "José",
            id="two in one file",
        ),
    ],
)
def test_letters_are_read_as_programs_write_them(tmp_path: Path, words: bytes, party: str) -> None:
    answer = foretold(tmp_path, words)

    assert answer.return_value == 0
    assert [row["party"] for row in rows(tmp_path / "out.csv")] == [party]


def test_clocks_are_read_in_each_form_and_no_hour_beyond_the_day(tmp_path: Path) -> None:
    told = (
        "2024-01-31T08:15:00+01:00[Europe/Berlin]",
        "2024-01-31 08:15 CET",
        "2024-01-31 11:30 PM",
        "31.01.2024 23:59:59",
        "1.706700000000000000e+09",
    )

    foretold(tmp_path, "time,party\n" + "".join(f"{time},ann\n" for time in (*told, "2024-01-31 25:10")))
    log = events.read(tmp_path / "events.csv")

    assert log.days.day.tolist() == [19753]
    assert [one.time for one in log.rejected] == ["2024-01-31 25:10"]


@pytest.mark.parametrize(("log", "out"), [("events.csv", "events.csv"), ("out.rejected.csv", "out.csv")])
def test_no_answer_is_written_over_the_events(tmp_path: Path, log: str, out: str) -> None:
    told = "party,time\nann,2024-01-01\nbob,never\n"
    (tmp_path / log).write_text(told)

    asked = [str(tmp_path / log), "--until", "2024-03-01", "--days", "30", "--out", str(tmp_path / out)]
    answer = CliRunner().invoke(lab_rhythm, asked)

    assert answer.exit_code == 1
    assert "The answer would be written over the events." in answer.output
    assert (tmp_path / log).read_text() == told


def test_where_there_is_no_folder_to_write_to_it_says_so(tmp_path: Path) -> None:
    answer = foretold(tmp_path, "party,time\nann,2024-01-01\n", "--out", str(tmp_path / "nowhere" / "out.csv"))

    assert "There is no folder" in str(answer.exception)


def test_an_answer_takes_the_place_of_an_earlier_one_whole(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("earlier\n" * 100)

    foretold(tmp_path, "party,time\nann,2020-01-01\n", "--days", "1")

    (ann,) = rows(tmp_path / "out.csv")
    assert ann["high"] == "0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv", "out.csv"]


def test_an_answer_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "true.csv").write_text("earlier\n")
    (tmp_path / "out.csv").symlink_to(tmp_path / "true.csv")

    foretold(tmp_path, "party,time\nann,2024-01-01\n")

    assert (tmp_path / "out.csv").is_symlink()
    assert [row["party"] for row in rows(tmp_path / "true.csv")] == ["ann"]


def test_the_same_file_twice_gives_the_same_answer(tmp_path: Path) -> None:
    words = "party,time\n" + "".join(f"p{n % 60},2024-0{1 + n % 2}-{1 + n * 7 % 27:02}\n" for n in range(400))

    answers: list[Any] = []
    for _ in range(2):
        foretold(tmp_path, words)
        answers.append((tmp_path / "out.csv").read_bytes())

    assert answers[0] == answers[1]


def test_broken_rows_are_left_out_and_the_others_read(tmp_path: Path) -> None:
    words = 'party,time\na,2024-01-01\nb,2024-01-02,x,y,z\nc\n"d\ne",2024-01-02\nf,2024-01-05\n'

    answer = foretold(tmp_path, words, "--json")

    told = json.loads(answer.output)
    assert answer.return_value == 1
    assert [row["party"] for row in rows(tmp_path / "out.csv")] == ["a", "b", "d\ne", "f"]
    assert told["rejected"] == len(rows(Path(told["rejected_file"]))) == 1


def test_the_median_count_is_the_last_column_where_it_is_asked_for(tmp_path: Path) -> None:
    foretold(tmp_path, "party,time\nann,2024-01-01\nann,2024-01-08\nann,2024-02-01\n", "--median")

    assert (tmp_path / "out.csv").read_text().splitlines()[0] == HEADING + ",median"
    (ann,) = rows(tmp_path / "out.csv")
    assert float(ann["low"]) <= float(ann["median"]) <= float(ann["high"])
