"""The people who may log in: an administrator invites them, gives them roles, and deactivates them."""

import secrets
from smtplib import SMTPException

from django.contrib import messages
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearings.forms import InvitationForm, RolesForm
from hearings.models import Council
from hearings.roles import Role, give, requires


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request):
    """Who has an account, with which roles; an invitation is a mail with a link to set a password."""
    form = InvitationForm(request.POST if "invite" in request.POST else None)
    if request.method == "POST":
        if "invite" not in request.POST:
            _change(request)
            return redirect("people")
        if form.is_valid():
            _send_link(request, _invited(**form.cleaned_data))
            return redirect("people")
    users = list(User.objects.prefetch_related("groups").order_by("-is_active", "username"))
    for user in users:
        held = [group.name for group in user.groups.all()]
        user.labels = [role.label for role in Role if role in held]
        user.form = RolesForm(initial={"roles": held}, auto_id=f"id_{user.pk}_%s")
    return render(request, "hearings/people.html", {"users": users, "form": form})


@transaction.atomic
def _invited(*, name: str, email: str, roles: list[str]) -> User:
    user = User.objects.create_user(email, email, first_name=name)
    user.set_password(secrets.token_urlsafe(32))  # nobody's; the link sets the first real one
    user.save(update_fields=["password"])
    give(user, *map(Role, roles))
    return user


def _send_link(request, user: User) -> None:
    """The mail with a link by which an account sets its password; the sender hears of a failure."""
    context = {
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
        "protocol": request.scheme,
        "domain": request.get_host(),
        "council": Council.current(),
    }
    subject = " ".join(render_to_string("registration/invitation_subject.txt", context).split())
    text = render_to_string("registration/invitation_email.txt", context)
    try:
        send_mail(subject, text, None, [user.email])
    except (OSError, SMTPException):
        messages.error(
            request,
            _("The account is there, but the mail to %s could not be sent. Invite again later.")
            % user.email,
        )
    else:
        messages.success(request, _("%s has been invited.") % user.email)


def _change(request) -> None:
    """One act on one account: its roles, another invitation, deactivated or reactivated."""
    act, _colon, pk = request.POST.get("act", "").partition(":")
    user = get_object_or_404(User, pk=pk if pk.isdecimal() else 0)
    roles = RolesForm(request.POST)
    is_me = user == request.user
    match act:
        case "roles" if not roles.is_valid():
            messages.error(request, _("Choose at least one role. Nothing was changed."))
        case "roles" if is_me and Role.ADMINISTRATOR not in roles.cleaned_data["roles"]:
            messages.error(request, _("You can't take the administrator's role from yourself."))
        case "roles":
            _set_roles(user, roles.cleaned_data["roles"])
            messages.success(request, _("Saved."))
        case "invite" if user.is_active:
            _send_link(request, user)
        case "turn" if is_me:
            messages.error(request, _("You can't deactivate yourself."))
        case "turn":
            user.is_active = not user.is_active
            user.save(update_fields=["is_active"])
            messages.success(request, _("Saved."))


@transaction.atomic
def _set_roles(user: User, roles: list[str]) -> None:
    user.groups.remove(*Group.objects.filter(name__in=set(Role.values) - set(roles)))
    user.is_staff = False  # unless `give` says otherwise
    give(user, *map(Role, roles))
