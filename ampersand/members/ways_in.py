"""The ways a member has to show who they are, and the code by letter for those who have no other."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from ampersand.members.models import Member

_LETTER = "proof_letter"
_LETTER_LASTS = timedelta(minutes=10)


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


def ways_of(member: Member) -> WaysIn:
    kinds = set(Authenticator.objects.filter(user=member).values_list("type", flat=True))
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
