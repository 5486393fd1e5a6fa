from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0003_import_of_several_kinds'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='after_undo',
            field=models.JSONField(blank=True, help_text='the counts it had, and what stays and why, by ids and never by names', null=True),
        ),
    ]
