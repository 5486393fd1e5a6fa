"""What an erasure takes from messages: the words, files and addresses. That something went out, and when, stays."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.parties.models import Party
from ampersand.terms.messages.models import Enclosure, Message, Receiver, Snippet, State

_NOT_GONE = (State.DRAFT, State.WAITING, State.HELD)


def take_away(erasing: Erasing) -> int:
    """What went to others outside too keeps its words but for the names and addresses of the erased one."""
    theirs = Receiver.objects.filter(party__in=erasing.party_ids)
    theirs.filter(state__in=_NOT_GONE).update(state=State.TAKEN_BACK, goes_at=None, ended_at=erasing.at)
    others = Receiver.objects.filter(message=OuterRef("pk"), party__in=Party.objects.outside())
    to_them = Message.objects.with_parties(erasing.party_ids)
    alone = list(to_them.filter(~Exists(others.exclude(party__in=erasing.party_ids))).values_list("pk", flat=True))
    enclosed = Enclosure.objects.filter(message__in=alone)
    erasure.let_go_of_files(enclosed.values_list("file_id", flat=True))
    return sum(
        (
            erasure.take_away(enclosed),
            erasure.blank(theirs, address="", why="", server_says=""),
            erasure.blank(Message.objects.filter(pk__in=alone), subject="", words="", topics=""),
            erasure.strike(Message, "subject", "words", "topics", texts=erasing.texts),
            erasure.strike(Receiver, "address", "why", "server_says", texts=erasing.texts),
            erasure.strike(Enclosure, "name", texts=erasing.texts),
            erasure.strike(Snippet, "name", "words", texts=erasing.texts),
        )
    )
