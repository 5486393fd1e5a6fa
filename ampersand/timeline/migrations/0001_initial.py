import ampersand.core.ids
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
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Thread',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                ],
            ), migrations.CreateModel(
                name='Moment',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('mode', models.CharField(choices=[('visit', 'visit'), ('call', 'call'), ('video', 'video'), ('mail', 'mail'), ('message', 'message'), ('letter', 'letter'), ('gathering', 'gathering')], max_length=10)),
                    ('happened_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('zone', models.CharField(default='UTC', max_length=64)),
                    ('on_day', models.DateField(help_text='the local day in its own zone; two moments of one day are one encounter')),
                    ('is_all_day', models.BooleanField(default=False)),
                    ('began', models.CharField(blank=True, choices=[('us', 'we reached out'), ('them', 'they reached out'), ('', 'both')], max_length=4)),
                    ('asks_answer', models.BooleanField(default=False)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('words', models.TextField(blank=True, help_text='the new words, without what they quote')),
                    ('body', models.TextField(blank=True, help_text='the whole text, where the house keeps it')),
                    ('where', models.CharField(blank=True, max_length=300)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='ours', max_length=8)),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='moments', to='timeline.thread')),
                ],
                options={
                    'indexes': [models.Index(fields=['-happened_at', 'id'], name='moment_when')],
                },
            ), migrations.CreateModel(
                name='Telling',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('key', models.CharField(max_length=500)),
                    ('said', models.JSONField(default=dict)),
                    ('is_apart', models.BooleanField(default=False, help_text='a member took it apart; it never joins by itself again')),
                    ('moment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tellings', to='timeline.moment')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['key'], name='telling_key')],
                    'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='telling_once_a_source')],
                },
            ), migrations.CreateModel(
                name='TellingPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('key', models.CharField(max_length=500)),
                    ('said', models.JSONField(default=dict)),
                    ('is_apart', models.BooleanField(default=False, help_text='a member took it apart; it never joins by itself again')),
                    ('moment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timeline.moment')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='timeline.telling')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='MomentPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('mode', models.CharField(choices=[('visit', 'visit'), ('call', 'call'), ('video', 'video'), ('mail', 'mail'), ('message', 'message'), ('letter', 'letter'), ('gathering', 'gathering')], max_length=10)),
                    ('happened_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('zone', models.CharField(default='UTC', max_length=64)),
                    ('on_day', models.DateField(help_text='the local day in its own zone; two moments of one day are one encounter')),
                    ('is_all_day', models.BooleanField(default=False)),
                    ('began', models.CharField(blank=True, choices=[('us', 'we reached out'), ('them', 'they reached out'), ('', 'both')], max_length=4)),
                    ('asks_answer', models.BooleanField(default=False)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('words', models.TextField(blank=True, help_text='the new words, without what they quote')),
                    ('body', models.TextField(blank=True, help_text='the whole text, where the house keeps it')),
                    ('where', models.CharField(blank=True, max_length=300)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='ours', max_length=8)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='timeline.moment')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('thread', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timeline.thread')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.file')),
                    ('moment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='timeline.moment')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('moment', 'file', 'name'), name='attached_once')],
                },
            ), migrations.CreateModel(
                name='Participant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('from', 'from'), ('to', 'to'), ('copy', 'in copy'), ('with', 'with')], default='with', max_length=4)),
                    ('is_ours', models.BooleanField(default=False)),
                    ('happened_at', models.DateTimeField()),
                    ('moment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='timeline.moment')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='parties.party')),
                ],
                options={
                    'indexes': [models.Index(fields=['party', '-happened_at'], name='participant_when')],
                    'constraints': [models.UniqueConstraint(fields=('moment', 'party'), name='participant_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='telling',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "timeline_tellingpast" ("id", "is_apart", "key", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "said", "source_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."id", old_values."is_apart", old_values."key", old_values."moment_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."said", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='53b188ba0b23ad27c4a7ea497b278ceb67728e0a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c8b3a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='timeline_telling', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='telling',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "timeline_tellingpast" ("id", "is_apart", "key", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "said", "source_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."id", old_values."is_apart", old_values."key", old_values."moment_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."said", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bb36f59236c18a08ad0a3ce36aa9a43c8f1c766c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_be572', referencing='REFERENCING OLD TABLE AS old_values ', table='timeline_telling', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='moment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "timeline_momentpast" ("asks_answer", "began", "body", "ended_at", "happened_at", "id", "is_all_day", "mode", "on_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "room", "source_id", "subject", "thread_id", "told_at", "told_by_id", "where", "withdrawn_at", "words", "zone") SELECT old_values."asks_answer", old_values."began", old_values."body", old_values."ended_at", old_values."happened_at", old_values."id", old_values."is_all_day", old_values."mode", old_values."on_day", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."room", old_values."source_id", old_values."subject", old_values."thread_id", old_values."told_at", old_values."told_by_id", old_values."where", old_values."withdrawn_at", old_values."words", old_values."zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='62bda614a047c64c2b4dbc0e90fef10688be0d5d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_85ab4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='timeline_moment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='moment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "timeline_momentpast" ("asks_answer", "began", "body", "ended_at", "happened_at", "id", "is_all_day", "mode", "on_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "room", "source_id", "subject", "thread_id", "told_at", "told_by_id", "where", "withdrawn_at", "words", "zone") SELECT old_values."asks_answer", old_values."began", old_values."body", old_values."ended_at", old_values."happened_at", old_values."id", old_values."is_all_day", old_values."mode", old_values."on_day", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."room", old_values."source_id", old_values."subject", old_values."thread_id", old_values."told_at", old_values."told_by_id", old_values."where", old_values."withdrawn_at", old_values."words", old_values."zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b7ac664dd401a00a586bb4c8cc9220d250b9cc53', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2d6a9', referencing='REFERENCING OLD TABLE AS old_values ', table='timeline_moment', when='AFTER')),
            )],
        ),
    ]
