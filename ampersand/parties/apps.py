from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "ampersand.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.parties import erasing

        erasure.add_step(erasing.take_away)
