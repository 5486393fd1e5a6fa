"""The pages of one made-up Tuesday: what the gallery shows and the browser tests press."""

# ruff: noqa: E501  a sentence of the story stays in one piece

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID, uuid4

from ampersand.between.lines import Group, LineRow, MattersPart, Side
from ampersand.desk.horizon import days_by_rhythm
from ampersand.desk.pages.before import BeforePage, LastSaid, Meeting
from ampersand.desk.pages.evidence import Evidence, EvidencePage, EvidenceRow
from ampersand.desk.pages.forms import Choice, Filter
from ampersand.desk.pages.frame import CloseAtHand, Frame, NavLink
from ampersand.desk.pages.house import HousePage, MemberRow, SafePart
from ampersand.desk.pages.imports import ColumnGuess, ImportPage, ImportReport, ImportRow, LeftOut, MappingPage
from ampersand.desk.pages.notebook import Kept, NoteBox, Piece, Underline, Understood, UnderstoodRow, WritePage, woven
from ampersand.desk.pages.party import DoubleRow, FileRow, KnownRow, OwnWords, PartyPage, TagRow, TieRow, ToldAsRow
from ampersand.desk.pages.promises import PromiseAct, PromiseRow
from ampersand.desk.pages.relationship import (
    AroundRow,
    GiveTake,
    NotebookRow,
    ReadingRow,
    RelationshipPage,
    Terms,
    TuneFigure,
)
from ampersand.desk.pages.relationships import (
    Chip,
    ColumnChoice,
    ColumnHead,
    EditBar,
    RelationshipRow,
    RelationshipsPage,
    SavedRow,
)
from ampersand.desk.pages.same import ChoosePage, ComparePage, FoundRow, OneOfTwo, TwoPage
from ampersand.desk.pages.search import Hit, HitGroup, SearchPage
from ampersand.desk.pages.strips import (
    Gift,
    GiftStrip,
    LateStrip,
    MissingStrip,
    MonthShares,
    PartingStrip,
    PulseStrip,
    RhythmStrip,
    Tick,
)
from ampersand.desk.pages.today import MeetingRow, TendRow, TodayPage
from ampersand.desk.pages.two_strips import (
    AheadRow,
    ExpectedDay,
    ExpectedMonth,
    StripDay,
    StripMark,
    StripMonth,
    TwoStrips,
)
from ampersand.desk.pages.words import Clause, Link, Way

TODAY = date(2026, 10, 6)
NOW = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)

NOTE = (
    "Saw Jane and Sami at Alder this morning. Decaf tastes flat since the grinder change, I’ll send Tom with the "
    "refractometer by Friday. Jane gets us the autumn volumes before the 12th. Let them off October’s pallet charge, "
    "about £180. For Sami what counts is that the night porter can make a decent cup without training. No idea who "
    "signs off the new hotel in Bath"
)


def frame() -> Frame:
    people = [("Jane Okafor", 10), ("Gareth Pugh", 7), ("Ines Carvalho", 9), ("Leona Marsh", 1), ("Lucía Mejía", 6)]
    return Frame(
        member_name="Maya Lindqvist",
        house_name="Harbour & Finch",
        nav=(
            NavLink("today", "Today", "today.html", "t"),
            NavLink("relationships", "Relationships", "relationships.html", "r"),
            NavLink("import", "Bring in", "import.html", "i"),
            NavLink("house", "House", "house.html", "h"),
        ),
        bar=(
            NavLink("today", "Today", "today.html"),
            NavLink("relationships", "People", "relationships.html"),
            NavLink("search", "Find", "search.html"),
        ),
        more=(NavLink("import", "Bring in", "import.html"), NavLink("house", "House", "house.html")),
        close=tuple(CloseAtHand(name, "relationship.html", life) for name, life in people),
        home_url="today.html",
        write_url="write.html",
        search_url="search.html",
        settings_url="house.html",
        sign_out_url="#",
    )


# ── the notebook ──


def understood() -> Understood:
    return Understood(
        rows=(
            UnderstoodRow(
                "r1",
                "You met",
                woven(
                    "%(mode)s, %(when)s, with %(jane)s and %(sami)s of Alder",
                    mode=Piece("Visit", "k1", _modes()),
                    when=Piece("this morning", "k2", _days(), own="date"),
                    jane=Piece(
                        "Jane Okafor", "k3", (Choice("jane", "Jane Okafor", "Alder Hotels", is_taken=True),), own="text"
                    ),
                    sami=Piece(
                        "Sami Haddad",
                        "k4",
                        (
                            Choice("sami", "Sami Haddad", "Alder Hotels", is_taken=True),
                            Choice("samir", "Samir Aziz", "Quay Street Bakery"),
                        ),
                        is_unsure=True,
                        other=Choice("samir", "Samir, Quay Street"),
                        own="text",
                    ),
                ),
            ),
            UnderstoodRow(
                "r2",
                "We promise Sami",
                woven(
                    "%(what)s by %(due)s",
                    what=Piece("send Tom with the refractometer", "k5", own="text"),
                    due=Piece("Fri 9 Oct", "k6", _days(), own="date"),
                ),
                hint="Tom has room on Thursday afternoon",
            ),
            UnderstoodRow(
                "r3",
                "Jane promises us",
                woven(
                    "%(what)s by %(due)s",
                    what=Piece("the autumn volumes", "k7", own="text"),
                    due=Piece("Sun 11 Oct", "k8", _days(), other=Choice("2026-10-12", "Mon 12"), own="date"),
                ),
            ),
            UnderstoodRow(
                "r4",
                "We gave",
                woven(
                    "%(what)s, about %(worth)s, to %(whom)s",
                    what=Piece("October’s pallet charge", "k9", own="text"),
                    worth=Piece("£180", "k10", own="number"),
                    whom=Piece("Alder Hotels", "k11", own="text"),
                ),
            ),
            UnderstoodRow(
                "r5",
                "Matters to Sami",
                (Piece("the night porter can make a decent cup without training", "k12", own="text"),),
            ),
            UnderstoodRow("r6", "To find out", (Piece("who signs off the new hotel in Bath", "k13", own="text"),)),
        ),
        underlines=tuple(_underlines()),
        who_sees="Your words stay with you. What you keep of them is the house’s.",
    )


def _underlines() -> list[Underline]:
    read = [
        ("Saw Jane and Sami at Alder this morning.", "between"),
        ("Sami", "unsure"),
        ("I’ll send Tom with the refractometer by Friday", "between"),
        ("Jane gets us the autumn volumes before the 12th", "between"),
        ("Let them off October’s pallet charge, about £180", "trade"),
        ("the night porter can make a decent cup without training", "between"),
        ("No idea who signs off the new hotel in Bath", "between"),
    ]
    return [Underline(NOTE.index(words), NOTE.index(words) + len(words), ink) for words, ink in read]  # type: ignore[arg-type]


def _modes() -> tuple[Choice, ...]:
    return (
        Choice("visit", "Visit", is_taken=True),
        Choice("call", "Call"),
        Choice("video", "Video"),
        Choice("gathering", "Gathering"),
    )


def _days() -> tuple[Choice, ...]:
    return (
        Choice("2026-10-06", "today", is_taken=True),
        Choice("2026-10-05", "yesterday"),
        Choice("2026-10-09", "Fri 9"),
    )


def note_box(*, words: str = "", box: str = "today", is_line: bool = False, write_url: str = "") -> NoteBox:
    return NoteBox(
        box=box,
        member="maya",
        keep_url="keep",
        understood_url="understood",
        prompt="What happened between you and Jane?" if is_line else "What happened between you?",
        note_id="00000000-0000-4000-8000-000000000001",
        about="jane" if is_line else "",
        words=words,
        understood=understood() if words else None,
        write_url=write_url,
        is_line=is_line,
    )


def kept() -> Kept:
    return Kept(
        "Kept: a visit, two promises, a concession and a question.", "undo", (Link("Jane Okafor", "relationship.html"),)
    )


# ── today ──


def today(*, words: str = NOTE) -> TodayPage:
    return TodayPage(
        today=TODAY,
        opening="Two promises of ours come due today. You are out from 11:15 until 13:00.",
        box=note_box(words=words, write_url="write.html"),
        tend=tuple(_tend()),
        closing="That is enough. The other 41 are in rhythm, or resting.",
        meetings=(
            MeetingRow(
                _at(11, 30),
                "Nadia Rahman",
                "Quay Street Bakery",
                "On site. She asked about Sundays in July and we never answered.",
                "relationship.html",
            ),
            MeetingRow(_at(14, 0), "Fewer, better visits", "circle", "Sami and Gareth join by video."),
            MeetingRow(
                _at(16, 15),
                "Lucía Mejía",
                "Finca La Sombra",
                "Video. The Huila lot cupped well; tell her who is drinking it.",
                "relationship.html",
            ),
        ),
        ours=(
            _ours("Waste figures for Clifton", "late", date(2026, 9, 29), "Jane Okafor"),
            _ours("Grinder on loan", "late", date(2026, 10, 2), "Ines Carvalho"),
            _ours("Photographs for their wall", "late", date(2026, 10, 5), "Mei Zhou"),
            _ours("Cupping notes, Huila lot", "due", TODAY, "Ollie Grant"),
            _ours("An answer about Sundays", "due", TODAY, "Nadia Rahman"),
        ),
        theirs=(
            _theirs("Meridian’s volumes for 2027", "late", date(2026, 9, 27), "Dev Anand. Not like him."),
            _theirs("Signed terms", "late", date(2026, 10, 3), "Rob Hale. Usually five days late, and always comes."),
            _theirs("Ward trolley counts", "due", TODAY, "Gareth Pugh"),
        ),
    )


def today_at_rest() -> TodayPage:
    return TodayPage(
        today=TODAY,
        opening="Nothing is due today.",
        box=note_box(),
        tend=(),
        closing="All is in rhythm. Enough for today.",
        meetings=(),
        ours=(),
        theirs=(),
    )


def today_empty_house() -> TodayPage:
    return TodayPage(
        today=TODAY,
        opening="Welcome, Maya.",
        box=note_box(),
        tend=(),
        closing="",
        meetings=(),
        ours=(),
        theirs=(),
        is_empty_house=True,
        import_url="import.html",
    )


def write() -> WritePage:
    return WritePage(box=replace(note_box(words=NOTE, box="write"), is_whole=True), now=NOW, later_url="today.html")


def _tend() -> list[TendRow]:
    return [
        _tend_row(
            "Leona Marsh",
            "Severn Vale Hospitals",
            1,
            "Quiet for 41 days; you two usually speak every 12.",
            "call",
            "Telephone after 14:00, never Mondays: her terms. Ask how the ward trolleys are going, she cared about those in August.",
            RhythmStrip(
                "Contact with Leona Marsh over a year: roughly every 12 days, then 41 days of silence",
                _ticks(4, 12, 41),
                12,
                41,
                "41 days",
            ),
        ),
        _tend_row(
            "Ines Carvalho",
            "Blue Door Café",
            7,
            "The loan grinder is four days late, and she has not mentioned it.",
            "message",
            "A short message, any time suits her. Say it before she has to; Pavel passes her door on Thursday.",
            LateStrip(
                "Promised 18 September, due 2 October, not done today", date(2026, 9, 18), date(2026, 10, 2), TODAY
            ),
        ),
        _tend_row(
            "Gareth Pugh",
            "Severn Vale Hospitals",
            4,
            "He asked on Thursday what the bigger volumes cost in winter, and nobody has answered.",
            "visit",
            "Half an hour on site, Thursdays: his terms. No offer. Ask what the bigger volumes are doing to his mornings.",
            RhythmStrip(
                "Contact with Gareth Pugh over a year: roughly every 16 days, last 5 days ago",
                _ticks(9, 16, 5),
                16,
                5,
                "5 days",
            ),
        ),
        _tend_row(
            "Hana Sato",
            "Meridian Foods",
            6,
            "Trade has run ahead of the two of you since May.",
            "visit",
            "Half an hour on site, Thursdays. No offer.",
            PartingStrip("Trade and talk with Hana Sato over a year: together until May, then apart", months_of_tune()),
        ),
        _tend_row(
            "Mei Zhou",
            "Lantern Books & Coffee",
            7,
            "You each answered for September: she says thin, we say good.",
            "mail",
            "E-mail first: her terms. Ask what thin means to her; do not explain.",
            PulseStrip(
                "Of five words Mei chose thin and we good", ("strained", "thin", "fine", "good", "close"), 1, 3, "Mei"
            ),
        ),
        _tend_row(
            "Ollie Grant",
            "Pigeon & Post",
            8,
            "He sent us two customers and gave us a photo day; nothing has gone back.",
            "letter",
            "He likes things on paper. The first kilo of the Huila lot would mean more than a discount.",
            GiftStrip(
                "Give and take with Ollie Grant: he gave four times this year, nothing has gone back",
                (Gift(330, "theirs", 0.4), Gift(250, "theirs", 1), Gift(190, "theirs", 0.6), Gift(80, "theirs", 1)),
            ),
        ),
        _tend_row(
            "Rob Hale",
            "The Tidewheel",
            5,
            "Six weeks to renewal, and since Karen left we do not know who decides.",
            "visit",
            "Pavel delivers there tomorrow and knows the bar staff. Ask him to ask.",
            MissingStrip("Harbour & Finch know Rob, Rob answers to someone we do not know", ("Rob",), "who decides"),
        ),
    ]


def _tend_row(name: str, of: str, life: int, reason: str, icon: str, how: str, strip: object) -> TendRow:
    return TendRow(
        name=name,
        of=of,
        url="relationship.html",
        life=life,
        reason=(Clause(reason, why_url="evidence.html"),),
        how=how,
        how_icon=icon,  # type: ignore[arg-type]
        strip=strip,  # type: ignore[arg-type]
        tend_url="relationship.html",
        not_now_url="not-now",
        rest_url="rest",
    )


def _ticks(seed: int, gap: float, last: int) -> tuple[Tick, ...]:
    drawn = random.Random(seed)
    ticks: list[Tick] = []
    days_ago = float(last)
    while days_ago < 350:
        way: Way = drawn.choice(("theirs", "ours", "both", "ours", "theirs"))
        ticks.append(Tick(round(days_ago), way))
        days_ago += max(3.0, drawn.gauss(gap, gap * 0.3))
    return tuple(ticks)


def _at(hour: int, minute: int) -> datetime:
    return datetime(2026, 10, 6, hour, minute, tzinfo=UTC)


def _ours(what: str, state: str, due: date, note: str = "") -> PromiseRow:
    acts = (
        PromiseAct("Done", "done", is_main=True, key="x"),
        PromiseAct("Another day", "move", is_form=True, key="d"),
        PromiseAct("Ask to be let go", "ask"),
    )
    return PromiseRow(what, state, due, note, "promise", acts=acts)  # type: ignore[arg-type]


def _theirs(what: str, state: str, due: date, note: str = "") -> PromiseRow:
    acts = (
        PromiseAct("Kept", "kept", is_main=True, key="x"),
        PromiseAct("Partly", "partly"),
        PromiseAct("Not kept", "not-kept"),
        PromiseAct("Let go", "release"),
    )
    return PromiseRow(what, state, due, note, "promise", acts=acts)  # type: ignore[arg-type]


# ── relationship ──

CONTACT = [.35,.42,.5,.5,.52,.55,.58,.62,.68,.72,.7,.68,.7,.72,.7,.6,.38,.34,.5,.62,.7,.74,.76,.78,.8,.82,.8,.76,.74,.76,.72,.6,.5,.42,.36,.32,.44]  # fmt: skip
TRADE = [2.1,2.3,2.6,2.4,2.5,2.7,2.8,2.9,3.0,3.6,3.7,3.8,3.9,3.9,4.0,3.8,3.4,3.3,3.6,3.9,4.0,4.0,4.1,4.2,4.2,4.4,4.4,4.3,4.4,4.5,4.6,5.0,5.4,5.7,5.9,6.1,6.1]  # fmt: skip


def two_strips() -> TwoStrips:
    marks = {
        3: StripMark(date(2024, 1, 8), "Sami joins a tasting"),
        9: StripMark(date(2024, 7, 2), "She opens the door to Bath"),
        16: StripMark(date(2025, 2, 18), "Two late pallets; she rings"),
        21: StripMark(date(2025, 7, 3), "Ruth drives them herself"),
        31: StripMark(date(2026, 5, 4), "The grinders change"),
    }
    trade_marks = {
        16: StripMark(date(2025, 2, 20), "paid three weeks late, and said so first"),
        25: StripMark(date(2025, 11, 15), "renewed for two years"),
    }
    drawn = random.Random(11)
    months = []
    for place in range(37):
        month = date(2023 + (9 + place) // 12, (9 + place) % 12 + 1, 1)
        months.append(
            StripMonth(
                month=month,
                contact=CONTACT[place] * 1.4,
                days=_days_of(drawn, month, CONTACT[place]),
                trade=Decimal(str(TRADE[place])) * 1000,
                marks=(marks[place],) if place in marks else (),
                trade_marks=(trade_marks[place],) if place in trade_marks else (),
            )
        )
    return TwoStrips(
        label=(
            "Three years with Jane Okafor. Above: contact grew from 2023, dipped with two late pallets in February 2025, recovered, "
            "and has fallen since May 2026. Below: monthly orders rose from 2,100 to 6,100 pounds. Ahead: two promises this "
            "week, a tasting on 3 November, renewal on 1 March 2027."
        ),
        today=TODAY,
        months=tuple(months),
        ahead=(
            AheadRow(date(2026, 10, 9), "Tom with the refractometer", "ours"),
            AheadRow(date(2026, 10, 11), "her autumn volumes", "theirs"),
            AheadRow(date(2026, 11, 3), "tasting, agreed", "meeting"),
            AheadRow(date(2027, 3, 1), "renewal", "trade"),
        ),
        trade_of="trade of Alder Hotels",
        currency="GBP",
        trade_first_says="£2,100 a month",
        trade_last_says="£6,100 a month",
        expected=days_by_rhythm(
            ExpectedDay(date(2026, 10, 25), date(2026, 10, 16), date(2026, 11, 6)), gap_days=19, until=date(2027, 4, 6)
        ),
        expected_says="your usual rhythm, every 19 days",
        season=tuple(
            ExpectedMonth(
                date(2026 + (9 + place) // 12, (9 + place) % 12 + 1, 1), amount, amount * 9 / 10, amount * 5 / 4
            )
            for place, amount in enumerate(map(Decimal, (4300, 4200, 3100, 4200, 4100, 4400)))
        ),
        season_says="what this season brought in other years",
        quiet_from=date(2026, 12, 1),
        quiet_until=date(2026, 12, 31),
        quiet_says="her quiet month",
    )


def _days_of(drawn: random.Random, month: date, contact: float) -> tuple[StripDay, ...]:
    count = min(28, max(0, round(contact * 3.4 - 0.5 + drawn.uniform(-0.6, 0.6))))
    days = sorted(drawn.sample(range(28), count))
    ways: tuple[Way, ...] = ("theirs", "ours", "both")
    found = [StripDay(month + timedelta(days=day), drawn.choice(ways)) for day in days]
    return tuple(day for day in found if day.on <= TODAY)


# Trade and talk against their own usual, month by month: level until May, then apart.
TUNE = [(1.0, 1.04), (1.02, 1.0), (1.0, 1.02), (0.97, 1.0), (1.0, 0.98), (1.03, 1.0), (1.0, 1.02), (1.1, 0.92), (1.2, 0.82), (1.28, 0.74), (1.33, 0.68), (1.36, 0.6), (1.37, 0.64)]  # fmt: skip


def months_of_tune() -> tuple[MonthShares, ...]:
    return tuple(
        MonthShares(date(2025 + (9 + place) // 12, (9 + place) % 12 + 1, 1), trade, relationship)
        for place, (trade, relationship) in enumerate(TUNE)
    )


def tune_figure() -> TuneFigure:
    return TuneFigure(
        finding="Out of tune since May",
        why_url="evidence.html",
        months=months_of_tune(),
        since_on=date(2026, 5, 4),
        trade_says="a third more",
        relationship_says="a third less",
        small_print="Each against its own usual over three years.",
    )


def relationship() -> RelationshipPage:
    return RelationshipPage(
        name="Jane Okafor",
        life=10,
        today=TODAY,
        standing=(
            Clause("She buys for "),
            Clause("Alder Hotels", url="party.html"),
            Clause(", six houses. Between you since March 2023. Maya tends it, Tom helps."),
        ),
        opening=(
            Clause("Whose move it is", why_url="evidence.html"),
            Clause(": yours. She asked on 26 August for one invoice for all houses, and nobody has answered. "),
            Clause("You and Jane had spoken twice in eleven weeks", why_url="evidence.html"),
            Clause(" until this morning; every 19 days is usual. One promise of ours is late."),
        ),
        box=note_box(box="jane", is_line=True),
        terms=Terms(
            "Her terms",
            "she set these on 4 June",
            (
                ("call", "ring 14:00 to 16:00"),
                ("mail", "prices in writing"),
                ("visit", "visits monthly at most"),
                ("x", "nothing in December"),
                ("message", "no group chats"),
            ),
        ),
        strips=two_strips(),
        readings=(
            ReadingRow(
                "She is waiting for an answer of yours since 26 August.", "evidence.html", NOW, "Her last three letters"
            ),
            ReadingRow(
                "Speaking again, after 41 days where 19 are usual.",
                "evidence.html",
                NOW,
                "23 gaps",
                RhythmStrip(
                    "Contact with Jane Okafor over a year: roughly every 19 days", _ticks(7, 19, 0), 19, 0, "today"
                ),
            ),
        ),
        tune=tune_figure(),
        give_take=GiveTake(
            finding="She gave way six times, we five",
            label="Give and take over a year: she gave way six times, we five; each drawn once, as tall as its receiver valued it.",
            gifts=tuple(_gifts()),
            since=date(2025, 10, 1),
            theirs_name="she gave",
            small_print="Each valued by the one who received it, roughly. Two columns, never a sum.",
        ),
        ours=(
            _ours(
                "Waste figures for the Clifton kitchen",
                "late",
                date(2026, 9, 29),
                "Maya. Due a week ago; she has not asked.",
            ),
            _ours("Tom with the refractometer", "due", date(2026, 10, 9), "Tom, to Sami. From this morning’s note."),
            _ours("Two blends for the November tasting", "open", date(2026, 10, 28), "Ruth"),
        ),
        theirs=(
            _theirs("Autumn volumes, all six houses", "due", date(2026, 10, 11)),
            _theirs("To bring Helen to the tasting", "open", date(2026, 11, 3)),
            PromiseRow("A word with the porters at Bath", "kept", date(2026, 9, 24), "Kept a day early"),
        ),
        ours_title="We promised",
        theirs_title="Jane promised",
        kept_says="Of the last 20 each way we kept 16, she kept 18.",
        matters=MattersPart(
            theirs=Side(
                "What matters to her",
                "",
                (
                    Group(
                        "",
                        (
                            _line(
                                "I have to be able to defend the choice upstairs without you in the room.",
                                "Jane, told by Maya",
                                date(2026, 3, 12),
                                is_quote=True,
                            ),
                            _line(
                                "Tell me the bad news first. I can work with bad news.",
                                "Jane, in their own word",
                                date(2025, 2, 3),
                                is_quote=True,
                            ),
                            _line("That the night staff are not made to look foolish.", "Sami, told by Maya", TODAY),
                        ),
                    ),
                ),
            ),
            ours=Side("What matters to us", "Nothing written down yet.", ()),
            questions=(
                _line("Who signs off the new hotel in Bath", "Maya Lindqvist", TODAY),
                _line("Whether Meridian has made her an offer", "Tom Akerman", TODAY),
                _line("Why she stopped coming to tastings in May", "Maya Lindqvist", TODAY),
            ),
        ),
        around_title="Who stands around her",
        around=(
            AroundRow(
                "Sami Haddad",
                "runs the kitchens",
                "relationship.html",
                "Seven of the last ten things she told us began with him.",
                7,
            ),
            AroundRow("Helen Brandt", "signs over £5,000", "party.html"),
            AroundRow("Priya Nair", "manager, Bath", "party.html"),
            AroundRow("Night porters", "make the coffee", "party.html", "through Sami"),
            AroundRow("Dev Anand", "Meridian, buys for others", "relationship.html", "", 2),
        ),
        notebook=(
            NotebookRow(
                "This morning, visit, Maya",
                "Decaf flat since the grinder change. Sami tense, Jane kind about it.",
                NOW,
                "note",
                is_mine=True,
            ),
            NotebookRow(
                "26 Aug, call, Jane rang",
                "Wants one invoice for all houses. Said “no hurry” twice.",
                date(2026, 8, 26),
                "moment",
            ),
            NotebookRow(
                "21 July, e-mail, Tom",
                "Grinder settings sent to all six kitchens. No answer.",
                date(2026, 7, 21),
                "moment",
            ),
        ),
        notebook_more_url="#",
        party_url="party.html",
    )


AHEAD_KINDS: tuple[Literal["ours", "theirs", "meeting", "trade"], ...] = (
    "ours",
    "theirs",
    "meeting",
    "trade",
    "ours",
    "theirs",
    "trade",
    "meeting",
    "trade",
)


def relationship_crowded() -> RelationshipPage:
    """Everything at once: a letter every other day, names everywhere, more ahead than can be named."""
    drawn = random.Random(5)
    strips = two_strips()
    months = [
        replace(
            month,
            days=_days_of(drawn, month.month, 5),
            contact=drawn.uniform(0.2, 4),
            marks=(StripMark(month.month, "A happening with rather a long name"),),
            trade_marks=(StripMark(month.month + timedelta(days=9), "An order out of the ordinary"),),
            trade=Decimal(drawn.choice((0, 0, 18_000))),
        )
        for month in strips.months
    ]
    ahead = [
        AheadRow(TODAY + timedelta(days=5 + 17 * place), "Something promised in rather many words", kind)
        for place, kind in enumerate(AHEAD_KINDS)
    ]
    soon = ExpectedDay(TODAY + timedelta(days=1), TODAY, TODAY + timedelta(days=4))
    often = days_by_rhythm(soon, gap_days=2, until=date(2027, 4, 6))
    return replace(
        relationship(),
        name="Bürgerenergiegenossenschaft Oberschwaben-Allgäu eG",
        strips=replace(strips, months=tuple(months), ahead=tuple(ahead), expected=often, quiet_from=None),
        notebook=relationship().notebook * 4,
    )


def relationship_sparse() -> RelationshipPage:
    """One meeting, last week; no trade known, nothing ahead."""
    strips = two_strips()
    months = [replace(month, days=(), contact=0.0, trade=None, marks=(), trade_marks=()) for month in strips.months]
    months[-1] = replace(months[-1], contact=1.0, days=(StripDay(date(2026, 10, 2), "both"),))
    strips = replace(
        strips,
        label="Met once, on 2 October.",
        months=tuple(months),
        ahead=(),
        trade_of="",
        trade_first_says="",
        trade_last_says="",
        expected=(),
        season=(),
        quiet_from=None,
    )
    return replace(relationship(), strips=strips, readings=(), give_take=None, tune=None)


def relationship_new() -> RelationshipPage:
    return RelationshipPage(
        name="Priya Nair-Featherstonehaugh of the Bath house",
        life=0,
        today=TODAY,
        standing=(
            Clause("She manages the Bath house of "),
            Clause("Alder Hotels", url="party.html"),
            Clause(". Nobody tends it yet."),
        ),
        opening=(Clause("Too early to say; four more conversations will do."),),
        box=note_box(box="priya", is_line=True),
        terms=Terms(
            "Her terms",
            "",
            (),
            "She has not said any. Until she does, only what a person would do: an answer, or a reason of your own.",
        ),
        strips=None,
        readings=(),
        give_take=None,
        ours=(),
        theirs=(),
        ours_title="We promised",
        theirs_title="Priya promised",
        kept_says="",
        matters=MattersPart(
            theirs=Side("What matters to her", "Nothing yet. Write what you hear: “For Priya what counts is …”", ()),
            ours=Side("What matters to us", "Nothing written down yet.", ()),
            questions=(),
        ),
        around_title="Who stands around her",
        around=(),
        notebook=(),
        party_url="party.html",
        closed_says="Only Maya and the team Hotels see this.",
    )


def before() -> BeforePage:
    page = relationship()
    said = (
        LastSaid(
            "When you last met",
            "visit",
            date(2026, 9, 15),
            "Jane walked the breakfast room with us. Two of the machines stand where guests queue, and she would rather move "
            "the queue than the machines. Sami wants the night porters shown how to clean them.",
        ),
        LastSaid(
            "Jane", "mail", date(2026, 10, 1), "Could you send the waste figures before Thursday? Helen asks for them."
        ),
        LastSaid("We", "mail", date(2026, 10, 2), "You have them on Wednesday, with last year’s beside them."),
    )
    hopes = Group("Hopes", (_line("That we renew without a tender in spring.", "Maya Lindqvist", TODAY),))
    return BeforePage(
        house="Harbour & Finch",
        name="Jane Okafor",
        today=TODAY,
        back_url="relationship.html",
        meeting=Meeting(
            "visit",
            datetime(2026, 10, 8, 9, 30, tzinfo=UTC),
            date(2026, 10, 8),
            "Alder Hotels, Queen Square",
            "tasting and waste figures",
            ("Jane Okafor", "Sami Haddad"),
            ("Maya Lindqvist", "Tom Akerman"),
        ),
        said=said,
        matters=replace(
            page.matters,
            ours=replace(page.matters.ours, groups=(hopes,)),
        ),
        ours=page.ours,
        theirs=page.theirs,
        our_giving=("Free calls to Bath over the winter.", "The pallet charge of February."),
        their_giving=("Two deliveries instead of one.",),
        suggestions=(
            (
                "Delivery day as we put it; payment as Jane puts it",
                "Delivery day weighs 60 to us and 20 to Jane. Payment weighs 20 to us and 60 to Jane.",
            ),
        ),
        terms=page.terms,
        look_again_on=date(2027, 1, 15),
        touched=(
            ("Sami Haddad", "runs the kitchens"),
            ("Helen Brandt", "signs over £5,000"),
            ("Priya Nair", "manager, Bath"),
            ("Dev Anand", "Meridian, outside"),
        ),
    )


def _line(words: str, who: str, on: date, *, is_quote: bool = False) -> LineRow:
    return LineRow(
        id=uuid4(), words=words, who=who, on=on, is_quote=is_quote, change_url="page.html", withdraw_url="page.html"
    )


def _gifts() -> list[Gift]:
    told = [(.03, 60, ""), (.1, -90, ""), (.2, 120, ""), (.3, -40, ""), (.37, -260, "introduced Bath"), (.47, 90, ""), (.55, -60, ""), (.64, -220, "warned us before Helen"), (.74, 40, ""), (.83, -80, ""), (.965, 180, "pallet charge")]  # fmt: skip
    return [
        Gift(round(365 * (1 - at)), "ours" if worth > 0 else "theirs", abs(worth) / 260, says)
        for at, worth, says in told
    ]


def evidence() -> EvidencePage:
    return EvidencePage(
        evidence=Evidence(
            sentence="Quiet for 41 days; you two usually speak every 12.",
            speaks_for=(
                EvidenceRow("Last in touch: a call about the ward trolleys", date(2026, 8, 26), "moment", "call"),
                EvidenceRow("Nine of ten gaps were shorter than 23 days"),
            ),
            speaks_against=(EvidenceRow("A gap of 38 days over Christmas", date(2025, 12, 20)),),
            rule="Quiet is said when the open gap is longer than nine of ten gaps we would expect from this rhythm, from five gaps on.",
            as_of=NOW,
            more="It rests on 23 gaps; the ten longest are listed with the relationship.",
        ),
        today=TODAY,
    )


# ── lists ──


def relationships() -> RelationshipsPage:
    rows = [
        ("Amara Nwosu", "Clifton Physio", 6, "", date(2026, 9, 30), "call", "", "180", "Pavel"),
        (
            "Dev Anand",
            "Meridian",
            2,
            "Not answered for 9 days; he asked about volumes.",
            date(2026, 9, 27),
            "e-mail",
            "1 theirs",
            None,
            "Maya",
        ),
        (
            "Gareth Pugh",
            "Severn Vale Hospitals",
            7,
            "Your move: he asked on Thursday.",
            date(2026, 10, 1),
            "visit",
            "2 ours, 1 theirs",
            "4820",
            "Maya",
        ),
        ("Ines Carvalho", "Blue Door Café", 9, "", date(2026, 10, 4), "message", "1 ours", "640", "Maya"),
        ("Jane Okafor", "Alder Hotels", 10, "", TODAY, "visit", "3 ours, 2 theirs", "6100", "Maya, Tom"),
        ("Kofi Mensah", "machines", 5, "", date(2026, 9, 12), "call", "", None, "Tom"),
        (
            "Leona Marsh",
            "Severn Vale Hospitals",
            1,
            "Quiet for 41 days, usually 12.",
            date(2026, 8, 26),
            "call",
            "",
            None,
            "Maya",
        ),
        ("Lucía Mejía", "Finca La Sombra", 8, "", date(2026, 9, 22), "video", "1 ours", "2350", "Ruth"),
        ("Mei Zhou", "Lantern Books & Coffee", 6, "", date(2026, 9, 29), "e-mail", "1 ours", "410", "Maya"),
        (
            "Nadia Rahman",
            "Quay Street Bakery",
            5,
            "Your move: she asked about Sundays in July.",
            date(2026, 7, 19),
            "e-mail",
            "1 ours",
            "980",
            "Maya",
        ),
        ("Ollie Grant", "Pigeon & Post", 9, "", date(2026, 9, 25), "letter", "1 ours", "520", "Ruth"),
        ("Rob Hale", "The Tidewheel", 5, "", date(2026, 9, 18), "visit", "1 theirs", "760", "Pavel"),
        (
            "Zoë van den Brouwer-Krzyżanowska",
            "Stichting Koffie voor de Buurt",
            3,
            "Quiet for 73 days, usually 30.",
            date(2025, 7, 24),
            "e-mail",
            "",
            None,
            "",
        ),
    ]
    return RelationshipsPage(
        today=TODAY,
        list_url="relationships.html",
        words="",
        filters=(
            Filter(
                "kind",
                "Kind",
                (
                    Choice("", "Everybody", is_taken=True),
                    Choice("person", "People"),
                    Choice("organisation", "Organisations"),
                ),
            ),
            Filter("tended", "Tended by", (Choice("", "Anybody", is_taken=True), Choice("maya", "Me"))),
            Filter(
                "promises",
                "Promises",
                (Choice("", "Any", is_taken=True), Choice("open", "Some open"), Choice("late", "Some late")),
            ),
            Filter(
                "last", "Last in touch", (Choice("", "Any time", is_taken=True), Choice("90", "More than 90 days ago"))
            ),
            Filter(
                "sort",
                "In order of",
                (Choice("name", "name", is_taken=True), Choice("last", "last in touch"), Choice("trade", "trade")),
            ),
        ),
        more_filters=(
            Filter("place", "Place", (), is_typed=True, value="Bristol"),
            Filter("label", "Detail", (), is_typed=True, listed="labels-in-use"),
            Filter("after", "In touch from", (), is_typed=True, type="date"),
        ),
        found="13 of 57 relationships, by name.",
        chips=(Chip("Tag: Christmas card", "#"), Chip("VAT number: any", "#"), Chip("Place: Bristol", "#")),
        columns=(
            ColumnHead("reading", "How it looks", "index__reading"),
            ColumnHead("last", "Last in touch", "nowrap", sort_url="#"),
            ColumnHead("promises", "Promises open", "nowrap"),
            ColumnHead("trade", "Trade a month", "index__number", order="descending"),
            ColumnHead("tended", "Tended by", "index__tended"),
        ),
        column_choices=(
            ColumnChoice("tags", "Tags", is_shown=False),
            ColumnChoice("reading", "How it looks", is_shown=True),
            ColumnChoice("detail:VAT number", "VAT number", is_shown=False),
        ),
        columns_url="#",
        saved=(
            SavedRow("Cafés that are quiet", "#", is_here=True, change_url="#"),
            SavedRow("Christmas cards", "#", is_the_houses=True),
        ),
        save_url="#",
        out_url="#",
        words_in_use=("Christmas card", "fair 2026"),
        labels_in_use=("city", "VAT number"),
        edit=EditBar(url="#", back="#", is_part=True),
        rows=tuple(
            RelationshipRow(
                key=name,
                name=name,
                url="relationship.html",
                life=life,
                of=of,
                reading=reading,
                last_on=last,
                last_mode=mode,
                promises=promises,
                trade=Decimal(trade) if trade else None,
                currency="GBP",
                tended_by=tended,
            )
            for name, of, life, reading, last, mode, promises, trade, tended in rows
        ),
        next_url="relationships.html",
        add_url="#",
    )


def party() -> PartyPage:
    return PartyPage(
        name="Jane Okafor",
        kind="person",
        today=TODAY,
        why_here="Here because you wrote to each other; first on 3 March 2023.",
        relationship_url="relationship.html",
        life=10,
        own=OwnWords(
            tags=(TagRow("Christmas card", "#", "#"), TagRow("fair 2026", "#", "#")),
            tag_url="#",
            tell_url="#",
            photo_send_url="#",
            monogram="JO",
            there="It is 03:10 there (Asia/Tokyo).",
            speaks="Speaks Igbo.",
            words_in_use=("Christmas card",),
            labels_in_use=("birthday",),
        ),
        identifiers=(
            KnownRow("e-mail", "jane.okafor@alder.example", "From 214 letters", date(2023, 3, 3), withdraw_url="w"),
            KnownRow("telephone", "+44 117 496 0823", "Address book of Maya", date(2024, 5, 2), withdraw_url="w"),
            KnownRow("e-mail", "jokafor@oldalder.example", "From 12 letters", date(2023, 3, 3), is_withdrawn=True),
        ),
        elsewhere=(
            KnownRow("HubSpot contact", "10049", "hubspot-contacts.csv, line 50", date(2025, 2, 1)),
            KnownRow("Odoo", "res_partner_12", "hubspot-contacts.csv, line 50", date(2025, 2, 1)),
        ),
        details=(
            KnownRow("birthday", "14 May", "Told by Tom", date(2024, 5, 14)),
            KnownRow("language", "English, Igbo", "Note of Maya", date(2025, 2, 1)),
        ),
        ties=(
            TieRow("buys for", "Alder Hotels", "party.html", "From her signature", date(2023, 3, 1), withdraw_url="w"),
            TieRow("worked with", "Gareth Pugh", "party.html", "Told by Jane on 12 March", None, date(2021, 6, 1)),
        ),
        doubles=(DoubleRow("J. Okafor", "party.html", "The same telephone number; one came from the calendar."),),
        told_as=(ToldAsRow("Jane (Alder)", datetime(2024, 6, 6, 9, 0, tzinfo=UTC), "Maya, one address", "#"),),
        same_url="#",
        files=(FileRow("Alder terms 2025.pdf", "file", "212 kB", "With her letter of 4 June"),),
        edit_url="#",
        erase_url="#",
    )


def two() -> tuple[OneOfTwo, OneOfTwo]:
    jane = OneOfTwo(
        id=UUID(int=1),
        name="Jane Okafor",
        url="#",
        known="Known since 3 March 2024",
        addresses=("jane.okafor@alder.example", "+44 117 496 0123"),
        facts=("birthday: 12 April", "town: Bristol"),
        work="Alder Hotels",
        contact="14 moments, first 3 March 2024, last yesterday",
        promises="2 open promises",
        also_called=("Jane (Alder)",),
    )
    other = replace(
        jane,
        id=UUID(int=2),
        name="J. N. Okafor-Bellweather of the breakfast rooms",
        known="Only heard of",
        addresses=("jane.okafor@alder.example",),
        facts=(),
        work="",
        contact="1 moment, 6 June 2024",
        promises="",
        also_called=(),
    )
    return jane, other


def choose() -> ChoosePage:
    found = (FoundRow("J. N. Okafor-Bellweather", "Alder Hotels", "#"), FoundRow("Jane Oakley", "", "#"))
    return ChoosePage(name="Jane Okafor", today=TODAY, words="jan", found=found, says="", back_url="#")


def same() -> ComparePage:
    return ComparePage(
        name="Jane Okafor",
        today=TODAY,
        two=two(),
        in_common=("jane.okafor@alder.example",),
        closed_says="What is between you and one of the two is closed. Taken for one, both are seen only by those who see both.",
        refusal="",
        choose_url="#",
        back_url="#",
    )


def two_after_all() -> TwoPage:
    told = "Maya said on 6 June that they are one. One address"
    return TwoPage(name="Jane Okafor", today=TODAY, two=two(), told=told, back_url="#")


def search() -> SearchPage:
    return SearchPage(
        words="ja",
        today=TODAY,
        groups=(
            HitGroup(
                "People and organisations",
                (
                    Hit("relationship.html", (("Ja", True), ("ne Okafor", False)), "Alder Hotels", life=10),
                    Hit("party.html", (("Benja", False), ("min Ja", True), ("cobs", False)), "Clifton Physio", life=3),
                ),
            ),
            HitGroup(
                "What happened",
                (
                    Hit(
                        "moment",
                        (("Re: ", False), ("Ja", True), ("nuary volumes", False)),
                        "Dev Anand",
                        date(2026, 1, 14),
                        icon="mail",
                    ),
                ),
            ),
            HitGroup("Pages and acts", (Hit("import.html", (("Bring in what you have", False),), icon="go"),)),
        ),
    )


def search_nothing() -> SearchPage:
    return SearchPage("zzyzx", TODAY, (), "Nobody and nothing by that name. Write it down, and it is in the book.")


# ── bringing in, house ──


def imports() -> ImportPage:
    return ImportPage(
        today=TODAY,
        past=(
            ImportRow(
                "maya.mbox",
                "import-report.html",
                NOW,
                "Maya",
                "1,204 letters: 310 new, 840 joined, 54 left out",
                "done",
            ),
            ImportRow("calendar.ics", "import-report.html", NOW - timedelta(days=1), "Tom", "undone", "undone"),
        ),
        start_url="start",
        error="",
    )


def import_report() -> ImportReport:
    return ImportReport(
        name="maya.mbox",
        kind="Mailbox",
        at=NOW,
        by="Maya",
        state="done",
        says="1,204 letters are in: 310 are new, 840 joined what was known, 54 were left out.",
        seen=1204,
        new=310,
        joined=840,
        unchanged=0,
        left_out=52,
        rejected=2,
        left_out_rows=(
            LeftOut("Newsletters", 31, "Weekly offers from Meridian"),
            LeftOut("Automatic answers", 12),
            LeftOut("Calendar mail, which the calendar tells better", 9),
        ),
        rejected_rows=(LeftOut("No date that could be read", 2, "Message 881"),),
        rejected_file_url="rejected",
        undo_url="undo",
        complete_until=NOW,
    )


def import_running() -> ImportReport:
    return ImportReport(
        "maya.mbox",
        "Mailbox",
        NOW,
        "Maya",
        "running",
        "480 of 1,204 letters read.",
        480,
        120,
        340,
        0,
        20,
        0,
        (),
        (),
        total=1204,
        refresh_url="refresh",
    )


def mapping() -> MappingPage:
    kinds = (Choice("name", "name"), Choice("date", "day"), Choice("amount", "amount"), Choice("", "leave out"))
    return MappingPage(
        name="orders-2025.csv",
        start_url="start",
        again_url="again",
        columns=(
            ColumnGuess("Kunde", "column-0", (Choice("name", "name", is_taken=True), *kinds[1:])),
            ColumnGuess(
                "Datum", "column-1", (Choice("date", "day", is_taken=True), kinds[0], *kinds[2:]), is_unsure=True
            ),
            ColumnGuess("Betrag", "column-2", (Choice("amount", "amount", is_taken=True), *kinds[:2], kinds[3])),
        ),
        readings=(
            Filter(
                "encoding",
                "Letters",
                (Choice("cp1252", "Windows, western Europe", is_taken=True), Choice("utf-8", "UTF-8")),
            ),
            Filter("decimal", "Decimal sign", (Choice(",", "comma", is_taken=True), Choice(".", "point"))),
            Filter(
                "dates",
                "Days are written",
                (Choice("dmy", "day, month, year", is_taken=True), Choice("mdy", "month, day, year")),
            ),
        ),
        headings=("Kunde", "Datum", "Betrag"),
        rows=(("Alder Hotels", "3 April 2025", "£2,180"), ("Blue Door Café", "11 April 2025", "£96.40")),
        says="412 orders. Look whether the first ten read right.",
    )


def house() -> HousePage:
    return HousePage(
        name="Harbour & Finch",
        today=TODAY,
        legal_names=("Harbour & Finch Ltd", "Harbour & Finch Ireland DAC"),
        domains=("harbourfinch.example", "hf-coffee.example"),
        members=(
            MemberRow("Maya Lindqvist", "maya@harbourfinch.example", "steward", "Hotels"),
            MemberRow("Tom Akerman", "tom@harbourfinch.example", "member", "Service"),
            MemberRow("Ruth Feld", "ruth@harbourfinch.example", "member", "", "invited on 3 October, not here yet"),
        ),
        teams=(Link("Hotels", "#"), Link("Service", "#")),
        keeps=(
            KnownRow("Letters", "excerpts only", "Chosen by Maya", date(2026, 3, 1)),
            KnownRow("Last backup", "this morning, 212 MB", "Made each night", TODAY),
        ),
        invite_url="#",
        change_url="#",
        own_url="#",
        safe=SafePart(
            says=("Saved this morning, 212 MB, and restored on trial.", "Saved again tonight."),
            back_up_url="#",
            export_url="#",
            take_url="#",
            take_says="Made today at 14:05, 61 MB. It is here for a day.",
        ),
    )
