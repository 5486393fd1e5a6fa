from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "ampersand.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.promises import at_the_gate, erasing
        from ampersand.terms import queries

        erasure.add_step(erasing.take_away)
        queries.add_evidence(at_the_gate.evidence)
