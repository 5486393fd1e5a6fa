"""`ampersand lab doubles` on files: what it finds, what it says of it, and what it does with bad ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ampersand.lab import lab

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "dedupe" / "febrl"
PEOPLE = """id,name,e-mail,phone,street,postcode,city
1,Jane Okafor,jane@alder.example,0117 496 0123,5 Mill Lane,BS1 4AA,Bristol
2,"Okafor, Jane",j.okafor@birch.example,+44 117 496 0123,5 Mill Ln,BS1 4AA,Bristol
3,Sam Whitlock,sam@birch.example,,9 Quay Street,BS1 4AA,Bristol
4,Ole Lunde,ole@fjord.example,,,,Bergen
"""


def test_one_told_twice_in_other_words_is_found_with_its_reasons(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)

    done = _lab(tmp_path / "people.csv", out=tmp_path / "out.csv")

    (found,) = _read(tmp_path / "out.csv")
    assert done.exit_code == 0, done.output
    assert (found["left"], found["right"]) == ("1", "2")
    assert "the same telephone number" in found["reason"]
    assert float(found["probability"]) > 0.99


def test_two_files_are_laid_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("id,name,e-mail\na,Jane Okafor,jane@alder.example\nb,Sam Whitlock,\n")
    (tmp_path / "two.csv").write_text("id,name,e-mail\nx,J. Okafor,Jane@alder.example\ny,Ole Lunde,ole@fjord.example\n")

    done = _lab(tmp_path / "one.csv", tmp_path / "two.csv", out=tmp_path / "out.csv")

    assert done.exit_code == 0, done.output
    assert [(row["left"], row["right"]) for row in _read(tmp_path / "out.csv")] == [("a", "x")]


def test_a_row_whose_id_stands_twice_is_told_by_its_line(tmp_path: Path) -> None:
    row = "7,Jane Okafor,jane@alder.example,0117 496 0123\n"
    (tmp_path / "people.csv").write_text(f"id,name,e-mail,phone\n{row}{row}")

    done = _lab(tmp_path / "people.csv", out=tmp_path / "out.csv")

    (found,) = _read(tmp_path / "out.csv")
    assert done.exit_code == 0, done.output
    assert found["left"] != found["right"]


@pytest.mark.parametrize("content", ["id,colour\n1,red\n2,blue\n", "\n\n"])
def test_a_table_that_names_nobody_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "people.csv").write_text(content)

    done = _lab(tmp_path / "people.csv", out=tmp_path / "out.csv")

    assert done.exit_code != 0
    assert "people.csv" in done.output
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="The Febrl sets lie beside the project, and are not there.")
def test_febrl1_is_found_whole_and_nothing_else(tmp_path: Path) -> None:
    done = _lab(SHARED / "dataset1.csv.gz", out=tmp_path / "out.csv")

    found = _read(tmp_path / "out.csv")
    assert done.exit_code == 0, done.output
    assert len(found) == 500
    assert all(row["left"].split("-")[1] == row["right"].split("-")[1] for row in found)


def test_without_a_file_to_write_the_pairs_go_to_standard_output(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Id,Name,E-mail\n1,Oda Zabel,oda@zabel.example\n2,Zabel Oda,oda@zabel.example\n")

    done = CliRunner().invoke(lab, ["doubles", str(people)])

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("left,right,probability,reason")
    assert "likely doubles" in done.stderr
    assert "likely doubles" not in done.stdout


def _lab(*paths: Path, out: Path) -> Result:
    return CliRunner().invoke(lab, ["doubles", *map(str, paths), "--out", str(out)])


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))
