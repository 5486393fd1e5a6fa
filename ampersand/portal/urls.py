from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.portal.views import bargaining, door, give_and_take, giving, together, visit

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
    path("between/negotiations/<uuid:negotiation_id>/offer/", bargaining.put_offer, name="put_offer"),
    path("between/negotiations/<uuid:negotiation_id>/day/", bargaining.day, name="negotiation_day"),
    path("between/negotiations/<uuid:negotiation_id>/what-matters/", bargaining.weigh, name="weigh"),
    path("between/offers/<uuid:offer_id>/accept/", bargaining.accept, name="accept_offer"),
    path("between/offers/<uuid:offer_id>/decline/", bargaining.decline, name="decline_offer"),
    path("between/offers/<uuid:offer_id>/withdraw/", bargaining.withdraw, name="withdraw_offer"),
    path("between/offers/<uuid:offer_id>/paper/", bargaining.paper, name="offer_paper"),
    path("between/offers/files/<int:file_id>/", bargaining.file, name="offer_file"),
    path("between/give-and-take/", give_and_take.give, name="give"),
    path("between/give-and-take/off/", give_and_take.switch_off, name="give_take_off"),
    path("between/give-and-take/on/", give_and_take.switch_on, name="give_take_on"),
    path("between/give-and-take/<uuid:concession_id>/cost/", give_and_take.cost, name="concession_cost"),
    path("between/give-and-take/<uuid:concession_id>/worth/", give_and_take.worth, name="concession_worth"),
    path("between/give-and-take/<uuid:concession_id>/gift/", give_and_take.gift, name="concession_gift"),
    path("between/give-and-take/<uuid:concession_id>/firm/", give_and_take.firm, name="concession_firm"),
    path("between/give-and-take/<uuid:concession_id>/back/", give_and_take.draw_back, name="concession_back"),
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
