import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange', '0001_initial'),
        ('parties', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='concession',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party'),
            ), migrations.AddField(
                model_name='concession',
                name='in_return_for',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_by', to='exchange.concession'),
            )],
        ),
    ]
