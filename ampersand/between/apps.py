from django.apps import AppConfig


class BetweenConfig(AppConfig):
    name = "ampersand.between"
    label = "between"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.between import at_the_gate, erasing
        from ampersand.core import erasure
        from ampersand.terms import queries

        erasure.add_step(erasing.take_away)
        queries.add_evidence(at_the_gate.evidence)
