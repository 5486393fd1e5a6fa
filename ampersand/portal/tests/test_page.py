"""What she sees and does on her page, through the whole stack."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.core.models import Erasure
from ampersand.core.rooms import Room
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker, Voice
from ampersand.portal import inbox, leaving
from ampersand.portal.models import Entry, EntryKind, PageLink, Visit
from ampersand.portal.tests.visitors import Visitor, shared_promise, visitor
from ampersand.portal.visitor import find_visitor
from ampersand.promises import actions as promises
from ampersand.promises.actions import Wording
from ampersand.promises.models import Promise, PromiseEvent, State
from ampersand.readings import actions as readings
from ampersand.terms import queries as terms
from ampersand.terms.models import Left
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


def send(visitor: Visitor, name: str, told: dict[str, Any], *args: Any, client: Client | None = None) -> Any:
    prefix = {
        "portal:ask": "ask-",
        "portal:correct": "correct-",
        "portal:promise": "promise-",
        "portal:take": "take-",
        "portal:terms": "terms-",
    }
    named = {f"{prefix.get(name, '')}{field}": value for field, value in {"entry": str(uuid4()), **told}.items()}
    return (client or visitor.client()).post(reverse(name, args=args), named)


def shown(visitor: Visitor) -> str:
    page = visitor.client().get(reverse("portal:page"))
    assert page.status_code == 200
    return page.content.decode()


def state_of(promise: Promise) -> State:
    return Promise.objects.get(pk=promise.pk).state(on=TODAY)


def test_she_reads_what_is_promised_both_ways_and_nothing_of_ours(cast: Cast, jane: Visitor) -> None:
    shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")
    shared_promise(cast.jane, cast.maya.party, cast=cast, words="name the volumes")
    people.promise(cast.maya.party, cast.jane, words="find out what Helen wants", told_by=cast.maya)
    people.note(cast.maya, "She hums while she reads.", about=cast.with_jane)

    page = shown(jane)

    assert "Send the price list" in page
    assert "Name the volumes" in page
    assert "Helen" not in page
    assert "hums" not in page
    assert "You decide how you are reached." in page


@pytest.mark.parametrize(
    ("act", "state"),
    [("kept", State.KEPT), ("partly", State.PARTLY), ("not-kept", State.NOT_KEPT), ("release", State.RELEASED)],
)
def test_her_word_on_a_promise_of_ours_is_her_own(cast: Cast, jane: Visitor, act: str, state: State) -> None:
    promise = shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")

    send(jane, "portal:say", {"words": "Thank you."}, promise.pk, act)

    event = PromiseEvent.objects.get(promise=promise)
    assert state_of(promise) == state
    assert (event.by_id, event.voice, event.told_by_id) == (cast.jane.pk, Voice.OWN, None)
    assert "Thank you." in shown(jane) or act == "release"


def test_only_the_receiver_calls_it_kept(cast: Cast, jane: Visitor) -> None:
    """Of her own promise she may say it is done, and nothing more."""
    hers = shared_promise(cast.jane, cast.maya.party, cast=cast, words="name the volumes")

    for act in ("kept", "partly", "not-kept", "release"):
        send(jane, "portal:say", {}, hers.pk, act)
    assert PromiseEvent.objects.count() == 0
    send(jane, "portal:say", {}, hers.pk, "done")

    assert state_of(hers) == State.UNCONFIRMED


def test_what_her_promise_is_about_is_hers_to_say(cast: Cast, jane: Visitor) -> None:
    hers = shared_promise(cast.jane, cast.maya.party, cast=cast, words="send the volumes")
    ours = shared_promise(cast.maya.party, cast.jane, cast=cast, words="bring the samples")
    shared_promise(cast.maya.party, cast.jane, cast=cast, words="the samples")
    page = shown(jane)
    assert "It is about delivering." in page
    assert "no particular kind" not in page
    assert reverse("portal:say_kind", args=[hers.pk]) in page
    assert reverse("portal:say_kind", args=[ours.pk]) not in page

    for kind in ("pay", "decide"):
        assert send(jane, "portal:say_kind", {"kind": kind}, hers.pk).status_code == 302

    assert "It is about deciding." in shown(jane)
    said = PromiseEvent.objects.filter(by=cast.jane, voice=Voice.OWN, told_by=None).order_by("at")
    assert [event.sort for event in said] == ["pay", "decide"]
    for promise, told in ((ours, {"kind": "pay"}), (hers, {"kind": "9 of 10"}), (hers, {})):
        assert send(jane, "portal:say_kind", told, promise.pk).status_code == 404
    assert send(jane, "portal:say_kind", {"kind": "pay"}, uuid4()).status_code == 404


def test_she_agrees_to_an_offer_with_another_day(cast: Cast, jane: Visitor) -> None:
    ours = Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now())
    day = timezone.localdate() + timedelta(days=9)
    made = promises.offer(
        Wording("bring the samples", due_on=day), to=cast.jane, relationship=cast.with_jane, speaker=ours
    )

    send(jane, "portal:say", {"due_on": str(day + timedelta(days=2))}, made.pk, "counter")
    countered = Promise.objects.get(pk=made.pk).state(on=timezone.localdate())
    promises.accept(
        Promise.objects.get(pk=made.pk), speaker=Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now())
    )

    made.refresh_from_db()
    assert countered == State.COUNTERED
    assert made.due_on == day + timedelta(days=2)
    assert Promise.objects.get(pk=made.pk).state(on=timezone.localdate()) == State.OPEN


def test_she_promises_and_it_waits_for_our_word(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:promise", {"words": "name the volumes", "due_on": ""})

    made = Promise.objects.get()
    assert (made.by_id, made.is_ours, made.room, made.told_by_id) == (cast.jane.pk, False, Room.BETWEEN, None)
    assert "Name the volumes" in shown(jane)


def test_her_terms_hold_from_that_moment(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:terms", {"roster": "rest", "words": "Not before spring.", "not_about": "prices, news"})

    held = terms.find_terms([cast.jane.pk], at=timezone.now())
    assert held is not None
    assert (held.roster, held.voice, held.told_by_id, held.words) == ("rest", Voice.OWN, None, "Not before spring.")
    assert "Not before spring." in shown(jane)
    assert "prices" in shown(jane)


def test_what_she_said_before_and_the_form_has_no_field_for_stays(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:terms", {"roster": "work", "not_about": "prices"})

    send(jane, "portal:terms", {"roster": "plan", "most": "1", "within_days": "30"})

    held = terms.find_terms([cast.jane.pk], at=timezone.now())
    assert held is not None
    assert {line.kind for line in held.in_force().lines} == {"topics", "often"}


def test_what_she_asks_for_stands_on_our_today(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:ask", {"words": "Could you send the Geisha again?"})

    moment = Moment.objects.get()
    assert (moment.began, moment.asks_answer, moment.room, moment.told_by_id) == ("them", True, Room.BETWEEN, None)
    readings.read_one(cast.with_jane.pk, at=timezone.now())
    today = Client()
    today.force_login(cast.maya)
    assert "Jane Okafor" in today.get(reverse("desk:today")).content.decode()
    assert "Geisha" in shown(jane)


def test_what_she_took_as_promised_waits_for_our_yes_and_holds_then(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:take", {"words": "tell us before you change a blend", "due_on": "2026-01-05"})

    taken = Promise.objects.get(words="tell us before you change a blend")
    assert (taken.state(on=TODAY), taken.is_ours, taken.room, taken.to) == (State.TAKEN, True, "between", cast.jane)
    assert "Tell us before you change a blend" in shown(jane)
    promises.confirm_taken(taken, speaker=people.says(cast.maya, at=timezone.now()))
    assert Promise.objects.get(pk=taken.pk).is_open


def test_what_is_not_right_is_asked_of_us(cast: Cast, jane: Visitor) -> None:
    parties.tell_detail(cast.jane, label="city", value="Bath", teller=Teller(at=NOW, by=cast.maya))
    assert "Bath" in shown(jane)

    send(jane, "portal:correct", {"about": "city: Bath", "words": "I live in Bristol."})

    assert Moment.objects.get().words == "I live in Bristol."
    assert Moment.objects.get().subject == "This is not right: city: Bath"


def test_the_same_form_sent_twice_is_one(cast: Cast, jane: Visitor) -> None:
    entry = str(uuid4())
    for _ in range(3):
        send(jane, "portal:ask", {"words": "Once.", "entry": entry})

    assert (Moment.objects.count(), Entry.objects.count()) == (1, 1)


def test_an_entry_of_somebody_else_is_neither_seen_nor_done_again(cast: Cast, jane: Visitor) -> None:
    leona, entry = visitor(cast, cast.leona), str(uuid4())
    send(leona, "portal:ask", {"words": "From Leona.", "entry": entry})

    answer = send(jane, "portal:ask", {"words": "From Jane.", "entry": entry})

    assert answer.status_code == 302
    assert [moment.words for moment in Moment.objects.all()] == ["From Leona."]


def test_nothing_of_her_words_stays_in_the_inbox(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:ask", {"words": "Secret wish."})

    assert Entry.objects.get().told == {}
    assert Entry.objects.get().carried_out_at is not None


def test_what_fails_is_kept_and_carried_out_by_the_job_once(
    cast: Cast, jane: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_told: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setitem(inbox._CARRIERS, EntryKind.ASK, broken)
        answer = send(jane, "portal:ask", {"words": "Later."})
    assert answer.status_code == 302
    assert (Moment.objects.count(), Entry.objects.waiting().count()) == (0, 1)

    done = [inbox.carry_out_waiting(at=timezone.now()) for _ in range(2)]

    assert done == [1, 0]
    assert Moment.objects.get().words == "Later."


def test_what_can_be_done_no_more_is_said_in_a_sentence(cast: Cast, jane: Visitor) -> None:
    """She looks at a page on which it was still open."""
    promise = shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")
    send(jane, "portal:say", {}, promise.pk, "kept")
    found = find_visitor(jane.secret)
    assert found is not None

    done = inbox.put(found, uuid4(), EntryKind.NOT_KEPT, {"promise": str(promise.pk)}, at=timezone.now())

    assert done.refusal
    assert state_of(promise) == State.KEPT


def test_a_promise_that_is_not_between_is_refused_by_our_own_action_too(cast: Cast, jane: Visitor) -> None:
    """Were the visitors' login to write anything into its inbox, our own action still asks whose it is."""
    others = [
        people.promise(cast.maya.party, cast.jane, words="ours alone", told_by=cast.maya),
        shared_promise(cast.maya.party, cast.leona, cast=cast, words="for Leona"),
    ]
    found = find_visitor(jane.secret)
    assert found is not None
    for promise in others:
        done = inbox.put(found, uuid4(), EntryKind.KEPT, {"promise": str(promise.pk)}, at=timezone.now())

        assert done.refusal == "This promise is no longer here."
    assert PromiseEvent.objects.count() == 0


BAD = [
    ("portal:ask", {"words": ""}),
    ("portal:ask", {"words": "x" * 2_001}),
    ("portal:ask", {"words": "x\x00y"}),
    ("portal:ask", {"words": "x", "entry": "no id"}),
    ("portal:correct", {"words": ""}),
    ("portal:promise", {"words": ""}),
    ("portal:take", {"words": ""}),
    ("portal:take", {"words": "x", "due_on": "soon"}),
    ("portal:promise", {"words": "x", "due_on": "2001-01-01"}),
    ("portal:promise", {"words": "x", "due_on": "soon"}),
    ("portal:terms", {}),
    ("portal:terms", {"roster": "everything"}),
    ("portal:terms", {"roster": "work", "most": "3"}),
    ("portal:terms", {"roster": "work", "modes": "telepathy"}),
]


@pytest.mark.parametrize(("name", "told"), BAD)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_happens(
    cast: Cast, jane: Visitor, name: str, told: dict[str, str]
) -> None:
    answer = send(jane, name, told)

    assert answer.status_code == 422
    assert Entry.objects.count() == 0


def test_what_is_hostile_is_shown_as_words(cast: Cast, jane: Visitor) -> None:
    send(jane, "portal:ask", {"words": "<script>alert(1)</script>{{ 7|add:7 }}"})

    assert "<script>alert" not in shown(jane)
    assert "&lt;script&gt;alert(1)" in shown(jane)


def opened(answer: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_her_copy_is_readable_and_data_and_hers_alone(cast: Cast, jane: Visitor) -> None:
    shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")
    shared_promise(cast.maya.party, cast.leona, cast=cast, words="for Leona alone")
    send(jane, "portal:terms", {"roster": "work"})

    files = opened(jane.client().get(reverse("portal:copy")))

    told = json.loads(files["page.json"])
    assert set(files) == {"page.html", "page.json"}
    assert [row["words"] for row in told["ours"]] == ["send the price list"]
    assert told["terms"]["holds"] == "Only work in hand"
    assert b"send the price list" in files["page.html"]
    assert b"Leona" not in files["page.html"] + files["page.json"]


def test_two_presses_and_she_is_forgotten(cast: Cast, jane: Visitor) -> None:
    shared_promise(cast.maya.party, cast.jane, cast=cast, words="send Jane Okafor the price list")
    send(jane, "portal:ask", {"words": "A wish of mine."})
    client = jane.client()
    assert client.get(reverse("portal:forget")).status_code == 200

    answer = send(jane, "portal:forget", {"leaves_mark": "on"}, client=client)
    assert answer.status_code == 200
    assert client.get(reverse("portal:page")).status_code == 401
    leaving.forget(cast.jane.pk, at=timezone.now())
    leaving.forget(cast.jane.pk, at=timezone.now())

    gone = Party.objects.get(pk=cast.jane.pk)
    assert (gone.name, Erasure.objects.filter(subject_id=gone.pk).count()) == ("", 1)
    assert (PageLink.objects.count(), Visit.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert "A wish" not in " ".join(Moment.objects.values_list("words", flat=True))
    assert Left.objects.count() == 1


def test_looking_at_the_page_of_being_forgotten_forgets_nobody(cast: Cast, jane: Visitor) -> None:
    jane.client().get(reverse("portal:forget"))
    jane.client().head(reverse("portal:forget"))

    assert Entry.objects.count() == 0


def test_the_page_is_in_her_language(cast: Cast, jane: Visitor) -> None:
    Party.objects.filter(pk=cast.jane.pk).update(language="de")

    assert '<html lang="de"' in shown(jane)
    assert '<html lang="de"' in Client().get(reverse("portal:page"), headers={"accept-language": "de"}).content.decode()


def test_the_page_asks_a_fixed_number_of_times(cast: Cast, jane: Visitor, django_assert_max_num_queries: Any) -> None:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    def counted() -> int:
        with CaptureQueriesContext(connections["outside"]) as asked:
            shown(jane)
        return len(asked)

    shared_promise(cast.maya.party, cast.jane, cast=cast, words="one")
    send(jane, "portal:ask", {"words": "One."})
    few = counted()
    for number in range(6):
        shared_promise(cast.maya.party, cast.jane, cast=cast, words=f"more {number}")
        send(jane, "portal:ask", {"words": f"More {number}."})

    assert counted() == few


def test_a_member_shares_a_promise_and_sees_first_what_they_will_read(cast: Cast, jane: Visitor) -> None:
    promise = people.promise(cast.maya.party, cast.jane, words="send the price list", told_by=cast.maya)
    client = Client()
    client.force_login(cast.maya)
    before = client.get(reverse("portal:given", args=[cast.with_jane.pk])).content.decode()

    client.post(reverse("portal:share_promise", args=[promise.pk]))

    assert "Send the price list" in before
    assert Promise.objects.get(pk=promise.pk).room == Room.BETWEEN
    assert "Send the price list" in shown(jane)


def test_every_form_of_the_page_works_without_a_script(cast: Cast, jane: Visitor) -> None:
    shared_promise(cast.maya.party, cast.jane, cast=cast, words="send the price list")

    page = shown(jane)

    assert "<script" not in page
    assert " hx-" not in page
    assert page.count("csrfmiddlewaretoken") == page.count('method="post"')


def test_no_form_is_taken_without_its_token(cast: Cast, jane: Visitor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = jane.client().cookies

    answer = client.post(reverse("portal:ask"), {"ask-words": "x", "ask-entry": str(UUID(int=1))})

    assert answer.status_code == 403
    assert Entry.objects.count() == 0
