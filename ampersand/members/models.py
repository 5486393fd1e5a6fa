from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ampersand.core.changes import UPDATE, noted
from ampersand.core.history import kept, kept_without
from ampersand.core.ids import new_id
from ampersand.core.models import ChangeKind

# Reserved for ever as nobody's (RFC 2606): what stands where a member gave no address.
NO_ADDRESS = "no-address.invalid"


class MailBodies(models.TextChoices):
    NONE = "none", _("keep none of its words")
    EXCERPT = "excerpt", _("keep the first new words")
    FULL = "full", _("keep the whole text")


@kept
@noted(
    "time_zone", on=[UPDATE], touches={ChangeKind.BOOK: "SELECT '00000000-0000-0000-0000-000000000000'::uuid FROM rows"}
)
class House(models.Model):
    """This installation's own organisation. There is one."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="EUR")
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=2, default="GB", help_text="for phone numbers and dates told without one")
    mail_bodies = models.CharField(max_length=8, choices=MailBodies, default=MailBodies.EXCERPT)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="house_is_one")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class HouseName(models.Model):
    """A legal name the house acts under."""

    house = models.ForeignKey(House, models.CASCADE, related_name="legal_names")
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class HouseDomain(models.Model):
    """A mail domain of the house. Nobody writing from it is ever taken for a customer."""

    house = models.ForeignKey(House, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)

    def __str__(self) -> str:
        return self.domain


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    STEWARD = "steward", _("steward")


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password) if password else member.set_unusable_password()
        member.save(using=self._db)
        return member

    def here(self) -> models.QuerySet[Member]:
        """Members who have not left."""
        return self.filter(left_at=None)

    def visible_to(self, member: Member) -> models.QuerySet[Member]:
        """Colleagues know of one another; those who left stay in what they wrote."""
        return self.all()


# When a member signed in, and what their password was, is kept nowhere: it would be a report of what they do.
@kept_without("password", "last_login")
class Member(AbstractBaseUser):
    """A person of the house who signs in. As a participant in what happened they are a party of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    time_zone = models.CharField(max_length=64, blank=True, help_text="empty: the house's own")
    language = models.CharField(max_length=8, blank=True, help_text="empty: the house's own")
    theme = models.CharField(max_length=5, blank=True, choices=[("light", _("light")), ("dark", _("dark"))])
    has_single_keys = models.BooleanField(default=True, help_text="single letters act as keys (WCAG 2.1.4)")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    signed_out_at = models.DateTimeField(null=True, blank=True, help_text="sessions begun before it have ended")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = MemberManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="member_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # allauth and Django ask by this name
        return self.left_at is None

    @property
    def is_steward(self) -> bool:
        return self.role == Role.STEWARD

    @property
    def has_address(self) -> bool:
        """Whether mail reaches this member. Who founds a house need not give an address."""
        return not self.email.endswith(f"@{NO_ADDRESS}")

    def may_run_the_house(self) -> bool:
        return self.is_steward

    def may_be_changed(self, by: Member) -> bool:
        return by.is_steward and self.left_at is None

    def may_be_let_go(self, by: Member) -> bool:
        """Each may leave; a steward may let others go."""
        return (by.is_steward or by.pk == self.pk) and self.left_at is None

    def get_session_auth_hash(self) -> str:
        return self._hash_with_sign_out(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_with_sign_out(secret)

    def _hash_with_sign_out(self, secret: str | bytes | None) -> str:
        """What a session must know to go on: it ends when the password changes, and when one signs out everywhere."""
        since = self.signed_out_at.isoformat() if self.signed_out_at else ""
        return salted_hmac("ampersand.session", self.password + since, secret=secret, algorithm="sha256").hexdigest()

    def clean(self) -> None:
        if not self.name.strip():
            raise ValidationError({"name": _("Write the name your colleagues know you by.")})


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, member: Member) -> Self:
        return self.all()


class Team(models.Model):
    """A named group of members."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    members = models.ManyToManyField(Member, through="TeamMembership", related_name="teams")

    objects = TeamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def may_be_changed(self, member: Member) -> bool:
        return member.is_steward


@kept
class TeamMembership(models.Model):
    team = models.ForeignKey(Team, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "member"], name="team_member_once")]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Member) -> InvitationQuerySet:
        return self.all() if member.is_steward else self.filter(invited_by=member)

    def open(self, at: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, lapses_at__gt=at)


class Invitation(models.Model):
    """A member's invitation to one address. Its link carries a secret of which only the digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    secret_digest = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.email

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.lapses_at > at

    def may_be_withdrawn(self, member: Member) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None


class SignInLink(models.Model):
    """A link that signs its member in once, from the machine the house runs on. Only the digest of its secret is kept.

    Without a member it founds the house.
    """

    secret_digest = models.CharField(primary_key=True, max_length=64)
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class Session(AbstractBaseSession):
    """A browser in which somebody goes on being signed in. Its member sees which, by days: no hour and no place is kept."""

    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    browser = models.CharField(max_length=32, blank=True)
    system = models.CharField(max_length=32, blank=True)
    began_on = models.DateField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from ampersand.members.sessions import SessionStore

        return SessionStore

    @property
    def name(self) -> str:
        """What it is called in an address. Its key would let in whoever reads it there."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]


@kept_without("sealed_secret")
class SignInService(models.Model):
    """Where members sign in besides: the house's own OpenID Connect service. There is one or none."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=40, help_text="what stands on the button")
    issuer = models.URLField(max_length=500)
    client_id = models.CharField(max_length=255)
    sealed_secret = models.TextField(blank=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    has_newcomers = models.BooleanField(
        default=False, help_text="whoever has an address in these domains comes in uninvited"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="sign_in_service_is_one")]

    def __str__(self) -> str:
        return self.name
