import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0006_fewer_indexes'),
        ('timeline', '0003_settled_by_others'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='participant',
                name='moment',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='timeline.moment'),
            ), migrations.AlterField(
                model_name='participant',
                name='party',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='parties.party'),
            )],
        ),
    ]
