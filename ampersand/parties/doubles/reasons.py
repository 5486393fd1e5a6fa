"""Why two are taken for one, in words: what is the same first, then what is nearly so, then what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Reason = tuple[str, str]


def _(words: str) -> str:
    """Marks words for the catalogue; who shows them translates them, at the terminal or on a page."""
    return words


_ORDER = ("same", "shares", "swapped", "near", "local", "alike", "near_2", "begins", "other")
_SAME, _NEAR, _ALIKE, _DIFFERENT = ("same", "shares"), ("near",), ("alike", "near_2", "begins"), ("other",)
_WORDS = {
    "given": (_("the same first name"), _("first names one letter apart"), _("first names alike"),
              _("different first names")),
    "family": (_("the same last name"), _("last names one letter apart"), _("last names alike"),
               _("different last names")),
    "name": (_("the same name"), _("names one letter apart"), _("names alike"), _("different names")),
    "number": (_("the same house number"), _("house numbers one digit apart"), "", ""),
    "street": (_("the same street"), _("streets one letter apart"), _("streets alike"), _("different streets")),
    "place": (_("the same place"), _("places one letter apart"), _("places alike"), ""),
    "town": (_("the same town"), _("towns one letter apart"), _("towns alike"), _("different towns")),
    "postcode": (_("the same postcode"), _("postcodes one digit apart"), "", _("different postcodes")),
    "region": (_("the same region"), "", "", ""),
    "birthday": (_("the same birthday"), _("birthdays one digit apart"), _("birthdays two digits apart"),
                 _("different birthdays")),
    "emails": (_("the same e-mail address"), "", "", ""),
    "phones": (_("the same telephone number"), "", "", ""),
    "domains": (_("the same web or mail domain"), "", "", ""),
    "organisation": (_("the same organisation"), _("organisations one letter apart"), _("organisations alike"),
                     ""),
}  # fmt: skip
_SWAPPED = _("first and last name told the other way round")
_LOCAL = _("e-mail addresses that begin alike")
_OTHERS = (_("the same in another column"), _("one letter apart in another column"), "", "")


def in_words(reasons: Iterable[Reason], translated: Callable[[str], str] = str) -> str:
    """The reasons in one line, likenesses before differences.

    >>> in_words([("given", "near"), ("phones", "shares"), ("town", "other")])
    'the same telephone number, first names one letter apart, different towns'
    """
    ordered = sorted(reasons, key=lambda reason: _ORDER.index(reason[1]))
    said = [translated(words) for words in dict.fromkeys(map(_words_of, ordered)) if words]
    return ", ".join(said)


def _words_of(reason: Reason) -> str:
    column, level = reason
    if level == "swapped":
        return _SWAPPED if column in ("given", "family") else ""
    if level == "local":
        return _LOCAL
    same, near, alike, different = _WORDS.get(column, _OTHERS)
    if level in _SAME:
        return same
    return near if level in _NEAR else alike if level in _ALIKE else different
