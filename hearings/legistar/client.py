"""Asks a Legistar Web API for its lists, page by page, politely, and says plainly what went wrong.

The API is OData 3: `$top`, `$skip`, `$orderby`, `$filter` with `datetime'2026-10-20'`, at most 1,000 records
an answer (webapi.legistar.com/Home/Examples). Some clients want a token, as a parameter of the address: so
no address ever stands in a message of ours or, by the log level of urllib3, in a log."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, ReadTimeoutError

PAGE = 1000  # records; the API gives no more
TIMEOUT = urllib3.Timeout(connect=10, read=60)  # seconds
BUSY = (429, 500, 502, 503, 504)
RETRY = urllib3.Retry(
    total=4,
    status_forcelist=BUSY,
    backoff_factor=1,
    backoff_max=30,
    retry_after_max=60,  # seconds; what asks for more is asked again by the next run
    raise_on_status=False,
)
USER_AGENT = "hearing-commitments (reads committees, members and meetings)"
NOT_SET_UP = (
    b"not set up in InSite for client"  # how the API itself says that it knows no such client
)

Record = dict[str, Any]


class LegistarError(Exception):
    """Why nothing more could be read, as a sentence for staff."""


class NoSuchList(LegistarError):
    """404: the client, or this list of it, isn't there."""


def day_filter(field: str, first: date, last: date | None = None) -> str:
    """`field` from the first day on, up to the end of the last one, in OData's words."""
    begun = f"{field} ge datetime'{first:%Y-%m-%d}'"
    if last is None:
        return begun
    return f"{begun} and {field} lt datetime'{last + timedelta(days=1):%Y-%m-%d}'"


class Client:
    """One council's lists."""

    def __init__(self, name: str, *, base_url: str, token: str = "") -> None:
        if urlsplit(base_url).scheme not in ("http", "https"):
            raise LegistarError(f"{base_url!r} is no web address.")
        self.name = name
        self.base_url = base_url.rstrip("/")
        self.token = token
        self.pool = urllib3.PoolManager(
            retries=RETRY,
            timeout=TIMEOUT,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        )

    def pages(
        self,
        name: str,
        *,
        key: str,
        where: str = "",
        done: int = 0,
        options: Mapping[str, object] | None = None,
    ) -> Iterator[list[Record]]:
        """The records of a list in the order of their ids, from record `done` on, page by page;
        `options` are the list's own parameters.

        Raises LegistarError with what went wrong; the pages before it are good.
        """
        before: list[object] = []
        asked = {**(options or {}), "$orderby": key, "$filter": where, "$top": PAGE}
        while page := self._page(name, {**asked, "$skip": done}):
            ids = [record.get(key) for record in page]
            if ids == before:  # the server knows no $skip
                if len(page) < PAGE:
                    return
                raise LegistarError(f"Legistar sends the same page of {name} again and again.")
            yield page
            before = ids
            done += len(page)

    def _page(self, name: str, query: dict[str, object]) -> list[Record]:
        fields = {key: str(value) for key, value in query.items() if value != ""}
        if self.token:
            fields["token"] = self.token
        try:
            answer = self.pool.request(
                "GET", f"{self.base_url}/{self.name}/{name}", fields=fields, redirect=False
            )
        except HTTPError as error:
            # The error's own words hold the address, and with it the token.
            raise LegistarError(_silence(error)) from None
        _refuse_unless_good(answer, self.name, name)
        return _records(answer.data, name)


def _silence(error: HTTPError) -> str:
    reason = error.reason if isinstance(error, MaxRetryError) else error
    why = "didn't answer in time" if isinstance(reason, ReadTimeoutError) else "can't be reached"
    return f"Legistar {why}. What was read before stays; the next reading goes on from there."


def _refuse_unless_good(answer: urllib3.BaseHTTPResponse, client: str, name: str) -> None:
    status = answer.status
    if status == 200:
        return
    if status in (401, 403):
        raise LegistarError(
            f"Legistar doesn't let us read “{client}” ({status}). Some councils want a token: ask theirs"
            " for one and set LEGISTAR_TOKEN; if it is set, it isn't valid."
        )
    if status == 404 or NOT_SET_UP in answer.data:
        raise NoSuchList(
            f"Legistar knows no {name} of a client “{client}”. The client is the first word of the"
            " council's calendar address, such as “seattle” in seattle.legistar.com."
        )
    if status in BUSY:
        raise LegistarError(
            f"Legistar answers with an error ({status}), also after {RETRY.total} more tries. What was"
            " read before stays; the next reading goes on from there."
        )
    raise LegistarError(f"Legistar refuses our question about {name} ({status}).")


def _records(data: bytes, name: str) -> list[Record]:
    try:
        page = json.loads(data)
    except ValueError:
        raise LegistarError(
            f"Legistar's answer about {name} isn't JSON. Is its address right?"
        ) from None
    if not isinstance(page, list) or not all(isinstance(record, dict) for record in page):
        raise LegistarError(f"Legistar's answer about {name} isn't a list of records.")
    return page
