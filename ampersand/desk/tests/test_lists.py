"""The list of relationships: chips, columns, saved searches, acts on many rows and their undoing, tables taken out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ampersand.core.models import Event
from ampersand.desk import standing
from ampersand.desk.lists import columns, editing, out, searches
from ampersand.desk.lists.asked import Asked
from ampersand.desk.lists.editing import Told
from ampersand.desk.models import ListEdit, SavedSearch
from ampersand.desk.pages.relationships import RelationshipsPage
from ampersand.desk.relationships import relationships_page
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties import merging, tags
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Detail, Party, Tag, Tending
from tests.cast import NOW, TODAY, Cast, person
from tests.proven import prove

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return prove(client, member)


def shown(by: Member, **asked: Any) -> RelationshipsPage:
    return relationships_page(Asked.read(asked), member=by, at=NOW)


def names(page: RelationshipsPage) -> list[str]:
    return [row.name for row in page.rows]


def ids(*told: Party) -> list[UUID]:
    return [party.relationship.pk for party in told]


def words_of(party: Party) -> list[str]:
    return tags.tags_of([party.pk]).get(party.pk, [])


@pytest.fixture
def book(cast: Cast) -> Cast:
    """The cast as it stands in the list, with a few words of the house's own."""
    teller = Teller(at=NOW, by=cast.maya)
    tags.tell_tag(cast.jane, word="fair 2026", teller=teller)
    parties.tell_detail(cast.jane, label="VAT number", value="=1+1", teller=teller)
    parties.tell_detail(cast.jane, label="city", value="Leeds", teller=teller)
    standing.gather(at=NOW)
    return cast


# Chips


def test_each_thing_that_narrows_the_list_has_a_chip_that_takes_it_off(book: Cast) -> None:
    asked = {"tag": ["fair 2026", "none"], "place": "leeds", "detail": ["VAT number:", "city:Leeds"], "tended": "me"}
    page = shown(book.maya, **asked)

    said = [chip.says for chip in page.chips]
    assert said == ["Tag: fair 2026", "Tag: none", "VAT number: any", "city: Leeds", "Place: leeds", "Tended by: me"]
    for chip in page.chips:
        fewer = Asked.read(QueryDict(chip.url.partition("?")[2]))
        assert len(relationships_page(fewer, member=book.maya, at=NOW).chips) == 5, chip.says


def test_taking_the_last_chip_off_shows_everybody(book: Cast) -> None:
    [chip] = shown(book.maya, place="leeds").chips

    assert chip.url == reverse("desk:relationships")


def test_the_list_offers_the_tags_and_labels_in_use_but_none_of_who_is_hidden(book: Cast) -> None:
    teller = Teller(at=NOW, by=book.maya)
    tags.tell_tag(book.leona, word="merger", teller=teller)
    parties.tell_detail(book.leona, label="bid", value="1", teller=teller)

    page = shown(book.tom)

    assert page.words_in_use == ("fair 2026",)
    assert page.labels_in_use == ("city", "VAT number")
    assert "bid" in shown(book.maya).labels_in_use


# Columns


def test_chosen_columns_are_kept_for_this_member_alone(book: Cast) -> None:
    client = signed_in(book.maya)
    chosen = ["tags", "known", "detail:VAT number", "no such", "because", "kind"]

    client.post(reverse("desk:list_columns"), {"column": chosen, "back": "/relationships/?place=leeds"})
    page = shown(book.maya, place="leeds")
    text = client.get(reverse("desk:relationships")).content.decode()

    heads = ["Is", "Tags", "Known since", "Known because", "VAT number"]
    assert [head.title for head in page.columns] == heads
    assert [columns.value(page.rows[0], head.name) for head in page.columns] == [
        "person", "fair 2026", (NOW - timedelta(days=400)).date(), "Somebody wrote them down.", "=1+1",
    ]  # fmt: skip
    assert all(f">{head}<" in text for head in heads)
    assert [head.name for head in shown(book.tom).columns] == list(columns.DEFAULT)


def test_more_columns_than_a_row_has_room_for_are_left_out_and_it_says_so(book: Cast) -> None:
    labels = [f"own {number}" for number in range(12)]
    answer = signed_in(book.maya).post(reverse("desk:list_columns"), {"label": labels}, follow=True)

    assert len(columns.chosen_by(book.maya)) == columns.CHOSEN_MAX
    assert "The first 10 of them are shown" in answer.content.decode()


def test_how_they_are_reached_stands_in_columns_of_those_who_are_one_too(book: Cast) -> None:
    teller = Teller(at=NOW, by=book.maya)
    parties.tell_identifier(book.jane, kind="email", value="jane@alder.example", teller=teller)
    parties.tell_identifier(book.jane, kind="phone", value="+44 117 496 0123", teller=teller)
    twin = person("J. Okafor", email="jo@alder.example")
    merging.merge(twin, book.jane, reason="one telephone", by=book.maya, at=NOW)
    columns.choose(["email", "phone"], by=book.maya)

    (jane,) = [row for row in shown(book.maya).rows if row.name == "Jane Okafor"]

    assert set(jane.reached["email"].split("; ")) == {"jane@alder.example", "jo@alder.example"}
    assert jane.reached["phone"] == "+44 117 496 0123"


def test_a_long_list_says_how_many_they_are_to_who_asks(book: Cast) -> None:
    for number in range(60):
        person(f"Guest {number:02}")
    standing.gather(at=NOW)
    client = signed_in(book.maya)

    page = client.get(reverse("desk:relationships")).content.decode()
    counted = client.get(reverse("desk:relationships") + "?count=1").content.decode()
    few = client.get(reverse("desk:relationships") + "?kind=organisation").content.decode()

    assert "50 of them, by name" in page
    assert "How many?" in page
    assert re.search(r"50 of 6\d, by name", counted)
    assert "How many?" not in counted
    assert "How many?" not in few


def test_no_column_chosen_shows_those_one_begins_with(book: Cast) -> None:
    columns.choose(["tags"], by=book.maya)
    columns.choose([], by=book.maya)

    assert columns.chosen_by(book.maya) == columns.DEFAULT


def test_what_a_column_says_is_shown_and_never_run(book: Cast) -> None:
    parties.tell_detail(book.jane, label="Note", value="<script>alert(1)</script>", teller=Teller(at=NOW, by=book.maya))
    columns.choose(["detail:note"], by=book.maya)

    text = signed_in(book.maya).get(reverse("desk:relationships")).content.decode()

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_all_columns_together_ask_a_bounded_number_of_questions(book: Cast) -> None:
    crowd = [person(f"Person {number}") for number in range(30)]
    tags.tell_tags([one.pk for one in crowd], word="crowd", teller=Teller(at=NOW, by=book.maya))
    columns.choose([choice.name for choice in shown(book.maya).column_choices], by=book.maya)
    standing.gather(at=NOW)

    with CaptureQueriesContext(connection) as asked:
        page = shown(book.maya)

    assert len(page.rows) == 34
    assert len(asked) <= 15


def test_heads_sort_by_quantities_that_have_an_order(book: Cast) -> None:
    heads = {head.name: head for head in shown(book.maya, sort="trade", place="leeds").columns}

    assert heads["trade"].order == "descending"
    assert heads["last"].sort_url == "/relationships/?place=leeds&sort=last"
    assert heads["tended"].sort_url == ""


# Saved searches


def test_a_search_is_saved_found_again_shared_and_removed(book: Cast) -> None:
    maya, tom = signed_in(book.maya), signed_in(book.tom)

    maya.post(reverse("desk:save_search") + "?tag=fair+2026&sort=trade", {"name": " Fair  people "})
    [saved] = SavedSearch.objects.all()
    assert (saved.name, saved.asked, saved.shared_at) == ("Fair people", {"tag": ["fair 2026"], "sort": "trade"}, None)
    [row] = shown(book.maya, tag="fair 2026", sort="trade").saved
    assert (row.is_here, row.url) == (True, "/relationships/?tag=fair+2026&sort=trade")
    assert shown(book.tom).saved == ()

    maya.post(reverse("desk:change_search", args=[saved.pk]), {"name": "Fair", "is_shared": "on"})
    [row] = shown(book.tom).saved
    assert (row.name, row.is_the_houses, row.change_url) == ("Fair", True, "")
    assert tom.post(reverse("desk:remove_search", args=[saved.pk])).status_code == 403

    maya.post(reverse("desk:remove_search", args=[saved.pk]))
    assert shown(book.maya).saved == shown(book.tom).saved == ()
    assert maya.get(reverse("desk:change_search", args=[saved.pk])).status_code == 404


def test_one_of_the_house_s_may_be_changed_by_its_stewards_and_one_s_own_by_nobody_else(book: Cast) -> None:
    ours = searches.save(Asked.read({"kind": "person"}), name="People", is_shared=True, by=book.tom, at=NOW)
    own = searches.save(Asked.read({"kind": "person"}), name="Mine", is_shared=False, by=book.tom, at=NOW)
    ruth = signed_in(book.ruth)

    assert ruth.get(reverse("desk:change_search", args=[ours.pk])).status_code == 200
    assert ruth.get(reverse("desk:change_search", args=[own.pk])).status_code == 404


def test_saved_under_a_name_one_has_already_it_asks_for_this_from_now_on(book: Cast) -> None:
    searches.save(Asked.read({"kind": "person"}), name="Mine", is_shared=False, by=book.tom, at=NOW)
    searches.save(Asked.read({"place": "Leeds"}), name="mine", is_shared=False, by=book.tom, at=NOW)

    assert [saved.asked for saved in SavedSearch.objects.all()] == [{"place": "Leeds"}]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\x00"])
def test_a_search_has_a_name(book: Cast, name: str) -> None:
    answer = signed_in(book.maya).post(reverse("desk:save_search") + "?place=leeds", {"name": name})

    assert answer.status_code == 422
    assert not SavedSearch.objects.exists()


def test_a_shared_search_finds_for_each_what_they_may_see(book: Cast) -> None:
    searches.save(Asked.read({"kind": "person"}), name="People", is_shared=True, by=book.maya, at=NOW)
    [row] = shown(book.tom).saved

    text = signed_in(book.tom).get(row.url).content.decode()

    assert "Jane Okafor" in text
    assert "Leona Marsh" not in text


def test_an_erasure_strikes_the_name_out_of_what_was_saved_and_of_its_past(book: Cast) -> None:
    saved = searches.save(Asked.read({"words": "Jane Okafor"}), name="Jane Okafor", is_shared=True, by=book.tom, at=NOW)
    searches.change(saved, name="All about Jane Okafor", is_shared=True, by=book.tom, at=NOW)

    erase_party(book.jane, by=book.ruth, at=NOW)

    told = [(one.name, str(one.asked)) for one in (*SavedSearch.objects.all(), *saved.past.model.objects.all())]  # type: ignore[attr-defined]
    assert len(told) >= 2
    assert not any("Okafor" in word for pair in told for word in pair)


# Many rows at once, and back


def state(members: Iterable[Member] = ()) -> tuple[Any, ...]:
    """What stands of the facts that an act on many may change."""
    return (
        sorted(Tag.objects.standing().values_list("pk", "party_id", "word", "told_at", "told_by_id")),
        sorted(Detail.objects.standing().values_list("pk", "party_id", "label", "value", "told_at")),
        sorted(Tending.objects.current(TODAY).values_list("pk", "relationship_id", "member_id", "from_on")),
    )


ACTS = [
    Told("tag", word="Fair 2026"),
    Told("untag", word="FAIR 2026"),
    Told("detail", label="vat number", value="GB 1"),
    Told("tend"),
    Told("stop_tending"),
]


@pytest.mark.parametrize("told", ACTS, ids=[told.kind for told in ACTS])
def test_what_is_done_with_many_is_undone_exactly(book: Cast, told: Told) -> None:
    parties.tend(book.alder.relationship, book.tom, on=TODAY - timedelta(days=9), by=book.tom, at=NOW)
    before = state()

    edit = editing.carry_out(told, ids(book.jane, book.alder), by=book.tom, at=NOW + timedelta(seconds=1))
    after = state()
    stays = editing.undo(edit, by=book.tom, at=NOW + timedelta(seconds=2))
    again = editing.undo(edit, by=book.tom, at=NOW + timedelta(seconds=3))

    assert after != before
    assert state() == before
    assert (stays, again) == (0, 0)


@pytest.mark.parametrize("told", ACTS, ids=[told.kind for told in ACTS])
def test_done_twice_it_is_done_once(book: Cast, told: Told) -> None:
    editing.carry_out(told, ids(book.jane, book.alder), by=book.maya, at=NOW + timedelta(seconds=1))
    after = state()
    second = editing.carry_out(told, ids(book.jane, book.alder), by=book.maya, at=NOW + timedelta(seconds=2))

    assert state() == after
    assert (second.made, second.ended) == ([], [])


def test_what_somebody_changed_since_stays_as_they_left_it(book: Cast) -> None:
    told_off = editing.carry_out(
        Told("untag", word="fair 2026"), ids(book.jane), by=book.tom, at=NOW + timedelta(seconds=1)
    )
    tags.tell_tag(book.jane, word="Fair 2026", teller=Teller(at=NOW + timedelta(seconds=2), by=book.maya))
    said = editing.carry_out(Told("tag", word="x"), ids(book.jane, book.alder), by=book.tom, at=NOW)
    tags.withdraw_tags(Tag.objects.filter(party=book.alder, word="x"), by=book.maya, at=NOW)

    assert editing.undo(told_off, by=book.tom, at=NOW) == 1
    assert editing.undo(said, by=book.tom, at=NOW) == 1
    assert words_of(book.jane) == ["Fair 2026"]
    assert words_of(book.alder) == []


def test_rows_are_picked_a_word_is_said_of_them_and_the_list_says_so_with_the_way_back(book: Cast) -> None:
    client = signed_in(book.maya)
    told = {
        "what": "tag",
        "word": "guests",
        "row": [str(pk) for pk in ids(book.jane, book.alder)],
        "back": "?kind=person",
    }

    answer = client.post(reverse("desk:edit_list"), told, follow=True)

    assert "The tag stands with 2 more now." in answer.content.decode()
    assert answer.redirect_chain[0][0].startswith("/relationships/?kind=person&did=")
    assert words_of(book.jane) == ["fair 2026", "guests"]
    assert names(shown(book.maya, tag="guests")) == ["Alder Hotels", "Jane Okafor"]

    edit = ListEdit.objects.get()
    back = client.post(reverse("desk:undo_list_edit", args=[edit.pk]) + "?kind=person", follow=True)
    assert "Undone. All is as it was before." in back.content.decode()
    assert names(shown(book.maya, tag="guests")) == []


def test_all_that_the_list_finds_is_more_than_one_page(book: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = [person(f"Person {number:03d}") for number in range(60)]
    standing.gather(at=NOW)
    told = {"what": "tag", "word": "crowd", "all": "1", "back": "?words=person"}

    signed_in(book.tom).post(reverse("desk:edit_list"), told)

    assert {tag.party_id for tag in Tag.objects.filter(word="crowd")} == {one.pk for one in crowd}
    monkeypatch.setattr(editing, "AT_ONCE_MAX", 59)
    refused = signed_in(book.tom).post(reverse("desk:edit_list"), {**told, "word": "more"})
    assert refused.status_code == 422
    assert "Narrow it" in refused.content.decode()


def test_who_is_hidden_is_changed_by_nobody_outside(book: Cast) -> None:
    rows = [str(pk) for pk in ids(book.leona, book.jane)]
    told = {"what": "tag", "word": "guests", "row": rows}

    signed_in(book.tom).post(reverse("desk:edit_list"), told)
    signed_in(book.tom).post(reverse("desk:edit_list"), {**told, "all": "1", "word": "all"})

    assert words_of(book.leona) == []
    assert words_of(book.jane) == ["all", "fair 2026", "guests"]


def test_nobody_undoes_what_another_did(book: Cast) -> None:
    edit = editing.carry_out(Told("tag", word="x"), ids(book.jane), by=book.maya, at=NOW)

    answer = signed_in(book.tom).post(reverse("desk:undo_list_edit", args=[edit.pk]))

    assert answer.status_code == 404
    assert "x" in words_of(book.jane)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"what": "tag", "word": "x"}, "Pick somebody first"),
        ({"what": "tag", "word": "x", "row": ["nonsense", str(uuid4())]}, "Pick somebody first"),
        ({"what": "tag", "word": " \x00 ", "row": "jane"}, "Write the tag"),
        ({"what": "untag", "row": "jane"}, "Write the tag"),
        ({"what": "detail", "label": "region", "row": "jane"}, "Write what the detail is called"),
        ({"what": "detail", "value": "North", "row": "jane"}, "Write what the detail is called"),
        ({"what": "send", "row": "jane"}, "Choose what to do with them."),
    ],
)
def test_what_is_missing_is_said_and_what_was_picked_and_typed_is_kept(
    book: Cast, told: dict[str, Any], sentence: str
) -> None:
    jane = str(book.with_jane.pk)
    told = {**told, "row": jane} if told.get("row") == "jane" else told
    before = state()

    answer = signed_in(book.maya).post(reverse("desk:edit_list"), told)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in text
    assert state() == before
    assert ("checked" in text.partition(f'value="{jane}"')[2][:120]) == (told.get("row") == jane)
    assert not told.get("label") or f'value="{told["label"]}"' in text


def test_an_act_on_many_leaves_one_line_each_and_no_words_in_the_trace(book: Cast) -> None:
    editing.carry_out(Told("tag", word="x"), ids(book.jane, book.alder), by=book.maya, at=NOW)

    told = list(Event.objects.filter(at=NOW, name__in=["tag.told", "list.changed"]).values_list("name", flat=True))
    assert sorted(told) == ["list.changed", "tag.told", "tag.told", "tag.told"]


def test_five_hundred_rows_take_a_bounded_number_of_statements(book: Cast) -> None:
    crowd = [person(f"Person {number}") for number in range(120)]
    few, many = ids(*crowd[:3]), ids(*crowd)

    with CaptureQueriesContext(connection) as for_few:
        editing.carry_out(Told("detail", label="region", value="North"), few, by=book.maya, at=NOW)
    with CaptureQueriesContext(connection) as for_many:
        edit = editing.carry_out(Told("detail", label="region", value="South"), many, by=book.maya, at=NOW)
    with CaptureQueriesContext(connection) as undone:
        editing.undo(edit, by=book.maya, at=NOW)

    assert len(for_many) <= len(for_few) + 6
    assert len(undone) <= 25


def test_nothing_can_be_sent_to_a_list() -> None:
    kinds = {kind.value for kind in ListEdit.Kind}

    assert kinds == {"tag", "untag", "tend", "stop_tending", "detail", "keep", "fade"}


def test_the_row_of_several_that_are_one_says_what_was_told_of_each_and_takes_it_off_each(book: Cast) -> None:
    double = person("J. Okafor")
    teller = Teller(at=NOW, by=book.maya)
    for word in ("guests", "FAIR 2026"):
        tags.tell_tag(double, word=word, teller=teller)
    parties.tell_detail(double, label="milk", value="oat", teller=teller)
    merging.merge(double, book.jane, reason="one address", by=book.maya, at=NOW)
    columns.choose(["tags", "detail:milk"], by=book.maya)
    standing.gather(at=NOW)

    [row] = shown(book.maya, tag="guests").rows
    assert (row.name, row.tags.lower(), row.details) == ("Jane Okafor", "fair 2026, guests", {"milk": "oat"})

    edit = editing.carry_out(Told("untag", word="fair 2026"), ids(book.jane), by=book.maya, at=NOW)
    assert names(shown(book.maya, tag="fair 2026")) == []
    assert len(edit.ended) == 2


# Taken out


def taken(by: Member, kind: str, query: str = "") -> bytes:
    answer: Any = signed_in(by).post(reverse("desk:list_out") + query, {"kind": kind})
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return content


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_the_table_has_what_one_sees_in_the_order_one_sees_it(book: Cast) -> None:
    columns.choose(["tags", "known", "trade", "detail:city"], by=book.maya)

    rows = csv_rows(taken(book.maya, "csv", "?kind=person"))

    assert rows[0] == ["Name", "At", "Place", "Tags", "Trade a month", "Currency", "Known since", "city"]
    assert [row[0] for row in rows[1:]] == ["Jane Okafor", "Leona Marsh"]
    known = (NOW - timedelta(days=400)).date().isoformat()
    assert rows[1][1:] == ["Alder Hotels", "Leeds", "fair 2026", "", "", known, "Leeds"]


def test_the_table_has_the_whole_of_a_long_detail(book: Cast) -> None:
    long = "Ring the bell twice, then wait; " * 10
    parties.tell_detail(book.jane, label="access", value=long, teller=Teller(at=NOW, by=book.maya))
    columns.choose(["detail:access"], by=book.maya)

    (jane,) = [row for row in csv_rows(taken(book.maya, "csv")) if row[0] == "Jane Okafor"]

    assert jane[-1] == long.strip()


def test_who_is_hidden_is_in_no_table(book: Cast) -> None:
    for told in (str(csv_rows(taken(book.tom, "csv"))), str(xlsx_rows(taken(book.tom, "xlsx")))):
        assert "Jane Okafor" in told
        assert "Leona" not in told


FORMULAS = ["=1+1", "+44 117", "-2", "@SUM(A1)", "\tx", "\rx", " =cmd|' /C calc'!A0", "|x", "＝1"]


@pytest.mark.parametrize("told", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(told: str) -> None:
    assert out.neutral(told).startswith("'")

    table = out.Table(("=head",), lambda: iter([(told,), (Decimal("2.5"),), (TODAY,), (None,)]))
    lines = b"".join(out.as_csv(table)).decode("utf-8-sig")
    with out.as_xlsx(table) as file:
        content = file.read()
    cells = xlsx_rows(content)
    assert next(csv.reader(StringIO(lines, newline="")))[0] == "'=head"
    assert cells[1][0] in (told, told.strip(), told.replace("\r", "\n"))
    assert cells[3][0] == TODAY
    assert b"<f>" not in unzipped(content)


def unzipped(content: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_that_a_list_was_taken_out_is_recorded_without_words(book: Cast) -> None:
    taken(book.maya, "xlsx", "?words=jane")

    event = Event.objects.get(name="list.taken_out")
    assert (event.by_id, event.subject_id, event.relationship_id) == (book.maya.pk, book.maya.pk, None)


def test_who_has_not_shown_lately_that_it_is_them_is_asked_first(book: Cast) -> None:
    client = Client()
    client.force_login(book.maya)

    for answer in (client.get(reverse("desk:list_out")), client.post(reverse("desk:list_out"), {"kind": "csv"})):
        assert answer.status_code == 302
    assert not Event.objects.filter(name="list.taken_out").exists()


def test_many_rows_are_asked_a_thousand_at_a_time_in_the_language_of_the_page(
    book: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(out, "BATCH", 4)
    for number in range(11):
        person(f"Person {number:02d}")
    standing.gather(at=NOW)
    Member.objects.filter(pk=book.maya.pk).update(language="de")

    rows = csv_rows(taken(book.maya, "csv", "?kind=person"))

    assert len(rows) == 14
    assert [row[0] for row in rows[3:]] == [f"Person {number:02d}" for number in range(11)]
    assert rows[0][1] != "At"


def test_a_table_ends_where_somebody_is_closed_while_it_is_read(book: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    table = out.take_out(Asked.read({}), by=book.tom, at=timezone.now())
    parties.close(book.with_jane, by=book.maya, at=NOW)

    assert "Jane Okafor" not in b"".join(out.as_csv(table)).decode()
