"""What a lead withheld is nowhere in what anybody can read: every address of the site is walked for it.

The same walk finds it while nothing is withheld, so it can fail."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from commitments import actions, moments
from commitments.mail import compose, issue
from commitments.mail.weeks import week_due
from commitments.models import Commitment, Digest, Subscriber, Subscription
from hearings import downloads, speakers, withholding
from hearings.formats import ParsedChapter
from hearings.importing import digest_of, import_transcript
from hearings.models import Side, Speaker, Withholding
from hearings.refusing import Refused
from tests import cast
from tests.test_access import ANYBODY, addresses, filled, samples  # noqa: F401  (a fixture)
from tracker import health  # noqa: F401  (its clock starts with the process, not with a frozen test)

pytestmark = pytest.mark.django_db
SECRET = "quartzberry"
NAME = "Wilhelmina Thistlewood"
PROMISE = f"We will call {SECRET} at home and get back to you on that."
LINES = (
    (10, "Odalys Odell", f"Good morning. Is {NAME} here?"),
    (20, NAME, f"I am, and my number is {SECRET}, as Ms. Thistlewood told you."),
    (30, "Odalys Odell", f"Can you report to {SECRET} by next Friday?"),
    (40, "Commissioner Fenn", PROMISE),
    (50, "Odalys Odell", "Thank you. That is the whole plain rest."),
)  # fmt: skip
PLACES = ("?u={}", "?t=20")
ASKED = ("/search/?q={}", "/commitments/?q={}", "/api/v1/utterances/?q={}", "/api/v1/commitments/?q={}")  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    settings.CLOCK_AT = cast.at(cast.date(2026, 11, 9))


@pytest.fixture
def where(db):
    """A hearing whose secret was quoted, asked about, typed by staff and summarised by others."""
    cast.fenn(), cast.odell()
    chapter = ParsedChapter(
        title=f"Testimony of {NAME}",
        start=0,
        kind="TESTIMONY",
        summary=f"She says {SECRET}.",
        bullets=(f"{SECRET} again",),
    )
    found = cast.hearing("Privacy", lines=())
    parsed = cast.parsed(LINES, chapters=(chapter,))
    import_transcript(found, parsed, digest=digest_of(b"secret"), now=cast.NOON)
    Speaker.objects.filter(printed_name=NAME).update(side=Side.PUBLIC, is_settled=True)
    answer = cast.said(found, PROMISE)
    promise = actions.tag(
        found,
        moments.select(found, answer.pk),
        by=cast.cora(),
        now=cast.NOON,
        due=replace(actions.date_set_by_staff(cast.date(2026, 11, 4)), words=f"after {SECRET}"),
        question=moments.select(found, cast.said(found, LINES[2][2]).pk),
        what=f"Call {SECRET}, that is {NAME}",
        agency=cast.water(),
        official=cast.fenn(),
        owed_to_member=cast.odell(),
    )
    actions.publish(
        actions.confirm(promise, by=cast.rita(), now=cast.NOON), by=cast.rita(), now=cast.NOON
    )
    earlier = cast.said(found, LINES[1][2])
    cut = earlier.text.index(SECRET) - 4  # a quotation that begins within what will be withheld
    actions.link(promise, moments.select(found, earlier.pk, start_offset=cut), by=cast.cora(), now=cast.NOON, role="said_earlier")  # fmt: skip
    actions.extend(
        Commitment.objects.get(hearing=found),
        by=cast.rita(),
        now=cast.NOON,
        due_on=cast.date(2026, 11, 5),
        asked_by="agency",
        public_reason=f"They wait for {NAME}",
    )
    found.moments.filter(role="made").update(corrected_quote=f"We will ring {SECRET.upper()} up.")
    return found


def everything_public(samples: dict, where) -> dict[str, str]:  # noqa: F811
    """Address → what anybody reads there; the Monday mail too."""
    Digest.objects.all().delete()  # the samples' own, made before this hearing
    the_mail = monday_mail()
    commitment = Commitment.objects.get(hearing=where)
    here = samples | {
        "slug": where.slug,
        "reference": commitment.reference,
        "agency slug": "wa",
        "utterance-detail pk": cast.said(where, LINES[1][2]).pk,
        "event-detail pk": commitment.events.get(act="confirm").pk,
    }
    paths = {filled(each, here) for each in addresses() if each.who == ANYBODY and not each.name.startswith("admin:")}  # fmt: skip
    paths |= {f"/hearings/{where.slug}.{kind}" for kind in downloads.FORMATS}
    paths |= {where.get_absolute_url() + place.format(line.pk) for place in PLACES for line in [cast.said(where, LINES[3][2])]}  # fmt: skip
    paths |= {f"/api/v1/utterances/?hearing={where.slug}", f"/api/v1/hearings/{where.slug}/"}
    paths |= {each.format("rest") for each in ASKED}
    visitor = Client()
    found = {path: visitor.get(path).content.decode(errors="replace") for path in sorted(paths)}
    return found | {"the mail": the_mail}


def monday_mail() -> str:
    monday = cast.at(cast.date(2026, 11, 9))
    week = week_due(monday)
    subscriber, _new = Subscriber.objects.get_or_create(
        email="bea@example.org", defaults={"created_at": cast.NOON, "confirmed_at": cast.NOON}
    )
    everything = Subscription(subscriber=subscriber, scope="all")
    body = compose.digest(issue.Issue(issue.make(week, monday)), [everything])
    return body.subject + body.text + body.html


def told(pages: dict[str, str], *words: str) -> list[str]:
    folded = [word.casefold() for word in words]
    return [path for path, text in pages.items() if any(word in text.casefold() for word in folded)]


def withhold_the_secret(where) -> Withholding:
    line = cast.said(where, LINES[1][2])
    return withholding.withhold_words(
        where,
        [f"my number is {SECRET}", SECRET],
        start=line.start,
        end=line.end,
        by=cast.lea(),
        now=cast.NOON,
        reason="A private telephone number",
    )


def withhold_the_name(where) -> Withholding:
    return withholding.withhold_name(
        where.speakers.get(printed_name=NAME),
        phrases=["Wilhelmina", "Thistlewood"],
        by=cast.lea(),
        now=cast.NOON,
        reason="A threatened witness",
    )


def test_the_walk_finds_the_secret_wherever_it_is_public(samples, where):  # noqa: F811
    pages = everything_public(samples, where)
    reference = Commitment.objects.get(hearing=where).reference
    with_the_secret = told(pages, SECRET)
    for path in (
        where.get_absolute_url(),
        *(f"/hearings/{where.slug}.{kind}" for kind in ("vtt", "json", "csv", "txt")),
        f"/commitments/{reference}/",
        f"/commitments/{reference}.json",
        f"/commitments/{reference}.ics",
        f"/api/v1/commitments/{reference}/",
        f"/api/v1/utterances/?hearing={where.slug}",
        f"/api/v1/hearings/{where.slug}/",
        "/commitments/",
        "/agencies/wa/",
        "/agencies/wa/open/",
        "/digests/2026-W46/",
        "the mail",
        "/",
    ):
        assert path in with_the_secret, path
    with_the_name = told(pages, NAME)
    for path in (where.get_absolute_url(), f"/commitments/{reference}/", "/api/v1/events/"):
        assert path in with_the_name, path


def test_what_is_withheld_is_nowhere(samples, where):  # noqa: F811
    withhold_the_secret(where)
    withhold_the_name(where)
    pages = everything_public(samples, where)
    assert told(pages, SECRET, "Wilhelmina", "Thistlewood") == []
    for path in (where.get_absolute_url(), f"/hearings/{where.slug}.txt", "the mail"):
        assert "[withheld by the Council on October 21, 2026]" in pages[path], path
    assert "[name withheld by the Council on October 21, 2026]" in pages[where.get_absolute_url()]


def test_search_does_not_even_confirm_a_guess(client, where):
    addresses_asked = [each.format(quote(word)) for each in ASKED for word in (SECRET, NAME)]
    before = [client.get(path).content.decode() for path in addresses_asked]
    assert all(cast.odell().name in text or "Call" in text or "number" in text for text in before if SECRET in text)  # fmt: skip
    withhold_the_secret(where)
    withhold_the_name(where)
    for path in addresses_asked:
        text = client.get(path).content.decode()
        assert "Good morning" not in text and "by next" not in text and "We will call" not in text
        assert Commitment.objects.get(hearing=where).reference not in text, path


def test_the_stored_record_is_unchanged_and_staff_read_it(client, where):
    before = [line.text for line in where.parts.get().utterances.order_by("line")]
    withhold_the_secret(where)
    assert [line.text for line in where.parts.get().utterances.order_by("line")] == before
    client.force_login(cast.cora())
    text = client.get(reverse("hearing-tag", args=[where.slug])).text
    assert SECRET in text and "Withheld from the public" in text


def test_what_is_shown_is_never_saved_over_the_record(where):
    withhold_the_secret(where)
    shown = Commitment.objects.public().get(hearing=where)
    assert SECRET not in shown.what
    with pytest.raises(TypeError):
        shown.save()


def test_a_lead_lifts_it_and_who_when_and_why_is_kept(client, where):
    made = withhold_the_secret(where)
    withholding.lift(made, by=cast.lea(), now=cast.NOON, reason="She agreed")
    made.refresh_from_db()
    assert (made.withheld_by, made.reason) == (cast.lea(), "A private telephone number")
    assert (made.lifted_by, made.lifted_because) == (cast.lea(), "She agreed")
    assert SECRET in client.get(where.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        withholding.lift(made, by=cast.lea(), now=cast.NOON, reason="Again")


@pytest.mark.parametrize("who", [cast.cora, cast.rita])
def test_only_a_lead_withholds(where, who):
    with pytest.raises(Refused):
        withholding.withhold_words(where, [SECRET], by=who(), now=cast.NOON, reason="No")
    assert not Withholding.objects.exists()


def test_those_who_speak_in_office_keep_their_name(where):
    fenn = where.speakers.get(printed_name="Commissioner Fenn")
    with pytest.raises(Refused):
        withholding.withhold_name(fenn, by=cast.lea(), now=cast.NOON, reason="No")


# A newer transcript


def shown_text(where) -> str:
    return Client().get(f"/hearings/{where.slug}.txt").content.decode()


def test_the_same_words_stay_withheld_in_a_newer_transcript(where):
    withhold_the_secret(where), withhold_the_name(where)
    lines = [(start + 1, who, text) for start, who, text in LINES]
    import_transcript(where, cast.parsed(lines), digest=digest_of(b"2"), now=cast.NOON)
    assert where.current_transcript.number == 2
    assert SECRET not in shown_text(where) and "Thistlewood" not in shown_text(where)
    assert "the whole plain rest" in shown_text(where)
    assert not Client().get(f"/search/?q={SECRET}").context["found"].lines


def test_where_a_newer_transcript_has_other_words_the_line_is_withheld_whole(where):
    withhold_the_secret(where)
    lines = [(start, who, text.replace(SECRET, "quarts berry five")) for start, who, text in LINES]
    summary = import_transcript(where, cast.parsed(lines), digest=digest_of(b"3"), now=cast.NOON)
    assert "withheld until a lead has looked" in " ".join(summary.warnings)
    shown = [line for line in shown_text(where).splitlines() if line.startswith("[0:00:20.000]")]
    assert shown == [f"[0:00:20.000] {NAME}: [withheld by the Council on October 21, 2026]"]


def test_a_name_printed_otherwise_in_a_newer_transcript_is_withheld(where):
    withhold_the_name(where)
    lines = [(start, who.replace(NAME, "MS. THISTLEWOOD"), text) for start, who, text in LINES]
    import_transcript(where, cast.parsed(lines), digest=digest_of(b"4"), now=cast.NOON)
    assert "THISTLEWOOD" not in shown_text(where).upper()


# Members of the public


def test_lines_of_the_public_are_not_found_in_the_search(client, where):
    by_somebody_without_office = where.speakers.get(printed_name=NAME)
    for settled in (
        {"side": Side.PUBLIC, "official": None},
        {"side": "", "official": cast.Official.objects.create(name=NAME)},
    ):
        Speaker.objects.filter(pk=by_somebody_without_office.pk).update(**settled)
        for path in ("/search/?q=told", "/api/v1/utterances/?q=told"):
            assert "Thistlewood told you" not in client.get(path).content.decode(), path
        for path in ("/search/?q=whole", "/api/v1/utterances/?q=whole"):
            assert "plain" in client.get(path).content.decode(), path


def test_somebody_without_an_appointment_has_no_page(client):
    somebody = cast.Official.objects.create(name=NAME)
    assert client.get(somebody.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/officials/{somebody.slug}/").status_code == 404
    assert NAME not in client.get("/api/v1/officials/").text


# On the desk


def test_a_lead_sees_what_it_would_hide_before_it_does(client, where):
    client.force_login(cast.lea())
    line = cast.said(where, LINES[1][2])
    address = reverse("withholding", args=[where.slug])
    start = line.text.index(SECRET) + 2  # within the word: whole words are withheld
    place = {"u": line.pk, "to": line.pk, "start": start, "end": start + 3}
    page = client.get(address, place)
    assert page.context["phrases"] == [SECRET] and page.context["count"] == 3
    sent = place | {"phrases": SECRET, "reason": "A private telephone number"}
    assert "it will hide them in all of them" in client.post(address, sent).text
    assert not Withholding.objects.exists()
    client.post(address, sent | {"sure": 1})
    made = Withholding.objects.get()
    assert (made.phrases, made.start, made.withheld_by) == ([SECRET], 20, cast.lea())
    assert SECRET not in shown_text(where)
    client.post(reverse("withholding-lift", args=[made.pk]), {"reason": ""})
    assert SECRET not in shown_text(where)
    client.post(reverse("withholding-lift", args=[made.pk]), {"reason": "She agreed"})
    assert SECRET in shown_text(where)


def test_a_name_is_withheld_on_the_desk(client, where):
    client.force_login(cast.lea())
    address = reverse("withholding", args=[where.slug])
    speaker = where.speakers.get(printed_name=NAME)
    sent = {"speaker": speaker.pk, "phrases": "Thistlewood", "sure": 1}
    assert "Say why" in client.post(address, sent).text
    client.post(address, sent | {"reason": "A threatened witness"})
    assert "Thistlewood" not in shown_text(where)
    assert where.speakers.get(pk=speaker.pk).printed_name == NAME


def test_a_withheld_name_is_not_taken_for_an_official(where):
    withhold_the_name(where)
    speaker = where.speakers.get(printed_name=NAME)
    with pytest.raises(Refused, match="withheld"):
        speakers.decide([speaker], by=cast.cora(), now=cast.NOON, official=cast.fenn())
