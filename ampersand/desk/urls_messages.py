"""Messages going out, and the link in their foot."""

from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.desk.views import messages, reached, snippets, touched

urlpatterns: list[URLPattern] = [
    path("messages/", messages.index, name="messages"),
    path("messages/<uuid:message_id>/", messages.show, name="message"),
    path("messages/<uuid:message_id>/write/", messages.draft, name="draft"),
    path("messages/<uuid:message_id>/throw-away/", messages.discard, name="discard_message"),
    path("messages/<uuid:message_id>/take-back/", messages.take_back, name="take_message_back"),
    path("messages/to/<uuid:receiver_id>/again/", messages.try_again, name="try_message_again"),
    path("messages/files/<int:enclosure_id>/leave-out/", messages.leave_out, name="leave_file_out"),
    path("messages/snippets/", snippets.index, name="snippets"),
    path("messages/snippets/<uuid:snippet_id>/", snippets.change, name="snippet"),
    path("messages/snippets/<uuid:snippet_id>/remove/", snippets.remove, name="remove_snippet"),
    path("moments/<uuid:moment_id>/answer/", messages.answer, name="answer_mail"),
    path("relationships/<uuid:relationship_id>/write/", messages.write, name="write_message"),
    path("relationships/<uuid:relationship_id>/tell/", touched.tell, name="tell_touched"),
    path("reached/<str:token>/", reached.show, name="reached"),
]
