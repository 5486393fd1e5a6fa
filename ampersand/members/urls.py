"""The door. allauth calls its pages by these names; what is not listed here does not exist."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path, reverse_lazy

from ampersand.members import service_sign_in as service
from ampersand.members import step_up_views as proving
from ampersand.members import views
from ampersand.members import ways_in_views as ways
from ampersand.members.service import PROVIDER_ID
from ampersand.members.step_up import required, required_for_ways_in

_SERVICE = {"provider_id": PROVIDER_ID}
_rename = passkeys.EditWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))

urlpatterns: list[URLPattern] = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-in/code/", allauth.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/link/<str:secret>/", views.sign_in_link, name="sign_in_link"),
    path("sign-in/passkey/", ways.counted("passkey", passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/service/", ways.by_service(service.login), _SERVICE, name="openid_connect_login"),
    path("sign-in/service/back/", ways.by_service(service.callback), _SERVICE, name="openid_connect_callback"),
    path("sign-out/", allauth.logout, name="account_logout"),
    # Members come by invitation; allauth asks for these two names and they say so.
    path("sign-up/", allauth.signup, name="account_signup"),
    path("left/", allauth.account_inactive, name="account_inactive"),
    path("own/email/", required_for_ways_in(allauth.email), name="account_email"),
    path("own/email/<str:key>/", allauth.confirm_email, name="account_confirm_email"),
    path("own/password/", allauth.password_change, name="account_change_password"),
    path("own/password/first/", required_for_ways_in(allauth.password_set), name="account_set_password"),
    path("own/ways-in/", ways.show, name="mfa_index"),
    path("own/ways-in/passkeys/add/", required(ways.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("own/ways-in/passkeys/<int:pk>/name/", required(_rename), name="mfa_edit_webauthn"),
    path("own/ways-in/passkeys/<int:pk>/remove/", required(ways.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("own/ways-in/app/", required(ways.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("own/ways-in/app/remove/", required(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("own/ways-in/codes/", required(spare_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("own/ways-in/codes/new/", required(spare_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("own/ways-in/codes/file/", required(spare_codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("own/sessions/<str:name>/end/", ways.end_session, name="end_session"),
    path("own/prove/", proving.ask, name="step_up"),
    path("own/prove/password/", proving.by_password, name="step_up_password"),
    path("own/prove/code/", proving.by_code, name="step_up_code"),
    path("own/prove/passkey/", proving.by_passkey, name="step_up_passkey"),
    path("own/prove/letter/", proving.send_letter, name="step_up_letter"),
    path("own/prove/letter/code/", proving.by_letter, name="step_up_letter_code"),
]
