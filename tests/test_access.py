"""Anybody reaches what is public and nothing else; each role reaches its own rooms and no other.

Every address is walked, for GET and POST, by everybody. Whoever adds one says below who may reach it,
and how to fill its parameters in."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.regex_helper import normalize

from commitments import suggesting
from commitments.mail import issue, tokens
from commitments.mail.weeks import week_due
from commitments.models import Event, MailToken, Subscriber, Suggestion
from hearings import clock, jobs
from hearings.models import JobRun, Utterance
from hearings.roles import LADDER, Role
from tests import cast

ANYBODY = "anybody"
LOGGED_IN = "whoever is logged in"
THE_ADMIN_SITE = "the admin site"

WHO = {
    ANYBODY: """
        home about search robots
        commitments commitment commitment-json commitment-ics
        hearings hearing hearing-follow-ups hearing-download
        agencies agency agency-open official committee
        subscribe subscription-confirm subscriptions unsubscribe digest
        login password_reset password_reset_done password_reset_confirm password_reset_complete
        admin:login
        schema api-docs api-root api-nothing
        committee-list committee-detail agency-list agency-detail official-list official-detail
        hearing-list hearing-detail utterance-list utterance-detail
        commitment-list commitment-detail event-list event-detail digest-list digest-detail
        healthz readyz
    """,
    LOGGED_IN: "logout password_change password_change_done admin:logout",
    Role.READER: """
        desk register staff-commitment staff-hearings staff-hearing revision
        staff-agencies staff-officials
    """,
    Role.CLERK: """
        act hearing-tag hearing-undo suggestion-accept suggestion-dismiss
        staff-follow-ups staff-follow-ups-docx notes lost lost-moment
        hearing-new calendar-read hearing-add upload speakers hearing-voice decision-undo
        hearing-edit hearing-offset part revision-restore
        mail mail-message mail-html
    """,
    Role.REVIEWER: """
        sheet-act suggestions
        staff-agency-new staff-agency-edit staff-official-new staff-official-edit
    """,
    Role.LEAD: """
        withholding withholding-lift
        staff-agency-merge staff-official-merge merger-undo
    """,
    Role.ADMINISTRATOR: "people",
}
MAY_REACH = {name: who for who, names in WHO.items() for name in names.split()}
NOT_A_PAGE = {
    "api-nothing": 404,
    "password_reset_confirm": 302,
}  # what a visitor's GET gets instead
FOR_STAFF = {
    "login",
    "admin:login",
    "password_reset",
    "password_reset_confirm",
}  # forms with a cookie
PEOPLE = {
    "a visitor": None,
    "a reader": cast.rob,
    "a clerk": cast.cora,
    "a reviewer": cast.rita,
    "a lead": cast.lea,
}
RANKS = dict(zip(PEOPLE, [None, *LADDER], strict=True))
DOORS = ("/accounts/login/", "/admin/login/")


@dataclass(frozen=True)
class Address:
    name: str
    form: str  # with %(parameter)s
    parameters: tuple[str, ...]

    @property
    def who(self) -> str:
        if self.name.startswith("admin:"):
            return MAY_REACH.get(self.name, THE_ADMIN_SITE)
        return MAY_REACH[self.name]


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, prefix: str, namespace: str) -> Iterator[Address]:
    for each in patterns:
        regex = prefix + each.pattern.regex.pattern.removeprefix("^")
        if isinstance(each, URLResolver):
            inside = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, regex, inside)
        else:
            assert isinstance(each, URLPattern)
            form, parameters = normalize(regex)[0]
            yield Address(namespace + (each.name or ""), form, tuple(parameters))


@pytest.fixture
def samples(db) -> dict[str, object]:
    """An argument for each parameter; `name parameter` where one name wants its own."""
    for job in jobs.periods():
        JobRun.objects.create(name=job, last_success=clock.now())
    where = cast.hearing()
    suggesting.refresh(where, now=cast.NOON)
    commitment = cast.published(where)
    monday = cast.at(cast.date(2026, 11, 9))
    week = week_due(monday)
    issue.make(week, monday)
    subscriber = Subscriber.objects.create(email="ada@example.org", created_at=cast.NOON)
    event = Event.objects.filter(commitment=commitment, act="confirm").get()
    forgetful, *_others = (person() for person in PEOPLE.values() if person)
    return {
        "slug": where.slug,
        "agency slug": commitment.agency.slug,
        "staff-agency-edit slug": commitment.agency.slug,
        "staff-agency-merge slug": commitment.agency.slug,
        "staff-official-edit slug": commitment.official.slug,
        "staff-official-merge slug": commitment.official.slug,
        "agency-open slug": commitment.agency.slug,
        "agency-detail slug": commitment.agency.slug,
        "official slug": commitment.official.slug,
        "official-detail slug": commitment.official.slug,
        "committee slug": cast.committee().slug,
        "committee-detail slug": cast.committee().slug,
        "reference": commitment.reference,
        "ref": commitment.reference,
        "lost-moment pk": commitment.made.pk,
        "number": 1,
        "kind": "vtt",
        "period": week.period,
        "pk": Suggestion.objects.waiting().first().pk,
        "upload pk": cast.upload().pk,
        "utterance-detail pk": Utterance.objects.first().pk,
        "event-detail pk": event.pk,
        "act": "extend",
        "sheet-act act": "confirm",
        "name": "20261123-090000-0123abcd",
        "token": tokens.issue(subscriber, MailToken.Purpose.MANAGE, cast.NOON),
        "subscription-confirm token": tokens.issue(
            subscriber, MailToken.Purpose.CONFIRM, clock.now()
        ),
        "uidb64": urlsafe_base64_encode(force_bytes(forgetful.pk)),
        "password_reset_confirm token": default_token_generator.make_token(forgetful),
        "anything": "nothing/here",
        # the admin site's
        "object_id": 1,
        "id": forgetful.pk,
        "content_type_id": 1,
        "app_label": "hearings",
        "url": "nothing",
    }


def filled(address: Address, samples: dict) -> str:
    given = {}
    for each in address.parameters:
        own = f"{address.name} {each}"
        assert own in samples or each in samples, f"{address}: say what {each} may be"
        given[each] = samples.get(own, samples.get(each))
    return "/" + address.form % given


class Walker:
    """Somebody who asks for one address after the other; whatever that changes is undone."""

    def __init__(self, person=None) -> None:
        self.client = Client(raise_request_exception=False)
        if person:
            self.client.force_login(person())
        self.pocket = dict(self.client.cookies)

    def ask(self, method: str, path: str):
        self.client.cookies.clear()
        self.client.cookies.update(self.pocket)
        with transaction.atomic():
            answer = getattr(self.client, method)(path)
            transaction.set_rollback(True)
        return answer


def is_turned_away(answer) -> bool:
    to_a_door = answer.status_code == 302 and answer["Location"].startswith(DOORS)
    return to_a_door or answer.status_code == 403


def should_reach(name: str, who: str) -> bool:
    rank = RANKS[name]
    if who in (ANYBODY, LOGGED_IN):
        return who == ANYBODY or rank is not None
    return rank is not None and who in LADDER and LADDER.index(rank) >= LADDER.index(who)


def test_every_address_says_who_may_reach_it():
    unsaid = [a.form for a in addresses() if not a.name.startswith("admin:") and a.name not in MAY_REACH]  # fmt: skip
    assert unsaid == []


def test_nobody_is_told_of_an_address_that_isnt_there():
    assert MAY_REACH.keys() - {address.name for address in addresses()} == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_reaches_their_own_rooms_and_no_other(samples, name, method):
    wrong, walker = [], Walker(PEOPLE[name])
    for address in addresses():
        path = filled(address, samples)
        answer = walker.ask(method, path)
        reached = not is_turned_away(answer)
        if reached != should_reach(name, address.who) or answer.status_code >= 500:
            wrong.append(f"{method.upper()} {path} ({address.who}): {answer.status_code}")
    assert wrong == []


def test_a_visitor_finds_every_public_page_and_is_given_no_cookie(samples):
    """Not only let in: the sample is there, so that no page hides behind a 404."""
    wrong, visitor = [], Walker()
    for address in addresses():
        if address.who != ANYBODY:
            continue
        path = filled(address, samples)
        answer = visitor.ask("get", path)
        if answer.status_code != NOT_A_PAGE.get(address.name, 200):
            wrong.append(f"{path}: {answer.status_code}")
        if answer.cookies and address.name not in FOR_STAFF:
            wrong.append(f"{path}: sets {', '.join(answer.cookies)}")
    assert wrong == []


def test_an_administrator_has_the_people_and_the_admin_site(samples):
    adam = Walker(cast.adam)
    assert [adam.ask("get", path).status_code for path in ("/staff/people/", "/admin/")] == [
        200,
        200,
    ]


def test_somebody_deactivated_is_a_visitor(samples):
    lea = Walker(cast.lea)
    cast.User.objects.filter(username="lea").update(is_active=False)
    assert is_turned_away(lea.ask("get", "/staff/"))
