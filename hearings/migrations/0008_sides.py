from django.db import migrations

from hearings import printed
from hearings.words import words_of


def read_again(apps, schema_editor):
    """The sides of names that nobody has settled, by whole words: a tenant among them is no agency's
    witness. What a person decided, and whoever was taken for an official, stays."""
    speakers = apps.get_model("hearings", "Speaker").objects
    known = {
        " ".join(words_of(name))
        for agency in apps.get_model("hearings", "Agency").objects.all()
        for name in (agency.name, agency.short_name, *agency.aliases)
    } - {""}
    council = apps.get_model("hearings", "Council").objects.first()
    member = council.member_word if council else ""
    changed = []
    for each in speakers.filter(is_settled=False).iterator(chunk_size=5000):
        side = printed.side_of(each.printed_name, each.printed_role, known, member)
        if side != each.side:
            each.side = side
            changed.append(each)
    speakers.bulk_update(changed, ["side"], batch_size=5000)


class Migration(migrations.Migration):
    dependencies = [("hearings", "0007_names_written")]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop, elidable=True)]
