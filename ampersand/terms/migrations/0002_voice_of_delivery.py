import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('terms', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='terms',
                name='voice',
                field=models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10),
            ), migrations.AlterField(
                model_name='termspast',
                name='voice',
                field=models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10),
            )],
        ),
    ]
