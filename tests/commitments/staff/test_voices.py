"""Two voices in one turn: a clerk gives words to somebody else, everything shown follows, and it is undone."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from commitments import moments, proposals, voices
from commitments.models import Moment
from hearings import attributions
from hearings.importing import digest_of, import_transcript
from hearings.models import Appointment, Attribution, Decision, Official, Side
from hearings.refusing import Refused
from hearings.words import whole_words
from tests import cast

pytestmark = pytest.mark.django_db
BOTH = "Can you get us the list? Yes, we will send you that list."
LINES = ((10, "Odalys Odell", "Good morning."), (20, "Odalys Odell", BOTH), (30, "Odalys Odell", "Thanks."))  # fmt: skip
ANSWER = BOTH.index("Yes")


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    settings.CLOCK_AT = cast.NOON


@pytest.fixture
def where():
    return cast.hearing(lines=LINES)


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


def answer(where):
    line = cast.said(where, BOTH)
    return moments.select(where, line.pk, start_offset=ANSWER)


def given(where, **facts) -> Decision:
    voice = attributions.voice_of_official(where, cast.fenn())
    return voices.give(answer(where), voice, by=cast.cora(), now=cast.NOON, **facts)[0]


def public(where, kind: str = "") -> str:
    address = f"/hearings/{where.slug}.{kind}" if kind else where.get_absolute_url()
    return Client().get(address).content.decode()


def test_the_public_page_shows_the_line_split_with_a_note(where):
    before = public(where)
    assert "corrected" not in before
    given(where)
    text = public(where)
    assert "<p>Can you get us the list? </p>" in text and "<p>Yes, we will send you that list.</p>" in text  # fmt: skip
    assert "speaker corrected by staff; printed as “Odalys Odell”" in text
    assert "clerk" not in text and "Cora" not in text
    assert (
        text.index("Ingrid Fenn") < text.index("Yes, we will") < text.rindex("<b>Odalys Odell</b>")
    )
    line = cast.said(where, BOTH)
    assert text.count(f'id="u{line.pk}"') == 1


def test_a_word_that_is_marked_in_part_is_given_whole(where, cora):
    line = cast.said(where, BOTH)
    begins, ends = BOTH.index("we will") + 1, BOTH.index("send") + 2
    place = {"u": line.pk, "to": line.pk, "start": begins, "end": ends}
    address = reverse("hearing-voice", args=[where.slug])
    assert "“we will send”" in cora.get(address, place).text
    cora.post(address, place | {"official": cast.fenn().pk})
    found = Attribution.objects.get()
    assert BOTH[found.start_offset : found.end_offset] == "we will send"
    assert "<p>we will send" in public(where)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (len(BOTH), len(BOTH)), (5, 5)])
def test_no_characters_touch_no_word(start, end):
    assert whole_words(BOTH, start, end) == (start, end)


CORRECTED = "Ingrid Fenn (speaker corrected by staff; printed as Odalys Odell)"


def test_the_files_and_the_api_name_the_voice_and_the_printed_name(where):
    given(where)
    turns = json.loads(public(where, "json"))
    assert turns[1:3] == [
        {"start": 20.0, "end": None, "speaker": "Odalys Odell", "text": "Can you get us the list?", "interpolated": False},
        {"start": 20.0, "end": None, "speaker": CORRECTED, "text": "Yes, we will send you that list.", "interpolated": False},
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(public(where, "csv"))))
    assert [row["speaker"] for row in rows[1:3]] == ["Odalys Odell", CORRECTED]
    assert f"{CORRECTED}: Yes, we" in public(where, "txt")
    assert f" {CORRECTED}>Yes, we" in public(where, "vtt")
    line = cast.said(where, BOTH)
    api = Client().get(f"/api/v1/utterances/{line.pk}/").json()
    assert (api["speaker"], api["official"], api["text"]) == ("Odalys Odell", None, BOTH)
    assert [(each["speaker"], each["is_corrected"]) for each in api["voices"]] == [("Odalys Odell", False), ("Ingrid Fenn", True)]  # fmt: skip


def test_the_form_says_who_said_it_and_who_asked(where):
    given(where)
    proposal = proposals.propose(where, answer(where))
    assert (proposal.official, proposal.agency) == (cast.fenn(), cast.water())
    assert proposal.owed_to_member == cast.odell()
    assert moments.capture(answer(where), Moment.Role.MADE).speaker.official == cast.fenn()


def test_a_quotation_made_before_follows_its_words_and_back(where):
    line = cast.said(where, BOTH)
    draft = cast.draft(where, words=BOTH)
    moment = draft.made
    Moment.objects.filter(pk=moment.pk).update(start_offset=ANSWER)
    voice = attributions.voice_of_official(where, cast.fenn())
    decision, look_at = voices.give(answer(where), voice, by=cast.cora(), now=cast.NOON)
    moment.refresh_from_db()
    assert moment.speaker == voice and look_at == [draft]
    voices.undo(decision, by=cast.cora(), now=cast.NOON)
    moment.refresh_from_db()
    assert moment.speaker == line.speaker
    assert "corrected" not in public(where)


def test_the_later_decision_counts(where):
    given(where)
    role = attributions.voice_of_role(where, side=Side.PUBLIC, role="A resident")
    voices.give(answer(where), role, by=cast.cora(), now=cast.NOON)
    line = moments.select(where, cast.said(where, BOTH).pk).first
    assert line.voice_at(ANSWER) == role and line.voice_at(0).official == cast.odell()


def test_a_span_over_lines_gives_all_of_it(where):
    first, last = cast.said(where, BOTH), cast.said(where, "Thanks.")
    span = moments.select(where, first.pk, last.pk, start_offset=ANSWER)
    voices.give(span, attributions.voice_of_official(where, cast.fenn()), by=cast.cora(), now=cast.NOON)  # fmt: skip
    assert [each.words for each in Attribution.objects.all()] == [BOTH[ANSWER:], "Thanks."]


def test_words_given_to_the_public_are_not_found_in_the_search(where):
    assert BOTH[:10] in Client().get("/search/?q=list").content.decode().replace("<mark>", "").replace("</mark>", "")  # fmt: skip
    role = attributions.voice_of_role(where, side=Side.PUBLIC)
    voices.give(answer(where), role, by=cast.cora(), now=cast.NOON)
    assert not Client().get("/search/?q=list").context["found"].lines


def test_it_works_without_a_script(cora, where):
    line = cast.said(where, BOTH)
    address = reverse("hearing-voice", args=[where.slug])
    place = {"u": line.pk, "to": line.pk, "start": ANSWER, "end": len(BOTH)}
    page = cora.get(address, place)
    assert "Yes, we will send you that list." in page.text and "Can you get us" not in page.text
    tagging = cora.get(reverse("hearing-tag", args=[where.slug]), place).text
    assert f'href="{address}?u={line.pk}' in tagging
    cora.post(address, place | {"official": cast.fenn().pk})
    text = cora.get(reverse("hearing-tag", args=[where.slug])).text
    assert "Speaker corrected by staff." in text and "decided by a clerk" in text
    cora.post(reverse("decision-undo", args=[Decision.objects.get().pk]))
    assert "corrected" not in public(where)


@pytest.mark.parametrize(
    ("sent", "name", "side"),
    [
        ({"name": "Ned Nott", "role": "Engineer", "side": "agency", "agency": "{water}"}, "Ned Nott", "agency"),
        ({"side": "public"}, "Unidentified (Public)", "public"),
        ({"side": "agency", "role": "A clerk of the Authority"}, "A clerk of the Authority", "agency"),
    ],
)  # fmt: skip
def test_somebody_new_or_only_a_role(cora, where, sent, name, side):
    line = cast.said(where, BOTH)
    sent = {key: value.format(water=cast.water().pk) for key, value in sent.items()}
    cora.post(reverse("hearing-voice", args=[where.slug]), {"u": line.pk, "start": ANSWER} | sent)
    voice = Decision.objects.get().voice
    assert (str(voice), voice.spoke_for) == (name, side)


@pytest.mark.parametrize(
    "sent", [{}, {"name": "Ned"}, {"name": "Ned", "side": "agency", "role": "x"}]
)
def test_half_an_answer_gives_nothing(cora, where, sent):
    line = cast.said(where, BOTH)
    response = cora.post(reverse("hearing-voice", args=[where.slug]), {"u": line.pk} | sent)
    assert response.status_code == 200 and not Decision.objects.exists()


def test_undoing_somebody_new_takes_them_back(cora, where):
    line = cast.said(where, BOTH)
    sent = {"name": "Ned Nott", "role": "Member", "side": "council"}
    cora.post(reverse("hearing-voice", args=[where.slug]), {"u": line.pk, "start": ANSWER} | sent)
    cora.post(reverse("decision-undo", args=[Decision.objects.get().pk]))
    assert not Official.objects.filter(name="Ned Nott").exists()


def test_a_refused_answer_leaves_nobody_new_behind(cora, where):
    line = cast.said(where, BOTH)
    where.speakers.create(printed_name="Ned Nott")
    before = Official.objects.count(), Appointment.objects.count()
    sent = {"name": "Ned Nott", "role": "Member", "side": "council"}
    page = cora.post(reverse("hearing-voice", args=[where.slug]), {"u": line.pk} | sent)
    assert "is printed in this hearing and not settled as that official" in page.text
    assert (Official.objects.count(), Appointment.objects.count()) == before


def test_words_of_another_hearing_are_refused(where):
    elsewhere = attributions.voice_of_official(cast.hearing("Other"), cast.fenn())
    with pytest.raises(Refused):
        voices.give(answer(where), elsewhere, by=cast.cora(), now=cast.NOON)


def test_a_newer_transcript_keeps_it_where_the_words_stand_once(where):
    given(where)
    lines = [(start + 1, who, text) for start, who, text in LINES]
    summary = import_transcript(where, cast.parsed(lines), digest=digest_of(b"2"), now=cast.NOON)
    assert "speaker corrected by staff" in public(where) and not summary.warnings


@pytest.mark.parametrize("words", ["Yes, we'll send you the list.", BOTH[ANSWER:] + " " + BOTH[ANSWER:]])  # fmt: skip
def test_a_newer_transcript_never_guesses(where, words):
    given(where)
    lines = [(start, who, text.replace(BOTH[ANSWER:], words)) for start, who, text in LINES]
    summary = import_transcript(where, cast.parsed(lines), digest=digest_of(b"3"), now=cast.NOON)
    assert "speaker corrected by staff" not in public(where)
    assert "lost their place" in " ".join(summary.warnings)


def test_withheld_and_given_words_in_one_line(where):
    from hearings import withholding

    given(where)
    withholding.withhold_words(where, ["send you"], by=cast.lea(), now=cast.NOON, reason="A test")
    marker = "[withheld by the Council on October 21, 2026]"
    turns = [turn["text"] for turn in json.loads(public(where, "json"))]
    assert turns[1:3] == ["Can you get us the list?", f"Yes, we will {marker} that list."]
