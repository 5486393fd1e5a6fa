"""Erasing a party: what goes, what stays, and who may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from ampersand.channels.erasing import StillComing
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.core import erasure, files, search
from ampersand.core.models import Erasure, Event, File, Source, SourceKind
from ampersand.members.models import Member
from ampersand.notebook.models import Piece, PieceKind
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.erasing import NotYoursToErase, erase_party, would_go
from ampersand.parties.models import Party
from ampersand.promises import actions as promises
from ampersand.promises.models import EventKind, Promise, PromiseEvent
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Attachment, Moment, Telling
from tests import cast as people
from tests.cast import NOW, Cast, says

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def found(query: str, by: Member) -> list[Any]:
    kinds = ["party", "moment", "note", "promise"]
    return [hit.object_id for hit in search.find(query, kinds=kinds, hidden_party_ids=[], member_id=by.pk)]


def test_a_dated_empty_place_stays(cast: Cast) -> None:
    people.promise(cast.jane, cast.maya.party, told_by=cast.maya)

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    jane = Party.objects.get(pk=cast.jane.pk)
    assert (jane.name, jane.erased_at) == ("", LATER)
    assert jane.promises_made.get().words == ""
    assert Erasure.objects.get(subject_id=jane.pk).erased_at == LATER


def test_only_a_steward_erases(cast: Cast) -> None:
    with pytest.raises(NotYoursToErase):
        erase_party(cast.jane, by=cast.maya, at=LATER)


def test_nobody_of_ours_is_erased(cast: Cast) -> None:
    with pytest.raises(parties.OursAlready):
        erase_party(cast.tom.party, by=cast.ruth, at=LATER)


def test_erased_twice_is_erased_once(cast: Cast) -> None:
    first = erase_party(cast.jane, by=cast.ruth, at=LATER)

    again = erase_party(Party.objects.get(pk=cast.jane.pk), by=cast.ruth, at=LATER + timedelta(days=1))

    assert again == first
    assert Event.objects.filter(name="party.erased").count() == 1


def test_their_ties_are_told_no_more_and_open_promises_with_them_are_withdrawn(cast: Cast) -> None:
    kept = people.promise(cast.jane, cast.maya.party, told_by=cast.maya)
    promises.call(kept, EventKind.KEPT, speaker=says(cast.maya, at=NOW))
    still_open = people.promise(cast.maya.party, cast.jane, told_by=cast.maya)

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    tie = cast.jane.ties_out.get()
    assert (tie.withdrawn_at, tie.role, tie.from_on, tie.until_on) == (LATER, "", None, None)
    assert Promise.objects.get(pk=still_open.pk).withdrawn_at == LATER
    assert Promise.objects.get(pk=kept.pk).withdrawn_at is None
    assert not Promise.objects.open().exists()
    assert not PromiseEvent.objects.filter(promise=still_open).exists()


def test_looking_at_what_would_go_takes_nothing_away(cast: Cast) -> None:
    people.moment(cast.jane, by=cast.maya, words="Talked about mugs.")

    row_count = would_go(cast.jane, by=cast.ruth, at=LATER)

    assert Moment.objects.get().words == "Talked about mugs."
    assert Party.objects.get(pk=cast.jane.pk).name == "Jane Okafor"
    assert row_count == erase_party(cast.jane, by=cast.ruth, at=LATER).row_count > 0


def test_all_that_stand_for_the_same_one_go(cast: Cast) -> None:
    other = people.person("J. Okafor")
    merging.merge(other, cast.jane, reason="same address", by=cast.maya, at=NOW)

    erase_party(Party.objects.get(pk=other.pk), by=cast.ruth, at=LATER)

    assert set(Party.objects.filter(pk__in=[other.pk, cast.jane.pk]).values_list("name", flat=True)) == {""}


def test_what_was_said_with_others_stays_without_the_name(cast: Cast) -> None:
    ole = people.person("Ole Berg")
    moment = people.moment(cast.jane, ole, by=cast.maya, words="Jane  Okafor and Ole want darker beans; JANE more so.")

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert Moment.objects.get(pk=moment.pk).words == "… and Ole want darker beans; … more so."
    assert moment.participants.filter(party=cast.jane).exists()


def test_what_the_erased_one_wrote_to_several_goes(cast: Cast) -> None:
    ole = people.person("Ole Berg")
    moment = people.moment(cast.jane, ole, by=cast.maya, mode="mail", words="I am leaving.", roles=["from", "to"])

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert Moment.objects.get(pk=moment.pk).words == ""


def test_a_whole_name_goes_from_where_they_took_no_part(cast: Cast) -> None:
    ole = people.person("Ole Berg")
    moment = people.moment(ole, by=cast.maya, words="Ole asked after Jane\nOkafor.")

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert Moment.objects.get(pk=moment.pk).words == "Ole asked after …."
    assert found("okafor", cast.maya) == []
    assert found("asked", cast.maya) == [moment.pk]


def test_a_namesake_is_left_alone(cast: Cast) -> None:
    people.person("Jane Okafor")
    ole = people.person("Ole Berg")
    moment = people.moment(ole, by=cast.maya, words="Ole asked after Jane Okafor.")

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert Moment.objects.get(pk=moment.pk).words == "Ole asked after Jane Okafor."


def test_a_note_about_them_alone_loses_its_words(cast: Cast) -> None:
    note = people.note(cast.maya, "She hums while she reads.", about=cast.with_jane)

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    note.refresh_from_db()
    assert note.words == ""
    assert found("hums", cast.maya) == []


def test_in_a_note_about_others_the_passages_about_them_are_covered(cast: Cast) -> None:
    ole = people.person("Ole Berg")
    note = people.note(cast.maya, "Jane sends figures. Ole pays on Friday, says Jane.")
    promise = people.promise(cast.jane, cast.maya.party, told_by=cast.maya)
    Piece.objects.create(note=note, kind=PieceKind.PROMISE, start=0, end=19, fact_id=promise.pk)
    Piece.objects.create(note=note, kind=PieceKind.PERSON, start=20, end=23, fact_id=ole.pk)

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    note.refresh_from_db()
    assert note.words == "████ █████ ████████ Ole pays on Friday, says ████."
    assert found("friday", cast.maya) == [note.pk]


def test_a_note_that_only_names_them_keeps_the_rest(cast: Cast) -> None:
    note = people.note(cast.tom, "Ring Jane Okafor, or better jane@alder.example.")
    parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=parties.Teller(at=NOW))

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    note.refresh_from_db()
    assert note.words == "Ring ████ ██████, or better ██████████████████."


def test_an_address_others_share_is_not_struck(cast: Cast) -> None:
    teller = parties.Teller(at=NOW)
    for party in (cast.jane, cast.alder):
        parties.tell_identifier(party, kind="email", value="hello@alder.example", teller=teller)
    ole = people.person("Ole Berg")
    moment = people.moment(ole, by=cast.maya, words="Write to hello@alder.example.")

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert Moment.objects.get(pk=moment.pk).words == "Write to hello@alder.example."


def test_trade_keeps_its_day_and_amount_for_the_accounts(cast: Cast) -> None:
    order = people.order(cast.alder, number="A-1001", words="forty bags", told_by=cast.maya)

    erase_party(cast.alder, by=cast.ruth, at=LATER)

    order.refresh_from_db()
    assert (order.number, order.words) == ("", "")
    assert order.amount == 1200


def test_what_a_source_said_goes_and_a_join_can_still_be_taken_apart(cast: Cast) -> None:
    people.moment(cast.jane, by=cast.maya, words="Talked about mugs.", key="mail:<1@alder.example>")
    telling = Telling.objects.get()

    erase_party(cast.jane, by=cast.ruth, at=LATER)

    telling.refresh_from_db()
    assert telling.said["words"] == ""
    assert telling.key == erasure.sealed("mail:<1@alder.example>")
    assert timeline.take_apart(telling, by=cast.maya, at=LATER).words == ""


def test_the_file_of_an_import_goes_when_nothing_else_holds_it(
    cast: Cast, tmp_path: Path, *, django_capture_on_commit_callbacks: Any
) -> None:
    with override_settings(DATA_FOLDER=tmp_path):
        import_ = _brought(cast, about=cast.jane)
        path = files.path_of(import_.file or File())

        with django_capture_on_commit_callbacks(execute=True):
            erase_party(cast.jane, by=cast.ruth, at=LATER)

        import_.refresh_from_db()
        assert import_.file is None
        assert not path.exists()


def test_a_file_that_others_hold_stays(cast: Cast, tmp_path: Path, *, django_capture_on_commit_callbacks: Any) -> None:
    with override_settings(DATA_FOLDER=tmp_path):
        file = files.keep(b"a price list", at=NOW)
        ole = people.person("Ole Berg")
        for party in (cast.jane, ole):
            Attachment.objects.create(moment=people.moment(party, by=cast.maya), file=file, name="prices.pdf")

        with django_capture_on_commit_callbacks(execute=True):
            erase_party(cast.jane, by=cast.ruth, at=LATER)

        assert files.path_of(file).exists()
        assert Attachment.objects.get().moment.participants.filter(party=ole).exists()


def test_nothing_is_erased_while_something_is_being_brought_in(cast: Cast, tmp_path: Path) -> None:
    with override_settings(DATA_FOLDER=tmp_path):
        Import.objects.filter(pk=_brought(cast, about=cast.jane).pk).update(ended_at=None, step="reading")

        with pytest.raises(StillComing):
            erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert Party.objects.get(pk=cast.jane.pk).name == "Jane Okafor"


def test_a_rejected_line_that_names_them_is_struck(cast: Cast, tmp_path: Path) -> None:
    with override_settings(DATA_FOLDER=tmp_path):
        import_ = _brought(cast, about=cast.alder)
        ImportItem.objects.create(
            run=import_, ordinal=9, place="row 9", fate=Fate.REJECTED, reason="The day of Jane Okafor is none."
        )

        erase_party(cast.jane, by=cast.ruth, at=LATER)

    assert ImportItem.objects.get(ordinal=9).reason == "The day of … is none."


def test_a_name_with_signs_of_a_pattern_is_taken_as_it_is(cast: Cast) -> None:
    odd = people.person("Ann (née .*) O'Neil+")
    ole = people.person("Ole Berg")
    moment = people.moment(ole, by=cast.maya, words="Ann (née .*) O'Neil+ and everybody else")

    erase_party(odd, by=cast.ruth, at=LATER)

    assert Moment.objects.get(pk=moment.pk).words == "… and everybody else"


def _brought(cast: Cast, *, about: Party) -> Import:
    """An import that has ended and brought something about a party."""
    source = Source.objects.create(kind=SourceKind.CONTACTS, label="cards.vcf", made_at=NOW)
    import_ = Import.objects.create(
        member=cast.maya,
        source=source,
        file=files.keep(b"BEGIN:VCARD", at=NOW),
        digest="d" * 64,
        began_at=NOW,
        ended_at=NOW,
    )
    ImportItem.objects.create(run=import_, ordinal=1, place="line 1", fate=Fate.NEW, fact_id=about.pk)
    return import_


def test_what_is_told_again_by_its_source_stays_erased(cast: Cast) -> None:
    moment = people.moment(cast.jane, by=cast.maya, words="Talked about mugs.", key="mail:<1@alder.example>")
    erase_party(cast.jane, by=cast.ruth, at=LATER)

    again = people.moment(cast.jane, by=cast.maya, words="Talked about mugs.", key="mail:<1@alder.example>")

    assert again.pk == moment.pk
    assert Moment.objects.get().words == ""
