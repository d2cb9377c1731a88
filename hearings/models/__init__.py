"""The record: who met, who spoke, what was said."""

from hearings.models.bodies import Agency, Appointment, Committee, Council, Official, Side
from hearings.models.hearing import Chapter, Hearing, Host
from hearings.models.jobs import JobRun
from hearings.models.legistar import LegistarLink, LegistarReading, Meeting
from hearings.models.transcript import Part, Speaker, Transcript, Utterance
from hearings.models.uploads import Upload

__all__ = [
    "Agency",
    "Appointment",
    "Chapter",
    "Committee",
    "Council",
    "Hearing",
    "Host",
    "JobRun",
    "LegistarLink",
    "LegistarReading",
    "Meeting",
    "Official",
    "Part",
    "Side",
    "Speaker",
    "Transcript",
    "Upload",
    "Utterance",
]
