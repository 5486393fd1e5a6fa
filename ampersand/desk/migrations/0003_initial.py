import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desk', '0002_initial'),
        ('parties', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='setaside',
                name='relationship',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.relationship'),
            ), migrations.AddIndex(
                model_name='setaside',
                index=models.Index(fields=['member', 'relationship', '-at'], name='set_aside_of'),
            )],
        ),
    ]
