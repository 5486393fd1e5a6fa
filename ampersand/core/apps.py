from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ampersand.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import checks  # noqa: F401  registers them
