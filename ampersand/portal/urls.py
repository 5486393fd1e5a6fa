from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.portal.views import door, giving, visit

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("between/", visit.page, name="page"),
    path("between/promises/<uuid:promise_id>/<str:act>/", visit.say, name="say"),
    path("between/ask/", visit.ask, name="ask"),
    path("between/correct/", visit.correct, name="correct"),
    path("between/promise/", visit.promise, name="promise"),
    path("between/terms/", visit.terms, name="terms"),
    path("between/copy/", visit.copy, name="copy"),
    path("between/forget/", visit.forget, name="forget"),
    path("between/close/", door.close, name="close"),
    path("between/link/<str:secret>/", door.link, name="link"),
    path("between/link/<str:secret>/send/", door.send_code, name="send_code"),
    path("between/link/<str:secret>/code/", door.code, name="code"),
    path("relationships/<uuid:relationship_id>/their-page/", giving.show, name="given"),
    path("their-pages/<uuid:link_id>/revoke/", giving.revoke, name="revoke_link"),
    path("promises/<uuid:promise_id>/share/", giving.share, name="share_promise"),
]
