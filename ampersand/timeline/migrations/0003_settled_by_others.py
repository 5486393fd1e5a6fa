import ampersand.core.migrating
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0002_telling_threads'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='moment',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='moment',
                name='delete_delete',
            ), migrations.AddField(
                model_name='moment',
                name='is_settled_by_others',
                field=models.BooleanField(db_default=False, default=False, help_text='somebody else on a list answered what it asks: it waits for nobody'),
            ), migrations.AddField(
                model_name='momentpast',
                name='is_settled_by_others',
                field=models.BooleanField(db_default=False, default=False, help_text='somebody else on a list answered what it asks: it waits for nobody'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='moment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "timeline_momentpast" ("asks_answer", "began", "body", "ended_at", "happened_at", "id", "is_all_day", "is_settled_by_others", "mode", "on_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "room", "source_id", "subject", "thread_id", "told_at", "told_by_id", "where", "withdrawn_at", "words", "zone") SELECT old_values."asks_answer", old_values."began", old_values."body", old_values."ended_at", old_values."happened_at", old_values."id", old_values."is_all_day", old_values."is_settled_by_others", old_values."mode", old_values."on_day", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."room", old_values."source_id", old_values."subject", old_values."thread_id", old_values."told_at", old_values."told_by_id", old_values."where", old_values."withdrawn_at", old_values."words", old_values."zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='39960c89568407565210f68f35a71f2df508c029', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_85ab4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='timeline_moment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='moment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "timeline_momentpast" ("asks_answer", "began", "body", "ended_at", "happened_at", "id", "is_all_day", "is_settled_by_others", "mode", "on_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "room", "source_id", "subject", "thread_id", "told_at", "told_by_id", "where", "withdrawn_at", "words", "zone") SELECT old_values."asks_answer", old_values."began", old_values."body", old_values."ended_at", old_values."happened_at", old_values."id", old_values."is_all_day", old_values."is_settled_by_others", old_values."mode", old_values."on_day", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."room", old_values."source_id", old_values."subject", old_values."thread_id", old_values."told_at", old_values."told_by_id", old_values."where", old_values."withdrawn_at", old_values."words", old_values."zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='08494fb21482ff2dfe18d73c7a105b5808a70d1e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2d6a9', referencing='REFERENCING OLD TABLE AS old_values ', table='timeline_moment', when='AFTER')),
            )],
        ),
    ]
