"""Two of one name are told apart by a person, before the second one is made."""

import pytest
from django.urls import reverse

from hearings.models import Agency, Official, Speaker
from tests import cast

pytestmark = pytest.mark.django_db
ASKED = "There is already somebody of this name: Ingrid Fenn, Commissioner, WA."
NEW = {"name": "Ingrid  FENN", "role": "Engineer", "side": "agency"}


def somebody_new(**more) -> dict:
    return NEW | {"agency": cast.water().pk} | more


def fenns() -> int:
    return Official.objects.filter(name__iregex=r"ingrid\s+fenn").count()


def test_the_queue_asks_before_there_is_a_second_one(cora):
    cast.hearing()
    name = Speaker.objects.open().get()
    sent = somebody_new(speaker=name.pk)
    answer = cora.post(reverse("speakers"), sent)
    assert ASKED in answer.text and "Somebody else of the same name" in answer.text
    assert fenns() == 1 and Speaker.objects.open().exists()
    cora.post(reverse("speakers"), sent | {"is_another": "on"})
    assert fenns() == 2 and not Speaker.objects.open().exists()


def test_somebody_else_said_this_asks_too(cora):
    where = cast.hearing()
    line = cast.said(where, "Absolutely.")
    address = f"{reverse('hearing-voice', args=[where.slug])}?u={line.pk}"
    sent = somebody_new(u=line.pk)
    assert ASKED in cora.post(address, sent).text
    assert fenns() == 1
    cora.post(address, sent | {"is_another": "on"})
    assert fenns() == 2


def official(client, address: str, **typed):
    rows = {"appointments-TOTAL_FORMS": 0, "appointments-INITIAL_FORMS": 0}
    return client.post(address, rows | typed, follow=True)


@pytest.fixture
def rita(client):
    client.force_login(cast.rita())
    return client


def test_so_does_the_page_of_a_new_official(rita):
    cast.fenn()
    assert ASKED in official(rita, reverse("staff-official-new"), name="ingrid fenn").text
    assert fenns() == 1
    official(rita, reverse("staff-official-new"), name="ingrid fenn", is_another="on")
    assert fenns() == 2


def test_who_keeps_the_name_is_not_asked(rita):
    fenn, _other = cast.fenn(), Official.objects.create(name="Ingrid Fenn")
    address = reverse("staff-official-edit", args=[fenn.slug])
    assert "Saved: Ingrid Fenn" in official(rita, address, name="Ingrid Fenn").text


def test_nobody_is_asked_about_a_name_that_is_free(rita):
    assert "Somebody else of the same name" not in rita.get(reverse("staff-official-new")).text
    assert "Saved: Ned Nott" in official(rita, reverse("staff-official-new"), name="Ned Nott").text


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "water  AUTHORITY"},
        {"name": "Wells", "short_name": "wa"},
        {"name": "Wells", "aliases": "Wells Bureau\nWater Board"},
    ],
)
def test_a_name_of_another_agency_is_refused(rita, typed):
    cast.water()
    Agency.objects.update(aliases=["Water Board"])
    assert "is a name of Water Authority already." in rita.post(reverse("staff-agency-new"), typed).text  # fmt: skip
    assert Agency.objects.count() == 1


def test_an_agency_keeps_its_own_names(rita):
    water = cast.water()
    sent = {"name": water.name, "short_name": "WA", "aliases": "Water Board"}
    answer = rita.post(reverse("staff-agency-edit", args=[water.slug]), sent, follow=True)
    assert "Saved: Water Authority" in answer.text
