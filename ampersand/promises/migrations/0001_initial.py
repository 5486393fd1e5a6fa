import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='PromiseEvent',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('said_done', 'said done'), ('kept', 'called kept'), ('partly', 'called partly kept'), ('not_kept', 'called not kept'), ('moved', 'moved'), ('asked_release', 'asked to be released'), ('released', 'released'), ('withdrawn', 'withdrawn'), ('taken_back', 'taken back')], max_length=14)),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('told_at', models.DateTimeField()),
                    ('words', models.TextField(blank=True)),
                    ('due_on', models.DateField(blank=True, help_text='the new day, where it was moved', null=True)),
                ],
            ), migrations.CreateModel(
                name='PromisePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('is_ours', models.BooleanField(help_text='promised by our side')),
                    ('words', models.TextField()),
                    ('condition', models.TextField(blank=True)),
                    ('made_on', models.DateField()),
                    ('first_due_on', models.DateField(blank=True, null=True)),
                    ('due_on', models.DateField(blank=True, help_text='as last moved', null=True)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='ours', max_length=8)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Promise',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('is_ours', models.BooleanField(help_text='promised by our side')),
                    ('words', models.TextField()),
                    ('condition', models.TextField(blank=True)),
                    ('made_on', models.DateField()),
                    ('first_due_on', models.DateField(blank=True, null=True)),
                    ('due_on', models.DateField(blank=True, help_text='as last moved', null=True)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='ours', max_length=8)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises_made', to='parties.party')),
                ],
            )],
        ),
    ]
