"""`manage.py import_transcript`: files into a hearing, all or none, and one plain sentence when not."""

import io
import json
import os
import signal
import sys
import time
from datetime import date

import pytest
from django.core.management import CommandError, call_command, load_command_class

from hearings.formats import FORMATS
from hearings.management import command
from hearings.models import Committee, Hearing, Transcript, Utterance
from tests import cast

pytestmark = pytest.mark.django_db
HEARING = ("--title", "Oversight: lead pipes", "--date", "2026-10-20", "--committee", "Committee on Water")  # fmt: skip


def lines(*said: tuple) -> str:
    return "\n".join(
        json.dumps({"start": start, "speaker": who, "text": text}) for start, who, text in said
    )


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "lead.jsonl"
    path.write_text(lines(*cast.LINES))
    return path


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text(lines((9000, "A", "Fine.")) + '\n{"start": "2:99:99", "text": "No."}\n')
    return path


def run(*arguments, **options) -> dict:
    out = io.StringIO()
    call_command("import_transcript", *map(str, arguments), "--json", stdout=out, **options)
    return json.loads(out.getvalue())


def refusal(*arguments) -> str:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    return str(refused.value)


def nothing_is_there() -> bool:
    return not (
        Hearing.objects.exists() or Utterance.objects.exists() or Committee.objects.exists()
    )


def test_a_file_makes_a_hearing_and_says_what_it_holds(page):
    cast.fenn(), cast.odell()
    assert run(page, *HEARING) == {
        "hearing": "2026-10-20-oversight-lead-pipes",
        "format": "jsonl",
        "revision": 1,
        "utterances": 7,
        "added": 7,
        "chapters": 0,
        "speakers": 4,
        "identified": 3,
        "skipped": [],
        "warnings": ["The committee “Committee on Water” was not known and has been added."],
    }
    assert Hearing.objects.get().held_on == date(2026, 10, 20)


def test_the_same_again_adds_nothing(page):
    first = run(page, *HEARING)
    again = run(page, *HEARING)
    assert (again["hearing"], again["utterances"], again["added"]) == (first["hearing"], 7, 0)
    assert (Hearing.objects.count(), Utterance.objects.count()) == (1, 7)


def test_it_joins_a_hearing_by_its_slug(page):
    where = Hearing.objects.create(title="Known", held_on=date(2026, 10, 20))
    video = ("--video-url", "https://video.example/1", "--video-offset", "12.5")
    assert run(page, "--hearing", where.slug, *video)["hearing"] == where.slug
    where.refresh_from_db()
    assert (where.video_url, where.video_offset) == ("https://video.example/1", 12.5)


def test_several_committees_sit_jointly_in_the_order_named(page):
    run(page, *HEARING, "--committee", "Committee on Health")
    names = [each.name for each in Hearing.objects.with_committees().get().committee_list]
    assert names == ["Committee on Water", "Committee on Health"]


def test_standard_input_is_a_file(page, monkeypatch):
    with page.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert run("-", *HEARING)["added"] == 7


def test_several_files_are_told_one_by_one(page, tmp_path):
    chapter = tmp_path / "more.jsonl"
    chapter.write_text(lines((1, "Commissioner Fenn", "What was said before.")))
    told = run(page, chapter, *HEARING)
    assert [each["revision"] for each in told["files"]] == [1, 1]


def test_of_several_files_a_broken_one_stops_all(page, broken):
    said = refusal(page, broken, *HEARING)
    assert str(broken) in said and "Line 2" in said and "Nothing was imported." in said
    assert nothing_is_there()


def test_bad_lines_can_be_left_out_and_are_listed(broken):
    told = run(broken, *HEARING, "--skip-bad-lines")
    assert told["utterances"] == 1
    assert [each["line"] for each in told["skipped"]] == [2]


def test_a_dry_run_tells_and_writes_nothing(page):
    assert run(page, *HEARING, "--dry-run")["added"] == 7
    assert nothing_is_there()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\n\t\n", "empty"),
        (b"\x00\x01\x02\xff" * 99, "binary"),
        (b"<!doctype html><html><body>Hello</body></html>", "web page"),
        (b"[00:00:10] A: Fine.\n[2:99:99] B: No such time.\n", "Line 2: "),
        (b"We said so. " * (50_000_000 // 12), "Line 1: This line is longer than 500 KB"),
    ],
    ids=["empty", "blank", "binary", "a web page", "a time of 2:99:99", "50 MB of one line"],
)
def test_what_is_no_transcript_is_refused(tmp_path, capsys, content, why):
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        command_line("import_transcript", str(path), *HEARING, "--json")
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (1, "")
    assert why in told.err and told.err.endswith("Nothing was imported.\n")
    assert told.err.count("\n") == 1 and len(told.err) < 500
    assert nothing_is_there()


def test_a_latin_1_file_is_read_with_a_warning(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes("[00:00:10] José Peña: Así es.\n[00:00:12] B: Yes.\n".encode("latin-1"))
    told = run(path, *HEARING)
    assert told["utterances"] == 2
    assert any("Check the accents" in warning for warning in told["warnings"])
    assert Utterance.objects.filter(speaker__printed_name="José Peña", text="Así es.").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "--hearing, or --title and --date"),
        (("--title", "No day"), "--hearing, or --title and --date"),
        (("--title", "Bad day", "--date", "20 October"), "--date must be a date"),
        (("--title", " ", "--date", "2026-10-20"), "--title takes"),
        (("--hearing", "no-such"), "no hearing no-such"),
        (("--hearing", "x", "--title", "y"), "not both"),
        ((*HEARING, "--video-url", "javascript:alert(1)"), "--video-url must be a web address"),
        ((*HEARING, "--video-offset", "nan"), "--video-offset must be a number"),
        ((*HEARING, "--video-offset", "90000"), "less than a day"),
        ((*HEARING, "--format", "runes"), "There is no format 'runes'"),
    ],
)
def test_options_that_make_no_sense_are_named(page, options, why):
    assert why in refusal(page, *options)
    assert nothing_is_there()


def test_a_file_that_isnt_there_is_named(tmp_path):
    assert "No such file" in refusal(tmp_path / "gone.txt", *HEARING)


def test_a_person_reads_a_sentence(page):
    out = io.StringIO()
    call_command("import_transcript", str(page), *HEARING, stdout=out)
    assert "7 utterances, 7 of them new" in out.getvalue()


def test_every_format_can_be_named(page):
    assert "jsonl" in FORMATS
    assert run(page, *HEARING, "--format", "jsonl")["format"] == "jsonl"


def test_from_the_command_line_it_is_a_sentence_and_exit_1(page, capsys):
    with pytest.raises(SystemExit) as ended:
        command_line("import_transcript", str(page))
    told = capsys.readouterr()
    assert ended.value.code == 1
    assert told.err == "Say which hearing: --hearing, or --title and --date.\n"
    assert told.out == ""
    assert not Transcript.objects.exists()


def test_a_forgotten_argument_is_a_sentence_and_exit_1(capsys):
    with pytest.raises(SystemExit) as ended:
        command_line("import_transcript")
    assert ended.value.code == 1
    assert capsys.readouterr().err == "the following arguments are required: FILE\n"


def command_line(name: str, *arguments: str) -> None:
    """As manage.py would run it, in this process, but for closing the test's connection."""
    found = load_command_class("hearings", name)
    found._called_from_command_line = True
    parser = found.create_parser("manage.py", name)
    found.execute(**vars(parser.parse_args(arguments)), args=())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("out", "seen"), [(Terminal(), True), (io.StringIO(), False)])
def test_progress_is_for_terminals_and_for_long_work(monkeypatch, out, seen):
    monkeypatch.setattr(command, "QUIET_SECONDS", 0)
    with command.Command(stderr=out).progress(2) as progress:
        progress.step("reading")
        progress.step("importing")
        time.sleep(0.5)  # two strokes of the painter
    assert ("importing" in out.getvalue()) is seen


@pytest.fixture
def long_page(tmp_path):
    """What takes a second or two to read, and proves broken at its end."""
    path = tmp_path / "budget.jsonl"
    said = lines(*((n / 4, f"Voice {n % 9}", f"We said so. {n}") for n in range(150_000)))
    path.write_text(f"{said}\nbroken\n")
    return path


def test_the_bar_moves_while_a_file_is_read(monkeypatch, long_page):
    monkeypatch.setattr(command, "QUIET_SECONDS", 0)
    out = Terminal()
    with pytest.raises(CommandError, match=r"Line 150,001: "):
        call_command("import_transcript", str(long_page), *HEARING, stderr=out)
    painted = out.getvalue().split(command.Progress.CLEAR)
    reading = {line.partition(" ")[0] for line in painted if "reading" in line}
    assert len(reading) > 1


def test_ctrl_c_while_a_file_is_read_is_a_sentence_and_leaves_nothing(monkeypatch, long_page):
    class Impatient(Terminal):
        """Somebody who presses Ctrl-C once the bar has moved."""

        has_pressed = False

        def write(self, text: str) -> int:
            if "█" in text and not self.has_pressed:
                self.has_pressed = True
                os.kill(os.getpid(), signal.SIGINT)
            return super().write(text)

    monkeypatch.setattr(command, "QUIET_SECONDS", 0)
    with pytest.raises(CommandError, match=r"^Stopped\. Nothing was imported\.$") as stopped:
        call_command("import_transcript", str(long_page), *HEARING, stderr=Impatient())
    assert stopped.value.returncode == 130
    assert nothing_is_there()
