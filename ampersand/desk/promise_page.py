"""The page of one promise: all that was said of it, what may be said now, what it leans on and what leans on it."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.desk.names import as_now
from ampersand.desk.pages.promise import BackingRow, PromisePage, SaidRow
from ampersand.desk.promise_acts import acts_of, may_say_kind, side_of_member
from ampersand.desk.promise_rows import other_side, promise_rows, shape_of, words_of
from ampersand.desk.templatetags.desk import state_word
from ampersand.exchange.models import Transaction
from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Voice
from ampersand.promises.kinds import Kind
from ampersand.promises.models import Asking, EventKind, Promise, PromiseEvent
from ampersand.promises.queries import Backing, Change, backings, leaning_on
from ampersand.promises.states import AGREEING, TO_BE_CALLED, Position, Side
from ampersand.timeline.models import Moment

DELIVERIES_MAX = 20


def promise_page(promise: Promise, *, member: Member, at: datetime) -> PromisePage:
    """What the page shows, in a bounded number of queries."""
    today = timezone.localdate(at)
    promise = _whole(promise)
    side, position = side_of_member(promise, member), promise.position()
    of = as_now(promise.relationship) if promise.relationship else promise.about
    asking = Asking.objects.visible_to(member).filter(promise=promise).select_related("to__now").first()
    is_open = position in TO_BE_CALLED
    said = promise.said()
    own = said[-1] if said and said[-1].may_be_taken_back(member) else None
    is_late = promise.state(on=today) == "late" and side is Side.PROMISER
    return PromisePage(
        id=str(promise.pk),
        what=capfirst(words_of(promise)),
        state=(shape := shape_of(promise, on=today)),
        state_says=_state_says(promise, position, shape_word=state_word(shape)),
        between=_between(promise, today=today),
        named=str(promise.named) if promise.named and promise.by.is_house else "",
        condition=promise.condition,
        due_on=promise.due_on,
        today=today,
        relationship_url=_url_of(of, member),
        relationship_name=str(of.party) if of else "",
        acts=acts_of(promise, member),
        said=_all_said(promise, member=member, today=today),
        leans_on=_leans_on(promise, member=member, today=today),
        leaned_on_by=tuple(
            BackingRow(row) for row in promise_rows(leaning_on(promise, member=member), member=member, on=today)
        ),
        late_url=_url("promise_late", promise) if is_late else "",
        write_url=_write_url(of, promise, member),
        lean_url=_url("lean_promise", promise) if promise.is_ours and (is_open or promise.offered_at) else "",
        ask_url=_url("ask_first", promise) if promise.is_ours and side is Side.PROMISER else "",
        pass_on_url=_url("pass_on", promise) if promise.is_inside and position is Position.ASKED else "",
        then_says=_then_says(asking, today=today),
        then_url=_then_url(asking, promise) if is_open else "",
        kind=promise.sort.about,
        kinds=tuple((one.value, str(one.label)) for one in Kind if one != promise.sort),
        kind_url=_url("say_kind", promise) if may_say_kind(promise, member) else "",
        kind_is_theirs=side is Side.RECEIVER,
        undo_url=reverse("desk:take_back_said", args=[own.pk]) if own else "",
    )


def _whole(promise: Promise) -> Promise:
    named = Promise.objects.select_related(
        "by__now", "to__now", "named", "relationship__party__now__relationship", "about__party__now"
    )
    return named.prefetch_related("events__by__now", "events__told_by", "events__named").get(pk=promise.pk)


def _url(name: str, promise: Promise) -> str:
    return reverse(f"desk:{name}", args=[promise.pk])


def _url_of(relationship: Relationship | None, member: Member) -> str:
    if relationship is None or not Relationship.objects.visible_to(member).filter(pk=relationship.pk).exists():
        return ""
    return reverse("desk:relationship", args=[relationship.pk])


def _write_url(relationship: Relationship | None, promise: Promise, member: Member) -> str:
    """Where one writes to the other side about it; empty where there is nobody outside to write to."""
    if not _url_of(relationship, member) or relationship is None or not relationship.party.may_be_tended(member):
        return ""
    return f"{reverse('desk:write_message', args=[relationship.pk])}?promise={promise.pk}"


def _between(promise: Promise, *, today: date) -> str:
    """Who promised it to whom and for when; of what waits for a word only that it does."""
    day = spoken_day(promise.due_on, today=today) if promise.due_on else ""
    names = {"by": capfirst(str(promise.by)), "to": str(promise.to) if promise.to else other_side(promise), "day": day}
    if promise.position() is Position.ASKED:
        return (_("%(to)s asked %(by)s for it, for %(day)s.") if day else _("%(to)s asked %(by)s for it.")) % names
    if promise.offered_at:
        return (_("From %(by)s to %(to)s, for %(day)s.") if day else _("From %(by)s to %(to)s.")) % names
    return (_("%(by)s promised it to %(to)s, for %(day)s.") if day else _("%(by)s promised it to %(to)s.")) % names


def _state_says(promise: Promise, position: Position, *, shape_word: str) -> str:
    words = {
        Position.ASKED: _("asked for; nobody has promised it yet"),
        Position.OFFERED: _("offered; it waits for the receiver's word"),
        Position.COUNTERED: _("other words are asked for; it waits for the promiser's word"),
        Position.TAKEN: _("taken as promised; the promiser has not said so yet"),
        Position.MOVE_PROPOSED: _("another day is proposed; the old one holds until the receiver agrees"),
        Position.MOVE_COUNTERED: _("another day is asked for; the old one holds until the promiser agrees"),
        Position.RELEASE_ASKED: _("asked to be let go; it holds until the receiver answers"),
        Position.DECLINED: _("declined"),
        Position.WITHDRAWN: _("withdrawn"),
        Position.PUBLIC: _("promised to everybody"),
    }
    return words.get(position, shape_word)


def _all_said(promise: Promise, *, member: Member, today: date) -> tuple[SaidRow, ...]:
    """Everything, the first first: where it was said, each word since, and what a delivery shows. No voice is merged."""
    back = {event.takes_back_id for event in promise.events.all()}
    rows = [_told_row(promise, member=member)] if not _begins(promise) else []
    rows += [_said_row(event, today=today, is_taken_back=event.pk in back) for event in promise.events.all()]
    rows += _deliveries(promise, member=member)
    return tuple(sorted(rows, key=lambda row: row.at))


def _begins(promise: Promise) -> bool:
    return any(event.kind in (EventKind.OFFERED, EventKind.ASKED, EventKind.TAKEN) for event in promise.events.all())


def _told_row(promise: Promise, *, member: Member) -> SaidRow:
    """Whoever promised it, as somebody wrote it down."""
    where = Moment.objects.visible_to(member).filter(pk=promise.moment_id).first() if promise.moment_id else None
    told_by = promise.told_by.name if promise.told_by else ""
    return SaidRow(
        who=capfirst(str(promise.by)),
        what=_("promised it"),
        at=promise.told_at,
        voice=_("their word, told by %(name)s") % {"name": told_by} if told_by and not promise.is_ours else "",
        due_on=promise.first_due_on,
        url=reverse("desk:moment", args=[where.pk]) if where else "",
    )


def _said_row(event: PromiseEvent, *, today: date, is_taken_back: bool) -> SaidRow:
    what = event.get_kind_display()
    if event.named is not None:
        what = _("%(name)s stands for it from then on") % {"name": event.named}
    if event.sort:
        what = Kind(event.sort).about
    return SaidRow(
        who=capfirst(str(event.by)),
        what=what,
        at=event.at,
        voice=_voice(event),
        # Who agrees says no words of their own: those on the table stand above.
        words="" if event.kind in AGREEING else event.words,
        due_on=event.due_on,
        condition="" if event.kind in AGREEING else event.condition,
        is_taken_back=is_taken_back,
    )


def _voice(event: PromiseEvent) -> str:
    """Whose word it is stands before it; here by whose hand, where that was another's."""
    if event.voice == Voice.TOLD_BY_US:
        name = event.told_by.name if event.told_by else _("one of us")
        return _("their word, told by %(name)s") % {"name": name}
    return "" if event.by.is_ours else _("their own word")


def _deliveries(promise: Promise, *, member: Member) -> list[SaidRow]:
    """What was delivered, invoiced or paid towards it. It shows something and says nothing: nobody's word is in it."""
    of = Transaction.objects.visible_to(member).filter(keeps=promise, withdrawn_at=None).select_related("party__now")
    return [
        SaidRow(
            who=str(trade.party),
            what=trade.get_kind_display(),
            at=timezone.make_aware(datetime.combine(trade.happened_on, datetime.min.time())),
            voice=_("shown by a delivery"),
            words=trade.words,
        )
        for trade in of.order_by("happened_on", "id")[:DELIVERIES_MAX]
    ]


def _leans_on(promise: Promise, *, member: Member, today: date) -> tuple[BackingRow, ...]:
    found = backings([promise.pk], member=member, on=today).get(promise.pk, [])
    rows = promise_rows([backing.on for backing in found], member=member, on=today)
    return tuple(
        BackingRow(
            row,
            says=change_says(backing, today=today),
            no_more_url=reverse("desk:lean_no_more", args=[backing.leaning_id]) if backing.is_direct else "",
        )
        for backing, row in zip(found, rows, strict=True)
    )


def change_says(backing: Backing, *, today: date) -> str:
    """What became of what it leans on, in a sentence; nothing where it stands as it was."""
    day = spoken_day(backing.moved.due_on, today=today) if backing.moved and backing.moved.due_on else ""
    sentences = {
        Change.NOT_BACKED: _("Not yet backed: nobody has promised it yet."),
        Change.MOVING: _("It is being moved to %(day)s.") % {"day": day} if day else _("It is being moved."),
        Change.MOVED: _("It was moved to %(day)s.") % {"day": day} if day else _("It was moved."),
        Change.LATE: _("That promise is late."),
        Change.RELEASE_ASKED: _("They ask to be let go from it."),
        Change.RELEASED: _("They were let go from it."),
        Change.DECLINED: _("It was not promised after all: the answer was no."),
        Change.WITHDRAWN: _("It was withdrawn."),
        Change.PARTLY: _("It was called partly kept."),
        Change.NOT_KEPT: _("It was called not kept."),
    }
    return sentences[backing.change] if backing.change else ""


def _then_says(asking: Asking | None, *, today: date) -> str:
    """What the one who asked means to promise once this is promised to them."""
    if asking is None or not asking.words:
        return ""
    names = {"to": str(asking.to) if asking.to else _("somebody"), "words": asking.words}
    if asking.due_on is None:
        return _("It backs what is to be promised to %(to)s: %(words)s") % names
    day = spoken_day(asking.due_on, today=today)
    return _("It backs what is to be promised to %(to)s for %(day)s: %(words)s") % {**names, "day": day}


def _then_url(asking: Asking | None, promise: Promise) -> str:
    """Where the one who asked promises it now, leaning on this one."""
    if asking is None or not asking.words or not isinstance(asking.to, Party):
        return ""
    return reverse("desk:new_promise") + f"?leans_on={promise.pk}"
