"""Likely doubles with the same strong reasons in one list: looked through, ticked, and said to be one in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ampersand.desk import elsewhere
from ampersand.desk.doubles import in_words
from ampersand.desk.import_doubles import likeliest_after
from ampersand.desk.names import employers
from ampersand.desk.pages.doubles import OneInShort, PairRow, SameReasons, TogetherPage
from ampersand.desk.pages.notebook import Kept
from ampersand.members.models import Member
from ampersand.parties.doubles import together
from ampersand.parties.doubles.models import Double
from ampersand.parties.doubles.together import SIGNALS, Signals
from ampersand.parties.models import Identifier, Party, StandsFor

# As many as are looked through in one go.
ROWS_SHOWN = 50
ADDRESSES_SHOWN = 3
_WORDS = {
    "name": gettext_lazy("the same name"),
    "mail": gettext_lazy("the same e-mail address"),
    "birthday": gettext_lazy("the same birthday"),
    "household": gettext_lazy("the same telephone number or address"),
    "site": gettext_lazy("the same web or mail domain"),
}


def together_page(
    member: Member,
    *,
    at: datetime,
    why: str = "",
    after: UUID | None = None,
    done: UUID | None = None,
    ticked: Collection[UUID] | None = None,
    error: str = "",
) -> TogetherPage:
    """The pairs of one group, the largest where none is named. `ticked` are those that were ticked, if any were yet."""
    today, counted = timezone.localdate(at), together.groups(member, at=at)
    asked = signals_of(why)
    # The last of a list were just judged, here or by somebody else: the next list follows.
    signals = asked if asked in counted else next(iter(counted), ())
    found = list(likeliest_after(together.having(signals, member=member, at=at), after)[: ROWS_SHOWN + 1])
    if not signals:
        found = []
    shown = found[:ROWS_SHOWN]
    short = _in_short({one.pk: one for double in shown for one in (double.party, double.other)}, member=member, at=at)
    return TogetherPage(
        today=today,
        groups=tuple(
            SameReasons(_said(group), count, url_of(group), is_shown=group == signals)
            for group, count in counted.items()
        ),
        why=_named(signals),
        title=_said(signals),
        rows=tuple(
            PairRow(
                id=double.pk,
                two=(short[double.party_id], short[double.other_id]),
                says=_("%(one)s and %(other)s") % {"one": double.party, "other": double.other},
                reasons=capfirst(in_words(double)),
                is_ticked=together.is_certain(double) if ticked is None else double.pk in ticked,
            )
            for double in shown
        ),
        kept=_just_said(done, member=member),
        error=error,
        more_url=f"{url_of(signals)}&{urlencode({'after': shown[-1].pk})}" if len(found) > ROWS_SHOWN else "",
    )


def signals_of(why: str) -> Signals:
    """The reasons of an address, in the order they are known by; nothing where it names too few."""
    named = set(why.split("-"))
    found = tuple(signal for signal in SIGNALS if signal in named)
    return found if len(found) >= together.FEWEST else ()


def url_of(signals: Signals, *, done: UUID | None = None) -> str:
    told = {"why": _named(signals)} | ({"done": str(done)} if done else {})
    return f"{reverse('desk:doubles_together')}?{urlencode(told)}"


def reason_of(signals: Signals) -> str:
    """The reason that is kept with each link."""
    return f"{_said(signals)}."


def _named(signals: Signals) -> str:
    return "-".join(signals)


def _said(signals: Signals) -> str:
    return capfirst(", ".join(str(_WORDS[signal]) for signal in signals))


def _in_short(parties: dict[UUID, Party], *, member: Member, at: datetime) -> dict[UUID, OneInShort]:
    addresses = _addresses(parties, member=member)
    work = employers(parties, on=timezone.localdate(at), member=member)
    return {
        pk: OneInShort(
            name=str(party),
            url=reverse("desk:party", args=[pk]),
            facts=", ".join([*([str(work[pk].to_party)] if pk in work else []), *addresses[pk]]),
        )
        for pk, party in parties.items()
    }


def _addresses(party_ids: Iterable[UUID], *, member: Member) -> dict[UUID, list[str]]:
    told = Identifier.objects.visible_to(member).standing().filter(party__in=list(party_ids)).select_related("source")
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in told.order_by("kind", "value", "id"):
        words = elsewhere.in_words(row)
        if words and words not in found[row.party_id] and len(found[row.party_id]) < ADDRESSES_SHOWN:
            found[row.party_id].append(words)
    return found


def _just_said(done: UUID | None, *, member: Member) -> Kept | None:
    """What is said right after an act, with the one way back from all of it."""
    link = StandsFor.objects.visible_to(member).filter(pk=done, withdrawn_at=None).first() if done else None
    if link is None:
        return None
    count = len(together.told_with(link))
    says = ngettext("%(count)d pair is one now.", "%(count)d pairs are one each now.", count) % {"count": count}
    return Kept(sentence=says, undo_url=reverse("desk:doubles_two_again", args=[link.pk]))


def left_says(left: Collection[str]) -> str:
    """How many of the ticked were left, and why the first was."""
    told = ngettext("%(count)d was left: %(why)s", "%(count)d were left. The first: %(why)s", len(left))
    return told % {"count": len(left), "why": next(iter(left))}


def undone_says(count: int) -> str:
    if not count:
        return _("They are two already.")
    return ngettext("%(count)d pair is two again.", "%(count)d pairs are two each again.", count) % {"count": count}


def ticked_of(told: Iterable[str], *, signals: Signals, member: Member, at: datetime) -> list[Double]:
    """The pairs of a group that were ticked on the page and still wait."""
    ids = [found for one in told if (found := _id(one))][:ROWS_SHOWN]
    if not signals:
        return []
    rows = together.having(signals, member=member, at=at).filter(pk__in=ids)
    return list(rows.select_related("party", "other").order_by("-probability", "id"))


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
