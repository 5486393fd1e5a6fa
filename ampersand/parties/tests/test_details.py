"""Details of the house's own words, for one and for many; photos made anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from ampersand.core import files
from ampersand.parties import actions as parties
from ampersand.parties import details, photos
from ampersand.parties.actions import Teller
from ampersand.parties.details import NothingTold, set_details
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Detail
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def teller(cast: Cast) -> Teller:
    return Teller(at=NOW, by=cast.maya)


def values(cast: Cast) -> list[tuple[str, str]]:
    return list(Detail.objects.standing().filter(party=cast.jane).order_by("label").values_list("label", "value"))


def test_a_detail_set_for_many_replaces_what_stood_under_its_label(cast: Cast) -> None:
    parties.tell_detail(cast.jane, label="Region", value="North", teller=teller(cast))
    parties.tell_detail(cast.alder, label="region", value="South", teller=teller(cast))

    new, withdrawn = set_details([cast.jane.pk, cast.alder.pk], label="region", value="South", teller=teller(cast))

    assert values(cast) == [("region", "South")]
    assert [detail.party for detail in new] == [cast.jane]
    assert [detail.value for detail in withdrawn] == ["North"]


def test_set_twice_it_is_set_once(cast: Cast) -> None:
    set_details([cast.jane.pk], label="region", value="South", teller=teller(cast))
    new, withdrawn = set_details([cast.jane.pk], label="region", value="South", teller=teller(cast))

    assert (new, withdrawn) == ([], [])


@pytest.mark.parametrize(("label", "value"), [("", "South"), ("region", "  "), ("\x00", "x")])
def test_a_detail_has_a_label_and_a_value(cast: Cast, label: str, value: str) -> None:
    with pytest.raises(NothingTold):
        set_details([cast.jane.pk], label=label, value=value, teller=teller(cast))


def test_labels_in_use_are_those_of_whom_one_may_see(cast: Cast) -> None:
    parties.tell_detail(cast.jane, label="VAT number", value="1", teller=teller(cast))
    parties.tell_detail(cast.leona, label="severance", value="1", teller=teller(cast))

    assert details.labels_in_use(cast.tom) == ["VAT number"]
    assert details.labels_in_use(cast.maya) == ["severance", "VAT number"]


def test_a_place_has_a_map_and_a_birthday_has_none() -> None:
    assert details.map_url("Postal address", "1 Quay\nStreet") == (
        "https://www.openstreetmap.org/search?query=1+Quay+Street"
    )
    assert details.map_url("birthday", "14 May") == ""
    assert details.map_url("city", " ") == ""


def test_it_is_another_time_there() -> None:
    at = datetime(2026, 10, 9, 18, 10, tzinfo=UTC)

    assert f"{details.there('Asia/Tokyo', at):%H:%M}" == "03:10"


# Photos


def picture(width: int = 900, height: int = 500, form: str = "JPEG", **saved: object) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (width, height), "teal").save(drawn, form, **saved)
    return drawn.getvalue()


def test_a_photo_is_drawn_anew_without_where_it_was_taken(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x010E] = "GPS 51.4545 by somebody"
    photo = photos.keep_photo(cast.jane, sent=picture(exif=exif), teller=teller(cast))

    assert photo is not None
    assert photo.file is not None
    kept = files.path_of(photo.file).read_bytes()
    assert b"GPS" not in kept
    with Image.open(BytesIO(kept)) as drawn:
        assert (drawn.size, drawn.format) == ((384, 384), "WEBP")
        assert not drawn.getexif()


def test_a_new_photo_takes_the_place_of_the_old_one_which_stays_in_the_history(cast: Cast) -> None:
    photos.keep_photo(cast.jane, sent=picture(), teller=teller(cast))
    later = Teller(at=NOW + timedelta(days=1), by=cast.tom)
    second = photos.keep_photo(cast.jane, sent=picture(form="PNG", width=40), teller=later)
    again = photos.keep_photo(cast.jane, sent=picture(form="PNG", width=40), teller=later)

    assert photos.photo_of(cast.jane) == again == second
    assert Detail.objects.standing().filter(label="photo").count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        picture()[:200],
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.4 nothing",
    ],
)
def test_what_is_no_picture_is_refused(cast: Cast, sent: bytes) -> None:
    with pytest.raises(photos.NoPicture):
        photos.keep_photo(cast.jane, sent=sent, teller=teller(cast))


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(cast: Cast) -> None:
    for side in (5_001, 14_000):
        bomb = BytesIO()
        Image.new("1", (side, side)).save(bomb, "PNG")
        with pytest.raises(photos.TooLarge):
            photos.made_anew(bomb.getvalue())
    with pytest.raises(photos.TooLarge):
        photos.made_anew(b"\xff" * (photos.BYTES_MAX + 1))


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "CMYK"])
def test_pictures_of_every_kind_of_colour_are_read(mode: str) -> None:
    drawn = BytesIO()
    Image.new(mode, (50, 80)).save(drawn, "JPEG" if mode == "CMYK" else "PNG")

    assert photos.made_anew(drawn.getvalue())


def test_erased_they_have_no_photo_and_its_bytes_are_gone(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    photo = photos.keep_photo(cast.jane, sent=picture(), teller=teller(cast))
    assert photo is not None
    assert photo.file is not None
    path = files.path_of(photo.file)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_party(cast.jane, by=cast.ruth, at=NOW)

    assert not path.exists()
    assert photos.keep_photo(cast.jane, sent=picture(), teller=teller(cast)) is None
