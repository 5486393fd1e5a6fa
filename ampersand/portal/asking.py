"""What a visitor asks of us about themselves: that a reading be looked at again, and that somebody be known too."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from ampersand.between import bringing
from ampersand.between.objecting import Objection
from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import Speaker
from ampersand.portal import leaving
from ampersand.portal.models import Entry, EntryKind
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, Mode, ParticipantRole

REFUSING = (bringing.NobodyNamed,)


def ask(entry: Entry, speaker: Speaker, *, about: str, words: str) -> None:
    """A message to whoever of us tends them, between the two, which waits for an answer: the first thing on Today."""
    ours = leaving.who_answers(entry.relationship, on=speaker.at.date()) or [leaving.party_of_the_house()]
    timeline.tell(
        Happening(
            mode=Mode.MESSAGE,
            happened_at=speaker.at,
            zone=leaving.zone_of_the_house(),
            takers=[Taker(speaker.party, ParticipantRole.FROM), *(Taker(one, ParticipantRole.TO) for one in ours)],
            began=Began.THEM,
            asks_answer=True,
            subject=about[:300],
            words=words,
            room=Room.BETWEEN,
        ),
        teller=Teller(at=speaker.at),
    )


def _not_right(entry: Entry, speaker: Speaker) -> None:
    """It stands beside the reading, and is asked of us as any correction is."""
    told = entry.told
    said = Objection.objects.create(
        relationship=entry.relationship,
        by=speaker.party,
        measure=told["measure"],
        said=told["said"][:300],
        words=told["words"],
        at=speaker.at,
    )
    events.record(
        "reading.objected", at=speaker.at, by_id=None, subject_id=said.pk, relationship_ids=[entry.relationship_id]
    )
    ask(entry, speaker, about=_("This is not right: %(what)s") % {"what": told["said"]}, words=told["words"])


def _bring(entry: Entry, speaker: Speaker) -> None:
    """Nothing is sent to whom they name, and no party is made of them: a member does, or leaves it."""
    told = entry.told
    named = bringing.name(
        entry.relationship, name=told["name"], address=told["address"], why=told["why"], by=speaker.party, at=speaker.at
    )
    ask(entry, speaker, about=_("Meet %(name)s") % {"name": named.name}, words=named.why)


CARRIERS: dict[str, Callable[[Entry, Speaker], None]] = {
    EntryKind.NOT_RIGHT: _not_right,
    EntryKind.BRING: _bring,
}
