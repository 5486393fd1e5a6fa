import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('terms', '0003_messages'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='receiver',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='receiver',
                name='delete_delete',
            ), migrations.RemoveField(
                model_name='receiver',
                name='decision',
            ), migrations.RemoveField(
                model_name='receiverpast',
                name='decision',
            ), migrations.AddField(
                model_name='decision',
                name='receiver',
                field=models.ForeignKey(blank=True, help_text='what was to go', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='terms.receiver'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='receiver',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_receiverpast" ("address", "claimed_at", "ended_at", "goes_at", "id", "message_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "server_says", "state", "try_count", "why") SELECT old_values."address", old_values."claimed_at", old_values."ended_at", old_values."goes_at", old_values."id", old_values."message_id", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."role", old_values."server_says", old_values."state", old_values."try_count", old_values."why" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='01d17fed066c14aef8bde4a17a5d098234e300bc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b626e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='terms_receiver', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='receiver',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_receiverpast" ("address", "claimed_at", "ended_at", "goes_at", "id", "message_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "server_says", "state", "try_count", "why") SELECT old_values."address", old_values."claimed_at", old_values."ended_at", old_values."goes_at", old_values."id", old_values."message_id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."server_says", old_values."state", old_values."try_count", old_values."why" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fb475f3e81b88c33da270f47d65c7c0390a443ae', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58c6b', referencing='REFERENCING OLD TABLE AS old_values ', table='terms_receiver', when='AFTER')),
            )],
        ),
    ]
