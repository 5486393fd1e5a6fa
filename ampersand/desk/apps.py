from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ampersand.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.desk import erasing

        erasure.add_step(erasing.take_away)
