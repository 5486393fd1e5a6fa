"""What is known of somebody, in the form in which two of them are compared. Without Django: it runs in a process of its own.

Every column is plain ASCII, so that each engine (DuckDB, Spark, our own Python) counts the same letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from ampersand.core.folding import fold, folded_words
from ampersand.parties.doubles.legal_forms import core_name

PERSON, ORGANISATION = "person", "organisation"
OTHERS_MAX = 4
KEYS = tuple(f"key_{number:02d}" for number in range(1, 24))
TEXTS = (
    "given",
    "family",
    "name",
    "number",
    "street",
    "place",
    "town",
    "postcode",
    "region",
    "birthday",
    "organisation",
)
LISTS = ("emails", "locals", "phones", "domains")
OTHERS = tuple(f"other_{number}" for number in range(1, OTHERS_MAX + 1))

# Behind these stands a mailbox of many people; that two have one there says nothing of where they belong.
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk yahoo.de "
    "yahoo.fr icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de "
    "mailbox.org proton.me protonmail.com orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it "
    "tin.it hotmail.it hotmail.fr bluewin.ch telenet.be skynet.be ziggo.nl kpnmail.nl mail.ru yandex.ru qq.com 163.com "
    "126.com naver.com daum.net wp.pl o2.pl onet.pl interia.pl seznam.cz btinternet.com sky.com comcast.net "
    "verizon.net att.net fastmail.com zoho.com".split()
)
# A mailbox or a switchboard is shared by design.
SHARED_LOCAL_PARTS = frozenset(
    "info office mail contact kontakt hello hallo sales vertrieb support service help admin accounts accounting "
    "buchhaltung billing invoice invoices rechnung rechnungen orders bestellung post team noreply no-reply webmaster "
    "marketing press presse jobs hr sekretariat reception empfang enquiries inquiries booking reservations "
    "verkauf einkauf purchasing secretariat secretaria contacto contact-us ventas compta facturation".split()
)
_TITLES = frozenset("mr mrs ms miss dr prof sir herr frau monsieur madame mme sr sra dipl ing mag phd mba jr".split())
_SHORTER = {
    "strasse": "str", "street": "st", "road": "rd", "avenue": "ave", "drive": "dr", "place": "pl", "lane": "ln",
    "court": "ct", "crescent": "cr", "circuit": "cct", "boulevard": "blvd", "square": "sq", "saint": "st", "platz": "pl",
}  # fmt: skip
_CYRILLIC = dict(
    zip(
        "абвгдеёзийклмнопрстуфхцыэіґєї",
        "a b v g d e e z i i k l m n o p r s t u f h c y e i g e i".split(),
        strict=True,
    )
) | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i th i k l m n x o p r s t y f ch ps o".split(), strict=True)
)
_LATIN = str.maketrans(_CYRILLIC | _GREEK | {"ς": "s"})
_NUMBER = re.compile(r"\b(\d+)\s?([a-z])?\b")
_STREET_WORD = re.compile(r"(?<=[a-z]{3})strasse\b|(?<=[a-z]{3})str\b")
_DIGITS = re.compile(r"\D+")
_LIKE = (("tsch", "c"), ("sch", "s"), ("sh", "s"), ("sz", "s"), ("cz", "c"), ("ch", "c"), ("ph", "f"), ("th", "t"),
         ("ck", "k"), ("dt", "t"), ("gh", "g"), ("kn", "n"), ("wr", "r"))  # fmt: skip
_FIRST = {"k": "c", "q": "c", "z": "s", "f": "p", "v": "p", "b": "p", "w": "p", "g": "j", "y": "i", "h": ""}
_SOUND = dict(zip("bfpvwcgjkqsxzdtlmnr", "1111122222222334556", strict=True))


@dataclass(frozen=True, slots=True)
class Traits:
    """One record. Empty is unknown. `numbers` are (system, number); `others` what a file tells besides, column by column.

    `name` is a whole name where given and family name were not told apart; `street` may hold the house number.
    """

    key: str
    kind: str = PERSON
    name: str = ""
    given: str = ""
    family: str = ""
    number: str = ""
    street: str = ""
    place: str = ""
    town: str = ""
    postcode: str = ""
    region: str = ""
    birthday: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    organisation: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()


def comparable(text: str) -> str:
    """A text as it is compared: folded words without spaces between, Cyrillic and Greek in Latin letters.

    Signs of other scripts stand as four capitals each, which no folded text has: every engine counts them alike.

    >>> comparable("Łukasz Müller"), comparable("Иванов"), comparable("日")
    ('lukaszmuller', 'ivanov', 'ABMPH')
    """
    told = "".join(folded_words(text))
    if told.isascii():
        return told
    return "".join(letter if letter.isascii() else _as_capitals(letter) for letter in told.translate(_LATIN))


class Compared(dict[str, Any]):
    """The columns in which a record is compared: texts or None, lists or None. Each is worked out when it is first asked for,
    since of the many who are weighed against one that was typed hardly any need more than their names."""

    def __init__(self, traits: Traits) -> None:
        super().__init__()
        self._traits = traits
        self._told_by = _OF_PERSON if traits.kind == PERSON else _OF_ORGANISATION

    def __missing__(self, column: str) -> Any:
        told = self._told_by[column](self._traits, self) if column in self._told_by else {column: ""}
        for name, value in told.items():
            self[name] = (sorted(set(value)) if name in LISTS else value) or None
        return self[column]


def columns_of(traits: Traits) -> dict[str, Any]:
    """The columns in which a record is compared and looked up: texts or None, lists or None, and the keys as numbers."""
    compared = Compared(traits)
    column = {name: compared[name] for name in (*TEXTS, *LISTS, *OTHERS)}
    keys = _keys_of_person(column) if traits.kind == PERSON else _keys_of_organisation(column)
    hashed = [_hashed(name, key) for name, key in zip(KEYS, keys, strict=False)]
    return column | dict(zip(KEYS, [*hashed, *[None] * len(KEYS)], strict=False)) | {"unique_id": traits.key}


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """How a name sounds, roughly, in the languages of Europe: Meyer, Maier and Mayr are one.

    >>> sound("meyer") == sound("maier"), sound("schmidt") == sound("smith"), sound("filip") == sound("philipp")
    (True, True, True)
    """
    for letters, like in _LIKE:
        word = word.replace(letters, like)
    if not word:
        return ""
    if not word[0].islower():
        return word[:12]
    codes, last = "", _SOUND.get(word[0], "")
    for letter in word[1:]:
        code = _SOUND.get(letter, "")
        if code and code != last:
            codes += code
        if letter != "h":
            last = code
    return _FIRST.get(word[0], word[0]) + codes[:3]


def parted_name(name: str) -> tuple[str, str]:
    """Given and family name of a whole one, comparable; titles are left out.

    >>> parted_name("Dr. Jane Okafor"), parted_name("Okafor, Jane"), parted_name("Cher")
    (('jane', 'okafor'), ('jane', 'okafor'), ('', 'cher'))
    """
    before, _comma, after = name.partition(",")
    words, given = _untitled(before).split(), _untitled(after).split()
    if not given:
        words, given = words[-1:], words[:-1]
    return comparable(" ".join(given)), comparable(" ".join(words))


def local_part(email: str) -> str:
    """What stands before the @, without what a provider passes over; empty for a mailbox that is shared by design.

    >>> local_part("jane.okafor+news@mill.example"), local_part("info@mill.example")
    ('janeokafor', '')
    """
    local = email.rpartition("@")[0].lower().partition("+")[0]
    return "" if local in SHARED_LOCAL_PARTS else re.sub(r"[^a-z0-9]", "", local)


def own_domain(email: str) -> str:
    """The domain of an address, where it is that of an organisation and not of a provider of mail."""
    domain = email.rpartition("@")[2].lower()
    return "" if domain in FREE_MAIL else domain


def site_of(url: str) -> str:
    """The domain of a web page; empty where it is a page among those of many.

    >>> site_of("mill.example/about"), site_of("linkedin.com/in/jane")
    ('mill.example', '')
    """
    domain = re.sub(r"^(?:[a-z]+://)?(?:www\\.)?", "", url.lower()).partition("/")[0]
    return "" if domain.endswith(("linkedin.com", "facebook.com", "xing.com", "x.com", "twitter.com")) else domain


def last_seven(phone: str) -> str:
    """The last seven digits of a telephone number: what is left however the country and area were told."""
    digits = _DIGITS.sub("", phone.partition(";")[0])
    return digits[-7:] if len(digits) >= 6 else ""


def _names(traits: Traits, _known: Compared) -> dict[str, str]:
    given, family = comparable(_untitled(traits.given)), comparable(_untitled(traits.family))
    if not (given or family) and "@" not in traits.name:
        given, family = parted_name(traits.name)
    return {"given": given, "family": family}


def _name_of_organisation(traits: Traits, _known: Compared) -> dict[str, str]:
    return {"name": comparable(core_name(traits.name or traits.organisation))}


def _birthday(traits: Traits, _known: Compared) -> dict[str, str]:
    return {"birthday": _DIGITS.sub("", traits.birthday)}


def _organisation(traits: Traits, _known: Compared) -> dict[str, str]:
    return {"organisation": comparable(core_name(traits.organisation))}


def _mail(traits: Traits, known: Compared) -> dict[str, list[str]]:
    locals_told = {email: local for email in traits.emails if (local := local_part(email))}
    given, family = known["given"] or "", known["family"] or ""
    return {
        "emails": [email.lower() for email in locals_told],
        "locals": [local for local in locals_told.values() if not _is_name(local, given, family)],
    }


def _domains(traits: Traits, _known: Compared) -> dict[str, list[str]]:
    domains = [*(own_domain(email) for email in traits.emails), *map(site_of, traits.urls)]
    return {"domains": [domain for domain in domains if domain]}


def _phones(traits: Traits, _known: Compared) -> dict[str, list[str]]:
    return {"phones": [seven for phone in traits.phones if (seven := last_seven(phone))]}


def _others(traits: Traits, _known: Compared) -> dict[str, str]:
    others = [comparable(other) for other in traits.others[:OTHERS_MAX]]
    return dict(zip(OTHERS, [*others, *[""] * OTHERS_MAX], strict=False))


def _is_name(local: str, given: str, family: str) -> bool:
    """Whether what stands before the @ is made of the name alone: namesakes have that in common without being one."""
    one, two = given or "?", family or "?"
    return local in {one, two, one + two, two + one, one[0] + two, two + one[0], one + two[0], two[0] + one}


def _untitled(name: str) -> str:
    return " ".join(word for word in folded_words(name) if word not in _TITLES)


def _where(traits: Traits, _known: Compared) -> dict[str, str]:
    street, number = _apart(traits.street, traits.number)
    return {
        "street": street,
        "number": number,
        "place": comparable(traits.place),
        "town": comparable(traits.town),
        "postcode": comparable(traits.postcode),
        "region": comparable(traits.region),
    }


def _apart(street: str, number: str) -> tuple[str, str]:
    """A street without its house number, and that: however the two were told.

    >>> _apart("5 Tullaroop Street", ""), _apart("Hauptstraße 12 b", "")
    (('tullaroopst', '5'), ('hauptstr', '12b'))
    """
    told = _STREET_WORD.sub("str", fold(street))
    if not number and (found := _NUMBER.search(told)):
        number, told = found[1] + (found[2] or ""), told[: found.start()] + " " + told[found.end() :]
    return "".join(_SHORTER.get(word, word) for word in map(comparable, folded_words(told))), comparable(number)


def _keys_of_person(column: dict[str, Any]) -> Iterator[str]:
    """What two must share in one of these to be compared at all. Which are empty, meet nobody."""
    given, family, postcode, town = (column[name] or "" for name in ("given", "family", "postcode", "town"))
    number, street, place, region = (column[name] or "" for name in ("number", "street", "place", "region"))
    sounds = sorted([sound(given), sound(family)])
    yield _join(*sounds)
    yield _join(sounds_of := sound(given), postcode)
    yield _join(sound(family), postcode)
    yield _join(street[:3], postcode)
    yield _join(sounds_of, town[:4])
    yield _join(sound(family), town[:4])
    yield _join(number, street[:4])
    yield _join(number, postcode)
    yield _join(number, town[:3], region)
    yield column["birthday"] if len(column["birthday"] or "") == 8 else ""
    yield _join(place[:5], postcode)
    yield _join(street[:5], town[:3])
    yield _join(given[:3], family[:3])
    yield _join(number, sounds_of)
    yield _join(number, sound(family))
    yield _join(street[:5], sounds_of)
    yield _join(street[:5], sound(family))
    yield _join(place[:5], sounds_of)
    yield _join(place[:5], sound(family))
    yield _join(place[:5], street[:5])
    yield _join(family[:3], postcode)
    yield column["other_1"] or ""
    yield column["other_2"] or ""


def _keys_of_organisation(column: dict[str, Any]) -> Iterator[str]:
    name, postcode, town = (column[field] or "" for field in ("name", "postcode", "town"))
    number, street = column["number"] or "", column["street"] or ""
    yield name[:6]
    yield sound(name)
    yield _join(name[:3], postcode)
    yield _join(name[:3], town[:4])
    yield _join(number, street[:4], postcode or town[:4])
    yield _join(name[-6:], town[:4])
    yield column["other_1"] or ""


def _join(*parts: str) -> str:
    return "|".join(parts) if all(parts) else ""


def _hashed(name: str, key: str) -> int | None:
    """A key as a number, which takes an eighth of the memory; two keys that get one number only cost a comparison."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True) if key else None


def _as_capitals(letter: str) -> str:
    number, capitals = ord(letter), ""
    for _ in range(5):
        number, rest = divmod(number, 26)
        capitals = chr(65 + rest) + capitals
    return capitals


_Tell = Callable[[Traits, Compared], dict[str, Any]]
_OF_BOTH: dict[str, _Tell] = {
    **dict.fromkeys(("street", "number", "place", "town", "postcode", "region"), _where),
    **dict.fromkeys(OTHERS, _others),
    "phones": _phones,
}
_OF_PERSON: dict[str, _Tell] = _OF_BOTH | {
    "given": _names,
    "family": _names,
    "birthday": _birthday,
    "organisation": _organisation,
    "emails": _mail,
    "locals": _mail,
}
_OF_ORGANISATION: dict[str, _Tell] = _OF_BOTH | {"name": _name_of_organisation, "domains": _domains}
