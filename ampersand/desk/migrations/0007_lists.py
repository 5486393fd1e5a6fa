import ampersand.core.ids
import ampersand.core.migrating
import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0006_standing_matched'),
        ('members', '0003_attempts'),
        ('members', '__first__'),
        ('parties', '0003_tags'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='ListColumns',
                fields=[
                    ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='by name; of a detail: detail:VAT number', size=None)),
                ],
            ), migrations.CreateModel(
                name='ListEdit',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('tag', 'tag told'), ('untag', 'tag taken off'), ('tend', 'taken up'), ('stop_tending', 'laid down'), ('detail', 'detail told')], max_length=12)),
                    ('made', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                    ('ended', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='SavedSearch',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=60)),
                    ('asked', models.JSONField(default=dict, help_text='what was asked, by the names of the address')),
                    ('made_at', models.DateTimeField()),
                    ('shared_at', models.DateTimeField(blank=True, null=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['member', 'name'], name='saved_search_of')],
                },
            ), migrations.CreateModel(
                name='SavedSearchPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('name', models.CharField(max_length=60)),
                    ('asked', models.JSONField(default=dict, help_text='what was asked, by the names of the address')),
                    ('made_at', models.DateTimeField()),
                    ('shared_at', models.DateTimeField(blank=True, null=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='desk.savedsearch')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='standing',
                name='called_count',
                field=models.IntegerField(default=0, help_text='promises that were called kept, partly or not kept'),
            ), migrations.AddField(
                model_name='standing',
                name='kept_count',
                field=models.IntegerField(default=0, help_text='promises of either side that their receiver called kept'),
            ), migrations.AddField(
                model_name='standing',
                name='kept_share',
                field=models.DecimalField(decimal_places=4, default=0, help_text='of the called ones; 0 for none', max_digits=5),
            ), migrations.AddField(
                model_name='standing',
                name='known_on',
                field=models.DateField(default=datetime.date(9999, 12, 31), help_text='since when the house knows them'),
            ), migrations.AddIndex(
                model_name='standing',
                index=models.Index(fields=['known_on', 'relationship'], name='standing_by_known'),
            ), migrations.AddIndex(
                model_name='standing',
                index=models.Index(fields=['open_ours', 'relationship'], name='standing_by_ours'),
            ), migrations.AddIndex(
                model_name='standing',
                index=models.Index(fields=['open_theirs', 'relationship'], name='standing_by_theirs'),
            ), migrations.AddIndex(
                model_name='standing',
                index=models.Index(condition=models.Q(('called_count__gt', 0)), fields=['kept_share', 'relationship'], name='standing_by_kept'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='savedsearch',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "desk_savedsearchpast" ("asked", "id", "made_at", "member_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "shared_at") SELECT old_values."asked", old_values."id", old_values."made_at", old_values."member_id", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."removed_at", old_values."shared_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3c3039f8919a09db3120eb73f7ccc882d9714930', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3e6df', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='desk_savedsearch', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='savedsearch',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "desk_savedsearchpast" ("asked", "id", "made_at", "member_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "shared_at") SELECT old_values."asked", old_values."id", old_values."made_at", old_values."member_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."removed_at", old_values."shared_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='017d26107f57cb53d7de05b4605bbab16720fa33', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_05529', referencing='REFERENCING OLD TABLE AS old_values ', table='desk_savedsearch', when='AFTER')),
            )],
        ),
    ]
