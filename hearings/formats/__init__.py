"""Reading transcripts: bytes in, a ParsedTranscript out, one file per format.

A format is recognised by what a file holds, never by its name. To add one, write its file with
a `FORMAT` and name it below; the first that recognises a file reads it, so `plain` stays last.
"""

from dataclasses import replace

from hearings.formats import (
    akomantoso,
    assemblyai,
    cdp,
    citymeetings,
    citymeetings_json,
    deepgram,
    exported,
    gpo,
    jsonl,
    labelled,
    minutes,
    plain,
    sbv,
    srt,
    ttml,
    turns,
    webvtt,
    whisper,
    youtube_json3,
    youtube_transcript,
)
from hearings.formats.decoding import Source, decode
from hearings.formats.parsed import (
    Format,
    ParsedChapter,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    Skipped,
    TranscriptError,
)
from hearings.formats.restarts import placed
from hearings.formats.telling import Progress, told_to_nobody
from hearings.formats.wording import LONG_TURN, split_long_turns

__all__ = [
    "FORMATS",
    "Format",
    "ParsedChapter",
    "ParsedTranscript",
    "ParsedUtterance",
    "Progress",
    "Skipped",
    "TranscriptError",
    "detect",
    "parse",
    "told_to_nobody",
]

FORMATS: dict[str, Format] = {
    module.FORMAT.name: module.FORMAT
    for module in (
        webvtt,
        citymeetings,
        jsonl,
        srt,
        sbv,
        ttml,
        youtube_json3,
        youtube_transcript,
        whisper,
        deepgram,
        assemblyai,
        cdp,
        citymeetings_json,
        turns,
        akomantoso,
        gpo,
        minutes,
        labelled,
        plain,
    )
}


def parse(
    data: bytes,
    *,
    format: str | None = None,
    skip_bad_lines: bool = False,
    progress: Progress = told_to_nobody,
) -> ParsedTranscript:
    """Read a transcript file, its format given or recognised.

    Raises TranscriptError for a file that can't be read, and for the first bad line unless
    `skip_bad_lines`; then the bad lines are listed in `skipped`. `progress` hears which fraction of
    the file is read, and may stop it all by raising.
    """
    source = decode(data, progress)
    chosen = _recognised(source) if format is None else _named(format)
    _refuse_html(source, chosen)
    problems = Problems(skip_bad_lines, warnings=list(source.warnings))
    is_ours = exported.format_of(source) == chosen.name
    transcript = (exported.read if is_ours else chosen.read)(source, problems)
    if not is_ours and not chosen.is_line_by_line:
        transcript = _on_one_clock(transcript, problems)
    if not transcript.utterances and not transcript.chapters:
        raise _nothing_found(chosen, problems)
    return replace(
        transcript,
        skipped=transcript.skipped + tuple(problems.skipped),
        warnings=transcript.warnings + tuple(problems.warnings),
    )


def _on_one_clock(transcript: ParsedTranscript, problems: Problems) -> ParsedTranscript:
    """Its times as far as they can be placed – a chapter's page may jump back – and long turns cut."""
    turns = transcript.utterances
    if transcript.covers_hearing:
        turns = placed(turns, problems)
    if any(len(turn.text) > 2 * LONG_TURN for turn in turns):  # a word and its space
        turns = split_long_turns(turns)
    return replace(transcript, utterances=turns)


def detect(data: bytes) -> str:
    """The name of the file's format; raises TranscriptError that names what can be read."""
    return _recognised(decode(data)).name


def _recognised(source: Source) -> Format:
    if ours := exported.format_of(source):
        return FORMATS[ours]
    for candidate in FORMATS.values():
        if (candidate.reads_html or not source.is_html) and candidate.matches(source):
            return candidate
    _refuse_html(source, None)
    raise TranscriptError(f"This is in no format we know. We can read: {', '.join(FORMATS)}.")


def _named(name: str) -> Format:
    try:
        return FORMATS[name]
    except KeyError:
        known = ", ".join(FORMATS)
        raise TranscriptError(f"There is no format {name!r}. We can read: {known}.") from None


def _refuse_html(source: Source, chosen: Format | None) -> None:
    if source.is_html and not (chosen and chosen.reads_html):
        raise TranscriptError(
            "This is a web page's source, not its text. Open the page, select all, copy, and paste"
            " the text instead."
        )


def _nothing_found(chosen: Format, problems: Problems) -> TranscriptError:
    if problems.skipped:
        first = problems.skipped[0]
        return TranscriptError(f"No line could be read. The first: {first.reason}", first.line)
    return TranscriptError(f"Nobody says anything in this file, read as {chosen.name}.")
