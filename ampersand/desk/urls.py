from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.desk import urls_house
from ampersand.desk.views import imports, notes, parties, pieces, promises, relationship, relationships, search, today

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", today.show, name="today"),
    path("today/<uuid:relationship_id>/not-now/", today.not_now, name="not_now"),
    path("today/<uuid:relationship_id>/rest/", today.let_rest, name="let_rest"),
    path("today/set-aside/<uuid:set_aside_id>/take-back/", today.take_back, name="take_back"),
    path("write/", notes.write, name="write"),
    path("notes/understood/", notes.understood, name="understood"),
    path("notes/whom/", notes.whom, name="whom"),
    path("notes/keep/", notes.keep, name="keep_note"),
    path("notes/<uuid:note_id>/", notes.show, name="note"),
    path("notes/<uuid:note_id>/undo/", notes.undo, name="undo_note"),
    path("notes/<uuid:note_id>/share/", notes.share, name="share_note"),
    path("notes/pieces/<uuid:piece_id>/put-right/", pieces.put_right, name="put_piece_right"),
    path("notes/pieces/<uuid:piece_id>/take-back/", pieces.take_back, name="take_back_piece"),
    path("notes/pieces/<uuid:piece_id>/bring-back/", pieces.bring_back, name="bring_back_piece"),
    path("search/", search.find, name="search"),
    path("relationships/", relationships.index, name="relationships"),
    path("relationships/<uuid:relationship_id>/", relationship.show, name="relationship"),
    path("relationships/<uuid:relationship_id>/moments/", relationship.moments, name="moments"),
    path("relationships/<uuid:relationship_id>/tend/", relationship.tend, name="tend"),
    path("relationships/<uuid:relationship_id>/stop-tending/", relationship.stop_tending, name="stop_tending"),
    path("readings/<uuid:reading_id>/why/", relationship.why, name="why"),
    path("moments/<uuid:moment_id>/", relationship.moment, name="moment"),
    path("tellings/<uuid:telling_id>/take-apart/", relationship.take_apart, name="take_apart"),
    path("questions/<uuid:line_id>/answered/", relationship.answered, name="answered"),
    path("parties/new/", parties.new, name="new_party"),
    path("parties/<uuid:party_id>/", parties.show, name="party"),
    path("parties/<uuid:party_id>/edit/", parties.edit, name="edit_party"),
    path("parties/<uuid:party_id>/keep/", parties.keep_trace, name="keep_trace"),
    path(
        "relationships/<uuid:relationship_id>/take-back-keeping/", parties.take_back_keeping, name="take_back_keeping"
    ),
    path("identifiers/<uuid:identifier_id>/withdraw/", parties.withdraw_identifier, name="withdraw_identifier"),
    path("details/<uuid:detail_id>/withdraw/", parties.withdraw_detail, name="withdraw_detail"),
    path("ties/<uuid:tie_id>/withdraw/", parties.withdraw_tie, name="withdraw_tie"),
    path("traces/", parties.traces, name="traces"),
    path("import/", imports.index, name="import"),
    path("import/start/", imports.start, name="start_import"),
    path("import/<uuid:import_id>/", imports.report, name="import_report"),
    path("import/<uuid:import_id>/columns/", imports.mapping, name="import_mapping"),
    path("import/<uuid:import_id>/start/", imports.start_mapped, name="start_mapped"),
    path("import/<uuid:import_id>/resume/", imports.resume, name="resume_import"),
    path("import/<uuid:import_id>/undo/", imports.undo, name="undo_import"),
    path("import/<uuid:import_id>/rejected.csv", imports.rejected_file, name="rejected_file"),
    path("promises/", promises.index, name="promises"),
    path("promises/<uuid:promise_id>/why/", promises.why, name="promise_why"),
    path("promises/<uuid:promise_id>/done/", promises.say_done, name="say_done"),
    path("promises/<uuid:promise_id>/move/", promises.move, name="move_promise"),
    path("promises/<uuid:promise_id>/ask-release/", promises.ask_release, name="ask_release"),
    path("promises/<uuid:promise_id>/kept/", promises.call_kept, name="call_kept"),
    path("promises/<uuid:promise_id>/partly/", promises.call_partly, name="call_partly"),
    path("promises/<uuid:promise_id>/not-kept/", promises.call_not_kept, name="call_not_kept"),
    path("promises/<uuid:promise_id>/release/", promises.release, name="release_promise"),
    path("promises/said/<uuid:event_id>/take-back/", promises.take_back, name="take_back_said"),
    *urls_house.urlpatterns,
]
