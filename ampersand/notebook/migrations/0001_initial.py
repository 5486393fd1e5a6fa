import ampersand.core.ids
import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('device_id', models.UUIDField(unique=True)),
                    ('words', models.TextField()),
                    ('written_at', models.DateTimeField()),
                    ('zone', models.CharField(max_length=64)),
                    ('told_at', models.DateTimeField()),
                    ('shared_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='NotePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('device_id', models.UUIDField()),
                    ('words', models.TextField()),
                    ('written_at', models.DateTimeField()),
                    ('zone', models.CharField(max_length=64)),
                    ('told_at', models.DateTimeField()),
                    ('shared_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Piece',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('encounter', 'you met'), ('person', 'who'), ('promise', 'promise'), ('concession', 'give and take'), ('transaction', 'trade'), ('matters', 'what matters'), ('tie', 'tie'), ('plan', 'plan'), ('question', 'to find out')], max_length=12)),
                    ('start', models.IntegerField()),
                    ('end', models.IntegerField()),
                    ('fact_id', models.UUIDField(help_text='the fact it became: a moment, promise, line, ...', null=True)),
                    ('was_put_right', models.BooleanField(default=False)),
                    ('joined', models.BooleanField(default=False, help_text='the fact was known before this note')),
                ],
            )],
        ),
    ]
