"""The record: who met, who spoke, what was said."""

from hearings.models.bodies import Agency, Appointment, Committee, Council, Official, Side
from hearings.models.decisions import Attribution, Decision, Settlement
from hearings.models.hearing import Chapter, Hearing, Host
from hearings.models.jobs import JobRun
from hearings.models.legistar import LegistarLink, LegistarReading, Meeting
from hearings.models.mergers import FormerAddress, Merger
from hearings.models.transcript import Part, Speaker, Transcript, Utterance
from hearings.models.uploads import Upload
from hearings.models.withholding import Withheld, WithheldLine, Withholding

__all__ = [
    "Agency",
    "Appointment",
    "Attribution",
    "Chapter",
    "Committee",
    "Council",
    "Decision",
    "FormerAddress",
    "Hearing",
    "Host",
    "JobRun",
    "LegistarLink",
    "LegistarReading",
    "Meeting",
    "Merger",
    "Official",
    "Part",
    "Settlement",
    "Side",
    "Speaker",
    "Transcript",
    "Upload",
    "Utterance",
    "Withheld",
    "WithheldLine",
    "Withholding",
]
