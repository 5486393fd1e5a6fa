from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.promises import actions, backing_actions
from ampersand.promises.actions import Wording
from ampersand.promises.models import Absence, Leaning, Promise, State
from tests import cast as told
from tests.cast import Cast, says, tells

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def today() -> date:
    return timezone.localdate()


def offered(cast: Cast, words: str = "price list", due_on: date | None = None) -> Promise:
    speaker = says(cast.maya, at=timezone.now())
    return actions.offer(Wording(words, due_on), to=cast.jane, relationship=cast.with_jane, speaker=speaker)


def page_of(promise: Promise, member: Member) -> str:
    return client_of(member).get(f"/promises/{promise.pk}/").content.decode()


def fresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def test_one_promises_on_the_page_and_what_is_open_stands_beside_it(cast: Cast) -> None:
    day = today() + timedelta(days=2)
    told.promise(cast.maya.party, cast.jane, words="count the mugs", told_by=cast.maya, due_on=today())
    client = client_of(cast.maya)

    page = client.get(f"/promises/new/?relationship={cast.with_jane.pk}").content.decode()
    answer = client.post("/promises/new/", {"what": "promise", "whom": "jane okafor", "words": "mugs", "due_on": day})

    made = Promise.objects.get(words="mugs")
    assert "Open with Jane Okafor: 1 of ours, 0 of theirs." in page
    assert "Count the mugs" in page
    assert "You have 1 due this week." in page
    assert answer.headers["Location"] == f"/promises/{made.pk}/"
    assert made.state(on=today()) is State.OFFERED
    assert "it waits for the receiver" in page_of(made, cast.maya).lower()


def test_agreed_by_word_of_mouth_it_holds_and_is_marked_as_told(cast: Cast) -> None:
    sent = {"what": "promise", "whom": "Jane Okafor", "words": "mugs", "is_agreed": "on", "in_houses_name": "on"}

    client_of(cast.maya).post("/promises/new/", sent)

    made = Promise.objects.get(words="mugs")
    page = page_of(made, cast.tom)
    assert made.is_open
    assert (made.by.is_house, made.named) == (True, cast.maya.party)
    assert "their word, told by Maya Lindqvist" in page
    assert "Maya Lindqvist stands for it." in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"whom": "Jane Okafor", "words": ""}, "Write what is promised."),
        ({"whom": "", "words": "mugs"}, "Write the name of somebody you know."),
        ({"whom": "Leona Marsh", "words": "mugs"}, "Nobody of that name is known here."),
        ({"whom": "Jane Okafor", "words": "m" * 5000}, "Write it in at most 4000 characters."),
        ({"whom": "Jane Okafor", "words": "mugs", "due_on": "2001-01-01"}, "Choose a day from today on."),
        ({"whom": "Jane Okafor", "words": "mugs", "due_on": "soon"}, "Choose a day, such as 2026-10-09."),
        ({"whom": "<script>", "words": "mugs"}, "Nobody of that name is known here."),
        ({"whom": "Jane Okafor", "words": "mugs", "what": "steal"}, "Choose who promises."),
    ],
)
def test_what_cannot_be_promised_is_said_beside_the_field_and_what_was_typed_stays(
    cast: Cast, sent: dict[str, str], says: str
) -> None:
    answer = client_of(cast.tom).post("/promises/new/", {"what": "promise", **sent})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert not sent["words"] or sent["words"] in page
    assert not Promise.objects.exists()


def test_she_counters_by_telephone_and_we_agree_with_one_key(cast: Cast) -> None:
    promise, client = offered(cast), client_of(cast.maya)
    thursday = today() + timedelta(days=3)

    client.post(f"/promises/{promise.pk}/their-word/", {"kind": "countered", "due_on": thursday})
    page = page_of(promise, cast.maya)
    client.post(f"/promises/{promise.pk}/accept/")

    held = fresh(promise)
    assert 'data-key="x"' in page
    assert "other words are asked for" in page.lower()
    assert (held.words, held.due_on, held.is_open) == ("price list", thursday, True)


def test_their_word_is_refused_where_they_cannot_say_it(cast: Cast) -> None:
    promise, client = offered(cast), client_of(cast.maya)

    refused = client.post(f"/promises/{promise.pk}/their-word/", {"kind": "kept"})
    empty = client.post(f"/promises/{promise.pk}/their-word/", {"kind": "countered"})

    assert (refused.status_code, empty.status_code) == (422, 422)
    assert "Choose what they said." in refused.content.decode()
    assert "Write the words or choose the day they asked for." in empty.content.decode()
    assert fresh(promise).state(on=today()) is State.OFFERED


def test_nobody_of_ours_accepts_for_them_and_too_late_changes_nothing(cast: Cast) -> None:
    promise, client = offered(cast), client_of(cast.maya)

    for_them = client.post(f"/promises/{promise.pk}/accept/")
    client.post(f"/promises/{promise.pk}/withdraw/")
    too_late = client.post(f"/promises/{promise.pk}/done/")

    assert for_them.status_code == 302
    assert too_late.status_code == 302
    assert fresh(promise).state(on=today()) is State.WITHDRAWN


def test_late_one_says_so_what_happened_and_what_instead_in_this_order(cast: Cast) -> None:
    yesterday = today() - timedelta(days=1)
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=yesterday)
    client, url = client_of(cast.maya), f"/promises/{promise.pk}/late/"
    sent = {"says_so": "It is late.", "happened": "The mill stood.", "instead": "Half now.", "due_on": today()}

    page = page_of(promise, cast.maya)
    form = client.get(url).content.decode()
    client.post(url, sent)

    said = promise.events.get()
    places = [form.index(label) for label in ("Say so", "What happened", "What instead", "By when")]
    assert url in page
    assert places == sorted(places)
    assert said.words == "It is late.\nThe mill stood.\nHalf now."
    assert fresh(promise).state(on=today()) is State.LATE


def test_a_colleague_is_asked_and_answers_from_today(cast: Cast) -> None:
    promise, client = offered(cast, "crates"), client_of(cast.maya)
    tom_id: UUID = cast.tom.pk

    client.post(f"/promises/{promise.pk}/ask-first/", {"of": str(tom_id), "words": "the dates"})
    asked = Promise.objects.get(words="the dates")
    on_today = client_of(cast.tom).get("/").content.decode()
    before = page_of(promise, cast.maya)
    client_of(cast.tom).post(f"/promises/{asked.pk}/accept/")
    after = page_of(promise, cast.maya)

    assert "Waiting for your word" in on_today
    assert "One waits for your word." in on_today
    assert f"/promises/{asked.pk}/accept/" in on_today
    assert "Not yet backed" in before
    assert "Not yet backed" not in after
    assert f"/promises/{asked.pk}/accept/" not in client.get("/").content.decode()


def test_asked_before_promising_one_promises_it_once_it_is_backed(cast: Cast) -> None:
    client = client_of(cast.maya)
    sent = {"of": str(cast.tom.pk), "words": "the dates", "then_words": "crates by Friday"}
    client.post(f"/promises/ask/?relationship={cast.with_jane.pk}", sent)
    asked = Promise.objects.get(words="the dates")
    actions.accept(asked, speaker=says(cast.tom, at=timezone.now()))

    page = page_of(asked, cast.maya)
    form = client.get(f"/promises/new/?leans_on={asked.pk}").content.decode()
    client.post(f"/promises/new/?leans_on={asked.pk}", {"what": "promise", "whom": "Jane Okafor", "words": "crates"})

    assert f"/promises/new/?leans_on={asked.pk}" in page
    assert "crates by Friday" in form
    assert 'value="Jane Okafor"' in form
    assert Leaning.objects.get().on == asked


def test_what_moves_below_stands_on_today_of_who_stands_above(cast: Cast) -> None:
    below = told.promise(cast.alder, cast.maya.party, words="two lorries", told_by=cast.maya, due_on=today())
    above = told.promise(cast.maya.party, cast.jane, words="crates", told_by=cast.maya, due_on=today())
    backing_actions.lean(above, on=below, teller=Teller(at=timezone.now(), by=cast.maya))
    later = today() + timedelta(days=5)

    quiet = client_of(cast.maya).get("/").content.decode()
    actions.propose_move(below, due_on=later, speaker=tells(cast.maya, cast.alder, at=timezone.now()))
    moving = client_of(cast.maya).get("/").content.decode()

    assert "What you promised leans on this" not in quiet
    assert "It is being moved to" in moving
    assert "It is being moved to" in page_of(above, cast.maya)


def test_a_circle_is_refused_with_a_sentence(cast: Cast) -> None:
    one, other = (told.promise(cast.maya.party, cast.jane, words=w, told_by=cast.maya) for w in ("one", "other"))
    client = client_of(cast.maya)

    leans = client.post(f"/promises/{one.pk}/leans-on/", {"on": str(other.pk)})
    circle = client.post(f"/promises/{other.pk}/leans-on/", {"on": str(one.pk)})

    assert (leans.status_code, circle.status_code) == (302, 422)
    assert "leans on this one already" in circle.content.decode()


def test_what_we_advertise_says_who_stands_for_it_and_that_it_is_unbacked(cast: Cast) -> None:
    client = client_of(cast.maya)

    client.post("/promises/public/", {"words": "We answer within a day"})
    claim = Promise.objects.to_public().get()
    bare = client.get("/promises/public/").content.decode()
    backed_by = told.promise(cast.alder, cast.maya.party, words="a night shift", told_by=cast.maya)
    backing_actions.lean(claim, on=backed_by, teller=Teller(at=timezone.now(), by=cast.maya))
    backed = client.get("/promises/public/").content.decode()
    listed = client.get("/promises/?whose=everybody").content.decode()

    assert "Unbacked" in bare
    assert "Maya Lindqvist stands for it." in bare
    assert "Unbacked" not in backed
    assert "a night shift" in backed
    assert "We answer within a day" not in listed


def test_one_is_away_and_somebody_stands_in(cast: Cast) -> None:
    client, later = client_of(cast.tom), today() + timedelta(days=9)

    refused = client.post("/away/", {"from_on": later, "until_on": today(), "stands_in": str(cast.ruth.pk)})
    client.post("/away/", {"from_on": today(), "until_on": later, "stands_in": str(cast.ruth.pk)})
    page = client.get("/away/").content.decode()
    client.post(f"/away/{Absence.objects.get().pk}/back/")

    assert refused.status_code == 422
    assert "Ruth Feld stands in." in page
    assert Absence.objects.standing().count() == 0


def test_the_page_asks_as_much_for_sixty_words_as_for_three(
    cast: Cast, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=today())
    for number in range(30):
        day = today() + timedelta(days=number + 1)
        actions.propose_move(promise, due_on=day, speaker=says(cast.maya, at=timezone.now()))
        actions.agree_move(promise, speaker=tells(cast.maya, cast.jane, at=timezone.now()))
    client = client_of(cast.maya)
    client.get(f"/promises/{promise.pk}/")

    with django_assert_max_num_queries(40):  # type: ignore[operator]
        page = client.get(f"/promises/{promise.pk}/").content.decode()

    assert page.count("their word, told by Maya Lindqvist") == 30


def test_what_it_is_about_is_said_otherwise_with_a_tap_by_its_promisers_side(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya)
    ours = told.promise(cast.maya.party, cast.jane, words="Send somebody to look", told_by=cast.maya)
    there, url = reverse("desk:promise", args=[ours.pk]), reverse("desk:say_kind", args=[ours.pk])
    assert "It is about sending something." in client.get(there).content.decode()

    assert client.post(url, {"kind": "meet"}).status_code == 302
    assert "It is about meeting or calling." in client.get(there).content.decode()

    assert client.post(url, {"kind": "9 of 10"}).status_code == 404
    assert client.post(url, {}).status_code == 404


def test_of_a_promise_of_theirs_one_writes_down_what_they_say_it_is_about(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya)
    theirs = told.promise(cast.jane, cast.maya.party, words="Send the volumes", told_by=cast.maya)
    there, url = reverse("desk:promise", args=[theirs.pk]), reverse("desk:say_kind", args=[theirs.pk])
    page = client.get(there).content.decode()
    assert "It is about sending something." in page
    assert "Write down what they say it is about:" in page

    client.post(url, {"kind": "pay"})

    page = client.get(there).content.decode()
    assert "It is about paying." in page
    assert "Jane Okafor: it is about paying" in page
    assert page.count("their word, told by Maya Lindqvist") == 2


def test_among_ourselves_only_who_promised_says_what_it_is_about(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya)
    inside = Promise.objects.create(
        by=cast.tom.party, to=cast.maya.party, is_ours=True, words="Send it", made_on=told.TODAY, told_at=told.NOW
    )
    url = reverse("desk:say_kind", args=[inside.pk])

    assert url not in client.get(reverse("desk:promise", args=[inside.pk])).content.decode()
    assert client.post(url, {"kind": "pay"}).status_code == 403
