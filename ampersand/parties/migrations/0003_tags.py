import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_touched'),
        ('members', '__first__'),
        ('parties', '0002_detail_of_any_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Tag',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('word', models.CharField(max_length=60)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(django.db.models.functions.text.Lower('word'), condition=models.Q(('withdrawn_at', None)), name='tag_word')],
                    'constraints': [models.UniqueConstraint(models.F('party'), django.db.models.functions.text.Lower('word'), condition=models.Q(('withdrawn_at', None)), name='tag_told_once')],
                },
            ), migrations.CreateModel(
                name='TagPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('word', models.CharField(max_length=60)),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.tag')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddIndex(
                model_name='detail',
                index=models.Index(django.db.models.functions.text.Lower('label'), condition=models.Q(('withdrawn_at', None)), name='detail_label'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tag',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_tagpast" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "withdrawn_at", "word") SELECT old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."word" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2240adf6923642796fc90807c9bff56c3795b950', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_748e2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_tag', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tag',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_tagpast" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "withdrawn_at", "word") SELECT old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."word" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2a2e65aa57c65aaf08c3d03d4d2043423bb1bcee', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_543e4', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_tag', when='AFTER')),
            )],
        ),
    ]
