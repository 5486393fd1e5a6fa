from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from ampersand.members.models import Member


class DeskConfig(AppConfig):
    name = "ampersand.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import email_changed

        from ampersand.channels import followers
        from ampersand.core import erasure
        from ampersand.core.safe import parts
        from ampersand.desk import erasing, tasks
        from ampersand.readings import following

        erasure.add_step(erasing.take_away)
        parts.add("ampersand.desk.leaving.write")
        following.add_follower(tasks.gather_after_reading)
        followers.add_follower(tasks.gather_after_reading)
        email_changed.connect(_follow_address, dispatch_uid="desk follows an address")


def _follow_address(user: Member, **_told: object) -> None:
    """allauth changes a member's address once its holder has proven it; the member's party follows."""
    from django.utils import timezone

    from ampersand.desk import ours

    ours.follow_address(user, at=timezone.now())
