"""One act on many rows of the list, and its undoing: tags told and taken off, tending taken up and laid down, a detail set,
traces kept and let fade again.

Nothing can be sent to a list: this module tells facts of the house's own book and knows no letter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.desk import keeping, standing
from ampersand.desk.lists.asked import Asked
from ampersand.desk.lists.finding import all_ids
from ampersand.desk.lists.question import question
from ampersand.desk.models import ListEdit, Standing
from ampersand.desk.pages.notebook import Kept
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.parties import details, tags
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Party, Relationship, Tag, Tending

# So many rows at once are done while a page waits.
AT_ONCE_MAX = 5_000
# Each of those who fade is looked after alone.
FADE_MAX = 500
Kind = ListEdit.Kind


class TooMany(ValueError):
    """They are more than can be done at once; it says how many those are."""


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
    ids = all_ids(question(asked, member=by, today=timezone.localdate(at)), most=AT_ONCE_MAX + 1)
    if len(ids) > AT_ONCE_MAX:
        raise TooMany(AT_ONCE_MAX)
    return list(Standing.objects.filter(pk__in=ids).order_by("pk").values_list("relationship_id", flat=True))


@whole
def carry_out(told: Told, relationship_ids: Collection[UUID], *, by: Member, at: datetime) -> ListEdit:
    """Do one thing with many relationships, which the member may see. Where it is so already, nothing changes.

    Raises NoWord, NothingTold where a word is missing, and TooMany.
    """
    if told.kind == Kind.FADE:
        return _let_fade(relationship_ids, by=by, at=at)
    made, ended = _DO[Kind(told.kind)](told, relationship_ids, by=by, at=at)
    edit = _edit(told.kind, made=[fact.pk for fact in made], ended=[fact.pk for fact in ended], by=by, at=at)
    standing.gather(relationship_ids, at=at)
    return edit


@whole
def keep_traces(party_ids: Collection[UUID], *, by: Member, at: datetime) -> ListEdit:
    """Keep traces in the book, and tend them. Raises TooMany."""
    if len(party_ids) > FADE_MAX:
        raise TooMany(FADE_MAX)
    kept = keeping.keep_many(party_ids, by=by, at=at)
    edit = _edit(Kind.KEEP, made=[relationship.pk for relationship in kept], ended=[], by=by, at=at)
    standing.gather(edit.made, at=at)
    return edit


def _let_fade(relationship_ids: Collection[UUID], *, by: Member, at: datetime) -> ListEdit:
    """Those that somebody else tends, or upon which something was written, stay as they are."""
    if len(relationship_ids) > FADE_MAX:
        raise TooMany(FADE_MAX)
    faded = keeping.fade(keeping.may_fade(relationship_ids, by=by), by=by, at=at)
    return _edit(Kind.FADE, made=[], ended=faded, by=by, at=at)


def _edit(kind: str, *, made: list[UUID], ended: list[UUID], by: Member, at: datetime) -> ListEdit:
    edit = ListEdit.objects.create(member=by, kind=kind, made=made, ended=ended, at=at)
    events.record("list.changed", at=at, by_id=by.pk, subject_id=edit.pk)
    return edit


@whole
def undo(edit: ListEdit, *, by: Member, at: datetime) -> int:
    """Undo such an act: what it told is withdrawn, what it ended stands again. Undone twice, it is undone once.

    What somebody changed since, or told anew, stays as they left it; answers how many facts that are.
    """
    edit = ListEdit.objects.select_for_update().get(pk=edit.pk)
    if edit.undone_at is not None:
        return 0
    done, touched = _undo[Kind(edit.kind)](edit, by=by, at=at)
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
    # What was closed to them since is theirs to undo no more.
    rows: QuerySet[Any] = access.visible(model, user=by)
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
    seen = Relationship.objects.visible_to(by).values("pk")
    tended = Tending.objects.select_for_update().filter(relationship__in=seen).order_by("pk")
    made = list(tended.filter(pk__in=edit.made, until_on=None))
    for row in made:
        # It ends on the day it began, as if it had not been.
        row.until_on = row.from_on
    Tending.objects.bulk_update(made, ["until_on"], batch_size=1_000)
    on = timezone.localdate(edit.at)
    ended = tended.filter(pk__in=edit.ended, until_on=on)
    taken_up = Tending.objects.filter(member=edit.member, until_on=None)
    again = list(ended.exclude(relationship__in=taken_up.values("relationship")))
    Tending.objects.filter(pk__in=[row.pk for row in again]).update(until_on=None)
    _record("relationship.left", made, by=by, at=at)
    _record("relationship.tended", again, by=by, at=at)
    return len(made) + len(again), {row.relationship_id for row in (*made, *again)}


def _faded_again(edit: ListEdit, *, by: Member, at: datetime) -> tuple[int, Collection[UUID]]:
    """Whom somebody kept fades again, but for those upon whom something was written since."""
    return len(keeping.fade(keeping.may_fade(edit.made, by=by), by=by, at=at)), ()


def _kept_again(edit: ListEdit, *, by: Member, at: datetime) -> tuple[int, Collection[UUID]]:
    kept = keeping.keep_many(edit.ended, by=by, at=at)
    return len(kept), [relationship.pk for relationship in kept]


_undo: dict[Kind, Callable[..., tuple[int, Collection[UUID]]]] = {
    Kind.TAG: partial(_untold, Tag),
    Kind.UNTAG: partial(_untold, Tag),
    Kind.DETAIL: partial(_untold, Detail),
    Kind.TEND: _untended,
    Kind.STOP_TENDING: _untended,
    Kind.KEEP: _faded_again,
    Kind.FADE: _kept_again,
}


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
        return (
            _("It was so already; nothing changed.") if edit.kind != Kind.FADE else _("Nobody fades; all of them stay.")
        )
    sentences = {
        Kind.TAG: ngettext("The tag stands with one more now.", "The tag stands with %(number)d more now.", number),
        Kind.UNTAG: ngettext("The tag was taken off one.", "The tag was taken off %(number)d.", number),
        Kind.TEND: ngettext("You tend one more now.", "You tend %(number)d more now.", number),
        Kind.STOP_TENDING: ngettext("You tend one less now.", "You tend %(number)d less now.", number),
        Kind.KEEP: ngettext(
            "One more is in the book. You tend the relationship now.",
            "%(number)d more are in the book. You tend them now.",
            number,
        ),
        Kind.FADE: ngettext("One is a trace again.", "%(number)d are traces again.", number),
        Kind.DETAIL: ngettext("It is told of one now.", "It is told of %(number)d now.", number),
    }
    return sentences[Kind(edit.kind)] % {"number": number}
