"""The map of all relationships a member may see, by trade and by what lies between, from the stored readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from ampersand.core.rooms import Room
from ampersand.desk.life import life_of
from ampersand.desk.pages.tune_map import MapChosen, MapPage, MapPoint, TuneMap
from ampersand.desk.pages.words import Clause
from ampersand.desk.tune_map import words
from ampersand.desk.tune_map.asked import Asked
from ampersand.desk.tune_map.drawing import LINKED_MAX, WIDE, named
from ampersand.desk.tune_map.found import Found, found_of, readings_asked
from ampersand.members.models import Member
from ampersand.readings.models import Measure, Reading
from ampersand.readings.saying import says

ROWS = 50


def map_page(asked: Asked, *, member: Member, at: datetime) -> MapPage:
    """The map as this member may see it, in as many queries however many there are. Of very many, five thousand."""
    today = timezone.localdate(at)
    readings = readings_asked(asked, member=member, today=today)
    found = found_of(asked, readings)
    chosen = _chosen_of(found, asked)
    return MapPage(
        today=today,
        opening=words.opening(found, asked),
        lenses=words.lenses(asked, len(found)),
        drawing=_drawing(found, chosen, asked),
        chosen=_chosen(found, chosen, asked, today=today) if chosen else None,
        thoughts=words.thoughts(found),
        thoughts_more=words.thoughts_more(found, asked),
        rows=tuple(words.row_of(one) for one in found[(asked.page - 1) * ROWS : asked.page * ROWS]),
        not_drawn=words.not_drawn(readings, len(found)),
        view=asked.view,
        list_url=asked.url(view="list"),
        drawing_url=asked.url(view="drawing"),
        next_url=asked.url(page=asked.page + 1) if len(found) > asked.page * ROWS else "",
        previous_url=asked.url(page=asked.page - 1) if asked.page > 1 else "",
    )


def map_chosen(asked: Asked, *, member: Member, at: datetime) -> MapChosen | None:
    """The chosen one alone, with who comes before and after it. None where there is nobody."""
    today = timezone.localdate(at)
    found = found_of(asked, readings_asked(asked, member=member, today=today))
    chosen = _chosen_of(found, asked)
    return _chosen(found, chosen, asked, today=today) if chosen else None


def _chosen_of(found: Sequence[Found], asked: Asked) -> Found | None:
    return next((one for one in found if str(one.relationship_id) == asked.at), found[0] if found else None)


def _drawing(found: Sequence[Found], chosen: Found | None, asked: Asked) -> TuneMap | None:
    return TuneMap(_points(found, asked), chosen=chosen.point(asked)) if chosen else None


def _points(found: Sequence[Found], asked: Asked) -> tuple[MapPoint, ...]:
    """Each with its words, or of very many those that are drawn large."""
    if len(found) <= LINKED_MAX:
        return tuple(one.point(asked) for one in found)
    marks = tuple(one.mark() for one in found)
    large = {point.key for point in named(marks, WIDE)}
    return tuple(one.point(asked) if mark.key in large else mark for one, mark in zip(found, marks, strict=True))


def _chosen(found: Sequence[Found], chosen: Found, asked: Asked, *, today: date) -> MapChosen:
    readings = Reading.objects.filter(relationship=chosen.relationship_id, room=Room.OURS)
    readings = readings.filter(measure__in=[Measure.QUIET, Measure.WHOSE_MOVE]).order_by("measure")
    by_measure = {reading.measure: reading for reading in readings}
    place = next(place for place, one in enumerate(found) if one is chosen)
    before, after = found[place - 1 : place], found[place + 1 : place + 2]
    return MapChosen(
        point=chosen.point(asked),
        life=life_of(by_measure.get(Measure.QUIET.value)),
        url=chosen.url,
        why_url=chosen.why_url,
        readings=tuple(
            Clause(says(reading, today=today), why_url=reverse("desk:why", args=[reading.pk]))
            for reading in by_measure.values()
        ),
        next_url=asked.url(at=str(after[0].relationship_id)) if after else "",
        previous_url=asked.url(at=str(before[0].relationship_id)) if before else "",
    )
