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
                name='Erasure',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('subject_id', models.UUIDField(db_index=True)),
                    ('erased_at', models.DateTimeField()),
                    ('row_count', models.IntegerField(help_text='rows whose content was taken away, history included')),
                ],
            ), migrations.CreateModel(
                name='File',
                fields=[
                    ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('size_bytes', models.BigIntegerField()),
                    ('media_type', models.CharField(blank=True, max_length=120)),
                    ('kept_at', models.DateTimeField()),
                ],
            ), migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('mail', 'mail'), ('calendar', 'calendar'), ('contacts', 'address book'), ('table', 'table'), ('note', 'notebook'), ('typed', 'typed'), ('demo', 'demo house')], max_length=12)),
                    ('label', models.CharField(blank=True, max_length=300)),
                    ('made_at', models.DateTimeField()),
                ],
            ), migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(help_text='past tense: promise.said_done', max_length=60)),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField(blank=True, help_text='the member who acted; empty for a job', null=True)),
                    ('subject_id', models.UUIDField(db_index=True)),
                    ('relationship_id', models.UUIDField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['-at'], name='event_when')],
                },
            )],
        ),
    ]
