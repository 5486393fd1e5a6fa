from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "ampersand.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.exchange import at_the_gate, erasing
        from ampersand.terms import queries

        erasure.add_step(erasing.take_away)
        queries.add_evidence(at_the_gate.evidence)
