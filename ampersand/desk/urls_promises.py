from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.desk.views import backing, promises, promising

urlpatterns: list[URLPattern] = [
    path("promises/", promises.index, name="promises"),
    path("promises/new/", promising.new, name="new_promise"),
    path("promises/load/", promising.load, name="promise_load"),
    path("promises/public/", promising.public, name="public_promises"),
    path("promises/ask/", backing.ask, name="ask_colleague"),
    path("promises/<uuid:promise_id>/", promises.show, name="promise"),
    path("promises/<uuid:promise_id>/why/", promises.why, name="promise_why"),
    path("promises/<uuid:promise_id>/accept/", promises.accept, name="accept_promise"),
    path("promises/<uuid:promise_id>/other-words/", promises.counter, name="counter_promise"),
    path("promises/<uuid:promise_id>/decline/", promises.decline, name="decline_promise"),
    path("promises/<uuid:promise_id>/withdraw/", promises.withdraw, name="withdraw_promise"),
    path("promises/<uuid:promise_id>/confirm/", promises.confirm, name="confirm_promise"),
    path("promises/<uuid:promise_id>/done/", promises.say_done, name="say_done"),
    path("promises/<uuid:promise_id>/move/", promises.move, name="move_promise"),
    path("promises/<uuid:promise_id>/agree-day/", promises.agree_day, name="agree_day"),
    path("promises/<uuid:promise_id>/refuse-day/", promises.refuse_day, name="refuse_day"),
    path("promises/<uuid:promise_id>/ask-release/", promises.ask_release, name="ask_release"),
    path("promises/<uuid:promise_id>/hold-to/", promises.hold_to, name="hold_to_promise"),
    path("promises/<uuid:promise_id>/kept/", promises.call_kept, name="call_kept"),
    path("promises/<uuid:promise_id>/partly/", promises.call_partly, name="call_partly"),
    path("promises/<uuid:promise_id>/not-kept/", promises.call_not_kept, name="call_not_kept"),
    path("promises/<uuid:promise_id>/release/", promises.release, name="release_promise"),
    path("promises/<uuid:promise_id>/their-word/", promises.their_word, name="their_word"),
    path("promises/<uuid:promise_id>/another/", promises.name_over, name="name_promise_over"),
    path("promises/<uuid:promise_id>/kind/", promises.say_kind, name="say_kind"),
    path("promises/<uuid:promise_id>/late/", promises.late, name="promise_late"),
    path("promises/<uuid:promise_id>/ask-first/", backing.ask_first, name="ask_first"),
    path("promises/<uuid:promise_id>/pass-on/", backing.pass_on, name="pass_on"),
    path("promises/<uuid:promise_id>/leans-on/", backing.lean, name="lean_promise"),
    path("leanings/<uuid:leaning_id>/no-more/", backing.lean_no_more, name="lean_no_more"),
    path("away/", backing.away, name="away"),
    path("away/<uuid:absence_id>/back/", backing.back, name="be_back"),
    path("promises/said/<uuid:event_id>/take-back/", promises.take_back, name="take_back_said"),
]
