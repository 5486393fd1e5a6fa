"""What the house says of a party in its own words, on their page: tags, details, a photo, the time there, how it was."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from ampersand.desk.party import party_page
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties import details, merging, photos, tags
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Detail, Party, Tag
from tests.cast import NOW, TODAY, Cast, person

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def teller(cast: Cast) -> Teller:
    return Teller(at=NOW, by=cast.maya)


def post(by: Member, name: str, party: Party, told: dict[str, Any]) -> Any:
    return signed_in(by).post(reverse(f"desk:{name}", args=[party.pk]), told)


def page(by: Member, party: Party) -> str:
    return signed_in(by).get(reverse("desk:party", args=[party.pk])).content.decode()


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("jane.png", drawn.getvalue(), "image/png")


# Tags


def test_a_tag_is_said_shown_and_taken_off_again(cast: Cast) -> None:
    post(cast.tom, "tag_party", cast.jane, {"word": "fair 2026"})
    [tag] = Tag.objects.all()
    assert 'href="/relationships/?tag=fair+2026">fair 2026</a>' in page(cast.tom, cast.jane)

    signed_in(cast.ruth).post(reverse("desk:withdraw_tag", args=[tag.pk]))

    assert "/relationships/?tag=fair" not in page(cast.tom, cast.jane)
    shown = party_page(cast.jane, member=cast.tom, at=NOW + timedelta(days=9), known_on=TODAY)
    assert shown.own is not None
    assert [row.word for row in shown.own.tags] == []


def test_a_past_day_shows_the_tags_of_that_day_and_no_field(cast: Cast) -> None:
    told = tags.tell_tag(cast.jane, word="old", teller=teller(cast))
    assert told is not None
    tags.withdraw_tags([told], by=cast.maya, at=NOW + timedelta(days=3))

    then = party_page(cast.jane, member=cast.tom, at=NOW + timedelta(days=9), known_on=TODAY)
    now = party_page(cast.jane, member=cast.tom, at=NOW + timedelta(days=9))

    assert then.own is not None
    assert now.own is not None
    assert [row.word for row in then.own.tags] == ["old"]
    assert (then.own.tag_url, then.own.tell_url, now.own.tags) == ("", "", ())


def test_a_tag_is_shown_and_never_run(cast: Cast) -> None:
    tags.tell_tag(cast.jane, word='"><script>alert(1)</script>', teller=teller(cast))

    assert "<script>alert(1)" not in page(cast.tom, cast.jane)


@pytest.mark.parametrize(
    ("name", "told", "sentence"),
    [
        ("tag_party", {"word": "  "}, "Write the tag"),
        ("tell_detail", {"label": "", "value": "x"}, "Write what it is called"),
        ("tell_detail", {"label": "birthday", "value": "\x00"}, "Write what it says."),
        ("tell_detail", {"label": "Time zone", "value": "the moon"}, "Write a time zone by its region and city"),
        ("tell_detail", {"label": "birthday", "value": "31.2.1980"}, "There is no such day."),
        ("photo", {}, "Choose a picture first."),
        ("photo", {"photo": SimpleUploadedFile("x.png", b"nothing")}, "This could not be read as a picture."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(cast: Cast, name: str, told: dict[str, Any], sentence: str) -> None:
    answer = post(cast.tom, name, cast.jane, told)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Detail.objects.exists()


# Details and places


def test_several_details_of_one_label_stand_beside_each_other(cast: Cast) -> None:
    for value in ("tea", "coffee", "tea"):
        post(cast.tom, "tell_detail", cast.jane, {"label": "likes", "value": value})

    assert list(Detail.objects.order_by("value").values_list("value", flat=True)) == ["coffee", "tea"]


def test_a_place_links_to_a_map_and_nothing_is_fetched_from_there(cast: Cast) -> None:
    parties.tell_detail(cast.jane, label="Postal address", value="1 Quay Street\nBristol", teller=teller(cast))

    answer = signed_in(cast.tom).get(reverse("desk:party", args=[cast.jane.pk]))
    text = answer.content.decode()

    link = 'href="https://www.openstreetmap.org/search?query=1+Quay+Street+Bristol"'
    assert f'{link} target="_blank" rel="noopener noreferrer"' in text
    assert "openstreetmap" not in text.replace(link, "")
    assert "openstreetmap" not in answer.headers["Content-Security-Policy"]


def test_the_time_there_and_their_language_are_said(cast: Cast) -> None:
    told = {"name": "Jane Okafor", "kind": "person", "language": "ja", "time_zone": "Asia/Tokyo"}
    post(cast.tom, "edit_party", cast.jane, told)
    post(cast.tom, "edit_party", cast.jane, told)
    cast.jane.refresh_from_db()

    at = (timezone.now() + timedelta(days=1)).replace(hour=18, minute=10)
    shown = party_page(cast.jane, member=cast.tom, at=at)

    assert shown.own is not None
    assert shown.own.there == "It is 03:10 there (Asia/Tokyo)."
    assert shown.own.speaks == "Speaks Japanese."
    assert Detail.objects.filter(label=details.TIME_ZONE).count() == 1


def test_a_new_time_zone_takes_the_place_of_the_old_one(cast: Cast) -> None:
    for zone in ("Asia/Tokyo", "america/new york"):
        post(cast.tom, "tell_detail", cast.jane, {"label": "Time zone", "value": zone})

    assert list(Detail.objects.standing().values_list("value", flat=True)) == ["America/New_York"]
    assert Detail.objects.count() == 2


# Photos


def test_a_photo_is_shown_to_who_sees_the_party_and_to_nobody_else(cast: Cast) -> None:
    post(cast.maya, "photo", cast.leona, {"photo": picture()})
    address = reverse("desk:photo", args=[cast.leona.pk])

    answer: Any = signed_in(cast.maya).get(address)

    assert (answer.headers["Content-Type"], answer.content[8:12]) == ("image/webp", b"WEBP")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert f'<img class="portrait" src="{address}"' in page(cast.maya, cast.leona)
    assert signed_in(cast.tom).get(address).status_code == 404
    assert signed_in(cast.tom).get(reverse("desk:photo", args=[cast.jane.pk])).status_code == 404


def test_without_a_photo_there_are_the_first_letters(cast: Cast) -> None:
    assert '<span class="portrait" aria-hidden="true">JO</span>' in page(cast.tom, cast.jane)


def test_the_photo_is_taken_away_as_any_detail(cast: Cast) -> None:
    photo = photos.keep_photo(cast.jane, sent=picture().read(), teller=teller(cast))
    assert photo is not None

    signed_in(cast.tom).post(reverse("desk:withdraw_detail", args=[photo.pk]))

    assert photos.photo_of(cast.jane) is None
    assert "<img" not in page(cast.tom, cast.jane)


def test_the_photo_of_a_double_is_that_of_whom_it_stands_for(cast: Cast) -> None:
    double = person("J. Okafor")
    kept = photos.keep_photo(double, sent=picture().read(), teller=teller(cast))
    merging.merge(double, cast.jane, reason="one address", by=cast.maya, at=NOW)

    assert photos.photo_of(cast.jane) == kept


# How was it?


def test_a_telephone_and_a_letter_open_the_notebook_afterwards(cast: Cast) -> None:
    parties.tell_identifier(cast.jane, kind="phone", value="+44 117 496 0823", teller=teller(cast))
    parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=teller(cast))
    text = page(cast.tom, cast.jane)

    after = f"/write/?about={cast.with_jane.pk}&amp;how="
    assert f'<a href="tel:+441174960823" data-after="{after}call">' in text
    assert f'<a href="mailto:jane@alder.example" data-after="{after}mail">' in text
    assert "<how-was-it hidden>" in text


def test_the_notebook_begins_with_whom_and_how(cast: Cast) -> None:
    address = reverse("desk:write")
    client = signed_in(cast.tom)

    called = client.get(address, {"about": str(cast.with_jane.pk), "how": "call"}).content.decode()
    hidden = client.get(address, {"about": str(cast.with_leona.pk), "how": "call"}).content.decode()
    odd = client.get(address, {"about": "nonsense", "how": "<b>"}).content.decode()

    assert ">Called Jane Okafor. </textarea>" in called
    assert f'name="about" value="{cast.with_jane.pk}"' in called
    assert "Leona" not in hidden
    assert "></textarea>" in odd


def test_an_address_that_runs_something_is_no_link(cast: Cast) -> None:
    for value in ("javascript:alert(1)", "data:text/html,x"):
        Party.objects.get(pk=cast.jane.pk).identifiers.create(
            kind="url", value=value, as_told=value, told_at=NOW, told_by=cast.maya
        )

    text = page(cast.tom, cast.jane)

    assert 'href="javascript' not in text
    assert 'href="data' not in text


def test_the_page_asks_a_bounded_number_of_questions(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            party_page(cast.jane, member=cast.tom, at=NOW)
        return len(queries)

    few = asked()
    for number in range(20):
        tags.tell_tag(cast.jane, word=f"tag {number}", teller=teller(cast))
        parties.tell_detail(cast.jane, label=f"label {number}", value="x", teller=teller(cast))

    assert asked() == few


def test_of_who_was_erased_nothing_is_told_any_more(cast: Cast) -> None:
    erase_party(cast.jane, by=cast.ruth, at=NOW)

    for name, told in (("tag_party", {"word": "x"}), ("tell_detail", {"label": "a", "value": "b"}), ("photo", {})):
        assert post(cast.tom, name, cast.jane, told).status_code == 403
    assert not Tag.objects.exists()
