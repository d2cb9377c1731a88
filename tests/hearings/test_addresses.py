"""Addresses that no page of ours leads to."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/commitments/?hearing=a%00b",
    "/commitments/?agency=%00",
    "/search/?q=data&hearing=%00",
    "/search/?q=%00",
    "/subscribe/?agency=%00",
    "/hearings/%00/",
    "/api/v1/utterances/?hearing=%00",
    "/api/v1/hearings/%00/",
    "/staff/speakers/?hearing=%00",
    "/staff/officials/?q=%00",
    "/staff/commitments/?hearing=%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_nul_in_an_address_is_refused(client, address):
    client.force_login(cast.lea())

    assert client.get(address).status_code == 400
