"""The door of the page Between: link, code, visit; and everybody who should not come in."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Identifier
from ampersand.portal import actions
from ampersand.portal.models import LinkCode, PageLink, Visit
from ampersand.portal.tests.visitors import Visitor, shared_promise, visitor
from ampersand.portal.web import COOKIE
from ampersand.terms import actions as terms
from ampersand.terms.models import Decision
from tests.cast import NOW, Cast

MADE_UP = "0f2b7c1e-5d64-4f0a-9a53-1c2d3e4f5a6b"

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])

ADDRESS = "jane@alder.example"


@pytest.fixture
def given(cast: Cast) -> tuple[PageLink, str]:
    """A link for Jane, and its secret."""
    parties.tell_identifier(cast.jane, kind="email", value=ADDRESS, teller=Teller(at=NOW, by=cast.maya))
    return actions.give_link(cast.with_jane, address=ADDRESS, days=30, by=cast.maya, at=timezone.now())


def sent_code() -> str:
    found = re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[0]


def come_in(client: Client, secret: str) -> str:
    """Through the door as she does: look, have the code sent, write it. Answers the secret of the visit."""
    client.get(reverse("portal:link", args=[secret]))
    client.post(reverse("portal:send_code", args=[secret]))
    client.post(reverse("portal:code", args=[secret]), {"code": sent_code()})
    return client.cookies[COOKIE].value if COOKIE in client.cookies else ""


def test_a_link_and_the_code_sent_to_its_address_open_the_page(given: tuple[PageLink, str]) -> None:
    client = Client()

    come_in(client, given[1])
    page = client.get(reverse("portal:page"))

    assert page.status_code == 200
    assert "Jane Okafor" in page.content.decode()
    assert mail.outbox[-1].to == [ADDRESS]
    morsel = client.cookies[COOKIE]
    assert (morsel["path"], morsel["httponly"], morsel["samesite"]) == ("/between/", True, "Lax")


def test_nothing_of_it_is_kept_by_which_somebody_else_could_come_in(given: tuple[PageLink, str]) -> None:
    secret = come_in(Client(), given[1])

    kept = [str(row) for model in (PageLink, LinkCode, Visit) for row in model.objects.values_list()]

    assert not any(told in row for row in kept for told in (secret, given[1], f"'{sent_code()}'"))


def test_looking_at_a_link_sends_nothing(given: tuple[PageLink, str]) -> None:
    page = Client().get(reverse("portal:link", args=[given[1]]))

    assert page.status_code == 200
    assert "Maya Lindqvist" in page.content.decode()
    assert "j…@alder.example" in page.content.decode()
    assert ADDRESS not in page.content.decode()
    assert (mail.outbox, LinkCode.objects.count()) == ([], 0)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page.headers["Cache-Control"]
    assert "script-src" in page.headers["Content-Security-Policy"]


def test_only_a_post_has_a_code_sent(given: tuple[PageLink, str]) -> None:
    assert Client().get(reverse("portal:send_code", args=[given[1]])).status_code == 405
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["revoked", "lapsed", "unknown", "address gone", "erased", "one of us"])
def test_a_link_that_holds_no_more_opens_nothing(given: tuple[PageLink, str], cast: Cast, how: str) -> None:
    link, secret = given
    now = timezone.now()
    if how == "revoked":
        actions.revoke_link(link, by=cast.maya, at=now)
    elif how == "lapsed":
        PageLink.objects.update(lapses_at=now)
    elif how == "unknown":
        secret = "x" * 43
    elif how == "address gone":
        Identifier.objects.filter(value=ADDRESS).update(withdrawn_at=now)
    elif how == "erased":
        type(cast.jane).objects.filter(pk=cast.jane.pk).update(erased_at=now)
    else:
        type(cast.jane).objects.filter(pk=cast.jane.pk).update(is_colleague=True)

    told = [
        Client().get(reverse("portal:link", args=[secret])).status_code,
        Client().post(reverse("portal:send_code", args=[secret])).status_code,
        Client().post(reverse("portal:code", args=[secret]), {"code": "123456"}).status_code,
    ]

    assert told == [404, 404, 404]
    assert mail.outbox == []


def test_a_wrong_code_counts_and_after_five_even_the_right_one_is_none(given: tuple[PageLink, str]) -> None:
    client, address = Client(), reverse("portal:code", args=[given[1]])
    client.post(reverse("portal:send_code", args=[given[1]]))
    right = sent_code()
    wrong = "000000" if right != "000000" else "111111"

    tried = [client.post(address, {"code": wrong}).status_code for _ in range(actions.MOST_TRIES)]
    last = client.post(address, {"code": right})

    assert tried == [422] * actions.MOST_TRIES
    assert last.status_code == 422
    assert Visit.objects.count() == 0


def test_a_code_works_once(given: tuple[PageLink, str]) -> None:
    come_in(Client(), given[1])

    again = Client().post(reverse("portal:code", args=[given[1]]), {"code": sent_code()})

    assert again.status_code == 422
    assert Visit.objects.count() == 1


def test_a_code_lapses_and_a_new_one_ends_the_one_before(given: tuple[PageLink, str]) -> None:
    link, now = given[0], timezone.now()
    first = actions.make_code(link, at=now)
    second = actions.make_code(link, at=now + timedelta(seconds=1))

    with pytest.raises(actions.WrongCode):
        actions.open_visit(link, first if first != second else "x", at=now + timedelta(seconds=2))
    with pytest.raises(actions.WrongCode):
        actions.open_visit(link, second, at=now + actions.CODE_LIFE + timedelta(seconds=1))


def test_a_code_of_another_link_is_none(given: tuple[PageLink, str], cast: Cast) -> None:
    other, _secret = actions.give_link(cast.with_jane, address=ADDRESS, days=7, by=cast.maya, at=timezone.now())
    code = actions.make_code(other, at=timezone.now())
    actions.make_code(given[0], at=timezone.now())
    LinkCode.objects.filter(link=given[0]).update(digest=LinkCode.objects.get(link=other).digest)

    with pytest.raises(actions.WrongCode):
        actions.open_visit(given[0], code, at=timezone.now())


def test_so_many_codes_go_out_and_no_more(given: tuple[PageLink, str]) -> None:
    sent = [Client().post(reverse("portal:send_code", args=[given[1]])).status_code for _ in range(4)]

    assert sent == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "' OR 1=1", "\x00" * 6, "9" * 10_000])
def test_what_is_no_code_is_said_beside_the_field(given: tuple[PageLink, str], code: str) -> None:
    actions.make_code(given[0], at=timezone.now())

    told = Client().post(reverse("portal:code", args=[given[1]]), {"code": code})

    assert told.status_code == 422
    assert LinkCode.objects.get().tried_count == 0


def test_a_cookie_laid_beforehand_is_no_visit(given: tuple[PageLink, str]) -> None:
    client = Client()
    client.cookies[COOKIE] = "chosen-by-somebody-else"

    secret = come_in(client, given[1])

    assert secret != "chosen-by-somebody-else"
    attacker = Client()
    attacker.cookies[COOKIE] = "chosen-by-somebody-else"
    assert attacker.get(reverse("portal:page")).status_code == 401


def test_coming_in_again_ends_the_visit_before_in_this_browser(given: tuple[PageLink, str]) -> None:
    client = Client()
    first = come_in(client, given[1])
    come_in(client, given[1])

    stale = Client()
    stale.cookies[COOKIE] = first

    assert stale.get(reverse("portal:page")).status_code == 401


def test_a_visitor_is_no_member_and_a_member_no_visitor(given: tuple[PageLink, str], cast: Cast) -> None:
    visiting, signed_in = Client(), Client()
    come_in(visiting, given[1])
    signed_in.force_login(cast.maya)

    assert visiting.get(reverse("desk:today")).status_code == 302
    assert visiting.get(reverse("desk:relationship", args=[cast.with_jane.pk])).status_code == 302
    assert visiting.get(reverse("portal:given", args=[cast.with_jane.pk])).status_code == 302
    assert signed_in.get(reverse("portal:page")).status_code == 401


def test_closing_ends_the_visit(given: tuple[PageLink, str]) -> None:
    client = Client()
    secret = come_in(client, given[1])

    client.post(reverse("portal:close"))

    again = Client()
    again.cookies[COOKIE] = secret
    assert again.get(reverse("portal:page")).status_code == 401


@pytest.mark.parametrize(
    "secret", ["", "x", "\x00", "é" * 200, "a" * 100_000, "'; DROP TABLE portal_visit; --", MADE_UP]
)
def test_a_made_up_cookie_opens_nothing(secret: str, cast: Cast) -> None:
    client = Client()
    client.cookies[COOKIE] = secret

    assert client.get(reverse("portal:page")).status_code == 401


def test_a_link_goes_to_no_address_but_theirs(cast: Cast) -> None:
    for address in ("", "stranger@elsewhere.example", "JANE@ALDER.EXAMPLE\n"):
        with pytest.raises(actions.NotTheirAddress):
            actions.give_link(cast.with_jane, address=address, days=30, by=cast.maya, at=NOW)


def member_client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.maya)
    return client


def test_a_member_gives_a_link_that_goes_by_mail_through_the_gate(cast: Cast) -> None:
    parties.tell_identifier(cast.jane, kind="email", value=ADDRESS, teller=Teller(at=NOW, by=cast.maya))
    told = {"address": ADDRESS, "days": "30", "is_sent": "on"}

    page = member_client(cast).post(reverse("portal:given", args=[cast.with_jane.pk]), told)

    assert page.status_code == 200
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    assert Decision.objects.get().may
    link = re.search(r'value="([^"]*/between/link/[^"]*)"', page.content.decode())
    assert link is not None
    assert link[1] in mail.outbox[0].body


def test_their_terms_hold_for_the_link_too(cast: Cast) -> None:
    parties.tell_identifier(cast.jane, kind="email", value=ADDRESS, teller=Teller(at=NOW, by=cast.maya))
    terms.say(cast.jane, roster="rest", said_at=NOW, teller=Teller(at=NOW, by=cast.maya))

    page = member_client(cast).post(
        reverse("portal:given", args=[cast.with_jane.pk]), {"address": ADDRESS, "days": "7", "is_sent": "on"}
    )

    assert mail.outbox == []
    assert not Decision.objects.get().may
    assert "Their terms do not let it go by mail now" in page.content.decode()


def test_a_member_takes_a_link_back_and_its_visits_end(cast: Cast) -> None:
    jane = visitor(cast, cast.jane)

    member_client(cast).post(reverse("portal:revoke_link", args=[jane.link.pk]))

    assert jane.client().get(reverse("portal:page")).status_code == 401


def test_a_closed_relationship_keeps_its_page_and_hides_its_links(cast: Cast) -> None:
    leona = visitor(cast, cast.leona)
    outside = Client()
    outside.force_login(cast.tom)

    assert leona.client().get(reverse("portal:page")).status_code == 200
    assert outside.get(reverse("portal:given", args=[cast.with_leona.pk])).status_code == 404
    assert outside.post(reverse("portal:revoke_link", args=[leona.link.pk])).status_code == 404


def probes(two: Visitor, cast: Cast) -> list[str]:
    """Everything of somebody else's that an address can name, read and written."""
    other = shared_promise(cast.maya.party, cast.leona, cast=cast, words="For Leona")
    theirs = shared_promise(cast.leona, cast.maya.party, cast=cast, words="By Leona")
    acts = ("kept", "partly", "not-kept", "release", "accept", "decline", "counter", "move", "done", "forget", "terms")
    found = [f"/between/promises/{one.pk}/{act}/" for one in (other, theirs) for act in acts]
    ids = (cast.leona.pk, cast.with_leona.pk, two.link.pk, two.visit.pk, cast.maya.pk, cast.alder.pk, uuid4())
    found += [f"/between/promises/{one}/{act}/" for one in ids for act in acts[:6]]
    return found


def test_no_address_reaches_a_row_of_another_relationship(cast: Cast) -> None:
    jane, leona = visitor(cast, cast.jane), visitor(cast, cast.leona)
    addresses = probes(leona, cast)
    client = jane.client()

    answers = {
        address: client.post(address, {"entry": str(uuid4()), "words": "x"}).status_code for address in addresses
    }

    assert len(addresses) >= 60
    assert set(answers.values()) == {404}
