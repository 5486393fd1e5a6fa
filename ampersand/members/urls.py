"""The door. allauth calls its pages by these names; what is not listed here does not exist."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import URLPattern, path

from ampersand.members import step_up_views as proving
from ampersand.members import views

urlpatterns: list[URLPattern] = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-in/code/", allauth.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/link/<str:secret>/", views.sign_in_link, name="sign_in_link"),
    path("sign-out/", allauth.logout, name="account_logout"),
    # Members come by invitation; allauth asks for these two names and they say so.
    path("sign-up/", allauth.signup, name="account_signup"),
    path("left/", allauth.account_inactive, name="account_inactive"),
    path("own/email/", allauth.email, name="account_email"),
    path("own/email/<str:key>/", allauth.confirm_email, name="account_confirm_email"),
    path("own/password/", allauth.password_change, name="account_change_password"),
    path("own/password/first/", allauth.password_set, name="account_set_password"),
    path("own/prove/", proving.ask, name="step_up"),
    path("own/prove/password/", proving.by_password, name="step_up_password"),
    path("own/prove/code/", proving.by_code, name="step_up_code"),
    path("own/prove/passkey/", proving.by_passkey, name="step_up_passkey"),
    path("own/prove/letter/", proving.send_letter, name="step_up_letter"),
    path("own/prove/letter/code/", proving.by_letter, name="step_up_letter_code"),
]
