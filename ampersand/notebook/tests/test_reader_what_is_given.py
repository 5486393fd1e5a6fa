"""What is given only, and what is promised too: a price or a right against an act still to do. All of our own making."""

from __future__ import annotations

import pytest

from ampersand.notebook.tests.reader_cast import understand

GIVEN_ONLY = [
    ("I told her we keep the old price until March.", "us"),
    ("I said we'd hold last year's rate.", "us"),
    ("She'll leave the fee as it is and hold our rate for a year.", "Nadia Rahman"),
    ("We charge nothing for the second hinge.", "us"),
    ("She promised to pay in 10 days instead of 30.", "Nadia Rahman"),
    ("She said the freight is on us.", None),
    ("I give her the four crates free.", "us"),
    ("She lets us have the corner shelf, exclusive.", "Nadia Rahman"),
    ("I promised her 3 months free.", "us"),
    ("She'll buy nobody else's bread.", "Nadia Rahman"),
]

GIVEN_AND_PROMISED = [
    ("I'll bring her the four crates on Friday, free.", "us", "bring her the four crates"),
    ("I give her staff a free training day in May.", "us", "free training day"),
    ("She'll lend us her van on Sunday, no charge.", "Nadia Rahman", "lend us her van"),
    ("I'll fit the second hinge for nothing.", "us", "fit the second hinge"),
    ("She offered to host our tasting for free.", "Nadia Rahman", "host our tasting"),
    ("The training is on us.", "us", "training is on us"),
]


@pytest.mark.parametrize(("words", "by"), GIVEN_ONLY)
def test_prices_terms_goods_and_rights_are_given_and_not_promised(words: str, by: str | None) -> None:
    understood = understand(f"Met Nadia. {words}")

    assert understood.promises == ()
    assert by is None or by in [concession.by.name for concession in understood.concessions]


@pytest.mark.parametrize(("words", "by", "what"), GIVEN_AND_PROMISED)
def test_an_act_still_to_do_is_promised_even_as_a_gift(words: str, by: str, what: str) -> None:
    understood = understand(f"Met Nadia. {words}")

    assert [(p.by.name, what in p.what.of(understood.words)) for p in understood.promises] == [(by, True)]
