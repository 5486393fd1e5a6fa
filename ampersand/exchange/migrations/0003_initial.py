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
        ('exchange', '0002_initial'),
        ('members', '__first__'),
        ('parties', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('promises', '0001_initial'),
        ('timeline', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='concession',
                name='moment',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='concessions', to='timeline.moment'),
            ), migrations.AddField(
                model_name='concession',
                name='relationship',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concessions', to='parties.relationship'),
            ), migrations.AddField(
                model_name='concession',
                name='source',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='concession',
                name='to',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='concession',
                name='told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='concessionpast',
                name='by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='in_return_for',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.concession'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='moment',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timeline.moment'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.concession'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='relationship',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='source',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='to',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='told_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='transaction',
                name='keeps',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='kept_by', to='promises.promise'),
            ), migrations.AddField(
                model_name='transaction',
                name='party',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transactions', to='parties.party'),
            ), migrations.AddField(
                model_name='transaction',
                name='source',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='transaction',
                name='told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='transactionpast',
                name='keeps',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promises.promise'),
            ), migrations.AddField(
                model_name='transactionpast',
                name='party',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='transactionpast',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ), migrations.AddField(
                model_name='transactionpast',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.transaction'),
            ), migrations.AddField(
                model_name='transactionpast',
                name='source',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source'),
            ), migrations.AddField(
                model_name='transactionpast',
                name='told_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddIndex(
                model_name='concession',
                index=models.Index(fields=['relationship', '-happened_on'], name='concession_of'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='concession',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_concessionpast" ("amount", "by_id", "cost_words", "currency", "happened_on", "id", "in_return_for_id", "is_gift", "is_ours", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words", "worth_words") SELECT old_values."amount", old_values."by_id", old_values."cost_words", old_values."currency", old_values."happened_on", old_values."id", old_values."in_return_for_id", old_values."is_gift", old_values."is_ours", old_values."moment_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words", old_values."worth_words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dc2072deee89b014960f785393c65bdfe36675aa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c9d8f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_concession', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='concession',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_concessionpast" ("amount", "by_id", "cost_words", "currency", "happened_on", "id", "in_return_for_id", "is_gift", "is_ours", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words", "worth_words") SELECT old_values."amount", old_values."by_id", old_values."cost_words", old_values."currency", old_values."happened_on", old_values."id", old_values."in_return_for_id", old_values."is_gift", old_values."is_ours", old_values."moment_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words", old_values."worth_words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bece41c9292780b1f7ddaef60e20a8266473e63f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c866c', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_concession', when='AFTER')),
            ), migrations.AddIndex(
                model_name='transaction',
                index=models.Index(fields=['party', '-happened_on'], name='transaction_of'),
            ), migrations.AddConstraint(
                model_name='transaction',
                constraint=models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), ('withdrawn_at', None)), fields=('party', 'kind', 'number'), name='transaction_number_once'),
            ), migrations.AddConstraint(
                model_name='transaction',
                constraint=models.CheckConstraint(condition=models.Q(('amount', None), models.Q(('currency', ''), _negated=True), _connector='OR'), name='amount_has_currency'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='transaction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_transactionpast" ("amount", "currency", "happened_on", "id", "keeps_id", "kind", "number", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."amount", old_values."currency", old_values."happened_on", old_values."id", old_values."keeps_id", old_values."kind", old_values."number", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ca670f2b15d11f11b4d2dfe6f6e177b289642636', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0de46', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_transaction', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='transaction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_transactionpast" ("amount", "currency", "happened_on", "id", "keeps_id", "kind", "number", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."amount", old_values."currency", old_values."happened_on", old_values."id", old_values."keeps_id", old_values."kind", old_values."number", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='29ccd2d97403a172f36466b9c568a8eab7acde23', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_31936', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_transaction', when='AFTER')),
            )],
        ),
    ]
