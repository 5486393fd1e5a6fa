import ampersand.core.migrating
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0004_import_after_undo'),
        ('members', '__first__'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='import',
                name='kind',
                field=models.CharField(blank=True, choices=[('mail', 'mail'), ('calendar', 'calendar'), ('contacts', 'address book'), ('people', 'table of people'), ('organisations', 'table of organisations'), ('moments', 'table of moments'), ('transactions', 'table of transactions'), ('offers', 'table of offers'), ('notes', 'table of notes')], help_text='empty: not yet told apart', max_length=14),
            ), migrations.CreateModel(
                name='KnownTable',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fingerprint', models.CharField(help_text='of its headings, in whatever order', max_length=64)),
                    ('mapping', models.JSONField()),
                    ('told_at', models.DateTimeField()),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['fingerprint', '-told_at'], name='known_table_latest')],
                },
            )],
        ),
    ]
