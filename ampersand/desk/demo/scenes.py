"""What stands in the pictures: the people, days, words and promises that every demo house has, relative to its today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from ampersand.desk.demo import clock, promising
from ampersand.desk.demo.book import Said
from ampersand.desk.demo.cast import Cast, Person
from ampersand.desk.demo.chance import chance
from ampersand.desk.demo.life import words
from ampersand.members.models import Member
from ampersand.notebook.models import PieceKind
from ampersand.parties.models import IdentifierKind, LineKind, Party, PartyKind, Relationship
from ampersand.promises.models import EventKind, Promise
from ampersand.timeline.models import Began, Mode, Moment, ParticipantRole

# Days of Jane's life that the pictures name, in days before today. Her own rhythm fills what lies before `JANE_UNTIL`.
JANE_DAYS = (0, 41, 70, 97, 121, 150, 208, 456, 593, 822, 1004)
JANE_UNTIL = 160
LEONA_QUIET = 41
WRITTEN = (10, 52)

# whom, what, made so many days ago, due in so many days, by which of us
OUR_OPEN = (
    ("jane", "Waste figures for the Clifton kitchen", 21, -7, "Maya"),
    ("mei", "Photographs for their wall", 15, -1, "Maya"),
    ("ollie", "Cupping notes, Huila lot", 13, 0, "Maya"),
    ("nadia", "An answer about Sundays", 12, 0, "Maya"),
    ("mei", "Price for 250 g retail bags", 8, 2, "Maya"),
    ("gareth", "Service on three machines", 14, 3, "Tom"),
    ("lucia", "Tell the growers who drinks it", 20, 9, "Maya"),
    ("jane", "Two blends for the November tasting", 30, 22, "Ruth"),
    # the week's load, as the ledger shows it
    ("darren", "Two pallets ready before seven", 6, 1, "Pavel"),
    ("owen", "A plan for the interval with two hatches", 5, 2, "Tom"),
    ("andres", "How much we take of the next container", 11, 3, "Gwen"),
    ("kofi", "The service round for next month", 4, 6, "Tom"),
    ("sunniva", "The spring prices in writing", 10, 7, "Maya"),
    ("selam", "Cupping notes on the sample", 7, 8, "Gwen"),
    ("camilla", "An evening with the night staff", 13, 10, "Maya"),
    ("klaus", "A new day for the second container", 3, 13, "Gwen"),
    ("tariq", "A two-hour training", 8, 15, "Pavel"),
    ("patrick", "The store cleared before the roof", 12, 16, "Asha"),
    ("femi", "Room in the van on Tuesdays and Fridays", 5, 20, "Maya"),
    ("haruka", "A card for the guest coffee", 9, 23, "Maya"),
    ("stephen", "One page on own cups", 16, 28, "Maya"),
    ("agnes", "One bag of the spring lot put aside", 18, 30, "Maya"),
)
THEIR_OPEN = (
    ("rob", "Signed terms", 24, -3),
    ("dev", "Meridian’s volumes for {next_year}", 30, -9),
    ("gareth", "Ward trolley counts", 13, 0),
    ("priya", "Names for the barista day", 12, 8),
    ("ines", "Where the new counter goes", 9, 10),
    ("sami", "An hour with the porters at Clifton", 6, 14),
    ("jane", "To bring Helen to the tasting", 27, 28),
    ("beth", "Fifty bags to test", 8, 5),
    ("bronwen", "The timetable of the first week", 11, 6),
    ("hassan", "How many are on nights", 9, 9),
    ("selam", "A sample of the new lot", 7, 12),
    ("darren", "Two vans before Christmas", 14, 15),
    ("piotr", "How much oat they go through", 6, 17),
    ("olena", "How many they are on the night shift", 10, 21),
    ("yusuf", "The reading room’s hours", 5, 24),
    ("klaus", "Page two of the papers, signed", 4, 29),
)
# key, days ago, worth in pounds to whoever received it, words
JANE_GAVE = (
    (328, 90, "took the late delivery without a word"),
    (255, 40, "let us keep the old labels for a month"),
    (230, 260, "introduced us at Bath"),
    (164, 60, "moved the tasting so that Ruth could come"),
    (131, 220, "warned us before Helen saw the figures"),
    (62, 80, "paid early when the drum broke down"),
)
WE_GAVE_JANE = (
    (354, 60, "two boxes of filters for the new house"),
    (292, 120, "a service on a Sunday before the wedding"),
    (193, 90, "held the old price for one more month"),
    (95, 40, "took back four opened boxes"),
)
OLLIE_GAVE = (
    (330, 2, "told Rob at The Tidewheel to ring us"),
    (250, 5, "gave us a day at his bar for photographs"),
    (190, 3, "sent us the people who took over the corner shop"),
    (80, 5, "put the growers’ names on his menu"),
)
# The other side's last question, or ours, that nobody has answered: key, days ago.
WAITING_FOR_THEM = (
    ("priya", 5), ("hugh", 12), ("amelia", 7), ("yusuf", 3), ("eleanor", 20), ("anne", 9), ("michael", 15), ("imogen", 18),
)  # fmt: skip
WAITING_FOR_US = (("owen", 4), ("klaus", 2), ("wei", 6))


class Stage:
    """Plays the scenes into a cast's book."""

    def __init__(self, cast: Cast, *, now: datetime) -> None:
        self.cast, self.book, self.today, self.now = cast, cast.book, cast.book.today, now
        self.maya = cast.members["Maya"]
        self.planted: list[dict[str, object]] = []

    def play(self) -> None:
        """Everything the pictures show, and nothing that belongs to later parts."""
        self._long_ago_with_jane()
        self._lately_with_jane()
        self._what_jane_kept()
        self._open_promises()
        self._give_and_take()
        self._ines_and_the_grinder()
        self._others()
        self._meetings_ahead()
        self._this_morning()
        self._senders()

    # Jane Okafor

    def _long_ago_with_jane(self) -> None:
        jane, sami, priya = self._party("jane"), self._party("sami"), self._party("priya")
        self._met(
            Mode.GATHERING,
            1004,
            [jane, sami],
            "Sami joins a tasting",
            "Jane brought Sami Haddad along. He asked more than all the others together.",
        )
        self._met(
            Mode.VISIT,
            822,
            [jane, priya],
            "She opens the door to Bath",
            "Jane took us to Bath and introduced Priya Nair, who will run the house there.",
        )
        late = self._met(
            Mode.CALL,
            593,
            [jane],
            "Two late pallets",
            "Two pallets late and we had not said so. Jane rang.",
            began=Began.THEM,
        )
        self._matters("jane", "Tell me the bad news first. I can work with bad news.", late.on_day, is_quote=True)
        self._met(
            Mode.VISIT,
            456,
            [jane],
            "Ruth drives them herself",
            "Ruth drove the two pallets over herself and stayed for coffee with the porters.",
            by="Ruth",
        )
        visit = self._met(
            Mode.VISIT,
            208,
            [jane],
            "The year on one page",
            "Went through the year with Jane on one page. She reads the last line first.",
        )
        self._matters(
            "jane",
            "I have to be able to defend the choice upstairs without you in the room.",
            visit.on_day,
            is_quote=True,
        )

    def _lately_with_jane(self) -> None:
        jane, sami = self._party("jane"), self._party("sami")
        grinders = self._met(
            Mode.VISIT,
            150,
            [jane, sami],
            "The grinders change",
            "New grinders in all six kitchens. Sami likes the speed, not the noise.",
            by="Tom",
        )
        self.planted.append(self._drift("jane", grinders.on_day, trade=1.33, talk=0.5))
        self._met(Mode.CALL, 121, [jane], "", "Short call. Jane is busy with the budget round.", began=Began.US)
        self._met(Mode.CALL, 97, [jane], "", "Jane rang about one order. Two minutes.", began=Began.THEM)
        self._mail_from_tom()
        self._met(Mode.CALL, 70, [jane], "", "", began=Began.US)
        self._met(
            Mode.CALL, 41, [jane], "", "Wants one invoice for all houses. Said “no hurry” twice.", began=Began.THEM
        )

    def _mail_from_tom(self) -> None:
        """Asked for an answer and got none: the kitchens rang Jane instead."""
        at = clock.at(self._ago(77), 11, 5)
        thread = self.book.thread("Grinder settings", at=at)
        message_id = f"{self.book.id(at).hex}@harbourandfinch.example"
        tom = self.cast.members["Tom"]
        self.book.moment(
            Mode.MAIL,
            at,
            [
                (self.cast.ours("Tom"), ParticipantRole.FROM),
                (self._party("jane"), ParticipantRole.TO),
                (self._party("sami"), ParticipantRole.COPY),
            ],
            told_at=at + timedelta(minutes=2),
            source=self.book.source(f"Mailbox of {tom.name}", at=self.book.founded_at),
            key=f"mail:{message_id}",
            place=f"<{message_id}>",
            began=Began.US,
            asks=True,
            subject="Grinder settings",
            words="Grinder settings sent to all six kitchens. Do they hold?",
            thread=thread,
        )

    def _what_jane_kept(self) -> None:
        """Of the last twenty each way we kept 16, she kept 18, the last of hers a day early."""
        ours = [EventKind.KEPT] * 16 + [EventKind.PARTLY] * 2 + [EventKind.NOT_KEPT, EventKind.RELEASED]
        hers = [EventKind.KEPT] * 18 + [EventKind.PARTLY, EventKind.NOT_KEPT]
        random = chance("jane's promises", self.book.seed)
        random.shuffle(ours)
        random.shuffle(hers)
        topics = [*words()["hotel"], *words()["any"], *words()["cafe"], *words()["campus"]]
        for place, (our_end, her_end) in enumerate(zip(ours, hers, strict=True)):
            due_on = clock.working_day_before(self._ago(40 + 19 * place))
            topic = topics[place % len(topics)]
            self._past("jane", topic["ours"], due_on, our_end, random, is_ours=True)
            self._past("jane", topic["theirs"], due_on - timedelta(days=6), her_end, random, is_ours=False)
        self._a_word_with_the_porters(random)

    def _a_word_with_the_porters(self, random: Random) -> None:
        jane, maya, due_on = self._party("jane"), self.cast.ours("Maya"), self._ago(12)
        promise = self.book.promise(
            jane,
            maya,
            self._of("jane"),
            "A word with the porters at Bath",
            made_on=self._ago(41),
            due_on=due_on,
            told_by=self.maya,
        )
        kept_on = due_on - timedelta(days=1)
        self.book.say(promise, EventKind.KEPT, on=kept_on, by=maya, told_by=self.maya, words="Kept a day early")

    def _past(self, key: str, what: str, due_on: date, end: EventKind, random: Random, *, is_ours: bool) -> None:
        us, them = self.cast.ours("Maya"), self._party(key)
        by, to = (us, them) if is_ours else (them, us)
        promise = self.book.promise(
            by,
            to,
            self._of(key),
            what,
            made_on=due_on - timedelta(days=random.randint(6, 16)),
            due_on=due_on,
            told_by=self.maya,
        )
        promising.settle(self.book, promise, by, to, self.maya, random, shares={end: 1}, is_certain=True)

    # the others

    def _open_promises(self) -> None:
        for key, what, made, due, first_name in OUR_OPEN:
            self._promise(key, what, made, due, by=self.cast.ours(first_name))
        for key, what, made, due in THEIR_OPEN:
            self._promise(key, what.format(next_year=self.today.year + 1), made, due, to=self.cast.ours("Maya"))

    def _give_and_take(self) -> None:
        jane, ollie, us = self._party("jane"), self._party("ollie"), self.cast.ours("Maya")
        for days, worth, what in JANE_GAVE:
            self._gave(jane, us, "jane", days, worth, what)
        for days, worth, what in WE_GAVE_JANE:
            self._gave(us, jane, "jane", days, worth, what)
        for days, worth, what in OLLIE_GAVE:
            self._gave(ollie, us, "ollie", days, worth * 40, what)

    def _ines_and_the_grinder(self) -> None:
        day = self._ago(18)
        due_on = self._ago(4)
        ines = self._party("ines")
        visit = self._met(Mode.VISIT, 18, [ines], "", "", written=False)
        promise = self.book.promise(
            self.cast.ours("Maya"), ines, self._of("ines"), "Grinder on loan", made_on=day, due_on=due_on, moment=visit
        )
        self._note(
            self.maya,
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

    def _others(self) -> None:
        leona = self._met(
            Mode.CALL,
            LEONA_QUIET,
            [self._party("leona")],
            "",
            "The ward trolleys again: cold by the third ward. She minds it for the people who push them.",
            began=Began.THEM,
        )
        self._matters("leona", "Ward trolleys that are still warm on the last ward.", leona.on_day)
        self._matters(
            "gareth", "I don’t need a rep. I need to hear it before the machine stops.", self._ago(120), is_quote=True
        )
        self._matters("ollie", "Things on paper. He keeps every card we sent.", self._ago(190))
        self._matters("mei", "That the wall belongs to the neighbourhood and not to us.", self._ago(33))
        budget, tastings = self._ago(66), self._ago(140)
        self._wonder("jane", "Whether Meridian has made her an offer", budget)
        self._wonder("jane", f"Why she stopped coming to tastings in {self._ago(150):%B}", tastings)
        self._wonder("rob", "Who decides at The Tidewheel now that Karen has left", self._ago(60))
        self._wonder("sami", "Whether anyone from here has ever spoken with the porters", self._ago(20))
        self._asked_about_sundays()
        self.planted.append(self._drift("gareth", self._ago(120), trade=1.38, talk=0.8))

    def _asked_about_sundays(self) -> None:
        at, maya = clock.at(self._ago(78), 7, 50), self.cast.ours("Maya")
        self.book.moment(
            Mode.MESSAGE,
            at,
            [(self._party("nadia"), ParticipantRole.FROM), (maya, ParticipantRole.TO)],
            by=self.maya,
            told_at=at + timedelta(hours=2),
            began=Began.THEM,
            asks=True,
            words="If we opened on Sundays, would you deliver on Saturday evenings?",
        )

    def _meetings_ahead(self) -> None:
        maya, tom, ruth, pavel = (self.cast.ours(name) for name in ("Maya", "Tom", "Ruth", "Pavel"))
        today = self.today
        self.book.meeting(
            Mode.VISIT,
            clock.at(today, 11, 30),
            [self._party("nadia"), maya],
            owner=self.maya,
            subject="On site, about Sundays",
            where="Quay Street Bakery",
            words=f"On site. She asked about Sundays in {self._ago(78):%B} and we never answered.",
        )
        guests = [self._party(key) for key in ("sami", "gareth", "kofi", "ines")]
        self.book.meeting(
            Mode.GATHERING,
            clock.at(today, 14),
            [*guests, maya, tom, ruth, pavel],
            owner=self.cast.members["Ruth"],
            subject="Fewer, better visits",
            words="Stage 3, guessing. Sami and Gareth join by video.",
            where="The long table, and video",
        )
        self.book.meeting(
            Mode.VIDEO,
            clock.at(today, 16, 15),
            [self._party("lucia"), maya],
            owner=self.maya,
            minutes=45,
            subject="The Huila lot",
            where="Video",
            words="The Huila lot cupped well; tell her who is drinking it.",
        )
        self.book.meeting(
            Mode.GATHERING,
            clock.at(today + timedelta(days=28), 15),
            [self._party("jane"), self._party("helen"), maya, ruth],
            owner=self.maya,
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
            person, member = self.cast.people[key], self.cast.members[first_name]
            self.book.meeting(
                Mode.VISIT,
                clock.at(today + timedelta(days=days), hour),
                [person.party, self.cast.ours(first_name)],
                owner=member,
                subject=f"{person.party.name}, {person.organisation}",
                where=str(person.organisation),
            )

    def _this_morning(self) -> None:
        """The visit of the pictures, and its note once it is later than 10:52."""
        sami, jane, maya = self._party("sami"), self._party("jane"), self.cast.ours("Maya")
        visit = self.book.meeting(
            Mode.VISIT,
            clock.at(self.today, 9, 15),
            [jane, sami, maya],
            owner=self.maya,
            subject="Jane and Sami, Alder Hotels",
            where="Alder Hotels, Clifton kitchen",
        )
        if self.now >= clock.at(self.today, *WRITTEN):
            self._note_of_this_morning(visit, sami, jane, maya)

    def _note_of_this_morning(self, visit: Moment, sami: Party, jane: Party, maya: Party) -> None:
        book, today, relationship = self.book, self.today, self._of("jane")
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
        bath = book.line(
            relationship, LineKind.WONDER, "Who signs off the new hotel in Bath", said_on=today, is_ours=True
        )
        self._note(
            self.maya,
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

    def _senders(self) -> None:
        """Newsletters and parcels: they wrote, nobody answered, so they are traces and no relationship begins."""
        for sender in self.cast.told["senders"]:
            first = clock.at(self._ago(70), 6, 30)
            party = self.book.party(sender["name"], kind=PartyKind.ORGANISATION, at=first)
            self.book.identifier(party, IdentifierKind.EMAIL, sender["email"], at=first)
            for week in range(6):
                self._unasked(party, sender, first + timedelta(weeks=week))

    def _unasked(self, party: Party, sender: dict[str, str], at: datetime) -> None:
        message_id = f"{self.book.id(at).hex}@{sender['email'].rpartition('@')[2]}"
        self.book.moment(
            Mode.MAIL,
            at,
            [(party, ParticipantRole.FROM), (self.cast.ours("Maya"), ParticipantRole.TO)],
            told_at=at + timedelta(minutes=2),
            source=self.book.source(f"Mailbox of {self.maya.name}", at=self.book.founded_at),
            key=f"mail:{message_id}",
            place=f"<{message_id}>",
            began=Began.THEM,
            subject=sender["subject"],
        )

    # small words

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _party(self, key: str) -> Party:
        return self.cast.people[key].party

    def _of(self, key: str) -> Relationship:
        return self.cast.people[key].relationship

    def _met(
        self,
        mode: Mode,
        days_ago: int,
        parties: list[Party],
        subject: str,
        said: str,
        *,
        by: str = "Maya",
        began: Began = Began.BOTH,
        written: bool = True,
    ) -> Moment:
        """A call, visit or gathering in the story, with its note."""
        member, day = self.cast.members[by], self._ago(days_ago)
        at, people = clock.at(day, 14 if mode == Mode.CALL else 10, 20), [*parties, self.cast.ours(by)]
        if mode == Mode.CALL:
            takers = [(party, ParticipantRole.WITH) for party in people]
            moment = self.book.moment(mode, at, takers, told_at=at, by=member, began=began, minutes=9, subject=subject)
        else:
            where = str(self._person_of(parties[0]).organisation) if mode == Mode.VISIT else "The roastery"
            moment = self.book.meeting(mode, at, people, owner=member, subject=subject, where=where)
        if written and said:
            if moment.source_id is None:
                moment.words = said
            self._note(member, moment, self._person_of(parties[0]).key, [Said(said, PieceKind.ENCOUNTER, moment)])
        return moment

    def _note(
        self, member: Member, moment: Moment, about: str, said: list[Said], *, at: datetime | None = None
    ) -> None:
        self.book.note(member, at or moment.happened_at + timedelta(minutes=70), self._of(about), said)

    def _person_of(self, party: Party) -> Person:
        return next(person for person in self.cast.people.values() if person.party is party)

    def _promise(
        self, key: str, what: str, made: int, due: int, *, by: Party | None = None, to: Party | None = None
    ) -> Promise:
        them = self._party(key)
        return self.book.promise(
            by or them,
            to or them,
            self._of(key),
            what,
            made_on=self._ago(made),
            due_on=self._ago(-due),
            told_by=self.maya,
        )

    def _gave(self, by: Party, to: Party, key: str, days: int, worth: int, what: str) -> None:
        self.book.concession(by, to, self._of(key), what, on=self._ago(days), amount=worth, told_by=self.maya)

    def _matters(self, key: str, what: str, day: date, *, is_quote: bool = False) -> None:
        self.book.line(self._of(key), LineKind.MATTERS, what, said_on=day, by=self.maya, is_quote=is_quote)

    def _wonder(self, key: str, what: str, day: date) -> None:
        self.book.line(self._of(key), LineKind.WONDER, what, said_on=day, by=self.maya, is_ours=True)

    def _drift(self, key: str, since: date, *, trade: float, talk: float) -> dict[str, object]:
        return {"kind": "drift", "person": key, "since_on": since.isoformat(), "trade_share": trade, "talk_share": talk}


def _season(day: date) -> str:
    return ("Winter", "Spring", "Summer", "Autumn")[day.month % 12 // 3]


def _ordinal(day: date) -> str:
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"
