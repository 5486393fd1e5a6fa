import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '__first__'),
        ('parties', '0002_detail_of_any_length'),
        ('promises', '0002_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='promiseevent',
                name='promise_follows_new_events',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='promiseevent',
                name='promise_follows_gone_events',
            ), migrations.AddField(
                model_name='promiseevent',
                name='takes_back',
                field=models.ForeignKey(blank=True, db_index=False, help_text='what was said before and holds no longer', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promises.promiseevent'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promiseevent',
                trigger=pgtrigger.compiler.Trigger(name='promise_follows_new_events', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE promises_promise p SET\n        settled_at = (\n            SELECT e.at FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        due_on = COALESCE((\n            SELECT e.due_on FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind = 'moved'\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1), p.first_due_on)\n    WHERE p.id IN (SELECT promise_id FROM fresh);\n    RETURN NULL;\n", hash='4f192603444d71b0df28d961ab1978e8d17dc22a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_promise_follows_new_events_427eb', referencing='REFERENCING NEW TABLE AS fresh ', table='promises_promiseevent', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promiseevent',
                trigger=pgtrigger.compiler.Trigger(name='promise_follows_gone_events', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE promises_promise p SET\n        settled_at = (\n            SELECT e.at FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        due_on = COALESCE((\n            SELECT e.due_on FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind = 'moved'\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1), p.first_due_on)\n    WHERE p.id IN (SELECT promise_id FROM gone);\n    RETURN NULL;\n", hash='7d88de2d9ecd9d5b877ad01f8e3edc9c00cb1b8a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_promise_follows_gone_events_ec486', referencing='REFERENCING OLD TABLE AS gone ', table='promises_promiseevent', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='promiseevent',
                constraint=models.UniqueConstraint(condition=models.Q(('takes_back', None), _negated=True), fields=('takes_back',), name='promise_event_taken_back_once'),
            )],
        ),
    ]
