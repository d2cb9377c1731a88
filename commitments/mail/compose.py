"""One function per mail. Subject, text and HTML are three templates of one name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.mail.issue import Issue, interest
from commitments.models import Commitment, Subscriber, Subscription
from hearings.models import Council

TOKEN = "0token0"  # stands in a shared body where each person's own link goes


def address(name: str, *args) -> str:
    """The full address of one of our pages."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


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
    return Body(subject, text.strip() + "\n", css_inline.inline(html, keep_style_tags=True))


def verdict(figures: dict[str, int]) -> str:
    """“12 overdue, 3 new this week”."""
    overdue, new = figures["overdue"], figures["newly_overdue"]
    words = [ngettext("%d overdue", "%d overdue", overdue) % overdue if overdue else _("Nothing overdue")]  # fmt: skip
    if new:
        words.append(ngettext("%d new this week", "%d new this week", new) % new)
    return ", ".join(words)


def digest(issue: Issue, subscriptions: Iterable[Subscription]) -> Body | None:
    """The weekly mail for these interests, with TOKEN where a person's own link goes; None without
    news for them."""
    interests = frozenset(map(interest, subscriptions))
    if not issue.has_news_for(interests):
        return None
    figures = issue.figures_for(interests)
    context = {
        "digest": issue.digest,
        "today": issue.monday,
        "verdict": verdict(figures),
        "figures": figures,
        "sections": [
            (section, _by_agency(section.commitments)) for section in issue.sections_for(interests)
        ],
        "about": sorted({subscription.subject for subscription in subscriptions}),
        "overdue": f"{address('commitments')}?due=overdue&sort=due",
        "manage": address("subscriptions", TOKEN),
        "unsubscribe": address("unsubscribe", TOKEN),
        "archive": address("digest", issue.digest.period),
    }
    return render("digest", context)


def _by_agency(commitments: list[Commitment]) -> list[tuple[str, list[Commitment]]]:
    """Grouped by agency, the agency with the worst first, worst first within."""
    place: dict[int, int] = {}
    for each in commitments:
        place.setdefault(each.agency_id, len(place))
    ordered = sorted(commitments, key=lambda each: place[each.agency_id])
    return [
        (str(agency), list(group)) for agency, group in groupby(ordered, lambda each: each.agency)
    ]


def digest_message(
    body: Body, *, to: Subscriber, token: str, message_id: str, now: datetime
) -> EmailMultiAlternatives:
    """The digest as one person's mail, with one-click unsubscribing (RFC 8058)."""
    headers = {
        "Message-ID": message_id,
        "List-Unsubscribe": f"<{address('unsubscribe', token)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
    }
    return _message(body.for_token(token), to.email, now, headers)


def confirmation(subscription: Subscription, token: str, now: datetime) -> EmailMultiAlternatives:
    """The mail that asks a person whether they asked."""
    context = {
        "about": subscription.subject,
        "confirm": address("subscription-confirm", token),
    }
    return _message(render("confirm", context), subscription.subscriber.email, now)


def _message(
    body: Body, to: str, now: datetime, headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    headers = {"Auto-Submitted": "auto-generated", "Date": format_datetime(now), **(headers or {})}
    mail = EmailMultiAlternatives(body.subject, body.text, to=[to], headers=headers)
    mail.attach_alternative(body.html, "text/html")
    return mail
