import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_source_chat'),
        ('members', '__first__'),
        ('parties', '0005_doubles'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='party',
                name='sort_key',
                field=models.CharField(blank=True, help_text='folded, made from the names', max_length=300),
            ), migrations.AlterField(
                model_name='tie',
                name='from_party',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='ties_out', to='parties.party'),
            ), migrations.AlterField(
                model_name='tie',
                name='to_party',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='ties_in', to='parties.party'),
            ), migrations.AddIndex(
                model_name='party',
                index=models.Index(fields=['sort_key'], name='party_in_order'),
            )],
        ),
    ]
