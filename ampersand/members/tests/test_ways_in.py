"""One's own ways in: an app for codes, spare codes, passkeys; and one's own sessions."""

from __future__ import annotations

import json
import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from click.testing import CliRunner
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from ampersand.desk import ours
from ampersand.members import tasks
from ampersand.members.commands import sign_in_link
from ampersand.members.devices import Device, device_of
from ampersand.members.models import Member, Session
from tests.at_once import at_once
from tests.cast import Cast, enter
from tests.proven import prove

pytestmark = pytest.mark.django_db
PASSWORD = "forty bags of beans"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def code_of(secret: str, *, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


@pytest.fixture
def maya(cast: Cast) -> Member:
    cast.maya.set_password(PASSWORD)
    cast.maya.save(update_fields=["password"])
    return cast.maya


def signed_in(member: Member, *, by: str = DESK) -> Client:
    client = Client(headers={"User-Agent": by})
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return prove(client, member)


def set_up_app(client: Client) -> str:
    page = client.get("/own/ways-in/app/").content.decode()
    secret = str(re.findall(r'<code class="spare">([A-Z2-7]+)</code>', page)[0])
    assert client.post("/own/ways-in/app/", {"code": code_of(secret, steps=-1)}).status_code == 302
    return secret


def come_to_the_second_step(client: Client, member: Member) -> None:
    answer = client.post("/sign-in/", {"login": member.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/second-step/"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# an app for codes


def test_after_the_password_the_code_of_the_app_is_asked_for(maya: Member) -> None:
    secret = set_up_app(signed_in(maya))
    client = Client()
    come_to_the_second_step(client, maya)
    assert not is_in(client)

    client.post("/sign-in/second-step/", {"code": code_of(secret)})

    assert is_in(client)


def test_a_code_lets_in_once(maya: Member) -> None:
    secret = set_up_app(signed_in(maya))
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        come_to_the_second_step(client, maya)
        client.post("/sign-in/second-step/", {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


@pytest.mark.parametrize("code", ["", "000000", "abc", "١٢٣٤٥٦", "0" * 5000, "' OR 1=1", "\x00"])
def test_a_wrong_code_lets_nobody_in(maya: Member, code: str) -> None:
    set_up_app(signed_in(maya))
    client = Client()
    come_to_the_second_step(client, maya)

    answer = client.post("/sign-in/second-step/", {"code": code})

    assert answer.status_code == 200
    assert not is_in(client)


def test_codes_cannot_be_tried_out_one_after_the_other(maya: Member) -> None:
    secret = set_up_app(signed_in(maya))
    for _ in range(5):
        client = Client()
        come_to_the_second_step(client, maya)
        client.post("/sign-in/second-step/", {"code": "000000"})
    come_to_the_second_step(client := Client(), maya)

    answer = client.post("/sign-in/second-step/", {"code": code_of(secret)})

    assert "too often" in answer.content.decode()
    assert not is_in(client)


def test_neither_a_code_by_letter_nor_a_link_passes_by_the_second_step(maya: Member) -> None:
    from ampersand.members import actions

    set_up_app(signed_in(maya))
    client = Client()

    answer = client.post(f"/sign-in/link/{actions.make_sign_in_link(maya, at=timezone.now())}/")

    assert answer.headers["Location"] == "/sign-in/second-step/"
    assert not is_in(client)


def test_the_key_of_the_app_lies_sealed_in_the_database(maya: Member) -> None:
    secret = set_up_app(signed_in(maya))

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        assert secret not in cursor.fetchone()[0]


def test_with_another_key_file_no_code_fits_and_no_page_breaks(maya: Member) -> None:
    secret = set_up_app(signed_in(maya))
    client = Client()

    with override_settings(MEMBERS_SECRET="ab" * 32):
        come_to_the_second_step(client, maya)
        answer = client.post("/sign-in/second-step/", {"code": code_of(secret)})

    assert answer.status_code == 200
    assert not is_in(client)


def test_the_picture_for_the_app_is_drawn_on_the_page_and_styles_nothing_itself(maya: Member) -> None:
    page = signed_in(maya).get("/own/ways-in/app/").content.decode()

    picture = page.partition('class="code-picture"')[2].partition("</div>")[0]
    assert "<svg" in picture
    assert "<path" in picture
    assert not re.search(r"\sstyle=|<style|<script|<text", picture)


def test_setting_up_takes_a_code_of_the_app(maya: Member) -> None:
    client = signed_in(maya)
    client.get("/own/ways-in/app/")

    answer = client.post("/own/ways-in/app/", {"code": "000000"})

    assert answer.status_code == 422
    assert "That code does not work" in answer.content.decode()
    assert not Authenticator.objects.filter(user=maya).exists()


def test_an_app_taken_away_is_asked_for_no_more(maya: Member) -> None:
    client = signed_in(maya)
    set_up_app(client)

    client.post("/own/ways-in/app/remove/")
    answer = Client().post("/sign-in/", {"login": maya.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/"
    assert not Authenticator.objects.filter(user=maya).exists()


# spare codes


def test_a_spare_code_stands_in_once(maya: Member) -> None:
    client = signed_in(maya)
    set_up_app(client)
    codes = client.get("/own/ways-in/codes/file/").content.decode().split()
    first, second = Client(), Client()
    for visitor in (first, second):
        come_to_the_second_step(visitor, maya)
        visitor.post("/sign-in/second-step/", {"code": codes[0]})

    assert len(codes) == 10
    assert (is_in(first), is_in(second)) == (True, False)
    assert "9 are left" in client.get("/own/ways-in/").content.decode()


def test_new_spare_codes_make_the_old_ones_void(maya: Member) -> None:
    client = signed_in(maya)
    set_up_app(client)
    old = client.get("/own/ways-in/codes/file/").content.decode().split()

    client.post("/own/ways-in/codes/new/")

    assert not set(old) & set(client.get("/own/ways-in/codes/file/").content.decode().split())


def test_who_lost_their_devices_comes_in_by_a_link_of_the_machine(maya: Member) -> None:
    set_up_app(signed_in(maya))

    made = CliRunner().invoke(sign_in_link, [maya.email, "--forget-devices", "--json"])
    client = Client()
    client.post(urlsplit(json.loads(made.output)["link"]).path)

    assert is_in(client)
    assert "forgot the lost passkeys" in client.get("/house/history/").content.decode()


# who may change ways in


@pytest.mark.parametrize(
    "address",
    [
        "/own/email/",
        "/own/password/first/",
        "/own/ways-in/passkeys/add/",
        "/own/ways-in/app/",
        "/own/ways-in/codes/",
        "/own/ways-in/codes/new/",
        "/own/ways-in/codes/file/",
    ],
)
def test_before_a_way_in_is_shown_or_changed_one_is_asked(maya: Member, address: str) -> None:
    client = signed_in(maya)
    set_up_app(client)
    prove(client, maya, seconds_ago=3600)

    answers = [client.get(address), client.post(address)]

    assert [answer.headers.get("Location", "")[:11] for answer in answers] == ["/own/prove/", "/own/prove/"]


def test_who_has_no_way_in_begins_with_a_password(cast: Cast) -> None:
    cast.ruth.email = "ruth.1@no-address.invalid"
    cast.ruth.save(update_fields=["email"])
    client = Client()
    client.force_login(cast.ruth)

    form = client.get("/own/password/first/").content.decode()
    done = client.post("/own/password/first/", {"password1": PASSWORD, "password2": PASSWORD}, follow=True)

    cast.ruth.refresh_from_db()
    assert cast.ruth.check_password(PASSWORD)
    assert "<h1>Set a password</h1>" in form
    assert done.redirect_chain == [("/own/ways-in/", 302)]
    assert "The password counts from now on." in done.content.decode()


def test_where_there_is_no_password_none_is_changed(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ruth)

    assert client.get("/own/password/").headers["Location"] == "/own/password/first/"


def test_a_changed_password_leads_back_to_the_ways_in(maya: Member) -> None:
    client = signed_in(maya)
    new = "fifty bags of beans"

    done = client.post("/own/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert done.headers["Location"] == "/own/ways-in/"


# passkeys (the ceremony itself is in tests/browser/test_passkeys.py)

HOSTILE = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    '"words"',
    "{",
    json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "AA"}}),
    json.dumps({"response": {"userHandle": None}}),
    json.dumps({"response": []}),
    json.dumps({"response": 5}),
    "\x00",
    "[" * 5000,
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "authenticatorData": "AAAA",
                "clientDataJSON": "e30",
                "signature": "AAAA",
                "userHandle": "AAAA",
                "attestationObject": "AAAA",
            },
            "clientExtensionResults": {},
        }
    ),
]


@pytest.mark.parametrize("credential", HOSTILE)
def test_what_is_no_passkey_lets_nobody_in_and_breaks_nothing(maya: Member, credential: str) -> None:
    client, door = signed_in(maya), Client()
    door.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    client.get("/own/ways-in/passkeys/add/")

    answers = [
        door.post("/sign-in/passkey/", {"credential": credential}).status_code,
        client.post("/own/ways-in/passkeys/add/", {"credential": credential, "name": "x"}).status_code,
        client.post("/own/prove/passkey/", {"credential": credential}).status_code,
    ]

    assert answers == [302, 422, 422]
    assert not is_in(door)
    assert not Authenticator.objects.exists()


# sessions


def test_one_sees_where_one_is_signed_in_by_days_alone(maya: Member) -> None:
    here, phone = signed_in(maya), signed_in(maya, by=PHONE)
    phone.get("/own/")

    page = here.get("/own/ways-in/").content.decode()
    page = here.get("/own/ways-in/").content.decode()

    assert re.findall(r"<strong>(.+?)</strong>( <span class=\"quiet\">this one)?", page)[-2:] in (
        [("Firefox 140 on Windows", ' <span class="quiet">this one'), ("Chrome 140 on Android", "")],
        [("Chrome 140 on Android", ""), ("Firefox 140 on Windows", ' <span class="quiet">this one')],
    )
    assert [str(client.session.session_key) in page for client in (here, phone)] == [False, False]
    assert "127.0.0.1" not in page


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (DESK, "Firefox 140", "Windows"),
        (PHONE, "Chrome 140", "Android"),
        (DESK.replace("Gecko/20100101 Firefox/140.0", "Chrome/141.0 Safari/537.36 Edg/141.0"), "Edge 141", "Windows"),
        (
            "Mozilla/5.0 (iPad; CPU OS 18_0) AppleWebKit/605 CriOS/141.0 Mobile/15E148 Safari/604.1",
            "Chrome 141",
            "iPad",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) FxiOS/140.1 Mobile/15E148 Safari/605.1", "Firefox 140", "iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.1 Safari/605.1.15", "Safari 26", "Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/141.0 Safari/537.36 OPR/121.0", "Opera 121", "ChromeOS"),
        ("", "", ""),
        ("curl/8.5.0", "", ""),
        ("Firefox/<b>", "Firefox", ""),
        ("Firefox/99999999999", "Firefox 9999", ""),
        ("Version/" * 100_000, "", ""),
    ],
)
def test_a_browser_is_called_as_its_owner_calls_it(said: str, browser: str, system: str) -> None:
    assert device_of(said) == Device(browser, system)


def test_two_sessions_of_one_browser_are_told_apart_by_how_they_began(maya: Member) -> None:
    by_link, by_password = Client(headers={"User-Agent": DESK}), Client(headers={"User-Agent": DESK})
    by_password.post("/sign-in/", {"login": maya.email, "password": PASSWORD})
    link = CliRunner().invoke(sign_in_link, [maya.email]).output
    by_link.post(urlsplit(str(re.findall(r"http\S+", link)[-1])).path)

    page = by_link.get("/own/ways-in/").content.decode()

    assert len(re.findall("<strong>Firefox 140 on Windows</strong>", page)) == 2
    assert re.findall(r"You came in[^.]+\.", page) in (
        ["You came in with your password.", "You came in with a link that works once."],
        ["You came in with a link that works once.", "You came in with your password."],
    )


def test_two_sessions_that_began_alike_are_told_apart_by_which_came_first(maya: Member) -> None:
    clients = [Client(headers={"User-Agent": DESK}) for _ in range(3)]
    for client in clients:
        client.post("/sign-in/", {"login": maya.email, "password": PASSWORD})
        client.get("/own/")

    page = clients[1].get("/own/ways-in/").content.decode()

    assert sorted(re.findall(r"It began \w+ this one\.", page)) == [
        "It began after this one.",
        "It began before this one.",
    ]


def test_a_session_keeps_no_hour_and_no_place(maya: Member) -> None:
    signed_in(maya).get("/own/")

    kept = {one.name for one in Session._meta.concrete_fields}

    assert kept == {"session_key", "session_data", "expire_date", "member", "browser", "system", "began_on", "seen_on"}
    assert not Session.objects.filter(session_data__contains="127.0.0.1").exists()


def name_of(client: Client) -> str:
    return Session.objects.get(session_key=client.session.session_key).name


def test_one_session_can_be_ended_from_another(maya: Member) -> None:
    here, phone, other = (signed_in(maya) for _ in range(3))
    for client in (here, phone, other):
        client.get("/own/")

    for _press in range(2):
        here.post(f"/own/sessions/{name_of(phone) if is_in(phone) else 'gone'}/end/")

    assert [client.get("/own/").status_code for client in (here, phone, other)] == [200, 302, 200]


def test_nobody_ends_the_session_of_another(maya: Member, cast: Cast) -> None:
    hers, his = signed_in(maya), signed_in(cast.tom)
    hers.get("/own/")

    his.post(f"/own/sessions/{name_of(hers)}/end/")

    assert hers.get("/own/").status_code == 200


def test_all_but_this_one_end_together(maya: Member) -> None:
    here, phone = signed_in(maya), signed_in(maya)
    for client in (here, phone):
        client.get("/own/")

    here.post("/own/sign-out-everywhere/")

    assert [client.get("/own/").status_code for client in (here, phone)] == [200, 302]
    assert Session.objects.filter(member=maya).count() == 1


def test_of_a_visitor_who_is_not_signed_in_nothing_is_kept(cast: Cast) -> None:
    client = Client(headers={"User-Agent": PHONE})

    client.post("/sign-in/code/", {"email": "x@x.example"})

    assert not Session.objects.exclude(member=None, browser="", seen_on=None).exists()


def test_who_leaves_takes_their_ways_in_with_them(maya: Member, cast: Cast) -> None:
    client = signed_in(maya)
    set_up_app(client)

    ours.leave(maya, by=cast.ruth, at=timezone.now(), hand_to=cast.tom)

    assert not Authenticator.objects.exists()
    assert not Session.objects.filter(member=maya).exists()
    assert client.get("/own/").status_code == 302


def test_each_night_what_lets_nobody_in_is_forgotten(maya: Member) -> None:
    client = signed_in(maya)
    signed_in(maya)
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=timezone.now())

    tasks.forget_old_sessions()

    assert Session.objects.count() == 1


# how often


def test_trying_many_addresses_does_not_make_the_count_of_one_forgotten(maya: Member) -> None:
    from django.core.cache import cache

    for _ in range(5):
        Client().post("/sign-in/", {"login": maya.email, "password": "wrong"})
    for number in range(400):
        cache.set(f"other:{number}", [1.0], 300)

    answer = Client().post("/sign-in/", {"login": maya.email, "password": PASSWORD})

    assert "too often" in answer.content.decode()


def test_attempts_from_one_place_are_counted_whatever_the_address(cast: Cast) -> None:
    answers = [
        Client().post("/sign-in/", {"login": f"m{number}@x.example", "password": "wrong"}) for number in range(31)
    ]

    assert "too often" in answers[-1].content.decode()


@pytest.mark.parametrize("told", ["", "nonsense", "1.2.3.4, 5.6.7.8", ",", "[::1]:80", "' OR 1=1", "x" * 3000])
@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_what_a_proxy_says_of_the_place_breaks_no_door(cast: Cast, told: str) -> None:
    answer = Client().post(
        "/sign-in/", {"login": "m@x.example", "password": "wrong"}, headers={"X-Forwarded-For": told}
    )

    assert answer.status_code in (200, 403)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_try_at_once_no_more_get_through() -> None:
    maya = enter().maya
    client = Client()
    client.force_login(maya)
    key = client.cookies["sessionid"].value

    def attempt() -> int:
        visitor = Client()
        visitor.cookies["sessionid"] = key
        return "too often" in visitor.post("/own/prove/letter/code/", {"code": "AAAA"}).content.decode()

    refused = at_once(*[attempt] * 8)

    assert sum(refused) >= 3
