"""The archive of issues, for anybody, and the kept mail, for staff."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from commitments import actions
from commitments.mail import deliver, issue, outbox
from commitments.mail.weeks import Week
from tests import cast
from tests.commitments.mail import readers
from tests.commitments.mail.readers import MONDAY, NINE, PERIOD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.CLOCK_AT = NINE
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MAIL_IS_KEPT = True
    settings.EMAIL_BACKEND = "commitments.mail.outbox.KeepingBackend"


@pytest.fixture
def clerk(client):
    client.force_login(cast.cora())
    return client


def keep(subject: str, html: str = "") -> outbox.Kept:
    message = EmailMultiAlternatives(subject, "See https://example.org/page/", to=["a@example.org"])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
    return outbox.newest()[0]


# The archive


def test_anybody_reads_an_old_issue_as_the_record_stands_now(client):
    commitment = readers.news()["newly_overdue"]
    issue.make(Week(MONDAY), NINE)
    page = reverse("digest", args=[PERIOD])
    shown = client.get(page)
    assert "3 overdue, 1 new this week" in shown.text
    assert commitment.what in shown.text and "we can get back to you on that." in shown.text
    assert not shown.cookies
    actions.unpublish(commitment, by=cast.rita(), now=NINE, public_reason="Entered twice.")
    assert commitment.what not in client.get(page).text


@pytest.mark.parametrize("period", ["2026-W01", "2026-W99"])
def test_a_week_without_an_issue_is_not_found(client, period):
    assert client.get(reverse("digest", args=[period])).status_code == 404


@pytest.mark.parametrize("number", [2, 8])
def test_an_old_issue_costs_the_same_whatever_its_length(
    client, number, django_assert_max_num_queries
):
    where = cast.hearing()
    for count in range(number):
        readers.due(where, MONDAY.replace(day=4), f"Send list {count}")
    issue.make(Week(MONDAY), NINE)
    with django_assert_max_num_queries(12):
        client.get(reverse("digest", args=[PERIOD]))


# The outbox


def test_a_mail_is_one_whole_file(settings):
    keep("Hello")
    [file] = settings.MAIL_DIR.iterdir()
    assert file.suffix == ".eml"
    assert b"Subject: Hello" in file.read_bytes()


def test_staff_see_what_was_sent_newest_first(clerk):
    keep("First"), keep("Second")
    shown = clerk.get(reverse("mail")).text
    assert shown.index("Second") < shown.index("First")


def test_a_message_shows_its_text_with_links_and_its_headers(clerk):
    kept = keep("Hello")
    shown = clerk.get(reverse("mail-message", args=[kept.name])).text
    assert '<a href="https://example.org/page/"' in shown
    assert "To: a@example.org" in shown
    assert "<iframe" not in shown, "it has no HTML"


def test_the_html_is_framed_by_our_page_alone_and_can_do_nothing(clerk):
    kept = keep("Hello", "<html><head></head><body><script>alert(1)</script></body></html>")
    around = clerk.get(reverse("mail-message", args=[kept.name]))
    assert "frame-src" in around["Content-Security-Policy"]
    assert "'self'" in around["Content-Security-Policy"].partition("frame-src")[2].split(";")[0]
    assert "alert(1)" not in around.text
    inside = clerk.get(reverse("mail-html", args=[kept.name]))
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    policy = inside["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert "allow-scripts" not in policy and "allow-same-origin" not in policy


def test_only_there_may_a_style_stand_in_the_page(clerk):
    for page in (reverse("mail"), reverse("subscribe")):
        assert "unsafe-inline" not in clerk.get(page)["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["mail-message", "mail-html"])
@pytest.mark.parametrize("kept", ["nothing", "secret-key"])
def test_what_is_not_kept_is_not_found(clerk, name, kept):
    assert clerk.get(reverse(name, args=[kept])).status_code == 404


def test_mail_that_went_to_a_server_is_not_shown(clerk, settings):
    kept = keep("Hello")
    settings.MAIL_IS_KEPT = False
    assert "isn't kept here" in clerk.get(reverse("mail")).text
    assert clerk.get(reverse("mail-message", args=[kept.name])).status_code == 404


@pytest.mark.parametrize("page", ["mail", "mail-message", "mail-html"])
def test_nobody_but_staff_sees_it(client, page):
    kept = keep("Hello", "<p>Hello</p>")
    address = reverse(page, args=[] if page == "mail" else [kept.name])
    assert client.get(address).status_code == 302
    client.force_login(cast.rob())
    assert client.get(address).status_code == 403


def test_the_digest_is_kept_whole(clerk):
    readers.news()
    readers.reader()
    deliver.send_digest(NINE)
    kept = outbox.newest()[0]
    assert "3 overdue" in kept.message["Subject"]
    assert "Count the pipes of last winter" in kept.text and "<h1" in kept.html
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in (
        clerk.get(reverse("mail-message", args=[kept.name])).text
    )
