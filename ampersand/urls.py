from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler400 = "ampersand.desk.views.refused.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ampersand.members.urls")),
    path("", include("ampersand.desk.urls")),
    path("", include("ampersand.portal.urls")),
]
