import ampersand.core.migrating
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0001_initial'),
        ('core', '0001_initial'),
        ('members', '__first__'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='import',
                name='member',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='import',
                name='rejected_file',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.file'),
            ), migrations.AddField(
                model_name='import',
                name='source',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='brought_in_by', to='core.source'),
            ), migrations.AddField(
                model_name='importitem',
                name='run',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='channels.import'),
            ), migrations.AddIndex(
                model_name='import',
                index=models.Index(fields=['member', '-began_at'], name='import_of'),
            ), migrations.AddIndex(
                model_name='importitem',
                index=models.Index(fields=['run', 'fate', 'ordinal'], name='import_item_fate'),
            ), migrations.AddIndex(
                model_name='importitem',
                index=models.Index(fields=['key'], name='import_item_key'),
            ), migrations.AddConstraint(
                model_name='importitem',
                constraint=models.UniqueConstraint(fields=('run', 'ordinal'), name='import_item_once'),
            )],
        ),
    ]
