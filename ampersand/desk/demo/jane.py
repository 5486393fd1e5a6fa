"""Jane Okafor: the relationship of the pictures, from March three years ago until this morning."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ampersand.desk.demo import clock, promising
from ampersand.desk.demo.book import Said
from ampersand.desk.demo.chance import chance
from ampersand.desk.demo.life import words
from ampersand.desk.demo.stage import Stage
from ampersand.notebook.models import PieceKind
from ampersand.parties.models import LineKind, Party
from ampersand.promises.models import EventKind
from ampersand.timeline.models import Began, Mode, Moment, ParticipantRole

# Days of hers that the pictures name, in days before today. Her own rhythm fills what lies before `UNTIL`.
DAYS = (0, 41, 70, 97, 121, 150, 208, 456, 593, 822, 1004)
UNTIL = 160
# When this morning's note is written.
WRITTEN = (10, 52)


def play(stage: Stage) -> None:
    """What happened between Jane and the house, apart from the days that her rhythm fills."""
    _long_ago_with_jane(stage)
    _lately_with_jane(stage)
    _what_jane_kept(stage)
    _this_morning(stage)


def _long_ago_with_jane(stage: Stage) -> None:
    jane, sami, priya = stage.party("jane"), stage.party("sami"), stage.party("priya")
    stage.met(
        Mode.GATHERING,
        1004,
        [jane, sami],
        "Sami joins a tasting",
        "Jane brought Sami Haddad along. He asked more than all the others together.",
    )
    stage.met(
        Mode.VISIT,
        822,
        [jane, priya],
        "She opens the door to Bath",
        "Jane took us to Bath and introduced Priya Nair, who will run the house there.",
    )
    late = stage.met(
        Mode.CALL,
        593,
        [jane],
        "Two late pallets",
        "Two pallets late and we had not said so. Jane rang.",
        began=Began.THEM,
    )
    stage.matters("jane", "Tell me the bad news first. I can work with bad news.", late.on_day, is_quote=True)
    stage.met(
        Mode.VISIT,
        456,
        [jane],
        "Ruth drives them herself",
        "Ruth drove the two pallets over herself and stayed for coffee with the porters.",
        by="Ruth",
    )
    visit = stage.met(
        Mode.VISIT,
        208,
        [jane],
        "The year on one page",
        "Went through the year with Jane on one page. She reads the last line first.",
    )
    stage.matters(
        "jane",
        "I have to be able to defend the choice upstairs without you in the room.",
        visit.on_day,
        is_quote=True,
    )


def _lately_with_jane(stage: Stage) -> None:
    jane, sami = stage.party("jane"), stage.party("sami")
    grinders = stage.met(
        Mode.VISIT,
        150,
        [jane, sami],
        "The grinders change",
        "New grinders in all six kitchens. Sami likes the speed, not the noise.",
        by="Tom",
    )
    stage.planted.append(stage.drift("jane", grinders.on_day, trade=1.33, talk=0.5))
    stage.met(Mode.CALL, 121, [jane], "", "Short call. Jane is busy with the budget round.", began=Began.US)
    stage.met(Mode.CALL, 97, [jane], "", "Jane rang about one order. Two minutes.", began=Began.THEM)
    _mail_from_tom(stage)
    stage.met(Mode.CALL, 70, [jane], "", "", began=Began.US)
    stage.met(Mode.CALL, 41, [jane], "", "Wants one invoice for all houses. Said “no hurry” twice.", began=Began.THEM)


def _mail_from_tom(stage: Stage) -> None:
    """Asked for an answer and got none: the kitchens rang Jane instead."""
    at = clock.at(stage.ago(77), 11, 5)
    thread = stage.book.thread("Grinder settings", at=at)
    message_id = f"{stage.book.id(at).hex}@harbourandfinch.example"
    tom = stage.cast.members["Tom"]
    stage.book.moment(
        Mode.MAIL,
        at,
        [
            (stage.cast.ours("Tom"), ParticipantRole.FROM),
            (stage.party("jane"), ParticipantRole.TO),
            (stage.party("sami"), ParticipantRole.COPY),
        ],
        told_at=at + timedelta(minutes=2),
        source=stage.book.source(f"Mailbox of {tom.name}", at=stage.book.founded_at),
        key=f"mail:{message_id}",
        place=f"<{message_id}>",
        began=Began.US,
        asks=True,
        subject="Grinder settings",
        words="Grinder settings sent to all six kitchens. Do they hold?",
        thread=thread,
    )


def _what_jane_kept(stage: Stage) -> None:
    """Of the last twenty each way we kept 16, she kept 18, the last of hers a day early."""
    ours = [EventKind.KEPT] * 16 + [EventKind.PARTLY] * 2 + [EventKind.NOT_KEPT, EventKind.RELEASED]
    hers = [EventKind.KEPT] * 18 + [EventKind.PARTLY, EventKind.NOT_KEPT]
    random = chance("jane's promises", stage.book.seed)
    random.shuffle(ours)
    random.shuffle(hers)
    topics = [*words()["hotel"], *words()["any"], *words()["cafe"], *words()["campus"]]
    for place, (our_end, her_end) in enumerate(zip(ours, hers, strict=True)):
        due_on = clock.working_day_before(stage.ago(40 + 19 * place))
        topic = topics[place % len(topics)]
        _past(stage, "jane", topic["ours"], due_on, our_end, random, is_ours=True)
        _past(stage, "jane", topic["theirs"], due_on - timedelta(days=6), her_end, random, is_ours=False)
    _a_word_with_the_porters(stage, random)


def _a_word_with_the_porters(stage: Stage, random: Random) -> None:
    jane, maya, due_on = stage.party("jane"), stage.cast.ours("Maya"), stage.ago(12)
    promise = stage.book.promise(
        jane,
        maya,
        stage.of("jane"),
        "A word with the porters at Bath",
        made_on=stage.ago(41),
        due_on=due_on,
        told_by=stage.maya,
    )
    kept_on = due_on - timedelta(days=1)
    stage.book.say(promise, EventKind.KEPT, on=kept_on, by=maya, told_by=stage.maya, words="Kept a day early")


def _past(stage: Stage, key: str, what: str, due_on: date, end: EventKind, random: Random, *, is_ours: bool) -> None:
    us, them = stage.cast.ours("Maya"), stage.party(key)
    by, to = (us, them) if is_ours else (them, us)
    promise = stage.book.promise(
        by,
        to,
        stage.of(key),
        what,
        made_on=due_on - timedelta(days=random.randint(6, 16)),
        due_on=due_on,
        told_by=stage.maya,
    )
    promising.settle(stage.book, promise, by, to, stage.maya, random, shares={end: 1}, is_certain=True)


def _this_morning(stage: Stage) -> None:
    """The visit of the pictures, and its note once it is later than 10:52."""
    sami, jane, maya = stage.party("sami"), stage.party("jane"), stage.cast.ours("Maya")
    visit = stage.book.meeting(
        Mode.VISIT,
        clock.at(stage.today, 9, 15),
        [jane, sami, maya],
        owner=stage.maya,
        subject="Jane and Sami, Alder Hotels",
        where="Alder Hotels, Clifton kitchen",
    )
    if stage.now >= clock.at(stage.today, *WRITTEN):
        _note_of_this_morning(stage, visit, sami, jane, maya)


def _note_of_this_morning(stage: Stage, visit: Moment, sami: Party, jane: Party, maya: Party) -> None:
    book, today, relationship = stage.book, stage.today, stage.of("jane")
    friday, sunday = clock.next_weekday(today, clock.FRIDAY), clock.next_weekday(today, clock.SUNDAY)
    refractometer = book.promise(
        maya, sami, relationship, "Tom with the refractometer", made_on=today, due_on=friday, moment=visit
    )
    volumes = book.promise(
        jane,
        maya,
        relationship,
        f"{_season(today)} volumes, all six houses",
        made_on=today,
        due_on=sunday,
        moment=visit,
    )
    pallet = book.concession(
        maya, jane, relationship, f"{today:%B}’s pallet charge", on=today, amount=180, moment=visit
    )
    porter = book.line(
        relationship, LineKind.MATTERS, "That the night staff are not made to look foolish.", said_on=today, of=sami
    )
    bath = book.line(relationship, LineKind.WONDER, "Who signs off the new hotel in Bath", said_on=today, is_ours=True)
    stage.note(
        stage.maya,
        visit,
        "jane",
        [
            Said("Saw Jane and Sami at Alder this morning.", PieceKind.ENCOUNTER, visit),
            Said("Decaf tastes flat since the grinder change,"),
            Said("I’ll send Tom with the refractometer by Friday.", PieceKind.PROMISE, refractometer),
            Said(
                f"Jane gets us the {_season(today).lower()} volumes before the {_ordinal(sunday + timedelta(days=1))}.",
                PieceKind.PROMISE,
                volumes,
            ),
            Said(f"Let them off {today:%B}’s pallet charge, about £180.", PieceKind.CONCESSION, pallet),
            Said(
                "For Sami what counts is that the night porter can make a decent cup without training.",
                PieceKind.MATTERS,
                porter,
            ),
            Said("No idea who signs off the new hotel in Bath", PieceKind.QUESTION, bath),
        ],
        at=clock.at(today, *WRITTEN),
    )
    visit.words = "Decaf flat since the grinder change. Sami tense, Jane kind about it."


def _season(day: date) -> str:
    return ("Winter", "Spring", "Summer", "Autumn")[day.month % 12 // 3]


def _ordinal(day: date) -> str:
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"
