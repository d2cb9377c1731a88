"""How a transcript grows: files join, take each other's place, or add a chapter; nothing is doubled or lost
in silence."""

import pytest

from hearings import attributions, importing, speakers
from hearings.formats import ParsedChapter
from hearings.importing import Summary, digest_of, find_or_make_hearing, import_transcript
from hearings.models import Attribution, Chapter, Hearing, Utterance
from hearings.refusing import Refused
from tests import cast

pytestmark = pytest.mark.django_db

MORNING = ((0, "Chair Odell", "Good morning."), (5, "Commissioner Fenn", "Good morning, Chair."))
NOON = ((3600, "Chair Odell", "We resume."), (3605, "Commissioner Fenn", "Thank you, Chair."))


@pytest.fixture
def where():
    return find_or_make_hearing(title="Pipes", held_on=cast.HELD_ON, committees=["Water"])[0]


def add(where: Hearing, lines, **facts) -> Summary:
    parsed = cast.parsed(lines, **facts)
    digest = digest_of(repr(parsed).encode())
    return import_transcript(where, parsed, digest=digest, now=cast.NOON)


def shown(where: Hearing) -> list[str]:
    lines = Utterance.objects.current().filter(part__hearing=where).in_order()
    return list(lines.values_list("text", flat=True))


def words_of(*files) -> list[str]:
    return [text for lines in files for _start, _who, text in lines]


def test_the_same_bytes_change_nothing(where):
    add(where, MORNING)
    again = add(where, MORNING)
    assert (again.revision, again.added, again.warnings) == (1, 0, [])
    assert shown(where) == words_of(MORNING)


@pytest.mark.parametrize("files", [(MORNING, NOON), (NOON, MORNING)])
def test_a_file_of_another_stretch_joins_whichever_comes_first(where, files):
    first, second = (add(where, lines) for lines in files)
    assert (first.revision, second.revision) == (1, 1)
    assert second.warnings == [
        "Its times lie beside those of the transcript that was there: it was added as a further part."
    ]
    assert shown(where) == words_of(MORNING, NOON)


@pytest.mark.parametrize(("begins", "joins"), [(3600, True), (3603, True), (3595, False)])
def test_two_files_may_touch_at_their_edges(where, begins, joins):
    add(where, (*MORNING, (3605, "Chair Odell", "Let us pause.")))
    later = add(where, ((begins, "Chair Odell", "We resume."), (7200, "Chair Odell", "Goodbye.")))
    assert (later.revision == 1) == joins
    assert ("Good morning." in shown(where)) == joins


def test_other_words_for_the_same_time_take_their_place(where):
    add(where, MORNING), add(where, NOON)
    better = ((1, "Chair Odell", "Good morning, all."), (6, "Commissioner Fenn", "Morning."))
    assert add(where, better).revision == 2
    assert shown(where) == words_of(better, NOON)


def test_the_same_words_on_another_clock_take_their_place(where):
    said = "So the number of lead pipes that are left under our schools is not known to us today."
    add(where, (*MORNING, (60, "Chair Odell", said)))
    later = ((9000, "Ada", "Good morning, all."), (9060, "Chair Odell", said.upper()))
    assert add(where, later).revision == 2
    assert shown(where) == words_of(later)


def test_a_file_without_times_is_the_whole_hearing(where):
    add(where, MORNING), add(where, NOON)
    minutes = tuple((None, who, text) for _start, who, text in (*MORNING, *NOON))
    assert add(where, minutes).revision == 2
    assert shown(where) == words_of(minutes)


def test_who_replaces_much_by_little_is_told(where):
    add(where, (*MORNING, *NOON))
    summary = add(where, ((0, "Chair Odell", "Good morning, all."),))
    assert "3 words take the place of 10." in summary.warnings[0]


def test_fewer_lines_of_as_many_words_are_no_loss(where):
    words = ["Good", "morning", "and", "welcome", "to", "all", "of", "you"]
    add(where, tuple((number, "Chair Odell", word) for number, word in enumerate(words)))
    assert add(where, ((0, "Chair Odell", " ".join(words)),)).warnings == []


def test_a_file_of_another_hearing_is_doubted(where):
    pipes = [(n, "Chair Odell", f"Pipe number {n} is made of lead and {n + 1} is not.") for n in range(50)]  # fmt: skip
    trees = [(n, "Chair Odell", f"We have planted {n} oaks along avenue {n + 7} today.") for n in range(50)]  # fmt: skip
    add(where, pipes)
    assert "Hardly any of its words" in add(where, trees).warnings[0]


def test_names_that_a_newer_file_lacks_are_missed(where):
    add(where, MORNING)
    nameless = tuple((start, "", text) for start, _who, text in MORNING)
    assert add(where, nameless).warnings == [
        "It names nobody; the transcript whose place it takes names 2 speakers."
    ]


@pytest.mark.parametrize("data", [b"a\nb\n\n", b"a\r\nb\r\n", b"a\nb"])
def test_line_ends_make_no_other_file(data):
    assert digest_of(data) == digest_of(b"a\nb\n")


# Voices without a name


def test_a_number_means_somebody_in_one_file_only(where):
    add(where, ((0, "SPEAKER_01", "Good morning."), (5, "SPEAKER_00", "Good morning, Chair.")))
    chair = where.speakers.get(printed_name="SPEAKER_01")
    speakers.decide([chair], official=cast.odell(), by=cast.cora(), now=cast.NOON)
    add(where, ((0, "SPEAKER_00", "Good morning."), (5, "SPEAKER_01", "Good morning, Chair!")))
    add(where, ((3600, "SPEAKER_01", "I am a resident."),))
    lines = Utterance.objects.current().filter(part__hearing=where).with_speakers()
    assert [(line.speaker.printed_name, line.speaker.official) for line in lines.in_order()] == [
        ("SPEAKER_00", None),
        ("SPEAKER_01", None),
        ("SPEAKER_01", None),
    ]


def test_a_name_means_the_same_in_the_next_file(where):
    add(where, ((0, "Tobias Ren", "Good morning."),))
    ren = where.speakers.get()
    speakers.decide([ren], official=cast.odell(), by=cast.cora(), now=cast.NOON)
    add(where, ((0, "Tobias Ren", "Good morning, all."),))
    assert Utterance.objects.current().get().speaker == ren


def test_a_number_is_settled_in_its_own_hearing_only(where):
    add(where, ((0, "Speaker 2", "Good morning."),))
    other = find_or_make_hearing(title="Trees", held_on=cast.HELD_ON, committees=["Parks"])[0]
    add(other, ((0, "Speaker 2", "Good evening."),))
    assert speakers.same_name_elsewhere(where.speakers.get()) == []


# Back to an earlier revision


def test_an_earlier_revision_comes_back_as_a_new_one(where):
    add(where, MORNING), add(where, NOON)
    add(where, ((0, "Ada", "Trees."), (3700, "Ada", "More trees.")))
    importing.restore(where.transcripts.get(number=1), by=cast.cora(), now=cast.NOON)
    assert shown(where) == words_of(MORNING, NOON)
    assert where.current_transcript.number == 3
    assert {line.speaker.printed_name for line in Utterance.objects.current()} == {"Chair Odell", "Commissioner Fenn"}  # fmt: skip
    assert add(where, MORNING).added == 0


def test_words_given_to_somebody_come_back_with_it(where):
    add(where, MORNING)
    give(where, "Cy")
    add(where, ((0, "Ada", "Trees."), (10, "Ada", "More trees.")))
    importing.restore(where.transcripts.get(number=1), by=cast.cora(), now=cast.NOON)
    assert given_to(where) == "Cy"


def test_what_is_current_is_not_brought_back(where):
    add(where, MORNING)
    with pytest.raises(Refused, match="current words already"):
        importing.restore(where.current_transcript, by=cast.cora(), now=cast.NOON)


def test_what_was_brought_back_is_not_brought_back_again(where):
    add(where, MORNING), add(where, ((0, "Ada", "Trees."), (10, "Ada", "More trees.")))
    first = where.transcripts.get(number=1)
    importing.restore(first, by=cast.cora(), now=cast.NOON)
    with pytest.raises(Refused, match="current words already"):
        importing.restore(first, by=cast.cora(), now=cast.NOON)
    assert where.transcripts.count() == 3


def test_readers_bring_nothing_back(where):
    add(where, MORNING), add(where, ((0, "Ada", "Trees."), (10, "Ada", "More trees.")))
    with pytest.raises(Refused, match="needs the role Clerk"):
        importing.restore(where.transcripts.get(number=1), by=cast.rob(), now=cast.NOON)


# Pages of chapters


def page(
    where: Hearing, words: str, title: str = "Lead pipes", start: float | None = 1200
) -> Summary:
    chapter = ParsedChapter(title=title, start=start, seconds=300, source="a neighbour")
    return add(where, ((None, "Ada", words),), chapters=(chapter,), covers_hearing=False)


def test_a_page_without_times_stands_at_its_chapter(where):
    page(where, "About pipes."), page(where, "Welcome.", title="Opening", start=10)
    assert shown(where) == ["Welcome.", "About pipes."]
    assert Utterance.objects.get(text="About pipes.").start is None


def test_a_corrected_page_takes_the_place_of_the_first_with_its_chapter(where):
    page(where, "About pipse."), page(where, "Welcome.", title="Opening", start=10)
    assert page(where, "About pipes.", title="Lead pipes and lines").revision == 2
    assert shown(where) == ["Welcome.", "About pipes."]
    assert [each.title for each in where.chapters.all()] == ["Opening", "Lead pipes and lines"]


def test_a_whole_hearing_takes_the_place_of_all_pages_and_leaves_their_chapters(where):
    page(where, "About pipes."), page(where, "Goodbye.", title="Closing", start=9000)
    assert add(where, MORNING).revision == 2
    assert shown(where) == words_of(MORNING)
    assert Chapter.objects.count() == 2


def test_a_page_over_a_whole_hearing_adds_only_its_chapter(where):
    add(where, (*MORNING, *NOON))
    summary = page(where, "About pipes.")
    assert (summary.added, summary.chapters, shown(where)) == (0, 1, words_of(MORNING, NOON))


# Words that were given to somebody else


def give(where: Hearing, name: str):
    line = Utterance.objects.current().get(part__hearing=where, text="Good morning, Chair.")
    voice = attributions.voice_of_role(where, side="agency", role=name)
    return attributions.attribute([(line, 0, 4)], voice, by=cast.cora(), now=cast.NOON)


def given_to(where: Hearing) -> str:
    lines = Utterance.objects.current().filter(part__hearing=where).with_speakers()
    return lines.get(text="Good morning, Chair.").voice_at(0).printed_name


def test_the_later_decision_counts_whatever_is_imported_afterwards(where):
    add(where, MORNING)
    give(where, "Ada")
    add(where, replace_text(MORNING, "Good morning.", "Good morning, all."))
    give(where, "Cy")
    page(where, "About pipes.")
    assert given_to(where) == "Cy"
    add(where, replace_text(MORNING, "Good morning.", "Morning, all."))
    assert given_to(where) == "Cy"


def test_given_words_follow_once_for_each_revision(where):
    add(where, MORNING)
    give(where, "Ada")
    add(where, replace_text(MORNING, "Good morning.", "Good morning, all."))
    page(where, "About pipes."), add(where, NOON)
    assert Attribution.objects.count() == 2


def test_given_words_that_are_gone_are_told_once(where):
    add(where, MORNING)
    give(where, "Ada")
    assert "lost their place" in add(where, replace_text(MORNING, "Good morning, Chair.", "Morning.")).warnings[0]  # fmt: skip
    assert not [each for each in page(where, "About pipes.").warnings if "lost" in each]


def replace_text(lines, old: str, new: str):
    return tuple((start, who, new if text == old else text) for start, who, text in lines)


def test_many_voices_cost_no_more_questions_than_a_few(where, django_assert_max_num_queries):
    for number in range(30):
        cast.official(f"Ada Quill{number}", "Council Member", "council")
    with django_assert_max_num_queries(40) as few:
        add(where, MORNING)
    voices = [(7200 + number, f"Ada Quill{number}", "I vote aye.") for number in range(30)]
    with django_assert_max_num_queries(len(few)):
        assert add(where, voices).identified == 30
