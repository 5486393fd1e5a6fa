"""What the house says of a party in its own words, on their page: tags, details one may tell, a photo, the time there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlencode
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext as _

from ampersand.desk.pages.party import OwnWords, TagRow
from ampersand.members.models import Member
from ampersand.parties import details, tags
from ampersand.parties.models import Detail, Identifier, IdentifierKind, Party, Relationship, Tag

# More words than this say nothing any more.
TAGS_SHOWN_MAX = 60


@dataclass(frozen=True)
class Typed:
    """What was typed into one of the fields of the page, and what is wrong with it: the field, and the sentence."""

    word: str = ""
    label: str = ""
    value: str = ""
    wrong: str = ""
    error: str = ""


def own_words(
    party: Party,
    *,
    same: Sequence[UUID],
    known: Iterable[Detail],
    member: Member,
    known_at: datetime,
    may_change: bool,
    typed: Typed,
) -> OwnWords:
    """The part of the page; `known` are the details that it shows, `same` all that are taken for this party."""
    told = list(known)
    photo = next((detail for detail in told if detail.label == details.PHOTO and detail.file_id), None)
    said = Tag.objects.visible_to(member).as_known_on(known_at).filter(party_id__in=same).order_by("word", "pk")
    return OwnWords(
        tags=tuple(_tag(tag, may_change) for tag in said[:TAGS_SHOWN_MAX]),
        tag_url=_url("desk:tag_party", party, may_change),
        tell_url=_url("desk:tell_detail", party, may_change),
        photo_url=reverse("desk:photo", args=[party.pk]) if photo and may_change else "",
        photo_send_url=_url("desk:photo", party, may_change),
        photo_withdraw_url=reverse("desk:withdraw_detail", args=[photo.pk]) if photo and may_change else "",
        monogram=monogram(party.name),
        there=_there(told, known_at),
        speaks=_speaks(party.language),
        words_in_use=tuple(tags.words_in_use(member)) if may_change else (),
        labels_in_use=_labels(member) if may_change else (),
        word=typed.word,
        label=typed.label,
        value=typed.value,
        wrong=typed.wrong,
        error=typed.error,
    )


def _url(name: str, party: Party, may_change: bool) -> str:
    return reverse(name, args=[party.pk]) if may_change else ""


def _labels(member: Member) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*details.labels_in_use(member), details.TIME_ZONE]))


def _tag(tag: Tag, may_change: bool) -> TagRow:
    return TagRow(
        word=tag.word,
        url=f"{reverse('desk:relationships')}?{urlencode({'tag': tag.word})}",
        withdraw_url=reverse("desk:withdraw_tag", args=[tag.pk]) if may_change else "",
    )


def monogram(name: str) -> str:
    """The first letters of the first and the last word of a name.

    >>> monogram("Jane Okafor"), monogram("Alder"), monogram("森 はるか"), monogram("  ")
    ('JO', 'A', '森は', '')
    """
    letters = [word[0].upper() for word in name.split() if word[0].isalnum()]
    return "".join(letters if len(letters) < 2 else (letters[0], letters[-1]))


def _there(told: Iterable[Detail], at: datetime) -> str:
    """The time of day where they are, where their time zone is told."""
    named = (details.zone_named(one.value) for one in told if one.label.lower() == details.TIME_ZONE)
    zone = next(filter(None, named), "")
    if not zone:
        return ""
    time = format_date(details.there(zone, at), pgettext("time format", "H:i"))
    return _("It is %(time)s there (%(zone)s).") % {"time": time, "zone": zone.replace("_", " ")}


def _speaks(language: str) -> str:
    named = language_named(language, get_language() or "en") if language else ""
    return _("Speaks %(language)s.") % {"language": named} if named else ""


@lru_cache(maxsize=512)
def language_named(code: str, tongue: str) -> str:
    """What a language is called in another one; empty for none that is known."""
    try:
        return Locale.parse(code.replace("_", "-"), sep="-").get_display_name(to_locale(tongue)) or ""
    except (UnknownLocaleError, ValueError):
        return ""


def reach(identifier: Identifier) -> str:
    """The address that calls or writes to them from this device; empty where it opens nothing."""
    if identifier.kind == IdentifierKind.PHONE:
        return f"tel:{quote(identifier.value, safe='+')}"
    if identifier.kind == IdentifierKind.EMAIL:
        return f"mailto:{quote(identifier.value, safe='@+')}"
    if identifier.kind == IdentifierKind.URL and identifier.value.startswith(("https://", "http://")):
        return identifier.value
    return ""


def write_after(identifier: Identifier, relationship: Relationship | None) -> str:
    """The notebook that asks how it was, for who has called or written to them."""
    how = {IdentifierKind.PHONE: "call", IdentifierKind.EMAIL: "mail"}.get(IdentifierKind(identifier.kind))
    if relationship is None or how is None:
        return ""
    return f"{reverse('desk:write')}?{urlencode({'about': relationship.pk, 'how': how})}"


def begun(how: str, name: str) -> str:
    """How a note begins that is written after a call or a letter."""
    beginnings = {"call": _("Called %(name)s. "), "mail": _("Wrote to %(name)s. ")}
    return beginnings[how] % {"name": name} if how in beginnings else ""
