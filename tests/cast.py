"""The cast of the tests: a small council whose people do always the same things.

Cora is a clerk, Rita a reviewer, Lea a lead, Adam an administrator, Rob only reads. Commissioner Fenn
of the Water Authority answers; Council Member Odell, who chairs the Committee on Water, asks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from commitments import actions, moments, proposals
from commitments.models import Commitment
from hearings import roles, uploads
from hearings.formats import ParsedTranscript, ParsedUtterance
from hearings.importing import digest_of, find_or_make_hearing, import_transcript
from hearings.models import (
    Agency,
    Appointment,
    Committee,
    Hearing,
    Official,
    Side,
    Upload,
    Utterance,
)

HELD_ON = date(2026, 10, 20)  # a Tuesday
ZONE = ZoneInfo("America/New_York")
NOON = datetime(2026, 10, 21, 12, tzinfo=ZONE)
LINES = (
    (8200, "Odalys Odell", "Okay. Thank you. So I wanna go back to the lead pipes."),
    (8208, "Council Member Odell", "Can you get us that breakdown by ward?"),
    (8214, "Commissioner Fenn", "Absolutely."),
    (8216, "Odalys Odell", "Great. And how many were replaced last winter?"),
    (8221, "Commissioner Fenn", "So I don't have that number with me, but we can get back to you on that."),
    (8230, "Odalys Odell", "Okay. We can follow up."),
    (8240, "Speaker 7", "Yeah, we can look into that."),
)  # fmt: skip
GET_BACK = "So I don't have that number with me, but we can get back to you on that."


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def person(name: str, *held: roles.Role) -> User:
    user, is_new = User.objects.get_or_create(
        username=name.lower(), defaults={"first_name": name, "email": f"{name.lower()}@example.org"}
    )
    if is_new:
        user.set_password("a long enough password")
        user.save()
        roles.give(user, *held)
    return user


def rob() -> User:
    return person("Rob", roles.Role.READER)


def cora() -> User:
    return person("Cora", roles.Role.CLERK)


def rita() -> User:
    return person("Rita", roles.Role.REVIEWER)


def lea() -> User:
    return person("Lea", roles.Role.LEAD)


def adam() -> User:
    return person("Adam", roles.Role.ADMINISTRATOR)


def water() -> Agency:
    return Agency.objects.get_or_create(name="Water Authority", defaults={"short_name": "WA"})[0]


def committee() -> Committee:
    return Committee.objects.get_or_create(name="Committee on Water")[0]


def official(name: str, role: str, side: str, **body) -> Official:
    someone, _ = Official.objects.get_or_create(name=name)
    Appointment.objects.get_or_create(official=someone, role=role, side=side, **body)
    return someone


def fenn() -> Official:
    return official("Ingrid Fenn", "Commissioner", Side.AGENCY, agency=water())


def odell() -> Official:
    return official("Odalys Odell", "Council Member", Side.COUNCIL)


def parsed(lines=LINES, **facts) -> ParsedTranscript:
    utterances = tuple(
        ParsedUtterance(text=text, speaker=speaker, start=start, line=number)
        for number, (start, speaker, text) in enumerate(lines, 1)
    )
    return ParsedTranscript(format="jsonl", utterances=utterances, **facts)


def hearing(title: str = "Oversight: lead pipes", held_on: date = HELD_ON, lines=LINES) -> Hearing:
    """A hearing of the Committee on Water with a transcript."""
    fenn(), odell()
    found, _ = find_or_make_hearing(title=title, held_on=held_on, committees=[committee().name])
    import_transcript(
        found, parsed(lines), digest=digest_of(repr(lines).encode()), now=at(held_on, 20)
    )
    return found


ONE_LINE = b'{"start": 10, "speaker": "Commissioner Fenn", "text": "Absolutely."}'


def upload(data: bytes = ONE_LINE, **facts) -> Upload:
    """What Cora sent in, waiting for a worker."""
    described = {
        "title": "Oversight: hydrants",
        "held_on": HELD_ON,
        "committees": ["Committee on Water"],
    }
    facts = {"described": described, "file_name": "hydrants.txt", "uploaded_at": NOON} | facts
    return uploads.keep([data], uploaded_by=cora(), **facts)


def said(where: Hearing, words: str) -> Utterance:
    return Utterance.objects.current().get(part__hearing=where, text=words)


def selection(where: Hearing, words: str) -> moments.Selection:
    return moments.select(where, said(where, words).pk)


def draft(where: Hearing | None = None, words: str = GET_BACK, now: datetime = NOON, **facts):
    """What a clerk gets who selects those words and saves the form as it comes."""
    where = where or hearing()
    proposal = proposals.propose(where, selection(where, words))
    fields = {
        "what": "Report how many lead pipes were replaced last winter",
        "agency": proposal.agency or water(),
        "official": proposal.official,
        "owed_to_member": proposal.owed_to_member,
        "owed_to_committee": proposal.owed_to_committee,
        "type": proposal.type,
    }
    question = proposal.question and moments.select(where, proposal.question.pk)
    return actions.tag(
        where,
        proposal.selection,
        by=cora(),
        now=now,
        due=proposal.due,
        question=question,
        **{**fields, **facts},
    )


def opened(where: Hearing | None = None, now: datetime = NOON, **facts) -> Commitment:
    return actions.confirm(draft(where, now=now, **facts), by=rita(), now=now)


def published(where: Hearing | None = None, now: datetime = NOON, **facts) -> Commitment:
    return actions.publish(opened(where, now, **facts), by=rita(), now=now)


def answered(commitment: Commitment, received_on: date | None = None) -> Commitment:
    received_on = received_on or NOON.date() + timedelta(days=5)
    actions.respond([commitment], by=cora(), now=at(received_on), received_on=received_on)
    commitment.refresh_from_db()
    return commitment
