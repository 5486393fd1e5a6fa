"""What a visitor does of offers and of give and take, carried out by the acts that both sides have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.core.rooms import Room
from ampersand.exchange import conceding, money
from ampersand.exchange.models import Concession, Negotiation, Offer, Question
from ampersand.exchange.negotiating import actions, weighing
from ampersand.exchange.negotiating.actions import Line
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker
from ampersand.portal import leaving
from ampersand.portal.models import Entry, EntryKind
from ampersand.portal.together import Refused

REFUSING = (
    actions.NotInvolved,
    actions.NotYoursToSay,
    actions.TooLate,
    actions.NothingOffered,
    money.NotALine,
    weighing.NotAWeight,
    weighing.NotYoursToTell,
    conceding.NotYoursToSay,
    conceding.NotTentative,
    conceding.NothingGiven,
)


def line_told(line: Line) -> dict[str, str]:
    """A line as an entry holds it: amounts as they were typed, to the last figure."""
    return {
        "words": line.words,
        "quantity": str(line.quantity),
        "unit": line.unit,
        "unit_price": str(line.unit_price),
        "discount_share": str(line.discount_share),
        "tax_rate": str(line.tax_rate),
    }


def _line(told: dict[str, str]) -> Line:
    amounts = {name: Decimal(told[name]) for name in ("quantity", "unit_price", "discount_share", "tax_rate")}
    return Line(words=told["words"], unit=told["unit"], **amounts)


def _put(entry: Entry, speaker: Speaker) -> None:
    """A version of theirs. It answers the one they saw: where another was put meanwhile they are to see that first."""
    negotiation, told = _negotiation(entry), entry.told
    newest = negotiation.offers.filter(room=Room.BETWEEN, withdrawn_at=None).order_by("version").last()
    if newest is not None and newest.pk != UUID(told["answers"]):
        raise Refused(_("A newer version was put meanwhile. Look at it, then put yours."))
    actions.put(
        negotiation,
        speaker=speaker,
        words=told["words"],
        lines=[_line(one) for one in told["lines"]],
        currency=told["currency"],
        valid_until=date.fromisoformat(told["valid_until"]) if told["valid_until"] else None,
        values={UUID(key): words for key, words in told["values"].items()},
    )


def _accept(entry: Entry, speaker: Speaker) -> None:
    actions.accept(_offer(entry), speaker=speaker, words=entry.told["words"])


def _decline(entry: Entry, speaker: Speaker) -> None:
    actions.decline(_offer(entry), speaker=speaker, words=entry.told["words"])


def _withdraw(entry: Entry, speaker: Speaker) -> None:
    actions.withdraw(_offer(entry), speaker=speaker, words=entry.told["words"])


def _day(entry: Entry, speaker: Speaker) -> None:
    on = date.fromisoformat(entry.told["on"]) if entry.told["on"] else None
    actions.say_day(_negotiation(entry), on=on, words=entry.told["words"], speaker=speaker)


def _weigh(entry: Entry, speaker: Speaker) -> None:
    """What they keep to themselves no member reads (`Weight.visible_to`), and no suggestion rests on it."""
    asked = {question.pk: question for question in Question.objects.filter(negotiation=_negotiation(entry))}
    for name, is_stated in (("stated", True), ("kept", False)):
        for key, value in entry.told[name].items():
            if UUID(key) not in asked:
                raise Refused(_("This question is no longer here."))
            weighing.weigh(asked[UUID(key)], value, speaker=speaker, is_stated=is_stated)


def _give(entry: Entry, speaker: Speaker) -> None:
    told = entry.told
    conceding.give(
        speaker=speaker,
        to=leaving.party_of_the_house(),
        relationship=entry.relationship,
        words=told["words"],
        happened_on=date.fromisoformat(told["happened_on"]),
        cost_words=told["cost"],
        is_gift=told["is_gift"],
    )


def _cost(entry: Entry, speaker: Speaker) -> None:
    conceding.say_cost(_concession(entry), entry.told["words"], speaker=speaker)


def _worth(entry: Entry, speaker: Speaker) -> None:
    conceding.say_worth(_concession(entry), entry.told["words"], speaker=speaker)


def _gift(entry: Entry, speaker: Speaker) -> None:
    conceding.mark_gift(_concession(entry), speaker=speaker)


def _firm(entry: Entry, speaker: Speaker) -> None:
    conceding.make_firm(_concession(entry), speaker=speaker)


def _draw_back(entry: Entry, speaker: Speaker) -> None:
    conceding.draw_back(_concession(entry), speaker=speaker)


def _switch_off(entry: Entry, speaker: Speaker) -> None:
    conceding.switch_off(entry.relationship, speaker=speaker)


def _switch_on(entry: Entry, speaker: Speaker) -> None:
    """On every relationship of theirs that is taken to be one: the wish may have been said of any of them."""
    for relationship in Relationship.objects.filter(pk__in=[*Relationship.objects.the_same([entry.relationship_id])]):
        conceding.switch_on(relationship, speaker=speaker)


def _negotiation(entry: Entry) -> Negotiation:
    """The negotiation it is about, between the two: asked again here though the visitor's login saw it."""
    between = Offer.objects.standing().filter(room=Room.BETWEEN)
    there = Negotiation.objects.standing().filter(
        relationship__in=Relationship.objects.the_same([entry.relationship_id])
    )
    found = there.filter(pk=entry.told["negotiation"], offers__in=between).first()
    if found is None:
        raise Refused(_("This negotiation is no longer here."))
    return found


def _offer(entry: Entry) -> Offer:
    theirs = Relationship.objects.the_same([entry.relationship_id])
    there = Offer.objects.standing().filter(room=Room.BETWEEN, negotiation__relationship__in=theirs)
    found = there.filter(pk=entry.told["offer"]).select_related("negotiation").first()
    if found is None:
        raise Refused(_("This offer is no longer here."))
    return found


def _concession(entry: Entry) -> Concession:
    there = Concession.objects.standing().filter(
        room=Room.BETWEEN, relationship__in=Relationship.objects.the_same([entry.relationship_id])
    )
    found = there.filter(pk=entry.told["concession"]).first()
    if found is None:
        raise Refused(_("This is no longer here."))
    return found


CARRIERS: dict[str, Callable[[Entry, Speaker], None]] = {
    EntryKind.OFFER_PUT: _put,
    EntryKind.OFFER_YES: _accept,
    EntryKind.OFFER_NO: _decline,
    EntryKind.OFFER_BACK: _withdraw,
    EntryKind.DAY: _day,
    EntryKind.WEIGH: _weigh,
    EntryKind.GIVE: _give,
    EntryKind.COST: _cost,
    EntryKind.WORTH: _worth,
    EntryKind.GIFT: _gift,
    EntryKind.FIRM: _firm,
    EntryKind.DRAW_BACK: _draw_back,
    EntryKind.GIVE_OFF: _switch_off,
    EntryKind.GIVE_ON: _switch_on,
}
