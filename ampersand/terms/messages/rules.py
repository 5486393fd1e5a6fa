"""What may be sent off at all, before any gate is asked: to whom, at which address, how many, and what must not be missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ampersand.members.models import Member
from ampersand.parties.models import Identifier, IdentifierKind, Party
from ampersand.terms.attempt import Purpose
from ampersand.terms.messages.models import Message, Receiver, Role
from ampersand.terms.queries import the_same

# A letter to more than so many is none to named people.
MOST_RECEIVERS = 20
MOST_TOUCHED = 48
LONGEST_WORDS = 100_000
# Written as mail they become a third more, and most servers refuse more than 25 MB.
MOST_FILE_BYTES = 18 << 20


class CannotGo(ValueError):
    """The message cannot be sent off as it is. Its words say what to do."""


class NotTheirAddress(CannotGo):
    """It is none of the addresses known of them."""


@dataclass(frozen=True)
class To:
    """Somebody it is to go to, at which of their addresses, and why they are told where that must be said."""

    party: Party
    address: str
    role: str = Role.TO
    why: str = ""


def refuse_unready(message: Message, receivers: Sequence[Receiver], *, by: Member) -> None:
    outside = [one for one in receivers if not one.party.is_ours]
    if not by.has_address:
        raise CannotGo(_("You have no mail address that answers could come to. Give one under House first."))
    if not outside:
        raise CannotGo(_("Choose at least one person it goes to."))
    if not any(one.role == Role.TO for one in receivers):
        raise CannotGo(_("Choose somebody it is written to; all of them are only in copy."))
    if len(receivers) > MOST_RECEIVERS:
        raise CannotGo(_("A message goes to at most %(count)d people.") % {"count": MOST_RECEIVERS})
    if message.purpose == Purpose.NEWS and len(outside) > 1:
        raise CannotGo(_("News and offers go to one person at a time, never to several at once."))
    if not message.subject:
        raise CannotGo(_("Write a subject."))
    if not message.words:
        raise CannotGo(_("Write what you want to say."))


def refuse_strangers(to: Sequence[To], *, by: Member) -> None:
    """Only those the member may see are written to, and only at an address that is known to be theirs."""
    ids = {one.party.pk for one in to}
    if Party.objects.visible_to(by).filter(pk__in=ids, erased_at=None).count() != len(ids):
        raise NotTheirAddress(_("Somebody among them is not known. Choose from those shown."))
    for one in to:
        if one.address not in addresses_of(one.party):
            raise NotTheirAddress(
                _("%(address)s is no address known of %(name)s. Write it down on their page first.")
                % {"address": one.address, "name": one.party}
            )


def addresses_of(party: Party) -> list[str]:
    """The mail addresses known of a party, and of all that are taken for the same."""
    if party.member is not None:
        return [party.member.email] if party.member.has_address else []
    told = Identifier.objects.standing().filter(kind=IdentifierKind.EMAIL, party__in=list(the_same(party)))
    return list(dict.fromkeys(told.order_by("told_at", "id").values_list("value", flat=True)))
