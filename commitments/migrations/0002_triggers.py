from django.db import migrations

from commitments import triggers


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_first")]
    operations = [migrations.RunSQL(triggers.FORWARD, triggers.BACKWARD)]
