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
        ('parties', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('promises', '0001_initial'),
        ('timeline', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='promise',
                name='moment',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='promises', to='timeline.moment'),
            ), migrations.AddField(
                model_name='promise',
                name='relationship',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='parties.relationship'),
            ), migrations.AddField(
                model_name='promise',
                name='source',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='promise',
                name='to',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises_received', to='parties.party'),
            ), migrations.AddField(
                model_name='promise',
                name='told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='promiseevent',
                name='by',
                field=models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='promiseevent',
                name='promise',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='promises.promise'),
            ), migrations.AddField(
                model_name='promiseevent',
                name='told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='promisepast',
                name='by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='promisepast',
                name='moment',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timeline.moment'),
            ), migrations.AddField(
                model_name='promisepast',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ), migrations.AddField(
                model_name='promisepast',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='promises.promise'),
            ), migrations.AddField(
                model_name='promisepast',
                name='relationship',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship'),
            ), migrations.AddField(
                model_name='promisepast',
                name='source',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='promisepast',
                name='to',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='promisepast',
                name='told_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddIndex(
                model_name='promise',
                index=models.Index(fields=['relationship', '-made_on'], name='promise_of'),
            ), migrations.AddIndex(
                model_name='promise',
                index=models.Index(condition=models.Q(('settled_at', None), ('withdrawn_at', None)), fields=['due_on'], name='promise_open_due'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promise',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_promisepast" ("by_id", "condition", "due_on", "first_due_on", "id", "is_ours", "made_on", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "settled_at", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."by_id", old_values."condition", old_values."due_on", old_values."first_due_on", old_values."id", old_values."is_ours", old_values."made_on", old_values."moment_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."settled_at", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f199bc39923705164b5915ffdede2aa982a69b80', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b4df0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='promises_promise', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promise',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_promisepast" ("by_id", "condition", "due_on", "first_due_on", "id", "is_ours", "made_on", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "settled_at", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."by_id", old_values."condition", old_values."due_on", old_values."first_due_on", old_values."id", old_values."is_ours", old_values."made_on", old_values."moment_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."settled_at", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1f14c9c05d208437a4825eba38b19b11ffd07f7b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_838c0', referencing='REFERENCING OLD TABLE AS old_values ', table='promises_promise', when='AFTER')),
            ), migrations.AddIndex(
                model_name='promiseevent',
                index=models.Index(fields=['promise', 'at'], name='promise_event'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promiseevent',
                trigger=pgtrigger.compiler.Trigger(name='promise_follows_new_events', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE promises_promise p SET\n        settled_at = (\n            SELECT e.at FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.promise_id = p.id AND b.kind = 'taken_back' AND b.at >= e.at)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        due_on = COALESCE((\n            SELECT e.due_on FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind = 'moved'\n            ORDER BY e.at DESC, e.id DESC LIMIT 1), p.first_due_on)\n    WHERE p.id IN (SELECT promise_id FROM fresh);\n    RETURN NULL;\n", hash='1c5be199277f5ec4b75bbe4bfd2ce35ba44acaef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_promise_follows_new_events_427eb', referencing='REFERENCING NEW TABLE AS fresh ', table='promises_promiseevent', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promiseevent',
                trigger=pgtrigger.compiler.Trigger(name='promise_follows_gone_events', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE promises_promise p SET\n        settled_at = (\n            SELECT e.at FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.promise_id = p.id AND b.kind = 'taken_back' AND b.at >= e.at)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        due_on = COALESCE((\n            SELECT e.due_on FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind = 'moved'\n            ORDER BY e.at DESC, e.id DESC LIMIT 1), p.first_due_on)\n    WHERE p.id IN (SELECT promise_id FROM gone);\n    RETURN NULL;\n", hash='cc56bed377807b12fdbbaef276d72e854be0d72d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_promise_follows_gone_events_ec486', referencing='REFERENCING OLD TABLE AS gone ', table='promises_promiseevent', when='AFTER')),
            )],
        ),
    ]
