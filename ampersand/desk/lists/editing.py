"""One act on many rows of the list, and its undoing: tags told and taken off, tending taken up and laid down, a detail set.

Nothing can be sent to a list: this module tells facts of the house's own book and knows no letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.desk import standing
from ampersand.desk.lists.asked import Asked
from ampersand.desk.lists.question import question
from ampersand.desk.models import ListEdit, Standing
from ampersand.desk.pages.notebook import Kept
from ampersand.members.models import Member
from ampersand.parties import details, tags
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Party, Relationship, Tag, Tending

# So many rows at once are done while a page waits.
AT_ONCE_MAX = 5_000
Kind = ListEdit.Kind


class TooMany(ValueError):
    """The list finds more than can be done at once."""


@dataclass(frozen=True)
class Told:
    """What is to be done with the rows: which act, and the words it takes."""

    kind: str
    word: str = ""
    label: str = ""
    value: str = ""


def picked(rows: Iterable[UUID], *, by: Member) -> list[UUID]:
    """Those of these relationships that the member may see and that stand in the list."""
    seen = Relationship.objects.visible_to(by).filter(pk__in=list(rows)[:AT_ONCE_MAX], party__erased_at=None)
    return list(seen.outside().order_by("pk").values_list("pk", flat=True))


def all_found(asked: Asked, *, by: Member, at: datetime) -> list[UUID]:
    """The relationships that the list finds, on all its pages. Raises TooMany for more than five thousand."""
    ids = question(asked, member=by, today=timezone.localdate(at)).ids(most=AT_ONCE_MAX + 1)
    if len(ids) > AT_ONCE_MAX:
        raise TooMany(len(ids))
    return list(Standing.objects.filter(pk__in=ids).order_by("pk").values_list("relationship_id", flat=True))


@whole
def carry_out(told: Told, relationship_ids: Collection[UUID], *, by: Member, at: datetime) -> ListEdit:
    """Do one thing with many relationships, which the member may see. Where it is so already, nothing changes.

    Raises NoWord, NothingTold where a word is missing.
    """
    made, ended = _DO[Kind(told.kind)](told, relationship_ids, by=by, at=at)
    edit = ListEdit.objects.create(
        member=by, kind=told.kind, made=[fact.pk for fact in made], ended=[fact.pk for fact in ended], at=at
    )
    events.record("list.changed", at=at, by_id=by.pk, subject_id=edit.pk)
    standing.gather(relationship_ids, at=at)
    return edit


@whole
def undo(edit: ListEdit, *, by: Member, at: datetime) -> int:
    """Undo such an act: what it told is withdrawn, what it ended stands again. Undone twice, it is undone once.

    What somebody changed since, or told anew, stays as they left it; answers how many facts that are.
    """
    edit = ListEdit.objects.select_for_update().get(pk=edit.pk)
    if edit.undone_at is not None:
        return 0
    model = _TOLD.get(Kind(edit.kind))
    done, touched = _untold(model, edit, by=by, at=at) if model else _untended(edit, by=by, at=at)
    edit.undone_at = at
    edit.save(update_fields=["undone_at"])
    events.record("list.undone", at=at, by_id=by.pk, subject_id=edit.pk)
    standing.gather(touched, at=at)
    return len(edit.made) + len(edit.ended) - done


def _parties(relationship_ids: Collection[UUID]) -> list[UUID]:
    rows = Relationship.objects.filter(pk__in=relationship_ids).order_by("pk")
    return list(rows.values_list("party_id", flat=True))


def _tag(told: Told, ids: Collection[UUID], *, by: Member, at: datetime) -> tuple[Sequence[Tag], Sequence[Tag]]:
    return tags.tell_tags(_parties(ids), word=told.word, teller=Teller(at=at, by=by)), ()


def _untag(told: Told, ids: Collection[UUID], *, by: Member, at: datetime) -> tuple[Sequence[Tag], Sequence[Tag]]:
    theirs = Party.objects.the_same(_parties(ids))
    said = Tag.objects.standing().filter(party__in=theirs, word__iexact=tags.clean(told.word))
    return (), tags.withdraw_tags(said, by=by, at=at)


def _detail(
    told: Told, ids: Collection[UUID], *, by: Member, at: datetime
) -> tuple[Sequence[Detail], Sequence[Detail]]:
    teller = Teller(at=at, by=by)
    return details.set_details(_parties(ids), label=told.label, value=told.value, teller=teller)


def _tend(
    told: Told, ids: Collection[UUID], *, by: Member, at: datetime
) -> tuple[Sequence[Tending], Sequence[Tending]]:
    there = _there(ids)
    tended = Tending.objects.filter(relationship_id__in=there, member=by, until_on=None)
    new = sorted(set(there) - set(tended.values_list("relationship_id", flat=True)))
    on = timezone.localdate(at)
    rows = [Tending(relationship_id=pk, member=by, from_on=on, told_at=at, told_by=by) for pk in new]
    Tending.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    made = list(Tending.objects.filter(pk__in=[row.pk for row in rows]))
    _record("relationship.tended", made, by=by, at=at)
    return made, ()


def _stop_tending(
    told: Told, ids: Collection[UUID], *, by: Member, at: datetime
) -> tuple[Sequence[Tending], Sequence[Tending]]:
    tended = Tending.objects.filter(relationship_id__in=ids, member=by, until_on=None)
    ended = list(tended.select_for_update().order_by("pk"))
    Tending.objects.filter(pk__in=[row.pk for row in ended]).update(until_on=timezone.localdate(at))
    _record("relationship.left", ended, by=by, at=at)
    return (), ended


_DO = {
    Kind.TAG: _tag,
    Kind.UNTAG: _untag,
    Kind.TEND: _tend,
    Kind.STOP_TENDING: _stop_tending,
    Kind.DETAIL: _detail,
}

_TOLD: dict[Kind, type[Tag] | type[Detail]] = {Kind.TAG: Tag, Kind.UNTAG: Tag, Kind.DETAIL: Detail}


def _there(relationship_ids: Collection[UUID]) -> list[UUID]:
    """Those whose party is not erased, nor will be before this is written."""
    there = tags.there_are(_parties(relationship_ids))
    return list(Relationship.objects.filter(party__in=there, pk__in=relationship_ids).values_list("pk", flat=True))


def _record(name: str, rows: Iterable[Tending], *, by: Member, at: datetime) -> None:
    with events.gathered():
        for row in rows:
            touched = row.relationship_id
            events.record(name, at=at, by_id=by.pk, subject_id=touched, relationship_ids=[touched])


def _untold(
    model: type[Tag] | type[Detail], edit: ListEdit, *, by: Member, at: datetime
) -> tuple[int, Collection[UUID]]:
    rows: QuerySet[Any] = model._default_manager.all()
    made: list[Tag | Detail] = list(rows.filter(pk__in=edit.made, withdrawn_at=None).select_for_update().order_by("pk"))
    model._default_manager.filter(pk__in=[fact.pk for fact in made]).update(withdrawn_at=at)
    ended: list[Tag | Detail] = list(
        rows.filter(pk__in=edit.ended, withdrawn_at=edit.at).select_for_update().order_by("pk")
    )
    again = _not_told_anew(model, ended)
    model._default_manager.filter(pk__in=[fact.pk for fact in again]).update(withdrawn_at=None)
    name = model.__name__.lower()
    tags.record(f"{name}.withdrawn", made, by=by, at=at)
    tags.record(f"{name}.brought_back", again, by=by, at=at)
    parties = {fact.party_id for fact in (*made, *again)}
    touched = Relationship.objects.filter(party_id__in=parties).values_list("pk", flat=True)
    return len(made) + len(again), list(touched)


def _not_told_anew(model: type[Tag] | type[Detail], ended: Sequence[Tag | Detail]) -> list[Tag | Detail]:
    """Of what an act withdrew all that nobody told again since."""
    parties = {fact.party_id for fact in ended}
    standing_now: QuerySet[Any] = model._default_manager.filter(party_id__in=parties, withdrawn_at=None)
    told = {_same(fact) for fact in standing_now}
    return [fact for fact in ended if _same(fact) not in told]


def _same(fact: Tag | Detail) -> tuple[UUID, str, str]:
    """Two facts of which this is the same may not stand beside each other."""
    return (
        (fact.party_id, fact.label, fact.value) if isinstance(fact, Detail) else (fact.party_id, fact.word.lower(), "")
    )


def _untended(edit: ListEdit, *, by: Member, at: datetime) -> tuple[int, Collection[UUID]]:
    made = list(Tending.objects.select_for_update().filter(pk__in=edit.made, until_on=None).order_by("pk"))
    for row in made:
        # It ends on the day it began, as if it had not been.
        row.until_on = row.from_on
    Tending.objects.bulk_update(made, ["until_on"], batch_size=1_000)
    on = timezone.localdate(edit.at)
    ended = Tending.objects.select_for_update().filter(pk__in=edit.ended, until_on=on).order_by("pk")
    taken_up = Tending.objects.filter(member=edit.member, until_on=None)
    again = list(ended.exclude(relationship__in=taken_up.values("relationship")))
    Tending.objects.filter(pk__in=[row.pk for row in again]).update(until_on=None)
    _record("relationship.left", made, by=by, at=at)
    _record("relationship.tended", again, by=by, at=at)
    return len(made) + len(again), {row.relationship_id for row in (*made, *again)}


def said_of(did: str, *, member: Member, back: str) -> Kept | None:
    """What is said above the list right after such an act, with the way back."""
    try:
        edit = ListEdit.objects.visible_to(member).filter(pk=UUID(did), undone_at=None).first()
    except ValueError:
        return None
    return Kept(sentence=_says(edit), undo_url=_undo_url(edit, back)) if edit else None


def _undo_url(edit: ListEdit, back: str) -> str:
    query = back.partition("?")[2]
    return reverse("desk:undo_list_edit", args=[edit.pk]) + (f"?{query}" if query else "")


def _says(edit: ListEdit) -> str:
    number = len(edit.made or edit.ended)
    if not number:
        return _("It was so already; nothing changed.")
    sentences = {
        Kind.TAG: ngettext("The tag stands with one more now.", "The tag stands with %(number)d more now.", number),
        Kind.UNTAG: ngettext("The tag was taken off one.", "The tag was taken off %(number)d.", number),
        Kind.TEND: ngettext("You tend one more now.", "You tend %(number)d more now.", number),
        Kind.STOP_TENDING: ngettext("You tend one less now.", "You tend %(number)d less now.", number),
        Kind.DETAIL: ngettext("It is told of one now.", "It is told of %(number)d now.", number),
    }
    return sentences[Kind(edit.kind)] % {"number": number}
