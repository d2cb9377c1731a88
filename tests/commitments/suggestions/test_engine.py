"""What the engine must find, what it must leave alone, and what it says about it."""

import pytest

from commitments.suggestions import Line, suggest

from .builders import ANSWER, DIRECTOR, MEMBER, RESIDENT, dialogue, exchange, found, score

ASKED = "How many mooring permits did you deny last year?"


@pytest.mark.parametrize(
    "answer",
    [
        "I don't have that number, but we will get back to you.",
        "We'll follow up with your office on that.",
        "I can send you the list this week.",
        "Let me find out and get you that number.",
        "I will look into that and report back to the committee.",
        "We’ ll get that to you by Friday.",
        "I'd be happy to provide that for the record.",
    ],
)
def test_it_finds_a_promise_however_it_is_worded(answer):
    assert found(exchange(ASKED, answer))


@pytest.mark.parametrize(
    "request_, answer",
    [
        ("Can you send us the list of denied permits?", "Absolutely."),
        ("Could you provide that breakdown in writing?", "Sure, we can do that."),
        ("Would you report back to the committee on the fares?", "Yes, we will."),
    ],
)
def test_yes_to_a_request_is_a_promise_of_what_was_asked(request_, answer):
    suggestion = found(exchange(request_, answer))
    assert suggestion.how == "assent"
    assert suggestion.request == request_
    assert suggestion.asked_by == MEMBER


@pytest.mark.parametrize(
    "answer",
    [
        "We are happy to answer any questions you may have.",
        "We look forward to working with you.",
        "We are committed to safe docks.",
        "We regularly inspect every pier.",
        "We denied forty-one last year.",
        "I can't commit to that today.",
        "I will now turn to the next slide.",
        "The contractor said that it is ready.",
    ],
)
def test_courtesy_habit_past_refusal_and_procedure_are_not_promises(answer):
    assert found(exchange(ASKED, answer)) is None


def test_agreeing_with_an_opinion_weighs_less_than_assent_to_a_request():
    opinion = exchange("It is too slow, don't you think?", "Absolutely.")
    request = exchange("Can you send us the list of denied permits?", "Absolutely.")
    assert score(opinion) < score(request)


def test_the_speaker_decides_not_the_phrase():
    words = "We can follow up."
    theirs = exchange(ASKED, words)
    ours = dialogue(*[(line.speaker, line.text) for line in theirs[:-2]], (MEMBER, words))
    assert score(ours) < score(theirs)


def test_a_side_given_by_the_appointment_outweighs_the_name():
    lines = exchange(ASKED, "We will follow up on that.")
    as_council = [
        Line(line.text, line.speaker, line.start, "council" if line.speaker == DIRECTOR else "")
        for line in lines
    ]
    assert score(as_council) < score(lines)


def test_a_promise_cut_into_captions_is_quoted_whole():
    pieces = ["I DON'T KNOW BUT WE WILL", "GET BACK TO YOU WITH", "THE EXACT NUMBER."]
    lines = [
        *[Line(text) for text in ("THANK YOU CHAIR.", "HOW MANY PERMITS", "DID YOU DENY?")],
        *[Line(text) for text in pieces],
        Line("THANK YOU."),
    ]
    suggestion = found(lines, 4)
    assert (suggestion.utterance, suggestion.end_utterance) == (3, 5)
    assert suggestion.quote == " ".join(pieces)


def test_the_quote_is_verbatim_between_its_offsets():
    lines = exchange(ASKED, "Well — we’ll get back to you on that.  That is all.")
    suggestion = found(lines)
    cut = lines[ANSWER].text[suggestion.start_offset : suggestion.end_offset]
    assert suggestion.quote == cut == "Well — we’ll get back to you on that."


def test_it_says_why():
    suggestion = found(exchange(ASKED, "We will get back to you on that."))
    assert suggestion.reason == (
        "answering side · “We will get back to you” · "
        "asked by Council Member Odell 1 sentence before"
    )


def test_it_keeps_the_spoken_date_and_takes_another_finder():
    lines = exchange(ASKED, "We will send you the list by next Friday.")
    assert found(lines).due_words == "by next Friday"
    assert {one.due_words for one in suggest(lines, due_words=lambda _: "some day")} == {"some day"}


def test_the_date_may_stand_in_the_request():
    lines = exchange("Can you send us the list by Friday?", "Absolutely.")
    assert found(lines).due_words == "by Friday"


def test_a_dated_announcement_is_planned_and_a_promise_to_the_council_agreed():
    announced = dialogue((DIRECTOR, "The new ticketing system will launch in April of next year."))
    assert found(announced, 0).kind == "planned"
    assert found(exchange(ASKED, "We will send you the list by Friday.")).kind == "agreed"


@pytest.mark.parametrize(
    "answer, strength",
    [
        ("We will get back to you on that.", "firm"),
        ("We would be happy to share that with you.", "soft"),
        ("We will share it with you once the audit is finished.", "conditional"),
    ],
)
def test_how_firmly_it_was_said(answer, strength):
    assert found(exchange(ASKED, answer)).strength == strength


def test_an_answer_given_before_the_hearing_ends_is_noted():
    lines = exchange(ASKED, "I'll get back to you on that number.")
    later = dialogue(
        (DIRECTOR, "To come back to your earlier question, we denied forty-one mooring permits.")
    )
    assert found(lines).answered_later is False
    assert found(lines + later).answered_later is True
    assert found(lines + later).reason.endswith("· answered later in the same hearing")


def test_suggestions_come_in_the_order_spoken_and_above_the_threshold():
    lines = [
        *exchange(ASKED, "We will get back to you on that."),
        *exchange("Can you send us the list of permits?", "Absolutely."),
    ]
    every = suggest(lines, min_score=0.2)
    assert [one.utterance for one in every] == sorted(one.utterance for one in every)
    assert all(0.2 <= one.score <= 1 for one in every)


def test_what_the_public_is_known_to_promise_is_left_out():
    words = "We will send you the petition by Friday."
    unknown = [*exchange(ASKED, "We don't know."), Line(words, RESIDENT)]
    known = [*exchange(ASKED, "We don't know."), Line(words, RESIDENT, side="public")]
    assert found(unknown, 7)
    assert found(known, 7) is None


def test_nothing_said_nothing_suggested():
    assert suggest([]) == []
    assert suggest([Line(""), Line("…", "Chair")]) == []


@pytest.mark.parametrize(
    "before, colleague",
    [
        (
            "I am asking this on behalf of Council Member Thea Brandt. ",
            "Council Member Thea Brandt",
        ),
        ("Council Member Ruiz asked me to ask this. ", "Council Member Ruiz"),
        ("I have a question from Senator Lund. ", "Senator Lund"),
        ("I speak on behalf of my constituents. ", ""),
    ],
)
def test_it_says_for_which_colleague_a_member_asked(before, colleague):
    suggestion = found(exchange(before + ASKED, "We will get back to you on that."))
    assert (suggestion.asked_by, suggestion.asked_for) == (MEMBER, colleague)
    assert (f"for {colleague}" in suggestion.reason) == bool(colleague)


def test_an_oath_is_no_promise():
    said = dialogue(
        ("Committee Counsel", "Do you affirm to tell the truth and to answer honestly?"),
        (DIRECTOR, "I do."),
        ("Committee Counsel", "Commissioner Fenn?"),
        ("Commissioner Fenn", "I do."),
    )
    assert suggest(said) == []
