from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "ampersand.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ampersand.core import as_known, checks, many_values  # noqa: F401  registers them

        connection_created.connect(many_values.let_many_through, dispatch_uid="let many values through")
        pre_migrate.connect(as_known.before_migrate, sender=self)
        post_migrate.connect(as_known.after_migrate, sender=self)
