"""Coming in by the house's own sign-in service: against a real OpenID Connect provider on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from ampersand.desk import ours
from ampersand.members import actions, service_sign_in, service_told
from ampersand.members import service as service_of
from ampersand.members.models import Invitation, Member, SignInService
from tests.cast import Cast
from tests.proven import prove

pytestmark = pytest.mark.django_db
SECRET = "a secret of the service"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A process of its own: what it warns of is its own affair."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield _ready(f"http://localhost:{port}")
        finally:
            running.terminate()


def _ready(address: str) -> str:
    for _ in range(200):
        try:
            requests.get(address, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(address)


@pytest.fixture
def service(provider: str, cast: Cast) -> SignInService:
    return set_service(provider, by=cast.ruth)


def set_service(provider: str, *, by: Member, **more: Any) -> SignInService:
    told: dict[str, Any] = {"domains": ["harbourfinch.example"], "has_newcomers": False} | more
    return actions.set_service(
        name="Keycloak", issuer=provider, client_id="house", client_secret=SECRET, by=by, at=timezone.now(), **told
    )


def come_in(client: Client, provider: str, sub: str, **claims: Any) -> Any:
    """Press the button, sign in at the provider, come back."""
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=10)
    asked = client.get("/sign-in/service/")
    signed = requests.post(asked.headers["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(signed.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def is_signed_in_as(client: Client, member: Member) -> bool:
    return client.session.get("_auth_user_id") == str(member.pk)


def test_a_member_comes_in(client: Client, cast: Cast, provider: str, service: SignInService) -> None:
    answer = come_in(client, provider, "m1", email=cast.maya.email.upper(), email_verified=True, name="Maya L.")

    assert answer.headers["Location"] == "/"
    assert is_signed_in_as(client, cast.maya)
    cast.maya.refresh_from_db()
    assert cast.maya.name == "Maya Lindqvist"


def test_nothing_of_what_the_service_says_is_kept_but_its_name_for_them(
    client: Client, cast: Cast, provider: str, service: SignInService
) -> None:
    for visitor in (client, Client()):
        come_in(visitor, provider, "m1", email=cast.maya.email, email_verified=True, phone_number="+44 1")

    (kept,) = SocialAccount.objects.all()
    assert (kept.uid, kept.extra_data) == (service_of.name_there(provider, "m1"), {})


def test_a_change_of_address_there_locks_nobody_out(
    client: Client, cast: Cast, provider: str, service: SignInService
) -> None:
    come_in(client, provider, "m1", email=cast.maya.email, email_verified=True)
    later = Client()

    come_in(later, provider, "m1", email="maya@new.example", email_verified=True)

    assert is_signed_in_as(later, cast.maya)


def test_nobody_becomes_a_member_by_accident(client: Client, cast: Cast, provider: str, service: SignInService) -> None:
    count = Member.objects.count()

    answer = come_in(client, provider, "s1", email="stranger@harbourfinch.example", email_verified=True)

    assert answer.status_code == 403
    assert "Ask somebody of the house to invite you." in answer.content.decode()
    assert Member.objects.count() == count
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {}, {"email_verified": "false"}, {"email_verified": 1.5}]
)
def test_an_address_the_service_does_not_vouch_for_opens_nothing(
    client: Client, cast: Cast, provider: str, claims: dict[str, Any]
) -> None:
    set_service(provider, by=cast.ruth, domains=[])

    answer = come_in(client, provider, "eve", email=cast.maya.email, **claims)

    assert answer.status_code == 403
    assert not is_signed_in_as(client, cast.maya)


@pytest.mark.parametrize("email", ["", "no address", "a@b@c", None, 7])
def test_who_has_no_address_there_does_not_come_in(
    client: Client, cast: Cast, provider: str, service: SignInService, email: object
) -> None:
    answer = come_in(client, provider, "x1", email=email, email_verified=True)

    assert answer.status_code in (403, 502)
    assert "_auth_user_id" not in client.session


def test_who_is_invited_comes_in_as_what_they_were_invited_as(
    client: Client, cast: Cast, provider: str, service: SignInService
) -> None:
    actions.invite("ida@mill.example", by=cast.ruth, at=timezone.now(), role="steward")

    come_in(client, provider, "i1", email="ida@mill.example", email_verified=True, name="Ida Mills")

    ida = Member.objects.get(email="ida@mill.example")
    assert (ida.name, ida.role, ida.party.name) == ("Ida Mills", "steward", "Ida Mills")
    assert Invitation.objects.get(email="ida@mill.example").accepted_at is not None
    assert is_signed_in_as(client, ida)


def test_where_the_house_says_so_an_address_in_its_domain_suffices(client: Client, cast: Cast, provider: str) -> None:
    set_service(provider, by=cast.ruth, has_newcomers=True)

    come_in(client, provider, "n1", email="nia@harbourfinch.example", name="Nia")
    elsewhere = come_in(Client(), provider, "n2", email="nia@notharbourfinch.example", email_verified=True)

    assert is_signed_in_as(client, Member.objects.get(email="nia@harbourfinch.example"))
    assert elsewhere.status_code == 403


def test_who_left_comes_back_by_invitation_only(client: Client, cast: Cast, provider: str) -> None:
    set_service(provider, by=cast.ruth, has_newcomers=True)
    come_in(client, provider, "t1", email=cast.tom.email, email_verified=True)
    ours.leave(cast.tom, by=cast.ruth, at=timezone.now())

    uninvited = come_in(Client(), provider, "t1", email=cast.tom.email, email_verified=True)
    actions.invite(cast.tom.email, by=cast.ruth, at=timezone.now())
    invited = Client()
    come_in(invited, provider, "t1", email=cast.tom.email, email_verified=True)

    assert uninvited.status_code == 403
    assert is_signed_in_as(invited, cast.tom)


def test_with_another_issuer_the_names_of_the_old_one_open_nothing(
    client: Client, cast: Cast, provider: str, service: SignInService
) -> None:
    come_in(client, provider, "m1", email=cast.maya.email, email_verified=True)

    set_service("http://localhost:1", by=cast.ruth)

    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?error=access_denied&state=y", "?state="])
def test_an_answer_nobody_asked_for_opens_nothing(
    client: Client, cast: Cast, service: SignInService, query: str
) -> None:
    answer = client.get(f"/sign-in/service/back/{query}")

    assert answer.status_code == 502
    assert "Try once more, or take another way." in answer.content.decode()


def test_an_answer_works_once(client: Client, cast: Cast, provider: str, service: SignInService) -> None:
    requests.put(f"{provider}/users/m1", json={"email": cast.maya.email, "email_verified": True}, timeout=10)
    asked = client.get("/sign-in/service/")
    signed = requests.post(asked.headers["Location"], data={"sub": "m1"}, allow_redirects=False, timeout=10)
    back = urlsplit(signed.headers["Location"])
    client.get(f"{back.path}?{back.query}")

    again = Client().get(f"{back.path}?{back.query}")

    assert again.status_code == 502


def test_a_service_that_is_down_says_so(client: Client, cast: Cast) -> None:
    set_service("http://localhost:1", by=cast.ruth)

    answer = client.get("/sign-in/service/")

    assert answer.status_code == 502


def test_the_secret_lies_sealed_in_the_database(cast: Cast, service: SignInService) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM members_signinservice t")
        assert SECRET not in cursor.fetchone()[0]
    assert SECRET not in str(vars(service))


# what is asked, and what is believed


def way_to(client: Client, address: str = "/sign-in/service/") -> dict[str, str]:
    return dict(parse_qsl(urlsplit(client.get(address).headers["Location"]).query))


def test_a_question_is_this_browsers_own_and_its_answer_fits_no_other(
    client: Client, cast: Cast, service: SignInService
) -> None:
    asked, again = way_to(client), way_to(client)

    assert asked["code_challenge_method"] == "S256"
    for secret in ("state", "nonce", "code_challenge"):
        assert len(asked[secret]) >= 16
        assert asked[secret] != again[secret]


def test_the_address_of_the_way_there_changes_nothing_but_where_one_goes_on(
    client: Client, cast: Cast, service: SignInService
) -> None:
    elsewhere = "auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example%26client_id%3Devil&scope=admin&process=connect"

    asked = way_to(client, f"/sign-in/service/?{elsewhere}&next=https://evil.example/")

    assert asked["redirect_uri"] == "http://testserver/sign-in/service/back/"
    assert asked["client_id"] == "house"
    assert "admin" not in asked["scope"]
    ((state, _at, _provider),) = client.session["socialaccount_states"].values()
    assert state["process"] == "login"
    assert "next" not in state


def come_back(client: Client, provider: str, **more: str) -> Any:
    """Sign in as Maya there, and come back with more in the address, or something else in it."""
    told: dict[str, Any] = {"email": "maya@harbourandfinch.example", "email_verified": True}
    requests.put(f"{provider}/users/m1", json=told, timeout=10)
    asked = client.get("/sign-in/service/")
    signed = requests.post(asked.headers["Location"], data={"sub": "m1"}, allow_redirects=False, timeout=10)
    back = urlsplit(signed.headers["Location"])
    return client.get(back.path, dict(parse_qsl(back.query)) | more)


def test_an_answer_of_another_service_opens_nothing(
    client: Client, cast: Cast, provider: str, service: SignInService
) -> None:
    answer = come_back(client, provider, iss="https://evil.example")

    assert answer.status_code == 502
    assert "_auth_user_id" not in client.session


def test_an_answer_carried_to_another_browser_opens_nothing(
    client: Client, cast: Cast, provider: str, service: SignInService
) -> None:
    asked = client.get("/sign-in/service/")
    requests.put(f"{provider}/users/m1", json={"email": cast.maya.email, "email_verified": True}, timeout=10)
    signed = requests.post(asked.headers["Location"], data={"sub": "m1"}, allow_redirects=False, timeout=10)
    back, other = urlsplit(signed.headers["Location"]), Client()
    other.get("/sign-in/service/")

    assert other.get(f"{back.path}?{back.query}").status_code == 502
    assert "_auth_user_id" not in other.session


def test_an_answer_to_another_question_opens_nothing(
    client: Client, cast: Cast, provider: str, service: SignInService, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter(["asked", "asked of the service"])
    monkeypatch.setattr("ampersand.members.service_sign_in.secrets.token_urlsafe", lambda _size: next(asked))
    client.get("/sign-in/service/")
    stashed = client.session
    other = Client()
    requests.put(f"{provider}/users/m1", json={"email": cast.maya.email, "email_verified": True}, timeout=10)
    way = other.get("/sign-in/service/").headers["Location"]
    signed = requests.post(way, data={"sub": "m1"}, allow_redirects=False, timeout=10)
    back = dict(parse_qsl(urlsplit(signed.headers["Location"]).query))
    # Whoever could write into a session still has to have asked the question.
    theirs = other.session
    (state, at, name) = theirs["socialaccount_states"][back["state"]]
    ((mine, _at, _name),) = stashed["socialaccount_states"].values()
    theirs["socialaccount_states"] = {back["state"]: (state | {"data": mine["data"]}, at, name)}
    theirs.save()

    answer = other.get("/sign-in/service/back/", back)

    assert answer.status_code == 403
    assert "_auth_user_id" not in other.session


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGERS_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
DESCRIBED = {"issuer": "https://id.mill.example", "jwks_uri": "https://id.mill.example/keys"}


def heard(monkeypatch: pytest.MonkeyPatch, *, key: Any = KEY, algorithm: str = "RS256", **more: Any) -> Any:
    """What is believed of something said by a service whose one public key is KEY."""
    now = int(time.time())
    said = {"iss": DESCRIBED["issuer"], "aud": "house", "sub": "m1", "iat": now, "exp": now + 300} | more
    house: Any = service_sign_in.HouseService(RequestFactory().get("/"), "house")
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    house.openid_config = DESCRIBED
    monkeypatch.setattr(house, "_keys", lambda: [public])
    app = SocialApp(client_id="house", secret="")
    return house._decode_id_token(app, jwt.encode(said, key, algorithm=algorithm))


@pytest.mark.parametrize("ahead", [-30, 0, 30])
def test_clocks_half_a_minute_apart_lock_nobody_out(monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    now = int(time.time()) + ahead

    assert heard(monkeypatch, iat=now, exp=now + 10)["sub"] == "m1"


@pytest.mark.parametrize(
    "told",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["house", "another"], "azp": "another"},
        {"exp": 1_700_000_000},
        {"iat": 4_000_000_000, "exp": 4_000_000_300},
        {"key": STRANGERS_KEY},
        {"key": "", "algorithm": "none"},
        {"key": "what anybody could take for the secret", "algorithm": "HS256"},
    ],
)
def test_what_is_not_said_by_the_service_to_this_house_now_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]
) -> None:
    with pytest.raises(OAuth2Error):
        heard(monkeypatch, **told)


def test_what_vouches_for_an_address_is_what_names_it() -> None:
    mixed = {"id_token": {"sub": "x", "email_verified": True}, "userinfo": {"sub": "x", "email": "ruth@mill.example"}}

    found = service_of.told_by(mixed)

    assert found is not None
    assert not found.is_proven


def test_who_is_called_the_same_by_another_service_is_somebody_else() -> None:
    names = {service_of.name_there(issuer, "1") for issuer in ("https://a.example", "https://b.example")}

    assert len(names) == 2
    assert service_of.name_there("https://a.example/", "1") in names


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/token", "file:///etc/passwd", "http://localhost.evil.example/", ""]
)
def test_no_service_has_the_house_ask_what_it_should_not(address: str) -> None:
    with service_of.Asking() as session, pytest.raises(requests.RequestException):
        session.get(address)


def test_a_house_reached_from_elsewhere_asks_nothing_of_its_own_machine(settings: Any, provider: str) -> None:
    settings.IS_SECURE = True

    assert "begins with https" in service_of.find_trouble(provider)


# by the environment

OIDC = {"AMPERSAND_OIDC_ISSUER": "https://id.mill.example/", "AMPERSAND_OIDC_CLIENT_ID": "house"}


def test_the_environment_names_the_service() -> None:
    found = service_told.told_service(
        {**OIDC, "AMPERSAND_OIDC_DOMAINS": "Mill.example, finch.example", "AMPERSAND_OIDC_NEWCOMERS": "1"}
    )

    assert found == service_told.ToldService(
        issuer="https://id.mill.example",
        client_id="house",
        client_secret="",
        name="OpenID Connect",
        domains=("mill.example", "finch.example"),
        has_newcomers=True,
    )


@pytest.mark.parametrize("more", [{"AMPERSAND_OIDC_CLIENT_ID": " "}, {"AMPERSAND_OIDC_NEWCOMERS": "1"}])
def test_half_a_service_is_refused_at_the_start(more: dict[str, str]) -> None:
    with pytest.raises(service_told.ServiceUnusable, match="AMPERSAND_OIDC_"):
        service_told.told_service(OIDC | more)


def test_a_member_comes_in_by_the_service_of_the_environment(
    client: Client, cast: Cast, provider: str, settings: Any
) -> None:
    told_so = {**OIDC, "AMPERSAND_OIDC_ISSUER": provider, "AMPERSAND_OIDC_CLIENT_SECRET": SECRET}
    settings.SIGN_IN_SERVICE = service_told.told_service(told_so)

    come_in(client, provider, "m1", email=cast.maya.email, email_verified=True)

    assert is_signed_in_as(client, cast.maya)
    assert "OpenID Connect" in Client().get("/sign-in/").content.decode()


def test_what_the_environment_says_no_page_changes(client: Client, cast: Cast, provider: str, settings: Any) -> None:
    settings.SIGN_IN_SERVICE = service_told.told_service({**OIDC, "AMPERSAND_OIDC_ISSUER": provider})
    client.force_login(cast.ruth, backend="django.contrib.auth.backends.ModelBackend")
    steward = prove(client, cast.ruth)

    page = steward.get("/house/sign-in-service/").content.decode()

    assert "AMPERSAND_OIDC_ISSUER" in page
    assert "client_secret" not in page
    assert steward.post("/house/sign-in-service/", told(provider)).status_code == 403
    assert not SignInService.objects.exists()


# the page of the stewards


@pytest.fixture
def steward(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ruth, backend="django.contrib.auth.backends.ModelBackend")
    return prove(client, cast.ruth)


def told(provider: str, **more: str) -> dict[str, str]:
    return {"name": "Keycloak", "issuer": provider, "client_id": "house", "client_secret": SECRET, "domains": ""} | more


def test_a_steward_sets_it_and_the_door_shows_it(steward: Client, provider: str) -> None:
    answer = steward.post("/house/sign-in-service/", told(provider))

    assert answer.status_code == 302
    assert "Sign in with Keycloak" in Client().get("/sign-in/").content.decode()
    page = steward.get("/house/sign-in-service/").content.decode()
    assert SECRET not in page
    assert "http://testserver/sign-in/service/back/" in page


def test_an_empty_secret_leaves_the_one_there_is(steward: Client, provider: str) -> None:
    steward.post("/house/sign-in-service/", told(provider))
    before = SignInService.objects.get().sealed_secret

    steward.post("/house/sign-in-service/", told(provider, client_secret="", name="Microsoft"))

    after = SignInService.objects.get()
    assert (after.name, after.sealed_secret) == ("Microsoft", before)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"issuer": "http://login.mill.example"}, "begins with https"),
        ({"issuer": "http://localhost:1"}, "No sign-in service answers there."),
        ({"issuer": "ftp://localhost"}, "begins with https"),
        ({"issuer": ""}, "Write the issuer"),
        ({"client_id": ""}, "Write the client ID"),
        ({"has_newcomers": "on"}, "Write the domains whose people may come in."),
        ({"domains": "gmail.com"}, "Anybody may have an address at gmail.com."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    steward: Client, provider: str, more: dict[str, str], words: str
) -> None:
    answer = steward.post("/house/sign-in-service/", told(provider, **more))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SignInService.objects.exists()


def test_without_it_members_have_their_other_ways(steward: Client, cast: Cast, service: SignInService) -> None:
    steward.post("/house/sign-in-service/remove/")

    assert "Keycloak" not in Client().get("/sign-in/").content.decode()
    assert Client().get("/sign-in/service/").status_code == 404
    assert "changed by which service members sign in" in steward.get("/house/history/").content.decode()
