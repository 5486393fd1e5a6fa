"""What is done with a pulse. Both sides answer apart; what they said opens at one moment, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.between import sides
from ampersand.between.models import Feeling, Pulse, PulseAnswer, PulseReply, PulseState, Said, Worth
from ampersand.between.sealing import LONGEST_GUESS, LONGEST_WORDS, Answer, open_seal, seal
from ampersand.core import events, history
from ampersand.core.whole import whole
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker
from ampersand.timeline.models import Moment

MOST_QUESTIONS = 3
LONGEST_QUESTION = 300
LONGEST_DAYS = 90
LONGEST_REPLY = 4_000


class NotAQuestion(ValueError):
    """A pulse asks one to three questions, each short, until a day that is near."""


class NotNow(ValueError):
    """The pulse is in a state in which this is not done."""


class NotYours(PermissionError):
    """Somebody else of this side has answered."""


class NothingAnswered(ValueError):
    """An answer says something, in words that fit."""


@whole
def ask(
    relationship: Relationship,
    questions: Sequence[str],
    *,
    closes_on: date,
    on: date,
    speaker: Speaker,
    of: Moment | None = None,
) -> Pulse:
    """Put one to three questions to both sides, to be answered until a day; `of` is the meeting they ask about, if one.

    Raises NotAQuestion.
    """
    sides.require_part(speaker, relationship)
    if not on <= closes_on <= on + timedelta(days=LONGEST_DAYS):
        raise NotAQuestion(
            ngettext(
                "Choose a day from today on, within %(count)d day.",
                "Choose a day from today on, within %(count)d days.",
                LONGEST_DAYS,
            )
            % {"count": LONGEST_DAYS}
        )
    pulse = Pulse.objects.create(
        relationship=relationship,
        questions=_questions(questions),
        closes_on=closes_on,
        moment=of,
        moment_mode=of.mode if of else "",
        moment_on=of.on_day if of else None,
        **Said.of(speaker),
    )
    _record("pulse.asked", pulse, speaker=speaker)
    return pulse


@whole
def ask_otherwise(pulse: Pulse, questions: Sequence[str], *, on: date, speaker: Speaker) -> Pulse:
    """Change the questions, as either side may until one has answered. Raises NotAQuestion, NotNow."""
    locked = _locked(pulse, speaker)
    if locked.is_of_meeting:
        raise NotNow(_("Of a meeting one thing is asked. Say no to it, and ask something else."))
    if locked.state(on=on) != PulseState.ASKED:
        raise NotNow(_("Somebody has answered already: these questions stand."))
    locked.questions = _questions(questions)
    locked.save(update_fields=["questions"])
    _record("pulse.asked_otherwise", locked, speaker=speaker)
    return locked


@whole
def decline(pulse: Pulse, *, on: date, speaker: Speaker) -> Pulse:
    """Say no to a pulse, as either side may. Nothing follows from it, and what was answered is burned unread."""
    locked = _locked(pulse, speaker)
    if locked.state(on=on) not in (PulseState.ASKED, PulseState.ONE_ANSWERED):
        raise NotNow(_("It is closed already."))
    locked.declined_at = speaker.at
    locked.save(update_fields=["declined_at"])
    for answer in locked.answers.all():
        _burn(answer, speaker)
    _record("pulse.declined", locked, speaker=speaker)
    return locked


@whole
def answer(pulse: Pulse, answers: Sequence[Answer], *, on: date, speaker: Speaker) -> Pulse:
    """Answer for one's side by one's own hand. Until both are in it may be answered anew; with the second both are opened.

    Raises NotNow, NotYours, NothingAnswered, and NotTheirs where a member would answer for the other side.
    """
    sides.require_own_hand(speaker)
    locked = _locked(pulse, speaker)
    if locked.state(on=on) not in (PulseState.ASKED, PulseState.ONE_ANSWERED):
        raise NotNow(_("It is closed: nothing more is answered."))
    _refuse_unfit(answers, locked)
    own = next((one for one in locked.answers.all() if one.is_ours == speaker.is_ours), None)
    if own is not None and (own.party_id, own.told_by_id) != (speaker.party.pk, speaker.by_id):
        raise NotYours(_("Somebody of your side has answered already."))
    sealed = seal(answers, pulse_id=locked.pk, is_ours=speaker.is_ours)
    if own is None:
        PulseAnswer.objects.create(pulse=locked, sealed=sealed, **Said.of(speaker))
    else:
        PulseAnswer.objects.filter(pk=own.pk).update(sealed=sealed, burned_at=None, at=speaker.at)
        history.forget_past(PulseAnswer, [own.pk])
    # Who answered is said to nobody, so the trace does not name them.
    _record("pulse.answered", locked, speaker=speaker, is_named=False)
    together = list(locked.answers.filter(burned_at=None))
    if len(together) == len((True, False)):
        _open(locked, together, speaker)
    return locked


@whole
def open_alone(pulse: Pulse, *, on: date, speaker: Speaker) -> Pulse:
    """Open one's own answer to the other side, when the day has passed and the other has not answered. Raises NotNow."""
    sides.require_own_hand(speaker)
    locked = _locked(pulse, speaker)
    _open(locked, [_own(locked, on=on, speaker=speaker)], speaker)
    return locked


@whole
def burn(pulse: Pulse, *, on: date, speaker: Speaker) -> None:
    """Burn one's own answer unread, when the day has passed and the other has not answered. Raises NotNow."""
    sides.require_own_hand(speaker)
    locked = _locked(pulse, speaker)
    _burn(_own(locked, on=on, speaker=speaker), speaker)
    _record("pulse.burned", locked, speaker=speaker, is_named=False)


@whole
def reply(pulse: Pulse, words: str, *, speaker: Speaker) -> PulseReply:
    """Say something to an opened pulse. Raises NotNow, NothingAnswered."""
    locked = _locked(pulse, speaker)
    if locked.opened_at is None:
        raise NotNow(_("It is not opened yet."))
    if not (said := words.strip()[:LONGEST_REPLY]):
        raise NothingAnswered(_("Write what you wish to say."))
    told = PulseReply.objects.create(pulse=locked, words=said, **Said.of(speaker))
    _record("pulse.replied", locked, speaker=speaker)
    return told


def _own(pulse: Pulse, *, on: date, speaker: Speaker) -> PulseAnswer:
    own = next((answer for answer in pulse.answers.all() if _is_of(answer, speaker)), None)
    if own is None or pulse.state(on=on) != PulseState.CLOSED:
        raise NotNow(_("An answer alone is opened or burned by its writer, once the day has passed."))
    return own


def _is_of(answer: PulseAnswer, speaker: Speaker) -> bool:
    return answer.is_in and (answer.party_id, answer.told_by_id) == (speaker.party.pk, speaker.by_id)


def _open(pulse: Pulse, answers: Sequence[PulseAnswer], speaker: Speaker) -> None:
    for one in answers:
        one.said = open_seal(one.sealed, pulse_id=pulse.pk, is_ours=one.is_ours)
        one.sealed = ""
        one.save(update_fields=["said", "sealed"])
    history.forget_past(PulseAnswer, [one.pk for one in answers])
    pulse.opened_at = speaker.at
    pulse.save(update_fields=["opened_at"])
    _record("pulse.opened", pulse, speaker=speaker, is_named=False)


def _burn(answer: PulseAnswer, speaker: Speaker) -> None:
    PulseAnswer.objects.filter(pk=answer.pk).update(sealed="", burned_at=speaker.at)
    history.forget_past(PulseAnswer, [answer.pk])


def _locked(pulse: Pulse, speaker: Speaker) -> Pulse:
    sides.require_part(speaker, pulse.relationship)
    return Pulse.objects.select_for_update().get(pk=pulse.pk)


def _questions(told: Sequence[str]) -> list[str]:
    questions = [" ".join(words.split()) for words in told if words.strip()]
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise NotAQuestion(_("Ask one question, two or three."))
    if any(len(words) > LONGEST_QUESTION for words in questions):
        raise NotAQuestion(_("Keep each question below %(count)d characters.") % {"count": LONGEST_QUESTION})
    return questions


def _refuse_unfit(answers: Sequence[Answer], pulse: Pulse) -> None:
    if len(answers) != len(pulse.questions) or all(answer.is_empty for answer in answers):
        raise NothingAnswered(_("Answer at least one question."))
    if any(len(one.words) > LONGEST_WORDS or len(one.guess) > LONGEST_GUESS for one in answers):
        raise NothingAnswered(
            _("Keep an answer below %(words)d characters and a guess below %(guess)d.")
            % {"words": LONGEST_WORDS, "guess": LONGEST_GUESS}
        )
    if any(one.feeling not in ("", *Feeling.values) for one in answers):
        raise NothingAnswered(_("Choose one of the five words, or none."))
    if any(one.worth not in (("", *Worth.values) if pulse.is_of_meeting else ("",)) for one in answers):
        raise NothingAnswered(_("Say whether it was worth your time, or leave it."))


def _record(name: str, pulse: Pulse, *, speaker: Speaker, is_named: bool = True) -> None:
    by_id = speaker.by_id if is_named else None
    events.record(name, at=speaker.at, by_id=by_id, subject_id=pulse.pk, relationship_ids=[pulse.relationship_id])
