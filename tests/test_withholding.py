"""What a lead withheld is nowhere in what anybody can read: every address of the site is walked for it.

The same walk finds it while nothing is withheld, planted in every text field that the public reads, so it
can fail. Whoever adds a text field says below, or in the model's `public_words`, who reads it."""

import io
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Field, JSONField, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from commitments import actions, moments
from commitments.mail import compose, issue
from commitments.mail.weeks import week_due
from commitments.models import (
    Answer,
    Commitment,
    Digest,
    EventText,
    Evidence,
    Moment,
    Response,
    Subscriber,
    Subscription,
)
from hearings import downloads, speakers, withholding
from hearings.formats import ParsedChapter
from hearings.importing import digest_of, import_transcript
from hearings.models import (
    Appointment,
    Chapter,
    FormerAddress,
    Hearing,
    Official,
    Side,
    Speaker,
    Utterance,
    Withholding,
)
from hearings.models.withholding import HasPublicWords
from hearings.refusing import Refused
from hearings.words import occurrences
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
MARKER = "[withheld by the Council on October 21, 2026]"
ASKED = ("/search/?q={}", "/commitments/?q={}", "/api/v1/utterances/?q={}", "/api/v1/commitments/?q={}")  # fmt: skip


# Text fields beside those that the models name as public words or addresses
AS_THEY_ARE = """
    Council: name time_zone postal_address contact_email committee_word agency_word member_word
    Committee: name slug
    Agency: name short_name slug aliases
    Official: name slug
    Appointment: role
    Hearing: slug
    FormerAddress: slug
    Commitment: reference
    Holiday: name
    Target: type
    Digest: period figures sections
"""  # names of bodies and of those in office, addresses, numbers
INTERNAL = """
    Withholding: phrases reason lifted_because
    JobRun: name problem
    LegistarLink: client said
    LegistarReading: client query
    Meeting: client said title committees source_url video_url
    Merger: name moved before
    Part: format file_name digest warnings skipped names_written
    Upload: file_name stored_as digest format described summary problem
    Commitment: internal_note
    Letter: recipients internal_note
    Response: internal_note confidence_basis
    Event: state_before facts
    EventText: internal_note
    Placement: words_now
    Note: who owed_to what
    Suggestion: quote cue reason what due_words fingerprint
    Subscriber: email suppressed_because
    MailToken: digest
    Delivery: kind period message_id problem
"""
NO_PAGE_SHOWS = {"Moment.prefix", "Moment.suffix"}  # hidden all the same
LEFT_OUT = {"Moment.corrected_quote", "Moment.words_now"}  # beside a quotation that hides something


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
    answered_in_part(found.commitments.get())
    return found


def answered_in_part(promise: Commitment) -> None:
    """Answered in public, and judged: the rest is overdue on the day of the tests."""
    received_on = cast.date(2026, 10, 26)
    told = {"summary": f"On {NAME}", "statement": f"We spoke with {NAME}, {SECRET}."}
    actions.respond(
        {promise: {"page": "2", "excerpt": f"as {SECRET} asked"}},
        by=cast.cora(),
        now=cast.at(received_on),
        received_on=received_on,
        is_public=True,
        **told,
    )
    actions.judge(
        promise,
        by=cast.rita(),
        now=cast.at(received_on),
        outcome="partly_fulfilled",
        public_reason="Some of it",
        evidence=f"Their letter to {NAME}",
        remaining=f"Call {SECRET} back",
        due_on=cast.date(2026, 11, 5),
    )


def everything_public(samples: dict, where) -> dict[str, str]:  # noqa: F811
    """Address → what anybody reads there; the Monday mail too."""
    Digest.objects.all().delete()  # the samples' own, made before this hearing
    the_mail = monday_mail()
    commitment = Commitment.objects.get(hearing=where)
    here = samples | {
        "slug": where.slug,
        "reference": commitment.reference,
        "agency slug": "wa",
        "utterance-detail pk": line_of(where, 1).pk,
        "event-detail pk": commitment.events.get(act="confirm").pk,
    }
    paths = {filled(each, here) for each in addresses() if each.who == ANYBODY and not each.name.startswith("admin:")}  # fmt: skip
    paths |= {f"/hearings/{where.slug}.{kind}" for kind in downloads.FORMATS}
    paths |= {where.get_absolute_url() + place.format(line_of(where, 3).pk) for place in PLACES}
    paths |= {f"/api/v1/utterances/?hearing={where.slug}", f"/api/v1/hearings/{where.slug}/"}
    paths |= {each.format("rest") for each in ASKED}
    return {path: read(path) for path in sorted(paths)} | {"the mail": the_mail}


def read(path: str) -> str:
    """The answer with its headers, and with the long lines of a calendar put together again."""
    answer = Client().get(path)
    return f"{answer.headers}\n{answer.content.decode(errors='replace')}".replace("\r\n ", "")


def line_of(where, number: int) -> Utterance:
    return where.current_transcript.parts_added.get().utterances.get(line=number)


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
    line = line_of(where, 1)
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
        assert MARKER in pages[path], path
    assert "[name withheld by the Council on October 21, 2026]" in pages[where.get_absolute_url()]


# Every text field


def text_fields() -> Iterator[tuple[type[Model], Field]]:
    for app in ("hearings", "commitments"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                kinds = (CharField, TextField, JSONField, ArrayField)
                if isinstance(field, kinds) and not field.choices:
                    yield model, field


def named(block: str) -> list[str]:
    lines = [line.partition(": ") for line in block.strip().splitlines()]
    return [f"{model.strip()}.{name}" for model, _colon, names in lines for name in names.split()]


def handled(model: type[Model]) -> list[str]:
    is_one = issubclass(model, HasPublicWords)
    return [*model.public_words, *model.public_addresses] if is_one else []


def test_every_text_field_says_who_reads_it():
    models = {model for model, _field in text_fields()}
    said = named(AS_THEY_ARE) + named(INTERNAL)
    said += [f"{model.__name__}.{name}" for model in models for name in handled(model)]
    there = {f"{model.__name__}.{field.name}" for model, field in text_fields()}
    assert there - set(said) == set(), "say who reads these"
    assert set(said) - there == set(), "these are not there"
    assert len(said) == len(set(said)), "one of these is said to be two things"


def rows_of(where) -> dict[type[Model], QuerySet]:
    """The rows of this hearing in which something is planted."""
    promised = where.commitments.all()
    return {
        Hearing: Hearing.objects.filter(pk=where.pk),
        Chapter: where.chapters.all(),
        Speaker: where.speakers.filter(official=None),
        Utterance: Utterance.objects.filter(part__hearing=where),
        Commitment: promised,
        EventText: EventText.objects.filter(event__commitment__in=promised),
        Response: Response.objects.filter(answers__commitment__in=promised),
        Answer: Answer.objects.filter(commitment__in=promised),
        Evidence: Evidence.objects.filter(commitment__in=promised),
        Moment: where.moments.all(),
    }


def planted(model: type[Model], name: str) -> str:
    if name in model.public_addresses:
        return f"https://example.org/{SECRET}-{model.__name__}-{name}"
    return f"{SECRET} in {model.__name__} {name}"


def plant(where) -> None:
    where.moments.update(standing="moved")
    for model, rows in rows_of(where).items():
        for name in handled(model):
            words = planted(model, name)
            is_list = isinstance(model._meta.get_field(name), ArrayField)
            longer = [words] if is_list else Concat(F(name), Value(f" {words}"))
            rows.update(**{name: words if name in model.public_addresses else longer})


def test_something_is_planted_in_every_model_that_has_words_for_the_public(where):
    with_words = {model for model, _field in text_fields() if handled(model)}
    assert rows_of(where).keys() == with_words
    assert [model.__name__ for model, rows in rows_of(where).items() if not rows] == []


def test_the_walk_finds_what_is_planted_in_every_field_that_the_public_reads(samples, where):  # noqa: F811
    plant(where)
    pages = everything_public(samples, where)
    unread = {
        f"{model.__name__}.{name}"
        for model in rows_of(where)
        for name in handled(model)
        if not told(pages, planted(model, name))
    }
    assert unread == NO_PAGE_SHOWS


def test_what_is_planted_is_withheld_in_every_field_with_a_visible_marker(samples, where):  # noqa: F811
    plant(where)
    withhold_the_secret(where)
    pages = everything_public(samples, where)
    assert told(pages, SECRET) == []
    unmarked = {
        f"{model.__name__}.{name}"
        for model in rows_of(where)
        for name in model.public_words
        if not told(pages, planted(model, name).replace(SECRET, MARKER))
    }
    assert unmarked == NO_PAGE_SHOWS | LEFT_OUT | {"Speaker.printed_name"}  # which goes as a whole


# What is reached in other ways


@pytest.fixture
def later(where):
    """A commitment of a later hearing, with the secret in its wording."""
    hearing = cast.hearing("A later one", cast.date(2026, 10, 27))
    return cast.published(hearing, what=f"Call {SECRET} once more")


def test_words_of_another_hearing_are_withheld_once_a_moment_ties_them_to_this_one(where, later):
    withhold_the_secret(where)
    asked = f"/commitments/?q={SECRET}"
    assert SECRET in read(later.get_absolute_url()) and later.reference in read(asked)
    said = moments.select(where, line_of(where, 1).pk)
    actions.link(later, said, by=cast.cora(), now=cast.NOON, role="said_earlier")
    assert MARKER in read(later.get_absolute_url())
    assert SECRET not in read(later.get_absolute_url()) and later.reference not in read(asked)


def both_answered(where, later) -> None:
    """One letter that answers commitments of both hearings, judged for the later one."""
    facts = {"by": cast.cora(), "now": cast.at(cast.date(2026, 10, 28))}
    actions.respond(
        [where.commitments.get(), later],
        received_on=cast.date(2026, 10, 28),
        statement=f"We reached {SECRET}.",
        is_public=True,
        **facts,
    )
    actions.judge(later, **facts | {"by": cast.rita()}, outcome="partly_fulfilled", public_reason="Some", evidence=f"Their word to {SECRET}", remaining="The rest")  # fmt: skip


def test_what_answers_commitments_of_two_hearings_is_withheld_for_both(where, later):
    actions.edit(later, by=cast.rita(), now=cast.NOON, what="Call once more")
    both_answered(where, later)
    assert f"We reached {SECRET}." in read(later.get_absolute_url())
    withhold_the_secret(where)
    for path in (later.get_absolute_url(), f"/commitments/{later.reference}.json", "/agencies/wa/"):
        assert f"We reached {MARKER}." in read(path) and SECRET not in read(path), path


def test_a_statement_says_that_the_agency_wrote_it_otherwise(where):
    reference = where.commitments.get().reference
    addresses = ("/agencies/wa/", f"/commitments/{reference}/")
    assert not any("words in brackets" in read(path) for path in addresses)
    assert Client().get(f"/commitments/{reference}.json").json()["answers"][0]["statement_is_as_written"]  # fmt: skip
    withhold_the_secret(where)
    assert all("words in brackets" in read(path) for path in addresses)
    answer = Client().get(f"/commitments/{reference}.json").json()["answers"][0]
    assert not answer["statement_is_as_written"]
    assert Response.objects.get().statement == f"We spoke with {NAME}, {SECRET}."


@pytest.mark.parametrize("cut", [80, 40])
def test_an_address_that_tells_it_is_unknown_until_it_is_lifted(samples, where, cut):  # noqa: F811
    slug = f"2026-10-20-testimony-of-{NAME.lower().replace(' ', '-')}"[:cut]
    Hearing.objects.filter(pk=where.pk).update(title=f"Testimony of {NAME}", slug=slug)
    where.refresh_from_db()
    made = withhold_the_name(where)
    assert where.slug == "2026-10-20-committee-on-water"
    formers = (f"/hearings/{slug}/", f"/hearings/{slug}.vtt", f"/api/v1/hearings/{slug}/")
    assert [Client().get(path).status_code for path in formers] == [404] * 3
    assert "not known here" in read(f"/commitments/?hearing={slug}")
    assert told(everything_public(samples, where), "Wilhelmina", "Thistlewood") == []
    withholding.withhold_words(where, ["privacy"], by=cast.lea(), now=cast.NOON, reason="Too")
    assert FormerAddress.objects.get().slug == slug
    withholding.lift(made, by=cast.lea(), now=cast.NOON, reason="She agreed")
    for path in formers:
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (301, path.replace(slug, where.slug))
    answer = Client().get(f"/commitments/?hearing={slug}")
    assert answer["Location"] == f"/commitments/?hearing={where.slug}"


@pytest.mark.parametrize("name", ["Wilhelmina%20Thistlewood.pdf", "wilhelmina_thistlewood", "ThistlewoodW"])  # fmt: skip
def test_an_address_that_holds_a_withheld_name_is_left_out_however_it_is_written(where, name):
    Evidence.objects.update(url=f"https://example.org/{name}")
    page = where.commitments.get().get_absolute_url()
    assert f"/{name}" in read(page)
    withhold_the_name(where)
    assert name not in read(page) and "Their letter to [" in read(page)


def test_whatever_is_reached_from_a_row_for_the_public_is_for_the_public(where):
    plant(where)
    withhold_the_secret(where)
    shown = Commitment.objects.public().get(hearing=where)
    told = [shown.hearing.title, shown.evidence.get().title, shown.answers.get().response.statement]
    told += [each.text.public_reason for each in shown.events.all() if hasattr(each, "text")]
    told += [each.utterance.part.hearing.title + each.quote for each in shown.moments.all()]
    shown.refresh_from_db()
    assert not [words for words in [*told, shown.what] if SECRET in words or MARKER not in words]
    with pytest.raises(TypeError, match="values would pass it by"):
        shown.evidence.values("title")


def test_rows_that_were_there_before_are_left_as_they_are(where):
    plant(where)
    where.refresh_from_db()
    withhold_the_secret(where)
    stored = where.commitments.get()
    shown = [*where.commitments.public(), *stored.evidence.public(), *stored.events.as_public().select_related("text")]  # fmt: skip
    assert SECRET in where.title and SECRET in stored.what and len(shown) > 3


def test_one_list_read_for_the_public_and_then_for_staff(where):
    withhold_the_secret(where)
    listed = Commitment.objects.for_lists().filter(hearing=where)
    assert [SECRET in each.made.quote for each in (*listed.as_public(), *listed.all())] == [False, True]  # fmt: skip


def test_what_is_withheld_costs_no_query_for_each_row(where, django_assert_max_num_queries):
    withhold_the_secret(where), withhold_the_name(where)
    paths = (where.commitments.get().get_absolute_url(), "/agencies/wa/", "/agencies/wa/open/", where.get_absolute_url(), "/api/v1/events/", "/api/v1/commitments/")  # fmt: skip
    counts = []
    for path in paths:
        with django_assert_max_num_queries(40) as few:
            read(path)
        counts.append(len(few))
    for _ in range(4):
        answered_in_part(where.commitments.first())
        answered_in_part(cast.published(where, words=PROMISE, what=f"Call {SECRET}"))
    for path, most in zip(paths, counts, strict=True):
        with django_assert_max_num_queries(most):
            read(path)


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
    promise = where.commitments.get()
    text = client.get(promise.get_staff_url()).text
    assert "Withheld from the public" in text and f"What was promised: “Call {SECRET}" in text
    sheet = client.get(reverse("staff-follow-ups-docx", args=[where.slug])).content
    assert f"Call {SECRET}, that is {NAME}" in zipfile.ZipFile(io.BytesIO(sheet)).read("word/document.xml").decode()  # fmt: skip


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
    assert shown == [f"[0:00:20.000] {NAME}: {MARKER}"]


def test_a_name_printed_otherwise_in_a_newer_transcript_is_withheld(where):
    withhold_the_name(where)
    lines = [(start, who.replace(NAME, "MS. THISTLEWOOD"), text) for start, who, text in LINES]
    import_transcript(where, cast.parsed(lines), digest=digest_of(b"4"), now=cast.NOON)
    assert "THISTLEWOOD" not in shown_text(where).upper()


def withhold_the_printed_name(where) -> Withholding:
    """In no other form than that which is printed."""
    speaker = where.speakers.get(printed_name=NAME)
    return withholding.withhold_name(speaker, by=cast.lea(), now=cast.NOON, reason="Asked.")


def anew(where, *lines):
    """A newer transcript with these lines."""
    return import_transcript(
        where, cast.parsed(lines), digest=digest_of(repr(lines).encode()), now=cast.NOON
    )


@pytest.mark.parametrize("printed", ["MS. THISTLEWOOD", "W. Thistlewood", "Thistlewood", "Wil Thistlewood"])  # fmt: skip
def test_a_withheld_name_is_known_by_its_parts(where, printed):
    withhold_the_printed_name(where)
    anew(where, (20, printed, "I am."), (24, "Ada Thistlewood", "So am I."))
    shown = shown_text(where)
    assert printed not in shown.replace("Ada Thistlewood", "")
    assert "Ada Thistlewood" in shown


def test_a_last_name_that_is_said_is_for_a_lead_to_look_at(where):
    withhold_the_printed_name(where)
    summary = anew(where, (20, "Odalys Odell", "Thank you, Ms. Thistlewood."))
    assert "a lead should look whom it means" in " ".join(summary.warnings)
    assert not [each for each in anew(where, (20, "Odalys Odell", "Thank you.")).warnings if "whom" in each]  # fmt: skip


def test_words_that_are_spread_over_lines_are_withheld_with_them(where):
    where = cast.hearing("Cues", lines=((1, "Ada", "Call me at twelve"), (3, "Ada", "Elm Street, apartment two."), (5, "Ada", "Twelve is fine.")))  # fmt: skip
    words = ["twelve Elm Street"]
    assert len(withholding.places(where, words)) == 2
    withholding.withhold_words(where, words, by=cast.lea(), now=cast.NOON, reason="Asked.")
    shown = shown_text(where)
    assert "Elm" not in shown and "Call me" not in shown and "Twelve is fine." in shown
    assert not Client().get("/search/?q=elm").context["found"].lines


def test_a_newer_transcript_that_spreads_them_is_no_way_out(where):
    withholding.withhold_words(where, ["told you"], by=cast.lea(), now=cast.NOON, reason="Asked.")
    anew(
        where, (10, "Odalys Odell", "As she told"), (12, "Odalys Odell", "you, and told you again.")
    )
    assert "told" not in shown_text(where)


# A newer transcript that spells it otherwise

WITNESS = "Zebulon Quackenbush"
SAID = "I am Zebulon Quackenbush, that is Quackenbush."
SPELLED = ("Q-U-A-C-K-E-N-B-U-S-H", "Q U A C K E N B U S H", "Q, U, A, C, K, E, N, B, U, S, H", "Quacken-bush")  # fmt: skip
NEAR = ("Zebulun Quakenbush", "Z. Quakenbush", "Mr. Quakenbush", "Quakenbush, Z.", "ZEBULUN QUACKENBOSH")  # fmt: skip


@pytest.fixture
def witness(where) -> Withholding:
    """A name that a lead withheld with its parts."""
    anew(where, *LINES, (60, WITNESS, SAID))
    return withholding.withhold_name(
        where.speakers.get(printed_name=WITNESS),
        phrases=["Quackenbush", "Zebulon"],
        by=cast.lea(),
        now=cast.NOON,
        reason="A threatened witness",
    )


@pytest.mark.parametrize("printed", [*NEAR, *SPELLED])
def test_a_name_that_is_printed_nearly_so_is_hidden(where, witness, printed):
    summary = anew(where, *LINES, (60, printed, "I am here."))
    assert printed not in shown_text(where)
    warned = f"“{printed}” is nearly a withheld name" in " ".join(summary.warnings)
    assert warned is (printed in NEAR)


def test_nothing_of_it_is_public(samples, where, witness):  # noqa: F811
    """Neither a name that is printed nearly so, nor what is spelled out, nor where it was quoted."""
    printed = [(60 + n, name, "I am here.") for n, name in enumerate(NEAR)]
    spelled = [(70 + n, "Odalys Odell", f"Is it {name}?") for n, name in enumerate(SPELLED)]
    anew(where, *LINES, *printed, *spelled)
    where.chapters.update(title="Testimony", summary=f"Of {SPELLED[0]} or {SPELLED[1]}.")
    where.commitments.update(what=f"Call {SPELLED[3]}")
    where.moments.update(speaker=where.speakers.get(printed_name=NEAR[0]))
    pages = everything_public(samples, where)
    assert told(pages, *SPELLED, "Quakenbush", "Quackenbosh", "Zebulun") == []


@pytest.mark.parametrize("printed", ["Ms. Brackenbury", "Zelda Quick", "Speaker 7", "Commissioner Fenn"])  # fmt: skip
def test_another_name_is_not_hidden(where, witness, printed):
    summary = anew(where, *LINES, (60, printed, "I am here."))
    assert "[name withheld" not in shown_text(where).splitlines()[-1]
    assert "nearly a withheld name" not in " ".join(summary.warnings)


def test_a_lead_says_whose_the_name_is_and_it_is_shown(where, witness):
    anew(where, *LINES, (60, "Mr. Quakenbush", "I am here."))
    speaker = where.speakers.get(printed_name="Mr. Quakenbush")
    speakers.decide([speaker], by=cast.cora(), now=cast.NOON, side=Side.AGENCY)
    assert "Quakenbush" not in shown_text(where)
    decision = speakers.decide([speaker], by=cast.lea(), now=cast.NOON, side=Side.AGENCY)
    assert "Mr. Quakenbush" in shown_text(where)
    speakers.undo(decision, by=cast.lea(), now=cast.NOON)
    assert "Quakenbush" not in shown_text(where)


def test_somebody_in_office_with_such_a_name_keeps_it(where, witness):
    cast.official("Ann Quakenbush", "Council Member", Side.COUNCIL)
    anew(where, *LINES, (60, "Council Member Quakenbush", "I am here."))
    assert "Quakenbush" in shown_text(where)


@pytest.mark.parametrize("spelled", SPELLED)
def test_what_is_spelled_out_is_hidden(where, witness, spelled):
    anew(where, *LINES, (60, "Odalys Odell", f"Is it {spelled}? Proceed."))
    assert f"Is it {witness.marker}? Proceed." in shown_text(where)
    assert not Client().get("/search/?q=proceed").context["found"].lines


def test_words_that_are_nearly_withheld_are_told_and_shown(where, witness):
    said = "Mr. Quakenbush, quakenbush, Quakenbush; Q-U-A-K-E-N-B-U-S-H. Zebulun!"
    warnings = " ".join(anew(where, *LINES, (60, "Odalys Odell", said)).warnings)
    assert "“Quakenbush” (2 times) is nearly a withheld word; withhold it too?" in warnings
    assert "“Q-U-A-K-E-N-B-U-S-H” (once) is nearly a withheld word" in warnings
    assert "“Zebulun” (once)" in warnings and "“quakenbush”" not in warnings
    assert said in shown_text(where)


def test_in_capitals_and_with_nothing_alike(where, witness):
    assert "“QUAKENBUSH” (once)" in " ".join(anew(where, (60, "A", "MR. QUAKENBUSH SPOKE.")).warnings)  # fmt: skip
    assert "nearly" not in " ".join(anew(where, (60, "A", "Mr. Brown, of Quebec.")).warnings)


def test_fewer_places_than_before_are_told(where, witness):
    both = (60, "Odalys Odell", SAID)
    assert "fewer places" not in " ".join(anew(where, *LINES, both, (70, "A", "Yes.")).warnings)
    warnings = " ".join(anew(where, *LINES, (60, "Odalys Odell", "I am Zebulon.")).warnings)
    assert "fewer places (1) than in the transcript before (2)" in warnings
    warnings = " ".join(anew(where, *LINES).warnings)
    assert "fewer places (0) than in the transcript before (1)" in warnings


def test_many_single_letters_take_no_longer_than_their_number():
    def seconds(letters: int) -> float:
        began = time.perf_counter()
        assert occurrences([["quackenbush"]], "a-" * letters) == []
        return time.perf_counter() - began

    assert seconds(80_000) < 16 * max(seconds(10_000), 0.001)


def test_an_import_without_withholdings_asks_nothing_more(where, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert withholding.follow_import(where) == []


# Members of the public


def test_lines_of_the_public_are_not_found_in_the_search(client, where):
    by_somebody_without_office = where.speakers.get(printed_name=NAME)
    for settled in (
        {"side": Side.PUBLIC, "official": None},
        {"side": "", "official": Official.objects.create(name=NAME)},
    ):
        Speaker.objects.filter(pk=by_somebody_without_office.pk).update(**settled)
        for path in ("/search/?q=told", "/api/v1/utterances/?q=told"):
            assert "Thistlewood told you" not in client.get(path).content.decode(), path
        for path in ("/search/?q=whole", "/api/v1/utterances/?q=whole"):
            assert "plain" in client.get(path).content.decode(), path


@pytest.mark.parametrize("side", [None, Side.PUBLIC])
def test_the_name_of_somebody_without_office_can_be_withheld(samples, where, side):  # noqa: F811
    somebody = Official.objects.create(name=NAME)
    if side:
        Appointment.objects.create(official=somebody, role="Resident", side=side)
    where.speakers.filter(printed_name=NAME).update(official=somebody)
    where.commitments.update(official=somebody)
    withholding.withhold_words(where, [NAME, "Thistlewood", "Wilhelmina"], by=cast.lea(), now=cast.NOON, reason="A threat")  # fmt: skip
    assert told(everything_public(samples, where), "Wilhelmina", "Thistlewood") == []
    Appointment.objects.create(official=somebody, role="Senator", side=Side.ELECTED)
    assert NAME in read(where.get_absolute_url())


@pytest.mark.parametrize("side", [None, Side.PUBLIC])
def test_somebody_without_an_office_has_no_page(client, side):
    somebody = Official.objects.create(name=NAME)
    if side:
        Appointment.objects.create(official=somebody, role="Resident", side=side)
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
    other = cast.hearing(
        "Elsewhere", cast.date(2026, 10, 27), ((1, "Ms. Lane", f"Hello {SECRET}."),)
    )
    Hearing.objects.filter(pk=where.pk).update(title=f"On {SECRET}")
    page = client.get(address, place)
    assert page.context["phrases"] == [SECRET] and page.context["count"] == 3
    assert f"On {SECRET}</a>" in page.text
    Hearing.objects.filter(pk=where.pk).update(title="Privacy")
    written = {text.field for text in page.context["written"]}
    assert {"what was promised", "chapter, summary", "answer, excerpt", "what remains"} < written
    assert [*page.context["elsewhere"]] == [other]
    assert f"{reverse('withholding', args=[other.slug])}?phrases={SECRET}" in page.text
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


@pytest.fixture
def page_about(client, where):
    """The withholding page of the hearing, as a lead is shown it."""
    client.force_login(cast.lea())
    address = reverse("withholding", args=[where.slug])

    def page(phrases: str, **sent):
        if not sent:
            return client.get(address, {"phrases": phrases})
        return client.post(address, {"phrases": phrases, "reason": "Asked.", **sent}, follow=True)

    return page


def test_words_that_stand_nowhere_are_not_withheld(page_about):
    for page in (page_about("zanzibar"), page_about("zanzibar", sure=1)):
        assert "These words stand nowhere in this hearing." in page.text
        assert "Withheld, everywhere" not in page.text and 'name="sure"' not in page.text
    assert not Withholding.objects.exists()


def test_words_that_stand_only_in_what_was_written_or_printed_are_withheld(page_about, where):
    Speaker.objects.create(hearing=where, printed_name="Zora Zabriskie")
    where.moments.filter(role="made").update(corrected_quote="We will ring zanzibar.")
    for phrase in ("Zabriskie", "zanzibar"):
        assert "Withheld, everywhere" in page_about(phrase, sure=1).text
    assert Withholding.objects.count() == 2


def test_many_phrases_in_an_address_are_answered(page_about):
    many = "\n".join([SECRET, *(f"word{n}" for n in range(900))])
    assert page_about(many).context["count"] == 3


def test_a_decision_says_when_in_a_sentence_with_one_full_stop(page_about, where):
    made = withhold_the_secret(where)
    withholding.lift(made, by=cast.lea(), now=cast.NOON, reason="She agreed")
    assert "m.." not in page_about("").text
    assert "Lifted on Wednesday, October 21, 2026" in page_about("").text
