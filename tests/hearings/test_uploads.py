"""An upload is imported once, wholly, by whoever holds it – or not at all, and says why."""

import json
import os
import threading
import time
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from hearings import tasks, uploads
from hearings.importing import ROWS_A_REPORT
from hearings.models import Committee, Hearing, JobRun, Meeting, Part, Upload, Utterance
from tests import cast
from tests.processes import eventually

State, Step = Upload.State, Upload.Step
BROKEN = b"[00:00:10] A: Fine.\n[2:99:99] B: No such time.\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


def run(upload: Upload) -> Upload:
    """Import it in this test's transaction."""
    uploads.run(upload.pk, now=cast.NOON, told_by=uploads.Silence)
    upload.refresh_from_db()
    return upload


def many_lines(count: int, words: str = "We can get back to you on that.") -> bytes:
    said = ({"start": n, "speaker": f"Voice {n % 7}", "text": f"{words} {n}"} for n in range(count))
    return "\n".join(map(json.dumps, said)).encode()


def nothing_is_there() -> bool:
    return not (
        Hearing.objects.exists() or Utterance.objects.exists() or Committee.objects.exists()
    )


# What is kept


def test_its_bytes_lie_in_a_file_of_a_random_name(db, folder):
    upload = cast.upload(b"Ann: Yes.")
    (file,) = folder.iterdir()
    assert file.read_bytes() == b"Ann: Yes." and file.name == upload.stored_as
    assert "hydrants" not in file.name and folder.stat().st_mode & 0o077 == 0
    assert (upload.size, len(upload.digest)) == (9, 64)


def test_a_good_one_becomes_a_hearing_and_its_file_goes(db, folder):
    done = run(cast.upload(many_lines(40)))
    assert (done.state, done.hearing.title) == (State.DONE, "Oversight: hydrants")
    assert (done.summary["utterances"], done.summary["speakers"]) == (40, 7)
    assert Part.objects.get().digest == done.digest
    assert list(folder.iterdir()) == []


def test_a_bad_one_says_why_and_leaves_nothing(db, folder):
    failed = run(cast.upload(BROKEN))
    assert failed.state == State.FAILED
    assert failed.problem.startswith("Line 2") and failed.problem.endswith("Nothing was imported.")
    assert nothing_is_there()
    assert len(list(folder.iterdir())) == 1


def test_what_failed_can_be_tried_again(db, folder):
    failed = run(cast.upload(BROKEN))
    uploads.path_of(failed).write_bytes(cast.ONE_LINE)  # as if the fault had been ours
    assert uploads.retry(failed)
    assert run(failed).state == State.DONE
    assert Hearing.objects.count() == 1
    assert not uploads.retry(failed)


def test_a_file_that_is_gone_is_told(db):
    upload = cast.upload()
    uploads.path_of(upload).unlink()
    assert "choose it again" in run(upload).problem


def test_a_fault_of_ours_is_told_and_goes_on_to_the_log(db, monkeypatch):
    monkeypatch.setattr(uploads, "parse", lambda *_a, **_k: 1 / 0)
    upload = cast.upload()
    with pytest.raises(ZeroDivisionError):
        run(upload)
    upload.refresh_from_db()
    assert (upload.state, nothing_is_there()) == (State.FAILED, True)
    assert "not in your file" in upload.problem


# Whose it is


def test_nobody_imports_what_somebody_holds(db):
    upload = cast.upload()
    Upload.objects.filter(pk=upload.pk).update(
        state=State.RUNNING, claimed_until=Now() + uploads.LEASE
    )
    assert run(upload).state == State.RUNNING
    assert nothing_is_there()


def test_what_a_dead_worker_held_is_taken_up(db):
    upload = cast.upload()
    Upload.objects.filter(pk=upload.pk).update(
        state=State.RUNNING, claimed_until=Now() - timedelta(seconds=1), attempts=1
    )
    assert run(upload).state == State.DONE


def test_a_file_that_no_worker_survives_is_given_up(db):
    upload = cast.upload()
    Upload.objects.filter(pk=upload.pk).update(
        state=State.RUNNING,
        claimed_until=Now() - timedelta(seconds=1),
        attempts=uploads.ATTEMPTS,
    )
    assert run(upload).state == State.RUNNING
    uploads.take_up(cast.NOON)
    upload.refresh_from_db()
    assert upload.state == State.FAILED and "broke off" in upload.problem


def test_what_was_cancelled_is_not_begun(db):
    upload = cast.upload()
    assert uploads.cancel(upload, now=cast.NOON)
    assert run(upload).state == State.CANCELLED
    assert not uploads.cancel(upload, now=cast.NOON)
    assert nothing_is_there()


def test_what_is_imported_cannot_be_cancelled(db):
    done = run(cast.upload())
    assert not uploads.cancel(done, now=cast.NOON)
    assert Hearing.objects.count() == 1


def test_a_picked_meeting_is_joined_to_its_hearing(db):
    meeting = Meeting.objects.create(
        client="marrowbay", key=7, title="Committee on Water", held_on=cast.HELD_ON, committees=[]
    )
    done = run(cast.upload(meeting=meeting))
    meeting.refresh_from_db()
    assert meeting.hearing == done.hearing


# What is swept up


def test_after_thirty_days_what_failed_is_forgotten(db, folder):
    failed = run(cast.upload(BROKEN))
    uploads.tidy(cast.NOON + timedelta(days=29))
    assert Upload.objects.filter(pk=failed.pk).exists()
    uploads.tidy(cast.NOON + timedelta(days=31))
    assert not Upload.objects.filter(pk=failed.pk).exists()
    assert list(folder.iterdir()) == []


def test_a_file_that_no_row_names_goes_after_a_day(db, folder):
    waiting = cast.upload()
    for name, age in (("fresh", 0), ("old", 2 * uploads.STRAY)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - age,) * 2)
    os.utime(uploads.path_of(waiting), (0, 0))
    tasks.take_up_uploads()
    assert {file.name for file in folder.iterdir()} == {"fresh", waiting.stored_as}
    assert JobRun.objects.get(name="take_up_uploads").last_success


# Pages


def sent(**more) -> dict:
    return {"title": "Oversight: hydrants", "held_on": "2026-10-20", "committees": "Committee on Water", **more}  # fmt: skip


@pytest.fixture
def nothing_is_small(monkeypatch):
    monkeypatch.setattr(uploads, "SMALL", 0)


def test_a_large_file_shows_that_it_waits(cora, nothing_is_small):
    page = cora.post(reverse("hearing-new"), sent(text=cast.ONE_LINE.decode()), follow=True)
    assert "Queued: Oversight: hydrants" in page.text and "Waiting for a worker" in page.text
    assert nothing_is_there()
    upload = Upload.objects.get()
    assert upload.get_absolute_url() in cora.get(reverse("hearing-new")).text
    run(upload)
    assert "Imported: Oversight: hydrants" in cora.get(upload.get_absolute_url()).text


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"PK\x03\x04"])
def test_what_takes_a_while_to_unpack_is_a_workers(cora, head):
    file = SimpleUploadedFile("hydrants", head + b"\n" * 20)
    assert "Queued" in cora.post(reverse("hearing-new"), sent(file=file), follow=True).text


def test_it_shows_how_far_it_is(cora):
    upload = cast.upload()
    Upload.objects.update(state=State.RUNNING, step=Step.WRITING, fraction=0.42)
    page = cora.get(upload.get_absolute_url()).text
    assert "Writing the utterances" in page and "42\xa0%" in page.replace(" %", "\xa0%")


def test_it_shows_that_a_worker_broke_off_and_that_another_is_at_it(cora):
    upload = cast.upload()
    now = {"state": State.RUNNING, "step": Step.READING, "attempts": 1}
    Upload.objects.update(**now, claimed_until=Now() - timedelta(seconds=1))
    assert "Within a minute another takes it up" in cora.get(upload.get_absolute_url()).text
    Upload.objects.update(attempts=2, claimed_until=Now() + uploads.LEASE)
    page = cora.get(upload.get_absolute_url()).text
    assert "Reading the file (attempt 2)" in page and "broke off" not in page


def test_cancel_and_try_again(cora):
    upload = cast.upload()
    page = cora.post(upload.get_absolute_url(), {"act": "cancel"}, follow=True)
    assert "Cancelled. Nothing was imported." in page.text
    page = cora.post(upload.get_absolute_url(), {"act": "cancel"}, follow=True)
    assert "too late to cancel" in page.text
    page = cora.post(upload.get_absolute_url(), {"act": "retry"}, follow=True)
    assert "Waiting for a worker" in page.text
    assert run(upload).state == State.DONE
    page = cora.post(upload.get_absolute_url(), {"act": "retry"}, follow=True)
    assert "can't be tried again" in page.text.replace("&#x27;", "'")


def test_a_large_bad_file_says_why_on_its_page(cora, nothing_is_small):
    cora.post(reverse("hearing-new"), sent(text=BROKEN.decode()))
    failed = run(Upload.objects.get())
    page = cora.get(failed.get_absolute_url()).text
    assert "Not imported: Oversight: hydrants" in page and "Line 2" in page
    assert "Try the same file again" in page and reverse("hearing-new") in page


def failed_days_ago(days: int, name: str) -> Upload:
    upload = run(cast.upload(b"", file_name=name))
    Upload.objects.filter(pk=upload.pk).update(finished_at=cast.NOON - timedelta(days=days))
    return upload


def test_what_failed_lately_is_listed_newest_first_while_its_file_is_kept(cora, at_noon):
    for days, name in ((13, "older.txt"), (1, "newer.txt"), (15, "long-ago.txt"), (2, "gone.txt")):
        failed_days_ago(days, name)
    Upload.objects.filter(file_name="gone.txt").update(stored_as="")
    page = cora.get(reverse("hearing-new"))
    assert [str(each) for each in page.context["failed"]] == ["newer.txt", "older.txt"]
    assert "Nothing was imported." in page.text.split("Not imported:")[1].split("</ul>")[0]
    assert f"{reverse('hearing-new')}#failed" in cora.get(reverse("desk")).text
    assert "2 uploads failed" in cora.get(reverse("desk")).text


def test_where_nothing_failed_nothing_is_said_of_it(cora):
    assert "Not imported:" not in cora.get(reverse("hearing-new")).text
    assert "failed" not in cora.get(reverse("desk")).text


def test_the_tick_hastens_what_waits(db, django_capture_on_commit_callbacks):
    upload = cast.upload()
    with django_capture_on_commit_callbacks() as hints:
        uploads.take_up(cast.NOON)
    assert len(hints) == 1
    run(upload)
    with django_capture_on_commit_callbacks() as hints:
        uploads.take_up(cast.NOON)
    assert hints == []


# What is too large, by what it announces; nothing of it is read


class Unread:
    """A body that nobody may read."""

    def read(self, *_args):
        raise AssertionError("the body was read")

    readline = read


def test_a_file_that_announces_too_much_is_refused_unread(cora):
    page = cora.generic(
        "POST",
        reverse("hearing-new"),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(120 * 2**20),
        **{"wsgi.input": Unread()},
    )
    assert page.status_code == 413
    assert "nothing was imported" in page.text
    assert not Upload.objects.exists()


def test_text_that_is_too_large_to_hold_is_refused_with_a_sentence(cora, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = cora.post(reverse("hearing-new"), sent(text="Ann: Yes.\n" * 500))
    assert page.status_code == 413 and "nothing was imported" in page.text


def test_a_form_without_its_token_is_refused(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.cora())
    assert client.post(reverse("hearing-new"), sent(text=cast.ONE_LINE.decode())).status_code == 403
    assert not Upload.objects.exists()


# With real commits, and over a second connection


def elsewhere(act):
    """What `act` returns in a thread, on a connection of its own."""
    told = []

    def acting():
        with closing(connections["default"]):
            told.append(act())

    thread = threading.Thread(target=acting)
    thread.start()
    thread.join()
    return told[0]


def watched(act, step: Step = Step.WRITING) -> type[uploads.Heartbeat]:
    """A heartbeat that lets something happen once half of the step is done."""

    class Watched(uploads.Heartbeat):
        has_acted = False

        def tell(self, fraction: float) -> None:
            super().tell(fraction)
            if self.told["step"] == step and fraction >= 0.5 and not self.has_acted:
                self.has_acted = True
                act(self)

    return Watched


@pytest.fixture
def long_file(own_database, monkeypatch) -> Upload:
    monkeypatch.setattr(uploads, "HEARTBEAT", 0.01)
    return cast.upload(many_lines(6 * ROWS_A_REPORT))


def row() -> Upload:
    return Upload.objects.get()


def halfway_row() -> Upload | None:
    return Upload.objects.filter(fraction__gte=0.5).first()


@pytest.mark.parametrize("step", [Step.READING, Step.WRITING])
def test_others_see_how_far_it_is(long_file, step):
    def look(_heartbeat):
        seen.append(eventually(lambda: elsewhere(halfway_row)))
        seen.append(elsewhere(nothing_is_there))

    seen = []
    uploads.run(long_file.pk, now=cast.NOON, told_by=watched(look, step))
    halfway, was_empty = seen
    assert (halfway.state, halfway.step) == (State.RUNNING, step)
    assert halfway.fraction == pytest.approx(0.5, abs=0.05)
    assert was_empty and Utterance.objects.count() == 6 * ROWS_A_REPORT
    assert (row().state, row().fraction) == (State.DONE, None)


@pytest.mark.parametrize("step", [Step.READING, Step.WRITING])
def test_cancelled_halfway_it_stops_and_leaves_nothing(long_file, step):
    def cancel(heartbeat):
        assert elsewhere(lambda: uploads.cancel(long_file, now=cast.NOON))
        eventually(lambda: not heartbeat.is_ours)

    uploads.run(long_file.pk, now=cast.NOON, told_by=watched(cancel, step))
    assert row().state == State.CANCELLED and nothing_is_there()
    uploads.retry(long_file)
    uploads.run(long_file.pk, now=cast.NOON)
    assert row().state == State.DONE and Part.objects.count() == 1


def test_cancelled_after_the_last_report_it_still_leaves_nothing(long_file):
    class Deaf(
        watched(lambda _heartbeat: elsewhere(lambda: uploads.cancel(long_file, now=cast.NOON)))
    ):
        def _beat(self) -> None:
            """Hears of nothing; only the result's own condition is left."""

    uploads.run(long_file.pk, now=cast.NOON, told_by=Deaf)
    assert row().state == State.CANCELLED and nothing_is_there()


def test_a_worker_that_comes_back_too_late_writes_nothing(long_file):
    """Its lease ran out while it slept; another has done the work meanwhile."""

    def sleep(_heartbeat):
        def another():
            Upload.objects.update(claimed_until=Now() - timedelta(seconds=1))
            assert uploads._claimed(long_file.pk)

        elsewhere(another)

    class Deaf(watched(sleep)):
        def _beat(self) -> None:
            """Sleeps."""

    uploads.run(long_file.pk, now=cast.NOON, told_by=Deaf)
    assert (row().state, row().attempts) == (State.RUNNING, 2)
    assert nothing_is_there()


def test_the_same_file_twice_at_once_is_one_transcript(own_database):
    both = [cast.upload(many_lines(2000)) for _twice in range(2)]
    start = threading.Barrier(2)

    def take(upload):
        try:
            start.wait()
            uploads.run(upload.pk, now=cast.NOON)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[upload]) for upload in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(Upload.objects.values_list("state", flat=True)) == {State.DONE}
    assert (Hearing.objects.count(), Part.objects.count(), Utterance.objects.count()) == (
        1,
        1,
        2000,
    )
    assert sorted(each.summary["added"] for each in Upload.objects.all()) == [0, 2000]
