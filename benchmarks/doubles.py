"""Likely doubles, measured: found and missed on the Febrl sets beside plain Splink, and a million people in bounded memory.

    python -m benchmarks.doubles bars [FOLDER]            the bars of docs/doubles.md; FOLDER holds the Febrl sets
    python -m benchmarks.doubles people COUNT OUT.jsonl   made people, one in twenty told twice
    python -m benchmarks.doubles size COUNT               find them: CPU seconds, peak memory, F1

`make doubles` does the first and the last, with a million people; `make bench` prints the first.

No label is used but to count. CPU seconds are user and system together, of the process and those it started.
"""

from __future__ import annotations

import csv
import gzip
import logging
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ampersand.parties.doubles import finding, writing
from ampersand.parties.doubles.traits import Traits

FEBRL = Path(__file__).resolve().parents[2] / "shared" / "data" / "dedupe" / "febrl"
SETS = {
    "febrl1": ("dataset1.csv.gz",),
    "febrl3": ("dataset3.csv.gz",),
    "febrl4": ("dataset4a.csv.gz", "dataset4b.csv.gz"),
}
# What is to be reached at p >= .5, by set and whether all fields are told or name and address alone.
BARS = {
    ("febrl1", "all fields"): 1.0,
    ("febrl3", "all fields"): 0.999,
    ("febrl4", "all fields"): 0.9999,
    ("febrl3", "name and address"): 0.97,
    ("febrl4", "name and address"): 0.993,
}
_ALL = ("given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
ONE_DOUBLE_IN = 20
TYPO_SHARE, MISSING_SHARE = 0.2, 0.1


def main(arguments: Sequence[str]) -> int:
    logging.getLogger("splink").setLevel(logging.ERROR)
    match arguments:
        case ["bars", *folder]:
            return bars(Path(folder[0]) if folder else FEBRL)
        case ["people", count, path]:
            writing.write(made_people(int(count)), Path(path))
        case ["size", count]:
            size(int(count))
        case _:
            print(__doc__)
            return 2
    return 0


def bars(folder: Path) -> int:
    """Print a row for each set and way; answers 1 where a bar is missed."""
    if not folder.is_dir():
        print(f"Likely doubles: the Febrl sets are not in {folder}, so nothing was measured.")
        return 0
    is_missed = False
    print("| set | fields | way | F1 | precision | recall | CPU s | bar |\n|---|---|---|---|---|---|---|---|")
    for name, fields in ((name, fields) for fields in ("all fields", "name and address") for name in SETS):
        rows = [list(read_febrl(folder / file, fields)) for file in SETS[name]]
        bar = BARS.get((name, fields))
        for way, find in (("ours", ours), ("plain Splink", plain_splink)):
            pairs, seconds = _timed(find, rows)
            f1, precision, recall = scored(pairs, rows, of=entity)
            is_missed |= way == "ours" and bar is not None and f1 < bar
            told = f"{bar}" if way == "ours" and bar is not None else ""
            print(f"| {name} | {fields} | {way} | {f1:.5f} | {precision:.5f} | {recall:.5f} | {seconds:.1f} | {told} |")
    return int(is_missed)


def ours(rows: Sequence[list[dict[str, str]]]) -> set[tuple[str, str]]:
    """As `ampersand lab doubles` finds them, columns guessed by their headings."""
    from ampersand.channels.doubles import records

    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for number, table in enumerate(rows):
            paths.append(Path(scratch) / f"people{number}.csv")
            with paths[-1].open("w", newline="") as stream:
                writer = csv.DictWriter(stream, list(table[0]))
                writer.writeheader()
                writer.writerows(table)
        sides = [Path(scratch) / f"{number}.jsonl" for number in range(len(paths))]
        for told, side in zip(records.read(paths), sides, strict=True):
            writing.write(told, side)
        return {(pair.left, pair.right) for pair in finding.find(sides, kind="person")}


def plain_splink(rows: Sequence[list[dict[str, str]]]) -> set[tuple[str, str]]:
    """Splink as its own examples have it: its ready comparisons, four blocks, two rounds of learning."""
    import duckdb
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    frames = [
        api.register(
            pa.Table.from_pylist([{key: value or None for key, value in row.items()} for row in table]),
            dataset_display_name=f"d{number}",
        )
        for number, table in enumerate(rows)
    ]
    told = rows[0][0].keys()
    comparisons: list[Any] = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.ExactMatch("street_number"),
        cl.JaroWinklerAtThresholds("address_1"),
        cl.JaroWinklerAtThresholds("suburb"),
        cl.LevenshteinAtThresholds("postcode", [1, 2]),
        *([cl.LevenshteinAtThresholds("date_of_birth", [1, 2])] if "date_of_birth" in told else []),
        *([cl.LevenshteinAtThresholds("soc_sec_id", [1, 2])] if "soc_sec_id" in told else []),
    ]
    blocks: list[Any] = [
        block_on("given_name", "surname"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("address_1", "suburb"),
        *([block_on("date_of_birth"), block_on("soc_sec_id")] if "soc_sec_id" in told else []),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(rows) == 1 else "link_only",
        unique_id_column_name="rec_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
    )
    linker = Linker(frames if len(frames) > 1 else frames[0], settings)
    linker.training.estimate_probability_two_random_records_match(blocks[:2], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (block_on("given_name", "surname"), block_on("postcode", "street_number")):
        linker.training.estimate_parameters_using_expectation_maximisation(block, record_sample_proportion=1.0)
    scored_pairs = linker.inference.predict(threshold_match_probability=0.5)
    found = connection.execute(f"SELECT rec_id_l, rec_id_r FROM {scored_pairs.physical_name}").fetchall()  # noqa: S608
    return {(left, right) for left, right in found}


def read_febrl(path: Path, fields: str) -> Iterator[dict[str, str]]:
    names = ("rec_id", *_ALL, *(("date_of_birth", "soc_sec_id") if fields == "all fields" else ()))
    with gzip.open(path, "rt") as stream:
        for row in csv.DictReader(stream, skipinitialspace=True):
            told = {key.strip(): (value or "").strip() for key, value in row.items()}
            yield {name: told[name] for name in names}


def entity(record: str) -> str:
    """Whom a record of Febrl is about: rec-12-org and rec-12-dup-0 are one."""
    return record.split("-")[1]


def scored(
    pairs: Iterable[tuple[str, str]], rows: Sequence[list[dict[str, str]]], *, of: Callable[[str], str]
) -> tuple[float, float, float]:
    """F1, precision and recall of pairs."""
    found = list(pairs)
    sides = [Counter(of(row["rec_id"]) for row in table) for table in rows]
    if len(sides) == 1:
        true = sum(count * (count - 1) // 2 for count in sides[0].values())
    else:
        true = sum(count * sides[1][who] for who, count in sides[0].items())
    return f1_of(sum(of(left) == of(right) for left, right in found), len(found), true)


def f1_of(hits: int, found: int, true: int) -> tuple[float, float, float]:
    precision, recall = hits / max(found, 1), hits / max(true, 1)
    return 2 * precision * recall / max(precision + recall, 1e-12), precision, recall


# made people


def made_people(count: int, *, seed: int = 7) -> Iterator[Traits]:
    """So many records, one in twenty of them somebody told before with other slips; `7.1` is told of who is `7`.

    Names, streets and towns are as unevenly frequent as real ones: the commonest family name is one in two hundred.
    """
    dice = random.Random(seed)
    world = _World(dice)
    originals = count - count // ONE_DOUBLE_IN
    doubled = set(dice.sample(range(originals), count // ONE_DOUBLE_IN))
    for number in range(originals):
        somebody = world.somebody(f"{number}")
        yield somebody
        if number in doubled:
            yield _told_again(somebody, dice)


class _World:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.families = _Uneven(dice, [_word(dice, 2, 4) for _ in range(40_000)])
        self.givens = _Uneven(dice, [_word(dice, 2, 3) for _ in range(4_000)])
        self.streets = _Uneven(dice, [_word(dice, 2, 4) + " street" for _ in range(20_000)])
        self.towns = _Uneven(dice, [(_word(dice, 2, 4), f"{dice.randrange(10_000, 99_999)}") for _ in range(8_000)])
        self.domains = _Uneven(dice, [f"{_word(dice, 2, 3)}.example" for _ in range(60_000)])

    def somebody(self, key: str) -> Traits:
        dice = self.dice
        given, family = self.givens.one(), self.families.one()
        town, postcode = self.towns.one()
        email = f"{given}.{family}@{self.domains.one()}" if dice.random() < 0.7 else ""
        phone = f"+49{dice.randrange(10**9, 10**10)}" if dice.random() < 0.6 else ""
        born = f"{dice.randrange(1940, 2005)}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"
        return Traits(
            key,
            given=given,
            family=family,
            street=self.streets.one(),
            number=f"{dice.randrange(1, 200)}",
            town=town,
            postcode=postcode,
            birthday=born if dice.random() < 0.2 else "",
            emails=(email,) if email else (),
            phones=(phone,) if phone else (),
        )


class _Uneven:
    """Words of which the first is the commonest, falling off as in nature."""

    def __init__(self, dice: random.Random, words: list[Any]) -> None:
        self.dice, self.words = dice, words
        self.last = len(words)

    def one(self) -> Any:
        # A power of an even chance: a tenth of the words are told half of the times.
        return self.words[int(self.last * self.dice.random() ** 2.2)]


def _word(dice: random.Random, least: int, most: int) -> str:
    syllables = [dice.choice("bcdfghjklmnprstvwz") + dice.choice("aeiou") for _ in range(dice.randint(least, most))]
    return "".join(syllables) + dice.choice(["", "n", "r", "s", "l", "ck", "tt", ""])


def _told_again(somebody: Traits, dice: random.Random) -> Traits:
    """The same one as somebody else would write it: letters wrong, things left out, moved, or another address."""
    told: dict[str, Any] = {}
    for name in ("given", "family", "street", "number", "town", "postcode", "birthday"):
        value = getattr(somebody, name)
        if dice.random() < TYPO_SHARE and value:
            value = _slip(value, dice)
        told[name] = "" if name != "family" and dice.random() < MISSING_SHARE else value
    if dice.random() < 0.05:
        told["given"], told["family"] = told["family"], told["given"]
    emails = () if dice.random() < 0.3 else somebody.emails
    phones = () if dice.random() < 0.3 else somebody.phones
    return replace(somebody, key=f"{somebody.key}.1", emails=emails, phones=phones, **told)


def _slip(value: str, dice: random.Random) -> str:
    at = dice.randrange(len(value))
    letters = "0123456789" if value[at].isdigit() else _LETTERS
    return dice.choice(
        [
            value[:at] + value[at + 1 :],
            value[:at] + dice.choice(letters) + value[at:],
            value[:at] + dice.choice(letters) + value[at + 1 :],
            value[:at] + value[at + 1 : at + 2] + value[at] + value[at + 2 :],
        ]
    )


def size(count: int) -> None:
    """Find the doubles among so many made people, in a process of its own, and say what it took."""
    with tempfile.TemporaryDirectory() as folder:
        writing.write(made_people(count), Path(folder) / "left.jsonl")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "ampersand.parties.doubles.finding", folder], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with (Path(folder) / "pairs.csv").open(newline="") as stream:
            found = [(row["left"], row["right"]) for row in csv.DictReader(stream)]
    hits = sum(left.partition(".")[0] == right.partition(".")[0] for left, right in found)
    f1, precision, recall = f1_of(hits, len(found), count // ONE_DOUBLE_IN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{count} people: F1 {f1:.5f}, precision {precision:.5f}, recall {recall:.5f}; {seconds:.0f} s of CPU, "
          f"{after.ru_maxrss / 1024:.0f} MB at most")  # fmt: skip


def _timed(find: Callable[[Any], set[tuple[str, str]]], rows: Any) -> tuple[set[tuple[str, str]], float]:
    before = os.times()
    found = find(rows)
    after = os.times()
    return found, after.user + after.system - before.user - before.system


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
