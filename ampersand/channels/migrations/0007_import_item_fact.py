import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0006_import_of_chats'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='importitem',
                name='run',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='channels.import'),
            ), migrations.AddIndex(
                model_name='importitem',
                index=models.Index(fields=['fact_id'], name='import_item_fact'),
            )],
        ),
    ]
