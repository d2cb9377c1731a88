"""An install may be internal only: then nothing is published, and the public pages are the staff's."""

import pytest

from commitments import actions
from commitments.mail.deliver import send_digest
from hearings.models import Council
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _internal(db):
    council = Council.current()
    council.internal_only = True
    council.save()


@pytest.mark.parametrize(
    "address", ["/", "/commitments/", "/hearings/", "/search/?q=x", "/subscribe/"]
)
def test_a_visitor_is_led_to_the_login(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")


def test_the_api_refuses_a_visitor(client):
    assert client.get("/api/v1/commitments/").status_code == 403


def test_whoever_is_logged_in_reads_on(client):
    client.force_login(cast.rob())
    assert client.get("/commitments/").status_code == 200


def test_the_door_and_the_health_stay_open(client):
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_nothing_can_be_published():
    commitment = cast.opened()
    with pytest.raises(actions.Refused, match="publishes nothing"):
        actions.publish(commitment, by=cast.rita(), now=cast.NOON)


def test_no_digest_goes_out():
    assert send_digest(cast.NOON)["period"] is None
