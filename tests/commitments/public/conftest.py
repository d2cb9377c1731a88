import pytest

from tests import cast


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    """The day after the hearing, unless a test says otherwise."""
    settings.CLOCK_AT = cast.NOON


@pytest.fixture
def read(client):
    """What anybody sees at an address; the answer must be 200."""

    def get(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    return get
