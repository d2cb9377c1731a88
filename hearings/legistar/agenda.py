"""The agenda of a meeting that has become a hearing: where it says which second of the video an item was
called at, the item becomes a chapter.

Asked of such meetings alone, never of the thousand that nobody picks, and only for items with such a mark.
A hearing whose transcript brings chapters keeps those."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from hearings import video
from hearings.importing import one_at_a_time
from hearings.legistar import records
from hearings.legistar.client import Client
from hearings.legistar.following import follow, is_untouched
from hearings.models import Chapter, Hearing, LegistarLink, Meeting

SOURCE = "Legistar agenda"
MARKED = "EventItemVideoIndex ne null"
WANTED = {"AgendaNote": 1, "MinutesNote": 0, "Attachments": 0}


def read(client: Client, meeting: Meeting) -> None:
    """Ask for the agenda and take it over. Raises LegistarError."""
    items = ask(client, meeting)
    with transaction.atomic():
        one_at_a_time(f"legistar {client.name}")
        take_over(meeting, items)


def ask(client: Client, meeting: Meeting) -> list[records.Item]:
    name = f"events/{meeting.key}/EventItems"
    pages = client.pages(name, key="EventItemId", where=MARKED, options=WANTED)
    return [item for page in pages for item in map(records.item, page) if item]


def take_over(meeting: Meeting, items: Iterable[records.Item]) -> Counter[str]:
    """Make, move and remove the agenda's chapters; how many were created, updated, unchanged, removed."""
    tally: Counter[str] = Counter()
    hearing = Hearing.objects.select_for_update().get(pk=meeting.hearing_id)
    if hearing.chapters.filter(legistar_link=None).exists():
        return tally
    links = _links(meeting)
    for item in records.chapters_of(items):
        link = links.pop(item.key, None) or LegistarLink(
            client=meeting.client, kind=LegistarLink.Kind.ITEM, key=item.key
        )
        tally[_take(link, item, meeting, hearing)] += 1
    for link in links.values():
        tally["removed"] += _remove(link)
    return tally


def place(hearing: Hearing) -> None:
    """Put the agenda's chapters where the hearing's video offset says that they are now."""
    links = LegistarLink.objects.filter(chapter__hearing=hearing)
    for link in links.select_related("chapter"):
        facts = {"start": video.start_of(hearing, link.said["second"])}
        follow(link.chapter, link.said, facts)
        link.said |= facts
        link.save(update_fields=["said"])


def _links(meeting: Meeting) -> dict[int, LegistarLink]:
    links = LegistarLink.objects.filter(
        client=meeting.client, kind=LegistarLink.Kind.ITEM, said__event=meeting.key
    )
    return {link.key: link for link in links.select_related("chapter")}


def _take(link: LegistarLink, item: records.Item, meeting: Meeting, hearing: Hearing) -> str:
    facts = {"title": item.title, "start": video.start_of(hearing, item.second)}
    before, link.said = link.said, {**facts, "event": meeting.key, "second": item.second}
    done = "unchanged"
    if not link.has_become:
        link.has_become = True
        link.chapter = Chapter.objects.create(hearing=hearing, source=SOURCE, **facts)
        done = "created"
    elif link.chapter and follow(link.chapter, before, facts):
        done = "updated"
    if before != link.said:
        link.save()
    return done


def _remove(link: LegistarLink) -> bool:
    """Take away what the agenda no longer marks, unless somebody edited it or has done so already."""
    chapter = link.chapter
    if not chapter or not all(
        is_untouched(chapter, name, link.said) for name in ("title", "start")
    ):
        return False
    link.delete()
    chapter.delete()
    return True
