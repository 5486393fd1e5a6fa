"""What she says of what is read about her, and whom she brings in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ampersand.portal import about, web
from ampersand.portal.forms import BringForm, NotRightForm
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.views.bargaining import sent, written
from ampersand.portal.visitor import Visitor


@require_http_methods(["GET", "POST"])
@web.for_visitors
def not_right(request: HttpRequest, visitor: Visitor, measure: str) -> HttpResponse:
    """*This is not right*, of a reading she sees."""
    with visiting(visitor.secret):
        reading = about.find_reading(measure, visitor)
    if reading is None:
        raise Http404
    form = NotRightForm(sent(request))
    page = {
        "title": _("This is not right"),
        "says": reading.says,
        "more": _("What you write stands beside it, for %(house)s as for you, and is asked of who speaks with you.")
        % {"house": visitor.house_name},
        "act": _("Ask us to put it right"),
    }
    return written(
        request,
        visitor,
        form,
        EntryKind.NOT_RIGHT,
        lambda: {"measure": reading.measure, "said": reading.says, "words": form.cleaned_data["words"]},
        page,
    )


@require_http_methods(["GET", "POST"])
@web.for_visitors
def bring(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Somebody whom she brings in."""
    form = BringForm(sent(request))
    page = {
        "title": _("Bring somebody in"),
        "says": _("Who else should %(house)s know?") % {"house": visitor.house_name},
        "more": _(
            "Nothing is sent to them by itself. Somebody of %(house)s decides, and you see here what they decided."
        )
        % {"house": visitor.house_name},
        "act": _("Name them"),
    }
    return written(request, visitor, form, EntryKind.BRING, lambda: dict(form.cleaned_data), page)
