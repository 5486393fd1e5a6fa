"""The list of relationships: any filters together, sorted by name or by a quantity with a unit, fifty rows at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.desk.lists import columns, editing, filters, searches
from ampersand.desk.lists.asked import SORTS, Asked
from ampersand.desk.lists.finding import page_of, place_of
from ampersand.desk.lists.question import question
from ampersand.desk.lists.rows import rows_of
from ampersand.desk.models import Standing
from ampersand.desk.pages.relationships import EditBar, RelationshipsPage
from ampersand.members.models import Member
from ampersand.parties import details, tags


def relationships_page(
    asked: Asked,
    *,
    member: Member,
    at: datetime,
    did: str = "",
    is_counted: bool = False,
    picked: Collection[str] = (),
    edit: EditBar | None = None,
) -> RelationshipsPage:
    """The list as this member may see it. The same few queries however large the house and whatever is asked.

    `is_counted` says how many they are in all. `did` is an act on many rows that was just done. `picked` and `edit` are
    what was sent where something was wrong.
    """
    today = timezone.localdate(at)
    shown = columns.chosen_by(member)
    asking = question(asked, member=member, today=today)
    standings, is_more_before, is_more_after = page_of(asking, asked)
    rows = rows_of(standings, columns=shown, member=member, today=today)
    words, labels = tags.words_in_use(member), details.labels_in_use(member)
    first, more = filters.filters(asked, member, words)
    is_part, sort, url = is_more_before or is_more_after, SORTS[asked.sort], asked.url()
    saved = searches.saved_rows(member, here=asked)
    bar = edit or EditBar(url=reverse("desk:edit_list"), back=url)
    return RelationshipsPage(
        today=today,
        list_url=reverse("desk:relationships"),
        words=asked.words,
        filters=first,
        more_filters=more,
        is_more_open=any(getattr(asked, one.name, "") for one in more) or bool(asked.detail),
        hidden=filters.hidden(asked),
        words_in_use=tuple(words),
        labels_in_use=tuple(labels),
        chips=filters.chips(asked, (*first, *more)),
        found=_found_says(standings, asked, is_part=is_part, count=asking.count() if is_part and is_counted else None),
        count_url=asked.url(count="1") if is_part and not is_counted else "",
        columns=columns.heads(shown, asked),
        column_choices=columns.choices(shown, labels),
        columns_url=reverse("desk:list_columns"),
        rows=tuple(replace(row, is_picked=row.key in picked) for row in rows) if picked else rows,
        empty_says="" if rows else _empty_says(asked),
        next_url=asked.url(since=place_of(standings[-1], sort)) if rows and is_more_after else "",
        previous_url=asked.url(until=place_of(standings[0], sort)) if rows and is_more_before else "",
        clear_url=reverse("desk:relationships") if asked.is_filtered else "",
        add_url=reverse("desk:new_party"),
        saved=saved,
        save_url=f"{reverse('desk:save_search')}{url.removeprefix(reverse('desk:relationships'))}"
        if asked.told() and not any(one.is_here for one in saved)
        else "",
        out_url=f"{reverse('desk:list_out')}{url.removeprefix(reverse('desk:relationships'))}" if rows else "",
        this_url=url,
        edit=replace(bar, is_part=is_part) if rows else None,
        kept=editing.said_of(did, member=member, back=url) if did else None,
    )


def _found_says(rows: Sequence[Standing], asked: Asked, *, is_part: bool, count: int | None) -> str:
    orders = {
        "name": _("by name"),
        "last": _("last in touch first"),
        "quiet": _("longest without contact first"),
        "due": _("first to fall due first"),
        "ours": _("most open promises of ours first"),
        "theirs": _("most open promises of theirs first"),
        "kept": _("where the fewest of the promises that were called were kept, first"),
        "known": _("known longest first"),
        "new": _("known latest first"),
        "trade": _("most traded in a year first"),
    }
    words = {"number": len(rows), "order": orders[asked.sort]}
    if not rows:
        return ""
    if count is not None:
        told = words | {"count": number_format(count, force_grouping=True)}
        return _("%(number)d of %(count)s, %(order)s") % told
    if is_part:
        return _("%(number)d of them, %(order)s") % words
    return ngettext("%(number)d relationship, %(order)s", "%(number)d relationships, %(order)s", len(rows)) % words


def _empty_says(asked: Asked) -> str:
    if asked.is_filtered:
        return _("Nobody you know is like this. Show all, or ask for less.")
    return _("Nobody here yet. Write a note about somebody, or bring in your address book.")
