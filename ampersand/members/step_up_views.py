"""Showing once more who one is: by what one has. Every form here says what went wrong beside its field."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ampersand.members import letters, limits, step_up, ways_in
from ampersand.members.forms import PasskeyProofForm
from ampersand.members.requests import MemberRequest


@never_cache
@require_GET
def ask(request: MemberRequest) -> HttpResponse:
    return _asked(request)


@require_POST
def by_password(request: MemberRequest) -> HttpResponse:
    if not limits.is_within(request, "prove", member=request.user):
        return _asked(request, password=_too_often())
    if not request.user.check_password(request.POST.get("password", "")):
        return _asked(request, password=_("That is not your password. Try once more."))
    return _proven(request, method="password")


@require_POST
def by_code(request: MemberRequest) -> HttpResponse:
    """A code of the app, or one of those kept for the day it is lost."""
    form = ReauthenticateForm(request.POST, user=request.user)
    if not form.is_valid():
        return _asked(request, code=_first_of(form.errors))
    form.save()
    return redirect(step_up.next_page(request))


@require_POST
def by_passkey(request: MemberRequest) -> HttpResponse:
    form: Any = PasskeyProofForm(request.POST, user=request.user)  # type: ignore[call-arg]  # allauth comes without types
    if not form.is_valid():
        return _asked(request, passkey=_("That passkey did not show that it is you. Try once more."))
    form.save()
    return redirect(step_up.next_page(request))


@require_POST
def send_letter(request: MemberRequest) -> HttpResponse:
    if not ways_in.ways_of(request.user).by_letter:
        return redirect(step_up.next_page(request))
    if not limits.is_within(request, "proof_letter", member=request.user):
        return _asked(request, letter=_too_often())
    code = ways_in.new_letter_code(request.session, at=timezone.now())
    if not letters.send_proof_code(request.user, code):
        return _asked(request, letter=_("The mail server did not take the letter. Try again in a while."))
    return _asked(request)


@require_POST
def by_letter(request: MemberRequest) -> HttpResponse:
    if not limits.is_within(request, "prove", member=request.user):
        return _asked(request, letter=_too_often())
    if not ways_in.is_letter_code(request.session, request.POST.get("code", ""), at=timezone.now()):
        return _asked(request, letter=_("That is not the code. It is in the newest letter."))
    return _proven(request, method="code")


def _proven(request: MemberRequest, *, method: str) -> HttpResponse:
    limits.forget(request, "prove", member=request.user)
    step_up.prove(request, method=method)
    return redirect(step_up.next_page(request))


def _asked(request: MemberRequest, **errors: str) -> HttpResponse:
    ways = ways_in.ways_of(request.user)
    told: dict[str, Any] = {
        "ways": ways,
        "errors": errors,
        "next": step_up.next_page(request),
        "next_name": REDIRECT_FIELD_NAME,
        "is_letter_sent": ways_in.was_letter_sent(request.session, at=timezone.now()),
        "passkey": begin_authentication(request.user) if ways.has_passkey else None,
    }
    return render(request, "members/step_up.html", told, status=422 if errors else 200)


def _first_of(errors: Any) -> str:
    return str(next(iter(errors.values()))[0])


def _too_often() -> str:
    return _("That was too often in a row. Wait five minutes, then try again.")
