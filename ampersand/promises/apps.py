from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "ampersand.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.promises import erasing

        erasure.add_step(erasing.take_away)
