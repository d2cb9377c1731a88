"""A small server on loopback that answers like a Legistar Web API: pages, filters, a token, and bad days."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LIMIT = 1000  # records an answer
TERM = re.compile(r"(\w+) (ge|lt|eq|ne) (?:datetime'([\d-]+)'|(null))")
AGENDA = re.compile(r"events/(\d+)/EventItems")


class Calendar:
    """What the server holds, how it misbehaves, and what it was asked."""

    def __init__(self) -> None:
        self.lists: dict[str, list[dict]] = {
            "bodies": [], "persons": [], "officerecords": [], "events": [],
        }  # fmt: skip
        self.agendas: dict[int, list[dict]] = {}  # of events; an event without one has no items
        self.client = "marrowbay"
        self.token = ""
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.agents: set[str] = set()
        self.faults: list = []  # one for each of the next answers: a status, "cut", "slow", bytes, None
        self.retry_after = ""
        self.limit = LIMIT

    def answer(self, name: str, query: dict[str, str]) -> list[dict]:
        found = [each for each in self.records(name) if _fits(each, query.get("$filter", ""))]
        found.sort(key=lambda each: each[query["$orderby"]])
        first = int(query["$skip"])
        return found[first : first + min(self.limit, int(query["$top"]))]

    def records(self, name: str) -> list[dict] | None:
        """The list of that name; None where there is none, or no such event."""
        if not (asked := AGENDA.fullmatch(name)):
            return self.lists.get(name)
        key = int(asked[1])
        is_known = any(each["EventId"] == key for each in self.lists["events"])
        return self.agendas.get(key, []) if is_known else None

    @property
    def agendas_asked(self) -> list[int]:
        """The events whose items somebody asked for, in order."""
        return [int(asked[1]) for name, _query in self.asked if (asked := AGENDA.fullmatch(name))]


def _fits(record: dict, condition: str) -> bool:
    if not condition:
        return True
    return any(_all_true(record, each.split(" and ")) for each in condition.split(" or "))


def _all_true(record: dict, terms: list[str]) -> bool:
    assert all(TERM.fullmatch(each) for each in terms), terms
    return all(_is_true(record, *TERM.fullmatch(each).groups()) for each in terms)


def _is_true(record: dict, field: str, how: str, day: str | None, null: str | None) -> bool:
    value = record[field]
    if null:
        return (value is None) == (how == "eq")
    return value is not None and (value >= day if how == "ge" else value < day)


@contextmanager
def served() -> Iterator[tuple[Calendar, str]]:
    """The calendar, and the address it is served at."""
    calendar = Calendar()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_args) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            _v1, client, name = parts.path.strip("/").split("/", 2)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            calendar.asked.append((name, query))
            calendar.agents.add(self.headers["User-Agent"])
            fault = calendar.faults.pop(0) if calendar.faults else None
            if fault == "slow":
                time.sleep(0.6)
            if fault == "cut":
                self.cut()
            elif isinstance(fault, bytes):
                self.send(200, fault)
            elif isinstance(fault, int):
                self.send(fault, b'{"Message":"An error has occurred."}')
            elif calendar.token and query.get("token") != calendar.token:
                self.send(403, b'{"Message":"A token is wanted."}')
            elif client != calendar.client:
                self.send(500, f"Setting is not set up in InSite for client: {client}".encode())
            elif calendar.records(name) is None:
                self.send(404, b'{"Message":"No HTTP resource was found."}')
            else:
                self.send(200, json.dumps(calendar.answer(name, query)).encode())

        def send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status != 200 and calendar.retry_after:
                self.send_header("Retry-After", calendar.retry_after)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def cut(self) -> None:
            """Break off in the middle of the answer."""
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b'[{"BodyId": 1,')
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield calendar, f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def body(key: int, name: str | None, **more) -> dict:
    return {
        "BodyId": key,
        "BodyGuid": f"0000-{key}",
        "BodyLastModifiedUtc": "2026-01-02T10:00:00.5",
        "BodyName": name,
        "BodyTypeName": "Committee",
        "BodyMeetFlag": 1,
        "BodyActiveFlag": 1,
        "BodyDescription": None,
    } | more


def person(key: int, name: str | None, **more) -> dict:
    return {
        "PersonId": key,
        "PersonFirstName": None,
        "PersonLastName": None,
        "PersonFullName": name,
        "PersonActiveFlag": 1,
        "PersonEmail": None,
    } | more


def office(key: int, who: int, where: int, title: str | None, **more) -> dict:
    return {
        "OfficeRecordId": key,
        "OfficeRecordPersonId": who,
        "OfficeRecordFullName": None,
        "OfficeRecordBodyId": where,
        "OfficeRecordBodyName": None,
        "OfficeRecordTitle": title,
        "OfficeRecordMemberType": "Member",
        "OfficeRecordStartDate": "2024-01-01T00:00:00",
        "OfficeRecordEndDate": "2027-12-31T00:00:00",
    } | more


def event(key: int, name: str | None, day: str | None, **more) -> dict:
    return {
        "EventId": key,
        "EventGuid": f"0000-{key}",
        "EventLastModifiedUtc": "2026-10-02T10:00:00.5",
        "EventBodyId": 2,
        "EventBodyName": name,
        "EventDate": day and f"{day}T00:00:00",
        "EventTime": "10:00 AM",
        "EventLocation": None,
        "EventAgendaStatusName": "Final",
        "EventComment": None,
        "EventVideoStatus": "Public",
        "EventVideoPath": None,
        "EventMedia": None,
        "EventInSiteURL": f"https://marrowbay.example.org/MeetingDetail.aspx?LEGID={key}",
        "EventItems": [],
    } | more


def item(key: int, title: str | None, second: int | None, **more) -> dict:
    return {
        "EventItemId": key,
        "EventItemGuid": f"0000-{key}",
        "EventItemLastModifiedUtc": "2026-10-22T10:00:00.5",
        "EventItemAgendaSequence": key,
        "EventItemMinutesSequence": None,
        "EventItemAgendaNumber": None,
        "EventItemVideo": None,
        "EventItemVideoIndex": second,
        "EventItemVersion": "1",
        "EventItemAgendaNote": None,
        "EventItemMinutesNote": None,
        "EventItemActionName": None,
        "EventItemPassedFlag": None,
        "EventItemRollCallFlag": 0,
        "EventItemTitle": title,
        "EventItemConsent": 0,
        "EventItemMover": None,
        "EventItemMatterId": None,
        "EventItemMatterGuid": None,
        "EventItemMatterFile": None,
        "EventItemMatterName": None,
        "EventItemMatterType": None,
        "EventItemMatterStatus": None,
        "EventItemMatterAttachments": [],
    } | more
