"""Synthetic subscribers, each with one subscription."""

from random import Random

from django.db import transaction

from commitments.generating.copying import Tally, copy, in_batches, reserve
from commitments.generating.record import World
from commitments.models import Subscriber, Subscription

AT_ONCE = 100_000  # in one transaction


def subscribe(world: World, count: int, tally: Tally) -> None:
    """Half follow everything, the others one agency or one committee."""
    random = Random(f"{world.seed} readers")
    confirmed = world.at(world.today, 8)
    for keys in in_batches(reserve(Subscriber, count), AT_ONCE):
        with transaction.atomic():
            copy(Subscriber, ({"id": key, "email": f"reader-{key}@load.example", "created_at": confirmed, "confirmed_at": confirmed, "suppressed_because": ""} for key in keys), tally)  # fmt: skip
            copy(Subscription, ({"subscriber_id": key, **_wish(world, random), "created_at": confirmed, "confirmed_at": confirmed} for key in keys), tally)  # fmt: skip


def _wish(world: World, random: Random) -> dict:
    scope = random.choices(["all", "agency", "committee"], [5, 3, 2])[0]
    return {
        "scope": scope,
        "agency_id": random.choice(world.agencies) if scope == "agency" else None,
        "committee_id": random.choice(world.committees) if scope == "committee" else None,
    }
