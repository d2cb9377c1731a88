"""What can't be read is refused in a sentence, quickly, and nothing is guessed."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest

from hearings.formats import FORMATS, TranscriptError, decoding, detect, documents, parse
from tests.hearings.formats.pdf import pdf_of
from tests.hearings.formats.sample import said, sample


def refusal(data: bytes, **options: str) -> str:
    with pytest.raises(TranscriptError) as refused:
        parse(data, **options)
    return str(refused.value)


@pytest.mark.parametrize("data", [b"", b"  \n\r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(data: bytes):
    assert refusal(data) == "The file is empty."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x7fELF\x02\x01\x01\0\0\0", "This is not a text file: it holds binary data."),
        (b"RIFF\x01\x02\x03\x04WAVEfmt \x05", "This is not a text file: it holds binary data."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Word file (.doc)."),
        (b"{\\rtf1\\ansi Hello}", "This is a rich text file (.rtf)."),
        (b"PK\x03\x04broken", "This is a zip archive."),
        (b"%PDF-1.7\nbroken", "This PDF is damaged or locked and can't be read."),
        (pdf_of([[]]), "This PDF holds pictures of pages, not text."),
    ],
)
def test_what_is_no_text(data: bytes, sentence: str):
    assert refusal(data).startswith(sentence)


def test_a_web_pages_source():
    page = b"<!DOCTYPE html>\n<html><body><p>0:00:01</p></body></html>"

    assert refusal(page).startswith("This is a web page's source, not its text.")
    assert refusal(page, format="citymeetings") == refusal(page)


def test_a_file_over_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "MAX_BYTES", 1_000_000)

    assert refusal(b"a" * 2_000_000) == "The file has 2 MB; at most 1 MB can be read."


def test_fifty_megabytes_of_one_line_are_refused_without_a_copy():
    data = b"[00:00:01] Clerk: Yes.\n" + b"blah " * 10_000_000

    tracemalloc.start()
    sentence = refusal(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sentence.startswith("Line 2: This line is longer than 500 KB")
    assert peak < len(data) * 1.5


def test_json_that_never_ends_or_nests_is_refused():
    assert "no format we know" in refusal(b'{"text": "' + b"a" * 3_000_000)
    assert "no format we know" in refusal(b"[" * 200_000)


def test_no_known_format_names_those_we_can_read():
    sentence = refusal(b'{"name": "Marrow Bay"}')

    assert all(name in sentence for name in FORMATS)


@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"plain"}))
def test_a_wrong_format_is_a_sentence(format: str):
    sentence = refusal(b"Nobody is named here, and nothing has a time.\n", format=format)

    assert sentence.endswith((".", ")"))
    assert len(sentence) < 200


def test_an_unknown_format_names_the_known():
    assert refusal(b"words", format="word").startswith("There is no format 'word'. We can read: ")


def test_nothing_but_bad_lines_names_the_first():
    data = b"[2:99:99] Clerk: Yes.\n[3:99:99] Clerk: No.\n"

    with pytest.raises(TranscriptError, match="^Line 1: No line could be read"):
        parse(data, skip_bad_lines=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_say_what_they_are(encoding: str):
    marks = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}
    text = sample("citymeetings.txt").decode()

    transcript = parse((marks.get(encoding, "") + text).encode(encoding))

    assert said(transcript) == said(parse(sample("citymeetings.txt")))
    assert transcript.warnings == ()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end: str):
    text = sample("citymeetings.txt").decode().replace("\n", end)

    transcript = parse(text.encode())

    assert transcript.utterances == parse(sample("citymeetings.txt")).utterances


def test_windows_1252_is_read_with_a_warning():
    text = sample("citymeetings.txt").decode().replace("·", "\u2019").replace("•", "-")

    transcript = parse(text.encode("cp1252"))

    assert transcript.utterances[0].speaker == "Odalys Ferrán"
    assert transcript.warnings[0].startswith("The file isn't UTF-8 (line 13)")


def test_utf8_with_a_broken_letter_stays_utf8():
    data = sample("citymeetings.txt").replace("·".encode(), b"\xb7")

    transcript = parse(data)

    assert transcript.utterances[0].speaker == "Odalys Ferrán"
    assert transcript.warnings[0].startswith("Line 13 holds a character that can't be read")


def test_the_name_of_a_format_is_found_by_content_alone():
    assert detect(sample("voices.vtt")) == "webvtt"
    with pytest.raises(TranscriptError, match="We can read: webvtt"):
        detect(b"{}")


def word_file(**members: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return packed.getvalue()


def test_a_damaged_word_file():
    assert refusal(word_file(word__document=b"<w>")).startswith("This Word file is damaged")


def test_a_word_file_that_declares_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "MAX_UNPACKED", 5_000_000)

    bomb = word_file(word__document=b"\0" * 6_000_000)

    assert len(bomb) < 10_000
    assert refusal(bomb).startswith("This Word file unpacks to more than 5 MB")


def test_a_word_file_that_lies_about_its_size_is_not_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "MAX_UNPACKED", 5_000_000)
    bomb = word_file(word__document=b"\0" * 6_000_000)

    liar = bomb.replace((6_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))

    assert liar != bomb
    assert refusal(liar).startswith("This Word file")
