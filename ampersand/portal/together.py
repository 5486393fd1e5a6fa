"""What a visitor does of what both hold: agreements and pulses, carried out by the acts that both sides have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between import agreement, pulse, worth
from ampersand.between.agreement import Proposal
from ampersand.between.models import Agreement, AgreementVersion, Pulse
from ampersand.between.sealing import Answer, SealBroken, open_seal
from ampersand.core.rooms import Room
from ampersand.parties.speaking import Speaker
from ampersand.portal import leaving
from ampersand.portal.models import Entry, EntryKind
from ampersand.timeline.models import Moment


class Refused(ValueError):
    """What an entry asks for cannot be done any more; the words say so."""


REFUSING = (
    pulse.NotAQuestion,
    pulse.NotNow,
    pulse.NotYours,
    pulse.NothingAnswered,
    worth.NotOfThis,
    agreement.NothingProposed,
    agreement.NotAhead,
    agreement.NotOpen,
    agreement.NotYourKey,
    SealBroken,
)


def _ask(entry: Entry, speaker: Speaker) -> None:
    closes_on = date.fromisoformat(entry.told["closes_on"])
    pulse.ask(entry.relationship, entry.told["questions"], closes_on=closes_on, on=_today(speaker), speaker=speaker)


def _ask_worth(entry: Entry, speaker: Speaker) -> None:
    """Of a meeting that lies between the two; whether it was one of hers is asked where it is asked of us."""
    met = Moment.objects.filter(pk=entry.told["moment"], room=Room.BETWEEN).first()
    if met is None:
        raise Refused(_("This meeting is no longer here."))
    worth.ask(met, entry.relationship, on=_today(speaker), speaker=speaker)


def _otherwise(entry: Entry, speaker: Speaker) -> None:
    pulse.ask_otherwise(_pulse(entry), entry.told["questions"], on=_today(speaker), speaker=speaker)


def _answer(entry: Entry, speaker: Speaker) -> None:
    """What she answered was sealed before it was laid into the inbox: it is in the clear nowhere."""
    told = _pulse(entry)
    said = open_seal(entry.told["sealed"], pulse_id=told.pk, is_ours=False)
    pulse.answer(told, [Answer(**one) for one in said], on=_today(speaker), speaker=speaker)


def _decline(entry: Entry, speaker: Speaker) -> None:
    pulse.decline(_pulse(entry), on=_today(speaker), speaker=speaker)


def _open(entry: Entry, speaker: Speaker) -> None:
    pulse.open_alone(_pulse(entry), on=_today(speaker), speaker=speaker)


def _burn(entry: Entry, speaker: Speaker) -> None:
    pulse.burn(_pulse(entry), on=_today(speaker), speaker=speaker)


def _reply(entry: Entry, speaker: Speaker) -> None:
    pulse.reply(_pulse(entry), entry.told["words"], speaker=speaker)


def _propose(entry: Entry, speaker: Speaker) -> None:
    told = entry.told
    proposal = Proposal(
        together=told["together"],
        in_touch=told["in_touch"],
        bundles=told["bundles"],
        parting=told["parting"],
        look_again_on=date.fromisoformat(told["look_again_on"]),
        answer_by=date.fromisoformat(told["answer_by"]) if told["answer_by"] else None,
    )
    agreement.propose(entry.relationship, proposal, on=_today(speaker), speaker=speaker)


def _agree(entry: Entry, speaker: Speaker) -> None:
    agreement.agree(_version(entry), on=_today(speaker), speaker=speaker)


def _disagree(entry: Entry, speaker: Speaker) -> None:
    agreement.decline(_version(entry), words=entry.told.get("words", ""), on=_today(speaker), speaker=speaker)


def _end(entry: Entry, speaker: Speaker) -> None:
    there = Agreement.objects.of(entry.relationship).filter(pk=entry.told["agreement"]).first()
    if there is None:
        raise Refused(_("This agreement is no longer here."))
    agreement.end(there, speaker=speaker)


def _pulse(entry: Entry) -> Pulse:
    """The pulse it is about: one between the two, asked again here though the visitor's login saw it."""
    there = Pulse.objects.of(entry.relationship).filter(pk=entry.told["pulse"]).first()
    if there is None:
        raise Refused(_("These questions are no longer here."))
    return there


def _version(entry: Entry) -> AgreementVersion:
    within = Agreement.objects.of(entry.relationship)
    there = AgreementVersion.objects.filter(agreement__in=within, pk=entry.told["version"]).first()
    if there is None:
        raise Refused(_("This version is no longer here."))
    return there


def _today(speaker: Speaker) -> date:
    """The day in the house's own zone on which it was said."""
    return timezone.localdate(speaker.at, ZoneInfo(leaving.zone_of_the_house()))


CARRIERS: dict[str, Callable[[Entry, Speaker], None]] = {
    EntryKind.ASK_BOTH: _ask,
    EntryKind.ASK_WORTH: _ask_worth,
    EntryKind.OTHERWISE: _otherwise,
    EntryKind.ANSWER: _answer,
    EntryKind.NO_PULSE: _decline,
    EntryKind.OPEN: _open,
    EntryKind.BURN: _burn,
    EntryKind.REPLY: _reply,
    EntryKind.PROPOSE: _propose,
    EntryKind.AGREE: _agree,
    EntryKind.DISAGREE: _disagree,
    EntryKind.END: _end,
}
