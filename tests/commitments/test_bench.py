"""The bench runs and says what it measured; how fast that was is judged by people."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def test_an_unknown_path_is_a_sentence():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("bench", "coffee")


@pytest.mark.long
@pytest.mark.parametrize("name", ["parse"])
def test_it_tells_ours_the_floor_and_the_target(name):
    out = io.StringIO()
    call_command("bench", name, "--json", stdout=out, stderr=io.StringIO())
    first, *_others = json.loads(out.getvalue())["benches"][name]
    assert first["ours"] > 0
    assert first["floor"] > 0
    assert first["target"]
