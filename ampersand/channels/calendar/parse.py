"""Reading calendars (.ics, .vcs, bare components) into meetings, none of which can stop the rest."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from ampersand.channels.calendar import recurrence
from ampersand.channels.calendar.entries import Draft
from ampersand.channels.calendar.meetings import LeftOut, Meeting
from ampersand.channels.calendar.recurrence import (
    BadSeries,
    Budget,
    NeverComes,
    Occurrence,
    TooMuch,
    TooOften,
    Window,
)
from ampersand.channels.calendar.times import NoTime, Time, as_key
from ampersand.channels.calendar.zones import Zones, find_iana
from ampersand.channels.content_lines import Component, read_components
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.channels.outcomes import mark as _

NO_CALENDAR = _("These lines are no calendar entry.")
NO_START = _("The entry says no day and no time.")
BAD_START = _("“%(told)s” is no time that can be read. Put it right in your calendar.")
BROKEN_OFF = _("The entry breaks off before its end. Export the calendar again.")
BAD_RULE = _("How it repeats cannot be read: “%(rule)s”. Put the repetition right in your calendar.")
TOO_OFTEN = _("It repeats more often than meetings do: “%(rule)s”.")
TOO_MUCH = _("The series of this file are too many to follow together. Bring the calendar in in parts.")
NEVER_COMES = _("It repeats on days that never come: “%(rule)s”.")
EMPTY = _("The calendar has no entries.")
NOT_IN_WINDOW = _("None of its times lies between %(first)s and %(last)s.")
BEYOND_BOUND = _("It repeats so often that %(count)d of its times were left off.")
OLDER = _("A later version of the same meeting is in this file, on line %(line)d.")
CANCELLED = _("The meeting was cancelled.")
DECLINED = _("Your house declined.")
OTHERS_DECLINED = _("Everybody else declined.")
ONLY_YOU = _("Only you were in it.")
AN_ANSWER = _("This is an answer to an invitation, not the invitation.")
LEFT_OUT_KINDS = {
    "VTODO": _("A task is no meeting."),
    "VJOURNAL": _("A journal entry is no meeting."),
    "VFREEBUSY": _("When somebody is free or busy is no meeting."),
    "VALARM": _("A reminder is no meeting."),
}
ANOTHER_KIND = _("An entry of the kind %(kind)s is no meeting.")

CalendarOutcome = Meeting | LeftOut | Rejected
IsOurs = Callable[[str], bool]

_ANSWERS = {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}
_ENTRIES = {"VEVENT", "VAVAILABILITY", "VPOLL", *LEFT_OUT_KINDS}


def parse(
    content: bytes,
    *,
    path: str,
    as_of: datetime.datetime,
    house_zone: str = "UTC",
    is_ours: IsOurs | None = None,
) -> Iterator[CalendarOutcome]:
    """Yield what becomes of each entry of a calendar file; each time of a series is a meeting of its own.

    Series are unfolded from three and a half years before `as_of` to a year after, single meetings kept whenever
    they were. `house_zone` (an IANA name) is where times without a zone are meant; `is_ours` says of an address
    whether it belongs to the house. Of several tellings of one meeting the one with the highest SEQUENCE counts.
    """
    drafts: list[Draft] = []
    for calendar in _calendars(read_components(content)):
        for outcome in _read_calendar(calendar, path=path, house_zone=house_zone, first_ordinal=len(drafts)):
            if isinstance(outcome, Draft):
                drafts.append(outcome)
            else:
                yield outcome
    window, budget = Window.around(as_of), Budget()
    for meetings in _by_uid(drafts):
        yield from _read_group(meetings, window, budget, is_ours)


def _calendars(components: Iterable[Component]) -> Iterator[Component]:
    """The calendars of a file. Entries that stand bare, one after the other, are taken for one calendar."""
    for name, group in groupby(components, key=_kind_of_outermost):
        if name == "VCALENDAR":
            yield from group
        else:
            members = list(group)
            yield Component(name, members[0].line, components=members, is_closed=True)


def _kind_of_outermost(component: Component) -> str:
    if component.name == "VCALENDAR":
        return "VCALENDAR"
    return "BARE" if component.name in _ENTRIES or component.name == "VTIMEZONE" else "OTHER"


def _read_calendar(
    calendar: Component, *, path: str, house_zone: str, first_ordinal: int
) -> Iterator[Draft | LeftOut | Rejected]:
    place = Place(path, calendar.line)
    if calendar.name == "OTHER":
        yield Rejected(place, Reason(NO_CALENDAR), calendar.components[0].first_words())
        return
    entries = [component for component in calendar.components if component.name != "VTIMEZONE"]
    if not entries:
        yield LeftOut(place, Reason(EMPTY))
    zones = Zones.of(calendar.components, _zone_of(calendar, house_zone))
    method = calendar.text("METHOD").upper()
    for entry in entries:
        place = Place(path, entry.line)
        if entry.name == "VEVENT":
            yield Draft(entry, place, zones, method, first_ordinal)
            first_ordinal += 1
            for inner in entry.components:
                yield _left_out_kind(inner, Place(path, inner.line))
        else:
            yield _left_out_kind(entry, place)


def _zone_of(calendar: Component, house_zone: str) -> str:
    """Where times without a zone are meant: as the calendar says of itself, else at the house."""
    return find_iana(calendar.text("X-WR-TIMEZONE")) or house_zone


def _left_out_kind(component: Component, place: Place) -> LeftOut:
    sentence = LEFT_OUT_KINDS.get(component.name)
    reason = Reason(sentence) if sentence else Reason(ANOTHER_KIND, {"kind": component.name[:40]})
    return LeftOut(place, reason, component.text("SUMMARY")[:200])


def _by_uid(drafts: list[Draft]) -> Iterator[list[Draft]]:
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.uid, []).append(draft)
    yield from groups.values()


def _read_group(
    drafts: list[Draft], window: Window, budget: Budget, is_ours: IsOurs | None
) -> Iterator[CalendarOutcome]:
    """One meeting or series with its exceptions: older tellings aside, then each time by itself."""
    newest: dict[str, Draft] = {}
    for draft in drafts:
        refusal = _leave_out_answer(draft) or _refuse_unreadable(draft)
        if refusal:
            yield refusal
            continue
        known = newest.get(draft.recurrence_id)
        later, earlier = (draft, known) if known is None or draft.newness > known.newness else (known, draft)
        newest[draft.recurrence_id] = later
        if earlier:
            yield LeftOut(earlier.place, Reason(OLDER, {"line": later.place.line}), earlier.summary)
    series = next((draft for draft in newest.values() if draft.is_series and not draft.is_cancelled), None)
    if series is None:
        yield from (_judge_single(draft, is_ours) for draft in newest.values())
    else:
        yield from _read_series(series, list(newest.values()), window, budget, is_ours)


def _refuse_unreadable(draft: Draft) -> Rejected | LeftOut | None:
    """An entry without a readable time; a cancellation needs none to say what it takes back."""
    try:
        draft.recurrence_id, draft.starts  # noqa: B018 (reading them is the test)
    except NoTime as error:
        if draft.is_cancelled and not draft.event.find("RECURRENCE-ID"):
            return LeftOut(draft.place, Reason(CANCELLED), draft.summary, withdraws=draft.uid)
        told = str(error)[:60]
        reason = (
            Reason(BAD_START, {"told": told}) if told else Reason(NO_START if draft.event.is_closed else BROKEN_OFF)
        )
        return Rejected(draft.place, reason, draft.summary)
    return None


def _leave_out_answer(draft: Draft) -> LeftOut | None:
    return LeftOut(draft.place, Reason(AN_ANSWER), draft.summary) if draft.method in _ANSWERS else None


def _judge_single(draft: Draft, is_ours: IsOurs | None) -> Meeting | LeftOut:
    return _judge(draft, draft.as_meeting(draft.starts, draft.ends, draft.recurrence_id), is_ours)


def _read_series(
    series: Draft, drafts: list[Draft], window: Window, budget: Budget, is_ours: IsOurs | None
) -> Iterator[CalendarOutcome]:
    """Each time of a series within the window. Where the rule cannot be followed, the times told apart remain.

    A series that is no moment as a whole is left out once, not once for each of its times.
    """
    apart = [draft for draft in drafts if draft is not series]
    whole = _judge_single(series, is_ours)
    if isinstance(whole, LeftOut):
        yield whole
        yield from (_judge_single(draft, is_ours) for draft in apart)
        return
    by_ordinal = {draft.ordinal: draft for draft in drafts}
    try:
        occurrences, left_off = _unfold(series, drafts, window, budget)
    except BadSeries as error:
        yield Rejected(series.place, _why_not(error, series), series.summary)
        yield from (_judge_single(draft, is_ours) for draft in apart)
        return
    told: set[str] = set()
    for occurrence in occurrences:
        draft = by_ordinal[occurrence.ordinal]
        # What is changed from one time on stands, for all that follow, under that one time; each is itself.
        key = as_key(occurrence.replaces)
        key = as_key(occurrence.starts) if key in told else key
        told.add(key)
        yield _judge(draft, draft.as_meeting(occurrence.starts, occurrence.ends, key), is_ours)
    if left_off:
        yield LeftOut(series.place, Reason(BEYOND_BOUND, {"count": left_off}), series.summary)
    seen = {occurrence.ordinal for occurrence in occurrences}
    bounds = {"first": f"{window.starts_at:%Y-%m-%d}", "last": f"{window.ends_at:%Y-%m-%d}"}
    for draft in drafts:
        if draft.ordinal not in seen:
            yield LeftOut(draft.place, Reason(NOT_IN_WINDOW, bounds), draft.summary)


def _unfold(series: Draft, drafts: list[Draft], window: Window, budget: Budget) -> tuple[list[Occurrence], int]:
    entries = [draft.as_entry() for draft in drafts]
    if series.exception_rules:
        entries = [
            entry if entry.ordinal != series.ordinal else _without(entry, _excepted(series, window, budget))
            for entry in entries
        ]
    return recurrence.unfold(entries, window, budget)


def _excepted(series: Draft, window: Window, budget: Budget) -> tuple[Time, ...]:
    rules = recurrence.Entry(series.ordinal, series.starts, None, rules=series.exception_rules)
    return tuple(occurrence.starts for occurrence in recurrence.unfold([rules], window, budget)[0])


def _without(entry: recurrence.Entry, excepted: tuple[Time, ...]) -> recurrence.Entry:
    return dataclasses.replace(entry, excluded=entry.excluded + excepted)


def _why_not(error: BadSeries, series: Draft) -> Reason:
    sentence = {TooOften: TOO_OFTEN, NeverComes: NEVER_COMES, TooMuch: TOO_MUCH}.get(type(error), BAD_RULE)
    return Reason(sentence, {"rule": "; ".join(series.rules)[:120]})


def _judge(draft: Draft, meeting: Meeting, is_ours: IsOurs | None) -> Meeting | LeftOut:
    """Whether a meeting is a moment between people. What is none takes back what was known of it."""
    why_not = CANCELLED if draft.is_cancelled else _why_no_moment(meeting, is_ours)
    if why_not is None:
        return meeting
    withdraws = "" if why_not == ONLY_YOU else meeting.key
    return LeftOut(meeting.place, Reason(why_not), meeting.summary, withdraws, meeting)


def _why_no_moment(meeting: Meeting, is_ours: IsOurs | None) -> str | None:
    if is_ours is None:
        # Nobody is known to be ours: then a lone organizer is whose calendar this is.
        ours, others = [], [*meeting.people] if meeting.attendees else []
    else:
        ours = [person for person in meeting.people if is_ours(person.address)]
        others = [person for person in meeting.people if not is_ours(person.address)]
    if ours and all(person.answer == "declined" for person in ours):
        return DECLINED
    if not others:
        return ONLY_YOU
    return OTHERS_DECLINED if all(person.answer == "declined" for person in others) else None
