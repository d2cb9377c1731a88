"""A hearing's page: its sheet, its parts, its anchors, the marked words, its files."""

import csv
import io
import json
import re
from datetime import date

import pytest

from commitments import actions, moments
from commitments.models import Moment
from hearings.formats import ParsedChapter
from hearings.importing import digest_of, find_or_make_hearing, import_transcript
from hearings.models import Side, Speaker, Utterance
from tests import cast

pytestmark = pytest.mark.django_db


def long_hearing(*chapters: ParsedChapter, count: int = 700):
    """A line every ten seconds, "Line 0." at the start."""
    hearing, _ = find_or_make_hearing(
        title="Long", held_on=cast.HELD_ON, committees=[cast.committee().name]
    )
    lines = tuple((number * 10, "Ann", f"Line {number}.") for number in range(count))
    file = cast.parsed(lines, chapters=chapters)
    import_transcript(hearing, file, digest=digest_of(b"long"), now=cast.NOON)
    return hearing


def numbers(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"<p>(?:<mark>)?Line (\d+)\.", words)]


def test_a_part_has_about_three_hundred_lines_and_leads_to_the_next(read):
    where = long_hearing()
    first = read(where.get_absolute_url())
    assert numbers(first) == list(range(234))
    assert "Part 1 of 3" in first
    after = re.search(r'<a class="next" href="\?u=(\d+)#h-tr"><span>Next', first)[1]
    assert numbers(read(f"{where.get_absolute_url()}?u={after}"))[0] == 234


@pytest.mark.parametrize(("second", "number"), [(0, 0), (2345, 234), (2339, 233), (6999, 699)])
def test_a_second_picks_its_part_on_the_server(read, second, number):
    where = long_hearing()
    assert number in numbers(read(f"{where.get_absolute_url()}?t={second}"))


def test_a_part_that_begins_within_a_second_is_found_by_the_whole_second(read):
    where = long_hearing(ParsedChapter(title="Late", start=1000))
    Utterance.objects.filter(text="Line 100.").update(start=1000.4, place=1000.4)
    assert 100 in numbers(read(f"{where.get_absolute_url()}?t=1000"))


def test_an_utterance_picks_its_part(read):
    where = long_hearing()
    line = cast.said(where, "Line 500.")
    words = read(f"{where.get_absolute_url()}?u={line.pk}")
    assert 500 in numbers(words)
    assert f'id="u{line.pk}"' in words


def test_an_utterance_of_another_hearing_picks_nothing(read):
    where, other = long_hearing(), cast.hearing()
    line = cast.said(other, cast.GET_BACK)
    words = read(f"{where.get_absolute_url()}?u={line.pk}")
    assert numbers(words)[0] == 0
    assert "get back to you" not in words


def test_chapters_are_the_parts_with_their_counts(read):
    chapters = (
        ParsedChapter(title="Opening", start=0, kind="REMARKS"),
        ParsedChapter(
            title="Pipes", start=2000, kind="Q&A", summary="They spoke of pipes.",
            bullets=("One point.",), source="pipewatch.example",
        ),
    )  # fmt: skip
    where = long_hearing(*chapters, count=250)
    Speaker.objects.update(official=cast.fenn(), is_settled=True)
    cast.odell()
    cast.published(where, words="Line 205.")
    first = read(where.get_absolute_url())
    assert first.count('class="cnt"') == 1
    assert first.index("Pipes") < first.index("1 commitment<")
    second = read(f"{where.get_absolute_url()}?t=2050")
    assert numbers(second) == list(range(200, 250))
    assert "Summary by pipewatch.example, not the Council’s words" in second
    assert "They spoke of pipes." in second and "They spoke of pipes." not in first


def test_the_first_line_of_each_second_answers_to_the_second(read):
    lines = ((9050, "Ann", "Well."), (9050.5, "Ann", "I don't know."), (None, "Ann", "Okay."))
    where = cast.hearing("Short", lines=lines)
    words = read(f"{where.get_absolute_url()}?t=9050")
    ids = [cast.said(where, text).pk for _, _, text in lines]
    assert words.count('id="t=9050"') == 1
    assert f'id="u{ids[0]}"><a href="?t=9050#t=9050" id="t=9050">2:30:50</a>' in words
    assert f'id="u{ids[1]}"><a href="?u={ids[1]}#u{ids[1]}">2:30:50</a>' in words
    assert f'href="?u={ids[2]}#u{ids[2]}" aria-label="Link to this line">·</a>' in words


def test_no_id_stands_twice_on_the_page(read):
    where = cast.hearing()
    cast.published(where)
    ids = re.findall(r'\sid="([^"]+)"', read(where.get_absolute_url()))
    assert len(ids) == len(set(ids))


def test_promises_are_marked_by_their_offsets_with_their_standing_below(read, settings):
    where = cast.hearing()
    line = cast.said(where, cast.GET_BACK)
    start = cast.GET_BACK.index("we can")
    for begin, end in ((start, None), (0, 20)):
        selection = moments.select(where, line.pk, start_offset=begin, end_offset=end)
        commitment = cast.published(where)
        commitment.moments.filter(role="made").delete()
        actions.moments.attach(commitment, selection, Moment.Role.MADE)
    settings.CLOCK_AT = cast.at(date(2026, 11, 24))
    words = read(where.get_absolute_url())
    marked = words.split(f'id="u{line.pk}"')[1].split("</div>")[0]
    assert "<mark>So I don&#x27;t have that</mark> number with me, but <mark>we can get" in marked
    assert marked.count('class="moment" data-state="late"') == 2
    assert "20 days late" in marked
    assert "<mark>" not in words.split(f'id="u{line.pk}"')[0].split("h-tr")[1]


def test_a_promise_over_several_lines_is_marked_in_each(read):
    where = cast.hearing()
    first, last = (cast.said(where, words) for _, _, words in (cast.LINES[2], cast.LINES[4]))
    commitment = cast.published(where)
    commitment.moments.filter(role="made").delete()
    span = moments.select(where, first.pk, last.pk, start_offset=3, end_offset=7)
    actions.moments.attach(commitment, span, Moment.Role.MADE)
    words = read(where.get_absolute_url())
    assert "Abs<mark>olutely.</mark>" in words
    assert "<mark>Great. And how many were replaced last winter?</mark>" in words
    assert "<mark>So I do</mark>n&#x27;t have" in words
    assert words.count('class="moment"') == 1


def test_questions_are_not_marked_and_words_are_escaped(read):
    where = cast.hearing(lines=((1, "Ann <b>", "<script>alert(1)</script> & more"), *cast.LINES))
    cast.published(where)
    words = read(where.get_absolute_url())
    assert "<script>alert" not in words
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in words
    assert "<mark>And how many" not in words


def test_the_sheet_has_who_to_whom_when_and_how_it_stands(read):
    where = cast.hearing()
    cast.published(where)
    for address in (where.get_absolute_url(), f"{where.get_absolute_url()}follow-ups/"):
        sheet = read(address).split("followups")[1].split("</table>")[0]
        for cell in (
            "Ingrid Fenn",
            "Odalys Odell",
            "November\N{NO-BREAK SPACE}4",
            "Open",
            "2:17:01",
        ):
            assert cell in sheet, address


def test_a_page_with_testimony_of_the_public_asks_not_to_be_indexed(read):
    where = cast.hearing()
    assert 'content="noindex"' not in read(where.get_absolute_url())
    Speaker.objects.filter(printed_name="Speaker 7").update(side=Side.PUBLIC)
    assert 'content="noindex"' in read(where.get_absolute_url())


def test_so_does_one_with_a_name_of_whom_nobody_has_said_for_whom_they_spoke(read):
    where = cast.hearing(lines=((1, "Mel Tenant", "My boiler is broken."),))
    assert 'content="noindex"' in read(where.get_absolute_url())
    Speaker.objects.update(side=Side.AGENCY)
    assert 'content="noindex"' not in read(where.get_absolute_url())


@pytest.mark.parametrize("kind", ["vtt", "json", "csv", "txt"])
def test_the_files_ask_for_it_as_the_page_does(client, kind):
    where = cast.hearing()
    address = f"{where.get_absolute_url().rstrip('/')}.{kind}"
    assert "X-Robots-Tag" not in client.get(address).headers
    Speaker.objects.filter(printed_name="Speaker 7").update(side=Side.PUBLIC)
    assert client.get(address).headers["X-Robots-Tag"] == "noindex"


def test_a_hearing_without_a_transcript_says_so(read):
    where, _ = find_or_make_hearing(title="Soon", held_on=cast.HELD_ON, committees=[])
    assert "There is no transcript yet." in read(where.get_absolute_url())


def test_a_hearing_without_a_transcript_shows_its_chapters_and_whose_words_they_are(read):
    where, _ = find_or_make_hearing(title="Soon", held_on=cast.HELD_ON, committees=[])
    where.chapters.create(
        title="Pipes",
        kind="TESTIMONY",
        start=610,
        summary="Fenn answered.",
        bullets=["By ward"],
        source="citymeetings.nyc",
    )
    words = read(where.get_absolute_url())
    assert "Summary by citymeetings.nyc, not the Council’s words" in words
    for said in ("Testimony", "Pipes", "0:10:10", "Fenn answered.", "<li>By ward</li>"):
        assert said in words
    assert "Whole transcript:" not in words


def test_a_hearing_with_nothing_has_no_chapters_and_no_files(read):
    where, _ = find_or_make_hearing(title="Soon", held_on=cast.HELD_ON, committees=[])
    words = read(where.get_absolute_url())
    assert "Chapters" not in words and "Whole transcript:" not in words


def test_the_files_hold_every_line(client):
    where = cast.hearing(lines=((3, "Ann", "=1+1 & <so>"), (None, "Ann", "Okay.")))
    files = {
        kind: client.get(f"/hearings/{where.slug}.{kind}").content.decode()
        for kind in ("vtt", "json", "csv", "txt")
    }
    assert files["vtt"].startswith("WEBVTT Transcript, one utterance a cue\n\n00:00:03.000 --> ")
    assert "<v Ann>=1+1 &amp; &lt;so&gt;" in files["vtt"]
    assert [turn["text"] for turn in json.loads(files["json"])] == ["=1+1 & <so>", "Okay."]
    assert list(csv.reader(io.StringIO(files["csv"])))[1][3] == "'=1+1 & <so>"
    assert "[0:00:03.000] Ann: =1+1 & <so>\nAnn: Okay.\n" in files["txt"]


def test_the_list_is_newest_first_with_counts(read):
    cast.published(cast.hearing("Older", date(2026, 3, 3)), cast.at(date(2026, 3, 4)))
    cast.hearing("Newer", date(2026, 9, 9))
    words = read("/hearings/")
    assert words.index("Newer") < words.index("Older")
    assert "1 commitment" in words and "1 overdue" in words
