from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "ampersand.portal"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.portal import checks, erasing, fence  # noqa: F401  the checks are known once imported

        erasure.add_step(erasing.take_away)
        post_migrate.connect(fence.after_migrate, sender=self)
