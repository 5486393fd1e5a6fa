import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='House',
                fields=[
                    ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=200)),
                    ('currency', models.CharField(default='EUR', max_length=3)),
                    ('time_zone', models.CharField(default='UTC', max_length=64)),
                    ('language', models.CharField(default='en', max_length=8)),
                    ('country', models.CharField(default='GB', help_text='for phone numbers and dates told without one', max_length=2)),
                    ('mail_bodies', models.CharField(choices=[('none', 'keep no words of a mail'), ('excerpt', 'keep the first new words'), ('full', 'keep the whole text')], default='excerpt', max_length=8)),
                    ('founded_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='house_is_one')],
                },
            ), migrations.CreateModel(
                name='HouseDomain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('domain', models.CharField(max_length=253, unique=True)),
                    ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='members.house')),
                ],
            ), migrations.CreateModel(
                name='HouseName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, unique=True)),
                    ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_names', to='members.house')),
                ],
            ), migrations.CreateModel(
                name='HousePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.SmallIntegerField(default=1, editable=False, serialize=False)),
                    ('name', models.CharField(max_length=200)),
                    ('currency', models.CharField(default='EUR', max_length=3)),
                    ('time_zone', models.CharField(default='UTC', max_length=64)),
                    ('language', models.CharField(default='en', max_length=8)),
                    ('country', models.CharField(default='GB', help_text='for phone numbers and dates told without one', max_length=2)),
                    ('mail_bodies', models.CharField(choices=[('none', 'keep no words of a mail'), ('excerpt', 'keep the first new words'), ('full', 'keep the whole text')], default='excerpt', max_length=8)),
                    ('founded_at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='members.house')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=200, unique=True)),
                ],
            ), migrations.CreateModel(
                name='Member',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('role', models.CharField(choices=[('member', 'member'), ('steward', 'steward')], default='member', max_length=8)),
                    ('time_zone', models.CharField(blank=True, help_text="empty: the house's own", max_length=64)),
                    ('language', models.CharField(blank=True, help_text="empty: the house's own", max_length=8)),
                    ('theme', models.CharField(blank=True, choices=[('light', 'light'), ('dark', 'dark')], max_length=5)),
                    ('has_single_keys', models.BooleanField(default=True, help_text='single letters act as keys (WCAG 2.1.4)')),
                    ('joined_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='member_email_once')],
                },
            ), migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254)),
                    ('role', models.CharField(choices=[('member', 'member'), ('steward', 'steward')], default='member', max_length=8)),
                    ('invited_at', models.DateTimeField()),
                    ('lapses_at', models.DateTimeField()),
                    ('secret_digest', models.CharField(max_length=64, unique=True)),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='MemberPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('email', models.EmailField(max_length=254)),
                    ('name', models.CharField(max_length=200)),
                    ('role', models.CharField(choices=[('member', 'member'), ('steward', 'steward')], default='member', max_length=8)),
                    ('time_zone', models.CharField(blank=True, help_text="empty: the house's own", max_length=64)),
                    ('language', models.CharField(blank=True, help_text="empty: the house's own", max_length=8)),
                    ('theme', models.CharField(blank=True, choices=[('light', 'light'), ('dark', 'dark')], max_length=5)),
                    ('has_single_keys', models.BooleanField(default=True, help_text='single letters act as keys (WCAG 2.1.4)')),
                    ('joined_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='TeamMembership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('team', 'member'), name='team_member_once')],
                },
            ), migrations.CreateModel(
                name='TeamMembershipPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('since', models.DateTimeField()),
                    ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='members.teammembership')),
                    ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.team')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberpast" ("email", "has_single_keys", "id", "joined_at", "language", "last_login", "left_at", "name", "password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "theme", "time_zone") SELECT old_values."email", old_values."has_single_keys", old_values."id", old_values."joined_at", old_values."language", old_values."last_login", old_values."left_at", old_values."name", old_values."password", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."role", old_values."theme", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='066de25d193fa5408c102fbb55df628c4010c48a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1bc1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberpast" ("email", "has_single_keys", "id", "joined_at", "language", "last_login", "left_at", "name", "password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "theme", "time_zone") SELECT old_values."email", old_values."has_single_keys", old_values."id", old_values."joined_at", old_values."language", old_values."last_login", old_values."left_at", old_values."name", old_values."password", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."theme", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5057d8f72b21cefe0869c37180330188b0b3971e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_925fb', referencing='REFERENCING OLD TABLE AS old_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='house',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_housepast" ("country", "currency", "founded_at", "id", "language", "mail_bodies", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") SELECT old_values."country", old_values."currency", old_values."founded_at", old_values."id", old_values."language", old_values."mail_bodies", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d349e71c36734f0562093e0d58a195deef29bcda', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4c338', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_house', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='house',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_housepast" ("country", "currency", "founded_at", "id", "language", "mail_bodies", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") SELECT old_values."country", old_values."currency", old_values."founded_at", old_values."id", old_values."language", old_values."mail_bodies", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='89e143ba7618afaf0bda6b9c33ada72bcb778d63', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bdcf6', referencing='REFERENCING OLD TABLE AS old_values ', table='members_house', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='teammembership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_teammembershippast" ("id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "team_id") SELECT old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."since", old_values."team_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8f3d7524901c281194eda97894ba2383e39777ad', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c2ac1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_teammembership', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='teammembership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_teammembershippast" ("id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "team_id") SELECT old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since", old_values."team_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b6876fbc2188ea0e7e08e26efd84adceb19df145', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2276b', referencing='REFERENCING OLD TABLE AS old_values ', table='members_teammembership', when='AFTER')),
            )],
        ),
        migrations.AddField(
            model_name='team',
            name='members',
            field=models.ManyToManyField(related_name='teams', through='members.TeamMembership', to=settings.AUTH_USER_MODEL),
        ),
    ]
