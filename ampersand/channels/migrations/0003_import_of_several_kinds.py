import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0002_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.RemoveConstraint(
                model_name='importitem',
                name='import_item_once',
            ), migrations.RemoveIndex(
                model_name='importitem',
                name='import_item_fate',
            ), migrations.RemoveField(
                model_name='import',
                name='path',
            ), migrations.AddField(
                model_name='import',
                name='paths',
                field=models.JSONField(default=list, help_text='files and folders on the server, where it is not one file kept here'),
            ), migrations.AddField(
                model_name='importitem',
                name='part',
                field=models.SmallIntegerField(default=0, help_text='which of the kinds of file brought in together'),
            ), migrations.AddIndex(
                model_name='importitem',
                index=models.Index(fields=['run', 'fate', 'part', 'ordinal'], name='import_item_fate'),
            ), migrations.AddConstraint(
                model_name='importitem',
                constraint=models.UniqueConstraint(fields=('run', 'part', 'ordinal'), name='import_item_once'),
            )],
        ),
    ]
