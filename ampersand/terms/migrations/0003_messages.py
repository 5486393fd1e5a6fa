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
        ('terms', '0002_voice_of_delivery'),
        ('timeline', '0004_participant_fewer_indexes'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('words', models.TextField(blank=True)),
                    ('purpose', models.CharField(choices=[('answer', 'answer what they asked'), ('work', 'work in hand: open orders and promises'), ('plan', 'as planned together'), ('concerns', 'tell them of a change that concerns them'), ('ask', 'say who we are, and ask how they wish to be reached'), ('news', 'something new: news and offers'), ('notice', 'a notice owed to them')], max_length=10)),
                    ('ground', models.CharField(blank=True, choices=[('invoice', 'an invoice or a payment due'), ('recall', 'a recall, or a danger to their safety'), ('contract', 'a change or an end of a contract they hold'), ('breach', 'a breach of the data kept about them')], max_length=10)),
                    ('topics', models.CharField(blank=True, help_text='what it is about, between commas: the gate reads them', max_length=300)),
                    ('promise_id', models.UUIDField(blank=True, db_index=True, help_text='the promise it is about', null=True)),
                    ('message_id', models.CharField(help_text='its Message-ID, without brackets', max_length=300, unique=True)),
                    ('asks_answer', models.BooleanField(default=False)),
                    ('together_id', models.UUIDField(blank=True, db_index=True, help_text='letters about one change, to each it touches', null=True)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='between', max_length=8)),
                    ('written_at', models.DateTimeField()),
                    ('sent_off_at', models.DateTimeField(blank=True, null=True)),
                    ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_by', to='timeline.moment')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='message', to='timeline.moment')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='parties.relationship')),
                ],
                options={
                    'indexes': [models.Index(fields=['by', '-sent_off_at'], name='message_by')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('purpose', 'notice'), ('ground', ''), _connector='XOR'), name='message_names_its_ground')],
                },
            ), migrations.CreateModel(
                name='Enclosure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.file')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enclosures', to='terms.message')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('message', 'file', 'name'), name='enclosed_once')],
                },
            ), migrations.CreateModel(
                name='MessagePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('words', models.TextField(blank=True)),
                    ('purpose', models.CharField(choices=[('answer', 'answer what they asked'), ('work', 'work in hand: open orders and promises'), ('plan', 'as planned together'), ('concerns', 'tell them of a change that concerns them'), ('ask', 'say who we are, and ask how they wish to be reached'), ('news', 'something new: news and offers'), ('notice', 'a notice owed to them')], max_length=10)),
                    ('ground', models.CharField(blank=True, choices=[('invoice', 'an invoice or a payment due'), ('recall', 'a recall, or a danger to their safety'), ('contract', 'a change or an end of a contract they hold'), ('breach', 'a breach of the data kept about them')], max_length=10)),
                    ('topics', models.CharField(blank=True, help_text='what it is about, between commas: the gate reads them', max_length=300)),
                    ('promise_id', models.UUIDField(blank=True, help_text='the promise it is about', null=True)),
                    ('message_id', models.CharField(help_text='its Message-ID, without brackets', max_length=300)),
                    ('asks_answer', models.BooleanField(default=False)),
                    ('together_id', models.UUIDField(blank=True, help_text='letters about one change, to each it touches', null=True)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='between', max_length=8)),
                    ('written_at', models.DateTimeField()),
                    ('sent_off_at', models.DateTimeField(blank=True, null=True)),
                    ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ('answers', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timeline.moment')),
                    ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('moment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timeline.moment')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='terms.message')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Receiver',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('address', models.CharField(max_length=320)),
                    ('role', models.CharField(choices=[('to', 'to'), ('copy', 'in copy')], default='to', max_length=4)),
                    ('why', models.TextField(blank=True, help_text='why they are told: it stands in what they get')),
                    ('state', models.CharField(choices=[('draft', 'being written'), ('waiting', 'waiting'), ('held', 'held'), ('sending', 'going out'), ('sent', 'sent'), ('unsure', 'may have gone'), ('refused', 'refused'), ('taken_back', 'taken back')], default='draft', max_length=10)),
                    ('goes_at', models.DateTimeField(blank=True, null=True)),
                    ('claimed_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, help_text='sent, refused, or taken back', null=True)),
                    ('try_count', models.IntegerField(default=0)),
                    ('server_says', models.TextField(blank=True, help_text='why the mail server did not take it, in its words')),
                    ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='terms.decision')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receivers', to='terms.message')),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['goes_at', 'id'], name='receiver_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='receiver_claimed')],
                    'constraints': [models.UniqueConstraint(fields=('message', 'party'), name='receiver_once')],
                },
            ), migrations.CreateModel(
                name='ReceiverPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('address', models.CharField(max_length=320)),
                    ('role', models.CharField(choices=[('to', 'to'), ('copy', 'in copy')], default='to', max_length=4)),
                    ('why', models.TextField(blank=True, help_text='why they are told: it stands in what they get')),
                    ('state', models.CharField(choices=[('draft', 'being written'), ('waiting', 'waiting'), ('held', 'held'), ('sending', 'going out'), ('sent', 'sent'), ('unsure', 'may have gone'), ('refused', 'refused'), ('taken_back', 'taken back')], default='draft', max_length=10)),
                    ('goes_at', models.DateTimeField(blank=True, null=True)),
                    ('claimed_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, help_text='sent, refused, or taken back', null=True)),
                    ('try_count', models.IntegerField(default=0)),
                    ('server_says', models.TextField(blank=True, help_text='why the mail server did not take it, in its words')),
                    ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='terms.decision')),
                    ('message', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='terms.message')),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='terms.receiver')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Snippet',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120)),
                    ('words', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snippets', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('by', 'name'), name='snippet_name_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='message',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_messagepast" ("answers_id", "asks_answer", "by_id", "ground", "id", "message_id", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "purpose", "relationship_id", "room", "sent_off_at", "subject", "taken_back_at", "together_id", "topics", "words", "written_at") SELECT old_values."answers_id", old_values."asks_answer", old_values."by_id", old_values."ground", old_values."id", old_values."message_id", old_values."moment_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."promise_id", old_values."purpose", old_values."relationship_id", old_values."room", old_values."sent_off_at", old_values."subject", old_values."taken_back_at", old_values."together_id", old_values."topics", old_values."words", old_values."written_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='33e899c3d6faa3eaf8ec0e1a2b36ee361627c092', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cca25', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='terms_message', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='message',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_messagepast" ("answers_id", "asks_answer", "by_id", "ground", "id", "message_id", "moment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "purpose", "relationship_id", "room", "sent_off_at", "subject", "taken_back_at", "together_id", "topics", "words", "written_at") SELECT old_values."answers_id", old_values."asks_answer", old_values."by_id", old_values."ground", old_values."id", old_values."message_id", old_values."moment_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."promise_id", old_values."purpose", old_values."relationship_id", old_values."room", old_values."sent_off_at", old_values."subject", old_values."taken_back_at", old_values."together_id", old_values."topics", old_values."words", old_values."written_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6ac5b73e0bb1dd2fca1c1dda3bd038c39996f6f6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9e994', referencing='REFERENCING OLD TABLE AS old_values ', table='terms_message', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='receiver',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_receiverpast" ("address", "claimed_at", "decision_id", "ended_at", "goes_at", "id", "message_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "server_says", "state", "try_count", "why") SELECT old_values."address", old_values."claimed_at", old_values."decision_id", old_values."ended_at", old_values."goes_at", old_values."id", old_values."message_id", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."role", old_values."server_says", old_values."state", old_values."try_count", old_values."why" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='61769e834a5eda3ccc4d2951610d10c4f72d210e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b626e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='terms_receiver', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='receiver',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_receiverpast" ("address", "claimed_at", "decision_id", "ended_at", "goes_at", "id", "message_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "server_says", "state", "try_count", "why") SELECT old_values."address", old_values."claimed_at", old_values."decision_id", old_values."ended_at", old_values."goes_at", old_values."id", old_values."message_id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."server_says", old_values."state", old_values."try_count", old_values."why" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='384e5ada1bb9c487aa71e9370eb6558c8b896322', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58c6b', referencing='REFERENCING OLD TABLE AS old_values ', table='terms_receiver', when='AFTER')),
            )],
        ),
    ]
