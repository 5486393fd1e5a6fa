import ampersand.core.migrating
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('readings', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='RhythmPrior',
                fields=[
                    ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                    ('r', models.FloatField()),
                    ('alpha', models.FloatField()),
                    ('weights', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                    ('as_of', models.DateTimeField()),
                ],
            ), migrations.AddField(
                model_name='reading',
                name='usual',
                field=models.FloatField(help_text='the middle one of what it rests on', null=True),
            )],
        ),
    ]
