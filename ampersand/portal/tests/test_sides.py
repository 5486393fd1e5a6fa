"""What matters to either side, from the other side's own page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from ampersand.parties import sides
from ampersand.parties.models import LineKind, SideLine
from ampersand.parties.speaking import Speaker
from ampersand.parties.voices import Voice
from ampersand.portal.models import Entry
from ampersand.portal.tests.visitors import Visitor, visitor
from tests.cast import NOW, Cast, line, says, tells

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


def post(who: Visitor, name: str, *args: Any, **told: str) -> Any:
    return who.client().post(reverse(f"portal:{name}", args=args), {"entry": str(uuid4()), **told})


def shown(who: Visitor) -> str:
    page = who.client().get(reverse("portal:page"))
    assert page.status_code == 200
    return page.content.decode()


def test_she_writes_what_matters_to_her_once_and_says_it_otherwise(cast: Cast, jane: Visitor) -> None:
    entry = str(uuid4())
    for _again in range(2):
        assert post(jane, "side", entry=entry, kind="how_far", words="no further than Bath").status_code == 302
    own = SideLine.objects.get()
    assert (own.voice, own.words, own.told_by) == (Voice.OWN, "no further than Bath", None)
    assert "no further than Bath" in shown(jane)

    post(jane, "line_change", own.pk, words="the whole house")
    now = SideLine.objects.standing().get()
    assert now.words == "the whole house"
    post(jane, "line_withdraw", now.pk)
    assert "the whole house" not in shown(jane)
    assert not Entry.objects.filter(told__words="the whole house").exists()


def test_she_reads_what_we_shared_and_what_we_told_of_her_and_puts_it_right(cast: Cast, jane: Visitor) -> None:
    for words in ("kept to ourselves", "laid between"):
        sides.tell(cast.with_jane, kind=LineKind.HOPE, words=words, speaker=says(cast.maya))
    sides.share(SideLine.objects.get(words="laid between"), speaker=says(cast.maya))
    wrong = sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="price", speaker=tells(cast.maya, cast.jane))
    page = shown(jane)
    assert "laid between" in page
    assert "kept to ourselves" not in page
    assert "Your word, written down by Harbour &amp; Finch" in page

    post(jane, "line_change", wrong.pk, words="quiet")
    right = SideLine.objects.standing().get(is_ours=False)
    assert (right.words, right.voice) == ("quiet", Voice.OWN)


def test_she_answers_what_we_asked_her_and_wonders_herself(cast: Cast, jane: Visitor) -> None:
    asked = line(cast.jane, words="Who signs?", told_by=cast.maya, kind=LineKind.WONDER)
    assert post(jane, "line_answer", asked.pk, words="Helen.").status_code == 404
    sides.share(asked, speaker=says(cast.maya))
    post(jane, "line_answer", asked.pk, words="Helen.")
    post(jane, "side_question", words="Do you also clean?")
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by, asked.answer_voice) == ("Helen.", cast.jane, Voice.OWN)
    own = SideLine.objects.get(is_ours=False)
    assert (own.kind, own.words) == (LineKind.WONDER, "Do you also clean?")
    page = shown(jane)
    assert "“Helen.”" in page
    assert "Maya" not in page.split('id="wondered"')[1].split("</section>")[0]


def test_neither_ours_nor_anothers_is_hers_to_change(cast: Cast, jane: Visitor) -> None:
    shared = sides.share(
        sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two years", speaker=says(cast.maya)),
        speaker=says(cast.maya),
    )
    leonas = sides.tell(
        cast.with_leona, kind=LineKind.MATTERS, words="hush", speaker=Speaker.themselves(cast.leona, at=NOW)
    )
    for one in (shared, leonas):
        assert post(jane, "line_change", one.pk, words="mine now").status_code == 404
        assert post(jane, "line_withdraw", one.pk).status_code == 404
    assert post(jane, "line_answer", shared.pk).status_code == 404
    assert SideLine.objects.standing().count() == 2
    assert "hush" not in shown(jane)


def test_an_entry_forged_past_the_page_is_refused(cast: Cast, jane: Visitor) -> None:
    from ampersand.portal import inbox
    from ampersand.portal.visitor import find_visitor

    leonas = sides.tell(
        cast.with_leona, kind=LineKind.MATTERS, words="hush", speaker=Speaker.themselves(cast.leona, at=NOW)
    )
    ours = sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two years", speaker=says(cast.maya))
    found = find_visitor(jane.secret)
    assert found
    for one in (leonas, ours):
        told = {"line": str(one.pk), "words": "mine now"}
        for kind in ("side", "side_back"):
            assert inbox.put(found, uuid4(), kind, told, at=NOW).refusal
    assert SideLine.objects.standing().count() == 2


def test_what_is_wrong_is_said_beside_the_field(cast: Cast, jane: Visitor) -> None:
    for told in ({"kind": "matters", "words": ""}, {"kind": "soul", "words": "typed"}, {"words": "typed" * 1_000}):
        answer = post(jane, "side", **told)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert "typed" in post(jane, "side", kind="soul", words="typed").content.decode()
    assert not SideLine.objects.exists()
