from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "ampersand.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.channels import erasing
        from ampersand.core import erasure

        erasure.add_step(erasing.take_away)
