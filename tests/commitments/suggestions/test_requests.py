"""The question a person would quote beside an answer."""

from commitments.suggestions import question_before, suggest

from .builders import ANSWER, DIRECTOR, MEMBER, dialogue, exchange, score


def test_it_is_the_last_question_of_the_other_side():
    lines = exchange("Who inspects the crane?", "I will find out.")
    assert question_before(lines, ANSWER) == (4, "Who inspects the crane?")


def test_clarifications_and_fragments_are_passed_over():
    lines = dialogue(
        (MEMBER, "My question is how the harbor police get the camera records."),
        (MEMBER, "Do you know the system?"),
        (DIRECTOR, "I do not."),
        (MEMBER, "Okay."),
        (DIRECTOR, "Is your question how they ask our department for the records?"),
        (MEMBER, "Yes."),
        (DIRECTOR, "I don't know, but we can get back to you."),
    )
    assert question_before(lines, 6)[0] == 0


def test_a_request_counts_without_a_question_mark():
    lines = exchange("If you could send us the survey, I would appreciate it.", "Certainly.")
    assert question_before(lines, ANSWER)[0] == 4


def test_prepared_testimony_answers_no_question():
    words = "We painted pier number nine and then we painted another one."
    lines = dialogue((MEMBER, "Who is ready?"), *[(DIRECTOR, words)] * 20)
    assert question_before(lines, 20) is None


def test_there_may_be_no_question():
    assert question_before(dialogue((DIRECTOR, "We will send you the list.")), 0) is None
    assert question_before([], 0) is None


def test_on_a_page_without_titles_the_asker_is_the_other_voice_and_her_own_word_ranks_lower():
    lines = dialogue(
        ("Oda Brandt", "Thank you. One more question, and this is about the tide portal."),
        ("Oda Brandt", "My question is how the harbor police ask for the records it keeps."),
        ("Oda Brandt", "Have you heard of the portal?"),
        ("Paul Tarn", "I haven't."),
        ("Oda Brandt", "Okay. It opened last spring, it is mostly used to rent a mooring."),
        ("Paul Tarn", "And is your question whether, and if so how, the police look things up?"),
        ("Oda Brandt", "Yes. If they need anything from it."),
        ("Paul Tarn", "Right. I don't know that, but we can get back to you on that."),
        ("Oda Brandt", "Okay. We can follow up."),
        ("Oda Brandt", "I'll pass it back to the chair."),
    )
    (suggestion,) = suggest(lines)
    assert suggestion.utterance == 7
    assert suggestion.asked_by == "Oda Brandt"
    assert suggestion.request.startswith("My question is how the harbor police")
    assert score(lines, 8) < suggestion.score
