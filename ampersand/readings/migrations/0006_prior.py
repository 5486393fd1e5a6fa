from django.db import migrations, models

import ampersand.core.ids
from ampersand.core.migrating import AtOnce

# What was fitted last is the first of what is kept from now on. Of contact ahead nothing had been fitted.
TAKE_OVER = """
    INSERT INTO readings_prior (id, as_of, gaps, contact, kept)
    SELECT gen_random_uuid(), rhythm.as_of,
        jsonb_build_object('r', rhythm.r, 'alpha', rhythm.alpha, 'weights', to_jsonb(rhythm.weights)), NULL,
        coalesce((
            SELECT jsonb_object_agg(
                CASE WHEN is_ours THEN 'ours' ELSE 'theirs' END,
                jsonb_build_object('kept', keeping.kept, 'not_kept', keeping.not_kept)
            ) FROM readings_keptprior AS keeping
        ), '{}'::jsonb)
    FROM readings_rhythmprior AS rhythm
"""


class Migration(migrations.Migration):
    dependencies = [("readings", "0005_kept_prior")]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Prior",
                    fields=[
                        ("id", models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ("as_of", models.DateTimeField()),
                        ("gaps", models.JSONField(help_text="of the gaps between encounters, see readings.rhythm.next_gap.Prior")),
                        ("contact", models.JSONField(help_text="of contact ahead, see readings.rhythm.model.Model", null=True)),
                        ("kept", models.JSONField(help_text="of either side\'s promises, see readings.keeping.Prior")),
                    ],
                    options={"indexes": [models.Index(fields=["-as_of"], name="prior_as_of")]},
                ),
                migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
            ]
        ),
        migrations.DeleteModel(name="RhythmPrior"),
        migrations.DeleteModel(name="KeptPrior"),
    ]
