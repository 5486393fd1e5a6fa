import ampersand.core.ids
import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Concession',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('is_ours', models.BooleanField(help_text='given by our side')),
                    ('words', models.TextField()),
                    ('happened_on', models.DateField()),
                    ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('cost_words', models.TextField(blank=True, help_text='by the giver')),
                    ('worth_words', models.TextField(blank=True, help_text='by the receiver')),
                    ('is_gift', models.BooleanField(default=False)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='ours', max_length=8)),
                ],
            ), migrations.CreateModel(
                name='ConcessionPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('is_ours', models.BooleanField(help_text='given by our side')),
                    ('words', models.TextField()),
                    ('happened_on', models.DateField()),
                    ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('cost_words', models.TextField(blank=True, help_text='by the giver')),
                    ('worth_words', models.TextField(blank=True, help_text='by the receiver')),
                    ('is_gift', models.BooleanField(default=False)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='ours', max_length=8)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Transaction',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('order', 'order'), ('delivery', 'delivery'), ('invoice', 'invoice'), ('payment', 'payment'), ('renewal', 'renewal'), ('return', 'return'), ('cancellation', 'cancellation')], max_length=12)),
                    ('happened_on', models.DateField()),
                    ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('number', models.CharField(blank=True, max_length=120)),
                    ('words', models.TextField(blank=True)),
                ],
            ), migrations.CreateModel(
                name='TransactionPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('order', 'order'), ('delivery', 'delivery'), ('invoice', 'invoice'), ('payment', 'payment'), ('renewal', 'renewal'), ('return', 'return'), ('cancellation', 'cancellation')], max_length=12)),
                    ('happened_on', models.DateField()),
                    ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('number', models.CharField(blank=True, max_length=120)),
                    ('words', models.TextField(blank=True)),
                ],
                options={
                    'abstract': False,
                },
            )],
        ),
    ]
