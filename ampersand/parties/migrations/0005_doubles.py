import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '__first__'),
        ('parties', '0004_known_as_the_same'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Double',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('probability', models.FloatField(help_text='for the order alone; never shown')),
                    ('reasons', models.JSONField(default=list)),
                    ('found_at', models.DateTimeField()),
                    ('answer', models.CharField(blank=True, choices=[('same', 'the same'), ('two', 'two'), ('later', 'later')], max_length=5)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('answer', 'two'), _negated=True), fields=['-probability', 'id'], name='double_likeliest')],
                    'constraints': [models.UniqueConstraint(fields=('party', 'other'), name='double_once')],
                },
            ), migrations.CreateModel(
                name='DoublePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('probability', models.FloatField(help_text='for the order alone; never shown')),
                    ('reasons', models.JSONField(default=list)),
                    ('found_at', models.DateTimeField()),
                    ('answer', models.CharField(blank=True, choices=[('same', 'the same'), ('two', 'two'), ('later', 'later')], max_length=5)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.double')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='double',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_doublepast" ("answer", "answered_at", "answered_by_id", "found_at", "id", "other_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "reasons") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."found_at", old_values."id", old_values."other_id", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."probability", old_values."reasons" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='617ece27d9b375584a6afabeee9a810b876134d3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f680c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_double', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='double',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_doublepast" ("answer", "answered_at", "answered_by_id", "found_at", "id", "other_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "reasons") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."found_at", old_values."id", old_values."other_id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."probability", old_values."reasons" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b592882b60de01208b3b2fd21e4851e1951818ce', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a30e1', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_double', when='AFTER')),
            )],
        ),
    ]
