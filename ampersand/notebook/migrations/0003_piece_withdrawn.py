import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notebook', '0002_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddField(
                model_name='piece',
                name='instead_of',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='put_right_as', to='notebook.piece'),
            ), migrations.AddField(
                model_name='piece',
                name='withdrawn_at',
                field=models.DateTimeField(blank=True, null=True),
            ), migrations.AddIndex(
                model_name='piece',
                index=models.Index(condition=models.Q(('instead_of', None), _negated=True), fields=['instead_of'], name='piece_put_right'),
            )],
        ),
    ]
