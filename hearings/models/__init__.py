"""The record: who met, who spoke, what was said."""

from hearings.models.bodies import Agency, Appointment, Committee, Council, Official, Side
from hearings.models.hearing import Chapter, Hearing, Host
from hearings.models.jobs import JobRun
from hearings.models.transcript import Part, Speaker, Transcript, Utterance

__all__ = [
    "Agency",
    "Appointment",
    "Chapter",
    "Committee",
    "Council",
    "Hearing",
    "Host",
    "JobRun",
    "Official",
    "Part",
    "Side",
    "Speaker",
    "Transcript",
    "Utterance",
]
