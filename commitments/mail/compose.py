"""One function per mail. Subject, text and HTML are three templates of one name."""

from dataclasses import dataclass
from email.utils import formatdate
from itertools import groupby

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from commitments.mail.issue import SECTIONS, Sections
from commitments.models import Commitment, Digest, Subscriber, Subscription
from hearings.models import Council

TOKEN = "0token0"  # stands in a shared body where each person's own link goes


def address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True)
class Body:
    """Subject, text and HTML of a mail; those with the same interests share one."""

    subject: str
    text: str
    html: str

    def for_token(self, token: str) -> "Body":
        return Body(self.subject, self.text.replace(TOKEN, token), self.html.replace(TOKEN, token))


def render(name: str, context: dict) -> Body:
    context = context | {"council": Council.current(), "site": settings.SITE_URL}
    subject = " ".join(render_to_string(f"emails/{name}.subject.txt", context).split())
    text = render_to_string(f"emails/{name}.txt", context)
    html = render_to_string(f"emails/{name}.html", context | {"subject": subject})
    return Body(subject, text, css_inline.inline(html, keep_style_tags=True))


def digest(issue: Digest, sections: Sections, subscriptions: list[Subscription]) -> Body:
    """The weekly mail for these interests, with TOKEN where a person's own link goes."""
    about = {subscription.subject for subscription in subscriptions}
    context = {
        "issue": issue,
        "today": issue.covers_to.fromordinal(issue.covers_to.toordinal() + 1),
        "sections": [
            {"name": name, "title": title, "count": len(chosen), "agencies": _by_agency(chosen)}
            for name, title in SECTIONS.items()
            if (chosen := sections[name])
        ],
        "newly": len(sections["newly_overdue"]),
        "about": ", ".join(sorted(about)),
        "manage": address(reverse("subscriptions", args=[TOKEN])),
        "unsubscribe": address(reverse("unsubscribe", args=[TOKEN])),
        "archive": address(reverse("digest", args=[issue.period])),
    }
    return render("digest", context)


def _by_agency(commitments: list[Commitment]) -> list[tuple[str, list[Commitment]]]:
    """Grouped by agency, the agency with the worst first, worst first within."""
    order = {}
    for place, each in enumerate(commitments):
        order.setdefault(each.agency_id, place)
    ordered = sorted(commitments, key=lambda each: order[each.agency_id])
    return [
        (str(agency), list(group)) for agency, group in groupby(ordered, lambda each: each.agency)
    ]


def digest_message(body: Body, *, to: Subscriber, token: str, message_id: str):
    """The digest as one person's mail, with one-click unsubscribing (RFC 8058)."""
    unsubscribe = address(reverse("unsubscribe", args=[token]))
    return message(
        body.for_token(token),
        to.email,
        {
            "Message-ID": message_id,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "list",
        },
    )


def confirmation(subscriber: Subscriber, subscription: Subscription, token: str):
    """The mail that asks a person whether they asked."""
    context = {
        "about": subscription.subject,
        "confirm": address(reverse("subscription-confirm", args=[token])),
    }
    return message(render("confirm", context), subscriber.email, {})


def message(body: Body, to: str, headers: dict[str, str]) -> EmailMultiAlternatives:
    headers = {"Auto-Submitted": "auto-generated", "Date": formatdate(localtime=False), **headers}
    mail = EmailMultiAlternatives(body.subject, body.text, to=[to], headers=headers)
    mail.attach_alternative(body.html, "text/html")
    return mail
