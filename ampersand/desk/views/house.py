"""The House page and what stewards do there. Each may see it; what only stewards may do answers 403 to others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.desk import house_forms as forms
from ampersand.desk import ours
from ampersand.desk.house import history_page, house_page, member_page, remarked_says
from ampersand.desk.pages.forms import FormPage
from ampersand.members import access, actions, letters, links, outbox, queries, service, step_up
from ampersand.members.models import House, Invitation, Member, SignInService, Team
from ampersand.members.requests import MemberRequest


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/house.html", {"page": house_page(request.user, at=timezone.now())})


@require_GET
def history(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/house_history.html", {"page": history_page()})


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest) -> HttpResponse:
    _refuse_unless_steward(request)
    house = House.objects.get()
    form = forms.HouseForm(_posted(request), initial=_told_of(house))
    if request.method == "POST" and form.is_valid():
        messages.info(request, _change(house, form, by=request.user) or _("The house is as you wrote it."))
        return redirect("desk:house")
    return _form(request, FormPage(title=_("Change the house"), act=_("Keep")), form)


@require_http_methods(["GET", "POST"])
@step_up.required
def change_service(request: MemberRequest) -> HttpResponse:
    """The sign-in service of the house: who runs it opens the house to others, so they show first that it is them."""
    _refuse_unless_steward(request)
    if service.is_of_environment():
        return _told_by_environment(request)
    known = service.find_service()
    form = forms.ServiceForm(_posted(request), initial=_told_of_service(known) if known else None)
    if request.method == "POST" and form.is_valid():
        actions.set_service(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.info(request, _("Members can sign in by it now."))
        return redirect("desk:change_service")
    context = {"form": form, "page": _service_page(), "is_set": known is not None, "back": _service_back(request)}
    return render(request, "desk/sign_in_service.html", context, status=422 if form.is_bound else 200)


@require_POST
@step_up.required
def remove_service(request: MemberRequest) -> HttpResponse:
    _refuse_unless_steward(request)
    if service.is_of_environment():
        raise PermissionDenied
    actions.remove_service(by=request.user, at=timezone.now())
    messages.info(request, _("Nobody signs in by it any more. Members have their other ways."))
    return redirect("desk:house")


@require_http_methods(["GET", "POST"])
def invite(request: MemberRequest) -> HttpResponse:
    _refuse_unless_steward(request)
    form = forms.InviteForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                invitation, secret = actions.invite(
                    told["email"], role=told["role"], by=request.user, at=timezone.now()
                )
        except actions.HereAlready:
            form.add_error("email", _("Somebody with this address is here already."))
        else:
            is_sent = letters.send_invitation(invitation, secret) and outbox.goes_out()
            link = "" if queries.was_here(invitation.email) else links.invitation_link(secret)
            context = {"invitation": invitation, "link": link, "is_sent": is_sent}
            return render(request, "desk/invited.html", context)
    page = FormPage(title=_("Invite somebody"), act=_("Invite"), says=_("Their link works once, for fourteen days."))
    return _form(request, page, form)


@require_http_methods(["GET", "POST"])
def invited(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    invitation = access.fetch(Invitation, invitation_id, user=request.user, may=Invitation.may_be_withdrawn)
    if request.method == "POST":
        actions.withdraw_invitation(invitation, by=request.user, at=timezone.now())
        messages.info(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
        return redirect("desk:house")
    says = _("%(email)s was invited and has not come yet.") % {"email": invitation.email}
    return _form(request, FormPage(title=_("An invitation"), act=_("Withdraw it"), says=says), Form())


@require_GET
def member(request: MemberRequest, member_id: UUID) -> HttpResponse:
    whom = access.fetch(Member, member_id, user=request.user)
    context = {
        "page": member_page(whom, by=request.user),
        "role_form": forms.RoleForm(initial={"role": whom.role}),
    }
    return render(request, "desk/member.html", context)


@require_POST
def member_role(request: MemberRequest, member_id: UUID) -> HttpResponse:
    whom = access.fetch(Member, member_id, user=request.user, may=Member.may_be_changed)
    form = forms.RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(whom, form.cleaned_data["role"], by=request.user, at=timezone.now())
        except actions.LastSteward:
            messages.error(request, _("Somebody must run the house. Make another one a steward first."))
    return redirect("desk:member", whom.pk)


@require_http_methods(["GET", "POST"])
def member_leave(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Two presses: the page says what happens, its button does it."""
    whom = access.fetch(Member, member_id, user=request.user, may=Member.may_be_let_go)
    form = forms.HandOnForm(_posted(request), leaver=whom)
    if request.method == "POST" and form.is_valid():
        try:
            ours.leave(whom, by=request.user, at=timezone.now(), hand_to=form.cleaned_data["hand_to"])
        except actions.LastSteward:
            form.add_error(None, _("Somebody must run the house. Make another one a steward first."))
        except ours.WouldBeLost as lost:
            form.add_error("hand_to", _lost_words(lost))
        else:
            return redirect("account_login" if whom.pk == request.user.pk else "desk:house")
    says = _("Their sessions end at once. What they wrote stays, and they can be invited again.")
    title = _("You leave") if whom.pk == request.user.pk else _("%(name)s leaves") % {"name": whom.name}
    return _form(request, FormPage(title=title, act=_("Leave"), says=says), form)


@require_http_methods(["GET", "POST"])
def new_team(request: MemberRequest) -> HttpResponse:
    _refuse_unless_steward(request)
    form = forms.TeamForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        made = actions.name_team(form.cleaned_data["name"], by=request.user, at=timezone.now())
        return redirect("desk:team", made.pk)
    page = FormPage(title=_("Form a team"), act=_("Form it"), says=_("What is closed may be open to a team."))
    return _form(request, page, form)


@require_http_methods(["GET", "POST"])
def team(request: MemberRequest, team_id: UUID) -> HttpResponse:
    found = access.fetch(Team, team_id, user=request.user)
    inside = found.members.filter(left_at=None).order_by("name", "pk")
    if not found.may_be_changed(request.user):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "desk/team.html", {"team": found, "members": inside})
    form = forms.TeamMembersForm(_posted(request), initial={"members": inside})
    if request.method == "POST" and form.is_valid():
        wanted = [one.pk for one in form.cleaned_data["members"]]
        try:
            ours.change_team(found.pk, wanted, by=request.user, at=timezone.now())
        except ours.WouldBeLost as lost:
            form.add_error("members", _lost_words(lost))
        else:
            return redirect("desk:house")
    return _form(request, FormPage(title=found.name, act=_("Keep")), form)


@require_http_methods(["GET", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    me = request.user
    names = ("name", "time_zone", "language", "theme", "has_single_keys")
    form = forms.OwnForm(_posted(request), initial={name: getattr(me, name) for name in names})
    if request.method == "POST" and form.is_valid():
        ours.change_own(me, **form.cleaned_data, at=timezone.now())
        return redirect("desk:own")
    status = 422 if form.is_bound else 200
    return render(request, "desk/own.html", {"page": _own_page(), "form": form}, status=status)


@require_POST
def sign_out_everywhere(request: MemberRequest) -> HttpResponse:
    """End every session but this one."""
    actions.sign_out_everywhere(request.user, at=timezone.now(), but=request.session.session_key)
    update_session_auth_hash(request, request.user)
    messages.info(request, _("You are signed in here alone."))
    return redirect("mfa_index")


def _posted(request: MemberRequest) -> QueryDict | None:
    """What was posted, be it nothing: an empty choice is a choice."""
    return request.POST if request.method == "POST" else None


def _own_page() -> FormPage:
    return FormPage(title=_("Your settings"), act=_("Keep"))


def _service_page() -> FormPage:
    return FormPage(title=_("The sign-in service of the house"), act=_("Keep"))


def _service_back(request: MemberRequest) -> str:
    """What the service must know of this house."""
    return request.build_absolute_uri(reverse("openid_connect_callback"))


def _told_by_environment(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied
    context = {"page": _service_page(), "told": service.find_service(), "back": _service_back(request)}
    return render(request, "desk/sign_in_service.html", context)


def _told_of_service(known: SignInService) -> dict[str, object]:
    return {name: getattr(known, name) for name in ("name", "issuer", "client_id", "domains", "has_newcomers")}


def _refuse_unless_steward(request: MemberRequest) -> None:
    if not request.user.may_run_the_house():
        raise PermissionDenied


def _told_of(house: House) -> dict[str, object]:
    names = ("name", "currency", "country", "time_zone", "language", "mail_bodies")
    return {
        **{name: getattr(house, name) for name in names},
        "legal_names": sorted(house.legal_names.values_list("name", flat=True)),
        "domains": sorted(house.domains.values_list("domain", flat=True)),
    }


def _change(house: House, form: forms.HouseForm, *, by: Member) -> str:
    told, at = dict(form.cleaned_data), timezone.now()
    domains, legal_names = told.pop("domains"), told.pop("legal_names")
    actions.change_house(house, by=by, at=at, **told)
    actions.set_legal_names(house, legal_names)
    ours.rename_house(house, told["name"])
    if set(domains) == set(house.domains.values_list("domain", flat=True)):
        return ""
    return remarked_says(ours.change_domains(domains, by=by, at=at))


def _lost_words(lost: ours.WouldBeLost) -> str:
    return ngettext(
        "%(count)d closed relationship would be open to nobody. Choose who sees it from now on.",
        "%(count)d closed relationships would be open to nobody. Choose who sees them from now on.",
        lost.count,
    ) % {"count": lost.count}


def _form(request: MemberRequest, page: FormPage, form: Form) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/form.html", {"page": page, "form": form}, status=status)
