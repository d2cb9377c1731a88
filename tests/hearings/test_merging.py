"""Two entries of one agency or person become one: everything follows, old addresses lead on, and it is undone."""

from datetime import date

import pytest
from django.urls import reverse

from commitments import suggesting, tasks
from commitments.models import Commitment, Subscriber, Subscription
from hearings import merging, queue
from hearings.models import Agency, Appointment, FormerAddress, Merger, Official, Side
from hearings.refusing import Refused
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def merged(old, into) -> Merger:
    return merging.merge(old, into, by=cast.lea(), now=cast.NOON)


def agency(name: str, **facts) -> Agency:
    return Agency.objects.create(name=name, **facts)


def pointing_at(body) -> list[tuple]:
    """Every row of the house that points at it."""
    return sorted(
        (field.model._meta.label, field.name, pk)
        for field in merging._pointers(type(body))
        for pk in field.model.objects.filter(**{field.name: body}).values_list("pk", flat=True)
    )


@pytest.fixture
def duplicate():
    """A second Water Authority at which all kinds of rows point."""
    where = cast.hearing()
    water, double = cast.water(), agency("Authority of Water", short_name="AoW", aliases=["Aquaworks"])  # fmt: skip
    commitment = cast.published(where, agency=double)
    commitment.also_involved.add(double)
    other = cast.opened(where)
    other.also_involved.add(water, double)
    agency("Sewer Bureau", parent=double, successor=double)
    for address in ("ada@example.org", "bea@example.org"):
        reader = Subscriber.objects.create(email=address, created_at=cast.NOON)
        Subscription.objects.create(subscriber=reader, scope="agency", agency=double, created_at=cast.NOON)  # fmt: skip
    Subscription.objects.create(subscriber=reader, scope="agency", agency=water, created_at=cast.NOON)  # fmt: skip
    return double


def test_everything_follows_in_one_act_with_its_row(duplicate):
    water = cast.water()
    counted = dict(merging.preview(duplicate))
    merger = merged(duplicate, water)
    assert not Agency.objects.filter(name="Authority of Water").exists()
    assert Commitment.objects.filter(agency=water).count() == 2
    assert Agency.objects.get(name="Sewer Bureau").successor == water
    assert Subscription.objects.filter(agency=water).count() == 2
    water.refresh_from_db()
    assert water.aliases == ["Authority of Water", "AoW", "Aquaworks"]
    assert (merger.by, merger.name, merger.target) == (cast.lea(), "Authority of Water", water)
    assert counted["commitments"] == 1 and counted["subscriptions"] == 2


def test_undo_puts_every_row_back(duplicate):
    water = cast.water()
    before = (pointing_at(duplicate), pointing_at(water), water.aliases, duplicate.pk)
    merger = merged(duplicate, water)
    merging.undo(merger, by=cast.lea(), now=cast.NOON)
    again = Agency.objects.get(name="Authority of Water")
    water.refresh_from_db()
    kept = [row for row in pointing_at(water) if row[0] != "hearings.Merger"]
    assert (pointing_at(again), kept, water.aliases, again.pk) == before
    assert again.aliases == ["Aquaworks"] and not FormerAddress.objects.exists()
    with pytest.raises(Refused, match="already"):
        merging.undo(merger, by=cast.lea(), now=cast.NOON)


ADDRESSES = ("/agencies/aow/", "/agencies/aow/open/", "/api/v1/agencies/aow/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_old_address_leads_to_the_final_target_in_one_step(client, duplicate, address):
    merged(duplicate, cast.water())
    final = agency("Utilities", short_name="UT")
    merged(cast.water(), final)
    response = client.get(address + "?page=1")
    assert (response.status_code, response["Location"]) == (301, address.replace("aow", "ut") + "?page=1")  # fmt: skip
    assert client.get(address.replace("aow", "wa"))["Location"] == address.replace("aow", "ut")
    assert client.get(response["Location"]).status_code == 200


def test_lists_narrowed_by_a_former_slug_lead_on(client, duplicate):
    merged(duplicate, cast.water())
    for path in ("/commitments/", "/api/v1/commitments/"):
        response = client.get(f"{path}?agency=aow&state=open")
        assert (response.status_code, response["Location"]) == (301, f"{path}?agency=wa&state=open")


def test_undoing_the_earlier_of_two_mergers_finds_its_rows(duplicate):
    before = pointing_at(duplicate)
    first = merged(duplicate, cast.water())
    merged(cast.water(), agency("Utilities"))
    first.refresh_from_db()
    merging.undo(first, by=cast.lea(), now=cast.NOON)
    assert pointing_at(Agency.objects.get(name="Authority of Water")) == before


def test_what_was_never_there_stays_not_found(client):
    assert client.get("/agencies/aow/").status_code == 404
    assert client.get("/nothing/").status_code == 404


def test_a_former_address_is_never_given_away(duplicate):
    merged(duplicate, cast.water())
    assert agency("Arts of Work", short_name="AoW").slug == "aow-2"


def test_an_agency_is_not_merged_with_itself():
    with pytest.raises(Refused):
        merged(cast.water(), cast.water())


def test_kin_never_lead_in_a_circle():
    first = agency("First")
    third = agency("Third")
    second = agency("Second", successor=third)
    Agency.objects.filter(pk=first.pk).update(successor=second)
    with pytest.raises(Refused, match="succeed or contain itself"):
        merged(third, first)  # second → first, first → second
    assert Agency.objects.filter(name="Third").exists()


def test_a_target_that_succeeds_what_it_takes_in_is_no_successor_of_itself():
    target = agency("Target")
    old = agency("Old", successor=target)
    Agency.objects.filter(pk=target.pk).update(parent=old)
    merged(old, target)
    target.refresh_from_db()
    assert (target.parent, target.successor) == (None, None)


@pytest.mark.parametrize("who", [cast.cora, cast.rita])
def test_only_a_lead_merges(who):
    with pytest.raises(Refused):
        merging.merge(agency("Old"), cast.water(), by=who(), now=cast.NOON)
    assert Agency.objects.filter(name="Old").exists()


def test_two_entries_of_one_person(client):
    commitment = cast.published()
    double = Official.objects.create(name="I. Fenn")
    Appointment.objects.create(official=double, role="Commissioner", side=Side.AGENCY, agency=cast.water())  # fmt: skip
    Appointment.objects.create(official=double, role="Engineer", side=Side.AGENCY, agency=cast.water())  # fmt: skip
    Commitment.objects.filter(pk=commitment.pk).update(official=double)
    before = pointing_at(double)
    merger = merged(double, cast.fenn())
    assert Commitment.objects.get(pk=commitment.pk).official == cast.fenn()
    assert [each.role for each in cast.fenn().appointments.order_by("role")] == ["Commissioner", "Engineer"]  # fmt: skip
    assert client.get("/officials/i-fenn/")["Location"] == "/officials/ingrid-fenn/"
    assert client.get("/api/v1/officials/i-fenn/")["Location"] == "/api/v1/officials/ingrid-fenn/"
    merging.undo(merger, by=cast.lea(), now=cast.NOON)
    assert pointing_at(Official.objects.get(name="I. Fenn")) == before


# What follows


@pytest.fixture
def followed(django_capture_on_commit_callbacks, monkeypatch):
    """Do an act and, as a worker, what it queued: how many tasks that were."""

    def doing(act) -> int:
        sent = []
        monkeypatch.setattr(queue, "send", lambda name, *given, **_how: sent.append((name, *given)))
        with django_capture_on_commit_callbacks(execute=True):
            act()
        for name, *given in sent:
            tasks.read_again.app.tasks[name](*given)
        return len(sent)

    return doing


def is_taken_for_a_members(where) -> bool:
    suggestion = where.suggestions.waiting().get(quote="Yeah, we can look into that.")
    return "council side" in suggestion.reason


@pytest.fixture
def where():
    """A hearing at which somebody spoke of whom no office is known, looked through."""
    where = cast.hearing()
    double = Official.objects.create(name="O. Odell")
    where.speakers.filter(printed_name="Speaker 7").update(official=double, is_settled=True)
    suggesting.refresh(where, now=cast.NOON)
    assert not is_taken_for_a_members(where)
    return where


def test_what_an_official_said_is_looked_at_again_after_a_merger_and_its_undoing(where, followed):
    double = Official.objects.get(name="O. Odell")
    assert followed(lambda: merged(double, cast.odell())) == 1
    assert is_taken_for_a_members(where)
    merger = Merger.objects.get()
    assert followed(lambda: merging.undo(merger, by=cast.lea(), now=cast.NOON)) == 1
    assert not is_taken_for_a_members(where)


def test_the_tick_finds_a_merger_that_the_queue_lost(where):
    merged(Official.objects.get(name="O. Odell"), cast.odell())
    tasks.read_missing()
    assert is_taken_for_a_members(where)


def appointed(role: str, side: str) -> dict:
    return {
        "name": "O. Odell",
        "appointments-TOTAL_FORMS": 1,
        "appointments-INITIAL_FORMS": 0,
        "appointments-0-role": role,
        "appointments-0-side": side,
    }


@pytest.mark.parametrize(
    ("who", "page"),
    [(cast.rita, "staff-official-edit"), (cast.adam, "admin:hearings_official_change")],
)
def test_what_an_official_said_is_looked_at_again_after_an_appointment(
    where, followed, client, who, page
):
    client.force_login(who())
    double = Official.objects.get(name="O. Odell")
    address = reverse(page, args=[double.pk if page.startswith("admin") else double.slug])
    assert followed(lambda: client.post(address, appointed("Council Member", "council"))) == 1
    assert is_taken_for_a_members(where)


# On the desk


def test_a_lead_sees_what_would_be_moved_before_it_is(lea, duplicate):
    address = reverse("staff-agency-merge", args=[duplicate.slug])
    text = lea.post(address, {"into": cast.water().pk}).text
    assert "1 commitments" in text and "will lead there for good" in text
    assert Agency.objects.filter(pk=duplicate.pk).exists()
    lea.post(address, {"into": cast.water().pk, "sure": 1})
    assert not Agency.objects.filter(pk=duplicate.pk).exists()
    text = lea.get(reverse("staff-agency-edit", args=["wa"])).text
    assert "Authority of Water" in text and "Undo" in text
    lea.post(reverse("merger-undo", args=[Merger.objects.get().pk]))
    assert Agency.objects.filter(pk=duplicate.pk).exists()


def test_names_aliases_and_kin_are_edited(lea):
    sent = {"name": "Water Authority", "short_name": "WA", "aliases": "Waterworks\n Water Board \n", "parent": agency("City").pk, "successor": ""}  # fmt: skip
    lea.post(reverse("staff-agency-edit", args=[cast.water().slug]), sent)
    water = cast.water()
    assert (water.aliases, str(water.parent), water.slug) == (["Waterworks", "Water Board"], "City", "wa")  # fmt: skip
    assert "Water Authority" in lea.get(reverse("staff-agencies") + "?q=water board").text
    assert "Water Authority" not in lea.get(reverse("staff-agencies") + "?q=harbor").text


@pytest.mark.parametrize("name", ["parent", "successor"])
def test_no_agency_becomes_its_own_kin(lea, name):
    water = cast.water()
    kin = agency("Kin", **{name: water})
    for each in (water, kin):
        sent = {"name": water.name, "short_name": "WA", "aliases": "", name: each.pk}
        text = lea.post(reverse("staff-agency-edit", args=["wa"]), sent).text
        assert "in a circle" in text
    water.refresh_from_db()
    assert getattr(water, name) is None


def test_appointments_have_their_days(lea):
    fenn = cast.fenn()
    held = fenn.appointments.get()
    sent = {
        "name": fenn.name,
        "appointments-TOTAL_FORMS": 2,
        "appointments-INITIAL_FORMS": 1,
        "appointments-0-id": held.pk,
        "appointments-0-official": fenn.pk,
        "appointments-0-role": "Commissioner",
        "appointments-0-side": "agency",
        "appointments-0-agency": cast.water().pk,
        "appointments-0-ends_on": "2026-10-19",
        "appointments-1-official": fenn.pk,
        "appointments-1-role": "Council Member",
        "appointments-1-side": "council",
        "appointments-1-starts_on": "2026-10-20",
    }
    lea.post(reverse("staff-official-edit", args=[fenn.slug]), sent)
    fenn = Official.objects.get(pk=fenn.pk)
    assert fenn.appointment_on(date(2026, 10, 19)).side == Side.AGENCY
    assert fenn.appointment_on(date(2026, 10, 20)).side == Side.COUNCIL
    assert "Ingrid Fenn" in lea.get(reverse("staff-officials") + "?q=ingríd").text


def test_somebody_new_on_the_desk(lea):
    sent = {"name": "Ned Nott", "appointments-TOTAL_FORMS": 1, "appointments-INITIAL_FORMS": 0, "appointments-0-role": "Engineer", "appointments-0-side": "agency"}  # fmt: skip
    assert "Save" in lea.post(reverse("staff-official-new"), sent).text
    assert not Official.objects.filter(name="Ned Nott").exists()  # an agency is missing
    lea.post(reverse("staff-official-new"), sent | {"appointments-0-agency": cast.water().pk})
    assert Official.objects.get(name="Ned Nott").appointments.get().agency == cast.water()


@pytest.mark.parametrize("name", ["staff-agencies", "staff-officials"])
def test_the_lists_cost_the_same_for_any_number(lea, name, django_assert_max_num_queries):
    cast.fenn()
    lea.get(reverse(name))
    with django_assert_max_num_queries(12) as few:
        lea.get(reverse(name))
    for number in range(12):
        kin = agency(f"Agency {number}", parent=cast.water(), successor=cast.water())
        cast.official(f"Person {number}", "Director", Side.AGENCY, agency=kin)
    with django_assert_max_num_queries(len(few)):
        lea.get(reverse(name))


# Succession


def test_a_successor_answers_for_what_it_inherited(client):
    cast.published()
    heir = agency("Utilities", short_name="UT")
    between = agency("Water and Sewers", successor=heir)
    Agency.objects.filter(pk=cast.water().pk).update(successor=between)
    old, new = client.get("/agencies/wa/").text, client.get("/agencies/ut/").text
    assert "Succeeded by" in old and f'href="{between.get_absolute_url()}"' in old
    assert "Took over from" in new and 'href="/agencies/wa/"' in new
    assert "Inherited, and now its to answer" in new
    assert "Report how many lead pipes" in new.split("Inherited, and now its")[1]
    assert "Inherited from Water Authority" in client.get("/agencies/ut/open/").text
    assert Commitment.objects.get().agency == cast.water()  # the record names who promised
    named = client.get("/api/v1/agencies/water-and-sewers/").json()["predecessors"]
    assert [each["slug"] for each in named] == ["wa"]
