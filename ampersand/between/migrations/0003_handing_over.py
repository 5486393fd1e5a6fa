import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('between', '0002_beside'),
        ('parties', '0008_sides_of_both'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('promises', '0005_what_waits'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[
            migrations.CreateModel(
                name='HandingOver',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('from_on', models.DateField()),
                    ('story', models.TextField(blank=True)),
                    ('shared_story', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ('decline_words', models.TextField(blank=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(help_text='who of us tended it', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('promises', models.ManyToManyField(help_text='to be named over', related_name='+', to='promises.promise')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handings_over', to='parties.relationship')),
                    ('to', models.ForeignKey(help_text='who of us is to tend it', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                ],
                options={
                    'indexes': [models.Index(fields=['relationship', '-at'], name='handing_over_of')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('declined_at', None), ('withdrawn_at', None)), fields=('relationship',), name='handing_over_one_waits')],
                },
            ),
            migrations.CreateModel(
                name='HandingOverPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('from_on', models.DateField()),
                    ('story', models.TextField(blank=True)),
                    ('shared_story', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ('decline_words', models.TextField(blank=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(db_constraint=False, help_text='who of us tended it', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.handingover')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('to', models.ForeignKey(db_constraint=False, help_text='who of us is to tend it', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HandingReply',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('right', 'put the story right'), ('no', 'said no to the colleague')], max_length=5)),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('words', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('handing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='between.handingover')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'no')), fields=('handing',), name='handing_refused_once')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='handingover',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_handingoverpast" ("accepted_at", "at", "by_id", "decline_words", "declined_at", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "shared_story", "story", "to_id", "withdrawn_at") SELECT old_values."accepted_at", old_values."at", old_values."by_id", old_values."decline_words", old_values."declined_at", old_values."from_on", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."relationship_id", old_values."shared_story", old_values."story", old_values."to_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='04f054d732887bb812f2a938fa76c221104deeff', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_09dab', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_handingover', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='handingover',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_handingoverpast" ("accepted_at", "at", "by_id", "decline_words", "declined_at", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "shared_story", "story", "to_id", "withdrawn_at") SELECT old_values."accepted_at", old_values."at", old_values."by_id", old_values."decline_words", old_values."declined_at", old_values."from_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relationship_id", old_values."shared_story", old_values."story", old_values."to_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1fd12a0a717ad1c1779a02182b11dc41ac83b1e6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c93a9', referencing='REFERENCING OLD TABLE AS old_values ', table='between_handingover', when='AFTER')),
            ),
            ],
        ),
    ]
