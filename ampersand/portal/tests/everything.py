"""What a visitor may read of offers, give and take, sides, ties and readings, and beside each what they may not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ampersand.between.handing import HandingOver
from ampersand.between.naming import Named
from ampersand.between.objecting import Objection
from ampersand.between.readers import ReadOn
from ampersand.core.models import File
from ampersand.exchange import conceding
from ampersand.exchange.models import Concession, Negotiation, Offer, Question
from ampersand.exchange.negotiating import actions, weighing
from ampersand.exchange.negotiating.actions import Line
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, SideLine, Tie, TieKind
from ampersand.parties.speaking import Speaker, Voice
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import NOW, TODAY, Cast


def negotiation(cast: Cast, party: Party, *, about: str, lines: bool = True, file: File | None = None) -> Negotiation:
    """One of ours with one question and one offer of ours, as put before the other side."""
    now = timezone.now()
    begun = actions.begin(
        party.relationship,
        about=about,
        kind="our own kind",
        member=cast.maya,
        questions=[("price", ""), ("own", f"{about}: how long?")],
        teller=Teller(at=now, by=cast.maya),
    )
    first = begun.questions.order_by("position").first()
    assert first is not None
    actions.put(
        begun,
        speaker=people.says(cast.maya, at=now),
        words=f"Our offer: {about}",
        lines=[Line(f"Beans: {about}", Decimal(2), "bags", Decimal("10.50"), Decimal(0), Decimal(20))] if lines else (),
        currency="GBP",
        valid_until=timezone.localdate() + timedelta(days=20),
        values={first.pk: f"by the bag: {about}"},
        files=[(file, f"{about}.pdf")] if file else (),
    )
    return begun


def everything(cast: Cast, party: Party, name: str) -> None:
    now = timezone.now()
    teller = Teller(at=now, by=cast.maya)
    us, them = people.says(cast.maya, at=now), Speaker.themselves(party, at=now)
    file = File.objects.create(digest=name.ljust(64, "0"), size_bytes=4, kept_at=now)
    begun = negotiation(cast, party, about=f"Machines with {name}", file=file)
    actions.say_day(
        begun, on=None, words=f"{name} decides after the fair", speaker=people.tells(cast.maya, party, at=now)
    )
    question = Question.objects.filter(negotiation=begun).order_by("position")[0]
    weighing.weigh(question, 61, speaker=us)
    weighing.weigh(question, 62, speaker=us, is_stated=True)
    weighing.weigh(question, 63, speaker=them)
    weighing.weigh(question, 64, speaker=them, is_stated=True)
    _kept_among_ourselves(cast, party, name)
    shared = people.concession(cast.maya.party, party, words=f"Free calls for {name}", told_by=cast.maya)
    Concession.objects.filter(pk=shared.pk).update(room="between")
    conceding.switch_off(party.relationship, speaker=them)
    SideLine.objects.create(
        relationship=party.relationship,
        is_ours=True,
        kind="matters",
        words=f"Ours with {name}",
        said_on=TODAY,
        room="between",
        told_at=now,
    )
    SideLine.objects.create(
        relationship=party.relationship,
        is_ours=False,
        voice=Voice.TOLD_BY_US,
        kind="matters",
        words=f"{name} wants quiet",
        said_on=TODAY,
        told_at=now,
    )
    guild = people.organisation(f"Guild of {name}")
    parties.works_at(party, guild, teller=teller, role=f"Chair for {name}")
    Named.objects.create(relationship=party.relationship, by=party, name=f"Friend of {name}", at=now)
    Objection.objects.create(
        relationship=party.relationship, by=party, measure="quiet", words=f"Not so, {name}", at=now
    )
    ReadOn.objects.create(relationship=party.relationship, role="tends", on=timezone.localdate())
    _handed_over(cast, party, name)
    readings(cast, party, name)


def _handed_over(cast: Cast, party: Party, name: str) -> None:
    """To Tom, who is one of us; and once more, which waits."""
    ours = {"relationship": party.relationship, "from_on": TODAY, "at": NOW}
    done = HandingOver.objects.create(
        by=cast.maya.party,
        to=cast.tom.party,
        story=f"Hidden story of {name}",
        shared_story=f"The story of {name}",
        accepted_at=NOW,
        **ours,
    )
    done.replies.create(kind="right", by=party, words=f"{name} puts it right", at=NOW)
    waits = {"story": f"Hidden story of {name}", "shared_story": f"Hidden as long as it waits for {name}"}
    HandingOver.objects.create(by=cast.tom.party, to=cast.ruth.party, **waits, **ours)


def _kept_among_ourselves(cast: Cast, party: Party, name: str) -> None:
    """What nobody of the other side may read."""
    planned = actions.begin(
        party.relationship,
        about=f"Hidden plan for {name}",
        member=cast.maya,
        questions=[("own", f"Hidden question on {name}")],
        teller=Teller(at=NOW, by=cast.maya),
    )
    actions.put(planned, speaker=people.says(cast.maya), words=f"Hidden offer to {name}")
    Offer.objects.filter(negotiation=planned).update(room="ours")
    people.concession(party, cast.maya.party, words=f"Hidden gift of {name}", told_by=cast.maya)
    SideLine.objects.create(
        relationship=party.relationship,
        is_ours=True,
        kind="matters",
        words=f"Hidden line on {name}",
        said_on=TODAY,
        told_at=NOW,
    )
    foe = people.person(f"Hidden foe of {name}")
    Tie.objects.create(kind=TieKind.INFLUENCES, from_party=party, to_party=foe, told_at=NOW)


def readings(cast: Cast, party: Party, name: str) -> None:
    """One that rests on what both see, and one that does not."""
    seen = people.moment(party, by=cast.maya, words=f"Seen with {name}")
    Moment.objects.filter(pk=seen.pk).update(room="between")
    unseen = people.moment(party, by=cast.maya, words=f"Hidden talk of {name}")
    told: dict[str, Any] = {
        "relationship": party.relationship,
        "rule_version": 1,
        "as_of": NOW,
        "as_known_at": NOW,
        "since_on": date(2026, 9, 1),
    }
    Reading.objects.create(**told, measure=Measure.WHOSE_MOVE, says="our_move", count=1, evidence=[seen.pk])
    Reading.objects.create(
        **told,
        measure=Measure.QUIET,
        says="hidden_quiet",
        value=30,
        unit="days",
        count=1,
        evidence=[seen.pk, unseen.pk],
    )
