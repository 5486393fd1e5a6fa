"""Every page of a running Ampersand, and how one comes to it: what `bin/pictures` takes pictures of and looks through."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Browser, FilePayload, Page

from tests.browser import album_both_sides, album_messages, album_more, looking, samples
from tests.browser.stops import Session, Stop, path_of

# Read by nobody but the page that shows how a table is understood: a decimal comma, dates with the day first, a name
# longer than most, one from the right, and rows that cannot be read.
PEOPLE = """Name;E-mail;Company;City;Last met
Anna Berger;anna@rosenhof.example;Hotel Rosenhof;Berlin;03.04.2026
Wolfeschlegelsteinhausenbergerdorff-Montgomery, Hubert;h@wolf.example;Donaudampfschifffahrtsgesellschaft;Wien;
محمد عبد الرحمن;m@nile.example;مقهى النيل;القاهرة;14.06.2026
Eva;eva@;;;
"""
ORDERS = """Customer;Date;Amount;Currency;Number
Hotel Rosenhof;03.04.2026;1.234,50;EUR;R-1
Hotel Rosenhof;31.02.2026;10,00;EUR;R-2
;01.06.2026;12,00;EUR;R-3
Torre Bianca;01.06.2026;twelve;EUR;R-4
"""


def sign_in(browser: Browser, link: str) -> Session:
    page = looking.open_page(browser)
    page.goto(link)
    page.get_by_role("button").first.click()
    page.wait_for_load_state()
    session: Session = dict(page.context.storage_state())
    page.context.close()
    return session


def found_house(browser: Browser, link: str, language: str) -> Session:
    """Begin in an empty house with nothing but a name."""
    page = looking.open_page(browser, language=language)
    page.goto(link)
    page.locator("main input[name=member_name]").fill("Ana Mill")
    page.locator("main form button").click()
    page.wait_for_load_state()
    session: Session = dict(page.context.storage_state())
    page.context.close()
    return session


def speak(browser: Browser, address: str, session: Session, language: str) -> None:
    """Have the pages of who is signed in in a language from now on."""
    page = looking.open_page(browser, storage_state=session)
    page.goto(f"{address}/own/")
    page.locator("select[name=language]").select_option(language)
    page.locator("main .form button.btn--main").click()
    page.wait_for_load_state()
    page.context.close()


def stops(browser: Browser, address: str, session: Session) -> dict[str, Stop]:
    """The pages of a demo house for who is signed in. What they need is made first, as one does without script."""
    context = browser.new_context(java_script_enabled=False, storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    made = _tables_brought_in(page, address) | _note_kept(page, address)
    page.goto(address)
    relationship = page.locator("li.tend a.tend__name").first.get_attribute("href") or ""
    made |= _pages_of(page, address, relationship)
    who_is_who = album_more.stops_of_who_is_who(page, address)
    terms = album_more.stops_of_terms(page, address)
    messages = album_messages.stops_of_messages(page, address)
    both_sides = album_both_sides.stops_of_both_sides(page, address)
    jane = terms["relationship-with-terms"].path
    context.close()
    return {
        "today": Stop("/", is_whole=False),
        "today-understood": Stop("/", _write_a_note, is_whole=False),
        "today-evidence": Stop("/", _open_evidence),
        "palette": Stop("/", _find_jane, is_whole=False),
        "keys": Stop("/", lambda page: page.keyboard.press("?"), is_whole=False),
        "write": Stop("/write/", _write_a_note),
        "relationship": Stop(relationship),
        "relationship-as-a-list": Stop(relationship, lambda page: page.keyboard.press("l")),
        "all-moments": Stop(f"{relationship}moments/"),
        "who-sees": Stop(f"{relationship}who-sees/"),
        "relationships": Stop("/relationships/"),
        "relationships-filtered": Stop("/relationships/?kind=person&move=quiet&sort=quiet"),
        "relationships-nobody": Stop("/relationships/?words=zzzz"),
        "map": Stop("/map/"),
        "map-as-a-list": Stop("/map/?as=list"),
        "map-as-a-drawing": Stop("/map/?as=drawing"),
        "promises": Stop("/promises/"),
        "promises-of-everybody": Stop("/promises/?whose=everybody"),
        "a-new-day": Stop("/promises/", _agree_a_new_day),
        "search": Stop("/search/?words=ho"),
        "search-nothing": Stop("/search/?words=xyzzy"),
        "import": Stop("/import/"),
        "traces": Stop("/traces/"),
        "house": Stop("/house/"),
        "house-change": Stop("/house/change/"),
        "house-invite": Stop("/house/invite/"),
        "house-history": Stop("/house/history/"),
        "own": Stop("/own/"),
        "own-email": Stop("/own/email/"),
        "nothing-here": Stop("/nothing-here/", status=404),
        **{name: Stop(path) for name, path in made.items()},
        **who_is_who,
        **terms,
        **messages,
        **both_sides,
        **album_more.stops_of_lists(),
        **album_more.stops_of_then(jane),
    }


def stops_at_the_door(sign_in_link: str, invitation: str) -> dict[str, Stop]:
    """The pages of who is signed out."""
    return {
        "sign-in": Stop("/sign-in/"),
        "sign-in-code": Stop("/sign-in/code/"),
        "sign-in-link": Stop(path_of(sign_in_link)),
        "invitation": Stop(path_of(invitation)),
        "by-invitation": Stop("/sign-up/"),
        "reached-spent": Stop("/reached/x/", status=410),
    }


def stops_of_an_empty_house() -> dict[str, Stop]:
    return {
        "empty-today": Stop("/"),
        "empty-relationships": Stop("/relationships/"),
        "empty-promises": Stop("/promises/"),
        "empty-map": Stop("/map/"),
        "empty-import": Stop("/import/"),
    }


def faults(page: Page) -> list[str]:
    """What is wrong with a page: words over words, what axe finds, what the browser complains of."""
    # A page that is not there or no longer, and a form that is refused, are visited on purpose.
    on_purpose = ("status of 404", "status of 410", "status of 422")
    told = [one for one in looking.complaints(page) if not any(words in one for words in on_purpose)]
    return [*looking.overlaps(page), *looking.axe(page), *told]


def _tables_brought_in(page: Page, address: str) -> dict[str, str]:
    """A table that waits for a look at its columns, and one that came in with rows it could not read."""
    found = {}
    for name, table in (("people", PEOPLE), ("orders", ORDERS)):
        page.goto(f"{address}/import/")
        upload: FilePayload = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": table.encode()}
        page.set_input_files("input[type=file]", upload)
        page.locator(".dropping button").click()
        found[f"import-{name}"] = path_of(page.url)
    page.locator("main form .btn--main").click()
    found["import-orders"] = path_of(page.url)
    while page.locator("progress").count():
        time.sleep(0.5)
        page.reload()
    return found


def _note_kept(page: Page, address: str) -> dict[str, str]:
    page.goto(f"{address}/write/")
    words = "Called Jane Okafor, the green of the labels is too pale. I will send her two others by Friday."
    page.locator("textarea[name=words]").fill(words)
    page.locator("button[form]").click()
    put_right = page.locator("main a[href*='/put-right/']").first.get_attribute("href") or ""
    return {"note": path_of(page.url), "put-right": put_right}


def _pages_of(page: Page, address: str, relationship: str) -> dict[str, str]:
    """A party, a moment, a reading and a promise of one relationship."""
    page.goto(address + relationship)
    page_html = page.content()
    page.goto(f"{address}{relationship}moments/")
    links = re.findall(r'(?:href|hx-get)="(/(?:parties|moments|readings|promises)/[^"]+)"', page_html + page.content())
    return {link.split("/")[1].removesuffix("s").replace("partie", "party"): link for link in reversed(links)}


def _write_a_note(page: Page) -> None:
    words = page.locator(".capture__words").first
    if not words.is_visible():  # on a phone Today shows the way to the notebook instead
        page.locator(".capture-open").click()
        page.wait_for_load_state()
    words.fill(samples.NOTE)
    page.locator(".understood__row").first.wait_for()


def _open_evidence(page: Page) -> None:
    page.locator("li.tend a.why").first.click()
    page.locator(".evidence .sheet").wait_for()


def _agree_a_new_day(page: Page) -> None:
    page.locator("[data-row][aria-current] a[data-key=d]").click()
    page.wait_for_load_state()


def _find_jane(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("jane")
    page.locator("#palette-found mark").first.wait_for()
