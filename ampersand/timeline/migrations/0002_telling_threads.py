import ampersand.core.migrating
import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_search'),
        ('members', '__first__'),
        ('timeline', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AddIndex(
                model_name='telling',
                index=django.contrib.postgres.indexes.GinIndex(django.db.models.fields.json.KeyTransform('references', 'said'), name='telling_references'),
            ), migrations.AddIndex(
                model_name='telling',
                index=models.Index(django.db.models.fields.json.KeyTransform('base', 'said'), name='telling_base'),
            )],
        ),
    ]
