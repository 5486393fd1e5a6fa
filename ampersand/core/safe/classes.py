"""What an export does with each table. A table that is not named here stops the tests, and an export.

Nobody's right to keep something to themselves ends with an export: what not every member may see (a note's raw words,
what is behind a closed relationship, who did what when) goes along sealed under the key of the house.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    FACT = "fact"
    """Rows that every member may see go out in the open, the others sealed."""
    REFERRED = "referred"
    """Rows that some open row refers to go out in the open, the others sealed."""
    PERSONAL = "personal"
    """All rows go out sealed: they say what one member did, or wants to see."""
    DERIVED = "derived"
    """Follows from the facts. It goes along sealed, so that the house is there at once, and is in no digest of facts."""
    SECRET = "secret"  # noqa: S105  a kind of table
    """Stays: keys, sessions, links, whatever would let somebody in elsewhere."""
    PLUMBING = "plumbing"
    """Stays: what an empty house of this version has by itself, and work that was waiting."""


_FACTS = """
account_emailaddress between_agreement between_agreementkey between_agreementversion between_named between_objection
between_handingover between_handingover_promises between_handingreply between_pulse between_pulseanswer between_pulsereply
channels_knowntable core_erasure desk_savedsearch exchange_concession exchange_transaction
exchange_decidingday exchange_expectedtransaction exchange_giveandtakeoff exchange_negotiation exchange_offer exchange_offerevent
exchange_offerfile exchange_offerline exchange_offervalue exchange_question
members_house members_housedomain members_housename members_member members_team members_teammembership
notebook_note notebook_piece parties_closedto parties_detail parties_identifier parties_party
parties_relationship parties_double parties_sideline parties_standsfor parties_tag parties_tending parties_tie
promises_absence promises_asking promises_leaning promises_promise promises_promiseevent
terms_enclosure terms_message terms_receiver terms_snippet
terms_termline terms_terms terms_termsanswer
timeline_attachment timeline_moment timeline_participant timeline_telling timeline_visitchoice
"""
_REFERRED = "core_file core_source timeline_thread"
_PERSONAL = """
between_readon
channels_import channels_importitem channels_toldagain core_event desk_listcolumns desk_listedit desk_setaside pghistory_context
exchange_weight portal_entry terms_decision terms_left
"""
_DERIVED = """
core_change core_searchbeginning core_searchentry core_searchname core_touched desk_standing readings_reading
readings_prior readings_pastread readings_pastreading readings_snapshot
"""
_SECRETS = """
account_emailconfirmation django_session members_attempts members_invitation members_session members_signinlink
portal_linkcode portal_pagelink portal_visit
members_signinservice mfa_authenticator socialaccount_socialaccount socialaccount_socialapp
socialaccount_socialtoken
"""
_PLUMBING = """
auth_group auth_group_permissions auth_permission django_content_type django_migrations procrastinate_events
procrastinate_jobs procrastinate_periodic_defers procrastinate_workers
"""

KINDS: dict[str, Kind] = {
    table: kind
    for tables, kind in (
        (_FACTS, Kind.FACT),
        (_REFERRED, Kind.REFERRED),
        (_PERSONAL, Kind.PERSONAL),
        (_DERIVED, Kind.DERIVED),
        (_SECRETS, Kind.SECRET),
        (_PLUMBING, Kind.PLUMBING),
    )
    for table in tables.split()
}

# Of versions before: a house of then has them, and is kept whole before it is brought up to date.
GONE = {"readings_keptprior": Kind.DERIVED, "readings_rhythmprior": Kind.DERIVED}

# What these held before may have been somebody's own then.
ONCE_PRIVATE = {"notebook_notepast", "desk_savedsearchpast", "terms_messagepast", "terms_receiverpast"}

# Columns that stay, with what stands in their place elsewhere: nobody signs in there by a password from here.
LEFT_OUT: dict[str, dict[str, str]] = {"members_member": {"password": "!"}}
NEVER_SAID: dict[str, set[str]] = {"members_member": {"last_login"}}

PAST = "past"


class NotClassed(Exception):
    """A table of which `classes.py` does not say what an export does with it."""


def kind_of(table: str) -> Kind:
    """What an export does with a table; with its history, what it does with the table itself."""
    kind = KINDS.get(table) or KINDS.get(table.removesuffix(PAST)) or GONE.get(table)
    if kind is None:
        raise NotClassed(f"core/safe/classes.py does not say what an export does with the table {table}")
    return kind


def is_past(table: str) -> bool:
    return table not in KINDS and table.endswith(PAST)


def goes_along(table: str) -> bool:
    return kind_of(table) not in (Kind.SECRET, Kind.PLUMBING)


def is_fact(table: str) -> bool:
    return goes_along(table) and kind_of(table) is not Kind.DERIVED


def columns_of(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Those columns of a table that go along."""
    staying = set(LEFT_OUT.get(table, {})) | NEVER_SAID.get(table, set())
    return tuple(column for column in columns if column not in staying)
