"""What is behind a closed relationship, and so is hidden from whom it does not name.

Closed relationships are few, so this stays a small set. What is stored for everybody, a reading or a place in the list,
must rest on nothing that only some may see: `BEHIND` says it for all members at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import models

from ampersand.core import ready
from ampersand.core.among import Among
from ampersand.members.models import Member

R = TypeVar("R")

# A row for each closed relationship and party behind it: its party with all that are taken for the same, its people with
# all that are taken for one of them. So of several that are one, each is hidden by what hides any of them.
# Whose tie ended with their erasure stays behind it: when they were met is nobody else's business.
# The ties are those of today, on the page of a past day too: who sees what is asked of today (`core/as_known.py`).
BEHIND = """
    WITH heads AS (
        SELECT r.id AS relationship_id, coalesce(p.now_id, p.id) AS party_id
        FROM parties_relationship r JOIN parties_party p ON p.id = r.party_id WHERE r.closed_at IS NOT NULL),
    itself AS (
        SELECT relationship_id, party_id FROM heads
        UNION
        SELECT heads.relationship_id, p.id FROM heads JOIN parties_party p ON p.now_id = heads.party_id),
    acting AS (
        SELECT itself.relationship_id, t.from_party_id AS party_id
        FROM itself JOIN public.parties_tie t ON t.to_party_id = itself.party_id AND t.kind IN ('works_at', 'member_of')
        JOIN parties_party p ON p.id = t.from_party_id
        WHERE (t.withdrawn_at IS NULL AND (t.until_on IS NULL OR t.until_on > CURRENT_DATE))
        OR t.withdrawn_at = p.erased_at),
    people AS (
        SELECT acting.relationship_id, coalesce(p.now_id, p.id) AS party_id
        FROM acting JOIN parties_party p ON p.id = acting.party_id)
    SELECT relationship_id, party_id FROM itself
    UNION
    SELECT relationship_id, party_id FROM people
    UNION
    SELECT people.relationship_id, p.id FROM people JOIN parties_party p ON p.now_id = people.party_id
"""

# Pairs of closed relationships of which the first names nobody whom the second does not name: who sees the one sees both.
# Only of those of which one is behind the other, a person and where they work. The first stands for all with whom its party
# is taken to be the same, for whoever sees one of them sees all. It stands beside `behind` (`BEHIND`).
AS_CLOSED = """
    WITH near AS (
        SELECT r.id AS one, behind.relationship_id AS other
        FROM behind JOIN parties_relationship r ON r.party_id = behind.party_id
        WHERE r.closed_at IS NOT NULL AND r.id <> behind.relationship_id),
    pairs AS (
        SELECT id AS one, id AS other FROM parties_relationship WHERE closed_at IS NOT NULL
        UNION ALL
        SELECT one, other FROM (SELECT one, other FROM near UNION SELECT other, one FROM near) AS pair
        WHERE NOT EXISTS (
            SELECT FROM parties_closedto AS named
            WHERE named.relationship_id = pair.one AND named.until IS NULL AND NOT EXISTS (
                SELECT FROM parties_closedto AS too
                WHERE too.relationship_id = pair.other AND too.until IS NULL
                AND too.member_id IS NOT DISTINCT FROM named.member_id
                AND too.team_id IS NOT DISTINCT FROM named.team_id))),
    named AS (
        SELECT coalesce(p.now_id, p.id) AS head_id, pairs.other
        FROM pairs JOIN parties_relationship r ON r.id = pairs.one JOIN parties_party p ON p.id = r.party_id)
    SELECT r.id AS one, named.other FROM named JOIN parties_relationship r ON r.party_id = named.head_id
    UNION
    SELECT r.id, named.other FROM named JOIN parties_party p ON p.now_id = named.head_id
    JOIN parties_relationship r ON r.party_id = p.id
"""

# For one member: of those closed relationships alone that name neither them nor a team of theirs.
_HIDDEN_FROM = f"""
    SELECT DISTINCT behind.party_id FROM ({BEHIND}) AS behind
    WHERE behind.relationship_id NOT IN (
        SELECT named.relationship_id FROM parties_closedto AS named
        LEFT JOIN members_teammembership AS team ON team.team_id = named.team_id
        WHERE named.until IS NULL AND %s::uuid IN (named.member_id, team.member_id))
"""  # noqa: S608  put together of constants

# A page asks the same of many tables; the parties hidden from its visitor are fetched once for it, when they are few.
MOST_REMEMBERED = 500
_remembered: ContextVar[dict[UUID, list[UUID]] | None] = ContextVar("remembered", default=None)


@contextmanager
def hidden_parties_remembered() -> Iterator[None]:
    """Within, the hidden parties are asked once for each member: for a page that is only read, where no right changes."""
    remembered = _remembered.get()
    token = _remembered.set({} if remembered is None else remembered)
    try:
        yield
    finally:
        _remembered.reset(token)


def hidden_party_ids(member: Member) -> list[UUID]:
    """Parties of closed relationships that do not name this member, with those who stand for them and,
    where it is an organisation, the people who work there, whichever of their doubles the tie was told of.
    """
    remembered = _remembered.get()
    if remembered is None:
        return _hidden_from(member)
    if member.pk not in remembered:
        remembered[member.pk] = _hidden_from(member)
    return remembered[member.pk]


def _hidden_from(member: Member) -> list[UUID]:
    if member._state.db is None:
        # Who stands in for a member while a query is compiled: what is hidden from them would stay in it for everybody.
        raise TypeError("a query that is made ready says by `shown` and `hidden` what a member may see")
    return [party_id for (party_id,) in ready.rows_of(_HIDDEN_FROM, [member.pk])]


def hidden_from(member: Member) -> tuple[str, list[Any]]:
    """What stands in `= ANY (...)` for the parties hidden from a member: one parameter, however many they are."""
    if _remembered.get() is not None and len(ids := hidden_party_ids(member)) <= MOST_REMEMBERED:
        return "%s::uuid[]", [ids]
    return _HIDDEN_FROM, [member.pk]


def hidden_array_from(member: Member) -> tuple[str, list[Any]]:
    """The same as one array, made once for a statement: within EXISTS a subquery would be carried out for each row."""
    hidden, params = hidden_from(member)
    return (f"ARRAY({hidden})" if hidden == _HIDDEN_FROM else hidden), params


def shown(*columns: str, member: Member) -> models.Q | Among:
    """Rows none of whose columns names a party hidden from the member: `filter(shown("by_id", "to_id", member=member))`."""
    return (
        models.Q() if _nothing_is_hidden(member) else Among(*columns, among=hidden_from(member), verdict="IS NOT TRUE")
    )


def hidden(*columns: str, member: Member) -> models.Q | Among:
    """Rows some column of which names a party hidden from the member."""
    return (
        models.Q(pk__in=[]) if _nothing_is_hidden(member) else Among(*columns, among=hidden_from(member), joined=" OR ")
    )


def _nothing_is_hidden(member: Member) -> bool:
    return _remembered.get() is not None and not hidden_party_ids(member)


class Ready(ready.Ready[R]):
    """A query made ready that is asked for a member: `ask` has an argument `member`, and what they may see goes in anew.

    `ask` may use of the member no more than who it is.
    """

    def __call__(self, **values: Any) -> list[R]:
        """The rows, as `member` may see them. Raises TypeError where `ask` works something out from a value."""
        member: Member = values.pop("member")
        remembered = _remembered.get()
        hidden_ids = None if remembered is None else hidden_party_ids(member)
        is_few = hidden_ids is not None and len(hidden_ids) <= MOST_REMEMBERED
        given = {name: value for name, value in values.items() if name not in self._stand_ins}
        shape = (*given.items(), is_few, bool(hidden_ids))
        bound = {**values, "member": member.pk, "hidden": hidden_ids}
        return self._rows(shape, bound, lambda: self._ask_for(given, hidden_ids))

    def _ask_for(self, given: Mapping[str, Any], hidden_ids: list[UUID] | None) -> ready.Asked:
        pk = uuid4()
        stand_in = Member.from_db(None, ["id"], [pk])
        hidden = _as_many(hidden_ids)
        token = _remembered.set(None if hidden is None else {pk: hidden})
        try:
            queryset, stand_ins = self._ask_with({**given, "member": stand_in})
        finally:
            _remembered.reset(token)
        return queryset, {**stand_ins, "member": pk, "hidden": hidden}


def _as_many(hidden_ids: list[UUID] | None) -> list[UUID] | None:
    """What stands in for the hidden parties while a query is compiled: none, few or too many, as they are."""
    if hidden_ids is None or not hidden_ids:
        return hidden_ids
    return [uuid4() for _ in range(1 if len(hidden_ids) <= MOST_REMEMBERED else MOST_REMEMBERED + 1)]
