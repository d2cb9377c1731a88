from hearings.formats import FORMATS
from tests.hearings.formats.write_docs import DOCS, with_table


def test_the_table_in_the_docs_is_what_we_read():
    text = DOCS.read_text(encoding="utf-8")

    assert with_table(text) == text, "run python -m tests.hearings.formats.write_docs"


def test_every_format_has_a_sample():
    text = DOCS.read_text(encoding="utf-8")

    for name in FORMATS:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
        assert "utterance" in row
