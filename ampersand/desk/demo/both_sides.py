"""What Jane and the house hold together, and how each said it goes: by the acts that both sides have."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from ampersand.between import agreement, pulse, worth
from ampersand.between.agreement import Proposal
from ampersand.between.sealing import Answer
from ampersand.core.rooms import Room
from ampersand.desk.demo import clock
from ampersand.desk.demo.cast import Cast
from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Speaker
from ampersand.promises import sharing
from ampersand.promises.models import Promise
from ampersand.timeline.models import Mode, Moment

HELD_DAYS, OTHERWISE_DAYS = 400, 6
OPENED_DAYS, WAITS_DAYS = 75, 3
# Of so many meetings both were asked whether they were worth their time; of each fourth Jane says that it was not.
ASKED_OF, NOT_WORTH_EACH = 12, 4
SHARED = 6


WITH, BY = "jane", "Maya"


def truth(cast: Cast) -> dict[str, Any]:
    """What lies between the two: the number of the version that holds and of the one that waits; pulses opened, those of one
    meeting among them, and sealed; by which way they met most of these times, and how often both found it worth it."""
    told = {"relationship": str(cast.people[WITH].relationship.pk), "by": cast.members[BY].email}
    return (
        told
        | {"holds": 1, "waits": 2, "opened": 1 + ASKED_OF, "sealed": 1, "asked_of_meetings": ASKED_OF}
        | {
            "right_way": "call",
            "worth": ASKED_OF - ASKED_OF // NOT_WORTH_EACH,
        }
    )


def bring_in(told: dict[str, Any], *, today: date) -> None:
    """An agreement that holds and a version that waits for us; a pulse that was opened and one that is sealed."""
    relationship = Relationship.objects.get(pk=told["relationship"])
    member, party = Member.objects.get(email=told["by"]), relationship.party

    def us(days: int, hour: int = 10) -> Speaker:
        return Speaker.ourselves(member.party, by=member, at=clock.at(today - timedelta(days=days), hour))

    def them(days: int, hour: int = 11) -> Speaker:
        return Speaker.themselves(party, at=clock.at(today - timedelta(days=days), hour))

    _share(relationship, by=member, at=us(OTHERWISE_DAYS).at)

    def day(days: int) -> date:
        return today - timedelta(days=days)

    first = agreement.propose(
        relationship,
        Proposal(
            together="One coffee for all six houses, chosen together each autumn, and nobody surprised by a price.",
            in_touch="A call on a weekday afternoon. A visit when a house opens. Prices in writing.",
            bundles=(
                "We say of a change of green coffee before it is roasted.",
                "Jane sends the volumes by the month's end.",
            ),
            parting="A season's notice, and the grinders stay until the new ones stand.",
            look_again_on=today + timedelta(days=20),
        ),
        on=day(HELD_DAYS),
        speaker=us(HELD_DAYS),
    )
    agreement.agree(first, on=day(HELD_DAYS - 2), speaker=Speaker.told(party, by=member, at=us(HELD_DAYS - 2, 15).at))
    agreement.propose(
        relationship,
        Proposal(
            together="One coffee for all seven houses, chosen together each autumn, and nobody surprised by a price.",
            in_touch="A call on a weekday afternoon. A visit when a house opens. Prices in writing. Nothing in December.",
            bundles=first.bundles,
            parting=first.parting,
            look_again_on=today + timedelta(days=200),
            answer_by=today + timedelta(days=14),
        ),
        on=day(OTHERWISE_DAYS),
        speaker=them(OTHERWISE_DAYS),
    )
    opened = pulse.ask(
        relationship,
        ["How is it between us?", "What should we stop?"],
        closes_on=day(OPENED_DAYS - 14),
        on=day(OPENED_DAYS),
        speaker=us(OPENED_DAYS),
    )
    ours = [
        Answer("We are quick to answer and slow to say what is late.", "good", "That the green runs out."),
        Answer("Mails at night."),
    ]
    theirs = [
        Answer(
            "I hear of trouble on the day it arrives. The coffee is never the trouble.", "thin", "That all is well."
        ),
        Answer("Telling me it is nearly there.", guess="Nothing."),
    ]
    pulse.answer(opened, ours, on=day(OPENED_DAYS - 1), speaker=us(OPENED_DAYS - 1))
    pulse.answer(opened, theirs, on=day(OPENED_DAYS - 4), speaker=them(OPENED_DAYS - 4))
    pulse.reply(opened, "Then I tell you on the day I know, not on the day it is sure.", speaker=us(OPENED_DAYS - 5))
    pulse.reply(opened, "That would do.", speaker=them(OPENED_DAYS - 6))
    sealed = pulse.ask(
        relationship,
        ["Was the tasting worth both our time?"],
        closes_on=today + timedelta(days=11),
        on=day(WAITS_DAYS),
        speaker=us(WAITS_DAYS),
    )
    pulse.answer(sealed, [Answer("For us, yes.", "good")], on=day(WAITS_DAYS), speaker=us(WAITS_DAYS, 17))
    for number, met in enumerate(_meetings(party, until=day(OPENED_DAYS))):
        days = (today - met.on_day).days
        asked = worth.ask(met, relationship, on=day(days - 1), speaker=us(days - 1, 9))
        hers = "not_worth" if number % NOT_WORTH_EACH == 0 else "worth"
        pulse.answer(asked, [Answer(worth="worth")], on=day(days - 1), speaker=us(days - 1, 9))
        pulse.answer(asked, [Answer(worth=hers)], on=day(days - 3), speaker=them(days - 3))


def _meetings(party: Party, *, until: date) -> list[Moment]:
    """The latest calls with her until a day: by which way the two mostly speak."""
    of_both = Moment.objects.filter(mode=Mode.CALL, on_day__lte=until).with_parties([party.pk])
    return list(of_both.exclude(room=Room.MINE).order_by("-happened_at", "-id")[:ASKED_OF])


def _share(relationship: Relationship, *, by: Member, at: datetime) -> None:
    """What is open between the two, and the last that was called kept or not: on her page she reads and answers it."""
    promises = Promise.objects.filter(relationship=relationship, told_at__lt=at)
    shown = [*promises.filter(settled_at=None), *promises.exclude(settled_at=None).order_by("-settled_at")[:SHARED]]
    for promise in shown:
        sharing.share(promise, by=by, at=at)
