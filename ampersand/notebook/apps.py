from django.apps import AppConfig


class NotebookConfig(AppConfig):
    name = "ampersand.notebook"
    label = "notebook"
    default_auto_field = "django.db.models.BigAutoField"
