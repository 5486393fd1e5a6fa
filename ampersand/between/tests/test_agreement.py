"""An agreement needs both keys to hold and to change, and either key ends it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.between import agreement as acts
from ampersand.between import canonical
from ampersand.between.agreement import Proposal
from ampersand.between.models import Agreement, AgreementState, AgreementVersion
from ampersand.parties.speaking import NotTheirs, Speaker
from ampersand.terms import queries
from tests import cast as people
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

IN_SPRING = TODAY + timedelta(days=180)
WORDS = Proposal(
    "A tasting every season.", IN_SPRING, in_touch="A call on the first Tuesday.", parting="A month's word."
)
OTHERWISE = Proposal("A tasting twice a year.", IN_SPRING, in_touch="A mail before it.")


def maya(cast: Cast) -> Speaker:
    assert cast.maya.party is not None
    return Speaker.ourselves(cast.maya.party, by=cast.maya, at=NOW)


def jane(cast: Cast) -> Speaker:
    return Speaker.themselves(cast.jane, at=NOW)


def proposed(cast: Cast, proposal: Proposal = WORDS, speaker: Speaker | None = None) -> AgreementVersion:
    return acts.propose(cast.with_jane, proposal, on=TODAY, speaker=speaker or maya(cast))


def states(cast: Cast, on: date = TODAY) -> list[tuple[int, str]]:
    agreement = Agreement.objects.prefetch_related("versions__keys").order_by("begun_at").last()
    assert agreement is not None
    return [(version.number, state) for version, state in acts.states(agreement, on=on)]


def test_a_proposal_holds_when_the_other_side_turns_its_key(cast: Cast) -> None:
    version = proposed(cast)
    assert states(cast) == [(1, AgreementState.PROPOSED)]
    acts.agree(version, on=TODAY, speaker=jane(cast))
    assert states(cast) == [(1, AgreementState.HOLDS)]


def test_who_proposed_cannot_turn_the_other_key(cast: Cast) -> None:
    version = proposed(cast)
    with pytest.raises(acts.NotYourKey):
        acts.agree(version, on=TODAY, speaker=maya(cast))
    stranger = Speaker.themselves(people.person("Sven Stranger"), at=NOW)
    with pytest.raises(NotTheirs):
        acts.agree(version, on=TODAY, speaker=stranger)
    assert states(cast) == [(1, AgreementState.PROPOSED)]


def test_what_holds_goes_on_to_hold_while_a_change_waits(cast: Cast) -> None:
    acts.agree(proposed(cast), on=TODAY, speaker=jane(cast))
    change = proposed(cast, OTHERWISE, jane(cast))
    assert states(cast) == [(2, AgreementState.PROPOSED), (1, AgreementState.HOLDS)]
    acts.agree(change, on=TODAY, speaker=maya(cast))
    assert states(cast) == [(2, AgreementState.HOLDS), (1, AgreementState.REPLACED)]


def test_a_version_answered_with_another_is_not_agreed_to_any_more(cast: Cast) -> None:
    first = proposed(cast)
    proposed(cast, OTHERWISE, jane(cast))
    assert states(cast) == [(2, AgreementState.PROPOSED), (1, AgreementState.COUNTERED)]
    with pytest.raises(acts.NotOpen):
        acts.agree(first, on=TODAY, speaker=jane(cast))


def test_a_declined_change_leaves_what_holds(cast: Cast) -> None:
    acts.agree(proposed(cast), on=TODAY, speaker=jane(cast))
    acts.decline(proposed(cast, OTHERWISE), words="Once is enough.", on=TODAY, speaker=jane(cast))
    assert states(cast) == [(2, AgreementState.DECLINED), (1, AgreementState.HOLDS)]


def test_either_key_ends_it_alone_and_a_new_one_may_begin(cast: Cast) -> None:
    for speaker in (maya(cast), jane(cast)):
        version = proposed(cast)
        acts.agree(version, on=TODAY, speaker=jane(cast))
        acts.end(version.agreement, speaker=speaker)
        assert states(cast) == [(1, AgreementState.ENDED)]
    assert Agreement.objects.count() == 2


def test_a_proposal_nobody_answered_in_time_has_lapsed(cast: Cast) -> None:
    version = proposed(cast, Proposal("A tasting.", IN_SPRING, answer_by=TODAY))
    assert states(cast, on=TODAY) == [(1, AgreementState.PROPOSED)]
    assert states(cast, on=TODAY + timedelta(days=1)) == [(1, AgreementState.LAPSED)]
    with pytest.raises(acts.NotOpen):
        acts.agree(version, on=TODAY + timedelta(days=1), speaker=jane(cast))


def test_the_same_proposed_twice_is_one_version(cast: Cast) -> None:
    assert proposed(cast) == proposed(cast)


def test_agreed_twice_it_is_agreed_once(cast: Cast) -> None:
    version = proposed(cast)
    assert acts.agree(version, on=TODAY, speaker=jane(cast)) == acts.agree(version, on=TODAY, speaker=jane(cast))


@pytest.mark.parametrize(
    "wrong",
    [
        Proposal(" ", IN_SPRING),
        Proposal("x" * 8_001, IN_SPRING),
        Proposal("A tasting.", IN_SPRING, bundles=["x"] * 41),
        Proposal("A tasting.", IN_SPRING, bundles=["x" * 501]),
    ],
)
def test_a_proposal_that_says_nothing_or_too_much_is_refused(cast: Cast, wrong: Proposal) -> None:
    with pytest.raises(acts.NothingProposed):
        proposed(cast, wrong)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    "wrong", [Proposal("A tasting.", TODAY), Proposal("A.", IN_SPRING, answer_by=TODAY - timedelta(days=1))]
)
def test_a_day_that_is_not_ahead_is_refused(cast: Cast, wrong: Proposal) -> None:
    with pytest.raises(acts.NotAhead):
        proposed(cast, wrong)


def test_the_digest_is_that_of_the_text_both_sides_take_along(cast: Cast) -> None:
    version = proposed(cast, Proposal("Café,\r\n  each   season.", IN_SPRING, bundles=["Maya sends the list."]))
    assert version.digest == hashlib.sha256(version.text.encode()).hexdigest()
    told = json.loads(version.text)
    assert told["together"] == "Café,\neach season."
    assert told["between"] == ["Harbour & Finch", "Jane Okafor"]


def test_letters_composed_otherwise_give_the_same_digest(cast: Cast) -> None:
    told = {
        "agreement_id": cast.with_jane.pk,
        "number": 1,
        "between": ["Zoë", "Ada"],
        "in_touch": "",
        "bundles": [],
        "parting": "",
        "look_again_on": IN_SPRING,
    }
    composed, apart = (unicodedata.normalize(form, "Zoë's café") for form in ("NFC", "NFD"))
    assert composed != apart
    one = canonical.text_of(together=composed, **told)  # type: ignore[arg-type]
    other = canonical.text_of(together=apart, **{**told, "between": ["Ada", "Zoë"]})  # type: ignore[arg-type]
    assert one == other


def test_an_agreement_that_says_how_to_be_in_touch_is_a_plan_for_the_gate(cast: Cast) -> None:
    ids = frozenset({cast.jane.pk})
    version = proposed(cast)
    assert not queries.history(ids, at=NOW).is_planned
    acts.agree(version, on=TODAY, speaker=jane(cast))
    assert queries.history(ids, at=NOW).is_planned
    acts.end(version.agreement, speaker=jane(cast))
    assert not queries.history(ids, at=NOW).is_planned


def test_their_key_told_by_a_member_is_marked_as_told(cast: Cast) -> None:
    version = proposed(cast)
    key = acts.agree(version, on=TODAY, speaker=Speaker.told(cast.jane, by=cast.maya, at=NOW))
    assert (key.voice, key.told_by) == ("told_by_us", cast.maya)


def test_an_agreement_of_a_closed_relationship_is_hidden_from_who_is_not_named(cast: Cast) -> None:
    acts.propose(cast.with_leona, WORDS, on=TODAY, speaker=maya(cast))
    assert AgreementVersion.objects.visible_to(cast.maya).exists()
    assert not AgreementVersion.objects.visible_to(cast.tom).exists()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    did=st.lists(
        st.tuples(st.sampled_from(["propose", "agree", "decline", "end"]), st.booleans(), st.integers(0, 3)), max_size=9
    )
)
def test_whatever_both_do_in_any_order_one_version_at_most_holds_and_with_both_keys(
    cast: Cast, did: list[tuple[str, bool, int]]
) -> None:
    Agreement.objects.all().delete()
    for act, is_ours, which in did:
        speaker = maya(cast) if is_ours else jane(cast)
        versions = list(AgreementVersion.objects.order_by("at", "number"))
        version = versions[which % len(versions)] if versions else None
        try:
            if act == "propose" or version is None:
                proposed(cast, Proposal(f"Words {which}", IN_SPRING), speaker)
            elif act == "end":
                acts.end(version.agreement, speaker=speaker)
            else:
                (acts.agree if act == "agree" else acts.decline)(version, on=TODAY, speaker=speaker)
        except (acts.NotOpen, acts.NotYourKey):
            pass
    for agreement in Agreement.objects.prefetch_related("versions__keys"):
        now = acts.states(agreement, on=TODAY)
        holding = [version for version, state in now if state == AgreementState.HOLDS]
        assert len(holding) <= 1
        assert not (holding and agreement.ended_at)
        for version in holding:
            assert {(key.is_ours, key.agrees) for key in version.keys.all()} == {(True, True), (False, True)}
        assert sum(state == AgreementState.PROPOSED for _version, state in now) <= 1
