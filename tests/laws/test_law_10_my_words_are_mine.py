"""Law 10. A note's raw words are their writer's until shared, and nobody gets a report of another member's activity."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

import ampersand
from ampersand.core.models import Event
from ampersand.core.search_store import scope_of
from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.notebook.models import Note
from ampersand.parties import actions as parties
from ampersand.readings import actions as readings
from tests.cast import Cast, moment, promise
from tests.laws.looking import client_of, every_page, page_of, read

pytestmark = pytest.mark.django_db

# A word that nothing of the note becomes a fact by.
SECRET = "zanzibarrow"
WORDS = f"Visited Jane Okafor. I will send her the volumes by Friday. {SECRET.capitalize()} weighs on my mind."


@pytest.fixture
def note(cast: Cast) -> Note:
    """Maya's words about Jane, kept; the house has what was understood of them."""
    at = timezone.now()
    kept = notebook.keep(
        WORDS, member=cast.maya, device_id=uuid4(), written_at=at, zone="UTC", at=at, about=cast.with_jane
    )
    readings.read_one(cast.with_jane.pk, at=at)
    return kept


def pages_with(word: str, member: Member) -> list[str]:
    """Pages on which this member reads the word, while looking for others that stand beside it in the note."""
    pages = [*every_page(member, query="weighs mind")]
    assert len(pages) > 10
    return [address for address, markup in pages if word in markup.lower()]


def test_their_writer_reads_them(note: Note, cast: Cast) -> None:
    assert SECRET in read(page_of(cast.maya, "note", note.pk)).lower()
    assert pages_with(SECRET, cast.maya)


def test_nobody_else_reads_them_on_any_page_or_by_any_search(note: Note, cast: Cast) -> None:
    assert pages_with(SECRET, cast.tom) == []


def test_running_the_house_opens_no_notebook(note: Note, cast: Cast) -> None:
    assert pages_with(SECRET, cast.ruth) == []


def test_others_get_no_page_of_the_note_and_no_act_on_it(note: Note, cast: Cast) -> None:
    acts = {"note": "get", "undo_note": "post", "share_note": "post"}

    for stranger in (cast.tom, cast.ruth):
        for name, method in acts.items():
            answer = getattr(client_of(stranger), method)(reverse(f"desk:{name}", args=[note.pk]))
            assert answer.status_code == 404

    note.refresh_from_db()
    assert (note.shared_at, note.withdrawn_at) == (None, None)


def test_a_note_is_not_kept_a_second_time_by_somebody_who_knows_its_number(note: Note, cast: Cast) -> None:
    with pytest.raises(notebook.SomebodyElses):
        notebook.keep(
            "x", member=cast.tom, device_id=note.device_id, written_at=note.told_at, zone="UTC", at=note.told_at
        )


def test_the_words_lie_in_the_notebook_and_in_their_writers_own_search_and_nowhere_else(note: Note) -> None:
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if holds(name, SECRET)]

    assert set(tables) <= {"notebook_note", "notebook_notepast", "core_searchentry", "core_searchbeginning"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope FROM core_searchentry WHERE words::text ILIKE %s", [f"%{SECRET}%"])
        assert [scope for (scope,) in cursor] == [scope_of("note", note.member_id)]


def holds(table: str, word: str) -> bool:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT EXISTS (SELECT FROM {name} t WHERE t::text ILIKE %s)", [f"%{word}%"])  # noqa: S608
        return bool(cursor.fetchone()[0])


def test_what_was_kept_of_the_note_is_the_houses(note: Note, cast: Cast) -> None:
    said = read(page_of(cast.tom, "relationship", cast.with_jane.pk))

    assert "send her the volumes" in said or "the volumes" in said


def test_the_trace_of_what_was_done_holds_no_words(note: Note) -> None:
    texts = {one.name for one in Event._meta.concrete_fields if one.get_internal_type() in ("CharField", "TextField")}

    assert texts == {"name"}
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in Event.objects.values_list("name", flat=True))


def test_shared_by_its_writer_a_note_is_read_by_those_who_see_its_relationship(note: Note, cast: Cast) -> None:
    client_of(cast.maya).post(reverse("desk:share_note", args=[note.pk]))

    assert SECRET in read(page_of(cast.tom, "note", note.pk)).lower()


def test_shared_about_a_closed_relationship_it_stays_closed(note: Note, cast: Cast) -> None:
    client_of(cast.maya).post(reverse("desk:share_note", args=[note.pk]))
    parties.close(cast.with_jane, by=cast.maya, at=timezone.now())

    assert pages_with(SECRET, cast.tom) == []


def a_busy_month(cast: Cast) -> None:
    """Maya is busy, Tom is not."""
    for number in range(12):
        moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(days=number), subject=f"Busy {number}")
        promise(cast.maya.party, cast.jane, told_by=cast.maya)
    client_of(cast.maya).post("/notes/keep/", {"words": "Rain all day."})


@pytest.mark.parametrize("page", ["member", "house", "house_history"])
def test_no_page_about_a_member_says_what_they_did_or_how_much(cast: Cast, page: str) -> None:
    arguments = [cast.maya.pk] if page == "member" else []
    before = read(page_of(cast.ruth, page, *arguments))

    a_busy_month(cast)

    assert read(page_of(cast.ruth, page, *arguments)) == before


def test_a_colleagues_page_has_only_who_they_are(cast: Cast) -> None:
    Member.objects.filter(pk=cast.maya.pk).update(last_login=timezone.now() - timedelta(days=2))
    a_busy_month(cast)

    [main] = re.findall(r"<main.*</main>", page_of(cast.ruth, "member", cast.maya.pk), re.DOTALL)
    said = read(main)

    joined = timezone.localdate(cast.maya.joined_at)
    assert re.findall(r"\d+", said) in ([str(joined.day)], [str(joined.day), str(joined.year)])


def test_todays_page_of_another_member_is_nobodys_to_see(cast: Cast) -> None:
    a_busy_month(cast)
    asked = client_of(cast.ruth)

    for query in ({"as": cast.maya.email}, {"member": str(cast.maya.pk)}, {"user": str(cast.maya.pk)}):
        said = read(asked.get("/", query).content.decode())
        assert "Busy" not in said
        assert "send the new price list" not in said


def test_no_query_counts_what_members_did_one_by_one() -> None:
    """Nothing groups facts by who told, wrote or did them: such a table would be a report of activity."""
    folder = Path(ampersand.__file__).parent
    files = [file for file in folder.rglob("*.py") if not {"tests", "migrations"} & set(file.parts)]
    grouped = [
        f"{file.name}:{node.lineno}" for file in files for node in grouping_by_member(ast.parse(file.read_text()))
    ]

    assert grouped == []


def test_no_query_counts_what_one_member_did() -> None:
    """Nor is anything counted of one member at a time; what one may do oneself is asked with `exists`."""
    folder = Path(ampersand.__file__).parent
    files = [file for file in folder.rglob("*.py") if not {"tests", "migrations"} & set(file.parts)]
    counted = [f"{file.name}:{node.lineno}" for file in files for node in counting_of_one(ast.parse(file.read_text()))]
    written = [file.name for file in files if GROUPED_SQL.search(file.read_text())]

    assert (counted, written) == ([], [])


GROUPED_SQL = re.compile(r"GROUP BY[^\n]*\b(told_by|member_id|by_id|told_by_id)\b", re.IGNORECASE)


def counting_of_one(tree: ast.AST) -> list[ast.Call]:
    """Calls of `.filter(told_by=…).count()` and the like, and of `Count(…, filter=Q(told_by=…))`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_rows = [
        call
        for call in calls
        if getattr(call.func, "attr", "") in ("count", "aggregate")
        and any(names_a_member(part) for part in ast.walk(call.func))
    ]
    return of_rows + [
        call for call in calls if called(call) in ("Count", "Sum") and any(map(names_a_member, ast.walk(call)))
    ]


def names_a_member(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and str(node.arg).split("__")[0] in BY_WHOM


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", ""))


def grouping_by_member(tree: ast.AST) -> list[ast.Call]:
    """Calls of `.values("told_by" …).annotate(…)` and the like."""
    annotated = [
        node.func.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "annotate"
    ]
    return [
        call
        for call in annotated
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") == "values"
        and any(isinstance(arg, ast.Constant) and str(arg.value).split("__")[0] in BY_WHOM for arg in call.args)
    ]


BY_WHOM = {"told_by", "told_by_id", "member", "member_id", "by", "by_id"}
