from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import MD5, Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from ampersand.core.among import among
from ampersand.core.as_known import told_over_time
from ampersand.core.changes import UPDATE, noted
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import ChangeKind, File, Source
from ampersand.core.rooms import Room
from ampersand.members.models import Member, Team
from ampersand.parties.closed import shown
from ampersand.parties.voices import Voice


class Told(models.Model):
    """What every fact carries: when it was told, by whom, from which source and the exact place in it."""

    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


M = TypeVar("M", bound=models.Model)


class AsKnownQuerySet(models.QuerySet[M]):
    """The two times of a fact, as filters."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def as_known_on(self, at: datetime) -> Self:
        """Facts that had been told by then and not yet withdrawn."""
        return self.filter(told_at__lte=at).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))


class PartyKind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    COMMUNITY = "community", _("community")


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("pk", member=member))

    def outside(self) -> Self:
        """Parties that are neither the house nor its people."""
        return self.filter(member=None, is_house=False, is_colleague=False)

    def known(self) -> Self:
        """Parties the house stands in a relationship with. The others are traces."""
        return self.filter(Exists(Relationship.objects.filter(party=OuterRef("pk"))))

    def traces(self) -> Self:
        """Parties that were only ever heard of one way: senders nobody answered."""
        return (
            self.outside()
            .filter(erased_at=None, now=None)
            .exclude(Exists(Relationship.objects.filter(party=OuterRef("pk"))))
        )

    def standing_for_themselves(self) -> Self:
        return self.filter(now=None)

    def the_same(self, party_ids: Sequence[UUID]) -> models.QuerySet[Party, Any]:
        """The keys of these parties, and of all that are taken to be the same as one of them: for `filter(party__in=...)`.

        Every reader that begins with a party asks so.
        """
        return self.filter(among("pk", party_ids)).together()

    def together(self) -> models.QuerySet[Party, Any]:
        """The keys of the parties of a query, and of all that are taken to be the same as one of them."""
        heads = self.order_by().values_list(Coalesce("now_id", "pk"), flat=True)
        return heads.union(Party.objects.filter(now__in=heads).values_list("pk", flat=True))


@kept
@noted(
    "now_id",
    "erased_at",
    on=[UPDATE],
    touches={ChangeKind.STANDING: "SELECT id FROM rows UNION ALL SELECT now_id FROM rows"},
)
class Party(models.Model):
    """A person, an organisation or a community. It needs a name and nothing else.

    `now` is which party this one is taken to be today: the end of its `StandsFor` links, empty when it stands for itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    name = models.CharField(max_length=300, blank=True)
    sort_name = models.CharField(max_length=300, blank=True, help_text="empty: sorted by the name as it is")
    sort_key = models.CharField(max_length=300, blank=True, help_text="folded, made from the names")
    language = models.CharField(max_length=8, blank=True)
    member = models.OneToOneField(Member, models.CASCADE, null=True, blank=True, related_name="party")
    is_house = models.BooleanField(default=False)
    is_colleague = models.BooleanField(default=False, help_text="writes from a domain of the house, member or not yet")
    now = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stood_for_by")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="party_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["is_house"], condition=Q(is_house=True), name="house_party_once")
        ]

    def __str__(self) -> str:
        """What they are called today: whoever stands for another, as that one. Queries that name many fetch `now` too."""
        if self.now_id is not None and self.now is not None:
            return str(self.now)
        return self.name or str(_("somebody who was erased") if self.erased_at else _("somebody"))

    @property
    def is_ours(self) -> bool:
        return self.is_house or self.is_colleague or self.member_id is not None

    @property
    def is_person(self) -> bool:
        return self.kind == PartyKind.PERSON

    def may_be_tended(self, member: Member) -> bool:
        return not self.is_ours and self.erased_at is None

    def may_be_erased(self, member: Member) -> bool:
        return member.is_steward and not self.is_ours and self.erased_at is None


class StandsForQuerySet(AsKnownQuerySet["StandsFor"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", "same_as_id", member=member))


@kept
class StandsFor(models.Model):
    """A claim that two parties are the same one. Merging writes it, un-merging withdraws it; nothing is rewritten.

    A party has one at most, so the links are trees, and `Party.now` is the root of each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="stands_for_links")
    same_as = models.ForeignKey(Party, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandsForQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(withdrawn_at=None), name="stands_for_one"),
            models.CheckConstraint(condition=~Q(party=models.F("same_as")), name="stands_for_another"),
        ]

    def may_be_withdrawn(self, member: Member) -> bool:
        return self.withdrawn_at is None and self.party.erased_at is None


class IdentifierKind(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    URL = "url", _("web page")
    DOMAIN = "domain", _("mail domain")
    HANDLE = "handle", _("name elsewhere")
    EXTERNAL = "external", _("number elsewhere")


class IdentifierQuerySet(AsKnownQuerySet["Identifier"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", member=member))


@told_over_time()
@kept
class Identifier(Told):
    """An address or number a party is reached or known by: a claim, which can be withdrawn and shared by several."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=IdentifierKind)
    value = models.CharField(max_length=320, help_text="normalised: how two tellings of one address are found equal")
    as_told = models.CharField(max_length=320)
    label = models.CharField(max_length=60, blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="identifier_lookup")]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "value"], condition=Q(withdrawn_at=None), name="identifier_told_once"
            )
        ]

    def __str__(self) -> str:
        return self.as_told


class DetailQuerySet(AsKnownQuerySet["Detail"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", member=member))


@told_over_time()
@kept
class Detail(Told):
    """A labelled fact about a party: postal address, birthday, VAT number, anything a file brought."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="details")
    label = models.CharField(max_length=80)
    value = models.TextField(blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DetailQuerySet.as_manager()

    class Meta:
        # By which the labels in use are walked through, one by one.
        indexes = [models.Index(Lower("label"), condition=Q(withdrawn_at=None), name="detail_label")]
        constraints = [
            # By a digest: a note in an address book is longer than an index holds.
            models.UniqueConstraint(
                "party", "label", MD5("value"), condition=Q(withdrawn_at=None), name="detail_told_once"
            )
        ]


class TieKind(models.TextChoices):
    WORKS_AT = "works_at", _("works at")
    MEMBER_OF = "member_of", _("is a member of")
    REPORTS_TO = "reports_to", _("reports to")
    PART_OF = "part_of", _("is part of")
    INTRODUCED = "introduced", _("introduced")
    ADVISES = "advises", _("advises")
    DECIDES_FOR = "decides_for", _("decides for")
    SUPPLIES = "supplies", _("supplies")
    PARTNER_OF = "partner_of", _("is a partner of")
    FAMILY_OF = "family_of", _("is family of")
    FORMER_COLLEAGUE_OF = "former_colleague_of", _("used to work with")
    COMPETES_WITH = "competes_with", _("competes with")
    INFLUENCES = "influences", _("influences")
    OWN = "own", _("in words of our own")


# The kinds that have words of their own: what a note is read for, and what a list of kinds offers.
NAMED_KINDS = [(value, label) for value, label in TieKind.choices if value != TieKind.OWN]


class TieQuerySet(AsKnownQuerySet["Tie"]):
    def visible_to(self, member: Member) -> Self:
        """A tie shows both its ends, so both must be visible."""
        return self.filter(shown("from_party_id", "to_party_id", member=member))

    def current(self, on: date) -> Self:
        return self.filter(Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gt=on))


@told_over_time(later={"until_told_at": ("until_on",)})
@kept
@noted(
    "kind",
    "from_party_id",
    "to_party_id",
    "from_on",
    "until_on",
    "until_told_at",
    "told_at",
    "withdrawn_at",
    touches={ChangeKind.STANDING: "SELECT unnest(ARRAY[from_party_id, to_party_id]) FROM rows"},
)
class Tie(Told):
    """A dated, kinded link between two parties. `from_party` does it to or for `to_party`; `until_on` is exclusive.

    Where no kind fits it is told in words of the house: `says` what `from_party` is to the other, `says_back` what the other
    is to them; with the one alone it is the same from both ends.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=TieKind)
    # Each begins an index of its own below.
    from_party = models.ForeignKey(Party, models.CASCADE, related_name="ties_out", db_index=False)
    to_party = models.ForeignKey(Party, models.CASCADE, related_name="ties_in", db_index=False)
    role = models.CharField(max_length=200, blank=True)
    says = models.CharField(max_length=80, blank=True, default="", db_default="")
    says_back = models.CharField(max_length=80, blank=True, default="", db_default="")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    until_told_at = models.DateTimeField(null=True, blank=True, help_text="when its end was told, where that was later")

    objects = TieQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["from_party", "kind"], name="tie_out"),
            models.Index(fields=["to_party", "kind"], name="tie_in"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(from_party=models.F("to_party")), name="tie_between_two"),
            models.UniqueConstraint(
                fields=["kind", "from_party", "to_party", "from_on", "says"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="tie_told_once",
            ),
        ]


class Because(models.TextChoices):
    """Why a party is known to the house and no mere trace."""

    WROTE_BOTH_WAYS = "wrote_both_ways", _("You wrote to each other.")
    WE_WROTE = "we_wrote", _("One of you wrote to them.")
    MET = "met", _("You met, says the calendar.")
    ADDRESS_BOOK = "address_book", _("They stand in an address book that was brought in.")
    TABLE = "table", _("They stand in a table that was brought in.")
    NOTE = "note", _("A note named them.")
    TYPED = "typed", _("Somebody wrote them down.")
    TRADE = "trade", _("There was trade with them.")
    PEOPLE = "people", _("People you know act for them.")
    TAP = "tap", _("Somebody chose to keep them.")
    SAME = "same", _("They are the same as somebody you know.")
    DEMO = "demo", _("They belong to the demo house.")


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def visible_to(self, member: Member) -> Self:
        """Open relationships, and closed ones that name this member or a team of theirs."""
        return self.filter(shown("party_id", member=member))

    def outside(self) -> Self:
        """Relationships with somebody who has not become one of us since. Of the others what was written stays to be read."""
        return self.filter(party__in=Party.objects.outside())

    def the_same(self, relationship_ids: Sequence[UUID]) -> models.QuerySet[Relationship, Any]:
        """The keys of these relationships, and of those with whom their parties are taken to be the same."""
        return self.filter(among("pk", relationship_ids)).together()

    def together(self) -> models.QuerySet[Relationship, Any]:
        """The keys of the relationships of a query, and of those with whom their parties are taken to be the same."""
        heads = self.order_by().values_list(Coalesce("party__now_id", "party_id"), flat=True)
        themselves = Relationship.objects.filter(party__in=heads).values_list("pk", flat=True)
        return themselves.union(Relationship.objects.filter(party__now__in=heads).values_list("pk", flat=True))

    def tended_by(self, member: Member, *, on: date) -> Self:
        return self.filter(Exists(Tending.objects.current(on).filter(relationship=OuterRef("pk"), member=member)))


@kept
@noted(
    "party_id",
    "closed_at",
    touches={
        ChangeKind.RELATIONSHIP: "SELECT id FROM rows",
        ChangeKind.PARTY: "SELECT party_id FROM rows",
        ChangeKind.CLOSING: "SELECT party_id FROM rows WHERE closed_at IS NOT NULL",
    },
)
class Relationship(models.Model):
    """The standing *and* between the house and one other party. It has no owner, status or stage.

    It begins when the party becomes known; a party without one is a trace.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.OneToOneField(Party, models.CASCADE, related_name="relationship")
    because = models.CharField(max_length=16, choices=Because)
    known_at = models.DateTimeField(help_text="when the house came to know them: the day of the evidence")
    told_at = models.DateTimeField()
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["closed_at"], condition=~Q(closed_at=None), name="relationship_closed")]

    def __str__(self) -> str:
        return str(self.party)

    def may_be_closed(self, member: Member) -> bool:
        """Whoever tends it, or is named in it already, may say who else sees it."""
        return self.tendings.filter(member=member, until_on=None).exists() or self.names(member)

    def may_be_handed_over(self, member: Member) -> bool:
        """Whoever tends it may hand that to a colleague."""
        return self.tendings.filter(member=member, until_on=None).exists()

    def names(self, member: Member) -> bool:
        return self.closed_to.filter(until=None).filter(Q(member=member) | Q(team__members=member)).exists()


@noted(
    "relationship_id",
    "member_id",
    "team_id",
    "until",
    touches={
        ChangeKind.CLOSING: "SELECT r.party_id FROM rows JOIN parties_relationship r ON r.id = rows.relationship_id"
    },
)
class ClosedTo(models.Model):
    """A member or a team that a closed relationship is open to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="closed_to")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(member=None) ^ Q(team=None), name="closed_to_member_or_team")]


class TendingQuerySet(models.QuerySet["Tending"]):
    def current(self, on: date) -> Self:
        return self.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))


@told_over_time(later={"until_told_at": ("until_on",)})
@kept
class Tending(models.Model):
    """A member looks after a relationship for a while. Nobody owns it, and several may."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="tendings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="tendings")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    until_told_at = models.DateTimeField(null=True, blank=True, help_text="when its end was told, where that was later")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    objects = TendingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "member"], condition=Q(until_on=None), name="tending_once")
        ]


class LineKind(models.TextChoices):
    MATTERS = "matters", _("what matters")
    HOW_FAR = "how_far", _("how far we want this to go")
    WONDER = "wonder", _("what we wonder")
    HOPE = "hope", _("what we hope for")


class SideLineQuerySet(AsKnownQuerySet["SideLine"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", "of_id", "answered_by_id", member=member))

    def matters_to_them(self) -> Self:
        return self.filter(kind=LineKind.MATTERS, is_ours=False)

    def wondered(self) -> Self:
        """Open questions of our side that nobody has answered."""
        return self.filter(kind=LineKind.WONDER, is_ours=True, answered_at=None)

    def between(self) -> Self:
        """Those that both sides read: what they said themselves, and what was shared with them."""
        return self.filter(room=Room.BETWEEN)


# Whose word an answer is stays: it decides who may see the line, and who may not today sees it on no day.
@told_over_time(later={"answered_at": ("answer_voice", "answer"), "shared_at": ()})
@kept
class SideLine(Told):
    """A line of one side of a relationship: what matters to it, how far it wants this to go, what it wonders, hopes.

    `of` is the person whose matter it is, where that is not the party of the relationship. A line of theirs is their own
    word (`voice`), which nobody else writes, or what a member tells of them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="lines")
    is_ours = models.BooleanField()
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    kind = models.CharField(max_length=8, choices=LineKind)
    of = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    words = models.TextField()
    said_on = models.DateField()
    is_quote = models.BooleanField(default=False, help_text="their own words, as they said them")
    room = models.CharField(max_length=8, choices=Room, default=Room.OURS)
    shared_at = models.DateTimeField(null=True, blank=True, help_text="when one of us laid it between")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", help_text="whose word it is"
    )
    answer_voice = models.CharField(max_length=10, choices=Voice, blank=True)
    answer = models.TextField(blank=True)

    objects = SideLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["relationship", "kind"], name="side_line"),
            models.Index(fields=["answered_by"], condition=~Q(answered_by=None), name="side_line_answered_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(room=Room.MINE), name="side_line_room"),
            models.CheckConstraint(
                condition=Q(is_ours=True, voice=Voice.OWN)
                | Q(is_ours=False, voice=Voice.OWN, room=Room.BETWEEN)
                | Q(is_ours=False, voice=Voice.TOLD_BY_US),
                name="side_line_voice",
            ),
        ]

    @property
    def is_shared(self) -> bool:
        return self.room == Room.BETWEEN

    def may_be_answered(self, member: Member) -> bool:
        return self.kind == LineKind.WONDER and self.withdrawn_at is None

    def may_be_written(self, member: Member) -> bool:
        """Whether one of us may say it otherwise, or withdraw it. Their own word is theirs alone."""
        return self.is_ours or self.voice == Voice.TOLD_BY_US

    def may_be_shared(self, member: Member) -> bool:
        return self.is_ours and self.withdrawn_at is None


class TagQuerySet(AsKnownQuerySet["Tag"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", member=member))


@told_over_time()
@kept
class Tag(Told):
    """A word of the house's own that is said of a party: *fair 2026*, *Christmas card*. It says nothing by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="tags")
    word = models.CharField(max_length=60)

    objects = TagQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(Lower("word"), condition=Q(withdrawn_at=None), name="tag_word")]
        constraints = [
            models.UniqueConstraint("party", Lower("word"), condition=Q(withdrawn_at=None), name="tag_told_once")
        ]

    def __str__(self) -> str:
        return self.word


# The tables of a folder of this app are found where Django looks for those of the app.
from ampersand.parties.doubles.models import Double  # noqa: E402, F401
