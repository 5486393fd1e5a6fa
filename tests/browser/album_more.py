"""More pages of a running Ampersand: who is told twice, lists with all they can, ways in, what is kept safe."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, FilePayload, Page

from tests.browser import looking
from tests.browser.album_both_sides import open_everything
from tests.browser.stops import Session, Stop, path_of

# A table names people of the demo house with slips, one of a family, and one whom nobody knows.
CONTACTS = """Name,Phone,Company,City
Gareth Pughe,,Severn Vale Hospitals,Bristol
Inez Carvallo,07700 900008,Blue Door Café,Bristol
Oliver Grant,,Pigeon & Post,Bath
Meridian Ltd,,,Reading
Rosalind Featherstonehaugh-Wemyss,,Hôtel de l’Étoile du Nord,Saint-Rémy-de-Provence
"""
SECONDS_A_CODE = 30
# In milliseconds; a page that waits looks again by itself.
WHOLE_BOOK_READ = 120_000


def stops_of_who_is_who(page: Page, address: str) -> dict[str, Stop]:
    """Likely doubles, two side by side, one that stands for two, and whom a table brought who is in the book already."""
    page.goto(f"{address}/doubles/")
    one, other = [link.get_attribute("href") or "" for link in page.locator(".spread h2 a").all()]
    two = _party_called(page, address, "Imogen Hart")
    page.goto(address + two)
    apart = page.locator("a[href*='/parties/same/']").first.get_attribute("href") or ""
    return {
        "doubles": Stop("/doubles/"),
        "doubles-together": Stop("/doubles/together/", _pick_all),
        "same-choose": Stop(f"{one}same/?words=bron"),
        "same": Stop(f"{one}same/?other={other.strip('/').rpartition('/')[2]}"),
        "party-that-is-two": Stop(two),
        "two-after-all": Stop(apart),
        "party-with-a-shared-address": Stop(_party_called(page, address, "Agnes Whitcombe")),
        "party-with-tags": Stop(_party_called(page, address, "Jane Okafor")),
        **_tables_known(page, address),
    }


def stops_of_terms(page: Page, address: str) -> dict[str, Stop]:
    """The terms of somebody who said some, of somebody who said none, and what cannot be said."""
    jane, ines = (_relationship_with(page, address, name) for name in ("Jane Okafor", "Ines Carvalho"))
    return {
        "relationship-with-terms": Stop(jane),
        "between": Stop(f"{jane}between/", open_everything),
        "between-nothing-yet": Stop(f"{ines}between/"),
        "terms": Stop(f"{jane}terms/"),
        "terms-nobody-said": Stop(f"{ines}terms/"),
        "terms-refused": Stop(f"{ines}terms/", _say_half_an_hour),
    }


def stops_of_lists() -> dict[str, Stop]:
    narrowed = "/relationships/?kind=person&place=Bristol&promise=ours&sort=due"
    return {
        "search-number": Stop("/search/?words=ALDER-001"),
        "list-more-filters": Stop("/relationships/", lambda page: page.locator(".filters__more summary").click()),
        "list-narrowed": Stop(narrowed),
        "list-columns": Stop("/relationships/", lambda page: page.locator(".list__columns summary").click()),
        "list-picked": Stop("/relationships/?kind=person", _pick_three, is_whole=False),
        "list-save-search": Stop("/relationships/searches/save/?kind=person&promise=ours"),
        "list-out": Stop("/relationships/out/?kind=person"),
    }


def stops_of_then(relationship: str) -> dict[str, Stop]:
    """Pages of a past day, once its readings are made, and the one on which a reading is explained."""
    on = f"?on={datetime.now(UTC).date() - timedelta(days=60)}"
    return {
        "relationship-then": Stop(f"{relationship}{on}", _wait_for_its_readings),
        "map-then": Stop(f"/map/{on}&as=drawing", _wait_for_its_readings),
        "map-as-a-list-then": Stop(f"/map/{on}&as=list", _wait_for_its_readings),
        "promises-then": Stop(f"/promises/{on}", _wait_for_its_readings),
        "own-way": Stop(f"{relationship}own-way/"),
        "rule": Stop("/readings/quiet/rule/"),
    }


def stops_of_the_house() -> dict[str, Stop]:
    return {
        "house-safe": Stop("/house/", is_whole=True),
        "house-sign-in-service": Stop("/house/sign-in-service/"),
        "prove-it-is-you": Stop("/own/prove/?next=/house/"),
        "ways-in": Stop("/own/ways-in/"),
        "ways-in-app": Stop("/own/ways-in/app/"),
        "ways-in-passkey": Stop("/own/ways-in/passkeys/add/"),
        "first-password": Stop("/own/password/first/"),
    }


def stops_with_an_app() -> dict[str, Stop]:
    return {
        "ways-in-with-an-app": Stop("/own/ways-in/"),
        "spare-codes": Stop("/own/ways-in/codes/"),
        "spare-codes-new": Stop("/own/ways-in/codes/new/"),
        "app-remove": Stop("/own/ways-in/app/remove/"),
    }


def set_up_app(browser: Browser, address: str, session: Session) -> str:
    """Set up codes of an app for who is signed in. Answers their key."""
    page = looking.open_page(browser, storage_state=session)
    page.goto(f"{address}/own/ways-in/app/")
    key = page.locator("code.spare").inner_text().strip()
    page.locator("main input[name=code]").fill(code_of(key))
    page.locator("main .form button.btn--main").click()
    page.wait_for_load_state()
    page.context.close()
    return key


def sign_in_with_app(browser: Browser, link: str, key: str) -> Session:
    """Sign in by a link and a code of the app, which is taken once."""
    page = looking.open_page(browser)
    page.goto(link)
    page.get_by_role("button").first.click()
    time.sleep(SECONDS_A_CODE - time.time() % SECONDS_A_CODE)
    page.locator("main input[name=code]").fill(code_of(key))
    page.locator("main .form button.btn--main").first.click()
    page.wait_for_load_state()
    session: Session = dict(page.context.storage_state())
    page.context.close()
    return session


def code_of(key: str) -> str:
    """The code that an app shows now for a key (RFC 6238)."""
    padded = key.upper() + "=" * (-len(key) % 8)
    told = hmac.digest(base64.b32decode(padded), struct.pack(">Q", int(time.time()) // SECONDS_A_CODE), "sha1")
    place = told[-1] & 15
    return f"{(struct.unpack('>I', told[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def _party_called(page: Page, address: str, name: str) -> str:
    page.goto(f"{address}/search/?words={name}")
    page.goto(address + (page.locator("main a", has_text=name).first.get_attribute("href") or ""))
    found = re.search(r'href="(/parties/[0-9a-f-]{36}/)"', page.content())
    return found[1] if found else path_of(page.url)


def _relationship_with(page: Page, address: str, name: str) -> str:
    page.goto(f"{address}/search/?words={name}")
    return page.locator("main a[href*='/relationships/']", has_text=name).first.get_attribute("href") or ""


def _say_half_an_hour(page: Page) -> None:
    page.locator("section[aria-labelledby=told] summary").click()
    page.locator("input[name=from_time]").fill("14:00")
    page.locator("section[aria-labelledby=told] button.btn--main").click()
    page.wait_for_load_state()


def _tables_known(page: Page, address: str) -> dict[str, Stop]:
    """A table brought in, of which some are in the book already, and one of its shape, understood as that was."""
    for_them: dict[str, Stop] = {}
    for name in ("contacts", "contacts-again"):
        page.goto(f"{address}/import/")
        upload: FilePayload = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": CONTACTS.encode()}
        page.set_input_files("input[type=file]", upload)
        page.locator(".dropping button").click()
        if for_them:
            return for_them | {"import-remembered": Stop(path_of(page.url))}
        page.locator("main form .btn--main").click()
        for_them = {"import-report-likely": Stop(path_of(page.url))}
        while page.locator("progress").count():
            time.sleep(0.5)
            page.reload()
        for_them["import-likely"] = Stop(f"{path_of(page.url)}likely/")
        page.goto(f"{page.url}likely/")
        while page.locator("#import-doubles[hx-get]").count():
            time.sleep(0.5)
            page.reload()
    return for_them


def _pick_all(page: Page) -> None:
    page.locator("[data-pick-all]").check()


def _wait_for_its_readings(page: Page) -> None:
    page.locator(".then [role=status]").wait_for(state="detached", timeout=WHOLE_BOOK_READ)


def _pick_three(page: Page) -> None:
    for row in page.locator("tbody input[type=checkbox]").all()[:3]:
        row.check()
    page.locator("#edit").scroll_into_view_if_needed()
