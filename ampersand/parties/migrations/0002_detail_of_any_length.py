import ampersand.core.migrating
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.RemoveConstraint(
                model_name='detail',
                name='detail_told_once',
            ), migrations.AddConstraint(
                model_name='detail',
                constraint=models.UniqueConstraint(models.F('party'), models.F('label'), django.db.models.functions.text.MD5('value'), condition=models.Q(('withdrawn_at', None)), name='detail_told_once'),
            )],
        ),
    ]
