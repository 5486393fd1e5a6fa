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
        ('members', '__first__'),
        ('parties', '0007_part_of'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('begun_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='parties.relationship')),
                ],
                options={
                    'indexes': [models.Index(fields=['relationship', '-begun_at'], name='agreement_of')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('relationship',), name='agreement_one_a_relationship')],
                },
            ), migrations.CreateModel(
                name='AgreementPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('begun_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.agreement')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='AgreementVersion',
                fields=[
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('number', models.IntegerField()),
                    ('together', models.TextField(help_text='what we do together')),
                    ('in_touch', models.TextField(blank=True, help_text='how we shall be in touch')),
                    ('bundles', models.JSONField(default=list, help_text='the promises and terms it bundles, in their words')),
                    ('parting', models.TextField(blank=True, help_text='how we part')),
                    ('look_again_on', models.DateField()),
                    ('answer_by', models.DateField(blank=True, help_text='after it, the proposal has lapsed', null=True)),
                    ('text', models.TextField(help_text='the canonical text')),
                    ('digest', models.CharField(max_length=64)),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='between.agreement')),
                    ('party', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='agreement_version_once')],
                },
            ), migrations.CreateModel(
                name='AgreementKey',
                fields=[
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('agrees', models.BooleanField()),
                    ('words', models.TextField(blank=True)),
                    ('party', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='between.agreementversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'is_ours'), name='agreement_key_once_a_side')],
                },
            ), migrations.CreateModel(
                name='AgreementKeyPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('agrees', models.BooleanField()),
                    ('words', models.TextField(blank=True)),
                    ('party', models.ForeignKey(db_constraint=False, help_text='whose word it is', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.agreementkey')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='between.agreementversion')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='AgreementVersionPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('number', models.IntegerField()),
                    ('together', models.TextField(help_text='what we do together')),
                    ('in_touch', models.TextField(blank=True, help_text='how we shall be in touch')),
                    ('bundles', models.JSONField(default=list, help_text='the promises and terms it bundles, in their words')),
                    ('parting', models.TextField(blank=True, help_text='how we part')),
                    ('look_again_on', models.DateField()),
                    ('answer_by', models.DateField(blank=True, help_text='after it, the proposal has lapsed', null=True)),
                    ('text', models.TextField(help_text='the canonical text')),
                    ('digest', models.CharField(max_length=64)),
                    ('agreement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='between.agreement')),
                    ('party', models.ForeignKey(db_constraint=False, help_text='whose word it is', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.agreementversion')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Pulse',
                fields=[
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('questions', models.JSONField(help_text='one to three, in words')),
                    ('closes_on', models.DateField()),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, help_text='by either side, without consequence', null=True)),
                    ('party', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulses', to='parties.relationship')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['relationship', '-at'], name='pulse_of')],
                },
            ), migrations.CreateModel(
                name='PulseAnswer',
                fields=[
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('sealed', models.TextField(blank=True)),
                    ('said', models.JSONField(blank=True, null=True)),
                    ('burned_at', models.DateTimeField(blank=True, help_text='taken back by its writer, unread', null=True)),
                    ('party', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='between.pulse')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('pulse', 'is_ours'), name='pulse_answered_once_a_side')],
                },
            ), migrations.CreateModel(
                name='PulseAnswerPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('sealed', models.TextField(blank=True)),
                    ('said', models.JSONField(blank=True, null=True)),
                    ('burned_at', models.DateTimeField(blank=True, help_text='taken back by its writer, unread', null=True)),
                    ('party', models.ForeignKey(db_constraint=False, help_text='whose word it is', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.pulseanswer')),
                    ('pulse', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='between.pulse')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PulsePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('questions', models.JSONField(help_text='one to three, in words')),
                    ('closes_on', models.DateField()),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, help_text='by either side, without consequence', null=True)),
                    ('party', models.ForeignKey(db_constraint=False, help_text='whose word it is', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.pulse')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PulseReply',
                fields=[
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('words', models.TextField()),
                    ('party', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='between.pulse')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PulseReplyPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('is_ours', models.BooleanField()),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('words', models.TextField()),
                    ('party', models.ForeignKey(db_constraint=False, help_text='whose word it is', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='between.pulsereply')),
                    ('pulse', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='between.pulse')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_agreementpast" ("begun_at", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id") SELECT old_values."begun_at", old_values."ended_at", old_values."ended_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."relationship_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='75a97cd8f56e49cc553a84a8b7d3ee7c1c682d1e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ccda5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_agreement', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_agreementpast" ("begun_at", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id") SELECT old_values."begun_at", old_values."ended_at", old_values."ended_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relationship_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5686898267238dc946239b2b269cd6a53477fdb8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f66cd', referencing='REFERENCING OLD TABLE AS old_values ', table='between_agreement', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreementversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_agreementversionpast" ("agreement_id", "answer_by", "at", "bundles", "digest", "id", "in_touch", "is_ours", "look_again_on", "number", "parting", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "together", "told_by_id", "voice") SELECT old_values."agreement_id", old_values."answer_by", old_values."at", old_values."bundles", old_values."digest", old_values."id", old_values."in_touch", old_values."is_ours", old_values."look_again_on", old_values."number", old_values."parting", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."text", old_values."together", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c3cebd259551ab729efaed818ec8c3ebc06d0d87', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9ce6a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_agreementversion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreementversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_agreementversionpast" ("agreement_id", "answer_by", "at", "bundles", "digest", "id", "in_touch", "is_ours", "look_again_on", "number", "parting", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "together", "told_by_id", "voice") SELECT old_values."agreement_id", old_values."answer_by", old_values."at", old_values."bundles", old_values."digest", old_values."id", old_values."in_touch", old_values."is_ours", old_values."look_again_on", old_values."number", old_values."parting", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text", old_values."together", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='445f9bd0f3de1b630c7ad046894555eb3e9e7939', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_10262', referencing='REFERENCING OLD TABLE AS old_values ', table='between_agreementversion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreementkey',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_agreementkeypast" ("agrees", "at", "id", "is_ours", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by_id", "version_id", "voice", "words") SELECT old_values."agrees", old_values."at", old_values."id", old_values."is_ours", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."told_by_id", old_values."version_id", old_values."voice", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a62ed60a7230c3b4dae797edf093ce1f4a087d9e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0e7fe', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_agreementkey', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreementkey',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_agreementkeypast" ("agrees", "at", "id", "is_ours", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by_id", "version_id", "voice", "words") SELECT old_values."agrees", old_values."at", old_values."id", old_values."is_ours", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."told_by_id", old_values."version_id", old_values."voice", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b726beec3525f142494058770798adffbf147661', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ed9dc', referencing='REFERENCING OLD TABLE AS old_values ', table='between_agreementkey', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pulse',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_pulsepast" ("at", "closes_on", "declined_at", "id", "is_ours", "opened_at", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions", "relationship_id", "told_by_id", "voice") SELECT old_values."at", old_values."closes_on", old_values."declined_at", old_values."id", old_values."is_ours", old_values."opened_at", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."questions", old_values."relationship_id", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='de278c9a4f1b588708a59b24f117463c4935b8b7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_03a9e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_pulse', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pulse',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_pulsepast" ("at", "closes_on", "declined_at", "id", "is_ours", "opened_at", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions", "relationship_id", "told_by_id", "voice") SELECT old_values."at", old_values."closes_on", old_values."declined_at", old_values."id", old_values."is_ours", old_values."opened_at", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."questions", old_values."relationship_id", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9805c01487b7a4295f1d33020115b3be85feb70e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_46111', referencing='REFERENCING OLD TABLE AS old_values ', table='between_pulse', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pulseanswer',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_pulseanswerpast" ("at", "burned_at", "id", "is_ours", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pulse_id", "said", "sealed", "told_by_id", "voice") SELECT old_values."at", old_values."burned_at", old_values."id", old_values."is_ours", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."pulse_id", old_values."said", old_values."sealed", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8320917275f4b07e383b4a15316ecff62b900729', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_34c8a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_pulseanswer', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pulseanswer',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_pulseanswerpast" ("at", "burned_at", "id", "is_ours", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pulse_id", "said", "sealed", "told_by_id", "voice") SELECT old_values."at", old_values."burned_at", old_values."id", old_values."is_ours", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pulse_id", old_values."said", old_values."sealed", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='de2f910e7fbb59d6dc55d416bca00b0496677824', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a6c17', referencing='REFERENCING OLD TABLE AS old_values ', table='between_pulseanswer', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pulsereply',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_pulsereplypast" ("at", "id", "is_ours", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pulse_id", "told_by_id", "voice", "words") SELECT old_values."at", old_values."id", old_values."is_ours", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."pulse_id", old_values."told_by_id", old_values."voice", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c88164763cb559f87d391e388d8351cbff2e3faa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_29c78', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='between_pulsereply', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pulsereply',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "between_pulsereplypast" ("at", "id", "is_ours", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pulse_id", "told_by_id", "voice", "words") SELECT old_values."at", old_values."id", old_values."is_ours", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pulse_id", old_values."told_by_id", old_values."voice", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5873b8f4fa44367fa24744995151b4afeeeeec8c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3939b', referencing='REFERENCING OLD TABLE AS old_values ', table='between_pulsereply', when='AFTER')),
            )],
        ),
    ]
