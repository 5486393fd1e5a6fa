import ampersand.core.ids
import ampersand.core.migrating
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_search_asked'),
        ('exchange', '0004_number_looked_up'),
        ('members', '__first__'),
        ('parties', '0007_part_of'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='GiveAndTakeOff',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('is_ours', models.BooleanField(help_text='wished by our side')),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='give_and_take_off', to='parties.relationship')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('relationship', 'is_ours'), name='give_and_take_off_once')],
                },
            ), migrations.CreateModel(
                name='Negotiation',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('about', models.TextField()),
                    ('kind', models.CharField(blank=True, help_text='the kind of offer, in words: by which it is counted', max_length=80)),
                    ('decider', models.ForeignKey(help_text='who decides, on the other side', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('member', models.ForeignKey(blank=True, help_text='who of us negotiates', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='negotiations', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['relationship', '-told_at'], name='negotiation_of')],
                },
            ), migrations.CreateModel(
                name='DecidingDay',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('on', models.DateField(blank=True, null=True)),
                    ('words', models.TextField(blank=True, help_text="in the decider's words")),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('negotiation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deciding_days', to='exchange.negotiation')),
                ],
                options={
                    'indexes': [models.Index(fields=['negotiation', 'at'], name='deciding_day')],
                },
            ), migrations.CreateModel(
                name='GiveAndTakeOffPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('is_ours', models.BooleanField(help_text='wished by our side')),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.giveandtakeoff')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='NegotiationPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('about', models.TextField()),
                    ('kind', models.CharField(blank=True, help_text='the kind of offer, in words: by which it is counted', max_length=80)),
                    ('decider', models.ForeignKey(db_constraint=False, help_text='who decides, on the other side', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('member', models.ForeignKey(blank=True, db_constraint=False, help_text='who of us negotiates', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.negotiation')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Offer',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('version', models.IntegerField()),
                    ('is_ours', models.BooleanField(help_text='put by our side')),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('words', models.TextField(blank=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('valid_until', models.DateField(blank=True, help_text="the decider's own day, as known when it was put", null=True)),
                    ('net_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                    ('tax_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                    ('followed_at', models.DateTimeField(blank=True, help_text='when the promises that follow from it were written down', null=True)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='between', max_length=8)),
                    ('by', models.ForeignKey(help_text='who puts it', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('negotiation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='exchange.negotiation')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('negotiation', 'version'), name='offer_version_once'), models.CheckConstraint(condition=models.Q(('net_amount', None), models.Q(('currency', ''), _negated=True), _connector='OR'), name='offer_amount_has_currency')],
                },
            ), migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('position', models.IntegerField()),
                    ('kind', models.CharField(choices=[('price', 'price'), ('term', 'term'), ('volume', 'volume'), ('service', 'service'), ('own', 'in own words')], default='own', max_length=8)),
                    ('words', models.CharField(blank=True, max_length=200)),
                    ('negotiation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='exchange.negotiation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('negotiation', 'position'), name='question_place')],
                },
            ), migrations.CreateModel(
                name='DecidingDayPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('on', models.DateField(blank=True, null=True)),
                    ('words', models.TextField(blank=True, help_text="in the decider's words")),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.decidingday')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('negotiation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.negotiation')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ExpectedTransaction',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('expected_on', models.DateField(blank=True, null=True)),
                    ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('words', models.TextField(blank=True)),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected', to='exchange.offer')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='OfferEvent',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('put', 'put'), ('accepted', 'accepted'), ('declined', 'declined'), ('countered', 'countered'), ('withdrawn', 'withdrawn')], max_length=9)),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('told_at', models.DateTimeField()),
                    ('words', models.TextField(blank=True)),
                    ('by', models.ForeignKey(help_text='whose word it is', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='exchange.offer')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('offer', 'kind'), name='offer_event_once'), models.UniqueConstraint(condition=models.Q(('kind', 'put'), _negated=True), fields=('offer',), name='offer_ended_once')],
                },
            ), migrations.CreateModel(
                name='OfferFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.file')),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='exchange.offer')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('offer', 'file', 'name'), name='offer_file_once')],
                },
            ), migrations.CreateModel(
                name='OfferLine',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('position', models.IntegerField()),
                    ('words', models.TextField()),
                    ('quantity', models.DecimalField(decimal_places=4, max_digits=15)),
                    ('unit', models.CharField(blank=True, max_length=40)),
                    ('unit_price', models.DecimalField(decimal_places=4, max_digits=15)),
                    ('discount_share', models.DecimalField(decimal_places=4, default=0, help_text='percent, 0 to 100', max_digits=7)),
                    ('tax_rate', models.DecimalField(decimal_places=4, default=0, help_text='percent', max_digits=7)),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='exchange.offer')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('offer', 'position'), name='offer_line_place'), models.CheckConstraint(condition=models.Q(('discount_share__gte', 0), ('discount_share__lte', 100)), name='offer_line_discount'), models.CheckConstraint(condition=models.Q(('tax_rate__gte', 0), ('tax_rate__lte', 100)), name='offer_line_tax'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='offer_line_quantity')],
                },
            ), migrations.CreateModel(
                name='OfferPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('version', models.IntegerField()),
                    ('is_ours', models.BooleanField(help_text='put by our side')),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('words', models.TextField(blank=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('valid_until', models.DateField(blank=True, help_text="the decider's own day, as known when it was put", null=True)),
                    ('net_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                    ('tax_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                    ('followed_at', models.DateTimeField(blank=True, help_text='when the promises that follow from it were written down', null=True)),
                    ('room', models.CharField(choices=[('mine', 'mine'), ('ours', 'ours'), ('between', 'between')], default='between', max_length=8)),
                    ('by', models.ForeignKey(db_constraint=False, help_text='who puts it', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('negotiation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.negotiation')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.offer')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='OfferValue',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('words', models.CharField(max_length=300)),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='exchange.offer')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='exchange.question')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('offer', 'question'), name='offer_value_once')],
                },
            ), migrations.CreateModel(
                name='QuestionPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('position', models.IntegerField()),
                    ('kind', models.CharField(choices=[('price', 'price'), ('term', 'term'), ('volume', 'volume'), ('service', 'service'), ('own', 'in own words')], default='own', max_length=8)),
                    ('words', models.CharField(blank=True, max_length=200)),
                    ('negotiation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.negotiation')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.question')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Weight',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('is_ours', models.BooleanField()),
                    ('is_stated', models.BooleanField(default=False)),
                    ('value', models.IntegerField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)])),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='exchange.question')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('question', 'is_ours', 'is_stated'), name='weight_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 100)), name='weight_of_hundred')],
                },
            ), migrations.CreateModel(
                name='ExpectedTransactionPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('expected_on', models.DateField(blank=True, null=True)),
                    ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True)),
                    ('currency', models.CharField(blank=True, max_length=3)),
                    ('words', models.TextField(blank=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.expectedtransaction')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.offer')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='OfferLinePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('position', models.IntegerField()),
                    ('words', models.TextField()),
                    ('quantity', models.DecimalField(decimal_places=4, max_digits=15)),
                    ('unit', models.CharField(blank=True, max_length=40)),
                    ('unit_price', models.DecimalField(decimal_places=4, max_digits=15)),
                    ('discount_share', models.DecimalField(decimal_places=4, default=0, help_text='percent, 0 to 100', max_digits=7)),
                    ('tax_rate', models.DecimalField(decimal_places=4, default=0, help_text='percent', max_digits=7)),
                    ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.offer')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.offerline')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='OfferValuePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('words', models.CharField(max_length=300)),
                    ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.offer')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.offervalue')),
                    ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.question')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='WeightPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('is_ours', models.BooleanField()),
                    ('is_stated', models.BooleanField(default=False)),
                    ('value', models.IntegerField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)])),
                    ('voice', models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='exchange.weight')),
                    ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.question')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='concession',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='concession',
                name='delete_delete',
            ), migrations.AddField(
                model_name='concession',
                name='cost_at',
                field=models.DateTimeField(blank=True, null=True),
            ), migrations.AddField(
                model_name='concession',
                name='cost_told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='concession',
                name='cost_voice',
                field=models.CharField(blank=True, choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10),
            ), migrations.AddField(
                model_name='concession',
                name='drawn_back_at',
                field=models.DateTimeField(blank=True, help_text='when a tentative one was drawn back', null=True),
            ), migrations.AddField(
                model_name='concession',
                name='firm_at',
                field=models.DateTimeField(blank=True, help_text='when a tentative one was made firm', null=True),
            ), migrations.AddField(
                model_name='concession',
                name='is_tentative',
                field=models.BooleanField(default=False, help_text='as first said: it could still be drawn back'),
            ), migrations.AddField(
                model_name='concession',
                name='voice',
                field=models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', help_text="the giver's own word, or told", max_length=10),
            ), migrations.AddField(
                model_name='concession',
                name='worth_at',
                field=models.DateTimeField(blank=True, null=True),
            ), migrations.AddField(
                model_name='concession',
                name='worth_told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='concession',
                name='worth_voice',
                field=models.CharField(blank=True, choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10),
            ), migrations.AddField(
                model_name='concessionpast',
                name='cost_at',
                field=models.DateTimeField(blank=True, null=True),
            ), migrations.AddField(
                model_name='concessionpast',
                name='cost_told_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='concessionpast',
                name='cost_voice',
                field=models.CharField(blank=True, choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10),
            ), migrations.AddField(
                model_name='concessionpast',
                name='drawn_back_at',
                field=models.DateTimeField(blank=True, help_text='when a tentative one was drawn back', null=True),
            ), migrations.AddField(
                model_name='concessionpast',
                name='firm_at',
                field=models.DateTimeField(blank=True, help_text='when a tentative one was made firm', null=True),
            ), migrations.AddField(
                model_name='concessionpast',
                name='is_tentative',
                field=models.BooleanField(default=False, help_text='as first said: it could still be drawn back'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='voice',
                field=models.CharField(choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], default='own', help_text="the giver's own word, or told", max_length=10),
            ), migrations.AddField(
                model_name='concessionpast',
                name='worth_at',
                field=models.DateTimeField(blank=True, null=True),
            ), migrations.AddField(
                model_name='concessionpast',
                name='worth_told_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='concessionpast',
                name='worth_voice',
                field=models.CharField(blank=True, choices=[('own', 'their own word'), ('told_by_us', 'their word, told by us'), ('delivery', 'shown by a delivery')], max_length=10),
            ), pgtrigger.migrations.AddTrigger(
                model_name='concession',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_concessionpast" ("amount", "by_id", "cost_at", "cost_told_by_id", "cost_voice", "cost_words", "currency", "drawn_back_at", "firm_at", "happened_on", "id", "in_return_for_id", "is_gift", "is_ours", "is_tentative", "moment_id", "negotiation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "source_id", "to_id", "told_at", "told_by_id", "voice", "withdrawn_at", "words", "worth_at", "worth_told_by_id", "worth_voice", "worth_words") SELECT old_values."amount", old_values."by_id", old_values."cost_at", old_values."cost_told_by_id", old_values."cost_voice", old_values."cost_words", old_values."currency", old_values."drawn_back_at", old_values."firm_at", old_values."happened_on", old_values."id", old_values."in_return_for_id", old_values."is_gift", old_values."is_ours", old_values."is_tentative", old_values."moment_id", old_values."negotiation_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."voice", old_values."withdrawn_at", old_values."words", old_values."worth_at", old_values."worth_told_by_id", old_values."worth_voice", old_values."worth_words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='42bbd5e00c17f3bd0c38683726fd991740d3bfef', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c9d8f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_concession', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='concession',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_concessionpast" ("amount", "by_id", "cost_at", "cost_told_by_id", "cost_voice", "cost_words", "currency", "drawn_back_at", "firm_at", "happened_on", "id", "in_return_for_id", "is_gift", "is_ours", "is_tentative", "moment_id", "negotiation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "room", "source_id", "to_id", "told_at", "told_by_id", "voice", "withdrawn_at", "words", "worth_at", "worth_told_by_id", "worth_voice", "worth_words") SELECT old_values."amount", old_values."by_id", old_values."cost_at", old_values."cost_told_by_id", old_values."cost_voice", old_values."cost_words", old_values."currency", old_values."drawn_back_at", old_values."firm_at", old_values."happened_on", old_values."id", old_values."in_return_for_id", old_values."is_gift", old_values."is_ours", old_values."is_tentative", old_values."moment_id", old_values."negotiation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."relationship_id", old_values."room", old_values."source_id", old_values."to_id", old_values."told_at", old_values."told_by_id", old_values."voice", old_values."withdrawn_at", old_values."words", old_values."worth_at", old_values."worth_told_by_id", old_values."worth_voice", old_values."worth_words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='14a5475a29072a264b68026a6db7e3fa27ff30af', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c866c', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_concession', when='AFTER')),
            ), migrations.AddField(
                model_name='concession',
                name='negotiation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='concessions', to='exchange.negotiation'),
            ), migrations.AddField(
                model_name='concessionpast',
                name='negotiation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.negotiation'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='giveandtakeoff',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_giveandtakeoffpast" ("at", "ended_at", "id", "is_ours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "told_by_id", "voice") SELECT old_values."at", old_values."ended_at", old_values."id", old_values."is_ours", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."relationship_id", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bd6d17d54afdd9afaa149c0c0bf177b18f0460a1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a9954', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_giveandtakeoff', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='giveandtakeoff',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_giveandtakeoffpast" ("at", "ended_at", "id", "is_ours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "told_by_id", "voice") SELECT old_values."at", old_values."ended_at", old_values."id", old_values."is_ours", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relationship_id", old_values."told_by_id", old_values."voice" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='38f4ff5c16c2cba464e1a06887f8cfda2a3c8fa6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_12d2e', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_giveandtakeoff', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='negotiation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_negotiationpast" ("about", "decider_id", "id", "kind", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "source_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."about", old_values."decider_id", old_values."id", old_values."kind", old_values."member_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."relationship_id", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cac508a225441f23338e5ecda4e799e7c5f5bad1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6d47f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_negotiation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='negotiation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_negotiationpast" ("about", "decider_id", "id", "kind", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "source_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."about", old_values."decider_id", old_values."id", old_values."kind", old_values."member_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."relationship_id", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='42aea8308365a706aa338e05524507b024ce0fb8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_42844', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_negotiation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decidingday',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_decidingdaypast" ("at", "id", "negotiation_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by_id", "voice", "words") SELECT old_values."at", old_values."id", old_values."negotiation_id", old_values."on", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."told_by_id", old_values."voice", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b6ff50230dd11f0da6604c18518bfa6a7f11b459', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_24e61', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_decidingday', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decidingday',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_decidingdaypast" ("at", "id", "negotiation_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by_id", "voice", "words") SELECT old_values."at", old_values."id", old_values."negotiation_id", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."told_by_id", old_values."voice", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='154117f1c98a048f42acc42a9d7580035f7a8ef3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_739d3', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_decidingday', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='offer',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_offerpast" ("by_id", "currency", "followed_at", "id", "is_ours", "negotiation_id", "net_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "room", "source_id", "tax_amount", "told_at", "told_by_id", "valid_until", "version", "voice", "withdrawn_at", "words") SELECT old_values."by_id", old_values."currency", old_values."followed_at", old_values."id", old_values."is_ours", old_values."negotiation_id", old_values."net_amount", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."room", old_values."source_id", old_values."tax_amount", old_values."told_at", old_values."told_by_id", old_values."valid_until", old_values."version", old_values."voice", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='353b3302239d6a1ab64346f060ddab960a6f0013', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aeca9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_offer', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='offer',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_offerpast" ("by_id", "currency", "followed_at", "id", "is_ours", "negotiation_id", "net_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "room", "source_id", "tax_amount", "told_at", "told_by_id", "valid_until", "version", "voice", "withdrawn_at", "words") SELECT old_values."by_id", old_values."currency", old_values."followed_at", old_values."id", old_values."is_ours", old_values."negotiation_id", old_values."net_amount", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."room", old_values."source_id", old_values."tax_amount", old_values."told_at", old_values."told_by_id", old_values."valid_until", old_values."version", old_values."voice", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d7c02c9faa95b71faf3d18b4591f5e854dd7ef6a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_44d96', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_offer', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='expectedtransaction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_expectedtransactionpast" ("amount", "currency", "expected_on", "id", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."amount", old_values."currency", old_values."expected_on", old_values."id", old_values."offer_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2db409d1a17e549f7d11a30bab6f1beb2ab12733', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a23e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_expectedtransaction', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='expectedtransaction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_expectedtransactionpast" ("amount", "currency", "expected_on", "id", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."amount", old_values."currency", old_values."expected_on", old_values."id", old_values."offer_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b44ee98bc4c0cb27037e876e984809aab04c5291', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_24401', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_expectedtransaction', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='offerline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_offerlinepast" ("discount_share", "id", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "tax_rate", "unit", "unit_price", "words") SELECT old_values."discount_share", old_values."id", old_values."offer_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."position", old_values."quantity", old_values."tax_rate", old_values."unit", old_values."unit_price", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='eddc813aaf52ff67037a94a269d9e4689811d47f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_daafe', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_offerline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='offerline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_offerlinepast" ("discount_share", "id", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "tax_rate", "unit", "unit_price", "words") SELECT old_values."discount_share", old_values."id", old_values."offer_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."quantity", old_values."tax_rate", old_values."unit", old_values."unit_price", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7d7b78030287d4f122c1e6ac14a918db587e7bb2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6b78c', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_offerline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='question',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_questionpast" ("id", "kind", "negotiation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "words") SELECT old_values."id", old_values."kind", old_values."negotiation_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."position", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0681055b97700513b07703b1cfc82fe6cbbf2ff6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c0ebd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_question', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='question',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_questionpast" ("id", "kind", "negotiation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "words") SELECT old_values."id", old_values."kind", old_values."negotiation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='22b12a1a01c88af21b653114c5df79c4c8fa7a0d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2f126', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_question', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='offervalue',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_offervaluepast" ("id", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "words") SELECT old_values."id", old_values."offer_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."question_id", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b524eed651e179a10166d3c40ce5908778d20272', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_16588', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_offervalue', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='offervalue',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_offervaluepast" ("id", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "words") SELECT old_values."id", old_values."offer_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."question_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e167c7c5c8e5a8745eb70b8ed94bbae7cf93e8a2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58f07', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_offervalue', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='weight',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_weightpast" ("at", "id", "is_ours", "is_stated", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "told_by_id", "value", "voice") SELECT old_values."at", old_values."id", old_values."is_ours", old_values."is_stated", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."question_id", old_values."told_by_id", old_values."value", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='994a6b3f0180c1c429fcb3d7e120e5347afb0d4b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_031a8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_weight', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='weight',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_weightpast" ("at", "id", "is_ours", "is_stated", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "told_by_id", "value", "voice") SELECT old_values."at", old_values."id", old_values."is_ours", old_values."is_stated", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."question_id", old_values."told_by_id", old_values."value", old_values."voice" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='15d27fce625adfc551f17d559cc037b11542f95f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_791c0', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_weight', when='AFTER')),
            )],
        ),
    ]
