"""Transcripts that were sent in: a file in a folder and a row that says what became of it.

Whoever claims the row imports the file, in one transaction that ends with the row's own result, so that a
worker that dies, is cancelled or comes second leaves nothing behind. The queue only hastens this: the tick
finds what waits, and what a dead worker left, in the rows. Web and workers share the folder."""

import hashlib
import secrets
import threading
import time
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hearings import queue
from hearings.formats import TranscriptError, parse
from hearings.importing import find_or_make_hearing, import_transcript
from hearings.models import Hearing, Meeting, Upload

SMALL = (
    200_000  # bytes of text; read and written in well under a second, so nobody waits for a worker
)
LEASE = timedelta(seconds=30)  # renewed at every heartbeat; what nobody renews is a dead worker's
HEARTBEAT = 1  # seconds
ATTEMPTS = 3  # workers that may die over one file
KEPT = timedelta(days=30)  # what failed or was cancelled can be tried again so long
STRAY = 24 * 3600  # seconds after which a file that no row names is nobody's

State, Step = Upload.State, Upload.Step


class Stopped(Exception):
    """The upload is no longer ours: somebody cancelled it, or another worker took it up."""


def keep(chunks: Iterable[bytes], *, described: dict | None = None, **facts) -> Upload:
    """Write the bytes to a file of a random name, and the row that says what to do with it."""
    folder = settings.UPLOADS_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name, digest, size = secrets.token_hex(16), hashlib.sha256(), 0
    with (folder / name).open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Upload.objects.create(
        stored_as=name,
        digest=digest.hexdigest(),
        size=size,
        described={name: _storable(value) for name, value in (described or {}).items()},
        **facts,
    )


def _storable(value):
    """As JSON has it."""
    return str(value) if isinstance(value, date | time_of_day) else value


def submit(upload: Upload, *, now: datetime) -> None:
    """Import a small upload at once, so that the summary is there before the page; queue any other."""
    if _is_quick(upload):
        run(upload.pk, now=now, told_by=Silence)
        upload.refresh_from_db()
    else:
        _queue(upload.pk)


def _is_quick(upload: Upload) -> bool:
    """Whether it is small, and no PDF or Word file: those take a while to unpack, whatever their size."""
    with path_of(upload).open("rb") as file:
        return upload.size <= SMALL and not file.read(8).startswith((b"%PDF", b"PK"))


def _queue(pk: int) -> None:
    queue.on_commit("hearings.import_upload", pk)


def take_up(now: datetime) -> None:
    """Queue again what waits, and give up on what no worker survived."""
    waiting = Upload.objects.waiting()
    waiting.filter(attempts__gte=ATTEMPTS).update(
        state=State.FAILED,
        finished_at=now,
        problem=_("Three workers broke off over this file. Nothing was imported."),
    )
    for pk in waiting.values_list("pk", flat=True):
        _queue(pk)


def run(pk: int, *, now: datetime, told_by: type["Silence"] | None = None) -> None:
    """Import an upload if it waits for somebody; where another has it, or it is over, do nothing. How
    far it is, is told by a Heartbeat."""
    upload = _claimed(pk)
    if upload is None:
        return
    with (told_by or Heartbeat)(upload) as progress:
        try:
            _import(upload, progress, now)
        except Stopped:
            return
        except TranscriptError as problem:
            _end(upload, State.FAILED, now, problem=_("%s Nothing was imported.") % problem)
        except FileNotFoundError:
            gone = _("The file is no longer there. Nothing was imported; choose it again.")
            _end(upload, State.FAILED, now, problem=gone)
        except OperationalError:
            raise  # the database went away: the row waits for the next tick
        except Exception:
            ours = _(
                "Something went wrong here, not in your file. Nothing was imported; try again."
            )
            _end(upload, State.FAILED, now, problem=ours)
            raise


def _claimed(pk: int) -> Upload | None:
    """The upload, leased to us alone; None if it is somebody else's or finished."""
    claim = uuid.uuid4()
    changed = Upload.objects.waiting().filter(pk=pk, attempts__lt=ATTEMPTS).update(
        state=State.RUNNING,
        step=Step.READING,
        fraction=None,
        claim=claim,
        claimed_until=Now() + LEASE,
        attempts=F("attempts") + 1,
    )  # fmt: skip
    return Upload.objects.select_related("hearing").get(pk=pk) if changed else None


def _import(upload: Upload, progress: "Silence", now: datetime) -> None:
    """Everything or nothing: the result is written in the import's own transaction, and only if the
    upload is still ours."""
    parsed = parse(
        path_of(upload).read_bytes(),
        format=upload.format or None,
        skip_bad_lines=upload.skip_bad_lines,
        progress=progress.tell,
    )
    progress.at(Step.WRITING)
    with transaction.atomic():
        hearing, warnings = _hearing_of(upload)
        summary = import_transcript(
            hearing,
            parsed,
            digest=upload.digest,
            now=now,
            by=upload.uploaded_by,
            file_name=upload.file_name,
            progress=progress.tell,
        )
        summary.warnings[:0] = warnings
        facts = {"hearing": hearing, "summary": summary.as_dict(), "stored_as": ""}
        if not _end(upload, State.DONE, now, **facts):
            raise Stopped
    path_of(upload).unlink(missing_ok=True)


def _hearing_of(upload: Upload) -> tuple[Hearing, list[str]]:
    if upload.hearing:
        return upload.hearing, []
    facts = dict(upload.described, held_on=date.fromisoformat(upload.described["held_on"]))
    if facts.get("starts_at"):
        facts["starts_at"] = time_of_day.fromisoformat(facts["starts_at"])
    return make_hearing(facts, upload.meeting)


@transaction.atomic
def make_hearing(described: dict, meeting: Meeting | None) -> tuple[Hearing, list[str]]:
    """The hearing of that description, joined to the meeting of the calendar it was picked from."""
    hearing, warnings = find_or_make_hearing(**described)
    if meeting and Meeting.objects.filter(pk=meeting.pk, hearing=None).update(hearing=hearing):
        queue.on_commit("hearings.read_agenda", meeting.pk)
    return hearing, warnings


def _end(upload: Upload, state: State, now: datetime, **facts) -> bool:
    """Write the result, unless the upload is no longer ours."""
    mine = Upload.objects.filter(pk=upload.pk, claim=upload.claim, state=State.RUNNING)
    return bool(mine.update(state=state, finished_at=now, fraction=None, **facts))


def path_of(upload: Upload) -> Path:
    return settings.UPLOADS_DIR / upload.stored_as


def cancel(upload: Upload, *, now: datetime) -> bool:
    """Stop an upload that is under way; False if it was over before."""
    mine = Upload.objects.under_way().filter(pk=upload.pk)
    return bool(mine.update(state=State.CANCELLED, finished_at=now, fraction=None))


def retry(upload: Upload) -> bool:
    """Queue anew what failed or was cancelled; False if its file is gone or it is under way again."""
    over = Upload.objects.filter(pk=upload.pk, state__in=(State.FAILED, State.CANCELLED))
    changed = over.exclude(stored_as="").update(
        state=State.QUEUED,
        step=Step.WAITING,
        attempts=0,
        claim=None,
        claimed_until=None,
        problem="",
        finished_at=None,
    )
    if changed:
        _queue(upload.pk)
    return bool(changed)


def discard(upload: Upload) -> None:
    """Forget an upload with its file."""
    path_of(upload).unlink(missing_ok=True)
    upload.delete()


def tidy(now: datetime) -> None:
    """Remove what could long have been tried again, and files that a broken-off request left."""
    over = Upload.objects.filter(state__in=(State.FAILED, State.CANCELLED))
    for upload in over.filter(finished_at__lt=now - KEPT):
        discard(upload)
    known = set(Upload.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    for file in settings.UPLOADS_DIR.glob("*"):
        if file.name not in known and file.stat().st_mtime < time.time() - STRAY:
            file.unlink(missing_ok=True)


class Silence:
    """Tells nobody how far an import is: it is over before anybody could look."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload

    def __enter__(self) -> "Silence":
        return self

    def __exit__(self, *_error) -> None:
        pass

    def at(self, step: Step) -> None:
        """The step that begins now."""

    def tell(self, fraction: float) -> None:
        """How much of it is done."""


class Heartbeat(Silence):
    """Tells in the row how far an import is, keeps its lease, and hears that it was cancelled.

    It beats in a thread, whose connection is its own: the import is one transaction into which nobody
    can look. A cancelled import stops where it next tells, while it is read as while it is written."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(upload)
        self.mine = Upload.objects.filter(pk=upload.pk, claim=upload.claim, state=State.RUNNING)
        self.told = {"step": Step.READING, "fraction": None}
        self.is_ours = True
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heartbeat":
        self.thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self.is_over.set()
        self.thread.join()

    def at(self, step: Step) -> None:
        self._tell(step=step, fraction=None)

    def tell(self, fraction: float) -> None:
        self._tell(step=self.told["step"], fraction=fraction)

    def _tell(self, **told) -> None:
        self.told = told
        if not self.is_ours:
            raise Stopped

    def _beat(self) -> None:
        try:
            while self.is_ours and not self.is_over.wait(HEARTBEAT):
                self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        try:
            self.is_ours = bool(self.mine.update(claimed_until=Now() + LEASE, **self.told))
        except OperationalError:
            connection.close()  # the next beat tries a new one
