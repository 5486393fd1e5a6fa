"""What else stands in the pictures: open promises both ways, give and take, meetings, and who is heard of one way."""

from __future__ import annotations

from datetime import datetime, timedelta

from ampersand.desk.demo import clock, jane
from ampersand.desk.demo.book import Said
from ampersand.desk.demo.stage import Stage, told
from ampersand.notebook.models import PieceKind
from ampersand.parties.models import IdentifierKind, Party, PartyKind
from ampersand.timeline.models import Began, Mode, ParticipantRole

LEONA_QUIET = 41
INES_VISITED = 18


def play(stage: Stage) -> None:
    """Everything the pictures show, and nothing that belongs to later parts."""
    jane.play(stage)
    _open_promises(stage)
    _give_and_take(stage)
    _ines_and_the_grinder(stage)
    _others(stage)
    _meetings_ahead(stage)
    _senders(stage)


def waiting() -> dict[str, int]:
    """Whose last question has no answer, and for how many days."""
    return dict([*told()["waiting_for_them"], *told()["waiting_for_us"]])


def waits_for_us(key: str) -> bool:
    return key in dict(told()["waiting_for_us"])


def _open_promises(stage: Stage) -> None:
    words = {"next_year": stage.today.year + 1, "tasting_month": f"{stage.today + timedelta(days=28):%B}"}
    for key, what, made, due, first_name in told()["our_open"]:
        stage.promise(key, what.format(**words), made, due, by=stage.cast.ours(first_name))
    for key, what, made, due in told()["their_open"]:
        stage.promise(key, what.format(**words), made, due, to=stage.cast.ours("Maya"))


def _give_and_take(stage: Stage) -> None:
    jane, ollie, us = stage.party("jane"), stage.party("ollie"), stage.cast.ours("Maya")
    for given in told()["jane_gave"]:
        stage.gave(jane, us, "jane", given)
    for given in told()["we_gave_jane"]:
        stage.gave(us, jane, "jane", given)
    for given in told()["ollie_gave"]:
        stage.gave(ollie, us, "ollie", given)


def _ines_and_the_grinder(stage: Stage) -> None:
    day = stage.ago(INES_VISITED)
    due_on = stage.ago(4)
    ines = stage.party("ines")
    visit = stage.met(Mode.VISIT, INES_VISITED, [ines], "", "", written=False)
    promise = stage.book.promise(
        stage.cast.ours("Maya"), ines, stage.of("ines"), "Grinder on loan", made_on=day, due_on=due_on, moment=visit
    )
    stage.note(
        stage.maya,
        visit,
        "ines",
        [
            Said("Her grinder goes off to be mended and Saturdays will be long.", PieceKind.ENCOUNTER, visit),
            Said(
                f"I promised Ines the grinder on loan by {due_on.day} {due_on:%B}, Pavel brings it.",
                PieceKind.PROMISE,
                promise,
            ),
        ],
    )


def _others(stage: Stage) -> None:
    leona = stage.met(
        Mode.CALL,
        LEONA_QUIET,
        [stage.party("leona")],
        "",
        "The ward trolleys again: cold by the third ward. She minds it for the people who push them.",
        began=Began.THEM,
    )
    stage.matters("leona", "Ward trolleys that are still warm on the last ward.", leona.on_day)
    stage.matters(
        "gareth", "I don’t need a rep. I need to hear it before the machine stops.", stage.ago(120), is_quote=True
    )
    stage.matters("ollie", "Things on paper. He keeps every card we sent.", stage.ago(190))
    stage.matters("mei", "That the wall belongs to the neighbourhood and not to us.", stage.ago(33))
    budget, tastings = stage.ago(66), stage.ago(140)
    stage.wonder("jane", "Whether Meridian has made her an offer", budget)
    stage.wonder("jane", f"Why she stopped coming to tastings in {stage.ago(150):%B}", tastings)
    stage.wonder("rob", "Who decides at The Tidewheel now that Karen has left", stage.ago(60))
    stage.wonder("sami", "Whether anyone from here has ever spoken with the porters", stage.ago(20))
    _asked_about_sundays(stage)
    stage.planted.append(stage.drift("gareth", stage.ago(120), trade=1.38, talk=0.8))
    stage.planted.append(stage.drift("ollie", stage.ago(300), trade=0.9, talk=3.0))


def _asked_about_sundays(stage: Stage) -> None:
    at, maya = clock.at(stage.ago(78), 7, 50), stage.cast.ours("Maya")
    stage.book.moment(
        Mode.MESSAGE,
        at,
        [(stage.party("nadia"), ParticipantRole.FROM), (maya, ParticipantRole.TO)],
        by=stage.maya,
        told_at=at + timedelta(hours=2),
        began=Began.THEM,
        asks=True,
        words="If we opened on Sundays, would you deliver on Saturday evenings?",
    )


def _meetings_ahead(stage: Stage) -> None:
    maya, tom, ruth, pavel = (stage.cast.ours(name) for name in ("Maya", "Tom", "Ruth", "Pavel"))
    today = stage.today
    stage.book.meeting(
        Mode.VISIT,
        clock.at(today, 11, 30),
        [stage.party("nadia"), maya],
        owner=stage.maya,
        subject="On site, about Sundays",
        where="Quay Street Bakery",
        words=f"On site. She asked about Sundays in {stage.ago(78):%B} and we never answered.",
    )
    guests = [stage.party(key) for key in ("sami", "gareth", "kofi", "ines")]
    stage.book.meeting(
        Mode.GATHERING,
        clock.at(today, 14),
        [*guests, maya, tom, ruth, pavel],
        owner=stage.cast.members["Ruth"],
        subject="Fewer, better visits",
        words="Stage 3, guessing. Sami and Gareth join by video.",
        where="The long table, and video",
    )
    stage.book.meeting(
        Mode.VIDEO,
        clock.at(today, 16, 15),
        [stage.party("lucia"), maya],
        owner=stage.maya,
        minutes=45,
        subject="The Huila lot",
        where="Video",
        words="The Huila lot cupped well; tell her who is drinking it.",
    )
    stage.book.meeting(
        Mode.GATHERING,
        clock.at(today + timedelta(days=28), 15),
        [stage.party("jane"), stage.party("helen"), maya, ruth],
        owner=stage.maya,
        minutes=120,
        told_days_before=42,
        subject="Tasting, with Helen",
        where="The roastery",
    )
    for days, hour, key, first_name in (
        (1, 9, "rob", "Pavel"),
        (2, 10, "priya", "Maya"),
        (6, 11, "bronwen", "Maya"),
    ):
        person, member = stage.cast.people[key], stage.cast.members[first_name]
        stage.book.meeting(
            Mode.VISIT,
            clock.at(today + timedelta(days=days), hour),
            [person.party, stage.cast.ours(first_name)],
            owner=member,
            subject=f"{person.party.name}, {person.organisation}",
            where=str(person.organisation),
        )


def _senders(stage: Stage) -> None:
    """Newsletters and parcels: they wrote, nobody answered, so they are traces and no relationship begins."""
    for sender in stage.cast.told["senders"]:
        first = clock.at(stage.ago(70), 6, 30)
        party = stage.book.party(sender["name"], kind=PartyKind.ORGANISATION, at=first)
        stage.book.identifier(party, IdentifierKind.EMAIL, sender["email"], at=first)
        for week in range(6):
            _unasked(stage, party, sender, first + timedelta(weeks=week))


def _unasked(stage: Stage, party: Party, sender: dict[str, str], at: datetime) -> None:
    message_id = f"{stage.book.id(at).hex}@{sender['email'].rpartition('@')[2]}"
    stage.book.moment(
        Mode.MAIL,
        at,
        [(party, ParticipantRole.FROM), (stage.cast.ours("Maya"), ParticipantRole.TO)],
        told_at=at + timedelta(minutes=2),
        source=stage.book.source(f"Mailbox of {stage.maya.name}", at=stage.book.founded_at),
        key=f"mail:{message_id}",
        place=f"<{message_id}>",
        began=Began.THEM,
        subject=sender["subject"],
    )
