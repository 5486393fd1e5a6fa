"""Pages of the house itself, of who may see a relationship, and of erasure."""

from __future__ import annotations

from django.urls import URLPattern, path

from ampersand.desk.views import closing, door, erasing, house, safe

urlpatterns: list[URLPattern] = [
    path("begin/<str:secret>/", door.found, name="found"),
    path("invitation/<str:secret>/", door.invitation, name="invitation"),
    path("house/", house.show, name="house"),
    path("house/history/", house.history, name="house_history"),
    path("house/safe/", safe.show, name="house_safe"),
    path("house/safe/back-up/", safe.back_up, name="back_up_house"),
    path("house/safe/export/", safe.export, name="export_house"),
    path("house/safe/export/file/", safe.take, name="take_export"),
    path("house/change/", house.change, name="change_house"),
    path("house/sign-in-service/", house.change_service, name="change_service"),
    path("house/sign-in-service/remove/", house.remove_service, name="remove_service"),
    path("house/invite/", house.invite, name="invite"),
    path("house/invitations/<uuid:invitation_id>/", house.invited, name="invited"),
    path("house/members/<uuid:member_id>/", house.member, name="member"),
    path("house/members/<uuid:member_id>/role/", house.member_role, name="member_role"),
    path("house/members/<uuid:member_id>/leave/", house.member_leave, name="member_leave"),
    path("house/teams/new/", house.new_team, name="new_team"),
    path("house/teams/<uuid:team_id>/", house.team, name="team"),
    path("own/", house.own, name="own"),
    path("own/sign-out-everywhere/", house.sign_out_everywhere, name="sign_out_everywhere"),
    path("relationships/<uuid:relationship_id>/who-sees/", closing.who_sees, name="who_sees"),
    path("relationships/<uuid:relationship_id>/reopen/", closing.reopen, name="reopen"),
    path("relationships/<uuid:relationship_id>/hand-over/", closing.hand_over, name="hand_over"),
    path("parties/<uuid:party_id>/erase/", erasing.erase_party, name="erase_party"),
]
