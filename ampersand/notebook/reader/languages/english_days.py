"""How English notes name days, with the loan words that travel in them ("morgen", "KW 14", "lundi")."""

from __future__ import annotations

import re

weekdays = {
    **dict.fromkeys(("monday", "mon", "montag", "lundi", "lunes", "lunedi", "segunda", "maandag"), 0),
    **dict.fromkeys(("tuesday", "tue", "tues", "dienstag", "mardi", "martes", "martedi", "dinsdag"), 1),
    **dict.fromkeys(("wednesday", "wed", "weds", "mittwoch", "mercredi", "miercoles", "mercoledi", "woensdag"), 2),
    **dict.fromkeys(("thursday", "thu", "thur", "thurs", "donnerstag", "jeudi", "jueves", "giovedi", "donderdag"), 3),
    **dict.fromkeys(("friday", "fri", "freitag", "vendredi", "viernes", "venerdi", "vrijdag"), 4),
    **dict.fromkeys(("saturday", "sat", "samstag", "samedi", "sabado", "sabato", "zaterdag"), 5),
    **dict.fromkeys(("sunday", "sun", "sonntag", "dimanche", "domingo", "domenica", "zondag"), 6),
}
doubtful_weekdays = frozenset({"sat", "sun", "segunda"})

months = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jaenner janvier enero",
            "february feb februar fevrier febrero",
            "march mar marz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug aout agosto",
            "september sept sep septembre septiembre",
            "october oct okt oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dez dezember decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
doubtful_months = frozenset({"may", "march", "mar", "mars", "jan", "jun", "dec", "sep", "august"})

relative_days = {
    **dict.fromkeys(
        (
            "today",
            "tonight",
            "this morning",
            "this afternoon",
            "this evening",
            "this a.m.",
            "this p.m.",
            "this am",
            "this pm",
            "eod",
            "cob",
            "end of day",
            "end of today",
            "end of play",
            "heute",
            "hoy",
            "oggi",
            "aujourd'hui",
            "this arvo",
            "later today",
            "earlier today",
            "tdy",
            "2day",
            "close of business",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "tomorrow",
            "tmrw",
            "tmrrw",
            "tmr",
            "tmw",
            "tomoz",
            "tomorow",
            "tommorow",
            "2morrow",
            "morgen",
            "demain",
            "manana",
            "domani",
            "amanha",
        ),
        1,
    ),
    **dict.fromkeys(("day after tomorrow", "ubermorgen", "overmorgen"), 2),
    **dict.fromkeys(
        ("yesterday", "yday", "yest", "y'day", "ystrdy", "last night", "gestern", "hier soir", "ayer", "ieri"), -1
    ),
    **dict.fromkeys(("day before yesterday", "vorgestern"), -2),
}

units = {
    **dict.fromkeys(
        ("day", "days", "d", "tag", "tagen", "tage", "working days", "business days", "jours", "dias"), "day"
    ),
    "fortnight": "fortnight",
    **dict.fromkeys(
        ("week", "weeks", "wk", "wks", "w", "woche", "wochen", "semaine", "semaines", "semana", "semanas"), "week"
    ),
    **dict.fromkeys(
        ("month", "months", "mth", "mths", "mo", "monat", "monate", "monaten", "mois", "mes", "meses"), "month"
    ),
    **dict.fromkeys(("quarter", "quarters", "qtr"), "quarter"),
    **dict.fromkeys(("year", "years", "yr", "yrs", "jahr", "jahre"), "year"),
}
parts = {
    "early": 10,
    "beginning of": 10,
    "start of": 10,
    "mid": 15,
    "mid-": 15,
    "middle of": 15,
    "anfang": 10,
    "mitte": 15,
    "late": 31,
    "ende": 31,
    "fin": 31,
}

# A fixed day (month, day), or days after Easter Sunday.
feasts: dict[str, tuple[int, int] | int] = {
    "christmas": (12, 25),
    "xmas": (12, 25),
    "christmas eve": (12, 24),
    "new year": (1, 1),
    "new year's": (1, 1),
    "easter": 0,
    "good friday": -2,
    "easter monday": 1,
    "whitsun": 49,
    "pentecost": 49,
    "ascension": 39,
    "weihnachten": (12, 25),
    "ostern": 0,
    "halloween": (10, 31),
    "new years": (1, 1),
    "valentine's": (2, 14),
    "valentines": (2, 14),
    "silvester": (12, 31),
    "new year's eve": (12, 31),
    "epiphany": (1, 6),
    "pfingsten": 49,
}

_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
"""
ordinals = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
ordinals |= {
    f"twenty{mark}{word}": 20 + number for word, number in list(ordinals.items())[:9] for mark in (" ", "-", "")
}
ordinals |= {"thirtieth": 30} | {f"thirty{mark}first": 31 for mark in (" ", "-", "")}

numerals = {
    word: number
    for number, word in enumerate(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """.split()
    )
}
numerals |= {
    word: 10 * number
    for number, word in enumerate(
        """
    twenty thirty forty fifty sixty seventy eighty ninety
    """.split(),
        start=2,
    )
}
numerals |= {"fourty": 40, "hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}

_LEADS = {
    "by": "by bis until till til 'til latest hasta per jusqu'a no-later-than not-later-than on-or-by up-to "
    "due due-by deadline",
    "before": "before b4 vor avant antes-de on-or-before prior-to ahead-of",
    "on": "on am el le for at this the in within inside during a im over across throughout",
    "from": "from as-of as-from starting ab starts beginning desde",
    "after": "after nach apres past",
    "since": "since seit depuis",
    "around": "about around roughly",
}
leads = {word.replace("-", " "): lead for lead, words in _LEADS.items() for word in words.split()}
which = {
    "next": "next",
    "nxt": "next",
    "following": "next",
    "coming": "this",
    "this": "this",
    "last": "last",
    "past": "last",
    "nachste": "next",
    "nachsten": "next",
    "kommenden": "this",
    "letzten": "last",
    "prochain": "next",
    "proximo": "next",
}


def lead_of(words: str) -> str:
    """What the words before a day make of it: "by", "before", "on", "from", "after", "since", "around" or nothing."""
    text = " ".join(words.replace(":", "").split())
    found = [leads[part] for part in (text, *text.split()) if part in leads]
    return next((lead for lead in found if lead not in ("on", "around")), found[0] if found else "")


def which_of(word: str) -> str:
    return which.get(word.strip(), "")


def number(written: str) -> int | None:
    word = written.strip()
    if word.isdigit():
        return int(word)
    return {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "couple": 2, "a few": None}.get(word, numerals.get(word))


def day_number(written: str) -> int:
    digits = re.match(r"\d{1,2}", written)
    return int(digits.group()) if digits else ordinals[" ".join(written.split())]


def _any(words: object) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_LEAD = (
    rf"(?:(?P<lead>(?:\b(?:{_any(leads)})\b:? ?){{1,2}}(?:\bthe )?)(?<=[ :]))?"
)  # fmt: skip
_WHICH = rf"(?:(?:the |this )?(?P<which>{_any(which)}) )?"
_MONTH = rf"(?P<month>{_any(months)})\b"
_DAY = r"(?P<d>\d{1,2})"
_YEAR = r"(?:\.?,? (?P<y>20\d\d)\b)?"
_ORDINAL = rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)|{_any(ordinals)})\b"
_WEEKDAY = rf"(?P<weekday>{_any(weekdays)})\b"
_OPTIONAL_WEEKDAY = rf"(?:(?:{_any(weekdays)})\b[.,]? (?:the )?)?"
_UNIT = _any([*units, "fortnight"])
_COUNT = rf"\d{{1,3}}|a couple of|couple of|a|an|{_any(numerals)}"

next_day = re.compile(r"\b(?:the (?:day after|next day|following day|morning after)|next day|day after)\b(?! tomorrow)")
same_day = re.compile(r"\b(?:that|the same|same) (?:very )?(?:day|morning|afternoon|evening|night)\b")

day_patterns = {
    "iso": re.compile(rf"{_LEAD}(?P<day>(?<!\d)(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d))"),
    "slashed": re.compile(
        rf"{_LEAD}(?P<day>{_OPTIONAL_WEEKDAY}(?<![\d/.])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>(?:20)?\d\d))?(?![\d/]|"
        rf"\w))"
    ),
    "dotted": re.compile(
        rf"{_LEAD}(?P<day>{_OPTIONAL_WEEKDAY}(?<![\d.,/$€£¥v#])(?P<d>[0-3]?\d)\.(?P<m>0?[1-9]|"
        rf"1[0-2])(?!\d)(?:\.(?P<y>(?:20)?\d\d)?(?!\d))?(?! ?[%°]))"
    ),
    "day_month": re.compile(
        rf"{_LEAD}(?P<day>{_OPTIONAL_WEEKDAY}(?<![\d.,])(?:\d{{1,2}}(?:st|nd|rd|th)?[-/])?(?P<d>\d{{1,2}}|"
        rf"{_any(ordinals)})(?:st|nd|rd|th|\.)?(?: of| de)? ?{_MONTH}{_YEAR}(?P<ahead>,? next year)?)"
    ),
    "month_day": re.compile(
        rf"{_LEAD}(?P<day>{_OPTIONAL_WEEKDAY}\b{_MONTH}\.? (?:the )?(?P<d>\d{{1,2}}|{_any(ordinals)})(?:st|"
        rf"nd|rd|th)?\b(?![:h.]\d|\d|%| ?(?:am|pm|k|%)\b)(?:,? (?P<y>20\d\d)\b)?)"
    ),
    "ordinal": re.compile(
        rf"(?P<lead>(?:\b(?:on|by|by latest|before|until|till|til|for|from|from the|after|since|of|to|is|and|"
        rf"the|am) (?:the )?)|(?=\d{{1,2}}(?:st|nd|rd|th) (?:at )?(?:the )?latest))(?P<day>{_ORDINAL})"
        r"(?:(?<=[a-z])(?= ?[.,;:!?)\n-]|$| (?:and|at|to|or|if|so|when|because|but|with|w/|i|he|she|they|we|it|she'll|as|"
        r"for|then|latest|morning|afternoon|evening|of (?:this|next) month|um|oh|in|is|was)\b)|(?<=\d\w\w)(?! "
        r"(?:floor|time|site|line|reminder|round|draft|one|half|quarter|version|visit|call|meeting|day|week|lot|batch|shift|year|attempt|try|man|party|place|prize|offer)))"
    ),
    "weekday": re.compile(
        rf"{_LEAD}(?P<day>{_WHICH}\b{_WEEKDAY}(?: (?:the )?(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\b(?![:h.]\d|"
        rf" ?(?:am|pm|h|uhr|%|k)\b| [a-z]{{4,}}))?(?: (?:morning|afternoon|evening|night|lunchtime|arvo|am|"
        rf"pm)\b)?(?P<week> (?:of )?(?:the |in )?(?:next |nxt )?(?:week|wk)\b(?! ?\d))?)"
    ),
    "relative": re.compile(
        rf"{_LEAD}(?P<day>(?:the )?\b(?P<word>{_any(relative_days)})(?!\w|'(?!s\b))(?: (?:morning|afternoon|"
        rf"evening|night)\b)?)"
    ),
    "end_of": re.compile(
        rf"{_LEAD}(?P<day>\b(?:(?:the )?end (?:of )?(?:the )?|eo|ende |fin de |"
        rf"month-)(?:(?P<which>{_any(which)}) )?(?P<unit>{_any([*months, *units, 'q1', 'q2', 'q3', 'q4'])})\b)"
    ),
    "part_of_month": re.compile(rf"{_LEAD}(?P<day>\b(?:the )?(?P<part>{_any(parts)})[ -]?{_MONTH})"),
    "whole_period": re.compile(
        rf"{_LEAD}(?P<day>\b(?:the )?(?P<which>{_any(which)}) (?P<unit>{_any([unit for unit in units if len(unit) > 1])})\b)"
    ),
    "count_of_units": re.compile(
        rf"(?P<lead>\b(?:in|within|inside|after) )(?P<day>(?:the next |about |"
        rf"around )?(?P<count>{_COUNT})[ -]?(?P<unit>{_UNIT})\b(?:'s time| time| from (?:now|today))?)"
    ),
    "weekend": re.compile(
        rf"{_LEAD}(?P<day>\b(?:(?:the|this) )?(?:(?P<which>{_any(which)}) )?(?:weekend|wochenende|wkend|wknd|w/e)\b)"
    ),
    "unit_end": re.compile(
        rf"{_LEAD}(?P<day>\b(?:(?:the )?(?P<unit>year|month|week|quarter)[ -]end|(?:the )?(?P<out>week|month|year|quarter)(?: is|'s) (?:out|over|up)|eo(?P<letter>[wmqy]))\b)"
    ),
    "week_in_month": re.compile(
        rf"{_LEAD}(?P<day>\b(?:the )?(?P<part>first|second|third|last) week (?:of|in) {_MONTH})"
    ),
    "ago": re.compile(rf"(?P<lead>)(?P<day>\b(?P<count>{_COUNT})[ -]?(?P<unit>{_UNIT}) (?:ago|back)\b)"),
    "week_from": re.compile(rf"{_LEAD}(?P<day>\b(?:a|one) week (?:from|on|after) (?:this |next )?{_WEEKDAY})"),
    "week_number": re.compile(
        rf"{_LEAD}(?P<day>\b(?:kw|cw|week|wk|calendar week|woche|vecka|uke|uge|v\.) ?(?P<n>[1-5]?\d)\b(?!%))"
    ),
    "week_of": re.compile(
        rf"{_LEAD}(?P<day>\b(?:wk|week) (?:of|commencing|beginning|starting|"
        rf"from) (?:the )?(?:mon(?:day)? )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: (?:of )?{_MONTH})?)"
    ),
    "quarter": re.compile(rf"{_LEAD}(?P<day>\bq(?P<n>[1-4])\b(?: 20\d\d\b)?)(?<!end of q.)"),
    "month_alone": re.compile(
        rf"(?P<lead>\b(?:in|by|before|until|till|til|for|from|since|during|after|bis|im|en|"
        rf"per) )(?P<day>{_MONTH}(?: (?P<y>20\d\d)\b)?)(?! ?\d)"
    ),
    "feast": re.compile(
        rf"{_LEAD}(?P<day>(?:\b(?:the )?{_WEEKDAY} (?:after|"
        rf"following) )?\b(?P<feast>{_any(feasts)})\b)(?! (?:boxes|orders|drinks|party|cards?|run|market|"
        rf"season|wine|peak|shut|rush|trade|stock|present|gift|dinner|do)\b)"
    ),
}

_MONTHS = re.compile(_any(months))
_UNITS = re.compile(
    r"day|week|wk|month|mth|mo\b|year|yr|quarter|qtr|fortnight|\b\d+ ?[dwm]\b|tag|woche|monat|jahr|jour|dia|sema|mois|mes\b|\bw\b|\bd\b"
)
# What a text must have for a pattern to be worth the trying.
day_hints = {
    "iso": re.compile(r"20\d\d-"),
    "slashed": re.compile(r"\d/\d"),
    "dotted": re.compile(r"\d\.\d"),
    "day_month": _MONTHS,
    "month_day": _MONTHS,
    "ordinal": re.compile(rf"\d(?:st|nd|rd|th)\b|{_any(ordinals)}"),
    "weekday": re.compile(_any(weekdays)),
    "relative": re.compile(_any(relative_days)),
    "end_of": re.compile(r"\bend|\beo|\bfin\b|month-"),
    "part_of_month": _MONTHS,
    "whole_period": _UNITS,
    "count_of_units": _UNITS,
    "ago": re.compile(r"\bago\b|\bback\b"),
    "weekend": re.compile(r"weekend|wochenende|wkend|wknd|w/e"),
    "unit_end": re.compile(r"[ -]end\b|\beo[wmqy]\b|\bout\b|\bover\b|\bup\b"),
    "week_in_month": re.compile(r"week (?:of|in) "),
    "week_from": re.compile(r"week (?:from|on|after) "),
    "week_number": re.compile(r"(?:w|wk|week|woche|vecka|uke|uge|v\.) ?\d"),
    "week_of": re.compile(r"(?:wk|week) "),
    "quarter": re.compile(r"\bq[1-4]\b"),
    "month_alone": _MONTHS,
    "feast": re.compile(_any(feasts)),
}
