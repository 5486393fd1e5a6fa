"""Links to the page Between: given, revoked, proven by a code, and the visits they open."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from ampersand.core import events, keys
from ampersand.core.whole import whole
from ampersand.members import links
from ampersand.members.models import Member
from ampersand.parties.models import Identifier, IdentifierKind, Party, Relationship
from ampersand.portal.models import LinkCode, PageLink, Visit

CODE_LIFE = timedelta(minutes=15)
CODE_FIGURES = 6
MOST_TRIES = 5
VISIT_LIFE = timedelta(hours=12)
# How many codes go to one address: whoever guesses has a handful of tries at each.
MOST_CODES = ((timedelta(minutes=10), 3), (timedelta(days=1), 10))
DAYS_TO_CHOOSE = (7, 30, 90, 365)


class NotTheirAddress(ValueError):
    """A link goes to an e-mail address that the party has, and to no other."""


class LinkGone(LookupError):
    """The link is unknown, revoked or lapsed, its address is theirs no more, or they are no longer in the book."""


class TooManyCodes(ValueError):
    """Enough codes were sent for now."""


class WrongCode(ValueError):
    """Not the code that was sent last, or one that lapsed, was used or was tried too often."""


def addresses_of(party: Party) -> list[str]:
    """The e-mail addresses a link may go to, as they stand."""
    told = Identifier.objects.standing().filter(
        party__in=list(Party.objects.the_same([party.pk])), kind=IdentifierKind.EMAIL
    )
    return sorted(set(told.values_list("value", flat=True)))


@whole
def give_link(relationship: Relationship, *, address: str, days: int, by: Member, at: datetime) -> tuple[PageLink, str]:
    """Give the other side of a relationship a link to their page. Answers it and its secret, which is kept nowhere.

    Raises NotTheirAddress. `days` is one of DAYS_TO_CHOOSE.
    """
    party = relationship.party
    if party.is_ours or party.erased_at or address not in addresses_of(party):
        raise NotTheirAddress(_("Choose an e-mail address of theirs."))
    if days not in DAYS_TO_CHOOSE:
        raise ValueError(f"days must be one of {DAYS_TO_CHOOSE}; got {days}")
    secret = links.new_secret()
    link = PageLink.objects.create(
        relationship=relationship,
        party=party,
        address=address,
        secret_digest=links.digest_of(secret),
        given_by=by,
        given_at=at,
        lapses_at=at + timedelta(days=days),
    )
    _record("page_link.given", link, by=by, at=at)
    return link, secret


@whole
def revoke_link(link: PageLink, *, by: Member | None, at: datetime) -> PageLink:
    """Revoke a link: it opens nothing more, and every visit it opened ends. Revoked twice, it is revoked once."""
    locked = PageLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by = at, by
        locked.save(update_fields=["revoked_at", "revoked_by"])
        Visit.objects.filter(link=locked, ended_at=None).update(ended_at=at)
        _record("page_link.revoked", locked, by=by, at=at)
    return locked


def find_link(secret: str, *, at: datetime) -> PageLink:
    """The open link of this secret. Raises LinkGone, which does not say why."""
    found = PageLink.objects.open(at).filter(secret_digest=links.digest_of(secret))
    link = found.select_related("party__now", "given_by", "relationship__party").first()
    if link is None or not _is_theirs(link):
        raise LinkGone
    return link


@whole
def make_code(link: PageLink, *, at: datetime) -> str:
    """Make a new code for a link, which is to be sent to its address; the one before holds no longer. Raises TooManyCodes."""
    PageLink.objects.select_for_update().get(pk=link.pk)
    for since, most in MOST_CODES:
        if LinkCode.objects.filter(link=link, sent_at__gt=at - since).count() >= most:
            raise TooManyCodes(_("Enough codes were sent for now. Wait a while, then ask again."))
    code = "".join(secrets.choice("0123456789") for _figure in range(CODE_FIGURES))
    LinkCode.objects.create(link=link, digest=_digest(link, code), sent_at=at, lapses_at=at + CODE_LIFE)
    return code


def open_visit(link: PageLink, code: str, *, at: datetime) -> tuple[Visit, str]:
    """Open a visit by the code that was sent last. Answers it and the secret of its cookie. Raises WrongCode, LinkGone.

    A try counts even where it fails, so this is no part of a transaction that a failure takes back.
    """
    secret = _try(link, code, at=at)
    if secret is None:
        raise WrongCode(
            _("This is not the code that was sent last, or it has lapsed. Write it again, or ask for a new one.")
        )
    return secret


@whole
def _try(link: PageLink, code: str, *, at: datetime) -> tuple[Visit, str] | None:
    locked = PageLink.objects.select_for_update(of=("self",)).select_related("party__now").get(pk=link.pk)
    if not locked.is_open(at) or not _is_theirs(locked):
        raise LinkGone
    last = LinkCode.objects.filter(link=locked).order_by("-sent_at", "-id").first()
    if last is None or last.used_at or last.lapses_at <= at or last.tried_count >= MOST_TRIES:
        return None
    last.tried_count += 1
    if not constant_time_compare(last.digest, _digest(locked, code.strip())):
        last.save(update_fields=["tried_count"])
        return None
    last.used_at = at
    last.save(update_fields=["tried_count", "used_at"])
    return _begin(locked, at=at)


def _begin(link: PageLink, *, at: datetime) -> tuple[Visit, str]:
    secret = links.new_secret()
    visit = Visit.objects.create(
        link=link, secret_digest=links.digest_of(secret), began_at=at, lapses_at=min(at + VISIT_LIFE, link.lapses_at)
    )
    events.record("visit.began", at=at, by_id=None, subject_id=visit.pk, relationship_ids=())
    return visit, secret


@whole
def end_visit(secret: str, *, at: datetime) -> None:
    """End the visit of this cookie, as its visitor. One that has ended, or never was, is left as it is."""
    Visit.objects.filter(secret_digest=links.digest_of(secret), ended_at=None).update(ended_at=at)


def _is_theirs(link: PageLink) -> bool:
    head = link.party.now or link.party
    return head.erased_at is None and not head.is_ours and link.address in addresses_of(head)


def _digest(link: PageLink, code: str) -> str:
    """A code is short and can be tried out by who holds the table, so the key file has a part in what is kept of it."""
    return salted_hmac(f"ampersand.page_code.{link.pk}", code, secret=_secret(), algorithm="sha256").hexdigest()


def _secret() -> str:
    return keys.derived(settings.SECRET_KEY.encode(), "codes of the page Between")


def _record(name: str, link: PageLink, *, by: Member | None, at: datetime) -> None:
    events.record(name, at=at, by_id=by.pk if by else None, subject_id=link.pk)
