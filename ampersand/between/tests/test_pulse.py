"""A pulse is answered apart, sealed, and opened together."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from ampersand.between import pulse as acts
from ampersand.between.models import Pulse, PulseAnswer, PulseState
from ampersand.between.sealing import Answer, SealBroken, open_seal, seal
from ampersand.core import postgres, postgres_roles
from ampersand.core.models import Event
from ampersand.members.models import Member
from ampersand.parties.speaking import NotTheirs, Speaker
from tests import cast as people
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

IN_A_WEEK = TODAY + timedelta(days=7)
AFTER = IN_A_WEEK + timedelta(days=1)
OURS = [Answer("Zanzibar to us", "good", "They will say thin")]
THEIRS = [Answer("Quixotic to them", "thin", "They will say good")]


def maya(cast: Cast) -> Speaker:
    return us(cast.maya)


def us(member: Member) -> Speaker:
    assert member.party is not None
    return Speaker.ourselves(member.party, by=member, at=NOW)


def jane(cast: Cast) -> Speaker:
    return Speaker.themselves(cast.jane, at=NOW)


def asked(cast: Cast, *questions: str, closes_on: date = IN_A_WEEK) -> Pulse:
    return acts.ask(
        cast.with_jane, questions or ("How is it between us?",), closes_on=closes_on, on=TODAY, speaker=maya(cast)
    )


def state(pulse: Pulse, on: date = TODAY) -> PulseState:
    return Pulse.objects.prefetch_related("answers").get(pk=pulse.pk).state(on=on)


def opened_words(pulse: Pulse) -> dict[bool, str]:
    """What each side said to the first question."""
    answers = PulseAnswer.objects.filter(pulse=pulse).exclude(said=None)
    return {one.is_ours: one.said[0]["words"] for one in answers if one.said}


def test_it_opens_when_the_second_side_has_answered_and_not_before(cast: Cast) -> None:
    pulse = asked(cast)
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    assert state(pulse) == PulseState.ONE_ANSWERED
    assert not PulseAnswer.objects.visible_to(cast.maya).exists()
    acts.answer(pulse, THEIRS, on=TODAY, speaker=jane(cast))
    assert state(pulse) == PulseState.OPENED
    assert PulseAnswer.objects.visible_to(cast.maya).count() == 2
    assert opened_words(pulse) == {True: "Zanzibar to us", False: "Quixotic to them"}


def test_neither_table_nor_dump_nor_trace_tells_an_answer_before_both_are_in(cast: Cast) -> None:
    pulse = asked(cast)
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    acts.answer(pulse, [Answer("Zanzibar, put otherwise")], on=TODAY, speaker=maya(cast))
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', ["%zanzibar%"])  # noqa: S608
            assert cursor.fetchone() == (0,), table
    assert set(Event.objects.filter(name="pulse.answered").values_list("by_id", flat=True)) == {None}


def test_an_answer_is_sealed_at_one_length_whatever_it_says(cast: Cast) -> None:
    pulse = asked(cast)
    short = seal([Answer("No")], pulse_id=pulse.pk, is_ours=True)
    longest = seal([Answer("\x01" * 1_000, "close", "\x01" * 500)] * 3, pulse_id=pulse.pk, is_ours=True)
    assert len(short) == len(longest)


def test_a_seal_opens_for_its_own_pulse_and_side_alone(cast: Cast) -> None:
    pulse, other = asked(cast), asked(cast, "What should we stop?")
    told = seal(OURS, pulse_id=pulse.pk, is_ours=True)
    with pytest.raises(SealBroken):
        open_seal(told, pulse_id=other.pk, is_ours=True)
    with pytest.raises(SealBroken):
        open_seal(told, pulse_id=pulse.pk, is_ours=False)


def test_an_answer_may_be_put_otherwise_until_both_are_in(cast: Cast) -> None:
    pulse = asked(cast)
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    acts.answer(pulse, [Answer("After a night")], on=TODAY, speaker=maya(cast))
    acts.answer(pulse, THEIRS, on=TODAY, speaker=jane(cast))
    assert opened_words(pulse)[True] == "After a night"
    with pytest.raises(acts.NotNow):
        acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))


def test_a_member_cannot_answer_for_the_other_side_nor_a_colleague_for_the_one_who_did(cast: Cast) -> None:
    pulse = asked(cast)
    with pytest.raises(NotTheirs):
        acts.answer(pulse, THEIRS, on=TODAY, speaker=Speaker.told(cast.jane, by=cast.maya, at=NOW))
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    with pytest.raises(acts.NotYours):
        acts.answer(pulse, OURS, on=TODAY, speaker=us(cast.tom))


def test_somebody_of_another_relationship_is_not_heard(cast: Cast) -> None:
    pulse, stranger = asked(cast), people.person("Sven Stranger")
    for act in (
        lambda who: acts.answer(pulse, THEIRS, on=TODAY, speaker=who),
        lambda who: acts.decline(pulse, on=TODAY, speaker=who),
        lambda who: acts.ask_otherwise(pulse, ["Why?"], on=TODAY, speaker=who),
        lambda who: acts.reply(pulse, "Hello", speaker=who),
    ):
        with pytest.raises(NotTheirs):
            act(Speaker.themselves(stranger, at=NOW))


def test_who_works_at_the_other_side_answers_for_it(cast: Cast) -> None:
    pulse = acts.ask(cast.alder.relationship, ["How is it?"], closes_on=IN_A_WEEK, on=TODAY, speaker=maya(cast))
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    acts.answer(pulse, THEIRS, on=TODAY, speaker=jane(cast))
    assert state(pulse) == PulseState.OPENED


def test_closed_with_one_answer_it_stays_sealed_for_all_but_its_writer(cast: Cast) -> None:
    pulse = asked(cast)
    acts.answer(pulse, THEIRS, on=TODAY, speaker=jane(cast))
    assert state(pulse, on=AFTER) == PulseState.CLOSED
    with pytest.raises(acts.NotNow):
        acts.answer(pulse, OURS, on=AFTER, speaker=maya(cast))
    with pytest.raises(acts.NotNow):
        acts.open_alone(pulse, on=AFTER, speaker=maya(cast))
    with pytest.raises(acts.NotNow):
        acts.open_alone(pulse, on=TODAY, speaker=jane(cast))
    acts.open_alone(pulse, on=AFTER, speaker=jane(cast))
    assert [one.is_ours for one in PulseAnswer.objects.visible_to(cast.maya)] == [False]


def test_a_burned_answer_is_nowhere(cast: Cast) -> None:
    pulse = asked(cast)
    acts.answer(pulse, THEIRS, on=TODAY, speaker=jane(cast))
    sealed = PulseAnswer.objects.get().sealed
    acts.burn(pulse, on=AFTER, speaker=jane(cast))
    with connection.cursor() as cursor:
        for table in ("between_pulseanswer", "between_pulseanswerpast"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE sealed = %s", [sealed])  # noqa: S608
            assert cursor.fetchone() == (0,)
    assert state(pulse, on=AFTER) == PulseState.CLOSED
    with pytest.raises(acts.NotNow):
        acts.burn(pulse, on=AFTER, speaker=jane(cast))


def test_either_side_declines_and_what_was_answered_is_burned(cast: Cast) -> None:
    for who, writer in itertools.permutations((maya(cast), jane(cast)), 2):
        pulse = asked(cast)
        acts.answer(pulse, OURS, on=TODAY, speaker=writer)
        acts.decline(pulse, on=TODAY, speaker=who)
        assert state(pulse) == PulseState.DECLINED
        assert PulseAnswer.objects.get(pulse=pulse).sealed == ""
        with pytest.raises(acts.NotNow):
            acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))


def test_the_asked_side_changes_the_questions_until_one_has_answered(cast: Cast) -> None:
    pulse = asked(cast)
    acts.ask_otherwise(pulse, ["What should we stop?", " "], on=TODAY, speaker=jane(cast))
    pulse.refresh_from_db()
    assert pulse.questions == ["What should we stop?"]
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    with pytest.raises(acts.NotNow):
        acts.ask_otherwise(pulse, ["Why?"], on=TODAY, speaker=jane(cast))


@pytest.mark.parametrize("questions", [[], [" "], ["Why?"] * 4, ["x" * 301]])
def test_questions_that_are_none_are_refused(cast: Cast, questions: list[str]) -> None:
    with pytest.raises(acts.NotAQuestion):
        acts.ask(cast.with_jane, questions, closes_on=IN_A_WEEK, on=TODAY, speaker=maya(cast))


@pytest.mark.parametrize("days", [-1, 91])
def test_a_day_that_passed_or_is_far_is_refused(cast: Cast, days: int) -> None:
    with pytest.raises(acts.NotAQuestion):
        asked(cast, closes_on=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    "answers", [[], [Answer()], OURS * 2, [Answer("x" * 1_001)], [Answer(guess="x" * 501)], [Answer(feeling="9 of 10")]]
)
def test_answers_that_do_not_fit_are_refused(cast: Cast, answers: list[Answer]) -> None:
    with pytest.raises(acts.NothingAnswered):
        acts.answer(asked(cast), answers, on=TODAY, speaker=maya(cast))


def test_what_is_opened_may_be_replied_to_by_either_side(cast: Cast) -> None:
    pulse = asked(cast)
    with pytest.raises(acts.NotNow):
        acts.reply(pulse, "Let us talk.", speaker=maya(cast))
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    acts.answer(pulse, THEIRS, on=TODAY, speaker=jane(cast))
    acts.reply(pulse, "Let us talk.", speaker=maya(cast))
    acts.reply(pulse, "On Tuesday.", speaker=jane(cast))
    assert list(pulse.replies.order_by("at", "id").values_list("words", "is_ours")) == [
        ("Let us talk.", True),
        ("On Tuesday.", False),
    ]


def test_a_pulse_of_a_closed_relationship_is_hidden_from_who_is_not_named(cast: Cast) -> None:
    acts.ask(cast.with_leona, ["How is it?"], closes_on=IN_A_WEEK, on=TODAY, speaker=maya(cast))
    assert Pulse.objects.visible_to(cast.maya).exists()
    assert not Pulse.objects.visible_to(cast.tom).exists()
    assert not Pulse.objects.visible_to(cast.ruth).exists()


@pytest.mark.skipif(postgres.is_external(), reason="the program that dumps is that of the house's own server")
@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_holds_no_word_of_a_sealed_answer(cast: Cast, tmp_path: Path) -> None:
    pulse = asked(cast, "Is the velociraptor tame?")
    acts.answer(pulse, OURS, on=TODAY, speaker=maya(cast))
    dump = tmp_path / "dump.sql"
    url = postgres.url_for(postgres_roles.OWNER, database=str(connection.settings_dict["NAME"]))
    postgres.here().run_as_superuser("pg_dump", "--inserts", "-f", str(dump), url)
    told = dump.read_text().lower()
    assert "velociraptor" in told
    assert "zanzibar" not in told
