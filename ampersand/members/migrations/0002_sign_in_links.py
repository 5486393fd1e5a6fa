import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='SignInLink',
                fields=[
                    ('secret_digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('made_at', models.DateTimeField()),
                    ('lapses_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='member',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='member',
                name='delete_delete',
            ), migrations.RemoveField(
                model_name='memberpast',
                name='last_login',
            ), migrations.RemoveField(
                model_name='memberpast',
                name='password',
            ), migrations.AddField(
                model_name='member',
                name='signed_out_at',
                field=models.DateTimeField(blank=True, help_text='sessions begun before it have ended', null=True),
            ), migrations.AddField(
                model_name='memberpast',
                name='signed_out_at',
                field=models.DateTimeField(blank=True, help_text='sessions begun before it have ended', null=True),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberpast" ("email", "has_single_keys", "id", "joined_at", "language", "left_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "signed_out_at", "theme", "time_zone") SELECT old_values."email", old_values."has_single_keys", old_values."id", old_values."joined_at", old_values."language", old_values."left_at", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."role", old_values."signed_out_at", old_values."theme", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."has_single_keys" IS DISTINCT FROM (new_values."has_single_keys") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."joined_at" IS DISTINCT FROM (new_values."joined_at") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."left_at" IS DISTINCT FROM (new_values."left_at") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."role" IS DISTINCT FROM (new_values."role") OR old_values."signed_out_at" IS DISTINCT FROM (new_values."signed_out_at") OR old_values."theme" IS DISTINCT FROM (new_values."theme") OR old_values."time_zone" IS DISTINCT FROM (new_values."time_zone")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e3084172fd4555eac90a93b9421c8ce85464b189', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1bc1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberpast" ("email", "has_single_keys", "id", "joined_at", "language", "left_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "signed_out_at", "theme", "time_zone") SELECT old_values."email", old_values."has_single_keys", old_values."id", old_values."joined_at", old_values."language", old_values."left_at", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."signed_out_at", old_values."theme", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='70ccea1815fb6ebfc27f1e2b3188c1c3d1879124', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_925fb', referencing='REFERENCING OLD TABLE AS old_values ', table='members_member', when='AFTER')),
            )],
        ),
    ]
