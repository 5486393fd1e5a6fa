from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ampersand.core.history import kept
from ampersand.core.ids import new_id


class MailBodies(models.TextChoices):
    NONE = "none", _("keep no words of a mail")
    EXCERPT = "excerpt", _("keep the first new words")
    FULL = "full", _("keep the whole text")


@kept
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


@kept
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

    def may_run_the_house(self) -> bool:
        return self.is_steward

    def clean(self) -> None:
        if not self.name.strip():
            raise ValidationError({"name": _("Write the name your colleagues know you by.")})


class Team(models.Model):
    """A named group of members."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    members = models.ManyToManyField(Member, through="TeamMembership", related_name="teams")

    def __str__(self) -> str:
        return self.name


@kept
class TeamMembership(models.Model):
    team = models.ForeignKey(Team, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "member"], name="team_member_once")]


class InvitationQuerySet(models.QuerySet["Invitation"]):
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
