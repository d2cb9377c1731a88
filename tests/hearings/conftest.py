"""A calendar to read from, and somebody who waits for nothing."""

import pytest
import urllib3

from hearings.legistar import client
from tests.hearings.calendar_server import body, event, office, person, served


@pytest.fixture
def impatient(monkeypatch):
    """The same retries, without the waiting."""
    monkeypatch.setattr(client, "RETRY", client.RETRY.new(backoff_factor=0.001))
    monkeypatch.setattr(client, "TIMEOUT", urllib3.Timeout(0.4))


@pytest.fixture
def calendar(impatient):
    with served() as (calendar, address):
        calendar.address = address
        calendar.lists |= {
            "bodies": [
                body(1, "Marrow Bay City Council", BodyTypeName="Primary Legislative Body"),
                body(2, "Committee on Water"),
                body(3, "Committee on Harbors"),
                body(4, "Department of Records", BodyMeetFlag=0),
                body(5, None, BodyTypeName=None, BodyMeetFlag=None, BodyActiveFlag=None),
            ],
            "persons": [person(11, "Odalys Odell"), person(12, "Bram Quill"), person(13, None)],
            "officerecords": [
                office(21, 11, 1, "Council Member, District 4"),
                office(22, 11, 2, "CHAIRPERSON"),
                office(23, 12, 1, None, OfficeRecordEndDate=None),
                office(24, 12, 2, "Committee Member"),
                office(25, 13, 1, None),
                office(26, 12, 1, None, OfficeRecordEndDate="2019-12-31T00:00:00"),
            ],
            "events": [
                event(31, "Committee on Water", "2026-10-20", EventComment="Jointly with the Committee on Harbors."),
                event(32, "Committee on Water", "2026-10-27", EventAgendaStatusName="Deferred"),
                event(33, "Committee on Harbors", "2026-10-28", EventTime=None, EventInSiteURL=None),
                event(34, None, "2026-10-29"),
                event(35, "Committee on Harbors", "2019-01-08"),
            ],
        }  # fmt: skip
        yield calendar
