"""Maya in one browser and Jane in another: a promise, a concession, an offer, terms, a pulse, and leaving, played through."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.live_server_helper import LiveServer

from ampersand.core import postgres, postgres_roles
from ampersand.core.models import Erasure
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.portal import leaving
from ampersand.promises.models import Promise
from ampersand.terms.messages import queue
from ampersand.terms.tests.post_office import PostOffice, open_office
from tests import cast as people
from tests.browser import looking
from tests.browser.answering import requests_counted
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "outside"])]
# Playwright keeps a loop running in this thread, which Django takes for a program that is asynchronous itself.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

JANE = "jane@alder.example"
SAYS = "Say something to it"
# What the play writes, all of it by her, to her or about her.
SAID_BY_OR_OF_HER = (
    "okafor", JANE, "dark roast", "day before is better", "by courier", "two deliveries", "night shift", "at the door twice",
    "the new hotel", "new price list", "here it is", "should we stop", "at breakfast", "survey after",
)  # fmt: skip


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Jane has an address, and there is an order between us: work in hand."""
    told = people.enter()
    now = timezone.now()
    parties.tell_identifier(told.jane, kind="email", value=JANE, teller=Teller(at=now, by=told.maya))
    people.order(told.jane, told_by=told.maya)
    return told


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def maya(chromium: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Page]:
    client = Client()
    client.force_login(cast.maya)
    cookie = settings.SESSION_COOKIE_NAME
    with requests_counted() as under_way:
        page = looking.open_page(chromium, base_url=live_server.url)
        page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": live_server.url}])
        yield page
        page.context.close()
        under_way.wait_until_none()


@pytest.fixture
def jane(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Her phone, in the dark, without script."""
    with requests_counted() as under_way:
        page = looking.open_page(chromium, looking.PHONE, "dark", base_url=live_server.url, java_script_enabled=False)
        yield page
        page.context.close()
        under_way.wait_until_none()


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def newest_mail(office: PostOffice) -> str:
    return str(office.mails()[-1].get_content())


def found_in(words: str, pattern: str) -> str:
    found = re.search(pattern, words)
    assert found, words
    return found[0]


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def with_jane(maya: Page, cast: Cast, *, link: str) -> None:
    maya.goto(f"/relationships/{cast.with_jane.pk}/")
    maya.get_by_role("link", name=link, exact=True).click()


@pytest.mark.skipif(postgres.is_external(), reason="the program that dumps is that of the house's own server")
def test_what_is_between_them_is_played_from_both_ends(
    maya: Page, jane: Page, cast: Cast, office: PostOffice, tmp_path: Path
) -> None:
    a_note_becomes_a_promise_and_is_shared(maya, cast)
    she_comes_in_by_a_link_and_a_code(maya, jane, office)
    she_asks_for_another_day_and_calls_it_kept(maya, jane)
    each_writes_one_half_of_a_concession(maya, jane, cast)
    an_offer_is_countered_twice_and_accepted(maya, jane, cast)
    her_terms_stop_a_message_that_waits(maya, jane, cast, office)
    a_pulse_is_sealed_and_opened(maya, jane, cast)
    her_page_fits_the_smallest_phone_and_the_largest_letters(jane)
    told = all_that_a_backup_holds(tmp_path)
    sealed = ("at breakfast", "survey after")
    assert [words for words in SAID_BY_OR_OF_HER if words not in told and words not in sealed] == []
    she_takes_her_copy_and_leaves(maya, jane, cast)
    left = all_that_a_backup_holds(tmp_path)
    assert [words for words in SAID_BY_OR_OF_HER if words in left] == []


def a_note_becomes_a_promise_and_is_shared(maya: Page, cast: Cast) -> None:
    words = f"Called Jane Okafor. I promised her samples of the dark roast by {day(10):%-d %B}."
    maya.goto("/")
    maya.get_by_role("textbox", name="What happened between you?").fill(words)
    expect(maya.get_by_text("samples of the dark roast").last).to_be_visible()
    maya.keyboard.press("Control+Enter")
    expect(maya.locator("#kept")).to_contain_text("Kept")

    with_jane(maya, cast, link="Their own page")
    maya.get_by_role("button", name="Share it").click()
    expect(part(maya, "Promises on it")).to_contain_text("Samples of the dark roast")


def she_comes_in_by_a_link_and_a_code(maya: Page, jane: Page, office: PostOffice) -> None:
    maya.get_by_label("Send it to them by mail").check()
    maya.get_by_role("button", name="Give the link").click()
    expect(maya.get_by_role("textbox", name="Their link")).to_be_visible()

    jane.goto(urlsplit(found_in(newest_mail(office), r"https?://\S+")).path)
    assert len(office.received) == 1
    jane.get_by_role("button", name="Send me the code").click()
    jane.get_by_label("Your code").fill(found_in(newest_mail(office), r"\b\d{6}\b"))
    jane.get_by_role("button", name="Open my page").click()
    expect(jane.get_by_role("heading", level=1)).to_contain_text("Jane Okafor")


def she_asks_for_another_day_and_calls_it_kept(maya: Page, jane: Page) -> None:
    ours = part(jane, "We promised you")
    ours.get_by_text(SAYS).click()
    ours.get_by_label("Another day").fill(f"{day(9)}")
    ours.get_by_label("In your words").fill("The day before is better.")
    ours.get_by_role("button", name="Ask for another day").click()

    maya.goto("/")
    waits = part(maya, "Waiting for your word")
    expect(waits).to_contain_text("“The day before is better.”")
    # By keyboard: the row in hand, and the first that may be done with it.
    maya.keyboard.press("j")
    maya.keyboard.press("x")
    expect(waits).to_contain_text("You moved it")
    maya.goto(f"/promises/{Promise.objects.get().pk}/")
    maya.get_by_label("Say what happened").fill("Two bags, by courier.")
    maya.get_by_role("button", name="Done").click()
    assert Promise.objects.get().due_on == day(9)

    jane.reload()
    expect(ours).to_contain_text("Two bags, by courier.")
    expect(ours).to_contain_text("Was this kept?")
    ours.get_by_role("button", name="Kept", exact=True).click()
    expect(ours).to_contain_text("Nothing is open.")
    maya.reload()
    expect(part(maya, "How it stands").or_(maya.get_by_label("How it stands"))).to_contain_text(
        "kept", ignore_case=True
    )


def each_writes_one_half_of_a_concession(maya: Page, jane: Page, cast: Cast) -> None:
    with_jane(maya, cast, link="Give and take, both columns")
    form = part(maya, "Write down what one side gave")
    form.get_by_label("they did").check()
    form.get_by_label("What was given").fill("Two deliveries instead of one")
    form.get_by_label("In our words").fill("It saves us a night shift.")
    form.get_by_role("button", name="Keep").click()
    card = maya.get_by_role("listitem").filter(has_text="Two deliveries instead of one")
    expect(card).to_contain_text("It saves us a night shift.")
    with_jane(maya, cast, link="Their own page")
    maya.get_by_role("button", name="Share it").click()

    jane.goto("/between/")
    given = jane.get_by_role("listitem").filter(has_text="Two deliveries instead of one")
    expect(given).to_contain_text("It saves us a night shift.")
    given.get_by_role("link", name="what it cost").click()
    jane.get_by_role("textbox").fill("Somebody at the door twice.")
    jane.locator("form button.btn--main").click()

    with_jane(maya, cast, link="Give and take, both columns")
    expect(card).to_contain_text("Somebody at the door twice.")


def an_offer_is_countered_twice_and_accepted(maya: Page, jane: Page, cast: Cast) -> None:
    with_jane(maya, cast, link="Begin a negotiation")
    maya.get_by_label("What it is about").fill("Coffee for the new hotel")
    maya.get_by_label("price").check()
    maya.locator("main form button.btn--main").click()
    maya.get_by_role("link", name="Put an offer").click()
    put_line(maya, price="19.50", act="main form button.btn--main:not([name])")

    jane.goto("/between/")
    counter(jane, price="17")
    maya.reload()
    maya.get_by_role("link", name="New version of ours").click()
    put_line(maya, price="18", act="main form button.btn--main:not([name])")
    jane.goto("/between/")
    expect(part(jane, "Offers")).to_contain_text("Version 3")
    part(jane, "Offers").get_by_role("button", name="Accept it").click()
    expect(part(jane, "Offers")).to_contain_text("No offer is open between us.")
    maya.goto("/negotiations/")
    expect(maya.get_by_role("main")).to_contain_text("Accepted")


def put_line(page: Page, *, price: str, act: str) -> None:
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("What").fill("Dark roast")
    line.get_by_label("How many").fill("40")
    line.get_by_label("Price each").fill(price)
    page.get_by_label("Currency").fill("GBP")
    page.locator(act).click()


def counter(jane: Page, *, price: str) -> None:
    part(jane, "Offers").get_by_role("link", name="Put another version").click()
    put_line(jane, price=price, act="main form button.btn--main:not([name])")
    expect(part(jane, "Offers")).to_contain_text("Version 2")


def her_terms_stop_a_message_that_waits(maya: Page, jane: Page, cast: Cast, office: PostOffice) -> None:
    gone = len(office.received)
    with_jane(maya, cast, link="Write")
    maya.get_by_label("Subject").fill("The new price list")
    maya.get_by_label("What you want to say").fill("Dear Jane,\nhere it is.")
    maya.get_by_role("button", name="Send", exact=True).click()
    expect(maya.get_by_role("main")).to_contain_text("wait", ignore_case=True)

    terms = part(jane, "Your terms")
    terms.get_by_text("Change them").click()
    terms.get_by_label("Rest", exact=True).check()
    terms.get_by_role("button", name="These are my terms").click()
    expect(terms).to_contain_text("in your own word")

    queue.send_due()
    assert len(office.received) == gone
    maya.reload()
    expect(maya.get_by_role("main")).to_contain_text("Not sent. They chose how they wish to be reached. “Rest”")


def a_pulse_is_sealed_and_opened(maya: Page, jane: Page, cast: Cast) -> None:
    with_jane(maya, cast, link="What both hold")
    ours, theirs = part(maya, "How it goes"), part(jane, "How it goes")
    ours.get_by_text("Ask how it goes").click()
    ours.get_by_label("A question to both").fill("What should we stop?")
    ours.get_by_label("Open until").fill(f"{day(20)}")
    ours.get_by_role("button", name="Ask both").click()
    seal(ours, "Calling at breakfast.")
    expect(ours).not_to_contain_text("Calling at breakfast.")

    jane.goto("/between/")
    expect(theirs).not_to_contain_text("Calling at breakfast.")
    seal(theirs, "The survey after each order.")
    for either in (theirs, ours):
        either.page.goto(either.page.url)
        expect(either).to_contain_text("Calling at breakfast.")
        expect(either).to_contain_text("The survey after each order.")


def seal(how: Locator, words: str) -> None:
    how.get_by_text("Answer", exact=True).click()
    how.get_by_label("What should we stop?").fill(words)
    how.get_by_role("button", name="Seal my answer").click()


def her_page_fits_the_smallest_phone_and_the_largest_letters(jane: Page) -> None:
    was = jane.viewport_size
    assert was
    jane.set_viewport_size({"width": looking.NARROWEST.width, "height": looking.NARROWEST.height})
    for size in ("100%", "200%"):
        jane.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert jane.evaluate("document.documentElement.scrollWidth") <= looking.NARROWEST.width, size
    jane.set_viewport_size(was)


def she_takes_her_copy_and_leaves(maya: Page, jane: Page, cast: Cast) -> None:
    with jane.expect_download() as download:
        jane.get_by_role("link", name="Take a copy").click()
    copy = ZipFile(download.value.path())
    page = next(copy.read(name).decode() for name in copy.namelist() if name.endswith(".html"))
    assert all(words in page for words in ("dark roast", "Two deliveries", "The survey after each order."))

    jane.get_by_role("link", name="Forget me").click()
    jane.get_by_role("button", name="Forget me").click()
    the_worker_forgets()
    jane.goto("/between/")
    expect(jane.get_by_role("main")).not_to_contain_text("Jane")

    gone = Party.objects.get(pk=cast.jane.pk)
    erased_on = timezone.localdate(Erasure.objects.get(subject_id=gone.pk).erased_at)
    maya.goto(f"/relationships/{cast.with_jane.pk}/")
    expect(maya.get_by_role("main")).to_contain_text(f"What was kept here was erased on {erased_on:%-d %B %Y}.")
    for path in ("/", "/promises/", "/negotiations/", "/messages/", "/search/?q=okafor", "/search/?q=deliveries"):
        maya.goto(path)
        assert not [words for words in SAID_BY_OR_OF_HER if words in maya.get_by_role("main").inner_text().lower()]


def all_that_a_backup_holds(folder: Path) -> str:
    """The whole database, history and traces included, as a backup writes it out."""
    dump, url = folder / "dump.sql", postgres.url_for(postgres_roles.OWNER, database=connection.settings_dict["NAME"])
    postgres.here().run_as_superuser("pg_dump", "--inserts", "-f", str(dump), url)
    return dump.read_text().lower()


def the_worker_forgets() -> None:
    for job in ProcrastinateJob.objects.filter(task_name=leaving.FORGET):
        app.tasks[job.task_name](**job.args)
