"""Who may log in: invited, given roles and deactivated by an administrator."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from hearings.roles import Role, roles_of
from tests import cast

pytestmark = pytest.mark.django_db
NEW = {"invite": 1, "name": "Nora Nye", "email": "Nora@example.org", "roles": ["clerk", "reviewer"]}


def turn(act: str, user: User, **more) -> dict:
    return {"act": f"{act}:{user.pk}", **more}


def nora() -> User:
    return User.objects.get(username="nora@example.org")


def test_an_invited_person_sets_a_password_and_gets_in(adam, client, mailoutbox):
    adam.post(reverse("people"), NEW)
    link = re.search(r"http://\S+(/accounts/reset/\S+)", mailoutbox[0].body)[1]
    client.logout()
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    password = "harbor walk at low tide"
    client.post(address, {"new_password1": password, "new_password2": password})
    response = client.post(reverse("login"), {"username": nora().username, "password": password})
    assert response.url == reverse("desk")
    assert roles_of(nora()) == {Role.CLERK, Role.REVIEWER}


def test_the_link_works_once(adam, client, mailoutbox):
    adam.post(reverse("people"), NEW)
    link = re.search(r"http://\S+(/accounts/reset/\S+)", mailoutbox[0].body)[1]
    user = nora()
    user.set_password("set in the meantime")
    user.save()
    assert "older than three days" in client.get(link, follow=True).text


def test_an_address_is_invited_once(adam, mailoutbox):
    adam.post(reverse("people"), NEW)
    assert "has an account already" in adam.post(reverse("people"), NEW).text
    assert len(mailoutbox) == 1


def test_a_mail_that_can_not_be_sent_is_told(adam, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert "could not be sent" in adam.post(reverse("people"), NEW, follow=True).text
    assert nora().is_active


def test_roles_are_changed_as_given(adam):
    cora = cast.cora()
    adam.post(reverse("people"), turn("roles", cora, roles=["reviewer"]))
    assert roles_of(User.objects.get(pk=cora.pk)) == {Role.REVIEWER}


def test_somebody_without_a_role_is_no_choice(adam):
    cora = cast.cora()
    assert (
        "at least one role" in adam.post(reverse("people"), turn("roles", cora), follow=True).text
    )
    assert roles_of(User.objects.get(pk=cora.pk)) == {Role.CLERK}


def test_deactivated_people_are_locked_out_and_stay_in_the_history(adam, client):
    cora = cast.cora()
    adam.post(reverse("people"), turn("turn", cora))
    assert not User.objects.get(pk=cora.pk).is_active
    login = {"username": "cora", "password": "a long enough password"}
    client.logout()
    assert client.post(reverse("login"), login).status_code == 200


def test_an_administrator_keeps_hold_of_the_keys(adam):
    me = cast.adam()
    adam.post(reverse("people"), turn("turn", me))
    adam.post(reverse("people"), turn("roles", me, roles=["reader"]))
    assert User.objects.get(pk=me.pk).is_active
    assert Role.ADMINISTRATOR in roles_of(User.objects.get(pk=me.pk))


@pytest.mark.parametrize("who", [cast.rob, cast.cora, cast.rita, cast.lea])
def test_it_needs_an_administrator(client, who):
    client.force_login(who())
    assert client.get(reverse("people")).status_code == 403
    assert client.post(reverse("people"), NEW).status_code == 403
    assert not User.objects.filter(email__iexact=NEW["email"]).exists()


def test_the_list_costs_the_same_for_any_number(adam, django_assert_max_num_queries):
    for number in range(30):
        cast.person(f"Guest{number}", Role.READER)
    with django_assert_max_num_queries(12):
        adam.get(reverse("people"))


# The administrators' tables


TABLES = ["hearings/council", "hearings/committee", "hearings/agency", "hearings/official", "hearings/hearing", "commitments/holiday", "commitments/target", "commitments/commitment", "commitments/event", "auth/user"]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_an_administrator_sees_every_table(adam, table):
    cast.opened()
    assert adam.get(f"/admin/{table}/").status_code == 200


@pytest.mark.parametrize("table", ["commitments/commitment", "commitments/event", "auth/user"])
def test_nothing_is_added_or_deleted_there_behind_the_acts(adam, table):
    row = {"commitments/commitment": cast.opened(), "auth/user": cast.cora()}.get(table)
    row = row or cast.opened().events.last()
    assert adam.get(f"/admin/{table}/add/").status_code == 403
    assert adam.post(f"/admin/{table}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("who", [cast.cora, cast.lea])
def test_nobody_else_gets_into_the_tables(client, who):
    client.force_login(who())
    assert client.get("/admin/hearings/agency/").status_code == 302
