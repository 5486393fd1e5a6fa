from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "ampersand.timeline"
    label = "timeline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.timeline import erasing

        erasure.add_step(erasing.take_away)
