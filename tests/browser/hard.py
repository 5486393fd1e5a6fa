"""The made-up Tuesday with what is hard on a page: names longer than its columns, names from the right, huge amounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import cycle

from ampersand.desk.pages.relationship import RelationshipPage
from ampersand.desk.pages.relationships import RelationshipsPage
from ampersand.desk.pages.today import TodayPage
from tests.browser import samples

LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Llewellyn Hubert Blaine the Younger of Saxe-Coburg"
HOUSE = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mit beschränkter Haftung"
NAMES = (LONG, "محمد عبد الرحمن بن عبد العزيز الهاشمي", "שרה כהן-לוי", "千尋 佐藤", "X")
HOUSES = (HOUSE, "مقهى النيل للتجارة والتوزيع (١٩٨٤)", "", "株式会社東京珈琲焙煎研究所", "Y")
PROMISE = "send the detailed comparison of every grinder setting in all of the six kitchens, with photographs and costs"


def today() -> TodayPage:
    page = samples.today()
    named = zip(page.tend, cycle(NAMES), cycle(HOUSES), strict=False)
    return replace(
        page,
        tend=tuple(replace(row, name=name, of=house) for row, name, house in named),
        meetings=tuple(replace(row, name=LONG, of=HOUSE) for row in page.meetings),
        ours=tuple(replace(row, what=PROMISE, note=LONG, note_url="relationship.html") for row in page.ours),
        theirs=tuple(replace(row, what=HOUSE, note=NAMES[1]) for row in page.theirs),
    )


def relationship(name: str = LONG, house: str = HOUSE) -> RelationshipPage:
    page = samples.relationship()
    assert page.give_take
    assert page.strips
    return replace(
        page,
        name=name,
        theirs_title=f"{name} promised",
        matters=replace(page.matters, theirs=replace(page.matters.theirs, title=f"What matters to {name}")),
        around_title=f"Who stands around {name}",
        ours=tuple(replace(row, what=PROMISE) for row in page.ours),
        around=tuple(replace(row, name=house, note=PROMISE) for row in page.around),
        give_take=replace(page.give_take, theirs_name=f"{name} gave"),
        strips=replace(
            page.strips,
            trade_of=f"trade of {house}",
            trade_first_says="£12",
            trade_last_says="£123,456,789,012 a month",
        ),
    )


def relationship_from_the_right() -> RelationshipPage:
    return relationship(NAMES[1], HOUSES[1])


def relationships() -> RelationshipsPage:
    page = samples.relationships()
    named = zip(page.rows, cycle(NAMES), cycle(HOUSES), strict=False)
    amount = Decimal(123456789012)
    return replace(page, rows=tuple(replace(row, name=name, of=house, trade=amount) for row, name, house in named))
