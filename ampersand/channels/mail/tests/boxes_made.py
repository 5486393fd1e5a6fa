"""Plain helpers: letters between Ana of the Mill, Cy of the Dairy and us, and mailboxes that hold them."""

from __future__ import annotations

from pathlib import Path

from ampersand.channels.mail.tests import letters
from ampersand.timeline.models import Moment

LIST = {"List_Id": "<talk.finch.example>", "List_Post": "<mailto:talk@finch.example>", "To": "talk@finch.example"}

FROM_LINE = b"From box@finch.example Tue Mar  5 10:00:00 2024\n"


def letter(number: int, words: str = "Twenty kilos, please.", **headers: str | None) -> bytes:
    """A mail from Ana to Bo on the day of this number in March; `answers` names the one it answers."""
    answers = headers.pop("answers", None)
    usual = {
        "To": "Bo Finch <bo@finch.example>",
        "Message_ID": f"<{number}@made.example>",
        "Date": f"{number} Mar 2024 10:00:00 +0100",
        "In_Reply_To": f"<{answers}@made.example>" if answers else None,
    }
    return letters.raw(f"{words}\n", **{**usual, **headers})


def from_bo(number: int, words: str = "They come on Friday.", **headers: str | None) -> bytes:
    return letter(
        number, words, **{"From": "Bo Finch <bo@finch.example>", "To": "Ana Mill <ana@mill.example>", **headers}
    )


def box(path: Path, *mails: bytes) -> Path:
    path.write_bytes(b"".join(FROM_LINE + mail + b"\n" for mail in mails))
    return path


def moment(number: int) -> Moment:
    return Moment.objects.get(tellings__key=f"mail:{number}@made.example")


def parts(number: int) -> set[tuple[str, str]]:
    """Who took part in a mail, by name, and how."""
    return set(moment(number).participants.values_list("party__name", "role"))
