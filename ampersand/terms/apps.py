from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "ampersand.terms"
    label = "terms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.terms import erasing

        erasure.add_step(erasing.take_away)
