"""A photo of a party: made anew from what was sent, so that nothing of the camera, the place or a hidden file stays in it."""

from __future__ import annotations

import warnings
from io import BytesIO

from django.db.models import Q

from ampersand.core import files
from ampersand.core.whole import whole
from ampersand.parties import details
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Detail, Party

MEDIA_TYPE = "image/webp"
SIDE_PIXELS = 384
BYTES_MAX = 10_000_000
PIXELS_MAX = 60_000_000
# What can only be unpacked whole takes four bytes a pixel, and several may be sent at once.
PIXELS_MAX_WHOLE = 25_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NoPicture(ValueError):
    """What was sent is no picture that can be read."""


class TooLarge(ValueError):
    """The picture is larger than is read."""


def made_anew(sent: bytes) -> bytes:
    """A square picture of 384 pixels, upright, without anything that was written beside its colours.

    Raises TooLarge for more than ten million bytes or sixty million pixels (twenty-five of what is no JPEG), NoPicture for
    what cannot be read.
    """
    # Ten megabytes of every web process, were it imported with the pages.
    from PIL import Image, UnidentifiedImageError

    if len(sent) > BYTES_MAX:
        raise TooLarge(len(sent))
    try:
        with warnings.catch_warnings():
            # How many pixels there are is looked at below, before any of them is unpacked.
            warnings.simplefilter("ignore")
            return _redrawn(sent)
    except TooLarge:
        raise
    except Image.DecompressionBombError as error:
        raise TooLarge(len(sent)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture from error


def _redrawn(sent: bytes) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(sent), formats=_FORMATS) as picture:
        if picture.width * picture.height > (PIXELS_MAX if picture.format == "JPEG" else PIXELS_MAX_WHOLE):
            raise TooLarge(picture.size)
        # A JPEG is unpacked no larger than is needed, and what is unpacked is made small before it is copied.
        picture.draft("RGB", (SIDE_PIXELS * 2, SIDE_PIXELS * 2))
        picture.thumbnail((SIDE_PIXELS * 4, SIDE_PIXELS * 4))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    ground = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(ground, upright).convert("RGB")
    square = ImageOps.fit(flat, (SIDE_PIXELS, SIDE_PIXELS), method=Image.Resampling.LANCZOS)
    drawn = BytesIO()
    square.save(drawn, "WEBP", quality=82)
    return drawn.getvalue()


@whole
def keep_photo(party: Party, *, sent: bytes, teller: Teller) -> Detail | None:
    """Keep a photo of a party, in the place of the one there was, which is withdrawn. The same one again changes nothing.

    None for one who was erased meanwhile. Raises NoPicture, TooLarge.
    """
    drawn = made_anew(sent)
    wait_for_erasure(party.pk)
    if not Party.objects.filter(pk=party.pk, erased_at=None).exists():
        return None
    file = files.keep(drawn, at=teller.at, media_type=MEDIA_TYPE)
    standing = list(
        Detail.objects.standing().select_for_update().filter(party=party, label=details.PHOTO).exclude(file=None)
    )
    if same := next((photo for photo in standing if photo.file_id == file.pk), None):
        return same
    details.withdraw_details(standing, by=teller.by, at=teller.at)
    return Detail.objects.create(party=party, label=details.PHOTO, value="", file=file, **teller.fields())


def photo_of(party: Party) -> Detail | None:
    """The photo that stands. Whoever asks may see the party."""
    same = Q(party=party) | Q(party__now=party)
    photos = Detail.objects.standing().filter(same, label=details.PHOTO).exclude(file=None)
    return photos.select_related("file").order_by("-told_at", "pk").first()
