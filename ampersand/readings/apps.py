from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "ampersand.readings"
    label = "readings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.readings import erasing

        erasure.add_step(erasing.take_away)
