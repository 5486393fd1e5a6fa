"""Tags: words of the house's own, told of parties and withdrawn, of one or of many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, models
from django.db.models.functions import Coalesce

from ampersand.core import events, ready
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.closed import hidden_from
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Party, Relationship, Tag

LONGEST = 60
# A list of words to choose from that one still reads through.
IN_USE_MAX = 200


class NoWord(ValueError):
    """A tag is a word; this is none."""


def clean(word: str) -> str:
    """The word as it is kept: white space folded, nothing that no database holds. Raises NoWord where nothing is left.

    >>> clean("  fair   2026 ")
    'fair 2026'
    """
    told = " ".join(word.replace("\x00", "").encode("utf-8", "ignore").decode().split())[:LONGEST].strip()
    if not told:
        raise NoWord(word)
    return told


@whole
def tell_tag(party: Party, *, word: str, teller: Teller) -> Tag | None:
    """Say a word of a party. Said again, in small letters or large, it is the same tag.

    Answers the one that stands; None of one who was erased. Raises NoWord.
    """
    tell_tags([party.pk], word=word, teller=teller)
    return Tag.objects.standing().filter(party=party, word__iexact=clean(word)).first()


@whole
def tell_tags(party_ids: Collection[UUID], *, word: str, teller: Teller) -> list[Tag]:
    """Say a word of many parties. Answers the tags that are new: of whom it was said already, nothing changes.

    Of one who is erased, or becomes so meanwhile, nothing is told. Raises NoWord.
    """
    word = clean(word)
    known = Tag.objects.standing().filter(party_id__in=party_ids, word__iexact=word).values("party_id")
    there = there_are(party_ids).exclude(pk__in=known)
    told = [Tag(party_id=pk, word=word, **teller.fields()) for pk in there.values_list("pk", flat=True)]
    Tag.objects.bulk_create(told, ignore_conflicts=True, batch_size=1_000)
    # Somebody else may have told the same in the same moment: theirs stands then.
    ours = set(Tag.objects.filter(pk__in=[tag.pk for tag in told]).values_list("pk", flat=True))
    new = [tag for tag in told if tag.pk in ours]
    record("tag.told", new, by=teller.by, at=teller.at)
    return new


@whole
def withdraw_tags(tags: Iterable[Tag], *, by: Member, at: datetime) -> list[Tag]:
    """Withdraw tags; they stay as they were known until now. Answers those that stood."""
    standing = list(Tag.objects.standing().select_for_update().filter(pk__in=[tag.pk for tag in tags]).order_by("pk"))
    Tag.objects.filter(pk__in=[tag.pk for tag in standing]).update(withdrawn_at=at)
    record("tag.withdrawn", standing, by=by, at=at)
    return standing


def there_are(party_ids: Collection[UUID]) -> models.QuerySet[Party]:
    """Those of these parties that are not erased; until this transaction ends none of them will be."""
    wait_for_erasure(*party_ids)
    return Party.objects.filter(pk__in=party_ids, erased_at=None)


def record(name: str, facts: Sequence[Tag | models.Model], *, by: Member | None, at: datetime) -> None:
    """One line a fact, and fresh readings of the relationships they touch, in a bounded number of statements."""
    parties = {fact.party_id for fact in facts}  # type: ignore[union-attr]
    known = dict(Relationship.objects.filter(party_id__in=parties).values_list("party_id", "pk"))
    with events.gathered():
        for fact in facts:
            touched = known.get(fact.party_id)  # type: ignore[union-attr]
            lines = [touched] if touched else []
            events.record(name, at=at, by_id=by.pk if by else None, subject_id=fact.pk, relationship_ids=lines)


def tags_of(party_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The words that are said of each of these parties, or of who is taken to be the same, in the order of the alphabet.

    Whoever asks may see the parties.
    """
    found: dict[UUID, dict[str, str]] = {}
    for party_id, word in _standing(parties=party_ids) if party_ids else ():
        found.setdefault(party_id, {}).setdefault(word.lower(), word)
    return {party_id: list(words.values()) for party_id, words in found.items()}


@ready.Ready[tuple[UUID, str]]
def _standing(parties: Sequence[UUID]) -> models.QuerySet[Tag, tuple[UUID, str]]:
    rows = Tag.objects.standing().filter(party__in=Party.objects.the_same(parties))
    return rows.order_by("word", "pk").values_list(Coalesce("party__now_id", "party_id"), "word")


# From one word to the next by the index, as many steps as there are words, however many tags there are. A word that is
# only said of parties hidden from the member is passed over: it would tell of them.
_IN_USE = """
    WITH RECURSIVE words AS (
        (SELECT lower({column}) AS folded FROM {table} WHERE withdrawn_at IS NULL ORDER BY lower({column}) LIMIT 1)
        UNION ALL
        SELECT (SELECT lower({column}) FROM {table} t WHERE t.withdrawn_at IS NULL AND lower(t.{column}) > words.folded
                ORDER BY lower(t.{column}) LIMIT 1)
        FROM words WHERE words.folded IS NOT NULL)
    SELECT shown.told FROM words CROSS JOIN LATERAL (
        SELECT t.{column} AS told FROM {table} t WHERE t.withdrawn_at IS NULL AND lower(t.{column}) = words.folded
        AND (t.party_id = ANY ({hidden})) IS NOT TRUE LIMIT 1) AS shown
    LIMIT %s
"""


def words_in_use(member: Member, *, model: type[models.Model] = Tag, column: str = "word") -> list[str]:
    """The words the house uses, each as somebody wrote it, in the order of the alphabet: the first two hundred.

    Only such as are said of somebody the member may see.
    """
    hidden, params = hidden_from(member)
    asked = _IN_USE.format(column=column, table=model._meta.db_table, hidden=hidden)
    with connection.cursor() as cursor:
        cursor.execute(asked, [*params, IN_USE_MAX])
        return [word for (word,) in cursor.fetchall()]
