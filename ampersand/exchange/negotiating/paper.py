"""An offer on paper: a clean PDF whose text can be read, searched and copied. It says what the version says and nothing more.

Set with fpdf2, which is Python alone: WeasyPrint needs Pango, which a bare machine does not have. The fonts are ours (Inter, in
its scripts: Latin with Vietnamese, Greek, Cyrillic) and embedded as far as they are used.
"""

from __future__ import annotations

import logging
import textwrap
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from ampersand.exchange import money
from ampersand.exchange.negotiating.sheet import Sheet

FONTS = Path(__file__).resolve().parents[2] / "static" / "built" / "paper"
_SCRIPTS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
_QUIET = 90
"""The grey of what is said beside: 7 to 1 on white."""
_MARGIN_MM = 22
_PIECE = 600
"""Characters of a line in one row of the table."""

# Whatever no font of ours has is drawn as an empty box; that is no news for a log, which must hold no words of anybody.
logging.getLogger("fpdf").setLevel(logging.ERROR)


def draw(sheet: Sheet) -> bytes:
    """The PDF, in the language that is spoken now."""
    page = _Paper(sheet)
    page.head()
    page.lines()
    page.answers()
    return bytes(page.output())


class _Paper(FPDF):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self._sheet, self._locale = sheet, to_locale(get_language() or "en")
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(True, margin=_MARGIN_MM)
        self._add_fonts()
        self.set_title(_clean(f"{_('Offer')}: {sheet.about}")[:200])
        self.set_author(_clean(sheet.house))
        self.set_lang((get_language() or "en")[:2])
        self.set_creation_date(sheet.at)
        self.alias_nb_pages()
        self.add_page()

    def _add_fonts(self) -> None:
        written = set(_clean("".join(_texts(self._sheet)))) | set(map(chr, range(32, 127)))
        needed = [script for script in _SCRIPTS if script == "latin" or _covers(script) & set(map(ord, written))]
        for script in needed:
            self.add_font(script, "", FONTS / f"inter-{script}-400.ttf")
            self.add_font(script, "B", FONTS / f"inter-{script}-600.ttf")
        self.set_fallback_fonts([script for script in needed if script != "latin"], exact_match=True)
        self.set_font("latin", size=10)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("latin", size=8)
        self.set_text_color(_QUIET)
        says = _("%(house)s. Page %(page)d of %(pages)s") % {
            "house": _clean(self._sheet.house),
            "page": self.page_no(),
            "pages": "{nb}",
        }
        self.cell(0, 5, says, align="C")

    def head(self) -> None:
        sheet = self._sheet
        self._row(sheet.house, size=11, is_bold=True)
        self.ln(10)
        self._row(pgettext("on the paper of an offer", "Offer"), size=9, is_quiet=True)
        self._row(sheet.about, size=18, is_bold=True, height=8)
        self.ln(3)
        told = [
            (pgettext("on the paper of an offer", "For"), sheet.to),
            (pgettext("on the paper of an offer", "Version"), str(sheet.version)),
            (_("Put on"), self._day(sheet.on)),
            (pgettext("on the paper of an offer", "By"), sheet.by),
            (_("Holds until"), self._day(sheet.valid_until) if sheet.valid_until else ""),
        ]
        for name, value in told:
            if value:
                self._pair(name, value)
        if sheet.words:
            self.ln(4)
            self._row(sheet.words)

    def lines(self) -> None:
        sheet = self._sheet
        if not sheet.lines:
            return
        self.ln(6)
        has_discount = any(line.discount_share for line in sheet.lines)
        titles = [
            pgettext("on the paper of an offer", "What"),
            _("How many"),
            _("Price each"),
            *([_("Discount")] if has_discount else []),
            pgettext("on the paper of an offer", "Tax"),
            pgettext("on the paper of an offer", "Amount"),
        ]
        widths = (60, 24, 26, *((18,) if has_discount else ()), 14, 28)
        aligns = ("LEFT", *("RIGHT",) * (len(titles) - 1))
        head = FontFace(emphasis="BOLD", color=_QUIET, size_pt=8)
        self.set_font("latin", size=9)
        with self.table(
            col_widths=widths, text_align=aligns, headings_style=head, line_height=5.5, padding=(1, 1),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, first_row_as_headings=True,
        ) as table:  # fmt: skip
            table.row(titles)
            for line in sheet.lines:
                discount = [self._percent(line.discount_share)] if has_discount else []
                many = " ".join(filter(None, [self._number(line.quantity), line.unit]))
                first, *more = _pieces(_clean(line.words))
                table.row(
                    [
                        first,
                        _clean(many),
                        self._number(line.unit_price, at_least=-_digits(sheet.currency)),
                        *discount,
                        self._percent(line.tax_rate),
                        self._money(money.net_of(line, sheet.currency)),
                    ]
                )
                for piece in more:
                    table.row([piece, *[""] * (len(titles) - 1)])
        self._totals()

    def _totals(self) -> None:
        sums = money.totals(self._sheet.lines, self._sheet.currency)
        self.ln(3)
        self._sum(_("Without tax"), sums.net)
        for row in sums.rates:
            words = {"rate": self._percent(row.rate), "of": self._money(row.net)}
            self._sum(_("%(rate)s tax on %(of)s") % words, row.tax)
        self._sum(_("In all"), sums.gross, is_bold=True)

    def answers(self) -> None:
        if self._sheet.answers:
            self.ln(6)
            for question, says in self._sheet.answers:
                self._pair(question, says)

    def _sum(self, name: str, amount: Decimal, *, is_bold: bool = False) -> None:
        self.set_font("latin", "B" if is_bold else "", size=10)
        self.set_text_color(0)
        self.cell(self.epw - 45, 6, name, align="R")
        self.cell(45, 6, self._money(amount), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _pair(self, name: str, value: str) -> None:
        self.set_font("latin", size=9)
        self.set_text_color(_QUIET)
        top, page = self.get_y(), self.page
        self.multi_cell(38, 5.5, _clean(name), align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
        name_ends = self.get_y() if self.page != page else top
        self.set_xy(self.l_margin + 40, name_ends)
        self._row(value, width=self.epw - 40)

    def _row(
        self, words: str, *, size: float = 10, is_bold: bool = False, is_quiet: bool = False, width: float = 0,
        height: float = 5.5,
    ) -> None:  # fmt: skip
        self.set_font("latin", "B" if is_bold else "", size=size)
        self.set_text_color(_QUIET if is_quiet else 0)
        self.multi_cell(width, height, _clean(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _day(self, day: date) -> str:
        return format_date(day, "long", locale=self._locale)

    def _money(self, amount: Decimal) -> str:
        return _clean(format_currency(amount, self._sheet.currency, locale=self._locale))

    def _number(self, number: Decimal, *, at_least: int = 0) -> str:
        shortest = number.normalize()
        exponent = shortest.as_tuple().exponent
        digits = max(at_least, -exponent if isinstance(exponent, int) else 0)
        pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
        return _clean(format_decimal(number, pattern, locale=self._locale))

    def _percent(self, share: Decimal) -> str:
        return _clean(f"{self._number(share)} %")


def _texts(sheet: Sheet) -> Iterable[str]:
    yield from (sheet.house, sheet.to, sheet.about, sheet.words, sheet.by, sheet.currency)
    for line in sheet.lines:
        yield from (line.words, line.unit)
    for pair in sheet.answers:
        yield from pair
    # What the program itself says, in the language of the reader.
    yield from (
        pgettext("on the paper of an offer", "Offer"),
        pgettext("on the paper of an offer", "For"),
        pgettext("on the paper of an offer", "Version"),
        _("Put on"),
        pgettext("on the paper of an offer", "By"),
        _("Holds until"),
        pgettext("on the paper of an offer", "What"),
        _("In all"),
    )
    yield format_currency(1, sheet.currency or "EUR", locale=to_locale(get_language() or "en"))
    yield "".join(
        format_date(date(2026, month, 1), "long", locale=to_locale(get_language() or "en")) for month in range(1, 13)
    )


def _pieces(words: str) -> list[str]:
    """Words of any length in pieces that each fit on a page: a row of a table is not torn."""
    return textwrap.wrap(" ".join(words.split()), _PIECE, break_long_words=True) or [""]


def _clean(words: str) -> str:
    """As a font can set it: composed letters, plain spaces, and no signs that steer a terminal or turn the line round."""
    plain = unicodedata.normalize("NFC", words).replace("\u202f", "\u00a0").replace("\t", " ").replace("\r\n", "\n")
    return "".join(sign for sign in plain if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))


def _digits(currency: str) -> int:
    exponent = money.coin(currency).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


@cache
def _covers(script: str) -> frozenset[int]:
    """The characters that the font of a script has, and plain Latin has not."""
    there = frozenset(TTFont(FONTS / f"inter-{script}-400.ttf").getBestCmap())
    return there if script == "latin" else there - _covers("latin")
