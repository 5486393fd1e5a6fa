import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0006_fewer_indexes'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='tie',
                name='kind',
                field=models.CharField(choices=[('works_at', 'works at'), ('member_of', 'is a member of'), ('reports_to', 'reports to'), ('part_of', 'is part of'), ('introduced', 'introduced'), ('advises', 'advises'), ('decides_for', 'decides for'), ('supplies', 'supplies'), ('partner_of', 'is a partner of'), ('family_of', 'is family of'), ('former_colleague_of', 'used to work with'), ('competes_with', 'competes with'), ('influences', 'influences')], max_length=20),
            ), migrations.AlterField(
                model_name='tiepast',
                name='kind',
                field=models.CharField(choices=[('works_at', 'works at'), ('member_of', 'is a member of'), ('reports_to', 'reports to'), ('part_of', 'is part of'), ('introduced', 'introduced'), ('advises', 'advises'), ('decides_for', 'decides for'), ('supplies', 'supplies'), ('partner_of', 'is a partner of'), ('family_of', 'is family of'), ('former_colleague_of', 'used to work with'), ('competes_with', 'competes with'), ('influences', 'influences')], max_length=20),
            )],
        ),
    ]
