"""Row-level security alone keeps visitors apart: every table is asked as their login, with no filter of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connections, transaction
from django.utils import timezone

from ampersand.between import agreement, pulse
from ampersand.between.agreement import Proposal
from ampersand.between.sealing import Answer
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.portal import actions, fence
from ampersand.portal.models import Entry, PageLink, Visit
from ampersand.portal.outside import visiting
from ampersand.portal.tests.everything import everything
from ampersand.portal.tests.visitors import Visitor, shared_promise, visitor
from ampersand.terms import actions as terms
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import NOW, Cast

MADE_UP = "0f2b7c1e-5d64-4f0a-9a53-1c2d3e4f5a6b"

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def two(cast: Cast) -> dict[str, Visitor]:
    """Jane and Leona, with everything a visitor may read of each."""
    found = {}
    for party in (cast.jane, cast.leona):
        name = party.name.split()[0]
        teller = Teller(at=NOW, by=cast.maya)
        shared_promise(cast.maya.party, party, cast=cast, words=f"For {name}")
        people.promise(cast.maya.party, party, words=f"Kept from {name}", told_by=cast.maya)
        terms.say(party, roster="work", words=f"{name} says so", said_at=NOW, teller=teller)
        parties.tell_detail(party, label="city", value=f"{name}ville", teller=teller)
        moment = people.moment(party, by=cast.maya, words=f"With {name}")
        Moment.objects.filter(pk=moment.pk).update(room="between")
        people.moment(party, by=cast.maya, words=f"Of {name}, among ourselves")
        _both_hold(cast, party, name)
        found[name] = visitor(cast, party)
    return found


def _both_hold(cast: Cast, party: Party, name: str) -> None:
    """An agreement we proposed, and a pulse we answered."""
    us, today = Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now()), timezone.localdate()
    later = today + timedelta(days=9)
    agreement.propose(party.relationship, Proposal(f"With {name} alone", later), on=today, speaker=us)
    asked = pulse.ask(party.relationship, [f"How is it, {name}?"], closes_on=later, on=today, speaker=us)
    pulse.answer(asked, [Answer("Sealed words", "good")], on=today, speaker=us)
    everything(cast, party, name)


def rows(table: str, secret: str) -> list[tuple[Any, ...]]:
    """All that the login of visitors sees of a table, told nothing but this secret."""
    columns = ", ".join(f'"{name}"' for name in fence.READABLE[table])
    with visiting(secret), connections["outside"].cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
        return list(cursor.fetchall())


def said(secret: str) -> str:
    return " ".join(str(row) for table in fence.READABLE for row in rows(table, secret))


def test_each_visitor_sees_what_is_between_and_nothing_of_the_other(two: dict[str, Visitor]) -> None:
    for name, other in (("Jane", "Leona"), ("Leona", "Jane")):
        told = said(two[name].secret)

        assert f"For {name}" in told
        assert f"{name} says so" in told
        assert f"{name}ville" in told
        assert f"With {name}" in told
        assert f"With {name} alone" in told
        assert f"How is it, {name}?" in told
        assert f"Our offer: Machines with {name}" in told
        assert f"{name} decides after the fair" in told
        assert f"Machines with {name}.pdf" in told
        assert f"Free calls for {name}" in told
        assert f"Ours with {name}" in told
        assert f"{name} wants quiet" in told
        assert f"Guild of {name}" in told
        assert f"Friend of {name}" in told
        assert f"Not so, {name}" in told
        assert f"The story of {name}" in told
        assert f"{name} puts it right" in told
        assert "our_move" in told
        assert "Sealed words" not in told
        assert "idden" not in told
        assert "our own kind" not in told
        assert other not in told
        assert "Kept from" not in told
        assert "among ourselves" not in told


def test_of_weights_each_sees_what_is_stated_and_what_they_keep_to_themselves(two: dict[str, Visitor]) -> None:
    weights = rows("exchange_weight", two["Jane"].secret)

    value = fence.READABLE["exchange_weight"].index("value")
    assert sorted(row[value] for row in weights) == [62, 63, 64]


def test_every_table_holds_something_for_who_may_see_it(two: dict[str, Visitor]) -> None:
    """Else the tests above would hold for tables nobody can read at all."""
    empty = {table for table in fence.READABLE if not rows(table, two["Jane"].secret)}

    unsaid = {"core_source", "promises_promiseevent", "terms_termline", "terms_termsanswer", "portal_entry"}
    assert empty <= unsaid | {"between_pulsereply"}


@pytest.mark.parametrize("garbage", ["", "x", "' OR true --", "\u0000"[:0] + "é" * 10_000, MADE_UP, "NULL"])
def test_without_a_visit_there_is_nothing(two: dict[str, Visitor], garbage: str) -> None:
    assert [table for table in fence.READABLE if rows(table, garbage)] == []


def test_the_keys_of_another_open_nothing(two: dict[str, Visitor]) -> None:
    """Whoever could set any value of the transaction would need the other's secret; ids and digests are none."""
    leona = two["Leona"]
    for told in (leona.visit.pk, leona.link.pk, leona.party.pk, leona.visit.secret_digest, leona.link_secret):
        assert [table for table in fence.READABLE if rows(table, str(told))] == []


def test_nothing_was_told_the_next_transaction(two: dict[str, Visitor]) -> None:
    rows("portal_pagelink", two["Jane"].secret)

    with transaction.atomic(using="outside"), connections["outside"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM promises_promise")
        assert cursor.fetchone() == (0,)


def ended(two: dict[str, Visitor], how: str, cast: Cast) -> None:
    jane, now = two["Jane"], timezone.now()
    if how == "ended":
        actions.end_visit(jane.secret, at=now)
    elif how == "revoked":
        actions.revoke_link(jane.link, by=cast.maya, at=now)
    elif how == "revoked alone":
        PageLink.objects.filter(pk=jane.link.pk).update(revoked_at=now)
    elif how == "lapsed":
        Visit.objects.filter(pk=jane.visit.pk).update(lapses_at=now - timedelta(seconds=1))
    elif how == "link lapsed":
        PageLink.objects.filter(pk=jane.link.pk).update(lapses_at=now - timedelta(seconds=1))
    else:
        cast.jane.__class__.objects.filter(pk=cast.jane.pk).update(**{how: True if how == "is_colleague" else now})


@pytest.mark.parametrize(
    "how", ["ended", "revoked", "revoked alone", "lapsed", "link lapsed", "erased_at", "is_colleague"]
)
def test_a_visit_that_is_over_sees_nothing(two: dict[str, Visitor], cast: Cast, how: str) -> None:
    ended(two, how, cast)

    assert [table for table in fence.READABLE if rows(table, two["Jane"].secret)] == []
    assert "For Leona" in said(two["Leona"].secret)


def test_one_who_was_merged_sees_all_that_is_theirs_and_after_unmerging_their_own(
    two: dict[str, Visitor], cast: Cast
) -> None:
    double = people.person("Jane O.", tended_by=cast.maya)
    shared_promise(cast.maya.party, double, cast=cast, words="For the double")
    link = merging.merge(double, cast.jane, reason="one address", by=cast.maya, at=NOW)
    merged = said(two["Jane"].secret)
    merging.unmerge(link, by=cast.maya, at=NOW)

    assert "For the double" in merged
    assert "For the double" not in said(two["Jane"].secret)


def all_tables() -> list[str]:
    with connections["default"].cursor() as cursor:
        return [one.name for one in connections["default"].introspection.get_table_list(cursor) if one.type in "tpv"]


def test_no_other_table_and_no_other_column_can_be_read(two: dict[str, Visitor]) -> None:
    for table in set(all_tables()) - set(fence.READABLE):
        with pytest.raises(ProgrammingError, match="permission denied"):
            refused(f'SELECT 1 FROM "{table}"', two["Jane"].secret)  # noqa: S608
    for table in fence.READABLE:
        with pytest.raises(ProgrammingError, match="permission denied"):
            refused(f'SELECT * FROM "{table}" WHERE xmin IS NOT NULL', two["Jane"].secret)  # noqa: S608


def refused(statement: str, secret: str) -> None:
    with visiting(secret), connections["outside"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE promises_promise SET words = 'x'",
        "DELETE FROM promises_promise",
        "UPDATE portal_entry SET told = '{}'",
        "DELETE FROM portal_entry",
        "INSERT INTO portal_visit (id) VALUES (gen_random_uuid())",
        "TRUNCATE portal_entry",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE promises_promise DISABLE ROW LEVEL SECURITY",
        "DROP POLICY outside_sees ON promises_promise",
        "SET ROLE app",
        "SET ROLE app_owner",
        "SET SESSION AUTHORIZATION app",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY promises_promise TO '/tmp/x'",
        "SELECT lo_import('/etc/passwd')",
        "SELECT secret_digest FROM portal_pagelink",
        "SELECT told FROM portal_entry",
        "SELECT told_by_id FROM promises_promise",
        "SELECT kind FROM exchange_negotiation",
        "SELECT told_by_id FROM exchange_weight",
        "SELECT outside_giver(), cost_told_by_id FROM exchange_concession",
        "SELECT settled_by_id FROM between_named",
    ],
)
def test_the_login_of_visitors_can_do_nothing_else(cast: Cast, statement: str) -> None:
    with pytest.raises(ProgrammingError):
        refused(statement, visitor(cast, cast.jane).secret)


def test_row_security_cannot_be_switched_off_by_a_setting(two: dict[str, Visitor]) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        refused("SET LOCAL row_security = off; SELECT id FROM promises_promise", two["Jane"].secret)


def write(visitor: Visitor, *, relationship: UUID, party: UUID, **more: Any) -> None:
    told: dict[str, Any] = {
        "id": uuid4(),
        "relationship_id": relationship,
        "party_id": party,
        "kind": "ask",
        "told": "{}",
        "at": NOW,
    }
    told |= more
    with visiting(visitor.secret), connections["outside"].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO portal_entry ({', '.join(told)}) VALUES ({', '.join(['%s'] * len(told))})",  # noqa: S608
            list(told.values()),
        )


def test_a_visitor_writes_into_the_inbox_for_nobody_else(two: dict[str, Visitor]) -> None:
    jane, leona = two["Jane"], two["Leona"]
    write(jane, relationship=jane.party.relationship.pk, party=jane.party.pk)

    for relationship, party in (
        (leona.party.relationship.pk, leona.party.pk),
        (jane.party.relationship.pk, leona.party.pk),
        (leona.party.relationship.pk, jane.party.pk),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"):
            write(jane, relationship=relationship, party=party)
    with pytest.raises(ProgrammingError):
        write(jane, relationship=jane.party.relationship.pk, party=jane.party.pk, carried_out_at=NOW)
    assert Entry.objects.count() == 1


def test_every_table_that_may_be_read_is_secured_and_forced() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        secured = {name for (name,) in cursor.fetchall()}

    assert secured == set(fence.READABLE)


def test_members_read_through_no_fence(cast: Cast) -> None:
    """What we ask ourselves is planned as if there were none."""
    with connections["default"].cursor() as cursor:
        cursor.execute("EXPLAIN SELECT * FROM promises_promise WHERE words LIKE 'a%'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("SELECT row_security_active('promises_promise')")

        assert cursor.fetchone() == (False,)
    assert "outside" not in plan
