import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0007_import_item_fact'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='import',
                name='undo_asked_at',
                field=models.DateTimeField(blank=True, help_text='while a job is undoing it', null=True),
            ), migrations.CreateModel(
                name='ToldAgain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact_id', models.UUIDField()),
                    ('party_id', models.UUIDField(db_index=True, help_text='of whom it is told: it goes with their erasure')),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('said', models.JSONField(default=dict)),
                    ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='told_again', to='channels.import')),
                ],
                options={
                    'indexes': [models.Index(fields=['run'], name='told_again_by')],
                    'constraints': [models.UniqueConstraint(fields=('fact_id', 'run'), name='told_again_once')],
                },
            )],
        ),
    ]
