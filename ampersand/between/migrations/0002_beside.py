import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('between', '0001_initial'),
        ('members', '__first__'),
        ('parties', '0007_part_of'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Named',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=300)),
                    ('address', models.CharField(blank=True, max_length=320)),
                    ('why', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('became', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='parties.party')),
                    ('by', models.ForeignKey(help_text='who named them', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='parties.relationship')),
                    ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['at'], name='named_waiting')],
                },
            ), migrations.CreateModel(
                name='NamedPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('name', models.CharField(max_length=300)),
                    ('address', models.CharField(blank=True, max_length=320)),
                    ('why', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('became', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('by', models.ForeignKey(db_constraint=False, help_text='who named them', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.named')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Objection',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('measure', models.CharField(help_text='of which reading', max_length=16)),
                    ('said', models.CharField(blank=True, help_text='what it said then', max_length=300)),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='parties.relationship')),
                ],
            ), migrations.CreateModel(
                name='ObjectionPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('measure', models.CharField(help_text='of which reading', max_length=16)),
                    ('said', models.CharField(blank=True, help_text='what it said then', max_length=300)),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(db_constraint=False, help_text='whose word it is', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.objection')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ReadOn',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('tends', 'somebody who tends you'), ('house', 'somebody of the house')], max_length=5)),
                    ('on', models.DateField()),
                    ('relationship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='read_on', to='parties.relationship')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('relationship', 'on', 'role'), name='read_on_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='named',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_namedpast" ("address", "at", "became_id", "by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "settled_at", "settled_by_id", "why") SELECT old_values."address", old_values."at", old_values."became_id", old_values."by_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."relationship_id", old_values."settled_at", old_values."settled_by_id", old_values."why" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f02ceabb5cdf027719de1bc80607f4cebfd82a14', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3b601', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_named', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='named',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_namedpast" ("address", "at", "became_id", "by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "settled_at", "settled_by_id", "why") SELECT old_values."address", old_values."at", old_values."became_id", old_values."by_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relationship_id", old_values."settled_at", old_values."settled_by_id", old_values."why" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='93528666480a07a8b00e0c98bd4644f5301a7b27', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_92c71', referencing='REFERENCING OLD TABLE AS old_values ', table='between_named', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objection',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_objectionpast" ("at", "by_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "said", "words") SELECT old_values."at", old_values."by_id", old_values."id", old_values."measure", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."relationship_id", old_values."said", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='40adfc09e8351124ff902e291116d04590122532', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bce07', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_objection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objection',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_objectionpast" ("at", "by_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "said", "words") SELECT old_values."at", old_values."by_id", old_values."id", old_values."measure", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relationship_id", old_values."said", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fa1a9054600c04860609a25cce8c2f408e453c07', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8e595', referencing='REFERENCING OLD TABLE AS old_values ', table='between_objection', when='AFTER')),
            )],
        ),
    ]
