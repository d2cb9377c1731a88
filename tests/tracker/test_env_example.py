"""`.env.example` names every setting there is, each with a sentence."""

import re

from django.conf import settings

READ = re.compile(r"""env\.\w+(?:, |\()"([A-Z_]+)\"""")


def entries() -> list[tuple[str, str]]:
    """(name, the line above it) of each setting in the example."""
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    return [
        (found[1], above)
        for above, line in zip(lines, lines[1:], strict=False)
        if (found := re.match(r"#?([A-Z_]+)=", line))
    ]


def test_it_names_what_the_settings_read_and_nothing_else():
    source = (settings.BASE_DIR / "tracker" / "settings.py").read_text()
    read = set(READ.findall(re.sub(r"\(\s+", "(", source).replace(",\n    ", ", ")))
    assert {"DATABASE_URL", "TICK_SECONDS", "ALLOWED_HOSTS", "SECRET_KEY"} <= read
    assert sorted(name for name, _above in entries()) == sorted(read)


def test_each_has_a_sentence():
    described = {name for name, above in entries() if above.startswith("# ")}
    grouped = {"REDIS_URL"}  # stands right below its sibling, under one sentence for both
    assert {name for name, _above in entries()} == described | grouped
