import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('members', '__first__'),
        ('notebook', '0001_initial'),
        ('parties', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='note',
                name='about',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='parties.relationship'),
            ), migrations.AddField(
                model_name='note',
                name='member',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='note',
                name='source',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='note', to='core.source'),
            ), migrations.AddField(
                model_name='notepast',
                name='about',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship'),
            ), migrations.AddField(
                model_name='notepast',
                name='member',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='notepast',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ), migrations.AddField(
                model_name='notepast',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='notebook.note'),
            ), migrations.AddField(
                model_name='notepast',
                name='source',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='piece',
                name='note',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='notebook.note'),
            ), migrations.AddIndex(
                model_name='note',
                index=models.Index(fields=['member', '-written_at'], name='note_of'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='note',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notebook_notepast" ("about_id", "device_id", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "source_id", "told_at", "withdrawn_at", "words", "written_at", "zone") SELECT old_values."about_id", old_values."device_id", old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."shared_at", old_values."source_id", old_values."told_at", old_values."withdrawn_at", old_values."words", old_values."written_at", old_values."zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ff8554710836127d18c5fc5da29b50d75c9c7869', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d0dd3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='notebook_note', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='note',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notebook_notepast" ("about_id", "device_id", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "source_id", "told_at", "withdrawn_at", "words", "written_at", "zone") SELECT old_values."about_id", old_values."device_id", old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."shared_at", old_values."source_id", old_values."told_at", old_values."withdrawn_at", old_values."words", old_values."written_at", old_values."zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f018021ff27d35438148f4a2dbe92b75c88df4d1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_03ef0', referencing='REFERENCING OLD TABLE AS old_values ', table='notebook_note', when='AFTER')),
            ), migrations.AddIndex(
                model_name='piece',
                index=models.Index(fields=['fact_id'], name='piece_fact'),
            ), migrations.AddConstraint(
                model_name='piece',
                constraint=models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='piece_span'),
            )],
        ),
    ]
