import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_search_asked'),
        ('members', '__first__'),
        ('parties', '0007_part_of'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('promises', '0003_promise_event_takes_back'),
        ('timeline', '0004_participant_fewer_indexes'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Absence',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(help_text='the first day back')),
                    ('told_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
                    ('stands_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stands_in_for', to=settings.AUTH_USER_MODEL)),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='absence_has_days'), models.CheckConstraint(condition=models.Q(('member', models.F('stands_in')), _negated=True), name='absence_another_stands_in')],
                },
            ), migrations.CreateModel(
                name='Asking',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('words', models.TextField(blank=True, help_text='what is to be promised then; empty where it is promised already')),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('instead_of', models.ForeignKey(blank=True, help_text='who was away when it was asked', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='asking', to='promises.promise')),
                    ('relationship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Leaning',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('on', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaned_on_by', to='promises.promise')),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leanings', to='promises.promise')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('promise', 'on'), name='leaning_once'), models.CheckConstraint(condition=models.Q(('promise', models.F('on')), _negated=True), name='leaning_on_another')],
                },
            ), migrations.CreateModel(
                name='AbsencePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(help_text='the first day back')),
                    ('told_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='promises.absence')),
                    ('stands_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='AskingPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('words', models.TextField(blank=True, help_text='what is to be promised then; empty where it is promised already')),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('instead_of', models.ForeignKey(blank=True, db_constraint=False, help_text='who was away when it was asked', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='promises.asking')),
                    ('promise', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promises.promise')),
                    ('relationship', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='LeaningPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('on', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promises.promise')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='promises.leaning')),
                    ('promise', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promises.promise')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='promise',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='promise',
                name='delete_delete',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='promiseevent',
                name='promise_follows_new_events',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='promiseevent',
                name='promise_follows_gone_events',
            ), migrations.AddField(
                model_name='promise',
                name='about',
                field=models.ForeignKey(blank=True, help_text='for whose sake one of us promised another', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='promises_inside', to='parties.relationship'),
            ), migrations.AddField(
                model_name='promise',
                name='advertised',
                field=models.ForeignKey(blank=True, help_text='what we promised to everybody and somebody took as promised to them', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_as', to='promises.promise'),
            ), migrations.AddField(
                model_name='promise',
                name='named',
                field=models.ForeignKey(blank=True, help_text="who of us stands for what is promised in the house's name", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='promises_stood_for', to='parties.party'),
            ), migrations.AddField(
                model_name='promise',
                name='offered_at',
                field=models.DateTimeField(blank=True, help_text="while words wait for the other side's", null=True),
            ), migrations.AddField(
                model_name='promiseevent',
                name='condition',
                field=models.TextField(blank=True, db_default='', default=''),
            ), migrations.AddField(
                model_name='promiseevent',
                name='named',
                field=models.ForeignKey(blank=True, help_text='who stands for it from then on', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='promisepast',
                name='about',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='for whose sake one of us promised another', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship'),
            ), migrations.AddField(
                model_name='promisepast',
                name='advertised',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='what we promised to everybody and somebody took as promised to them', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promises.promise'),
            ), migrations.AddField(
                model_name='promisepast',
                name='named',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text="who of us stands for what is promised in the house's name", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='promisepast',
                name='offered_at',
                field=models.DateTimeField(blank=True, help_text="while words wait for the other side's", null=True),
            ), migrations.AlterField(
                model_name='promise',
                name='relationship',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='parties.relationship'),
            ), migrations.AlterField(
                model_name='promise',
                name='to',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='promises_received', to='parties.party'),
            ), migrations.AlterField(
                model_name='promiseevent',
                name='due_on',
                field=models.DateField(blank=True, help_text='the day it speaks of', null=True),
            ), migrations.AlterField(
                model_name='promiseevent',
                name='kind',
                field=models.CharField(choices=[('asked', 'asked for'), ('offered', 'offered'), ('taken', 'taken as promised'), ('countered', 'asked for other words'), ('meant', 'what was meant'), ('confirmed', 'confirmed as promised'), ('accepted', 'accepted'), ('declined', 'declined'), ('named_over', 'taken over'), ('move_proposed', 'another day proposed'), ('move_countered', 'another day asked for'), ('move_refused', 'another day refused'), ('moved', 'moved'), ('asked_release', 'asked to be released'), ('held_to', 'not released'), ('said_done', 'said done'), ('kept', 'called kept'), ('partly', 'called partly kept'), ('not_kept', 'called not kept'), ('released', 'released'), ('withdrawn', 'withdrawn'), ('taken_back', 'taken back')], max_length=16),
            ), migrations.AlterField(
                model_name='promisepast',
                name='relationship',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship'),
            ), migrations.AlterField(
                model_name='promisepast',
                name='to',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promise',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_promisepast" ("about_id", "advertised_id", "by_id", "condition", "due_on", "first_due_on", "id", "is_ours", "made_on", "moment_id", "named_id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "settled_at", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."about_id", old_values."advertised_id", old_values."by_id", old_values."condition", old_values."due_on", old_values."first_due_on", old_values."id", old_values."is_ours", old_values."made_on", old_values."moment_id", old_values."named_id", old_values."offered_at", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."settled_at", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='83afcb9d1b1e1d6767c560c503affc874dd62f6e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b4df0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='promises_promise', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promise',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_promisepast" ("about_id", "advertised_id", "by_id", "condition", "due_on", "first_due_on", "id", "is_ours", "made_on", "moment_id", "named_id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "settled_at", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."about_id", old_values."advertised_id", old_values."by_id", old_values."condition", old_values."due_on", old_values."first_due_on", old_values."id", old_values."is_ours", old_values."made_on", old_values."moment_id", old_values."named_id", old_values."offered_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."settled_at", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='706a8548656478afdd38afccb090da385f041a52', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_838c0', referencing='REFERENCING OLD TABLE AS old_values ', table='promises_promise', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promiseevent',
                trigger=pgtrigger.compiler.Trigger(name='promise_follows_new_events', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE promises_promise p SET\n        settled_at = (\n            SELECT e.at FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn', 'declined')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        offered_at = (\n            SELECT CASE WHEN e.kind IN ('asked', 'offered', 'taken', 'countered', 'meant') THEN e.at END FROM promises_promiseevent e\n            WHERE e.promise_id = p.id AND e.kind IN ('asked', 'offered', 'taken', 'countered', 'meant', 'accepted', 'confirmed')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        due_on = (\n            SELECT agreed.due_on FROM (\n                SELECT p.first_due_on AS due_on, NULL::timestamptz AS at, NULL::uuid AS id\n                UNION ALL\n                SELECT e.due_on, e.at, e.id FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('accepted', 'confirmed', 'moved')\n                AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)) AS agreed\n            ORDER BY agreed.at DESC NULLS LAST, agreed.id DESC NULLS LAST LIMIT 1)\n    WHERE p.id IN (SELECT promise_id FROM fresh);\n    RETURN NULL;\n", hash='3ac365e97e240fca61572dc65ada26dd8c5a2ad3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_promise_follows_new_events_427eb', referencing='REFERENCING NEW TABLE AS fresh ', table='promises_promiseevent', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='promiseevent',
                trigger=pgtrigger.compiler.Trigger(name='promise_follows_gone_events', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE promises_promise p SET\n        settled_at = (\n            SELECT e.at FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn', 'declined')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        offered_at = (\n            SELECT CASE WHEN e.kind IN ('asked', 'offered', 'taken', 'countered', 'meant') THEN e.at END FROM promises_promiseevent e\n            WHERE e.promise_id = p.id AND e.kind IN ('asked', 'offered', 'taken', 'countered', 'meant', 'accepted', 'confirmed')\n            AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)\n            ORDER BY e.at DESC, e.id DESC LIMIT 1),\n        due_on = (\n            SELECT agreed.due_on FROM (\n                SELECT p.first_due_on AS due_on, NULL::timestamptz AS at, NULL::uuid AS id\n                UNION ALL\n                SELECT e.due_on, e.at, e.id FROM promises_promiseevent e WHERE e.promise_id = p.id AND e.kind IN ('accepted', 'confirmed', 'moved')\n                AND NOT EXISTS (SELECT FROM promises_promiseevent b WHERE b.takes_back_id = e.id)) AS agreed\n            ORDER BY agreed.at DESC NULLS LAST, agreed.id DESC NULLS LAST LIMIT 1)\n    WHERE p.id IN (SELECT promise_id FROM gone);\n    RETURN NULL;\n", hash='8d4723bee997d849c963f2131707811fbb7dbaed', level='STATEMENT', operation='DELETE', pgid='pgtrigger_promise_follows_gone_events_ec486', referencing='REFERENCING OLD TABLE AS gone ', table='promises_promiseevent', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='promise',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('to', None), _negated=True), models.Q(('is_ours', True), ('relationship', None)), _connector='OR'), name='promise_to_public'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='absence',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_absencepast" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stands_in_id", "told_at", "told_by_id", "until_on", "withdrawn_at") SELECT old_values."from_on", old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."stands_in_id", old_values."told_at", old_values."told_by_id", old_values."until_on", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cd06dae5c05aa786a416527eed9308102451db0a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_17857', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='promises_absence', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='absence',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_absencepast" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stands_in_id", "told_at", "told_by_id", "until_on", "withdrawn_at") SELECT old_values."from_on", old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."stands_in_id", old_values."told_at", old_values."told_by_id", old_values."until_on", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6dfb6f659c7a801eed7355388e8e92525d4c2628', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7fba8', referencing='REFERENCING OLD TABLE AS old_values ', table='promises_absence', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='asking',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_askingpast" ("due_on", "id", "instead_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "promise_id", "relationship_id", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."due_on", old_values."id", old_values."instead_of_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."promise_id", old_values."relationship_id", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='398878c0fac0bbccab15d93a4c62582e301529c5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_14736', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='promises_asking', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='asking',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_askingpast" ("due_on", "id", "instead_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "promise_id", "relationship_id", "source_id", "to_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."due_on", old_values."id", old_values."instead_of_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."promise_id", old_values."relationship_id", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bffd189d248ba24719e6b0997812f1ef38329bfb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6562f', referencing='REFERENCING OLD TABLE AS old_values ', table='promises_asking', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='leaning',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_leaningpast" ("id", "on_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "promise_id", "source_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."id", old_values."on_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."promise_id", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5ff7feb5d2305ad79e7b7039c15070d57dd78624', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_75041', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='promises_leaning', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='leaning',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "promises_leaningpast" ("id", "on_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "promise_id", "source_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."id", old_values."on_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."promise_id", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3fd466a99e2766650d685429bfb25d0ccf7c1164', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0de95', referencing='REFERENCING OLD TABLE AS old_values ', table='promises_leaning', when='AFTER')),
            )],
        ),
    ]
