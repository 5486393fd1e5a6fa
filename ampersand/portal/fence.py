"""What the login of visitors may read, and that it is fenced in: tables, columns, and who gives it the right to them.

The fence itself, row-level security and its policies, stands in the database (`migrations/0002_fence.py`). It lets through what
the visit allows whose secret the transaction names, so that whoever could slip words of their own into a statement still
reaches no other relationship: they would need another visitor's secret.

Here is what depends on the roles of a house, done again after each `migrate`: the columns, and whether security is forced.
Forced, it holds for the owner of the tables too. That is done where the owner is one that passes all the same (`BYPASSRLS`): a
database that somebody else runs has one role for everything, which could not write its own tables any more.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections
from psycopg import sql

ALIAS = "outside"

_SAID = ("id", "party_id", "is_ours", "voice", "at")

# Table -> the columns a visitor's login may read. Whoever told it, from which file, and all that is the house's own stays out.
READABLE: dict[str, tuple[str, ...]] = {
    "members_house": ("id", "name", "language", "time_zone"),
    "parties_party": ("id", "kind", "name", "language", "is_house", "member_id", "now_id"),
    "parties_relationship": ("id", "party_id"),
    "parties_identifier": (
        "id",
        "party_id",
        "kind",
        "value",
        "as_told",
        "label",
        "told_at",
        "source_id",
        "withdrawn_at",
    ),
    "parties_detail": ("id", "party_id", "label", "value", "told_at", "source_id", "withdrawn_at"),
    "core_source": ("id", "kind"),
    "promises_promise": (
        *("id", "relationship_id", "by_id", "to_id", "is_ours", "words", "condition", "made_on", "first_due_on"),
        *("due_on", "settled_at", "withdrawn_at", "told_at", "room", "kind"),
    ),
    "promises_promiseevent": ("id", "promise_id", "kind", "by_id", "voice", "at", "words", "due_on", "takes_back_id"),
    "terms_terms": (
        *("id", "party_id", "version", "roster", "words", "from_at", "said_by_id", "said_at", "voice", "withdrawn_at"),
    ),
    "terms_termline": ("id", "terms_id", "position", "kind", "value"),
    "terms_termsanswer": ("id", "terms_id", "kind", "words", "alternative", "at"),
    "timeline_moment": (
        *(
            "id",
            "mode",
            "happened_at",
            "zone",
            "on_day",
            "is_all_day",
            "began",
            "subject",
            "words",
            "withdrawn_at",
            "room",
        ),
    ),
    "timeline_participant": ("id", "moment_id", "party_id", "role", "is_ours"),
    "between_pulse": (
        *(*_SAID, "relationship_id", "questions", "closes_on", "opened_at", "declined_at", "moment_mode", "moment_on"),
        "moment_id",
    ),
    "between_pulseanswer": (*_SAID, "pulse_id", "said", "burned_at"),
    "between_pulsereply": (*_SAID, "pulse_id", "words"),
    "between_agreement": ("id", "relationship_id", "begun_at", "ended_at"),
    "between_agreementversion": (
        *(*_SAID, "agreement_id", "number", "together", "in_touch", "bundles", "parting", "look_again_on"),
        *("answer_by", "text", "digest"),
    ),
    "between_agreementkey": (*_SAID, "version_id", "agrees", "words"),
    "between_named": ("id", "relationship_id", "by_id", "name", "address", "why", "at", "settled_at", "became_id"),
    "between_objection": ("id", "relationship_id", "by_id", "measure", "said", "words", "at"),
    "between_handingover": ("id", "relationship_id", "by_id", "to_id", "from_on", "shared_story", "accepted_at"),
    "between_handingreply": ("id", "handing_id", "kind", "by_id", "voice", "words", "at"),
    "between_readon": ("id", "relationship_id", "role", "on"),
    "exchange_negotiation": ("id", "relationship_id", "about", "member_id", "decider_id", "told_at", "withdrawn_at"),
    "exchange_decidingday": ("id", "negotiation_id", "on", "words", "voice", "at"),
    "exchange_question": ("id", "negotiation_id", "position", "kind", "words"),
    "exchange_offer": (
        *("id", "negotiation_id", "version", "by_id", "is_ours", "voice", "words", "currency", "valid_until"),
        *("net_amount", "tax_amount", "told_at", "withdrawn_at", "room"),
    ),
    "exchange_offerline": (
        *("id", "offer_id", "position", "words", "quantity", "unit", "unit_price", "discount_share", "tax_rate"),
    ),
    "exchange_offervalue": ("id", "offer_id", "question_id", "words"),
    "exchange_offerevent": ("id", "offer_id", "kind", "by_id", "voice", "at", "words"),
    "exchange_offerfile": ("id", "offer_id", "file_id", "name"),
    "core_file": ("digest", "size_bytes", "media_type"),
    "exchange_weight": ("id", "question_id", "is_ours", "is_stated", "value", "voice", "at"),
    "exchange_concession": (
        *("id", "relationship_id", "by_id", "to_id", "is_ours", "words", "happened_on", "amount", "currency"),
        *("cost_words", "cost_voice", "cost_at", "worth_words", "worth_voice", "worth_at", "voice", "is_gift"),
        *("is_tentative", "firm_at", "drawn_back_at", "negotiation_id", "in_return_for_id", "room", "told_at"),
        "withdrawn_at",
    ),
    "exchange_giveandtakeoff": ("id", "relationship_id", "is_ours", "voice", "at", "ended_at"),
    "parties_sideline": (
        *("id", "relationship_id", "is_ours", "voice", "kind", "words", "said_on", "is_quote", "room", "shared_at"),
        *("answered_at", "answered_by_id", "answer_voice", "answer", "told_at", "withdrawn_at"),
        "of_id",
    ),
    "parties_tie": (
        *("id", "kind", "from_party_id", "to_party_id", "role", "from_on", "until_on", "told_at", "source_id"),
        "withdrawn_at",
    ),
    "readings_reading": (
        *("id", "relationship_id", "measure", "room", "rule_version", "says", "value", "low", "high", "usual", "unit"),
        *("count", "since_on", "told", "as_of", "as_known_at", "evidence", "against"),
    ),
    "portal_pagelink": ("id", "relationship_id", "party_id", "given_at", "lapses_at"),
    "portal_entry": ("id", "relationship_id", "party_id", "kind", "at", "carried_out_at", "refused_at"),
}
WRITABLE: dict[str, tuple[str, ...]] = {
    "portal_entry": ("id", "relationship_id", "party_id", "kind", "told", "at"),
}
FUNCTIONS = (
    "outside_link",
    "outside_relationship",
    "outside_parties",
    "outside_relationships",
    "outside_moments",
    "outside_giver",
    "outside_negotiations",
    "outside_ties",
)

_OWNS_THEM = "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('portal_entry')"
_PASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_SECURED = (
    "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY relname"
)


def after_migrate(*, using: str = "default", **_told: Any) -> None:
    """Heard after each `migrate`: whoever owns the tables gives the visitors' login its columns anew."""
    with connections[using].cursor() as cursor:
        cursor.execute(_OWNS_THEM)
        owns = cursor.fetchone()
        cursor.execute("SELECT to_regprocedure('outside_relationship()') IS NOT NULL")
        if owns and owns[0] and cursor.fetchone()[0]:
            _force(cursor)
            if role := login():
                _give(cursor, role)


def login() -> str:
    """The name of the visitors' login; empty where this house has none."""
    told = settings.DATABASES.get(ALIAS)
    return str(told["USER"]) if told else ""


def _force(cursor: Any) -> None:
    cursor.execute(_PASSES)
    word = sql.SQL("FORCE" if cursor.fetchone()[0] else "NO FORCE")
    cursor.execute(_SECURED)
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(sql.Identifier(table), word))


def _give(cursor: Any, role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if not cursor.fetchone():
        return  # `checks.py` says so when the house is to be served
    who = sql.Identifier(role)
    cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(who))
    cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who))
    for right, tables in (("SELECT", READABLE), ("INSERT", WRITABLE)):
        for table, columns in tables.items():
            named = sql.SQL(", ").join(map(sql.Identifier, columns))
            cursor.execute(
                sql.SQL("GRANT {} ({}) ON {} TO {}").format(sql.SQL(right), named, sql.Identifier(table), who)
            )
    for function in FUNCTIONS:
        cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {}() TO {}").format(sql.Identifier(function), who))
