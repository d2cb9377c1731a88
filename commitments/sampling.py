"""The sample council, played through the product's own importing and acts, so that what the demo shows
could have been done by hand. Everything is dated in days before `today`."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from commitments import actions, suggesting
from commitments.dates import Basis, Due, rolled_note
from commitments.deadlines import due_of
from commitments.lifecycle import State
from commitments.models import Commitment, Holiday, Moment
from commitments.moments import Selection, select
from hearings import clock, roles
from hearings.formats import parse
from hearings.importing import digest_of, find_or_make_hearing, import_transcript
from hearings.models import (
    Agency,
    Appointment,
    Chapter,
    Committee,
    Council,
    Hearing,
    Official,
    Side,
    Utterance,
)
from hearings.roles import Role

FOLDER = Path(__file__).parent / "sample"
PASSWORD = "marrow bay"  # of every sample login; the demo listens on loopback only
LOGINS = {"clerk": Role.CLERK, "reviewer": Role.REVIEWER, "lead": Role.LEAD, "admin": Role.ADMINISTRATOR}  # fmt: skip


def read(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@transaction.atomic
def load(today: date) -> None:
    """Fill an empty install with the sample council, as it stands on this day."""
    Sample(today).load()


class Sample:
    def __init__(self, today: date) -> None:
        self.today = today
        self.hearings: dict[str, Hearing] = {}
        self.commitments: dict[str, Commitment] = {}

    def load(self) -> None:
        self.make_council()
        self.staff = {name: self.make_login(name, role) for name, role in LOGINS.items()}
        roles.give(self.staff["admin"], Role.LEAD)
        for entry in read("hearings")["hearings"]:
            self.hearings[entry["key"]] = self.make_hearing(entry)
        for moment, _number, step in sorted(self.steps(), key=lambda each: each[:2]):
            step(moment)
        for hearing in self.hearings.values():
            suggesting.refresh(hearing, now=clock.now())

    # The council

    def make_council(self) -> None:
        told = read("council")
        council = Council.current()
        council.name = told["council"]["name"]
        council.time_zone = told["council"]["time_zone"]
        council.contact_email = told["council"]["contact_email"]
        council.save()
        for entry in told["committees"]:
            Committee.objects.create(name=entry["name"])
        for entry in told["agencies"]:
            Agency.objects.create(
                name=entry["name"],
                short_name=entry.get("short_name", ""),
                aliases=entry.get("aliases", []),
            )
        for entry in told["agencies"]:
            if successor := entry.get("successor"):
                Agency.objects.filter(name=entry["name"]).update(
                    successor=Agency.objects.get(name=successor)
                )
        for entry in told["officials"]:
            self.make_official(entry)

    def make_official(self, entry: dict) -> None:
        official = Official.objects.create(name=entry["name"])
        for each in entry["appointments"]:
            Appointment.objects.create(
                official=official,
                role=each["role"],
                side=each["side"],
                agency=Agency.objects.filter(name=each["body"]).first(),
                committee=Committee.objects.filter(name=each["body"]).first(),
                starts_on=self.day_of(each, "from"),
                ends_on=self.day_of(each, "to"),
            )

    def day_of(self, entry: dict, key: str) -> date | None:
        if days := entry.get(f"{key}_days_ago"):
            return self.today - timedelta(days=days)
        return entry.get(key)

    def make_login(self, name: str, role: Role) -> User:
        user = User.objects.create_user(name, f"{name}@marrowbay.example", PASSWORD)
        roles.give(user, role)
        return user

    # The hearings

    def held_on(self, entry: dict) -> date:
        day = self.today - timedelta(days=entry["days_ago"])
        return day - timedelta(days=max(0, day.weekday() - 4))

    def make_hearing(self, entry: dict) -> Hearing:
        held_on = self.held_on(entry)
        hearing, _warnings = find_or_make_hearing(
            title=entry["title"],
            held_on=held_on,
            committees=entry["committees"],
            starts_at=time.fromisoformat(entry["time"]),
            video_url=entry["video_url"],
        )
        for file in entry["files"]:
            data = (FOLDER / file["path"]).read_bytes()
            import_transcript(
                hearing,
                parse(data, format=file["format"]),
                digest=digest_of(data),
                now=at(held_on + timedelta(days=entry["transcript_day"])),
                by=self.staff["clerk"],
                file_name=Path(file["path"]).name,
            )
        for chapter in entry["chapters"]:
            Chapter.objects.get_or_create(hearing=hearing, start=chapter["start"], defaults=chapter)
        self.settle(hearing, entry)
        return hearing

    def settle(self, hearing: Hearing, entry: dict) -> None:
        """Say who the printed names are that no register knows, but for those left to the queue."""
        printed = {
            name: official["name"]
            for official in read("council")["officials"]
            for name in official.get("printed_as", [])
        }
        for speaker in hearing.speakers.open():
            name = speaker.printed_name
            if name in printed:
                speaker.official = Official.objects.get(name=printed[name])
            elif name in entry["public"]:
                speaker.side = Side.PUBLIC
            elif name in entry["role_only"]:
                speaker.side = Side.COUNCIL
            else:
                continue
            speaker.is_settled = True
            speaker.save()

    # What was promised

    def steps(self) -> Iterator[tuple[datetime, int, Callable[[datetime], None]]]:
        """Every act of every story with its moment, to be played in the order of time."""
        number = 0
        for entry in read("commitments")["commitments"]:
            first = min((act["day"] for act in entry["story"]), default=1)
            yield self.moment(entry, min(first, 1), 9), number, self.maker(entry)
            number += 1
            links = [
                (role, each)
                for role in (Moment.Role.SAID_EARLIER, Moment.Role.RAISED_AGAIN)
                for each in entry.get(role, [])
            ]
            for role, each in links:
                yield self.moment(entry, each["day"], 16), number, self.linker(entry, role, each)
                number += 1
            for act in entry["story"]:
                yield self.moment(entry, act["day"], 14), number, self.player(entry, act)
                number += 1

    def moment(self, entry: dict, day: int, hour: int) -> datetime:
        return at(self.hearings[entry["hearing"]].held_on + timedelta(days=day), hour)

    def maker(self, entry: dict) -> Callable[[datetime], None]:
        def make(now: datetime) -> None:
            hearing = self.hearings[entry["hearing"]]
            due = self.due(entry, hearing)
            facts = self.facts(entry)
            if told := entry.get("note"):
                commitment = actions.note(
                    hearing,
                    by=self.staff["clerk"],
                    now=now,
                    due=due,
                    clock_time=time.fromisoformat(told["at"]),
                    **facts,
                )
            else:
                commitment = actions.tag(
                    hearing,
                    self.select(hearing, entry["quote"]),
                    by=self.staff["clerk"],
                    now=now,
                    due=due,
                    question=entry.get("question") and self.select(hearing, entry["question"]),
                    **facts,
                )
            self.commitments[entry["key"]] = commitment

        return make

    def facts(self, entry: dict) -> dict:
        named = {
            "official": Official.objects.filter(name=entry.get("official", "")).first(),
            "agency": Agency.objects.get(name=entry["agency"]),
            "owed_to_member": Official.objects.filter(name=entry.get("owed_to", "")).first(),
            "owed_to_committee": Committee.objects.filter(name=entry.get("committee", "")).first(),
        }
        return named | {key: entry[key] for key in ("what", "kind", "type", "strength")}

    def due(self, entry: dict, hearing: Hearing) -> Due:
        for act in entry["story"]:
            if "due_day" in act:
                day = hearing.held_on + timedelta(days=act["due_day"])
                holidays = Holiday.objects.as_mapping()
                reason = f"The date in the Council's letter.{rolled_note(day, holidays)}"
                return Due(day, Basis(act["basis"]), reason=reason)
        words = " ".join(piece["text"] for piece in entry.get("quote", []))
        asked = " ".join(piece["text"] for piece in entry.get("question", []))
        return due_of(hearing, type=entry["type"], words=words, asked=asked)

    def select(self, hearing: Hearing, pieces: list[dict]) -> Selection:
        lines = [self.line(hearing, piece) for piece in pieces]
        start = lines[0].text.index(pieces[0]["text"])
        end = lines[-1].text.index(pieces[-1]["text"]) + len(pieces[-1]["text"])
        return select(hearing, lines[0].pk, lines[-1].pk, start, end)

    def line(self, hearing: Hearing, piece: dict) -> Utterance:
        return Utterance.objects.current().get(
            part__hearing=hearing, start=piece["start"], text__contains=piece["text"]
        )

    def linker(self, entry: dict, role: str, told: dict) -> Callable[[datetime], None]:
        def link(now: datetime) -> None:
            selection = self.select(self.hearings[told["hearing"]], [told])
            actions.link(
                self.commitments[entry["key"]],
                selection,
                by=self.staff["clerk"],
                now=now,
                role=role,
            )

        return link

    def player(self, entry: dict, act: dict) -> Callable[[datetime], None]:
        def play(now: datetime) -> None:
            commitment = self.commitments[entry["key"]]
            commitment.refresh_from_db()
            getattr(self, f"play_{act['act']}", self.play_plainly)(commitment, act, now)

        return play

    def play_plainly(self, commitment: Commitment, act: dict, now: datetime) -> None:
        verb = getattr(actions, act["act"])
        words = {"public_reason": act["reason"]} if "reason" in act else {}
        code = {"reason_code": act["code"]} if "code" in act and act["act"] != "merge" else {}
        verb(commitment, by=self.staff["lead"], now=now, **words, **code)

    def play_answer_in_session(self, commitment: Commitment, act: dict, now: datetime) -> None:
        answer = self.select(commitment.hearing, act["answer"])
        actions.answer_in_session(commitment, answer, by=self.staff["reviewer"], now=now)

    def play_send(self, commitment: Commitment, act: dict, now: datetime) -> None:
        actions.send(
            [commitment],
            by=self.staff["clerk"],
            now=now,
            sent_on=clock.date_of(now),
            recipients=act["recipients"],
            asks_again=act["act"] == "ask_again",
        )

    play_ask_again = play_send

    def play_respond(self, commitment: Commitment, act: dict, now: datetime) -> None:
        actions.respond(
            [commitment],
            by=self.staff["clerk"],
            now=now,
            received_on=clock.date_of(now),
            summary=act["summary"],
            is_public=True,
        )

    def play_judge(self, commitment: Commitment, act: dict, now: datetime) -> None:
        outcome = {"partly": State.PARTLY_FULFILLED}.get(act["outcome"], act["outcome"])
        due_in = act.get("due_in")
        actions.judge(
            commitment,
            by=self.staff["reviewer"],
            now=now,
            outcome=outcome,
            public_reason=act["reason"],
            evidence=act["evidence"],
            remaining=act.get("remaining", ""),
            due_on=clock.date_of(now) + timedelta(days=due_in) if due_in else None,
        )

    def play_extend(self, commitment: Commitment, act: dict, now: datetime) -> None:
        actions.extend(
            commitment,
            by=self.staff["reviewer"],
            now=now,
            due_on=commitment.due_on + timedelta(days=act["days"]),
            asked_by=act["asked_by"],
            public_reason=act["reason"],
        )

    def play_refer(self, commitment: Commitment, act: dict, now: datetime) -> None:
        actions.refer(
            commitment,
            by=self.staff["reviewer"],
            now=now,
            agency=Agency.objects.get(name=act["agency"]),
            public_reason=act["reason"],
        )

    def play_merge(self, commitment: Commitment, act: dict, now: datetime) -> None:
        actions.merge(
            commitment,
            by=self.staff["reviewer"],
            now=now,
            target=self.commitments[act["into"]],
        )


def at(day: date, hour: int = 15) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=clock.zone())
