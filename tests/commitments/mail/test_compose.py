"""What the mails say, in text and in HTML."""

import re

import pytest

from commitments.mail import compose, issue
from commitments.mail.issue import Issue
from commitments.mail.weeks import Week
from commitments.models import Subscription
from hearings.models import Council
from tests import cast
from tests.commitments.mail import readers
from tests.commitments.mail.readers import MONDAY, NINE

pytestmark = pytest.mark.django_db
QUOTE = "we can get back to you on that."
QUESTION = "And how many were replaced last winter?"


def body(**interest) -> compose.Body | None:
    wishes = readers.reader(**interest).subscriptions.all()
    return compose.digest(Issue(issue.make(Week(MONDAY), NINE)), wishes)


def test_the_subject_is_the_verdict():
    readers.news()
    council = Council.current().name
    assert (
        body().subject == f"3 overdue, 1 new this week – {council} follow-ups, week of November 9"
    )


def test_the_verdict_counts_what_the_reader_asked_for():
    readers.news()
    told = body(scope="agency", agency=readers.parks())
    assert told.subject.startswith("Nothing overdue – ")
    for part in (told.text, told.html):
        assert "Brief the committee" in part
        assert "Publish the map of the mains" not in part


def test_without_news_there_is_no_mail():
    assert body() is None


@pytest.mark.parametrize("kind", ["text", "html"])
def test_each_item_has_its_words_people_dates_and_links(kind, settings):
    commitment = readers.news()["newly_overdue"]
    said = " ".join(getattr(body(), kind).split())
    for words in (
        commitment.what, commitment.reference, QUESTION, QUOTE, "Ingrid Fenn to Odalys Odell",
        "October 20, 2026", "5 days late", "Wednesday, November 4, 2026", "2:17:01",
        "Monday, November 2 to Sunday, November 8, 2026", "Water Authority", "Department of Parks",
        settings.SITE_URL + commitment.get_absolute_url(),
        settings.SITE_URL + commitment.made.get_absolute_url(),
    ):  # fmt: skip
        assert words in said, words


def test_worst_first_and_one_heading_an_agency():
    where = cast.hearing()
    for day, agency in ((5, readers.parks()), (6, cast.water()), (4, cast.water())):
        readers.due(where, MONDAY.replace(day=day), f"Item {day}", agency=agency)
    order = re.findall("Water Authority|Department of Parks|Item .", body().html)
    assert order == ["Water Authority", "Item 4", "Item 6", "Department of Parks", "Item 5"]


def test_the_text_is_written_and_not_stripped():
    readers.news()
    text = body().text
    assert "<" not in text and "&" not in text.replace("?due=overdue&sort", "")
    assert "\n\n\n\n" not in text
    assert all(len(line) <= 72 for line in text.splitlines() if "http" not in line)


def test_the_html_is_styled_in_its_tags_and_asks_for_nothing():
    readers.news()
    html = body().html
    assert "<img" not in html and "url(" not in html and "<link" not in html
    assert re.search(r"<h1[^>]+style=", html)
    assert "prefers-color-scheme: dark" in html


def test_words_of_the_record_can_not_become_markup():
    where = cast.hearing()
    readers.due(where, MONDAY.replace(day=4), "Send <b>it</b> & more")
    told = body()
    assert "Send &lt;b&gt;it&lt;/b&gt; &amp; more" in told.html
    assert "Send <b>it</b> & more" in told.text


def test_everybody_has_a_link_of_their_own():
    readers.news()
    told = body().for_token("of-this-reader")
    for part in (told.text, told.html):
        assert compose.TOKEN not in part
        assert "/unsubscribe/of-this-reader/" in part
        assert "/subscriptions/of-this-reader/" in part


def test_an_item_is_named_by_its_number_alone():
    """Its title may have been taken back since."""
    commitment = readers.news()["newly_overdue"]
    wish = Subscription(scope="item", commitment=commitment)
    assert wish.subject == commitment.reference
