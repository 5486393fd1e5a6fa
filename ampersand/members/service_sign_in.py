"""The way to the house's sign-in service and back. allauth walks it; what is asked and believed on it is settled here.

The answer must be to what this browser asked (state, PKCE), of this service (issuer), for this house (audience), signed by it,
of now, and made for this very question (nonce).
"""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from ampersand.members import service

# Two clocks may be a minute apart.
CLOCKS_APART_SECONDS = 60
_SIGNED_BY_KEY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_SIGNED_BY_SECRET = ("HS256", "HS384", "HS512")


class HouseService(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth comes without types
    def get_provider(self) -> OpenIDConnectProvider:
        return HouseProvider(self.request, app=self.app)

    @cached_property
    def app(self) -> SocialApp:
        found = service.find_app()
        if found is None:
            raise Http404
        return found

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        return service.description_of(self.app.settings["server_url"])

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The service says nothing of who signed in.")
        login = super().complete_login(request, app, token, **kwargs)
        login.account.uid = service.name_there(self.app.settings["server_url"], login.account.uid)
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            key, algorithm = self._key_of(app, id_token)
            told: dict[str, Any] = jwt.decode(
                id_token,
                key=key,
                algorithms=[algorithm],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=CLOCKS_APART_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("What the service says of who signed in does not hold.") from error
        if told.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("It was said to somebody else.")
        jwtkit.verify_jti(told)
        return told

    def _key_of(self, app: SocialApp, id_token: str) -> tuple[Any, str]:
        header = jwt.get_unverified_header(id_token)
        algorithm = str(header.get("alg"))
        if algorithm in _SIGNED_BY_SECRET and app.secret:
            return app.secret, algorithm
        if algorithm not in _SIGNED_BY_KEY:
            raise OAuth2Error("It is signed in no way that proves anything.")
        keys = [key for key in self._keys() if header.get("kid") in (None, key.get("kid")) and key.get("use") != "enc"]
        if len(keys) != 1:
            raise OAuth2Error("Which key it is signed with is not known.")
        return jwt.PyJWK(keys[0], algorithm=algorithm).key, algorithm

    def _keys(self) -> list[dict[str, Any]]:
        with service.Asking() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            return list(answer.json()["keys"])


class HouseProvider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = HouseService


@require_GET
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the service. Of the address only where to go on is read: nobody else's link changes what is asked."""
    provider, nonce = HouseService(request, provider_id).get_provider(), secrets.token_urlsafe(24)
    asked: HttpResponseBase = provider.redirect(
        request,
        process=AuthProcess.LOGIN,
        next_url=_next_page(request),
        data={"nonce": nonce},
        auth_params={"nonce": nonce},
    )
    return asked


@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take the answer, if it is the service's own (RFC 9207)."""
    adapter = HouseService(request, provider_id)
    said, is_said = request.GET.get("iss"), "authorization_response_iss_parameter_supported"
    if (said is not None or adapter.openid_config.get(is_said)) and said != adapter.openid_config["issuer"]:
        raise service.ServiceNotUnderstood("another service answers")
    answer: HttpResponseBase = OAuth2CallbackView.adapter_view(adapter)(request)
    return answer


def is_answer_to(login: SocialLogin) -> bool:
    """Whether what the service said was made for what this browser asked."""
    asked = str(((login.state or {}).get("data") or {}).get("nonce") or "")
    said = str((login.account.extra_data.get("id_token") or {}).get("nonce") or "")
    return bool(asked) and secrets.compare_digest(asked.encode(), said.encode())


def _next_page(request: HttpRequest) -> str | None:
    told = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure())
    return told if is_ours else None
