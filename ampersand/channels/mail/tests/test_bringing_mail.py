"""Mailboxes brought in: what becomes of each mail, who becomes known, and that it can be done twice, halfway and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ampersand.channels import actions, run
from ampersand.channels.mail import batch, load
from ampersand.channels.mail.tests.boxes_made import LIST, box, from_bo, letter, moment, parts
from ampersand.channels.models import Fate, Import
from ampersand.channels.tests import bringing
from ampersand.core import search
from ampersand.core.models import File
from ampersand.members.models import House, MailBodies, Member
from ampersand.parties.models import Because, Identifier, Party, Relationship
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Attachment, Moment, Telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo() -> Member:
    bringing.found_house()
    return bringing.member("Bo Finch", "bo@finch.example")


def fates(import_: Import) -> list[str]:
    return list(import_.items.order_by("part", "ordinal").values_list("fate", flat=True))


def known() -> set[str]:
    return set(Relationship.objects.values_list("party__name", flat=True))


# what becomes of a mail


def test_a_mail_becomes_a_moment_with_its_two_times_its_day_and_its_people(bo: Member, tmp_path: Path) -> None:
    late = letter(5, "Can you send twenty kilos?", Date="5 Mar 2024 23:30:00 -0500", Cc="Cy <cy@dairy.example>")

    import_ = bringing.bring_in(box(tmp_path / "in.mbox", late), by=bo)

    found = moment(5)
    assert fates(import_) == [Fate.NEW]
    assert (found.happened_at, found.zone) == (datetime(2024, 3, 6, 4, 30, tzinfo=UTC), "Etc/GMT+5")
    assert (found.on_day, found.told_at) == (date(2024, 3, 5), bringing.AT)
    assert (found.mode, found.began, found.asks_answer) == ("mail", "them", True)
    assert (found.subject, found.words, found.body) == ("Beans", "Can you send twenty kilos?", "")
    assert parts(5) == {("Ana Mill", "from"), ("Bo Finch", "to"), ("Cy", "copy")}


def test_what_no_person_wrote_and_what_went_among_ourselves_is_left_out_with_its_reason(
    bo: Member, tmp_path: Path
) -> None:
    mails = [
        letter(1, List_Unsubscribe="<https://mill.example/off>"),
        letter(2, Auto_Submitted="auto-replied"),
        letter(3, From="Mo <mo@finch.example>"),
    ]

    import_ = bringing.bring_in(box(tmp_path / "in.mbox", *mails), by=bo)

    reasons = list(import_.items.order_by("ordinal").values_list("fate", "reason"))
    assert reasons == [
        (Fate.LEFT_OUT, "It offers to unsubscribe and comes from no list one can write to."),
        (Fate.LEFT_OUT, "Its header Auto-Submitted says that a machine answered."),
        (Fate.LEFT_OUT, "It went among your own people only."),
    ]
    assert not Moment.objects.exists()


def test_a_date_that_lies_ahead_of_the_import_is_no_date(bo: Member, tmp_path: Path) -> None:
    ahead = tmp_path / "ahead.eml"
    ahead.write_bytes(letter(1, Date="1 Mar 2031 10:00:00 +0100"))

    import_ = bringing.bring_in(ahead, by=bo)

    assert fates(import_) == [Fate.REJECTED]
    assert import_.items.get().reason == "Neither the writer nor any mail server put a readable date on it."


@pytest.mark.parametrize(
    ("bodies", "words", "body", "files"),
    [
        (MailBodies.NONE, "", "", 0),
        (MailBodies.EXCERPT, "Here it is.", "", 0),
        (MailBodies.FULL, "Here it is.", "Here", 1),
    ],
)
def test_as_much_of_a_mail_is_kept_as_the_house_chose(
    bo: Member, tmp_path: Path, bodies: str, words: str, body: str, files: int
) -> None:
    House.objects.update(mail_bodies=bodies)
    parts_of_it = (
        "--x\nContent-Type: text/plain\n\nHere it is.\n"
        '--x\nContent-Type: text/csv; name="list.csv"\nContent-Disposition: attachment\n\na,b\n--x--\n'
    )
    mail = letter(1, parts_of_it, MIME_Version="1.0", Content_Type='multipart/mixed; boundary="x"')

    bringing.bring_in(box(tmp_path / "in.mbox", mail), by=bo)

    assert moment(1).words == words
    assert moment(1).body.startswith(body)
    assert bool(moment(1).body) == bool(body)
    assert Attachment.objects.filter(name="list.csv").count() == files


# who becomes known


def test_those_with_whom_it_went_both_ways_are_known_since_the_answer(bo: Member, tmp_path: Path) -> None:
    mails = [letter(1), from_bo(3, answers="1"), letter(4, From="Cy <cy@dairy.example>")]

    bringing.bring_in(box(tmp_path / "in.mbox", *mails), by=bo)

    ana = Relationship.objects.get()
    assert (ana.party.name, ana.because) == ("Ana Mill", Because.WROTE_BOTH_WAYS)
    assert ana.known_at == datetime(2024, 3, 3, 9, tzinfo=UTC)
    assert Party.objects.traces().get().name == "Cy"


def test_being_in_copy_is_no_contact(bo: Member, tmp_path: Path) -> None:
    mails = [
        letter(1, To="cy@dairy.example", Cc="bo@finch.example"),
        from_bo(2, To="cy@dairy.example", Cc="ana@mill.example"),
    ]

    bringing.bring_in(box(tmp_path / "in.mbox", *mails), by=bo)

    assert known() == set()


def test_colleagues_never_become_known(bo: Member, tmp_path: Path) -> None:
    mails = [
        letter(1, From="Mo <mo@roast.finch.example>", To="ana@mill.example, bo@finch.example"),
        from_bo(2, To="mo@roast.finch.example, ana@mill.example"),
    ]

    bringing.bring_in(box(tmp_path / "in.mbox", *mails), by=bo)

    assert Party.objects.get(name="Mo").is_colleague
    assert known() == set()


def test_an_earlier_mailbox_tells_of_an_earlier_day_until_it_is_undone(bo: Member, tmp_path: Path) -> None:
    bringing.bring_in(box(tmp_path / "late.mbox", letter(8), from_bo(9, answers="8")), by=bo)
    late = Relationship.objects.get().known_at
    earlier = bringing.bring_in(
        box(tmp_path / "early.mbox", letter(1), from_bo(2, answers="1")), by=bo, at=bringing.AT + timedelta(days=1)
    )

    early = Relationship.objects.get().known_at
    actions.undo(earlier, by=bo, at=bringing.AT + timedelta(days=2))

    assert (early.day, Relationship.objects.get().known_at) == (2, late)


def test_who_is_known_by_two_mailboxes_together_is_a_trace_again_without_one(bo: Member, tmp_path: Path) -> None:
    bringing.bring_in(box(tmp_path / "inbox.mbox", letter(1)), by=bo)
    before = bringing.row_counts()
    sent = bringing.bring_in(box(tmp_path / "sent.mbox", from_bo(2)), by=bo, at=bringing.AT + timedelta(days=1))
    assert known() == {"Ana Mill"}

    actions.undo(sent, by=bo, at=bringing.AT + timedelta(days=2))

    assert bringing.row_counts() == before


def test_an_address_that_an_archive_hid_makes_nobody_the_same_person(bo: Member, tmp_path: Path) -> None:
    clear = letter(1, From="Ana Mill <ana.mill@gmail.com>")
    hidden = letter(2, From="@n@@m||| @end|ng |rom gm@||@com (Ana Mill)")
    restored = letter(3, From="@n@@m||| @end|ng |rom gm@||@com (Ana Mill)")

    bringing.bring_in(box(tmp_path / "in.mbox", clear, hidden, restored), by=bo)

    assert Party.objects.filter(name="Ana Mill").count() == 2
    assert (
        Identifier.objects.filter(party__name="Ana Mill").order_by("kind").values_list("kind", flat=True)[0] == "email"
    )


# lists


def test_on_a_list_a_mail_is_written_to_the_author_of_what_it_answers(bo: Member, tmp_path: Path) -> None:
    mails = [
        letter(1, "Does anyone know?", **LIST),
        from_bo(2, answers="1", **LIST),
        letter(3, "Thanks!", answers="2", **LIST),
    ]

    bringing.bring_in(box(tmp_path / "list.mbox", *reversed(mails)), by=bo)

    assert parts(2) == {("Bo Finch", "from"), ("Ana Mill", "to")}
    assert parts(3) == {("Ana Mill", "from"), ("Bo Finch", "to")}
    assert (moment(1).began, moment(1).asks_answer) == ("them", True)
    assert known() == {"Ana Mill"}


def test_what_others_settle_on_a_list_reached_nobody_of_ours(bo: Member, tmp_path: Path) -> None:
    cy = {"From": "Cy <cy@dairy.example>", **LIST}
    mails = [
        letter(1, "Does anyone know?", **LIST),
        letter(2, "Yes.", answers="1", **cy),
        letter(3, answers="2", **LIST),
    ]

    bringing.bring_in(box(tmp_path / "list.mbox", *mails), by=bo)

    assert {(moment(n).began, moment(n).asks_answer) for n in (1, 2, 3)} == {("", False)}
    assert parts(2) == {("Cy", "from"), ("Ana Mill", "to"), ("Bo Finch", "copy")}
    assert known() == set()


def test_what_nobody_answers_on_our_list_was_asked_of_the_house(bo: Member, tmp_path: Path) -> None:
    bringing.bring_in(box(tmp_path / "list.mbox", letter(1, "Does anyone know?", **LIST)), by=bo)

    assert ("Harbour & Finch", "to") in parts(1)
    assert (moment(1).began, moment(1).asks_answer) == ("them", True)


def test_a_question_to_one_of_ours_that_others_settle_asks_and_waits_for_nobody(bo: Member, tmp_path: Path) -> None:
    cy = {"From": "Cy <cy@dairy.example>", **LIST}
    mails = [
        from_bo(1, "The new grinder is here.", **LIST),
        letter(2, "Does it grind fine?", answers="1", **LIST),
        letter(3, "It does.", answers="2", **cy),
        letter(4, "Does it come in red?", answers="1", **LIST),
    ]

    bringing.bring_in(box(tmp_path / "list.mbox", *mails), by=bo)

    told = [(moment(n).began, moment(n).asks_answer, moment(n).is_settled_by_others) for n in (2, 4)]
    assert told == [("them", True, True), ("them", True, False)]


def test_an_answer_that_speaks_to_us_settles_nothing(bo: Member, tmp_path: Path) -> None:
    mails = [
        from_bo(1, "The new grinder is here.", **LIST),
        letter(2, "Does it grind fine?", answers="1", **LIST),
        letter(3, "Hi Bo,\nI want to know that too.", answers="2", **{"From": "Cy <cy@dairy.example>", **LIST}),
    ]

    bringing.bring_in(box(tmp_path / "list.mbox", *mails), by=bo)

    assert (moment(2).asks_answer, moment(2).is_settled_by_others) == (True, False)


def test_what_a_mail_to_a_list_greets_is_whom_it_speaks_to(bo: Member, tmp_path: Path) -> None:
    cy = {"From": "Cy Dairy <cy@dairy.example>", **LIST}
    mails = [
        letter(1, "Does anyone know?", **LIST),
        from_bo(2, "Yes.", answers="1", **LIST),
        letter(3, "I do too.", answers="1", **cy),
        letter(4, "Hi Bo,\nand which one?", answers="3", **LIST),
        from_bo(5, "Hi Cy,\nand you?", answers="4", **LIST),
        letter(6, "Hi Dee,\nno name of anybody here.", answers="3", **LIST),
    ]

    bringing.bring_in(box(tmp_path / "list.mbox", *mails), by=bo)

    assert parts(4) == {("Ana Mill", "from"), ("Bo Finch", "to")}
    assert (moment(4).began, moment(4).asks_answer) == ("them", True)
    assert parts(5) == {("Bo Finch", "from"), ("Cy Dairy", "to")}
    assert parts(6) == {("Ana Mill", "from"), ("Cy Dairy", "to"), ("Bo Finch", "copy")}


def test_who_answers_their_own_mail_to_a_list_goes_on_speaking_to_the_same(bo: Member, tmp_path: Path) -> None:
    mails = [
        letter(1, "Does anyone know?", **LIST),
        from_bo(2, "Yes.", answers="1", **LIST),
        letter(3, "Hi Bo,\nit does not start.", answers="2", **LIST),
        letter(4, "And it hums, why?", answers="3", **LIST),
    ]

    bringing.bring_in(box(tmp_path / "list.mbox", *mails), by=bo)

    assert parts(4) == {("Ana Mill", "from"), ("Bo Finch", "to")}
    assert moment(4).asks_answer


def test_a_question_quoted_without_a_mark_is_not_asked_again(bo: Member, tmp_path: Path) -> None:
    mails = [
        letter(1, "We run it\nevery day.\n\nDoes it need\noil? And how much?"),
        from_bo(2, "Does it need oil?\n\nOnce a month.", answers="1"),
        letter(3, "Does it need oil?\n\nOnce a month, you say. Which oil?", answers="2"),
        letter(4, "Does it need oil? And how much?", answers="1"),
    ]

    bringing.bring_in(box(tmp_path / "in.mbox", *mails), by=bo)

    assert [moment(n).asks_answer for n in (1, 2, 3, 4)] == [True, False, True, True]


STAFF = {"List_Id": "<staff.finch.example>", "List_Post": "<mailto:staff@finch.example>", "To": "staff@finch.example"}


def test_what_went_among_ourselves_by_a_list_of_ours_is_left_out_and_again(bo: Member, tmp_path: Path) -> None:
    mails = [
        from_bo(1, "Lunch at one?", **STAFF),
        letter(2, "Yes.", answers="1", **{"From": "Mo <mo@finch.example>", **STAFF}),
        from_bo(3, "We roast on Friday.", **LIST),
        letter(4, "Does anyone know?", **LIST),
    ]
    path = box(tmp_path / "in.mbox", *mails)

    first = bringing.bring_in(path, by=bo)
    before = bringing.row_counts()
    again = bringing.bring_in(path, by=bo, at=bringing.AT + timedelta(days=1))

    assert fates(first) == [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.NEW, Fate.NEW]
    assert fates(again) == [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.UNCHANGED, Fate.UNCHANGED]
    assert first.items.get(ordinal=1).reason == (
        "It went among your own people only, by a list of yours on which nobody from outside is seen."
    )
    assert bringing.row_counts() == before


def test_our_answer_to_what_is_not_there_may_have_gone_outside(bo: Member, tmp_path: Path) -> None:
    import_ = bringing.bring_in(box(tmp_path / "sent.mbox", from_bo(2, answers="1", **STAFF)), by=bo)

    assert fates(import_) == [Fate.NEW]


# threads


def test_a_mailbox_that_brings_the_missing_link_joins_two_threads_until_it_is_undone(
    bo: Member, tmp_path: Path
) -> None:
    ends = [letter(1, Subject="Beans"), letter(3, Subject="Something else", answers="2")]
    bringing.bring_in(box(tmp_path / "ends.mbox", *ends), by=bo)
    before = bringing.row_counts()
    assert moment(1).thread_id != moment(3).thread_id

    link = bringing.bring_in(
        box(tmp_path / "link.mbox", from_bo(2, answers="1")), by=bo, at=bringing.AT + timedelta(days=1)
    )
    joined = {moment(n).thread_id for n in (1, 2, 3)}
    actions.undo(link, by=bo, at=bringing.AT + timedelta(days=2))

    assert len(joined) == 1
    assert moment(1).thread_id != moment(3).thread_id
    assert bringing.row_counts() == before


# twice, by two, halfway and back

TALK = [
    letter(1, "When do they come?", Cc="Cy <cy@dairy.example>"),
    from_bo(2, answers="1"),
    letter(3, "Thanks!", answers="2"),
    letter(4, From="Cy <cy@dairy.example>", Subject="Milk"),
    letter(5, "Does anyone know?", **LIST),
    from_bo(6, answers="5", **LIST),
    letter(7, Auto_Submitted="auto-replied"),
    letter(3, "Thanks!", answers="2"),
]


def test_a_second_time_changes_nothing_and_each_item_is_known(bo: Member, tmp_path: Path) -> None:
    path = box(tmp_path / "in.mbox", *TALK)
    first = bringing.bring_in(path, by=bo)
    before = bringing.row_counts()

    second = bringing.bring_in(path, by=bo, at=bringing.AT + timedelta(days=1))

    assert fates(first).count(Fate.NEW) == 6
    assert fates(second) == [Fate.UNCHANGED] * 6 + [Fate.LEFT_OUT, Fate.UNCHANGED]
    assert bringing.row_counts() == before


def test_undone_the_tables_hold_what_they_held_before(bo: Member, tmp_path: Path) -> None:
    House.objects.update(mail_bodies=MailBodies.FULL)
    before, files = bringing.row_counts(), File.objects.count()
    import_ = bringing.bring_in(box(tmp_path / "in.mbox", *TALK), by=bo)

    actions.undo(import_, by=bo, at=bringing.AT + timedelta(days=1))

    assert bringing.row_counts() == before
    assert File.objects.count() == files + 1  # let go once the undo stands, which in a test it never does


@pytest.mark.parametrize("after", range(4))
def test_killed_after_any_batch_and_resumed_it_ends_as_undisturbed(
    bo: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(run, "BATCH", 2)
    path = box(tmp_path / "in.mbox", *TALK)
    undisturbed = bringing.bring_in(path, by=bo)
    expected = told(undisturbed)
    actions.undo(undisturbed, by=bo, at=bringing.AT)
    import_ = actions.begin([path], member=bo, at=bringing.AT)

    with monkeypatch.context() as dying:
        dying.setattr(batch, "load", _dies_after(after))
        with pytest.raises(KeyboardInterrupt):
            actions.carry_out(import_)
    actions.carry_out(Import.objects.get(pk=import_.pk))

    assert told(Import.objects.get(pk=import_.pk)) == expected


def test_killed_while_settling_and_resumed_it_ends_as_undisturbed(
    bo: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = box(tmp_path / "in.mbox", *TALK)
    undisturbed = bringing.bring_in(path, by=bo)
    expected = told(undisturbed)
    actions.undo(undisturbed, by=bo, at=bringing.AT)
    import_ = actions.begin([path], member=bo, at=bringing.AT)

    with monkeypatch.context() as dying:
        dying.setattr(load, "settle_known", _dies_after(0))
        with pytest.raises(KeyboardInterrupt):
            actions.carry_out(import_)
    actions.carry_out(Import.objects.get(pk=import_.pk))

    assert told(Import.objects.get(pk=import_.pk)) == expected


def _dies_after(count: int) -> Any:
    loaded = iter(range(count))
    loading = batch.load

    def dying(*arguments: Any, **options: Any) -> Any:
        if next(loaded, None) is None:
            raise KeyboardInterrupt
        return loading(*arguments, **options)

    return dying


def told(import_: Import) -> Any:
    """All that an import says, without the ids it happened to give."""
    rows = Moment.objects.order_by("happened_at", "tellings__key").values_list(
        "tellings__key", "happened_at", "began", "asks_answer", "words", "place", "thread__subject"
    )
    people = Moment.objects.order_by("tellings__key", "participants__party__name").values_list(
        "tellings__key", "participants__party__name", "participants__role"
    )
    ledger = import_.items.order_by("ordinal").values_list("ordinal", "place", "key", "fate", "reason")
    knows = Relationship.objects.order_by("party__name").values_list("party__name", "known_at")
    return [list(part) for part in (rows, people, ledger, knows)], bringing.row_counts()


def test_the_same_conversation_in_two_mailboxes_is_one_and_the_second_can_be_undone(bo: Member, tmp_path: Path) -> None:
    mo = bringing.member("Mo Finch", "mo@finch.example")
    bringing.bring_in(box(tmp_path / "bo.mbox", letter(1, Cc="mo@finch.example"), from_bo(2, answers="1")), by=bo)
    before = bringing.row_counts()

    theirs = bringing.bring_in(
        box(tmp_path / "mo.mbox", letter(1, Cc="mo@finch.example"), letter(3, To="mo@finch.example", answers="2")),
        by=mo,
        at=bringing.AT + timedelta(days=1),
    )
    assert fates(theirs) == [Fate.JOINED, Fate.NEW]
    assert Telling.objects.filter(key="mail:1@made.example").count() == 2
    assert len({moment(n).thread_id for n in (2, 3)}) == 1
    actions.undo(theirs, by=mo, at=bringing.AT + timedelta(days=2))

    assert bringing.row_counts() == before


def test_what_two_imports_of_one_member_met_stays_until_both_are_undone(bo: Member, tmp_path: Path) -> None:
    before = bringing.row_counts()
    talk = [letter(1), from_bo(2, answers="1")]
    first = bringing.bring_in(box(tmp_path / "one.mbox", *talk), by=bo)
    second = bringing.bring_in(box(tmp_path / "two.mbox", *talk, letter(3)), by=bo, at=bringing.AT + timedelta(days=1))

    undone = actions.undo(first, by=bo, at=bringing.AT + timedelta(days=2))

    assert Moment.objects.count() == 3
    assert known() == {"Ana Mill"}
    assert len(undone.stays) >= 2
    actions.undo(second, by=bo, at=bringing.AT + timedelta(days=3))
    assert bringing.row_counts() == before


def test_only_who_brought_it_in_sees_an_import(bo: Member, tmp_path: Path) -> None:
    mo = bringing.member("Mo Finch", "mo@finch.example")

    import_ = bringing.bring_in(box(tmp_path / "in.mbox", letter(1)), by=bo)

    assert Import.objects.visible_to(bo).get() == import_
    assert not Import.objects.visible_to(mo).exists()


def test_a_batch_asks_the_same_number_of_times_for_two_mails_as_for_many(
    bo: Member, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    few = [letter(n, From=f"p{n}@x{n}.example") for n in range(1, 3)]
    many = [letter(n, From=f"q{n}@y{n}.example", Message_ID=f"<m{n}@made.example>") for n in range(1, 29)]
    bringing.bring_in(box(tmp_path / "warm.mbox", *few), by=bo)

    with django_assert_max_num_queries(89):
        bringing.bring_in(box(tmp_path / "many.mbox", *many), by=bo)


def test_a_mail_is_found_by_the_names_of_its_files_by_whoever_may_see_it(bo: Member, tmp_path: Path) -> None:
    House.objects.update(mail_bodies=MailBodies.FULL)
    body = (
        "--x\nContent-Type: text/plain\n\nHere it is.\n"
        '--x\nContent-Type: text/csv; name="Herbstlöse.csv"\nContent-Disposition: attachment\n\na,b\n--x--\n'
    )
    with_file = letter(1, body, **{"Content-Type": 'multipart/mixed; boundary="x"'})
    bringing.bring_in(box(tmp_path / "in.mbox", with_file), by=bo)
    attached = Attachment.objects.select_related("moment").get()
    people = list(attached.moment.participants.values_list("party_id", flat=True))

    def found(query: str, *, hidden: Sequence[UUID] = ()) -> list[UUID]:
        hits = search.find(query, kinds=["moment"], hidden_party_ids=hidden, member_id=bo.pk)
        return [hit.object_id for hit in hits]

    assert found("herbstl") == found("herbstlsoe") == [attached.moment_id]
    timeline.index(attached.moment)
    assert found("herbstlöse") == [attached.moment_id]
    assert found("herbstlöse", hidden=people) == []
