from __future__ import annotations

import pytest

from ampersand.channels.mail import subjects


@pytest.mark.parametrize(
    "written",
    [
        "Beans",
        "Re: Beans",
        "RE: AW: Re[2]: Beans",
        "Fwd: WG: beans",
        "[Talk] Re: [Talk] Beans",
        "Re：Beans",
        "SV: VS: Beans",
        "Beans (fwd)",
    ],
)
def test_marks_and_list_tags_do_not_count(written: str) -> None:
    assert subjects.base(written) == "beans"


@pytest.mark.parametrize("written", ["Real: beans", "Ref. 12", "I: we", "[Talk]"])
def test_words_that_look_like_marks_keep_something_to_compare(written: str) -> None:
    assert subjects.base(written)


def test_a_subject_of_marks_only_has_nothing_to_compare() -> None:
    assert subjects.base("Re: ") == ""


def test_only_reply_marks_make_a_reply() -> None:
    assert subjects.is_reply("[Talk] AW: Beans")
    assert not subjects.is_reply("Fwd: Beans")
