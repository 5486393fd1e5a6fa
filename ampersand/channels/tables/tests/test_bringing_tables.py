"""Bringing in tables: people and where they work, moments, orders; the same again, and undone."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.models import Import, ImportKind
from ampersand.channels.run import BATCH
from ampersand.channels.tables.load import TableLoader
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Meaning
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.core import files
from ampersand.exchange.models import Transaction
from ampersand.members.models import Member
from ampersand.parties.models import Because, Identifier, Party, PartyKind, Relationship, Tie
from ampersand.timeline.models import Moment

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Id,First name,Last name,Company,Job title,E-mail,Phone,City,Favourite roast\n"
    "7,Jane,Okafor,Alder Hotels,Head of Purchasing,jane@alder.example,0117 496 0123,Bristol,dark\n"
    "8,Sami,Haddad,Alder Hotels,,sami@alder.example,,Bath,\n"
)
MOMENTS = (
    "Date,Contact,Company,Type,Direction,Notes\n"
    "2026-03-02,Jane Okafor,Alder Hotels,Call,inbound,Asked about June.\n"
    "2026-03-09 14:30,Jane Okafor,Alder Hotels,Meeting,,Tasted six roasts.\n"
)
ORDERS = (
    "Order number,Order date,Customer,Amount,Product\n"
    "A-1,2026-02-03,Alder Hotels,120.00,Dark roast\n"
    "A-1,2026-02-03,Alder Hotels,30.50,Filters\n"
    "A-2,2026-02-10,Severn Mill,-12.00,Dark roast\n"
)


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def table(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_people_come_with_where_they_work_and_everything_else(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(table(tmp_path, PEOPLE, "people.csv"), by=maya)

    assert counted(import_).new == 2
    jane = Party.objects.get(name="Jane Okafor")
    assert (jane.sort_key, jane.relationship.because) == ("jane okafor", Because.TABLE)
    assert set(jane.identifiers.values_list("kind", "value")) == {
        ("email", "jane@alder.example"),
        ("phone", "+441174960123"),
        ("external", "7"),
    }
    assert set(jane.details.values_list("label", "value")) == {
        ("postal address", "Bristol"),
        ("Favourite roast", "dark"),
    }
    tie = Tie.objects.get(from_party=jane)
    assert (tie.to_party.name, tie.role, tie.place) == ("Alder Hotels", "Head of Purchasing", "people.csv:2")
    assert Party.objects.get(name="Alder Hotels").relationship.because == Because.PEOPLE


def test_moments_are_told_of_the_people_they_name(maya: Member, tmp_path: Path) -> None:
    bring_in(table(tmp_path, PEOPLE, "people.csv"), by=maya)

    import_ = bring_in(table(tmp_path, MOMENTS, "activities.csv"), by=maya)

    assert counted(import_).new == 2
    jane = Party.objects.get(name="Jane Okafor")
    call, met = Moment.objects.with_parties([jane.pk]).order_by("happened_at")
    assert (call.mode, call.began, call.is_all_day, call.on_day) == ("call", "them", True, date(2026, 3, 2))
    assert (met.mode, met.happened_at) == ("visit", datetime(2026, 3, 9, 14, 30, tzinfo=UTC))
    assert met.words == "Tasted six roasts."
    assert met.participants.filter(is_ours=True).get().party.is_house


def test_a_moment_moves_nobody_to_another_organisation(maya: Member, tmp_path: Path) -> None:
    bring_in(table(tmp_path, PEOPLE, "people.csv"), by=maya)

    visits = (
        "Date,Contact,Company,Type\n2026-03-02,Jane Okafor,Severn Mill,Call\n2026-03-03,Bo Lindt,Severn Mill,Call\n"
    )
    bring_in(table(tmp_path, visits, "activities.csv"), by=maya)

    ties = Tie.objects.filter(from_party__name__in=["Jane Okafor", "Bo Lindt"])
    assert set(ties.values_list("from_party__name", "to_party__name")) == {
        ("Jane Okafor", "Alder Hotels"),
        ("Bo Lindt", "Severn Mill"),
    }
    mill = Party.objects.get(name="Severn Mill")
    assert Moment.objects.with_parties([mill.pk]).count() == 2


def test_lines_of_one_order_add_up_and_what_comes_back_is_a_return(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(table(tmp_path, ORDERS, "orders.csv"), by=maya)

    assert (counted(import_).new, counted(import_).joined) == (2, 1)
    order = Transaction.objects.get(number="A-1")
    assert (order.party.name, order.kind, order.amount, order.currency) == (
        "Alder Hotels", "order", Decimal("150.5"), "GBP",
    )  # fmt: skip
    assert order.words == "product: Dark roast\nproduct: Filters".replace("product", "Product")
    back = Transaction.objects.get(number="A-2")
    assert (back.kind, back.amount) == ("return", Decimal(12))
    assert Party.objects.get(name="Alder Hotels").relationship.because == Because.TRADE


@pytest.mark.parametrize(
    ("text", "name"), [(PEOPLE, "people.csv"), (MOMENTS, "activities.csv"), (ORDERS, "orders.csv")]
)
def test_the_same_table_again_changes_nothing_and_undo_restores_every_count(
    maya: Member, tmp_path: Path, text: str, name: str
) -> None:
    path = table(tmp_path, text, name)
    empty = row_counts()
    first = bring_in(path, by=maya)
    filled = row_counts()

    again = bring_in(path, by=maya)

    assert counted(again).unchanged == counted(again).seen
    assert row_counts() == filled

    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)

    assert row_counts() == empty


@pytest.mark.parametrize(
    ("customer", "email", "kind"),
    [
        ("Seth Orr", "seth@orr.example", PartyKind.PERSON),
        ("Seth Orr", "s.orr@mill.example", PartyKind.PERSON),
        ("Quay Bakery", "quaybread@gmail.com", PartyKind.PERSON),
        ("Quay Bakery", "orders@quay.example", PartyKind.ORGANISATION),
        ("Orr & Co Ltd", "orr@orr.example", PartyKind.ORGANISATION),
    ],
)
def test_an_address_beside_the_one_name_of_a_row_belongs_to_it(
    maya: Member, tmp_path: Path, customer: str, email: str, kind: str
) -> None:
    before = Party.objects.count()

    orders = f"Order number,Order date,Customer,Email,Amount\nA-1,2026-02-03,{customer},{email},5\n"
    bring_in(table(tmp_path, orders, "orders.csv"), by=maya)

    assert Party.objects.count() == before + 1
    party = Transaction.objects.get().party
    assert (party.name, party.kind, party.identifiers.get().value) == (customer, kind, email)


def test_equal_orders_are_two_orders(maya: Member, tmp_path: Path) -> None:
    twice = "Date,Customer,Amount\n2026-02-03,Alder Hotels,5.00\n2026-02-03,Alder Hotels,5.00\n"

    bring_in(table(tmp_path, twice, "orders.csv"), by=maya)

    assert Transaction.objects.count() == 2


def test_two_numbers_of_one_list_are_two_people_whatever_they_share(maya: Member, tmp_path: Path) -> None:
    shared = "Id,Name,E-mail\n1,Jane Okafor,office@alder.example\n2,John Okafor,office@alder.example\n"

    bring_in(table(tmp_path, shared, "people.csv"), by=maya)

    assert Party.objects.filter(kind=PartyKind.PERSON, member=None).count() == 2


@pytest.mark.parametrize(
    "table_text",
    [
        "Name,Phone\nAgnes Whitcombe,01275 496 0123\nArthur Whitcombe,01275 496 0123\n",
        "Name,Phone,Birthday\nOwen Pryce,01275 496 0123,1962-03-14\nOwen Pryce,01275 496 0123,1991-11-02\n",
    ],
    ids=["man and wife", "father and son"],
)
def test_a_family_with_one_telephone_is_several_people(maya: Member, tmp_path: Path, table_text: str) -> None:
    bring_in(table(tmp_path, table_text, "people.csv"), by=maya)

    assert Party.objects.filter(kind=PartyKind.PERSON, member=None).count() == 2


def test_another_birthday_than_the_one_that_is_known_is_somebody_elses(maya: Member, tmp_path: Path) -> None:
    told = "Name,Phone,Birthday\nOwen Pryce,01275 496 0123,{}\n"
    bring_in(table(tmp_path, told.format("1962-03-14"), "members.csv"), by=maya)

    counts = [
        counted(bring_in(table(tmp_path, told.format(day), f"{day}.csv"), by=maya)).new
        for day in ("1991-11-02", "1962-03-15")
    ]

    assert counts == [1, 0]


def test_one_person_in_two_lists_is_one(maya: Member, tmp_path: Path) -> None:
    bring_in(table(tmp_path, PEOPLE, "people.csv"), by=maya)

    other = "Name,E-mail,Birthday\nJane Okafor,JANE@alder.example,1975-04-12\n"
    import_ = bring_in(table(tmp_path, other, "birthdays.csv"), by=maya)

    assert counted(import_).joined == 1
    assert Party.objects.get(name="Jane Okafor").details.filter(label="birthday").exists()


def test_a_number_nobody_is_known_by_is_rejected_with_what_to_do(maya: Member, tmp_path: Path) -> None:
    tasks = "Id,WhoId,ActivityDate,Subject\n1,003XX,2026-02-03,Call\n"

    import_ = bring_in(table(tmp_path, tasks, "tasks.csv"), by=maya, kind=ImportKind.MOMENTS)

    line = import_.items.get()
    assert line.fate == "rejected"
    assert line.reason.startswith("Nobody with this number is known yet.")


def test_rejected_rows_come_back_as_they_were(maya: Member, tmp_path: Path) -> None:
    bad = "Order date,Customer,Amount\n2026-02-03,Alder Hotels,5.00\n2026-02-04,=Severn,\n2026-02-05,Quay Bakery,6.00\n"

    import_ = bring_in(table(tmp_path, bad, "orders.csv"), by=maya)

    assert counted(import_).rejected == 1
    assert import_.rejected_file is not None
    told = files.path_of(import_.rejected_file).read_text("utf-8-sig")
    head, row = csv.reader(io.StringIO(told))
    assert head == ["Order date", "Customer", "Amount", "Line", "Reason"]
    assert row[:4] == ["2026-02-04", "'=Severn", "", "3"]
    assert row[4] == "The row has neither an amount nor a number."


def test_a_mapping_that_somebody_put_right_is_followed(maya: Member, tmp_path: Path) -> None:
    path = table(tmp_path, PEOPLE, "people.csv")
    guessed = TableLoader(*part_of(path, maya)).tables[0].mapping
    roast = [column.header for column in guessed.columns].index("Favourite roast")
    import_ = actions.begin([path], member=maya, at=AT)
    actions.map_columns(
        import_, kind="people", mapping=guessed.put_right(roast, meaning=Meaning.IGNORE).to_json(), by=maya, at=AT
    )

    actions.carry_out(import_)

    assert not Party.objects.get(name="Jane Okafor").details.filter(label="Favourite roast").exists()
    assert Mapping.from_json(import_.mapping or {}).kind == "people"


def part_of(path: Path, maya: Member):  # type: ignore[no-untyped-def]
    import_ = actions.begin([path], member=maya, at=AT)
    return actions.parts_of(import_)[0], import_


def test_a_run_killed_after_any_batch_ends_as_an_undisturbed_one(
    maya: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TableLoader, "batch", 1)
    undisturbed = bring_in(table(tmp_path, ORDERS, "orders.csv"), by=maya)
    expected = facts()
    actions.undo(undisturbed, by=maya, at=AT)
    import_ = actions.begin([tmp_path / "orders.csv"], member=maya, at=AT)
    for _ in range(3):
        with pytest.raises(Killed):
            actions.carry_out(import_, heard=killed)

    actions.carry_out(import_)

    assert facts() == expected


class Killed(Exception):
    pass


def killed(done: int, total: int | None) -> None:
    raise Killed


def facts() -> list[tuple[object, ...]]:
    return sorted(Transaction.objects.values_list("party__name", "kind", "number", "amount", "words"))


def test_a_batch_of_tables_is_larger_than_others() -> None:
    assert TableLoader.batch > BATCH


def test_nobody_else_undoes_or_sees_an_import(maya: Member, tmp_path: Path) -> None:
    bo = member("Bo Nyström", "bo@finch.example")
    import_ = bring_in(table(tmp_path, PEOPLE, "people.csv"), by=maya)

    assert not Import.objects.visible_to(bo).filter(pk=import_.pk).exists()
    assert Relationship.objects.visible_to(bo).count() == 3
    assert Identifier.objects.visible_to(bo).exists()


@pytest.mark.parametrize(
    ("text", "name"), [(PEOPLE, "people.csv"), (MOMENTS, "activities.csv"), (ORDERS, "orders.csv")]
)
def test_of_the_same_file_brought_twice_undoing_the_first_leaves_nothing(
    maya: Member, tmp_path: Path, text: str, name: str
) -> None:
    path = table(tmp_path, text, name)
    empty = row_counts()
    first = bring_in(path, by=maya)
    bring_in(path, by=maya)

    actions.undo(first, by=maya, at=AT)

    assert row_counts() == empty
    third = bring_in(path, by=maya)
    assert counted(third).new > 0
    assert row_counts() != empty


def test_what_stayed_for_another_import_goes_with_it(maya: Member, tmp_path: Path) -> None:
    empty = row_counts()
    people = bring_in(table(tmp_path, PEOPLE, "people.csv"), by=maya)
    orders = bring_in(table(tmp_path, ORDERS, "orders.csv"), by=maya)

    actions.undo(people, by=maya, at=AT)
    assert Party.objects.filter(name="Alder Hotels").exists()
    actions.undo(orders, by=maya, at=AT)

    assert row_counts() == empty
