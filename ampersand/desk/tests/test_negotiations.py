"""The pages of negotiations, and of give and take."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ampersand.core.models import File
from ampersand.desk.keeping import nothing_written_upon
from ampersand.exchange.models import (
    Concession,
    ExpectedTransaction,
    Negotiation,
    Offer,
    OfferFile,
    Weight,
)
from ampersand.exchange.negotiating import actions, weighing
from ampersand.exchange.negotiating.actions import Line
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState
from ampersand.parties.actions import Teller
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker, Voice
from ampersand.promises.models import Promise
from tests.cast import Cast, concession, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya)
    return client


def negotiation(cast: Cast, about: str = "Beans for breakfast", **more: Any) -> Negotiation:
    return actions.begin(
        cast.with_jane,
        about=about,
        member=cast.maya,
        questions=[("price", ""), ("term", "")],
        teller=Teller(at=timezone.now(), by=cast.maya),
        **more,
    )


def us(cast: Cast) -> Speaker:
    assert cast.maya.party
    return Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now())


def jane(cast: Cast) -> Speaker:
    return Speaker.themselves(cast.jane, at=timezone.now())


def offered(cast: Cast, of: Negotiation, *, price: str = "19.90", currency: str = "GBP", **more: Any) -> Offer:
    line = Line("Beans", Decimal(10), "kg", Decimal(price), tax_rate=Decimal(20))
    return actions.put(of, speaker=us(cast), lines=[line], currency=currency, **more)


def lines(*rows: dict[str, str]) -> dict[str, str]:
    told = {"line-TOTAL_FORMS": str(len(rows)), "line-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        told.update({f"line-{number}-{name}": value for name, value in row.items()})
    return told


BEANS = {"words": "Beans", "quantity": "10", "unit": "kg", "unit_price": "19.90", "tax_rate": "20"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_from_the_relationship_one_begins_puts_is_countered_and_accepted(cast: Cast, maya: Client) -> None:
    begun = maya.post(
        reverse("desk:negotiate", args=[cast.with_jane.pk]),
        {"about": "Beans for breakfast", "kind": "delivery", "decider": cast.jane.pk, "questions": ["price"]},
    )
    of = Negotiation.objects.get()
    assert begun.headers["Location"] == reverse("desk:negotiation", args=[of.pk])

    put = maya.post(reverse("desk:put_offer", args=[of.pk]), lines(BEANS, {}, {}) | {"currency": "gbp"})
    theirs = maya.post(
        reverse("desk:put_their_offer", args=[of.pk]),
        lines({}) | {"words": "18 a kilo", f"value_{of.questions.get().pk.hex}": "GBP 18"},
    )
    assert (put.status_code, theirs.status_code) == (302, 302)
    newest = of.offers.get(version=2)
    maya.post(reverse("desk:accept_offer", args=[newest.pk]))

    first, second = of.offers.order_by("version")
    said = second.events.get(kind=OfferEventKind.ACCEPTED)
    assert (first.net_amount, first.currency, first.state(on=timezone.localdate())) == (
        Decimal("199.0000"), "GBP", OfferState.COUNTERED,
    )  # fmt: skip
    assert (second.voice, second.words, said.by, said.voice) == (
        Voice.TOLD_BY_US, "18 a kilo", cast.maya.party, Voice.OWN,
    )  # fmt: skip
    page = text(maya.get(reverse("desk:negotiation", args=[of.pk])))
    assert "We accepted version 2 of theirs." in page
    assert "told by Maya Lindqvist" in page
    assert "£238.80" in page


def test_their_word_on_our_offer_is_marked_as_told(cast: Cast, maya: Client) -> None:
    offer = offered(cast, negotiation(cast))

    maya.post(reverse("desk:decline_offer", args=[offer.pk]), {"words": "too dear"})

    said = offer.events.get(kind=OfferEventKind.DECLINED)
    assert (said.by, said.voice, said.told_by, said.words) == (cast.jane, Voice.TOLD_BY_US, cast.maya, "too dear")


def test_what_cannot_be_said_any_more_is_told_in_a_sentence(cast: Cast, maya: Client) -> None:
    offer = offered(cast, negotiation(cast))
    offered(cast, offer.negotiation, price="18")

    answer = maya.post(reverse("desk:accept_offer", args=[offer.pk]), follow=True)

    assert "A newer version is on the table. Answer that one." in text(answer)


def test_more_lines_keep_what_was_typed_and_save_nothing(cast: Cast, maya: Client) -> None:
    of = negotiation(cast)

    page = maya.post(
        reverse("desk:put_offer", args=[of.pk]),
        lines(BEANS, {"words": "Half a line"}) | {"words": "Dear Jane", "more": "1"},
    )

    assert page.status_code == 200
    assert page.content.decode().count("<legend>Line ") == 5
    assert 'value="Half a line"' in page.content.decode()
    assert "Dear Jane" in page.content.decode()
    assert Offer.objects.count() == 0


def test_a_new_version_begins_with_the_last_one(cast: Cast, maya: Client) -> None:
    of = negotiation(cast)
    offered(cast, of)

    page = maya.get(reverse("desk:put_offer", args=[of.pk])).content.decode()

    assert 'value="Beans"' in page
    assert 'value="19.9"' in page
    assert page.count("<legend>Line ") == 4


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (lines(BEANS | {"discount_share": "-5"}), "greater than or equal to 0"),
        (lines(BEANS | {"unit_price": "cheap"}), "Write a number, such as 14.20."),
        (lines({"quantity": "3"}), "Say in a few words what this line is."),
        (lines({"words": "Beans"}), "Write its price; 0 where it costs nothing."),
        (lines(BEANS) | {"currency": "XQZ"}, "Write a currency in three letters"),
        (lines({}), "Write what is offered"),
        ({"words": "no lines told at all"}, "ManagementForm"),
        (lines(BEANS | {"quantity": "9999999999", "unit_price": "99999999999"}), "more than can be written down"),
    ],
)
def test_what_is_no_offer_comes_back_with_a_sentence(cast: Cast, maya: Client, told: dict[str, str], says: str) -> None:
    of = negotiation(cast)

    page = maya.post(reverse("desk:put_offer", args=[of.pk]), told)

    assert page.status_code == 422
    assert says in text(page)
    assert Offer.objects.count() == 0


def test_files_go_with_an_offer_and_are_saved_never_opened(cast: Cast, maya: Client) -> None:
    of = negotiation(cast)
    sent = [SimpleUploadedFile("a.html", b"<script>"), SimpleUploadedFile("b.pdf", b"%PDF")]

    put = maya.post(reverse("desk:put_offer", args=[of.pk]), {**lines(BEANS), "brought": sent})

    assert put.status_code == 302, text(put)

    kept = OfferFile.objects.get(name="a.html")
    answer = maya.get(reverse("desk:offer_file", args=[kept.pk]))
    assert b"".join(answer) == b"<script>"
    assert OfferFile.objects.count() == 2
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_of_an_offer_that_was_refused_is_let_go(
    cast: Cast, maya: Client, django_capture_on_commit_callbacks: Any
) -> None:
    of = negotiation(cast)
    sent = SimpleUploadedFile("a.html", b"only in what was refused")

    with django_capture_on_commit_callbacks(execute=True):
        refused = maya.post(reverse("desk:put_offer", args=[of.pk]), {**lines({}), "brought": [sent]})

    assert refused.status_code == 422
    assert not File.objects.filter(digest=hashlib.sha256(b"only in what was refused").hexdigest()).exists()


def test_the_paper_says_what_the_version_says(cast: Cast, maya: Client) -> None:
    offer = offered(cast, negotiation(cast))

    answer = maya.get(reverse("desk:offer_paper", args=[offer.pk]))

    words = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="beans-for-breakfast-1.pdf"'
    assert "Harbour & Finch Ltd" in words
    assert "Jane Okafor" in words
    assert "£238.80" in words


def test_an_accepted_offer_becomes_promises_after_it_was_shown(cast: Cast, maya: Client) -> None:
    offer = offered(cast, negotiation(cast))
    actions.accept(offer, speaker=jane(cast))
    url = reverse("desk:follow_offer", args=[offer.pk])

    shown = text(maya.get(url))
    assert "Maya Lindqvist promises to Jane Okafor: 10 kg × Beans." in shown
    assert "£238.80 is noted as expected from them." in shown
    assert Promise.objects.count() == 0

    due_on = timezone.localdate() + timedelta(days=30)
    maya.post(url, {"due_on": due_on.isoformat()})
    again = maya.post(url, {"due_on": due_on.isoformat()})

    assert (Promise.objects.get().due_on, ExpectedTransaction.objects.get().amount) == (due_on, Decimal("238.80"))
    assert again.status_code == 422
    assert "written down before" in text(again)


def test_open_amounts_are_summed_by_month_and_currency_and_never_across(cast: Cast, maya: Client) -> None:
    on = timezone.localdate() + timedelta(days=400)
    for price, currency, until in (("10", "GBP", on), ("20", "GBP", on), ("30", "EUR", on), ("40", "GBP", None)):
        offered(cast, negotiation(cast, about=f"{price}"), price=price, currency=currency, valid_until=until)

    page = text(maya.get(reverse("desk:negotiations")))

    month = on.strftime("%B %Y")
    assert f"{month} one offer €300" in page
    assert f"{month} 2 offers £300" in page
    assert "No day named one offer £400" in page


def test_a_share_needs_three_decided_offers_of_a_kind(cast: Cast, maya: Client) -> None:
    for number in range(4):
        offer = offered(cast, negotiation(cast, about=f"{number}", kind="Delivery"))
        (actions.decline if number == 0 else actions.accept)(offer, speaker=jane(cast))
    actions.accept(offered(cast, negotiation(cast, about="x", kind="Service")), speaker=jane(cast))

    page = text(maya.get(reverse("desk:negotiations")))

    assert "Delivery: 3 of 4 decided were accepted." in page
    assert "Service: 1 decided so far; too early for a share." in page


def test_what_both_stated_gives_a_suggestion_with_its_reason_and_what_is_private_does_not(
    cast: Cast, maya: Client
) -> None:
    of = negotiation(cast)
    price, term = of.questions.order_by("position")
    for question, ours, theirs in ((price, 20, 80), (term, 80, 20)):
        weighing.weigh(question, ours, speaker=us(cast))
        weighing.weigh(question, theirs, speaker=jane(cast))
    before = text(maya.get(reverse("desk:negotiation", args=[of.pk])))
    for question, ours, theirs in ((price, 20, 80), (term, 80, 20)):
        weighing.weigh(question, ours, speaker=us(cast), is_stated=True)
        weighing.weigh(question, theirs, speaker=jane(cast), is_stated=True)

    after = text(maya.get(reverse("desk:negotiation", args=[of.pk])))

    assert "What might be good for both" not in before
    assert "“Price” as they put it; “Term” as we put it." in after
    assert "“Price” matters 20 to us and 80 to them" in after


def test_weights_typed_on_the_page_are_kept_apart(cast: Cast, maya: Client) -> None:
    of = negotiation(cast)
    price = of.questions.get(position=0)
    told = {f"private_{price.pk.hex}": "70", f"stated_{price.pk.hex}": "40", f"theirs_{price.pk.hex}": "90"}

    maya.post(reverse("desk:weigh", args=[of.pk]), told)
    wrong = maya.post(reverse("desk:weigh", args=[of.pk]), {f"private_{price.pk.hex}": "101"})

    kept = set(Weight.objects.values_list("is_ours", "is_stated", "value", "voice"))
    assert kept == {(True, False, 70, "own"), (True, True, 40, "own"), (False, True, 90, "told_by_us")}
    assert wrong.status_code == 422


def test_their_day_is_written_in_their_words(cast: Cast, maya: Client) -> None:
    of = negotiation(cast)
    on = timezone.localdate() + timedelta(days=10)

    maya.post(reverse("desk:negotiation_day", args=[of.pk]), {"on": on.isoformat(), "words": "after our board"})
    nothing = maya.post(reverse("desk:negotiation_day", args=[of.pk]), {})

    assert "“after our board”" in text(maya.get(reverse("desk:negotiation", args=[of.pk])))
    assert nothing.status_code == 422


def test_however_long_it_lasted_the_page_asks_as_much(
    cast: Cast, maya: Client, django_assert_max_num_queries: Any
) -> None:
    of = negotiation(cast)
    for number in range(12):
        offered(cast, of, price=f"{number}")

    with django_assert_max_num_queries(45):
        maya.get(reverse("desk:negotiation", args=[of.pk]))
    with django_assert_max_num_queries(30):
        maya.get(reverse("desk:negotiations"))


# ── Give and take ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_they_gave_is_written_with_our_worth_and_their_cost_as_told(cast: Cast, maya: Client) -> None:
    url = reverse("desk:give_take", args=[cast.with_jane.pk])
    maya.post(url, {"is_ours": "", "words": "two deliveries", "voice_words": "saves us a night shift"})
    given = Concession.objects.get()
    maya.post(reverse("desk:concession_cost", args=[given.pk]), {"words": "a second van"})

    given.refresh_from_db()
    assert (given.is_ours, given.voice, given.worth_voice, given.cost_voice) == (
        False,
        "told_by_us",
        "own",
        "told_by_us",
    )
    page = text(maya.get(url))
    assert "We gave way not once. Jane Okafor gave way once." in page
    assert "a second van" in page


def test_switched_off_nothing_is_read_until_that_side_takes_its_wish_back(cast: Cast, maya: Client) -> None:
    concession(cast.jane, cast.maya.party, told_by=cast.maya)
    page, here = (reverse(f"desk:{name}", args=[cast.with_jane.pk]) for name in ("give_take", "relationship"))
    off, on = (reverse(f"desk:give_take_{name}", args=[cast.with_jane.pk]) for name in ("off", "on"))

    maya.post(off, {"whose": "theirs"})
    maya.post(on, {"whose": "ours"})

    assert "Give and take is not read here: so wished Jane Okafor" in text(maya.get(page))
    assert "waived the call-out" not in text(maya.get(page))
    assert "gave way" not in text(maya.get(here))
    maya.post(on, {"whose": "theirs"})
    assert "waived the call-out" in text(maya.get(page))


def test_only_a_tentative_one_is_drawn_back_on_the_page(cast: Cast, maya: Client) -> None:
    url = reverse("desk:give_take", args=[cast.with_jane.pk])
    maya.post(url, {"is_ours": "1", "words": "free set-up", "is_tentative": "on"})
    maya.post(url, {"is_ours": "1", "words": "free beans"})
    tentative, firm = (Concession.objects.get(words=words) for words in ("free set-up", "free beans"))

    maya.post(reverse("desk:concession_back", args=[tentative.pk]))
    refused = maya.post(reverse("desk:concession_back", args=[firm.pk]), follow=True)

    tentative.refresh_from_db()
    firm.refresh_from_db()
    assert tentative.drawn_back_at is not None
    assert firm.drawn_back_at is None
    assert "What was given is given." in text(refused)


def test_who_is_negotiated_with_is_no_longer_taken_back_as_a_trace(cast: Cast) -> None:
    rosa = person("Rosa Lind")
    with_rosa = Relationship.objects.filter(pk=rosa.relationship.pk)
    before = nothing_written_upon(cast.maya).filter(pk__in=with_rosa).exists()

    actions.begin(rosa.relationship, about="Beans", member=cast.maya, teller=Teller(at=timezone.now(), by=cast.maya))

    assert before
    assert not nothing_written_upon(cast.maya).filter(pk__in=with_rosa).exists()
