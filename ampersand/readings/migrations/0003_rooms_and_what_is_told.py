from datetime import UTC, datetime

from django.db import migrations, models

from ampersand.core.migrating import AtOnce

# What stands was read by what was known then.
KNOWN_THEN = "UPDATE readings_reading SET as_known_at = as_of"


class Migration(migrations.Migration):
    dependencies = [("readings", "0002_rhythmprior_reading_usual")]

    operations = [
        AtOnce(
            operations=[
                migrations.AddField(
                    model_name="reading",
                    name="room",
                    field=models.CharField(
                        choices=[("mine", "mine"), ("ours", "ours"), ("between", "between")],
                        default="ours",
                        max_length=8,
                    ),
                ),
                migrations.AddField(
                    model_name="reading", name="told", field=models.JSONField(default=dict)
                ),
                migrations.AddField(
                    model_name="reading",
                    name="as_known_at",
                    field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
                    preserve_default=False,
                ),
                migrations.RunSQL(KNOWN_THEN, migrations.RunSQL.noop),
                migrations.AlterField(
                    model_name="reading",
                    name="measure",
                    field=models.CharField(choices=[('whose_move', 'whose move'), ('quiet', 'quiet'), ('next', 'when next'), ('kept_ours', 'what we promised, kept'), ('kept_theirs', 'what they promised, kept'), ('gap_ours', 'what we call done, and they do not confirm'), ('gap_theirs', 'what they call done, and we do not confirm'), ('more_ours', 'whether we promise more than is kept'), ('more_theirs', 'whether they promise more than is kept'), ('give_and_take', 'give and take'), ('agree', 'agree and differ'), ('tune', 'in tune')], max_length=16),
                ),
                migrations.RemoveConstraint(model_name="reading", name="reading_once"),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=models.UniqueConstraint(
                        fields=["relationship", "measure", "room"], name="reading_once"
                    ),
                ),
            ]
        ),
    ]
