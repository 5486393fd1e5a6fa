from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.portal.views import door, giving, together, visit

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("between/", visit.page, name="page"),
    path("between/promises/<uuid:promise_id>/<str:act>/", visit.say, name="say"),
    path("between/how-it-goes/", together.ask_both, name="ask_both"),
    path("between/agreement/", together.propose, name="propose"),
    path("between/pulses/<uuid:pulse_id>/answer/", together.answer, name="pulse_answer"),
    path("between/pulses/<uuid:pulse_id>/otherwise/", together.otherwise, name="pulse_otherwise"),
    path("between/pulses/<uuid:pulse_id>/decline/", together.decline, name="pulse_decline"),
    path("between/pulses/<uuid:pulse_id>/reply/", together.reply, name="pulse_reply"),
    path("between/pulses/<uuid:pulse_id>/open/", together.open_alone, name="pulse_open"),
    path("between/pulses/<uuid:pulse_id>/burn/", together.burn, name="pulse_burn"),
    path("between/versions/<uuid:version_id>/agree/", together.agree, name="version_agree"),
    path("between/versions/<uuid:version_id>/decline/", together.disagree, name="version_decline"),
    path("between/versions/<uuid:version_id>/text/", together.text, name="version_text"),
    path("between/agreements/<uuid:agreement_id>/end/", together.end, name="agreement_end"),
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
