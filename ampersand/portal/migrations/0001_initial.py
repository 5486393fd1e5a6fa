import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '__first__'),
        ('parties', '0007_part_of'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='PageLink',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('address', models.CharField(max_length=320)),
                    ('secret_digest', models.CharField(max_length=64, unique=True)),
                    ('given_at', models.DateTimeField()),
                    ('lapses_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(help_text='for whom it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='page_links', to='parties.relationship')),
                    ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['relationship', '-given_at'], name='page_link_of')],
                },
            ), migrations.CreateModel(
                name='LinkCode',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('digest', models.CharField(max_length=64)),
                    ('sent_at', models.DateTimeField()),
                    ('lapses_at', models.DateTimeField()),
                    ('tried_count', models.IntegerField(default=0)),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='portal.pagelink')),
                ],
                options={
                    'indexes': [models.Index(fields=['link', '-sent_at'], name='link_code_of')],
                },
            ), migrations.CreateModel(
                name='Visit',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('secret_digest', models.CharField(max_length=64, unique=True)),
                    ('began_at', models.DateTimeField()),
                    ('lapses_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='portal.pagelink')),
                ],
            ), migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, help_text='made with the form: sent twice, it is one', primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('kept', 'called kept'), ('partly', 'called partly kept'), ('not_kept', 'called not kept'), ('release', 'released'), ('accept', 'agreed'), ('decline', 'declined'), ('counter', 'asked for other words'), ('move', 'asked for another day'), ('done', 'said done'), ('promise', 'promised'), ('terms', 'said how they wish to be reached'), ('ask', 'asked for something'), ('correct', 'asked to put something right'), ('forget', 'asked to be forgotten')], max_length=10)),
                    ('told', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('carried_out_at', models.DateTimeField(blank=True, null=True)),
                    ('refused_at', models.DateTimeField(blank=True, help_text='what it asks for could not be done any more', null=True)),
                    ('party', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='parties.relationship')),
                ],
                options={
                    'indexes': [models.Index(fields=['party', '-at'], name='entry_of'), models.Index(condition=models.Q(('carried_out_at', None), ('refused_at', None)), fields=['at'], name='entry_waiting')],
                },
            )],
        ),
    ]
