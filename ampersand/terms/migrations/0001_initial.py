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
        ('core', '0007_search_asked'),
        ('members', '__first__'),
        ('parties', '0007_part_of'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Left',
                fields=[
                    ('sealed', models.CharField(max_length=80, primary_key=True, serialize=False)),
                    ('on', models.DateField()),
                ],
            ), migrations.CreateModel(
                name='Terms',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('version', models.IntegerField()),
                    ('roster', models.CharField(blank=True, choices=[('answer', 'Only in answer to me'), ('work', 'Only work in hand'), ('now_and_then', 'Now and then'), ('plan', 'As in our plan'), ('rest', 'Rest')], max_length=12)),
                    ('words', models.TextField(blank=True, help_text='free words beside the lines; people read them, the gate does not')),
                    ('from_at', models.DateTimeField()),
                    ('said_at', models.DateTimeField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us')], default='own', max_length=10)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='parties.party')),
                    ('said_by', models.ForeignKey(help_text='the party, or who speaks for it', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('party', 'version'), name='terms_version_once')],
                },
            ), migrations.CreateModel(
                name='TermLine',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('position', models.IntegerField()),
                    ('kind', models.CharField(choices=[('modes', 'by which way'), ('hours', 'at which hours'), ('often', 'how often'), ('topics', 'about what'), ('purposes', 'for what'), ('who', 'who may write or call'), ('rest', 'rest until'), ('readers', 'who may read'), ('kept', 'how long kept'), ('address', 'form of address')], max_length=10)),
                    ('value', models.JSONField()),
                    ('terms', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='terms.terms')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('terms', 'position'), name='term_line_place')],
                },
            ), migrations.CreateModel(
                name='TermLinePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('position', models.IntegerField()),
                    ('kind', models.CharField(choices=[('modes', 'by which way'), ('hours', 'at which hours'), ('often', 'how often'), ('topics', 'about what'), ('purposes', 'for what'), ('who', 'who may write or call'), ('rest', 'rest until'), ('readers', 'who may read'), ('kept', 'how long kept'), ('address', 'form of address')], max_length=10)),
                    ('value', models.JSONField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='terms.termline')),
                    ('terms', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='terms.terms')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('mode', models.CharField(choices=[('visit', 'visit'), ('call', 'call'), ('video', 'video'), ('mail', 'mail'), ('message', 'message'), ('letter', 'letter'), ('gathering', 'gathering')], max_length=12)),
                    ('purpose', models.CharField(choices=[('answer', 'answer what they asked'), ('work', 'work in hand: open orders and promises'), ('plan', 'as planned together'), ('concerns', 'tell them of a change that concerns them'), ('ask', 'say who we are, and ask how they wish to be reached'), ('news', 'something new: news and offers'), ('notice', 'a notice owed to them')], max_length=10)),
                    ('ground', models.CharField(blank=True, choices=[('invoice', 'an invoice or a payment due'), ('recall', 'a recall, or a danger to their safety'), ('contract', 'a change or an end of a contract they hold'), ('breach', 'a breach of the data kept about them')], max_length=10)),
                    ('may', models.BooleanField()),
                    ('because', models.CharField(help_text='a Because, or the kind of the line that decided', max_length=20)),
                    ('opens_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='parties.party')),
                    ('terms', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='terms.terms')),
                ],
                options={
                    'indexes': [models.Index(fields=['party', '-at'], name='decision_of')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('purpose', 'notice'), ('ground', ''), _connector='XOR'), name='notice_names_its_ground')],
                },
            ), migrations.CreateModel(
                name='TermsAnswer',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('accepts', 'accepts'), ('alternative', 'offers one alternative'), ('declines', 'declines')], max_length=12)),
                    ('words', models.TextField(blank=True)),
                    ('alternative', models.CharField(blank=True, choices=[('answer', 'Only in answer to me'), ('work', 'Only work in hand'), ('now_and_then', 'Now and then'), ('plan', 'As in our plan'), ('rest', 'Rest')], help_text='the one choice we offer instead', max_length=12)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('terms', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='terms.terms')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'alternative'), ('alternative', ''), _connector='XOR'), name='terms_answer_offers_one')],
                },
            ), migrations.CreateModel(
                name='TermsAnswerPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('accepts', 'accepts'), ('alternative', 'offers one alternative'), ('declines', 'declines')], max_length=12)),
                    ('words', models.TextField(blank=True)),
                    ('alternative', models.CharField(blank=True, choices=[('answer', 'Only in answer to me'), ('work', 'Only work in hand'), ('now_and_then', 'Now and then'), ('plan', 'As in our plan'), ('rest', 'Rest')], help_text='the one choice we offer instead', max_length=12)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='terms.termsanswer')),
                    ('terms', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='terms.terms')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='TermsPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('version', models.IntegerField()),
                    ('roster', models.CharField(blank=True, choices=[('answer', 'Only in answer to me'), ('work', 'Only work in hand'), ('now_and_then', 'Now and then'), ('plan', 'As in our plan'), ('rest', 'Rest')], max_length=12)),
                    ('words', models.TextField(blank=True, help_text='free words beside the lines; people read them, the gate does not')),
                    ('from_at', models.DateTimeField()),
                    ('said_at', models.DateTimeField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us')], default='own', max_length=10)),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='terms.terms')),
                    ('said_by', models.ForeignKey(db_constraint=False, help_text='the party, or who speaks for it', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='terms',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_termspast" ("from_at", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "roster", "said_at", "said_by_id", "source_id", "told_at", "told_by_id", "version", "voice", "withdrawn_at", "words") SELECT old_values."from_at", old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."roster", old_values."said_at", old_values."said_by_id", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."version", old_values."voice", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6c104f40e0975809ebd01773a359db8347465382', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5387f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='terms_terms', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='terms',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_termspast" ("from_at", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "roster", "said_at", "said_by_id", "source_id", "told_at", "told_by_id", "version", "voice", "withdrawn_at", "words") SELECT old_values."from_at", old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."roster", old_values."said_at", old_values."said_by_id", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."version", old_values."voice", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='27cc894dc0182d49ec472f961ed03bdcae5c8a6a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dc59b', referencing='REFERENCING OLD TABLE AS old_values ', table='terms_terms', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='termline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_termlinepast" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "terms_id", "value") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."position", old_values."terms_id", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='90c033d16b539f45580055980d96816d21373e6f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_622f3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='terms_termline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='termline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_termlinepast" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "terms_id", "value") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."terms_id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6cbc8102b55c18077e264cac005da01d28fb5f6f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f4f69', referencing='REFERENCING OLD TABLE AS old_values ', table='terms_termline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='termsanswer',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_termsanswerpast" ("alternative", "at", "by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "words") SELECT old_values."alternative", old_values."at", old_values."by_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."terms_id", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8bf771bc5adfe1aee80e698f2581dadc57e13791', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_db40d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='terms_termsanswer', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='termsanswer',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "terms_termsanswerpast" ("alternative", "at", "by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "words") SELECT old_values."alternative", old_values."at", old_values."by_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."terms_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e8cd756b4b1bfe1535ca26b17bea692df4d57c0e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_71502', referencing='REFERENCING OLD TABLE AS old_values ', table='terms_termsanswer', when='AFTER')),
            )],
        ),
    ]
