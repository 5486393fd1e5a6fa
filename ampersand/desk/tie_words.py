"""What a tie is called, from either end."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.parties.models import Party, Tie, TieKind


def is_end(party: Party, party_id: UUID) -> bool:
    """Whether one end of a tie is this party, or is taken to be."""
    return party_id in (party.pk, party.now_id)


def tie_words(tie: Tie, *, seen_from: UUID) -> str:
    """A tie in words, said of the other end."""
    is_from = is_end(tie.from_party, seen_from)
    if tie.kind == TieKind.OWN:
        return (tie.says_back if is_from and tie.says_back else tie.says) or _("tied to them")
    return back_words().get(tie.kind) or there_words()[tie.kind] if is_from else there_words()[tie.kind]


def there_words() -> dict[str, str]:
    """By kind what `from_party` is called on the page of `to_party`."""
    return {
        TieKind.WORKS_AT: _("works there"),
        TieKind.MEMBER_OF: _("is a member"),
        TieKind.REPORTS_TO: _("reports to them"),
        TieKind.PART_OF: _("is part of them"),
        TieKind.INTRODUCED: _("introduced them"),
        TieKind.ADVISES: _("advises them"),
        TieKind.DECIDES_FOR: _("decides for them"),
        TieKind.SUPPLIES: _("supplies them"),
        TieKind.PARTNER_OF: _("partner"),
        TieKind.FAMILY_OF: _("family"),
        TieKind.FORMER_COLLEAGUE_OF: _("used to work with them"),
        TieKind.COMPETES_WITH: _("competes with them"),
        TieKind.INFLUENCES: _("influences them"),
    }


def back_words() -> dict[str, str]:
    """By kind what `to_party` is called on the page of `from_party`, where it is called otherwise."""
    return {
        TieKind.WORKS_AT: _("where they work"),
        TieKind.MEMBER_OF: _("where they belong"),
        TieKind.REPORTS_TO: _("whom they report to"),
        TieKind.PART_OF: _("of which they are part"),
        TieKind.INTRODUCED: _("whom they introduced"),
        TieKind.ADVISES: _("whom they advise"),
        TieKind.DECIDES_FOR: _("for whom they decide"),
        TieKind.SUPPLIES: _("whom they supply"),
        TieKind.INFLUENCES: _("whom they influence"),
    }
