import ampersand.core.migrating
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0004_standing'),
        ('parties', '0002_detail_of_any_length'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.RemoveField(
                model_name='standing',
                name='has_trade',
            ), migrations.RemoveField(
                model_name='standing',
                name='is_quiet',
            ), migrations.RemoveField(
                model_name='standing',
                name='kind',
            ), migrations.RemoveField(
                model_name='standing',
                name='our_move',
            ), migrations.AddField(
                model_name='standing',
                name='facets',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='what is so or not: kind:person, tie:works_at, place:leeds', size=None),
            ), migrations.AddIndex(
                model_name='standing',
                index=django.contrib.postgres.indexes.GinIndex(fields=['facets'], gin_pending_list_limit=512, name='standing_facets'),
            )],
        ),
    ]
