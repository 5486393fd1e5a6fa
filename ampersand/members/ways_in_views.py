"""One's own ways in, and one's own sessions. allauth does what is done with passkeys and apps; the pages are ours."""

from __future__ import annotations

import logging
from functools import wraps
from typing import Any

import requests
from allauth.mfa.internal.flows.add import redirect_if_add_not_allowed
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ampersand.members import actions, limits, ways_in
from ampersand.members.requests import MemberRequest

log = logging.getLogger(__name__)

_FORM = ("get", "head", "post", "options")


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    page = ways_in.page_of(request.user, session_key=request.session.session_key)
    return render(request, "members/ways_in.html", {"page": page})


@require_POST
def end_session(request: MemberRequest, name: str) -> HttpResponse:
    """End one session of one's own. Ended twice, it is ended."""
    if actions.end_session(request.user, name):
        messages.info(request, _("That session has ended."))
    return redirect("mfa_index")


@method_decorator(redirect_if_add_not_allowed, name="dispatch")
class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth comes without types
    """A passkey signs in by itself, so the device must ask who it is, and keep it."""

    http_method_names = _FORM

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        if context["form"].is_bound:
            context["refused"] = _("The device gave no passkey. Try once more, or take another way.")
        return context

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    http_method_names = _FORM
    success_url = reverse_lazy("mfa_index")


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    http_method_names = _FORM

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "ways_url": reverse("mfa_index")}

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


def by_service(view: Any) -> Any:
    """A view that asks the sign-in service. One that is down, or answers what nobody understands, is said to have failed."""

    @wraps(view)
    def asking(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                answer: HttpResponseBase = view(request, *args, **kwargs)
        except (requests.RequestException, AttributeError, LookupError, TypeError, ValueError):
            log.exception("service.not_understood")
            return render(request, "members/service_failed.html", status=502)
        return answer

    return counted("service", asking)


def counted(act: str, view: Any) -> Any:
    """A view at the door that may be asked only so often from one place."""

    @login_not_required
    @never_cache
    @wraps(view)
    def within(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not limits.is_within(request, act):
            return render(request, "429.html", status=429)
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    return within
