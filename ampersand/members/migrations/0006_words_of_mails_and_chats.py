import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_carry_sessions_over'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='house',
                name='mail_bodies',
                field=models.CharField(choices=[('none', 'keep none of its words'), ('excerpt', 'keep the first new words'), ('full', 'keep the whole text')], default='excerpt', max_length=8),
            ), migrations.AlterField(
                model_name='housepast',
                name='mail_bodies',
                field=models.CharField(choices=[('none', 'keep none of its words'), ('excerpt', 'keep the first new words'), ('full', 'keep the whole text')], default='excerpt', max_length=8),
            )],
        ),
    ]
