"""Who speaks when a member acts on a page: the house in its own word, or the other side as the member tells it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.parties.speaking import NotOurs, Speaker, Voice


def ourselves(member: Member, *, at: datetime) -> Speaker:
    """The member, for our side."""
    party = Party.objects.filter(member=member).first()
    if party is None:
        raise NotOurs(member)
    return Speaker.ourselves(party, by=member, at=at)


def side(*, is_ours: bool, theirs: Party, member: Member, at: datetime) -> Speaker:
    """Ourselves, or the other side's word as this member tells it."""
    return ourselves(member, at=at) if is_ours else Speaker.told(theirs, by=member, at=at)


def told(name: str, voice: str, by: Member | None, at: datetime) -> str:
    """Who said it, when, and who wrote it down where that was somebody else."""
    today = timezone.localdate()
    words = {"name": name, "day": spoken_day(timezone.localdate(at), today=today), "member": by}
    if voice == Voice.TOLD_BY_US:
        return _("%(name)s, %(day)s, told by %(member)s") % words if by else _("%(name)s, %(day)s, told by us") % words
    return _("%(name)s, %(day)s") % words


def plain_number(number: Decimal) -> str:
    """A number without the zeros that only its column has, as the reader writes it.

    >>> plain_number(Decimal("10.5000")), plain_number(Decimal("300.0000"))
    ('10.5', '300')
    """
    whole = number.to_integral_value()
    return localize(whole if whole == number else number.normalize())
