"""Reading the calendar as the command does, and what it says."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def read(calendar, *more: str, client: str = "marrowbay") -> dict:
    out = io.StringIO()
    where = ("--base-url", calendar.address, "--since", "2026-09-01")
    call_command("import_legistar", client, *where, *more, "--json", stdout=out)
    return json.loads(out.getvalue())


def refusal(*arguments, **options) -> str:
    with pytest.raises(CommandError) as refused:
        read(*arguments, **options)
    return str(refused.value)
