"""What members say of a party in the house's own words: a tag, a detail, a photo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.core import files
from ampersand.desk.known import Typed
from ampersand.desk.party import party_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import details, photos, tags
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Tag


@require_POST
def tag(request: MemberRequest, party_id: UUID) -> HttpResponse:
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    word = request.POST.get("word", "")
    try:
        tags.tell_tag(party, word=word, teller=_teller(request))
    except tags.NoWord:
        return _wrong(request, party, Typed(wrong="word", error=_("Write the tag, such as fair 2026.")))
    return redirect("desk:party", party.pk)


@require_POST
def withdraw_tag(request: MemberRequest, tag_id: UUID) -> HttpResponse:
    said = access.fetch(Tag, tag_id, user=request.user)
    tags.withdraw_tags([said], by=request.user, at=timezone.now())
    return redirect("desk:party", said.party_id)


@require_POST
def tell_detail(request: MemberRequest, party_id: UUID) -> HttpResponse:
    """Tell one more detail. What stands under its label already stays: of telephones, children and marks there are several."""
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    label, value = request.POST.get("label", ""), request.POST.get("value", "")
    try:
        label, value = details.clean(label, value)
    except details.NothingTold:
        wrong = "value" if label.strip("\x00 ") else "label"
        said = _("Write what it says.") if wrong == "value" else _("Write what it is called, such as birthday.")
        return _wrong(request, party, Typed(label=label, value=value, wrong=wrong, error=said))
    is_zone = label.lower() == details.TIME_ZONE
    if is_zone and not (zone := details.zone_named(value)):
        said = _("Write a time zone by its region and city, such as Asia/Tokyo.")
        return _wrong(request, party, Typed(label=label, value=value, wrong="value", error=said))
    if details.is_no_day(label, value):
        said = _("There is no such day. Look at the day and the month again.")
        return _wrong(request, party, Typed(label=label, value=value, wrong="value", error=said))
    told = zone if is_zone else value
    details.set_details([party.pk], label=label, value=told, teller=_teller(request), instead=is_zone)
    return redirect("desk:party", party.pk)


@require_http_methods(["GET", "POST"])
def photo(request: MemberRequest, party_id: UUID) -> HttpResponse:
    """The photo of a party, or a new one of them."""
    if request.method == "POST":
        return _keep_photo(request, party_id)
    party = access.fetch(Party, party_id, user=request.user)
    kept = photos.photo_of(party)
    if kept is None or kept.file is None or not files.path_of(kept.file).exists():
        raise Http404
    # It is small, since it was drawn anew.
    return HttpResponse(files.path_of(kept.file).read_bytes(), content_type=photos.MEDIA_TYPE)


def _keep_photo(request: MemberRequest, party_id: UUID) -> HttpResponse:
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    sent: UploadedFile[Any] | None = request.FILES.get("photo")
    said = ""
    try:
        if sent is None:
            said = _("Choose a picture first.")
        elif (sent.size or 0) > photos.BYTES_MAX:
            raise photos.TooLarge(sent.size)
        else:
            photos.keep_photo(party, sent=sent.read(), teller=_teller(request))
    except photos.TooLarge:
        said = _("This picture is too large. Choose one of less than 10 MB.")
    except photos.NoPicture:
        said = _("This could not be read as a picture. Choose a JPEG, PNG, WebP or GIF.")
    return _wrong(request, party, Typed(wrong="photo", error=said)) if said else redirect("desk:party", party.pk)


def _teller(request: MemberRequest) -> Teller:
    return Teller(at=timezone.now(), by=request.user)


def _wrong(request: MemberRequest, party: Party, typed: Typed) -> HttpResponse:
    page = party_page(party, member=request.user, at=timezone.now(), typed=typed)
    return render(request, "desk/party.html", {"page": page}, status=422)
