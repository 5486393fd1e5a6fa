"""Somebody who has just shown that it is them, as after signing in by a password."""

from __future__ import annotations

import time

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from ampersand.members.models import Member


def prove(client: Client, member: Member, *, seconds_ago: float = 0, method: str = "password") -> Client:
    """Write into the session of a client that is signed in that this member showed who they are so long ago."""
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time() - seconds_ago}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(member)
    session.save()
    return client
