"""An empty install's holidays, targets and roles; from here on they are the council's own."""

import datetime

import holidays
from django.conf import settings
from django.db import migrations

TARGETS = {"": 30, "information": 14, "correction": 14, "document": 30, "meeting": 30, "action": 90}
ROLES = ["reader", "clerk", "reviewer", "lead", "administrator"]


def seed_holidays(apps, schema_editor):
    """COUNCIL_HOLIDAYS is a country and perhaps a state, as US-NY; empty seeds none."""
    if not settings.COUNCIL_HOLIDAYS:
        return
    country, _, state = settings.COUNCIL_HOLIDAYS.partition("-")
    this_year = datetime.date.today().year
    calendar = holidays.country_holidays(
        country, subdiv=state or None, years=range(this_year - 12, this_year + 4)
    )
    Holiday = apps.get_model("commitments", "Holiday")
    Holiday.objects.bulk_create([Holiday(day=day, name=name[:100]) for day, name in calendar.items()])


def seed_targets(apps, schema_editor):
    Target = apps.get_model("commitments", "Target")
    Target.objects.bulk_create([Target(type=type, days=days) for type, days in TARGETS.items()])


def seed_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.bulk_create([Group(name=name) for name in ROLES], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop)
        for seed in (seed_holidays, seed_targets, seed_roles)
    ]
