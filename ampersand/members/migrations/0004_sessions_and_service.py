import ampersand.core.migrating
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_attempts'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Session',
                fields=[
                    ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                    ('session_data', models.TextField(verbose_name='session data')),
                    ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ('browser', models.CharField(blank=True, max_length=32)),
                    ('system', models.CharField(blank=True, max_length=32)),
                    ('began_on', models.DateField(blank=True, null=True)),
                    ('seen_on', models.DateField(blank=True, null=True)),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='SignInService',
                fields=[
                    ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(help_text='what stands on the button', max_length=40)),
                    ('issuer', models.URLField(max_length=500)),
                    ('client_id', models.CharField(max_length=255)),
                    ('sealed_secret', models.TextField(blank=True)),
                    ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), blank=True, default=list, size=None)),
                    ('has_newcomers', models.BooleanField(default=False, help_text='whoever has an address in these domains comes in uninvited')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='sign_in_service_is_one')],
                },
            ), migrations.CreateModel(
                name='SignInServicePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.SmallIntegerField(default=1, editable=False, serialize=False)),
                    ('name', models.CharField(help_text='what stands on the button', max_length=40)),
                    ('issuer', models.URLField(max_length=500)),
                    ('client_id', models.CharField(max_length=255)),
                    ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), blank=True, default=list, size=None)),
                    ('has_newcomers', models.BooleanField(default=False, help_text='whoever has an address in these domains comes in uninvited')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='members.signinservice')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='signinservice',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_signinservicepast" ("client_id", "domains", "has_newcomers", "id", "issuer", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."client_id", old_values."domains", old_values."has_newcomers", old_values."id", old_values."issuer", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."client_id" IS DISTINCT FROM (new_values."client_id") OR old_values."domains" IS DISTINCT FROM (new_values."domains") OR old_values."has_newcomers" IS DISTINCT FROM (new_values."has_newcomers") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issuer" IS DISTINCT FROM (new_values."issuer") OR old_values."name" IS DISTINCT FROM (new_values."name")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='65159137e3e4287e900714c711cf2090b65f9b17', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3fe60', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_signinservice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='signinservice',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_signinservicepast" ("client_id", "domains", "has_newcomers", "id", "issuer", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."client_id", old_values."domains", old_values."has_newcomers", old_values."id", old_values."issuer", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c7ccb0724661cb4cbf22ae9619bcc1a84aa6ffba', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_070af', referencing='REFERENCING OLD TABLE AS old_values ', table='members_signinservice', when='AFTER')),
            )],
        ),
    ]
