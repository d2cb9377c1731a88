"""Subscribing without an account or a cookie: asked, confirmed by the address, ended with one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from commitments import actions
from commitments.mail import forms, subscriptions, tokens
from commitments.models import Delivery, MailToken, Subscriber, Subscription
from hearings import clock
from tests import cast
from tests.commitments.mail import readers
from tests.commitments.mail.readers import NINE

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"
A_YEAR_LATER = NINE + timedelta(days=365)


@pytest.fixture(autouse=True)
def _monday(settings):
    settings.CLOCK_AT = NINE


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    """Send the public form as a browser does, without cookies."""

    def send(email=ADDRESS, about="all", stamp=None, **headers):
        fields = {"email": email, "about": about, "stamp": stamp or forms.stamp()}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("subscribe"), fields, headers=headers)

    return send


def link(message, page: str) -> str:
    return re.search(rf"https?://[^/\s]+(/{page}/[\w-]+/)", message.body)[1]


def manage_token(subscriber: Subscriber) -> str:
    return tokens.issue(subscriber, MailToken.Purpose.MANAGE, clock.now())


def test_an_address_is_asked_and_gets_nothing_before_it_says_yes(client, ask):
    response = ask()
    assert "Look into your mail" in response.text
    assert not Subscriber.objects.active().exists()
    [asked] = mail.outbox
    assert asked.to == [ADDRESS]
    page = link(asked, "subscribe")
    assert client.get(page).status_code == 200
    assert not Subscriber.objects.active().exists(), "mail scanners follow links"
    assert "You are subscribed" in client.post(page).text
    assert Subscriber.objects.active().get().email == ADDRESS
    assert Subscription.objects.get().confirmed_at == NINE


def test_no_page_sets_a_cookie_or_needs_one(client, ask):
    ask()
    page = link(mail.outbox[0], "subscribe")
    for response in (client.get(reverse("subscribe")), client.get(page), client.post(page)):
        assert not response.cookies


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(ask):
    readers.reader("known@example.org")
    assert ask("known@example.org").content == ask("unknown@example.org").content


def test_the_answer_is_the_same_while_the_mail_server_is_down(ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ask().status_code == 200


def test_an_address_is_one_however_it_is_written(ask):
    ask("Reader@Example.org")
    ask("reader@example.org")
    assert Subscriber.objects.count() == Subscription.objects.count() == 1


def test_an_address_is_not_flooded(ask, settings):
    for _ in range(subscriptions.PER_HOUR + 2):
        assert ask().status_code == 200
    assert len(mail.outbox) == subscriptions.PER_HOUR
    settings.CLOCK_AT = NINE + timedelta(minutes=61)
    ask()
    assert len(mail.outbox) == subscriptions.PER_HOUR + 1


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_form_on_another_site_is_refused(ask, origin):
    assert ask(origin=origin).status_code == 403
    assert not Subscriber.objects.exists()


def test_our_own_origin_is_welcome(ask):
    assert ask(origin="http://testserver").status_code == 200


@pytest.mark.parametrize("stamp", ["forged", "form:1tAAAA:forged"])
def test_a_form_that_is_not_ours_is_refused(ask, stamp):
    assert "open for too long" in ask(stamp=stamp).text
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("email", "about"), [("no address", "all"), (ADDRESS, "agency-999"), (ADDRESS, "nonsense")]
)
def test_nonsense_is_told_and_not_stored(ask, email, about):
    assert "hint warn" in ask(email, about).text
    assert not Subscriber.objects.exists()


def test_all_scopes_can_be_asked_for(ask):
    commitment = readers.news()["newly_overdue"]
    wishes = {
        f"agency-{cast.water().pk}": "Water Authority",
        f"committee-{cast.committee().pk}": "Committee on Water",
        f"member-{cast.odell().pk}": "Odalys Odell",
        f"item-{commitment.reference}": commitment.reference,
    }
    for about, subject in wishes.items():
        ask(about=about)
        assert Subscription.objects.latest("pk").subject == subject


def test_an_item_that_is_not_public_can_not_be_asked_for(ask):
    internal = cast.opened()
    assert internal.what not in ask(about=f"item-{internal.reference}").text
    assert not Subscriber.objects.exists()


def test_a_confirmation_link_is_good_for_a_week(client, ask, settings):
    ask()
    page = link(mail.outbox[0], "subscribe")
    settings.CLOCK_AT = NINE + timedelta(days=8)
    assert client.post(page).status_code == 404


def test_an_old_confirmation_link_does_not_bring_back_who_has_left(client, ask):
    ask()
    page = link(mail.outbox[0], "subscribe")
    client.post(page)
    subscriptions.unsubscribe(Subscriber.objects.get(), NINE)
    assert client.post(page).status_code == 404
    assert not Subscriber.objects.active().exists()


def test_who_has_left_can_come_back(client, ask):
    subscriptions.unsubscribe(readers.reader(), NINE)
    ask()
    client.post(link(mail.outbox[0], "subscribe"))
    assert Subscriber.objects.active().get().email == ADDRESS


# Leaving


def test_looking_at_the_unsubscribe_page_changes_nothing(client):
    page = reverse("unsubscribe", args=[manage_token(readers.reader())])
    assert "Unsubscribe?" in client.get(page).text
    assert client.head(page).status_code == 200
    assert Subscriber.objects.active().exists()


def test_one_click_unsubscribes_logged_out_a_year_later(client, settings):
    page = reverse("unsubscribe", args=[manage_token(readers.reader())])
    settings.CLOCK_AT = A_YEAR_LATER
    response = client.post(page, {"List-Unsubscribe": "One-Click"}, headers={"origin": "null"})
    assert response.status_code == 200
    assert Subscriber.objects.get().unsubscribed_at == A_YEAR_LATER
    assert not Subscription.objects.exists()
    assert client.post(page).status_code == 200, "a second click is no error"


def test_leaving_cancels_what_waits(client):
    subscriber = readers.reader()
    row = Delivery.objects.create(subscriber=subscriber, kind="digest", period="2026-W46")
    subscriptions.unsubscribe(subscriber, NINE)
    row.refresh_from_db()
    assert row.status == Delivery.Status.CANCELLED


@pytest.mark.parametrize("page", ["unsubscribe", "subscriptions", "subscription-confirm"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_not_found(client, page, method):
    readers.reader()
    assert getattr(client, method)(reverse(page, args=["forged"])).status_code == 404


def test_a_link_of_one_purpose_does_not_serve_another(client):
    subscriber = readers.reader()
    confirm = tokens.issue(subscriber, MailToken.Purpose.CONFIRM, NINE)
    assert client.post(reverse("unsubscribe", args=[confirm])).status_code == 404
    manage = manage_token(subscriber)
    assert client.post(reverse("subscription-confirm", args=[manage])).status_code == 404


def test_a_stolen_table_opens_nothing(client):
    manage_token(readers.reader())
    stolen = MailToken.objects.get().digest
    assert client.get(reverse("subscriptions", args=[stolen])).status_code == 404


# Managing


def test_one_subject_less(client):
    subscriber = readers.reader()
    readers.reader(scope="agency", agency=cast.water())
    page = reverse("subscriptions", args=[manage_token(subscriber)])
    shown = client.get(page)
    assert "Water Authority" in shown.text
    assert "no-store" in shown["Cache-Control"]
    client.post(page, {"give_up": subscriber.subscriptions.get(scope="all").pk})
    assert subscriber.subscriptions.get().subject == "Water Authority"
    client.post(page, {"give_up": subscriber.subscriptions.get().pk})
    assert not Subscriber.objects.active().exists()


@pytest.mark.parametrize("given_up", ["", "nonsense", "0", "²"])
def test_nonsense_gives_nothing_up(client, given_up):
    subscriber = readers.reader()
    page = reverse("subscriptions", args=[manage_token(subscriber)])
    assert client.post(page, {"give_up": given_up}).status_code == 302
    assert subscriber.subscriptions.count() == 1


def test_nobody_gives_up_anothers_subject(client):
    mine, theirs = readers.reader(), readers.reader("other@example.org")
    page = reverse("subscriptions", args=[manage_token(mine)])
    client.post(page, {"give_up": theirs.subscriptions.get().pk})
    assert theirs.subscriptions.count() == 1


def test_the_manage_page_never_names_what_an_item_said(client):
    commitment = readers.news()["newly_overdue"]
    token = manage_token(readers.reader(scope="item", commitment=commitment))
    actions.unpublish(commitment, by=cast.rita(), now=NINE, public_reason="Entered twice.")
    shown = client.get(reverse("subscriptions", args=[token])).text
    assert commitment.reference in shown and commitment.what not in shown
