import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='ImportItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ordinal', models.IntegerField()),
                    ('place', models.CharField(max_length=300)),
                    ('key', models.CharField(blank=True, max_length=500)),
                    ('fate', models.CharField(choices=[('new', 'new'), ('joined', 'joined what was known'), ('unchanged', 'known already'), ('left_out', 'left out'), ('rejected', 'rejected')], max_length=9)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('fact_id', models.UUIDField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='Import',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(blank=True, choices=[('mail', 'mail'), ('calendar', 'calendar'), ('contacts', 'address book'), ('people', 'table of people'), ('organisations', 'table of organisations'), ('moments', 'table of moments'), ('transactions', 'table of transactions')], help_text='empty: not yet told apart', max_length=14)),
                    ('path', models.CharField(blank=True, help_text='a folder on the server, where it is no file', max_length=1000)),
                    ('digest', models.CharField(db_index=True, help_text='of its content: the same file again is known', max_length=64)),
                    ('mapping', models.JSONField(blank=True, help_text='for tables: which column means what', null=True)),
                    ('began_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('item_count', models.IntegerField(blank=True, help_text='how many there are to do, once counted', null=True)),
                    ('step', models.CharField(blank=True, max_length=40)),
                    ('last_error', models.TextField(blank=True)),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.file')),
                ],
            )],
        ),
    ]
