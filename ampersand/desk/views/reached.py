"""What the link in the foot of a message leads to: how its receiver wishes to be reached, said without signing in."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ampersand.members.models import House
from ampersand.terms.messages.reached import LinkGone, Wish, receiver_of, say


class WishForm(forms.Form):
    wish = forms.ChoiceField(
        label=gettext_lazy("From now on"), choices=Wish.choices, initial=Wish.REST, widget=forms.RadioSelect
    )


# The link is the right; a mail program that posts for its reader (RFC 8058) brings no cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so that whatever opens the links of a mail says nothing in anybody's name."""
    try:
        receiver = receiver_of(token)
        if request.method == "POST":
            return _said(request, token)
    except LinkGone:
        return render(request, "desk/reached_gone.html", status=410)
    shown = {"house": House.objects.get(), "by": receiver.message.by, "form": WishForm()}
    return render(request, "desk/reached.html", shown)


def _said(request: HttpRequest, token: str) -> HttpResponse:
    receiver = receiver_of(token)
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    form = WishForm({"wish": Wish.REST} if is_one_click else request.POST)
    house = House.objects.get()
    if not form.is_valid():
        shown = {"house": house, "by": receiver.message.by, "form": form}
        return render(request, "desk/reached.html", shown, status=422)
    wish = Wish(form.cleaned_data["wish"])
    said = say(receiver, wish, at=timezone.now())
    return render(
        request, "desk/reached_said.html", {"house": house, "wish": wish.label, "is_left_alone": said.is_left_alone}
    )
