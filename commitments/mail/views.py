"""Subscribing and what follows from it, without an account; and the outbox, for staff."""

from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commitments.mail import compose, issue, outbox, subscriptions, tokens
from commitments.mail.forms import SubscribeForm, stamp
from commitments.models import Digest, MailToken, Subscriber
from hearings import clock
from hearings.roles import Role, requires

ISOLATED = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
PUBLIC = "commitments/public"


def only_from_our_pages(request) -> None:
    """Refuse a form that another site's page sent."""
    ours = (request.get_host(), urlsplit(settings.SITE_URL).netloc)
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc not in ours:
        raise PermissionDenied(_("This form was sent from another site. Nothing was changed."))


def holder_or_404(token: str, purpose: str) -> Subscriber:
    subscriber = tokens.holder(token, purpose, clock.now())
    if subscriber is None:
        raise Http404(_("This link isn't one of ours, or it is too old."))
    return subscriber


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    form = SubscribeForm(
        request.POST or None,
        about=request.POST.get("about") or request.GET.get("about", ""),
    )
    if request.method == "POST":
        only_from_our_pages(request)
        if form.is_valid():
            subscriptions.ask(form.cleaned_data["email"], now=clock.now(), **form.wish())
            return render(request, f"{PUBLIC}/subscribe_asked.html", {"section": "subscribe"})
        form.data = form.data.copy()
        form.data["stamp"] = stamp()
    return render(request, f"{PUBLIC}/subscribe.html", {"form": form, "section": "subscribe"})


@never_cache
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token: str):
    """GET shows the button, because mail scanners follow links; POST confirms."""
    subscriber = holder_or_404(token, MailToken.Purpose.CONFIRM)
    if request.method == "POST":
        subscriptions.confirm(subscriber, clock.now())
    context = {"subscriber": subscriber, "is_done": request.method == "POST"}
    return render(request, f"{PUBLIC}/subscription_confirm.html", context)


@never_cache
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request, token: str):
    subscriber = holder_or_404(token, MailToken.Purpose.MANAGE)
    if request.method == "POST":
        given_up = request.POST.get("give_up", "")
        if given_up.isdecimal():
            subscriptions.give_up(subscriber, int(given_up), clock.now())
        return redirect("subscriptions", token)
    wishes = subscriber.subscriptions.select_related("agency", "committee", "member", "commitment")
    context = {"subscriber": subscriber, "wishes": wishes.order_by("pk"), "token": token}
    return render(request, f"{PUBLIC}/subscriptions.html", context)


@never_cache
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token: str):
    """One click from the mail program (RFC 8058) is a POST; a person who follows the link is asked."""
    subscriber = holder_or_404(token, MailToken.Purpose.MANAGE)
    if request.method == "POST":
        subscriptions.unsubscribe(subscriber, clock.now())
    context = {"subscriber": subscriber, "is_done": request.method == "POST", "token": token}
    return render(request, f"{PUBLIC}/unsubscribe.html", context)


@login_not_required
@require_safe
def digest(request, period: str):
    """An old issue: the ids of then, the record of now."""
    read = issue.Issue(get_object_or_404(Digest, period=period))
    everything = [issue.EVERYTHING]
    context = {
        "digest": read.digest,
        "verdict": compose.verdict(read.figures_for(everything)),
        "sections": read.sections_for(everything),
    }
    return render(request, f"{PUBLIC}/digest.html", context)


@requires(Role.CLERK)
@require_safe
def mail(request):
    kept = outbox.newest() if settings.MAIL_IS_KEPT else []
    context = {"kept": kept, "is_kept": settings.MAIL_IS_KEPT}
    return render(request, "commitments/staff/mail.html", context)


def kept_or_404(name: str) -> outbox.Kept:
    found = outbox.find(name) if settings.MAIL_IS_KEPT else None
    if found is None:
        raise Http404(_("No such mail is kept."))
    return found


@csp_update({"frame-src": [SELF]})
@requires(Role.CLERK)
@require_safe
def mail_message(request, name: str):
    return render(request, "commitments/staff/mail_message.html", {"kept": kept_or_404(name)})


@xframe_options_sameorigin
@requires(Role.CLERK)
@require_safe
def mail_html(request, name: str):
    """The HTML part alone, where its own styles may act and nothing else can; its links open beside."""
    html = kept_or_404(name).html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": ISOLATED})
