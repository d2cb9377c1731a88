"""The draft's form: filled from the selected words, following what its author chooses, and saved."""

from dataclasses import replace

from django.contrib import messages
from django.utils.translation import gettext as _

from commitments import actions
from commitments.dates import Due
from commitments.deadlines import due_of
from commitments.earlier import alike, owed_by
from commitments.models import Commitment, Suggestion, Type
from commitments.moments import Selection, select
from commitments.proposals import Proposal, propose
from commitments.staff.forms import DraftForm
from commitments.staff.selecting import number
from hearings import clock
from hearings.models import Hearing, Utterance

QUESTIONS = 12  # lines before the answer, any of which may have been the question
LONGER = 8  # lines up to which a selection can be extended without a script
READ_OFF = (
    "what", "official", "agency", "owed_to_member", "owed_to_committee", "type", "kind", "strength",
)  # fmt: skip


def proposed(hearing: Hearing, selection: Selection) -> Proposal:
    """What the words say, and the type of the suggestion they hold."""
    proposal = propose(hearing, selection)
    suggestion = suggestion_of(hearing, selection)
    if suggestion is None:
        return proposal
    return altered(hearing, proposal, question=proposal.question, type=suggestion.type)


def as_chosen(request, hearing: Hearing, proposal: Proposal) -> Proposal:
    """The proposal once the person has chosen another question or type."""
    given = request.POST or request.GET
    question, type = proposal.question, given.get("type")
    if "question" in given:
        chosen = number(request, "question")
        question = select(hearing, chosen).first if chosen else None
    if type not in Type.values:
        type = proposal.type
    return altered(hearing, proposal, question=question, type=type)


def altered(
    hearing: Hearing, proposal: Proposal, *, question: Utterance | None, type: str
) -> Proposal:
    """The proposal with this question and type, and the due date that follows from both."""
    asked = question.text if question else ""
    due = due_of(hearing, type=type, words=proposal.selection.quote, asked=asked)
    return replace(proposal, question=question, type=type, due=due)


def suggestion_of(hearing: Hearing, selection: Selection) -> Suggestion | None:
    """The waiting suggestion that the selected words hold."""
    lines = [line.pk for line in selection.lines]
    return hearing.suggestions.waiting().filter(utterance__in=lines).order_by("-score").first()


def facts_of(proposal: Proposal, suggestion: Suggestion | None) -> dict:
    """The fields of a draft: those read off the words, and what the suggestion knows better."""
    facts = {name: getattr(proposal, name) for name in READ_OFF}
    if suggestion:
        facts |= {
            "what": suggestion.what or proposal.what,
            "kind": suggestion.kind,
            "strength": suggestion.strength,
        }
    return facts


def form_of(request, hearing: Hearing, proposal: Proposal) -> DraftForm:
    selection = proposal.selection
    initial = facts_of(proposal, suggestion_of(hearing, selection)) | {
        "starts_at": selection.first.start,
        "due_on": proposal.due.on,
        "due_basis": proposal.due.basis.value,
    }
    lines = (selection.first, selection.last)
    return DraftForm(request.POST or None, initial=initial, hearing=hearing, lines=lines)


def saved(request, hearing: Hearing, shown: Proposal, proposal: Proposal, form) -> bool:
    """Whether the draft is there; a refusal stands at the form's top and nothing is lost."""
    due = _due(form, shown, proposal)
    suggestion = suggestion_of(hearing, proposal.selection)
    try:
        save(request, hearing, proposal, due=due, suggestion=suggestion, **form.facts())
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def save(
    request,
    hearing: Hearing,
    proposal: Proposal,
    *,
    due: Due,
    suggestion: Suggestion | None,
    **facts,
) -> None:
    """Make the draft and say so; raises Refused, or BadSelection where its question is gone."""
    commitment = actions.tag(
        hearing,
        proposal.selection,
        by=request.user,
        now=clock.now(),
        due=due,
        question=proposal.question and select(hearing, proposal.question.pk),
        suggestion=suggestion,
        **facts,
    )
    messages.success(request, _("Draft saved: %s") % (commitment.what or proposal.selection.quote))


def _due(form: DraftForm, shown: Proposal, proposal: Proposal) -> Due:
    """What the person set; where they left the date as it was shown, the one of the chosen type."""
    given = form.due(shown.due)
    return proposal.due if given is shown.due else form.due(proposal.due)


def form_context(hearing: Hearing, proposal: Proposal | None, form) -> dict:
    context = {"hearing": hearing, "proposal": proposal, "form": form}
    if proposal:
        lines = proposal.selection.lines
        context["questions"] = _questions(hearing, proposal)
        context["earlier"] = _promised_before(proposal)
        context["longer"] = [*lines, *_lines_after(hearing, lines[-1])]
    return context


def _promised_before(proposal: Proposal) -> Commitment | None:
    agency = proposal.agency and proposal.agency.pk
    return alike(proposal.what, owed_by([agency]).get(agency, []))


def _questions(hearing: Hearing, proposal: Proposal) -> list[Utterance]:
    """The lines before the answer, and the one found even if it lies further back."""
    lines = Utterance.objects.current().filter(part__hearing=hearing).select_related("part")
    nearest = list(lines.before(proposal.selection.first)[:QUESTIONS])
    found = proposal.question
    return nearest if found is None or found in nearest else [*nearest, found]


def _lines_after(hearing: Hearing, line: Utterance) -> list[Utterance]:
    lines = Utterance.objects.current().filter(part__hearing=hearing).select_related("part")
    return list(lines.after(line)[:LONGER])
