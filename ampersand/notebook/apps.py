from django.apps import AppConfig


class NotebookConfig(AppConfig):
    name = "ampersand.notebook"
    label = "notebook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.notebook import erasing

        erasure.add_step(erasing.take_away)
