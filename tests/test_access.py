"""Who gets which answer: every URL, for every visitor. A URL without a row fails, and so does a method without one.

Each row makes its thing anew for every visitor, about Jane for those who may see it and about Leona, whose relationship is
closed to all but Maya, for those outside. Not yours and not there are both 404; seen but not allowed is 403.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from ampersand.between import agreement as agreements
from ampersand.between import bringing
from ampersand.between import pulse as pulses
from ampersand.between.handing import HandingOver
from ampersand.between.models import AgreementVersion, Pulse
from ampersand.between.sealing import Answer
from ampersand.channels.models import Import
from ampersand.core import files
from ampersand.core.models import Source, SourceKind
from ampersand.core.rooms import Room
from ampersand.desk import keeping
from ampersand.desk.lists import editing, out_later
from ampersand.desk.lists.asked import Asked
from ampersand.desk.models import SavedSearch, SetAside
from ampersand.exchange import conceding
from ampersand.exchange.models import Concession, Negotiation, Offer
from ampersand.exchange.negotiating import actions as negotiating
from ampersand.members import actions as members
from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.notebook.models import Piece, PieceKind
from ampersand.parties import actions as parties
from ampersand.parties import merging, photos, sides, tags
from ampersand.parties.actions import Teller
from ampersand.parties.doubles import actions as doubles
from ampersand.parties.doubles.models import Double
from ampersand.parties.models import LineKind, Party
from ampersand.parties.speaking import Speaker
from ampersand.portal import actions as portal
from ampersand.portal.models import PageLink
from ampersand.promises import actions as promises
from ampersand.promises import backing_actions as backing
from ampersand.promises.actions import Wording
from ampersand.promises.models import EventKind, Promise
from ampersand.readings.models import Measure, Reading
from ampersand.terms import actions as terms
from ampersand.terms.messages import actions as outgoing
from ampersand.terms.messages import reached, snippets
from ampersand.terms.messages.actions import Written
from ampersand.terms.messages.models import Message
from ampersand.terms.messages.rules import To
from ampersand.terms.tests import writing
from ampersand.timeline.models import Attachment, Moment
from tests import cast as people
from tests.cast import NOW, TODAY, Cast
from tests.proven import prove

pytestmark = pytest.mark.django_db

VISITORS = ("signed out", "outside", "member", "tends", "steward", "steward outside")
# They come by another way in, and are tested in `test_access_from_outside.py` by the same table.
VISITORS_BY_LINK = ("link of another relationship", "link of this one")
# They have no URLs yet: the circle's guests and tokens of the API come in later parts.
NOT_YET = {
    "circle guest": "circles do not exist yet",
    "API token with a narrowed scope": "the API does not exist yet",
}

DOOR = "the door"
Answers = dict[str, Any]


def answers(
    signed_out: Any = DOOR, outside: Any = 404, member: Any = 200, tends: Any = None, steward: Any = None, **more: Any
) -> Answers:
    """One answer a visitor. Unless said, who tends and who is a steward get what any member gets, and a steward outside
    of a closed relationship what anybody outside gets."""
    return {
        "signed out": signed_out,
        "outside": outside,
        "member": member,
        "tends": member if tends is None else tends,
        "steward": member if steward is None else steward,
        "steward outside": more.get("steward_outside", outside),
        # A visit is no session: everywhere else they are signed out.
        "link of another relationship": more.get("other_link", signed_out),
        "link of this one": more.get("this_link", signed_out),
    }


PAGE, ACT = answers(), answers(member=302)
# The same for everybody who is signed in: nothing in the address names a row.
ALL, ALL_ACT = answers(outside=200), answers(outside=302, member=302)
STEWARDS = answers(outside=403, member=403, steward=200, steward_outside=200)
STEWARDS_ACT = answers(outside=403, member=403, steward=302, steward_outside=302)
# Only Maya's: she is the one who tends.
HERS, HERS_ACT = answers(member=404, tends=200), answers(member=404, tends=302)
# Of the page Between, which opens by a link alone.
THEIRS = answers(signed_out=401, outside=401, member=401, this_link=200, other_link=200)
THEIRS_ACT = answers(signed_out=401, outside=401, member=401, this_link=302, other_link=302)
HERS_ON_THE_PAGE = answers(signed_out=401, outside=401, member=401, this_link=302, other_link=404)
SHOWN_TO_HER = answers(signed_out=401, outside=401, member=401, this_link=200, other_link=404)
PUT_RIGHT_BY_HER = answers(signed_out=401, outside=401, member=401, this_link=422, other_link=404)
# Open to whoever holds the link.
ANYBODY, ANYBODY_ACT = answers(signed_out=200, outside=200), answers(signed_out=302, outside=302, member=302)


@dataclass(frozen=True)
class Making:
    """What a row makes its thing of: the cast, the party it is about, and who asks."""

    cast: Cast
    about: Party
    by: Member | None

    @property
    def teller(self) -> Teller:
        return Teller(at=NOW, by=self.cast.maya)


@dataclass(frozen=True)
class Row:
    name: str
    answers: Answers
    of: Callable[[Making], UUID | str | int | tuple[Any, ...]] | None = None
    method: str = "get"
    told: dict[str, Any] = field(default_factory=dict)

    def address(self, making: Making) -> str:
        told = self.of(making) if self.of else ()
        return reverse(self.name, args=told if isinstance(told, tuple) else [told])


# A day that is ahead wherever the test runs.
TOMORROW = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"


def relationship(making: Making) -> UUID:
    return making.about.relationship.pk


def party(making: Making) -> UUID:
    return making.about.pk


def terms_of(making: Making) -> UUID:
    """What they said of how they wish to be reached."""
    return terms.say(making.about, roster="work", said_at=NOW, teller=making.teller).pk


def speaking(making: Making) -> Speaker:
    """Maya, as herself."""
    return Speaker.ourselves(making.cast.maya.party, by=making.cast.maya, at=NOW)


def pulse(making: Making) -> UUID:
    """Asked, and answered by nobody."""
    today = timezone.localdate()
    return pulses.ask(
        making.about.relationship,
        ["How is it?"],
        closes_on=today + timedelta(days=7),
        on=today,
        speaker=speaking(making),
    ).pk


def opened_pulse(making: Making) -> UUID:
    told, today = Pulse.objects.get(pk=pulse(making)), timezone.localdate()
    for speaker in (speaking(making), Speaker.themselves(making.about, at=NOW)):
        pulses.answer(told, [Answer("Well")], on=today, speaker=speaker)
    return told.pk


def closed_pulse(making: Making) -> UUID:
    """Its day has passed with Maya's answer alone."""
    told, today = Pulse.objects.get(pk=pulse(making)), timezone.localdate()
    pulses.answer(told, [Answer("Well")], on=today, speaker=speaking(making))
    Pulse.objects.filter(pk=told.pk).update(closes_on=today - timedelta(days=1))
    return told.pk


def version(making: Making, speaker: Speaker | None = None) -> UUID:
    """Proposed by them, so that it waits for us."""
    today = timezone.localdate()
    proposal = agreements.Proposal("A tasting every season.", today + timedelta(days=90))
    them = speaker or Speaker.themselves(making.about, at=NOW)
    return agreements.propose(making.about.relationship, proposal, on=today, speaker=them).pk


def version_of_ours(making: Making) -> UUID:
    return version(making, speaking(making))


def agreement(making: Making) -> UUID:
    return AgreementVersion.objects.get(pk=version(making)).agreement_id


def link(making: Making) -> UUID:
    """Somebody else who is taken for them."""
    double = people.person("Somebody's double", kind=making.about.kind)
    return merging.merge(double, making.about, reason="one address", by=making.cast.maya, at=NOW).pk


def double(making: Making) -> UUID:
    """Somebody who may be them."""
    other = people.person("Somebody like them", kind=making.about.kind)
    pair = (min(making.about.pk, other.pk), max(making.about.pk, other.pk))
    doubles.propose([doubles.Found(pair, 0.9, (("family", "same"),))], at=NOW)
    return Double.objects.get(party=pair[0], other=pair[1]).pk


def trace(making: Making) -> UUID:
    """Heard of only, and working where what is closed is closed for them too."""
    heard = parties.name_party("Only heard of", teller=making.teller)
    place = making.cast.severn if making.about == making.cast.leona else making.cast.alder
    parties.works_at(heard, place, teller=making.teller)
    return heard.pk


def kept_by_maya(making: Making) -> UUID:
    return keeping.keep_trace(Party.objects.get(pk=trace(making)), by=making.cast.maya, at=NOW).pk


def moment(making: Making) -> UUID:
    return people.moment(making.about, by=making.cast.maya, words="Talked about mugs.").pk


def just_met(making: Making) -> UUID:
    return people.moment(making.about, by=making.cast.maya, at=timezone.now() - timedelta(hours=1)).pk


def mail(making: Making) -> UUID:
    return people.moment(making.about, by=making.cast.maya, mode="mail", words="Which mugs?", roles=["from"]).pk


def message(making: Making) -> UUID:
    """Being written by Maya."""
    writing.reachable(making.about, "them@alder.example", told_by=making.cast.maya)
    written = Written("The price list", "Here it is.", "work", [To(making.about, "them@alder.example")])
    return outgoing.write(making.about.relationship, written, by=making.cast.maya, at=NOW).pk


def message_sent_off(making: Making) -> UUID:
    return outgoing.send_off(Message.objects.get(pk=message(making)), by=making.cast.maya, at=NOW).pk


def copy_of_message(making: Making) -> UUID:
    return Message.objects.get(pk=message_sent_off(making)).receivers.get().pk


def enclosure(making: Making) -> int:
    kept = files.keep(b"prices", at=NOW)
    return outgoing.enclose(Message.objects.get(pk=message(making)), kept, name="prices.csv", by=making.cast.maya).pk


def mayas_snippet(making: Making) -> UUID:
    return snippets.keep(name="Thanks", words="Thank you.", by=making.cast.maya).pk


def link_in_the_foot(making: Making) -> str:
    return reached.token(Message.objects.get(pk=message_sent_off(making)).receivers.get())


def telling(making: Making) -> UUID:
    told = people.moment(making.about, by=making.cast.maya, key="event:1")
    source = Source.objects.create(kind=SourceKind.CALENDAR, made_at=NOW)
    from ampersand.timeline.actions import Happening, Taker, join

    happening = Happening(
        mode="visit", happened_at=NOW, zone="UTC", takers=[Taker(making.about)], key="event:1", subject="Mugs"
    )
    return join(told, happening, teller=Teller(at=NOW, by=making.cast.maya, source=source)).pk


def negotiated(making: Making) -> Negotiation:
    of = making.about.relationship
    return negotiating.begin(of, about="Beans", member=making.cast.maya, teller=making.teller)


def negotiation(making: Making) -> UUID:
    return negotiated(making).pk


def offer(making: Making) -> UUID:
    """One of ours, open, with a file."""
    kept = files.keep(b"prices", at=NOW, media_type="text/csv")
    speaker = people.says(making.cast.maya)
    return negotiating.put(negotiated(making), words="EUR 18", speaker=speaker, files=[(kept, "prices.csv")]).pk


def accepted_offer(making: Making) -> UUID:
    accepted = Offer.objects.get(pk=offer(making))
    return negotiating.accept(accepted, speaker=people.tells(making.cast.maya, making.about)).offer_id


def offer_file(making: Making) -> int:
    return Offer.objects.get(pk=offer(making)).files.get().pk


def offered_negotiation(making: Making) -> UUID:
    """With an offer of ours, so that they see it too."""
    return Offer.objects.get(pk=offer(making)).negotiation_id


def their_offer(making: Making) -> UUID:
    speaker = Speaker.themselves(making.about, at=NOW)
    return negotiating.put(negotiated(making), words="EUR 15", speaker=speaker).pk


def given_by_them(making: Making) -> UUID:
    """Something they offered to give, in their own word."""
    speaker, to = Speaker.themselves(making.about, at=NOW), making.cast.maya.party
    return conceding.give(
        speaker=speaker,
        to=to,
        relationship=making.about.relationship,
        words="waited",
        happened_on=TODAY,
        is_tentative=True,
    ).pk


def given_and_shared(making: Making) -> UUID:
    given = tentative(making)
    Concession.objects.filter(pk=given).update(room="between")
    return given


def tentative(making: Making) -> UUID:
    """Something we offered to give, which may still be drawn back."""
    speaker, of = people.says(making.cast.maya), making.about.relationship
    return conceding.give(
        speaker=speaker, to=making.about, relationship=of, words="waived", happened_on=TODAY, is_tentative=True
    ).pk


def our_promise(making: Making) -> UUID:
    return people.promise(making.cast.maya.party, making.about, told_by=making.cast.maya).pk


def their_promise(making: Making) -> UUID:
    return people.promise(making.about, making.cast.maya.party, told_by=making.cast.maya).pk


def said_by_maya(making: Making) -> UUID:
    theirs = people.promise(making.about, making.cast.maya.party, told_by=making.cast.maya)
    return promises.call(theirs, EventKind.KEPT, speaker=people.says(making.cast.maya, at=NOW)).pk


def offered_by_maya(making: Making) -> UUID:
    """Offered, and nobody has answered."""
    speaker = people.says(making.cast.maya)
    return promises.offer(
        Wording("price list"), to=making.about, relationship=making.about.relationship, speaker=speaker
    ).pk


def offered_by_them(making: Making) -> UUID:
    speaker = people.tells(making.cast.maya, making.about)
    to, of = making.cast.maya.party, making.about.relationship
    return promises.offer(Wording("the volumes"), to=to, relationship=of, speaker=speaker).pk


def taken_as_promised(making: Making) -> UUID:
    speaker = people.tells(making.cast.maya, making.about)
    by, of = making.cast.maya.party, making.about.relationship
    return promises.take_as_promised(Wording("a call first"), by=by, relationship=of, speaker=speaker).pk


def day_proposed_by_them(making: Making) -> UUID:
    promise = Promise.objects.get(pk=their_promise(making))
    at = people.tells(making.cast.maya, making.about)
    promises.propose_move(promise, due_on=TODAY + timedelta(days=900), speaker=at)
    return promise.pk


def release_asked_by_them(making: Making) -> UUID:
    promise = Promise.objects.get(pk=their_promise(making))
    promises.ask_release(promise, speaker=people.tells(making.cast.maya, making.about))
    return promise.pk


def in_the_houses_name(making: Making) -> UUID:
    speaker = people.says(making.cast.maya)
    of = making.about.relationship
    return promises.offer(
        Wording("24 hours"), to=making.about, relationship=of, in_houses_name=True, speaker=speaker
    ).pk


def leaning(making: Making) -> UUID:
    ours, theirs = (Promise.objects.get(pk=make(making)) for make in (our_promise, their_promise))
    return backing.lean(ours, on=theirs, teller=making.teller).pk


def asked_of_tom(making: Making) -> UUID:
    """For the sake of them, by Maya: only these two see it."""
    of = making.about.relationship
    speaker = people.says(making.cast.maya)
    return promises.ask(Wording("the dates"), by=making.cast.tom.party, about=of, speaker=speaker).pk


def mayas_absence(making: Making) -> UUID:
    maya = making.cast.maya
    until_on = TODAY + timedelta(days=900)
    return backing.be_away(maya, from_on=TODAY, until_on=until_on, stands_in=making.cast.tom, by=maya, at=NOW).pk


def question(making: Making) -> UUID:
    return people.line(making.about, told_by=making.cast.maya, kind=LineKind.WONDER).pk


def _handed(making: Making, by: Member, to: Member, **more: Any) -> UUID:
    told = {"relationship": making.about.relationship, "from_on": TODAY, "at": NOW, **more}
    return HandingOver.objects.create(by=by.party, to=to.party, **told).pk


def handed_to_maya(making: Making) -> UUID:
    """It waits for her word."""
    return _handed(making, making.cast.ruth, making.cast.maya)


def handed_by_maya(making: Making) -> UUID:
    return _handed(making, making.cast.maya, making.cast.ruth)


def handed_over(making: Making) -> UUID:
    """Accepted, so that both sides see it."""
    return _handed(making, making.cast.maya, making.cast.ruth, accepted_at=NOW)


def planned_visit(making: Making) -> UUID:
    """One to which Maya goes."""
    return people.moment(making.about, by=making.cast.maya, at=timezone.now() + timedelta(days=3)).pk


def question_shared(making: Making) -> UUID:
    """A question of ours that lies between."""
    asked = people.line(making.about, words="Who comes?", told_by=making.cast.maya, kind=LineKind.WONDER)
    return sides.share(asked, speaker=people.says(making.cast.maya)).pk


def line_of_theirs(making: Making) -> UUID:
    """What matters to them, in their own word."""
    speaker = Speaker.themselves(making.about, at=NOW)
    return sides.tell(making.about.relationship, kind=LineKind.MATTERS, words="quiet", speaker=speaker).pk


def identifier(making: Making) -> UUID:
    return parties.tell_identifier(making.about, kind="email", value="x@alder.example", teller=making.teller).pk


def detail(making: Making) -> UUID:
    return parties.tell_detail(making.about, label="city", value="Bristol", teller=making.teller).pk


def tag(making: Making) -> UUID:
    told = tags.tell_tag(making.about, word="fair", teller=making.teller)
    assert told is not None
    return told.pk


def attached(making: Making) -> int:
    """What came with a moment of theirs."""
    kept = files.keep(b"terms", at=NOW, media_type="application/pdf")
    return Attachment.objects.create(moment_id=moment(making), file=kept, name="Terms.pdf").pk


def with_photo(making: Making) -> UUID:
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    photos.keep_photo(making.about, sent=drawn.getvalue(), teller=making.teller)
    return making.about.pk


def tie_to_what_anybody_sees(making: Making) -> UUID:
    """An edge shows both its ends: the far one is open to all."""
    far = people.person("Ole Berg")
    return parties.tell_tie(kind="advises", from_party=far, to_party=making.about, teller=making.teller).pk


def reading_she_sees(making: Making) -> str:
    """It rests on one moment, which lies between the two."""
    happened = people.moment(making.about, by=making.cast.maya, words="A question")
    Moment.objects.filter(pk=happened.pk).update(room="between")
    told = {"rule_version": 1, "says": "our_move", "since_on": TODAY, "count": 1, "as_of": NOW, "as_known_at": NOW}
    of = {"relationship": making.about.relationship, "measure": Measure.WHOSE_MOVE}
    Reading.objects.get_or_create(**of, defaults=told | {"evidence": [happened.pk]})
    return str(Measure.WHOSE_MOVE.value)


def named_by_them(making: Making) -> UUID:
    return bringing.name(
        making.about.relationship, name="Ines Roy", address="", why="the bar", by=making.about, at=NOW
    ).pk


def a_measure(_making: Making) -> str:
    return Measure.QUIET.value


def reading(making: Making) -> UUID:
    return Reading.objects.create(
        relationship=making.about.relationship,
        measure=Measure.QUIET,
        rule_version=1,
        says="too_early",
        as_known_at=NOW,
        as_of=NOW,
    ).pk


def mayas_note(making: Making) -> UUID:
    return people.note(making.cast.maya, "She hums while she reads.", about=making.about.relationship).pk


def mayas_piece(making: Making) -> UUID:
    note = people.note(making.cast.maya, "She wants the volumes.", about=making.about.relationship)
    promise = people.promise(making.cast.maya.party, making.about, told_by=making.cast.maya)
    return Piece.objects.create(note=note, kind=PieceKind.PROMISE, start=0, end=3, fact_id=promise.pk).pk


def mayas_set_aside(making: Making) -> UUID:
    return SetAside.objects.create(
        member=making.cast.maya, relationship=making.about.relationship, kind="not_now", reason="quiet", at=NOW
    ).pk


def mayas_search(making: Making) -> UUID:
    """Asks for somebody, so that it tells of them."""
    told = {"words": making.about.name}
    return SavedSearch.objects.create(member=making.cast.maya, name="Mine", asked=told, made_at=NOW).pk


def mayas_list_made(making: Making) -> UUID:
    return out_later.ask(Asked(), by=making.cast.maya, at=timezone.now())


def mayas_list_edit(making: Making) -> UUID:
    told = editing.Told(kind="tag", word="fair")
    return editing.carry_out(told, [making.about.relationship.pk], by=making.cast.maya, at=NOW).pk


def mayas_import(making: Making) -> UUID:
    source = Source.objects.create(kind=SourceKind.MAIL, label="box.mbox", made_at=NOW)
    return Import.objects.create(
        member=making.cast.maya, source=source, kind="mail", digest="d" * 64, began_at=NOW, ended_at=NOW, item_count=0
    ).pk


def colleague(making: Making) -> UUID:
    return people.member("Pavel Novak").pk


def team(making: Making) -> UUID:
    return members.name_team("Hotels", by=making.cast.ruth, at=NOW).pk


def invitation(making: Making) -> UUID:
    return members.invite("ida@mill.example", by=making.cast.ruth, at=NOW)[0].pk


def invitation_secret(making: Making) -> str:
    return members.invite("ida@mill.example", by=making.cast.ruth, at=timezone.now())[1]


def sign_in_secret(making: Making) -> str:
    return members.make_sign_in_link(making.cast.tom, at=timezone.now())


def founding_secret(making: Making) -> str:
    return members.make_sign_in_link(None, at=timezone.now())


def mayas_passkey(making: Making) -> int:
    data = {"name": "Laptop", "credential": {}}
    key = Authenticator.objects.create(user=making.cast.maya, type=Authenticator.Type.WEBAUTHN, data=data)
    return int(key.pk)


def page_link(making: Making) -> UUID:
    return _given_link(making)[0].pk


def page_link_secret(making: Making) -> str:
    return _given_link(making)[1]


def _given_link(making: Making) -> tuple[PageLink, str]:
    """The way to their own page."""
    address = parties.tell_identifier(
        making.about, kind="email", value="link@alder.example", teller=making.teller
    ).value
    at = timezone.now()
    return portal.give_link(making.about.relationship, address=address, days=30, by=making.cast.maya, at=at)


def called_kept_on_the_page(making: Making) -> tuple[UUID, str]:
    made = our_promise(making)
    Promise.objects.filter(pk=made).update(room=Room.BETWEEN)
    return made, "kept"


def promised_by_her_on_the_page(making: Making) -> UUID:
    made = their_promise(making)
    Promise.objects.filter(pk=made).update(room=Room.BETWEEN)
    return made


def met_between(making: Making) -> UUID:
    made = people.moment(making.about, by=making.cast.maya, mode="visit", at=NOW)
    Moment.objects.filter(pk=made.pk).update(room=Room.BETWEEN)
    return made.pk


def nothing(making: Making) -> str:
    return "nothing"


ENTRY = str(uuid4())
NEW_DAY = {"due_on": "2099-01-01"}
NAME = {"name": "Ole Berg", "kind": "person"}
HOUSE = {"currency": "GBP", "country": "GB", "time_zone": "Europe/London", "language": "en", "mail_bodies": "excerpt"}

OFFERED = {"words": "EUR 18", "line-TOTAL_FORMS": "0", "line-INITIAL_FORMS": "0"}
TABLE = [
    # the door
    Row("account_login", answers(signed_out=200, outside=302, member=302)),
    Row(
        "account_login", answers(signed_out=200, outside=302, member=302), method="post", told={"login": "x@x.example"}
    ),
    Row("account_request_login_code", answers(signed_out=200, outside=302, member=302)),
    Row(
        "account_request_login_code",
        answers(signed_out=302, outside=302, member=302),
        method="post",
        told={"email": "x@x.example"},
    ),
    Row("account_confirm_login_code", answers(signed_out=302, outside=302, member=302)),
    Row("account_confirm_login_code", answers(signed_out=302, outside=302, member=302), method="post"),
    Row("account_signup", answers(signed_out=200, outside=302, member=302)),
    Row("account_signup", answers(signed_out=200, outside=302, member=302), method="post"),
    Row("account_inactive", ANYBODY),
    Row("account_logout", answers(signed_out=302, outside=200)),
    Row("account_logout", ANYBODY_ACT, method="post"),
    Row("account_email", ALL),
    Row("account_email", ALL_ACT, method="post", told={"email": "new@mill.example", "action_add": ""}),
    Row("account_confirm_email", ANYBODY, nothing),
    Row("account_confirm_email", answers(signed_out=404, outside=404, member=404), nothing, "post"),
    Row("account_set_password", ALL),
    Row(
        "account_set_password",
        ALL_ACT,
        method="post",
        told={"password1": "forty bags of beans", "password2": "forty bags of beans"},
    ),
    # Without a password there is none to change: that page sends to the one above.
    Row("account_change_password", ALL_ACT),
    Row("account_change_password", ALL_ACT, method="post"),
    Row("mfa_login_webauthn", ANYBODY_ACT),
    Row("mfa_login_webauthn", ANYBODY_ACT, method="post", told={"credential": "{}"}),
    # Nobody is half way in.
    Row("mfa_authenticate", ANYBODY_ACT),
    Row("mfa_authenticate", ANYBODY_ACT, method="post", told={"code": "000000"}),
    # No service is set.
    Row("openid_connect_login", answers(signed_out=404, outside=404, member=404)),
    Row("openid_connect_callback", answers(signed_out=404, outside=404, member=404)),
    Row("mfa_index", ALL),
    Row("mfa_add_webauthn", ALL),
    Row("mfa_add_webauthn", answers(outside=422, member=422), method="post", told={"credential": "{}"}),
    Row("mfa_edit_webauthn", answers(outside=404, member=404, tends=200), mayas_passkey),
    Row("mfa_edit_webauthn", answers(outside=404, member=404, tends=302), mayas_passkey, "post", {"name": "Desk"}),
    Row("mfa_remove_webauthn", answers(outside=404, member=404, tends=200), mayas_passkey),
    Row("mfa_remove_webauthn", answers(outside=404, member=404, tends=302), mayas_passkey, "post"),
    Row("mfa_activate_totp", ALL),
    Row("mfa_activate_totp", answers(outside=422, member=422), method="post", told={"code": "000000"}),
    # Nobody has an app or spare codes.
    Row("mfa_deactivate_totp", answers(outside=404, member=404)),
    Row("mfa_deactivate_totp", answers(outside=404, member=404), method="post"),
    Row("mfa_view_recovery_codes", answers(outside=404, member=404)),
    Row("mfa_generate_recovery_codes", ALL),
    Row("mfa_generate_recovery_codes", ALL, method="post"),
    Row("mfa_download_recovery_codes", answers(outside=404, member=404)),
    Row("end_session", ALL_ACT, nothing, "post"),
    Row("step_up", ALL),
    Row("step_up_password", answers(outside=422, member=422), method="post", told={"password": "wrong"}),
    Row("step_up_code", answers(outside=422, member=422), method="post", told={"code": "000000"}),
    Row("step_up_passkey", answers(outside=422, member=422), method="post", told={"credential": "{}"}),
    Row("step_up_letter", ALL, method="post"),
    Row("step_up_letter_code", answers(outside=422, member=422), method="post", told={"code": "AAAA"}),
    Row("sign_in_link", ANYBODY, sign_in_secret),
    Row("sign_in_link", ANYBODY_ACT, sign_in_secret, "post"),
    Row("desk:invitation", ANYBODY, invitation_secret),
    Row("desk:invitation", ANYBODY_ACT, invitation_secret, "post", {"name": "Ida"}),
    Row("desk:found", ANYBODY, founding_secret),
    # The house stands already, so nobody founds it.
    Row(
        "desk:found", answers(signed_out=410, outside=410, member=410), founding_secret, "post", {"member_name": "Eve"}
    ),
    # Today and the notebook
    Row("desk:today", ALL),
    Row("desk:not_now", ACT, relationship, "post"),
    Row("desk:let_rest", ACT, relationship, "post"),
    Row("desk:keep_named", ACT, named_by_them, "post"),
    Row("desk:leave_named", ACT, named_by_them, "post"),
    Row("desk:take_back", HERS_ACT, mayas_set_aside, "post"),
    Row("desk:write", ALL),
    Row("desk:understood", ALL, method="post", told={"words": "Visited Leona Marsh of Severn Vale Hospitals."}),
    Row("desk:whom", ALL),
    Row("desk:keep_note", ALL_ACT, method="post", told={"words": "Rain all day."}),
    Row("desk:note", HERS, mayas_note),
    Row("desk:undo_note", HERS_ACT, mayas_note, "post"),
    Row("desk:share_note", HERS_ACT, mayas_note, "post"),
    Row("desk:put_piece_right", HERS, mayas_piece),
    Row("desk:put_piece_right", answers(member=404, tends=422), mayas_piece, "post"),
    Row("desk:take_back_piece", HERS_ACT, mayas_piece, "post"),
    Row("desk:bring_back_piece", HERS_ACT, mayas_piece, "post"),
    # relationships and what stands in them
    Row("desk:search", ALL),
    Row("desk:map", ALL),
    Row("desk:relationships", ALL),
    Row("desk:list_columns", ALL_ACT, method="post", told={"column": ["tags", "known"]}),
    Row("desk:edit_list", answers(outside=422, member=422), method="post", told={"what": "tend"}),
    Row("desk:undo_list_edit", HERS_ACT, mayas_list_edit, "post"),
    Row("desk:list_out", ALL),
    Row("desk:list_out", ALL, method="post", told={"kind": "csv"}),
    Row("desk:list_out_later", HERS, mayas_list_made),
    # It is asked for, and not made yet.
    Row("desk:list_out_file", answers(member=404), mayas_list_made),
    Row("desk:save_search", ALL),
    Row("desk:save_search", ALL_ACT, method="post", told={"name": "Those"}),
    Row("desk:change_search", HERS, mayas_search),
    Row("desk:change_search", HERS_ACT, mayas_search, "post", {"name": "Those"}),
    Row("desk:remove_search", HERS_ACT, mayas_search, "post"),
    Row("desk:relationship", PAGE, relationship),
    Row("desk:moments", PAGE, relationship),
    Row("desk:own_way", PAGE, relationship),
    Row("desk:tend", ACT, relationship, "post"),
    Row("desk:stop_tending", ACT, relationship, "post"),
    Row("desk:between", PAGE, relationship),
    Row(
        "desk:ask_pulse",
        ACT,
        relationship,
        "post",
        {"ask-both-question_0": "How is it?", "ask-both-closes_on": TOMORROW},
    ),
    Row(
        "desk:propose_agreement",
        ACT,
        relationship,
        "post",
        {"propose-together": "A tasting.", "propose-look_again_on": TOMORROW},
    ),
    Row("desk:ask_worth", ACT, just_met, "post"),
    Row("desk:pulse_answer", answers(member=422), pulse, "post"),
    Row("desk:pulse_otherwise", answers(member=422), pulse, "post"),
    Row("desk:pulse_decline", ACT, pulse, "post"),
    Row("desk:pulse_reply", answers(member=422), opened_pulse, "post"),
    Row("desk:pulse_open", answers(member=422, tends=302), closed_pulse, "post"),
    Row("desk:pulse_burn", answers(member=422, tends=302), closed_pulse, "post"),
    Row("desk:version_agree", ACT, version, "post"),
    Row("desk:version_told", ACT, version_of_ours, "post"),
    Row("desk:version_decline", ACT, version, "post"),
    Row("desk:version_text", PAGE, version),
    Row("desk:agreement_end", ACT, agreement, "post"),
    Row("desk:terms", PAGE, relationship),
    Row("desk:terms", ACT, relationship, "post", {"roster": "work", "zone": "Europe/London"}),
    Row("desk:bring_terms", answers(member=422), relationship, "post"),
    Row("desk:answer_terms", ACT, terms_of, "post", {"kind": "accepts"}),
    Row("desk:withdraw_terms", ACT, terms_of, "post"),
    Row("desk:terms_file", PAGE, terms_of),
    Row("desk:terms_receipt", PAGE, terms_of),
    Row("desk:write_message", PAGE, relationship),
    Row("desk:write_message", ACT, relationship, "post", {"purpose": "work"}),
    Row("desk:tell_touched", PAGE, relationship),
    Row("desk:tell_touched", PAGE, relationship, "post", {"act": "look"}),
    # Nobody outside of a conversation answers it.
    Row("desk:answer_mail", ACT, mail),
    Row("desk:messages", ALL),
    Row("desk:negotiations", ALL),
    Row("desk:negotiate", PAGE, relationship),
    Row("desk:negotiate", ACT, relationship, "post", {"about": "Beans"}),
    Row("desk:negotiation", PAGE, negotiation),
    Row("desk:negotiation_day", ACT, negotiation, "post", {"words": "after our board"}),
    Row("desk:open_question", ACT, negotiation, "post", {"kind": "price"}),
    Row("desk:weigh", ACT, negotiation, "post"),
    Row("desk:put_offer", PAGE, negotiation),
    Row("desk:put_offer", ACT, negotiation, "post", OFFERED),
    Row("desk:put_their_offer", PAGE, negotiation),
    Row("desk:put_their_offer", ACT, negotiation, "post", OFFERED),
    Row("desk:accept_offer", ACT, offer, "post"),
    Row("desk:decline_offer", ACT, offer, "post"),
    Row("desk:withdraw_offer", ACT, offer, "post"),
    Row("desk:follow_offer", PAGE, accepted_offer),
    Row("desk:follow_offer", ACT, accepted_offer, "post"),
    Row("desk:offer_paper", PAGE, offer),
    Row("desk:offer_file", PAGE, offer_file),
    Row("desk:give_take", PAGE, relationship),
    Row("desk:give_take", ACT, relationship, "post", {"words": "two deliveries"}),
    Row("desk:give_take_off", ACT, relationship, "post"),
    Row("desk:give_take_on", ACT, relationship, "post"),
    Row("desk:concession_cost", PAGE, tentative),
    Row("desk:concession_cost", ACT, tentative, "post", {"words": "an hour"}),
    Row("desk:concession_worth", PAGE, tentative),
    Row("desk:concession_worth", ACT, tentative, "post", {"words": "a lot"}),
    Row("desk:concession_firm", ACT, tentative, "post"),
    Row("desk:concession_back", ACT, tentative, "post"),
    Row("desk:concession_gift", ACT, tentative, "post"),
    # What is being written is its writer's alone, and what has gone is for whoever sees those it went to.
    Row("desk:draft", HERS, message),
    Row("desk:draft", HERS_ACT, message, "post", {"purpose": "work"}),
    Row("desk:discard_message", HERS_ACT, message, "post"),
    Row("desk:leave_file_out", HERS_ACT, enclosure, "post"),
    Row("desk:message", PAGE, message_sent_off),
    Row("desk:take_message_back", answers(member=403, tends=302), message_sent_off, "post"),
    Row("desk:try_message_again", answers(member=403, tends=302), copy_of_message, "post"),
    Row("desk:snippets", ALL),
    Row("desk:snippets", ALL_ACT, method="post", told={"name": "Greeting", "words": "Good morning"}),
    Row("desk:snippet", HERS, mayas_snippet),
    Row("desk:snippet", HERS_ACT, mayas_snippet, "post", {"name": "Greeting", "words": "Good day"}),
    Row("desk:remove_snippet", HERS_ACT, mayas_snippet, "post"),
    Row("desk:reached", ANYBODY, link_in_the_foot),
    Row("desk:reached", answers(signed_out=200, outside=200), link_in_the_foot, "post", {"wish": "rest"}),
    Row("desk:who_sees", PAGE, relationship),
    Row("desk:who_sees", answers(member=403, tends=302), relationship, "post"),
    Row("desk:hand_over", answers(member=403, tends=422), relationship, "post"),
    Row("desk:reopen", answers(member=403, tends=302), relationship, "post"),
    Row("desk:why", PAGE, reading),
    Row("desk:rule", ALL, a_measure),
    Row("desk:moment", PAGE, moment),
    Row("desk:visit", PAGE, planned_visit),
    Row("desk:visit", answers(member=403, tends=302), planned_visit, "post", {"choice": "call"}),
    Row("desk:file", PAGE, attached),
    Row("desk:take_apart", ACT, telling, "post"),
    Row("desk:before", PAGE, relationship),
    Row("desk:handing_over", PAGE, relationship),
    Row("desk:handing_over", answers(member=403, tends=422), relationship, "post"),
    Row("desk:accept_handing", answers(member=403, tends=302), handed_to_maya, "post"),
    Row("desk:decline_handing", answers(member=403, tends=302), handed_to_maya, "post"),
    Row("desk:withdraw_handing", answers(member=403, tends=302), handed_by_maya, "post"),
    Row("desk:sides", PAGE, relationship),
    Row("desk:write_theirs", ACT, relationship, "post", {"kind": "matters", "words": "quiet"}),
    Row("desk:write_ours", ACT, relationship, "post", {"kind": "hope", "words": "two more years"}),
    Row("desk:write_wonder", ACT, relationship, "post", {"words": "Who signs?"}),
    Row("desk:line_change", PAGE, question),
    Row("desk:line_change", ACT, question, "post", {"words": "Who signs?"}),
    Row("desk:line_share", PAGE, question),
    Row("desk:line_share", ACT, question, "post"),
    Row("desk:line_withdraw", ACT, question, "post"),
    Row("desk:answered", ACT, question, "post"),
    # parties
    Row("desk:new_party", ALL),
    Row("desk:new_party", ALL_ACT, method="post", told=NAME),
    Row("desk:party", PAGE, party),
    Row("desk:edit_party", PAGE, party),
    Row("desk:edit_party", ACT, party, "post", NAME),
    Row("desk:same", PAGE, party),
    # Nobody is named as the other: the page asks whom.
    Row("desk:same", PAGE, party, "post"),
    Row("desk:two_after_all", PAGE, link),
    Row("desk:two_after_all", ACT, link, "post"),
    Row("desk:keep_traces", ALL_ACT, method="post"),
    Row("desk:keep_trace", ACT, trace, "post"),
    Row("desk:take_back_keeping", answers(member=403, tends=302), kept_by_maya, "post"),
    Row("desk:traces", ALL),
    Row("desk:doubles", ALL),
    Row("desk:doubles_together", ALL),
    # None is ticked.
    Row("desk:doubles_together", answers(outside=422, member=422), method="post"),
    Row("desk:doubles_two_again", answers(member=403, tends=302), link, "post"),
    Row("desk:double_same", ACT, double, "post"),
    Row("desk:double_two", ACT, double, "post"),
    Row("desk:double_later", ACT, double, "post"),
    Row("desk:tag_party", ACT, party, "post", {"word": "fair"}),
    Row("desk:withdraw_tag", ACT, tag, "post"),
    Row("desk:tell_detail", ACT, party, "post", {"label": "birthday", "value": "14 May"}),
    Row("desk:photo", PAGE, with_photo),
    Row("desk:photo", answers(member=422), with_photo, "post"),
    Row("desk:withdraw_identifier", ACT, identifier, "post"),
    Row("desk:withdraw_detail", ACT, detail, "post"),
    Row("desk:tell_tie", answers(member=200), party),
    Row("desk:tell_tie", ACT, party, "post", {"whom": "Sami Haddad", "which": "new", "how": "advises:back"}),
    Row("desk:end_tie", ACT, tie_to_what_anybody_sees, "post"),
    Row("desk:withdraw_tie", ACT, tie_to_what_anybody_sees, "post"),
    Row("desk:erase_party", answers(member=403, steward=200), party),
    Row("desk:erase_party", answers(member=403, steward=302), party, "post", {"word": "erase"}),
    # promises
    Row("desk:promises", ALL),
    Row("desk:promise", PAGE, our_promise),
    Row("desk:new_promise", ALL),
    Row("desk:new_promise", answers(outside=422, member=422), method="post"),
    Row("desk:promise_load", ALL),
    Row("desk:public_promises", ALL),
    Row("desk:public_promises", ALL_ACT, method="post", told={"words": "An answer within 24 hours"}),
    Row("desk:ask_colleague", ALL),
    Row("desk:ask_colleague", answers(outside=422, member=422), method="post"),
    Row("desk:accept_promise", ACT, offered_by_them, "post"),
    Row("desk:counter_promise", PAGE, offered_by_them),
    Row("desk:counter_promise", ACT, offered_by_them, "post", {"words": "all the volumes"}),
    Row("desk:decline_promise", ACT, offered_by_them, "post"),
    Row("desk:withdraw_promise", ACT, offered_by_maya, "post"),
    Row("desk:confirm_promise", ACT, taken_as_promised, "post"),
    Row("desk:agree_day", ACT, day_proposed_by_them, "post"),
    Row("desk:refuse_day", ACT, day_proposed_by_them, "post"),
    Row("desk:hold_to_promise", ACT, release_asked_by_them, "post"),
    Row("desk:their_word", PAGE, our_promise),
    Row("desk:their_word", ACT, our_promise, "post", {"kind": "kept"}),
    Row("desk:name_promise_over", PAGE, in_the_houses_name),
    # Nobody but who stands for it hands it over, and anybody may take it over themselves.
    Row("desk:name_promise_over", answers(member=422), in_the_houses_name, "post", {"to": "nobody"}),
    Row("desk:promise_late", PAGE, our_promise),
    Row("desk:promise_late", ACT, our_promise, "post", {"says_so": "It is late.", **NEW_DAY}),
    Row("desk:ask_first", PAGE, our_promise),
    Row("desk:ask_first", answers(member=422), our_promise, "post"),
    Row("desk:lean_promise", PAGE, our_promise),
    Row("desk:lean_promise", answers(member=422), our_promise, "post"),
    Row("desk:lean_no_more", ACT, leaning, "post"),
    # What Maya asked of Tom. Of Leona, whom only she may see, he is not shown it.
    Row("desk:pass_on", answers(member=200, steward=404), asked_of_tom),
    Row("desk:pass_on", answers(member=422, steward=404), asked_of_tom, "post"),
    Row("desk:away", ALL),
    Row("desk:away", answers(outside=422, member=422), method="post"),
    Row("desk:be_back", answers(outside=403, member=403, tends=302), mayas_absence, "post"),
    Row("desk:promise_why", PAGE, our_promise),
    Row("desk:say_done", ACT, our_promise, "post"),
    Row("desk:say_kind", ACT, our_promise, "post", {"kind": "pay"}),
    Row("desk:say_kind", ACT, their_promise, "post", {"kind": "pay"}),
    Row("desk:ask_release", ACT, our_promise, "post"),
    Row("desk:move_promise", PAGE, our_promise),
    Row("desk:move_promise", ACT, our_promise, "post", NEW_DAY),
    Row("desk:call_kept", ACT, their_promise, "post"),
    Row("desk:call_partly", ACT, their_promise, "post"),
    Row("desk:call_not_kept", ACT, their_promise, "post"),
    Row("desk:release_promise", ACT, their_promise, "post"),
    # Nobody takes back another's words.
    Row("desk:take_back_said", answers(member=403, tends=302), said_by_maya, "post"),
    # the page Between
    Row("portal:given", PAGE, relationship),
    # No address is chosen.
    Row("portal:given", answers(member=422), relationship, "post"),
    Row("portal:revoke_link", ACT, page_link, "post"),
    Row("portal:share_promise", ACT, our_promise, "post"),
    Row("portal:share_concession", ACT, tentative, "post"),
    Row("portal:link", ANYBODY, page_link_secret),
    Row("portal:send_code", ANYBODY_ACT, page_link_secret, "post"),
    Row("portal:code", ANYBODY, page_link_secret),
    Row("portal:code", answers(signed_out=422, outside=422, member=422), page_link_secret, "post"),
    Row("portal:close", ANYBODY, method="post"),
    Row("portal:page", THEIRS),
    Row("portal:say", HERS_ON_THE_PAGE, called_kept_on_the_page, "post", {"entry": ENTRY}),
    Row("portal:say_kind", HERS_ON_THE_PAGE, promised_by_her_on_the_page, "post", {"kind": "pay", "entry": ENTRY}),
    Row("portal:ask", THEIRS_ACT, method="post", told={"ask-words": "A word?", "ask-entry": ENTRY}),
    Row("portal:side", THEIRS_ACT, method="post", told={"kind": "matters", "words": "quiet", "entry": ENTRY}),
    Row("portal:side_question", THEIRS_ACT, method="post", told={"words": "Who comes?", "entry": ENTRY}),
    Row("portal:line_change", SHOWN_TO_HER, line_of_theirs),
    Row("portal:line_change", HERS_ON_THE_PAGE, line_of_theirs, "post", {"words": "louder", "entry": ENTRY}),
    Row("portal:line_withdraw", HERS_ON_THE_PAGE, line_of_theirs, "post", {"entry": ENTRY}),
    Row("portal:line_answer", HERS_ON_THE_PAGE, question_shared, "post", {"entry": ENTRY}),
    Row("portal:handing_right", HERS_ON_THE_PAGE, handed_over, "post", {"words": "no", "entry": ENTRY}),
    Row("portal:handing_no", HERS_ON_THE_PAGE, handed_over, "post", {"entry": ENTRY}),
    Row("portal:correct", THEIRS_ACT, method="post", told={"correct-words": "No.", "correct-entry": ENTRY}),
    Row("portal:promise", THEIRS_ACT, method="post", told={"promise-words": "write", "promise-entry": ENTRY}),
    Row("portal:take", THEIRS_ACT, method="post", told={"take-words": "ring first", "take-entry": ENTRY}),
    Row("portal:terms", THEIRS_ACT, method="post", told={"terms-roster": "work", "terms-entry": ENTRY}),
    Row(
        "portal:ask_both",
        answers(signed_out=401, outside=401, member=401, this_link=422, other_link=422),
        method="post",
    ),
    Row(
        "portal:propose", answers(signed_out=401, outside=401, member=401, this_link=422, other_link=422), method="post"
    ),
    Row("portal:ask_worth", HERS_ON_THE_PAGE, met_between, "post", {"entry": ENTRY}),
    Row("portal:pulse_answer", HERS_ON_THE_PAGE, pulse, "post", {"entry": ENTRY}),
    Row("portal:pulse_otherwise", HERS_ON_THE_PAGE, pulse, "post", {"entry": ENTRY}),
    Row("portal:pulse_decline", HERS_ON_THE_PAGE, pulse, "post", {"entry": ENTRY}),
    Row(
        "portal:pulse_reply",
        answers(signed_out=401, outside=401, member=401, this_link=422, other_link=404),
        opened_pulse,
        "post",
        {"entry": ENTRY},
    ),
    Row("portal:pulse_open", HERS_ON_THE_PAGE, closed_pulse, "post", {"entry": ENTRY}),
    Row("portal:pulse_burn", HERS_ON_THE_PAGE, closed_pulse, "post", {"entry": ENTRY}),
    Row("portal:version_agree", HERS_ON_THE_PAGE, version_of_ours, "post", {"entry": ENTRY}),
    Row("portal:version_decline", HERS_ON_THE_PAGE, version_of_ours, "post", {"entry": ENTRY}),
    Row(
        "portal:version_text",
        answers(signed_out=401, outside=401, member=401, this_link=200, other_link=404),
        version_of_ours,
    ),
    Row("portal:agreement_end", HERS_ON_THE_PAGE, agreement, "post", {"entry": ENTRY}),
    Row("portal:put_offer", SHOWN_TO_HER, offered_negotiation),
    Row("portal:put_offer", PUT_RIGHT_BY_HER, offered_negotiation, "post", {"entry": ENTRY}),
    Row("portal:negotiation_day", SHOWN_TO_HER, offered_negotiation),
    Row("portal:negotiation_day", HERS_ON_THE_PAGE, offered_negotiation, "post", {"entry": ENTRY, "words": "soon"}),
    Row("portal:weigh", SHOWN_TO_HER, offered_negotiation),
    Row("portal:weigh", PUT_RIGHT_BY_HER, offered_negotiation, "post", {"entry": ENTRY}),
    Row("portal:accept_offer", HERS_ON_THE_PAGE, offer, "post", {"entry": ENTRY}),
    Row("portal:decline_offer", HERS_ON_THE_PAGE, offer, "post", {"entry": ENTRY}),
    Row("portal:withdraw_offer", HERS_ON_THE_PAGE, their_offer, "post", {"entry": ENTRY}),
    Row("portal:offer_paper", SHOWN_TO_HER, offer),
    Row("portal:offer_file", SHOWN_TO_HER, offer_file),
    Row("portal:give", THEIRS),
    Row("portal:not_right", SHOWN_TO_HER, reading_she_sees),
    Row("portal:not_right", HERS_ON_THE_PAGE, reading_she_sees, "post", {"entry": ENTRY, "words": "no"}),
    Row("portal:bring", THEIRS),
    Row("portal:bring", THEIRS_ACT, method="post", told={"entry": ENTRY, "name": "Ines", "why": "the bar"}),
    Row("portal:give", THEIRS_ACT, method="post", told={"entry": ENTRY, "words": "waited"}),
    Row("portal:give_take_off", THEIRS_ACT, method="post", told={"entry": ENTRY}),
    Row("portal:give_take_on", THEIRS_ACT, method="post", told={"entry": ENTRY}),
    Row("portal:concession_cost", SHOWN_TO_HER, given_by_them),
    Row("portal:concession_cost", HERS_ON_THE_PAGE, given_by_them, "post", {"entry": ENTRY, "words": "a night"}),
    Row("portal:concession_worth", SHOWN_TO_HER, given_and_shared),
    Row("portal:concession_worth", HERS_ON_THE_PAGE, given_and_shared, "post", {"entry": ENTRY, "words": "much"}),
    Row("portal:concession_gift", HERS_ON_THE_PAGE, given_by_them, "post", {"entry": ENTRY}),
    Row("portal:concession_firm", HERS_ON_THE_PAGE, given_by_them, "post", {"entry": ENTRY}),
    Row("portal:concession_back", HERS_ON_THE_PAGE, given_by_them, "post", {"entry": ENTRY}),
    Row("portal:copy", THEIRS),
    Row("portal:forget", THEIRS),
    Row("portal:forget", THEIRS, method="post", told={"entry": ENTRY}),
    # bringing in
    Row("desk:import", ALL),
    Row("desk:start_import", answers(outside=422, member=422), method="post"),
    Row("desk:import_report", HERS, mayas_import),
    Row("desk:import_doubles", HERS, mayas_import),
    Row("desk:import_mapping", HERS_ACT, mayas_import),
    Row("desk:import_mapping", HERS_ACT, mayas_import, "post"),
    Row("desk:import_people", HERS_ACT, mayas_import),
    Row("desk:import_people", HERS_ACT, mayas_import, "post"),
    Row("desk:start_mapped", HERS_ACT, mayas_import, "post"),
    Row("desk:resume_import", HERS_ACT, mayas_import, "post"),
    Row("desk:undo_import", HERS_ACT, mayas_import, "post"),
    Row("desk:throw_away_import", HERS_ACT, mayas_import, "post"),
    Row("desk:rejected_file", HERS_ACT, mayas_import),
    # the house
    Row("desk:house", ALL),
    Row("desk:house_history", ALL),
    Row("desk:own", ALL),
    Row("desk:own", ALL_ACT, method="post", told={"name": "Somebody"}),
    Row("desk:sign_out_everywhere", ALL_ACT, method="post"),
    Row("desk:change_service", STEWARDS),
    Row("desk:change_service", answers(outside=403, member=403, steward=422, steward_outside=422), method="post"),
    Row("desk:remove_service", STEWARDS_ACT, method="post"),
    # Seen by itself it is the House page; only its part is asked for by htmx.
    Row("desk:house_safe", ALL_ACT),
    Row("desk:back_up_house", STEWARDS_ACT, method="post"),
    Row("desk:export_house", STEWARDS_ACT, method="post"),
    Row("desk:take_export", answers(outside=403, member=403, steward=404, steward_outside=404)),
    Row("desk:change_house", STEWARDS),
    Row("desk:change_house", STEWARDS_ACT, method="post", told=HOUSE),
    Row("desk:invite", STEWARDS),
    Row("desk:invite", STEWARDS, method="post", told={"email": "ida@mill.example", "role": "member"}),
    # An invitation is for the stewards and for who sent it.
    Row("desk:invited", answers(member=404, steward=200, steward_outside=200), invitation),
    Row("desk:invited", answers(member=404, steward=302, steward_outside=302), invitation, "post"),
    Row("desk:member", ALL, colleague),
    Row("desk:member_role", STEWARDS_ACT, colleague, "post", {"role": "steward"}),
    Row("desk:member_leave", STEWARDS, colleague),
    Row("desk:member_leave", STEWARDS_ACT, colleague, "post"),
    Row("desk:new_team", STEWARDS),
    Row("desk:new_team", STEWARDS_ACT, method="post", told={"name": "Service"}),
    Row("desk:team", ALL, team),
    Row("desk:team", STEWARDS_ACT, team, "post"),
]


def making_for(visitor: str, cast: Cast) -> Making:
    """Whoever stands outside asks for what is Leona's, everybody else for what is Jane's."""
    by = {
        "signed out": None,
        "outside": cast.tom,
        "member": cast.tom,
        "tends": cast.maya,
        "steward": cast.ruth,
        "steward outside": cast.ruth,
    }[visitor]
    return Making(cast, cast.leona if "outside" in visitor else cast.jane, by)


def signed_in(member: Member | None) -> Client:
    client = Client()
    if member:
        client.force_login(member)
        # Whoever has not shown lately that it is them is asked first: `members/tests/test_step_up.py`.
        prove(client, member)
    return client


def ask(row: Row, making: Making, client: Client) -> HttpResponse:
    """Ask as this visitor, with cookies of its own, so that what one row does to a session does not reach the next."""
    asking = Client()
    asking.cookies = client.cookies.copy()  # type: ignore[assignment]
    response: HttpResponse | StreamingHttpResponse = getattr(asking, row.method)(row.address(making), row.told)
    return whole(response) if isinstance(response, StreamingHttpResponse) else response


def whole(response: StreamingHttpResponse) -> HttpResponse:
    """What is sent piece by piece, read to its end, where Django's client closes it."""
    return HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)


def answer_of(response: Any) -> Any:
    is_door = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next=")
    return DOOR if is_door else response.status_code


@contextmanager
def taken_back() -> Iterator[None]:
    """What was done in here is as if it had not been."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_url_gives_this_visitor_the_answer_of_the_table(
    visitor: str, cast: Cast, subtests: pytest.Subtests
) -> None:
    making = making_for(visitor, cast)
    client = signed_in(making.by)

    for row in TABLE:
        with subtests.test(f"{row.method} {row.name}"), taken_back():
            assert answer_of(ask(row, making, client)) == row.answers[visitor]


def urls() -> dict[str, URLPattern]:
    """Every named URL of the product."""
    return dict(_named(get_resolver()))


def _named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert {row.name for row in TABLE} == set(urls())


def test_every_method_of_our_own_urls_has_a_row(cast: Cast) -> None:
    """Our views say which methods they take; a method that is taken is in the table."""
    client = Client()
    client.force_login(cast.maya)
    prove(client, cast.maya)
    ours = {name: pattern for name, pattern in urls().items() if pattern.callback.__module__.startswith("ampersand.")}

    taken = {(name, method) for name, pattern in ours.items() for method in methods_of(client, pattern, name)}

    assert taken == {(row.name, row.method) for row in TABLE if row.name in ours}


def methods_of(client: Client, pattern: URLPattern, name: str) -> set[str]:
    example = {"uuid": str(uuid4()), "str": "x", "int": "1"}
    kinds = [type(one).__name__.removesuffix("Converter").lower() for one in pattern.pattern.converters.values()]
    address = reverse(name, args=[example["str" if kind == "string" else kind] for kind in kinds])
    allowed = client.generic("PROPFIND", address).headers["Allow"]
    return {method.strip().lower() for method in allowed.split(",")} - {"head", "options"}


def test_the_visitors_who_have_no_urls_yet_are_named() -> None:
    assert len(VISITORS) - 1 + len(VISITORS_BY_LINK) + len(NOT_YET) == 9


# An edge leaks both its ends: what hangs on Jane and on Leona alike must not tell of Leona to who stands outside.

CLOSED_WORDS = ("Leona", "Marsh", "Severn", "leona@", "hush", "procure")


@pytest.fixture
def entangled(cast: Cast) -> Cast:
    """Jane and Leona know one another in every way the book knows."""
    maya, teller = cast.maya, Teller(at=NOW, by=cast.maya)
    parties.tell_identifier(cast.leona, kind="email", value="leona@severn.example", teller=teller)
    parties.tell_tie(kind="introduced", from_party=cast.jane, to_party=cast.leona, teller=teller, role="hush")
    parties.tell_tie(kind="advises", from_party=cast.leona, to_party=cast.jane, teller=teller, role="hush")
    people.moment(cast.jane, cast.leona, by=maya, subject="hush", words="hush, said Leona Marsh")
    people.promise(cast.leona, maya.party, words="hush money", told_by=maya)
    people.promise(maya.party, cast.leona, words="hush figures", told_by=maya)
    people.line(cast.leona, words="hush above all", told_by=maya)
    people.line(cast.leona, words="what hush costs", told_by=maya, kind=LineKind.WONDER)
    people.order(cast.severn, number="hush-1", words="hush mugs", told_by=maya)
    people.concession(maya.party, cast.leona, words="hush discount", told_by=maya)
    people.note(maya, "hush: Leona Marsh", about=cast.with_leona, shared_at=NOW)
    people.note(maya, "hush: my own", about=cast.with_jane)
    shared = people.note(maya, "hush: Jane knows Leona Marsh", about=cast.with_jane)
    Piece.objects.create(note=shared, kind=PieceKind.PERSON, start=16, end=27, fact_id=cast.leona.pk)
    notebook.share(shared, by=maya, at=NOW)
    parties.tell_line(
        cast.with_jane,
        kind=LineKind.MATTERS,
        words="hush for Leona's sake",
        said_on=TODAY,
        is_ours=False,
        of=cast.leona,
        teller=teller,
    )
    Reading.objects.create(
        relationship=cast.with_leona,
        measure=Measure.QUIET,
        rule_version=1,
        says="quiet",
        value=41,
        as_known_at=NOW,
        as_of=NOW,
    )
    return cast


SAYING = [row for row in TABLE if row.method == "get" and row.answers["member"] == 200]


@pytest.mark.parametrize("visitor", ["member", "steward"])
def test_no_page_tells_of_what_is_closed(visitor: str, entangled: Cast, subtests: pytest.Subtests) -> None:
    making = making_for(visitor, entangled)
    client = signed_in(making.by)

    for row in SAYING:
        with subtests.test(row.name), taken_back():
            assert words_in(ask(row, making, client)) == []


def words_in(response: HttpResponse) -> list[str]:
    """A photo is looked through as well; the language of the Marshall Islands, which anybody may choose, names nobody."""
    page = response.content.decode(errors="replace").replace('<option value="mh">Marshallese</option>', "")
    return [word for word in CLOSED_WORDS if word in page]


QUERIES = ("leona", "marsh", "severn", "hush", "procure", "le", "leona@severn.example", "lenoa")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "palette"])
def test_no_search_finds_what_is_closed(entangled: Cast, headers: dict[str, str], subtests: pytest.Subtests) -> None:
    for query in QUERIES:
        with subtests.test(query):
            found = {
                member.name: [
                    word for word in CLOSED_WORDS if word.lower() in hits_of(searched(member, query, headers))
                ]
                for member in (entangled.tom, entangled.maya)
            }

            assert found["Tom Akerman"] == []
            assert query == "procure" or found["Maya Lindqvist"] != []


def searched(member: Member, query: str, headers: dict[str, str]) -> str:
    response = signed_in(member).get(reverse("desk:search"), {"q": query}, headers=headers)
    return response.content.decode()


def hits_of(page: str) -> str:
    """The words of what was found, without the marks upon them; the page repeats the query elsewhere."""
    hits = re.findall(r'<a class="found__hit".*?</a>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", " ".join(hits)).lower()


def test_the_notebook_understands_nobody_who_is_closed(entangled: Cast) -> None:
    """Typed by one who may not see her, her name is any new name: no link, no address, no second guess."""
    told = {}
    for member in (entangled.tom, entangled.maya):
        client = Client(headers={"HX-Request": "true"})
        client.force_login(member)
        page = client.post(reverse("desk:understood"), {"words": "Visited Leona Marsh this morning."}).content.decode()
        told[member.name] = str(entangled.leona.pk) in page

    assert told == {"Tom Akerman": False, "Maya Lindqvist": True}


def test_counts_tell_nothing_of_what_is_closed(entangled: Cast) -> None:
    """Tom sees the same pages whether or not anything is closed to him."""
    client = Client()
    client.force_login(entangled.tom)
    addresses = [reverse(name) for name in ("desk:today", "desk:relationships", "desk:promises", "desk:traces")]
    addresses.append(reverse("desk:relationship", args=[entangled.with_jane.pk]))
    before = [_without_tokens(client.get(address)) for address in addresses]

    people.promise(entangled.leona, entangled.maya.party, words="hush again", told_by=entangled.maya)
    people.moment(entangled.jane, entangled.leona, by=entangled.maya, words="hush once more")

    assert [_without_tokens(client.get(address)) for address in addresses] == before


def _without_tokens(response: Any) -> list[str]:
    """A page without what differs each time: tokens of forms and ids of boxes."""
    varying = ("csrf", "note_id", "device", "data-now")
    return [line for line in response.content.decode().splitlines() if not any(word in line for word in varying)]


def test_the_answer_at_the_door_is_json_for_nobody(cast: Cast) -> None:
    """Signed out, no page gives away more than the door, whatever form was asked for."""
    response = Client().get(
        reverse("desk:relationship", args=[cast.with_jane.pk]), headers={"accept": "application/json"}
    )

    assert answer_of(response) == DOOR
    assert "Jane" not in json.dumps(dict(response.headers)) + response.content.decode()
