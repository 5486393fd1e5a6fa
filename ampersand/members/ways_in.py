"""The ways a member has to show who they are, and the code by letter for those who have no other."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.members.models import Member, Session
from ampersand.members.service import find_service

_LETTER = "proof_letter"
_LETTER_LASTS = timedelta(minutes=10)
_WAYS_TAKEN = {
    "password": gettext_lazy("You came in with your password."),
    "code": gettext_lazy("You came in with a code by e-mail."),
    "webauthn": gettext_lazy("You came in with a passkey."),
    "socialaccount": gettext_lazy("You came in by the sign-in service."),
    "one-time-link": gettext_lazy("You came in with a link that works once."),
    "invitation": gettext_lazy("You came in by your invitation."),
    "founding": gettext_lazy("You founded the house here."),
}


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What a member can show: what they know, what they hold. A letter is for who has nothing else."""

    has_password: bool
    has_passkey: bool
    has_app: bool
    has_address: bool

    @property
    def has_second_step(self) -> bool:
        return self.has_passkey or self.has_app

    @property
    def by_letter(self) -> bool:
        return self.has_address and not (self.has_password or self.has_second_step)

    @property
    def is_none(self) -> bool:
        return not (self.has_password or self.has_second_step or self.has_address)


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    id: int
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser one is signed in with. Which one, and by days: no hour, no place."""

    name: str
    says: str
    by: str
    """How one showed oneself when it began; empty where it does not know any more."""
    began_on: date | None
    seen_on: date | None
    is_this: bool
    order: str = ""
    """Of one that began on the same day as this one, whether before or after it."""


@dataclass(frozen=True, slots=True)
class WaysInPage:
    email: str
    ways: WaysIn
    passkeys: tuple[PasskeyRow, ...]
    spare_count: int | None
    """How many spare codes are left; none where none were made."""
    sessions: tuple[SessionRow, ...]
    service_name: str = ""
    """By which service outside one signs in too."""
    here: str = "house"


def page_of(member: Member, *, session_key: str | None) -> WaysInPage:
    held = list(Authenticator.objects.filter(user=member).order_by("created_at", "pk"))
    spare = next((one for one in held if one.type == Authenticator.Type.RECOVERY_CODES), None)
    service = find_service() if SocialAccount.objects.filter(user=member).exists() else None
    return WaysInPage(
        email=member.email if member.has_address else "",
        ways=_ways(member, {one.type for one in held}),
        passkeys=tuple(
            PasskeyRow(one.pk, one.wrap().name, timezone.localdate(one.created_at))
            for one in held
            if one.type == Authenticator.Type.WEBAUTHN
        ),
        spare_count=len(spare.wrap().get_unused_codes()) if spare else None,
        sessions=_session_rows(member, session_key),
        service_name=service.name if service else "",
    )


def _sessions_of(member: Member) -> QuerySet[Session]:
    living = Session.objects.filter(member=member, expire_date__gt=timezone.now())
    return living.order_by("-seen_on", "-began_on", "session_key")


def _session_rows(member: Member, here: str | None) -> tuple[SessionRow, ...]:
    sessions = list(_sessions_of(member))
    this = next((one for one in sessions if one.session_key == here), None)
    return tuple(_session_row(one, this) for one in sessions)


def _session_row(session: Session, this: Session | None) -> SessionRow:
    is_this = this is not None and session.pk == this.pk
    return SessionRow(
        name=session.name,
        says=_device_says(session),
        by=_way_taken(session),
        began_on=session.began_on,
        seen_on=session.seen_on,
        is_this=is_this,
        order="" if is_this or this is None else _order(session, this),
    )


def _order(session: Session, this: Session) -> str:
    """What tells two of one browser and one day apart without an hour."""
    began, this_began = (_first_record(one).get("at", 0) for one in (session, this))
    if session.began_on != this.began_on or not began or not this_began:
        return ""
    return _("It began before this one.") if began < this_began else _("It began after this one.")


def _device_says(session: Session) -> str:
    told = {"browser": session.browser, "system": session.system}
    if session.browser and session.system:
        return _("%(browser)s on %(system)s") % told
    return session.browser or session.system or _("A browser that does not say which")


def _way_taken(session: Session) -> str:
    first = _first_record(session)
    return str(_WAYS_TAKEN.get(first.get("type", first.get("method", "")), ""))


def _first_record(session: Session) -> dict[str, Any]:
    """What allauth noted when the session began; nothing where it noted nothing."""
    records = session.get_decoded().get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return next((one for one in records if not one.get("reauthenticated")), {})


def ways_of(member: Member) -> WaysIn:
    return _ways(member, set(Authenticator.objects.filter(user=member).values_list("type", flat=True)))


def _ways(member: Member, kinds: set[str]) -> WaysIn:
    return WaysIn(
        has_password=member.has_usable_password(),
        has_passkey=Authenticator.Type.WEBAUTHN in kinds,
        has_app=Authenticator.Type.TOTP in kinds,
        has_address=member.has_address,
    )


def new_letter_code(session: SessionBase, *, at: datetime) -> str:
    """A code for a letter. The session keeps its digest, for ten minutes; an older one works no longer."""
    code: str = get_adapter().generate_login_code()
    session[_LETTER] = {"digest": _digest(code), "until": (at + _LETTER_LASTS).timestamp()}
    return code


def was_letter_sent(session: SessionBase, *, at: datetime) -> bool:
    return _until(session) > at.timestamp()


def is_letter_code(session: SessionBase, code: str, *, at: datetime) -> bool:
    """Whether this is the code of the last letter. It works once."""
    if not was_letter_sent(session, at=at) or not hmac.compare_digest(session[_LETTER]["digest"], _digest(code)):
        return False
    del session[_LETTER]
    return True


def _until(session: SessionBase) -> float:
    return float(session.get(_LETTER, {}).get("until", 0))


def _digest(code: str) -> str:
    """The code is short, so its digest is made with the key of the house: who reads a session cannot guess it."""
    return hmac.new(settings.SECRET_KEY.encode(), normalize_user_code(code).encode(), hashlib.sha256).hexdigest()
