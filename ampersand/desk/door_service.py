"""Coming in by the house's own sign-in service (OpenID Connect): members do, and those who are invited. Nobody else becomes
one by accident: only where a steward said so does an address in the house's domains suffice."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from ampersand.desk import ours
from ampersand.members import service, service_sign_in
from ampersand.members.models import Member


class ServiceAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The one service a steward has set, if there is one."""
        app = service.find_app()
        is_asked_for = app and provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)
        return [app] if is_asked_for else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """allauth makes no members; who comes in is settled before."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the member behind what the service says, let one in who was invited, or say why not."""
        is_answer = service_sign_in.is_answer_to(sociallogin)
        told = service.told_by(sociallogin.account.extra_data) if is_answer else None
        sociallogin.account.extra_data = {}
        if told is None:
            raise _refused(request)
        if sociallogin.is_existing:
            # What a service tells of somebody besides is theirs: nothing of it is kept.
            sociallogin.account.save(update_fields=["extra_data"])
            return
        member = ours.come_by_service(told, at=timezone.now())
        if member is None:
            raise _refused(request)
        _tie(request, sociallogin, member)

    def get_requests_session(self) -> service.Asking:
        return service.Asking()

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        raise ImmediateHttpResponse(render(request, "members/service_failed.html", status=502))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody is written to for having signed in."""


def _tie(request: HttpRequest, sociallogin: SocialLogin, member: Member) -> None:
    """From now on the service's own name for them suffices, so a change of address locks nobody out."""
    sociallogin.connect(request, member)


def _refused(request: HttpRequest) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(render(request, "members/service_refused.html", status=403))
