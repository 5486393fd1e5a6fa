"""A member's own pieces of wording."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.terms.messages.models import Snippet


class NameTaken(ValueError):
    """The member has a snippet of this name already."""


@whole
def keep(*, name: str, words: str, by: Member, snippet: Snippet | None = None) -> Snippet:
    """Keep a new snippet, or one as it is by now. Raises NameTaken."""
    kept = snippet or Snippet(by=by)
    kept.name, kept.words = " ".join(name.split())[:120], words.replace("\r\n", "\n").replace("\x00", "").strip()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise NameTaken(_("You have a snippet of this name. Change that one, or choose another name.")) from None
    return kept


@whole
def remove(snippet: Snippet) -> None:
    snippet.delete()
