"""Messages going out, and the link in their foot."""

from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.desk.views import reached

urlpatterns: list[URLPattern] = [
    path("reached/<str:token>/", reached.show, name="reached"),
]
