from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "ampersand.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import erasure
        from ampersand.exchange import erasing

        erasure.add_step(erasing.take_away)
