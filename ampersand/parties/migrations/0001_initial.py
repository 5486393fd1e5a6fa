import ampersand.core.ids
import ampersand.core.migrating
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('members', '0001_initial'),
        ('members', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.CreateModel(
                name='Party',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('person', 'person'), ('organisation', 'organisation'), ('community', 'community')], default='person', max_length=12)),
                    ('name', models.CharField(blank=True, max_length=300)),
                    ('sort_name', models.CharField(blank=True, help_text='empty: sorted by the name as it is', max_length=300)),
                    ('sort_key', models.CharField(blank=True, db_index=True, help_text='folded, made from the names', max_length=300)),
                    ('language', models.CharField(blank=True, max_length=8)),
                    ('is_house', models.BooleanField(default=False)),
                    ('is_colleague', models.BooleanField(default=False, help_text='writes from a domain of the house, member or not yet')),
                    ('told_at', models.DateTimeField()),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='party', to=settings.AUTH_USER_MODEL)),
                    ('now', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stood_for_by', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_house', True)), fields=('is_house',), name='house_party_once')],
                },
            ), migrations.CreateModel(
                name='Detail',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('label', models.CharField(max_length=80)),
                    ('value', models.TextField(blank=True)),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.file')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='details', to='parties.party')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('party', 'label', 'value'), name='detail_told_once')],
                },
            ), migrations.CreateModel(
                name='Identifier',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('email', 'e-mail'), ('phone', 'telephone'), ('url', 'web page'), ('domain', 'mail domain'), ('handle', 'name elsewhere'), ('external', 'number elsewhere')], max_length=8)),
                    ('value', models.CharField(help_text='normalised: how two tellings of one address are found equal', max_length=320)),
                    ('as_told', models.CharField(max_length=320)),
                    ('label', models.CharField(blank=True, max_length=60)),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='parties.party')),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'value'], name='identifier_lookup')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('party', 'kind', 'value'), name='identifier_told_once')],
                },
            ), migrations.CreateModel(
                name='IdentifierPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('email', 'e-mail'), ('phone', 'telephone'), ('url', 'web page'), ('domain', 'mail domain'), ('handle', 'name elsewhere'), ('external', 'number elsewhere')], max_length=8)),
                    ('value', models.CharField(help_text='normalised: how two tellings of one address are found equal', max_length=320)),
                    ('as_told', models.CharField(max_length=320)),
                    ('label', models.CharField(blank=True, max_length=60)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.identifier')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='DetailPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('label', models.CharField(max_length=80)),
                    ('value', models.TextField(blank=True)),
                    ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.file')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.detail')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PartyPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('person', 'person'), ('organisation', 'organisation'), ('community', 'community')], default='person', max_length=12)),
                    ('name', models.CharField(blank=True, max_length=300)),
                    ('sort_name', models.CharField(blank=True, help_text='empty: sorted by the name as it is', max_length=300)),
                    ('sort_key', models.CharField(blank=True, help_text='folded, made from the names', max_length=300)),
                    ('language', models.CharField(blank=True, max_length=8)),
                    ('is_house', models.BooleanField(default=False)),
                    ('is_colleague', models.BooleanField(default=False, help_text='writes from a domain of the house, member or not yet')),
                    ('told_at', models.DateTimeField()),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('now', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Relationship',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('because', models.CharField(choices=[('wrote_both_ways', 'You wrote to each other.'), ('we_wrote', 'One of you wrote to them.'), ('met', 'You met, says the calendar.'), ('address_book', 'They stand in an address book that was brought in.'), ('table', 'They stand in a table that was brought in.'), ('note', 'A note named them.'), ('typed', 'Somebody wrote them down.'), ('trade', 'There was trade with them.'), ('people', 'People you know act for them.'), ('tap', 'Somebody chose to keep them.'), ('demo', 'They belong to the demo house.')], max_length=16)),
                    ('known_at', models.DateTimeField(help_text='when the house came to know them: the day of the evidence')),
                    ('told_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('party', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='relationship', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('closed_at', None), _negated=True), fields=['closed_at'], name='relationship_closed')],
                },
            ), migrations.CreateModel(
                name='ClosedTo',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('told_at', models.DateTimeField()),
                    ('until', models.DateTimeField(blank=True, null=True)),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.team')),
                    ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closed_to', to='parties.relationship')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('member', None), ('team', None), _connector='XOR'), name='closed_to_member_or_team')],
                },
            ), migrations.CreateModel(
                name='RelationshipPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('because', models.CharField(choices=[('wrote_both_ways', 'You wrote to each other.'), ('we_wrote', 'One of you wrote to them.'), ('met', 'You met, says the calendar.'), ('address_book', 'They stand in an address book that was brought in.'), ('table', 'They stand in a table that was brought in.'), ('note', 'A note named them.'), ('typed', 'Somebody wrote them down.'), ('trade', 'There was trade with them.'), ('people', 'People you know act for them.'), ('tap', 'Somebody chose to keep them.'), ('demo', 'They belong to the demo house.')], max_length=16)),
                    ('known_at', models.DateTimeField(help_text='when the house came to know them: the day of the evidence')),
                    ('told_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='SideLine',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('is_ours', models.BooleanField()),
                    ('kind', models.CharField(choices=[('matters', 'what matters'), ('how_far', 'how far we want this to go'), ('wonder', 'what we wonder'), ('hope', 'what we hope for')], max_length=8)),
                    ('words', models.TextField()),
                    ('said_on', models.DateField()),
                    ('is_quote', models.BooleanField(default=False, help_text='their own words, as they said them')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['relationship', 'kind'], name='side_line')],
                },
            ), migrations.CreateModel(
                name='SideLinePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('is_ours', models.BooleanField()),
                    ('kind', models.CharField(choices=[('matters', 'what matters'), ('how_far', 'how far we want this to go'), ('wonder', 'what we wonder'), ('hope', 'what we hope for')], max_length=8)),
                    ('words', models.TextField()),
                    ('said_on', models.DateField()),
                    ('is_quote', models.BooleanField(default=False, help_text='their own words, as they said them')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.sideline')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='StandsFor',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('told_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands_for_links', to='parties.party')),
                    ('same_as', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('party',), name='stands_for_one'), models.CheckConstraint(condition=models.Q(('party', models.F('same_as')), _negated=True), name='stands_for_another')],
                },
            ), migrations.CreateModel(
                name='StandsForPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('told_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.standsfor')),
                    ('same_as', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Tending',
                fields=[
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('told_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tendings', to=settings.AUTH_USER_MODEL)),
                    ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tendings', to='parties.relationship')),
                    ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('relationship', 'member'), name='tending_once')],
                },
            ), migrations.CreateModel(
                name='TendingPast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('told_at', models.DateTimeField()),
                    ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.tending')),
                    ('relationship', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.relationship')),
                    ('told_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Tie',
                fields=[
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('works_at', 'works at'), ('member_of', 'is a member of'), ('reports_to', 'reports to'), ('introduced', 'introduced'), ('advises', 'advises'), ('decides_for', 'decides for'), ('supplies', 'supplies'), ('partner_of', 'is a partner of'), ('family_of', 'is family of'), ('former_colleague_of', 'used to work with'), ('competes_with', 'competes with'), ('influences', 'influences')], max_length=20)),
                    ('role', models.CharField(blank=True, max_length=200)),
                    ('from_on', models.DateField(blank=True, null=True)),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('from_party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties_out', to='parties.party')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.source')),
                    ('to_party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties_in', to='parties.party')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['from_party', 'kind'], name='tie_out'), models.Index(fields=['to_party', 'kind'], name='tie_in')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('from_party', models.F('to_party')), _negated=True), name='tie_between_two'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('kind', 'from_party', 'to_party', 'from_on'), name='tie_told_once', nulls_distinct=False)],
                },
            ), migrations.CreateModel(
                name='TiePast',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('told_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=300)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('id', models.UUIDField(default=ampersand.core.ids.new_id, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('works_at', 'works at'), ('member_of', 'is a member of'), ('reports_to', 'reports to'), ('introduced', 'introduced'), ('advises', 'advises'), ('decides_for', 'decides for'), ('supplies', 'supplies'), ('partner_of', 'is a partner of'), ('family_of', 'is family of'), ('former_colleague_of', 'used to work with'), ('competes_with', 'competes with'), ('influences', 'influences')], max_length=20)),
                    ('role', models.CharField(blank=True, max_length=200)),
                    ('from_on', models.DateField(blank=True, null=True)),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('from_party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='past', to='parties.tie')),
                    ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.source')),
                    ('to_party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                    ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partypast" ("erased_at", "id", "is_colleague", "is_house", "kind", "language", "member_id", "name", "now_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sort_key", "sort_name", "source_id", "told_at", "told_by_id") SELECT old_values."erased_at", old_values."id", old_values."is_colleague", old_values."is_house", old_values."kind", old_values."language", old_values."member_id", old_values."name", old_values."now_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."sort_key", old_values."sort_name", old_values."source_id", old_values."told_at", old_values."told_by_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9bb3f4872f53f688c7d7416d3bd314d2eaa48b13', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_db520', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_party', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='party',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partypast" ("erased_at", "id", "is_colleague", "is_house", "kind", "language", "member_id", "name", "now_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sort_key", "sort_name", "source_id", "told_at", "told_by_id") SELECT old_values."erased_at", old_values."id", old_values."is_colleague", old_values."is_house", old_values."kind", old_values."language", old_values."member_id", old_values."name", old_values."now_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sort_key", old_values."sort_name", old_values."source_id", old_values."told_at", old_values."told_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4d8eef79371d7e3895d322e0a207c9f0bfb68ffe', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1c644', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_party', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='identifier',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierpast" ("as_told", "id", "kind", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "value", "withdrawn_at") SELECT old_values."as_told", old_values."id", old_values."kind", old_values."label", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."value", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='09912752a02a7ed1c27353a83e2bb944800326d5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7bdf6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_identifier', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='identifier',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierpast" ("as_told", "id", "kind", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "value", "withdrawn_at") SELECT old_values."as_told", old_values."id", old_values."kind", old_values."label", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."value", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3bc0f1040fffc7af9ad0757260d8f3d885334374', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7b4e1', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_identifier', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='detail',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_detailpast" ("file_id", "id", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "value", "withdrawn_at") SELECT old_values."file_id", old_values."id", old_values."label", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."value", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4e3da25352311602e8f6cddefa59d0f7875f3733', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_eedd9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_detail', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='detail',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_detailpast" ("file_id", "id", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id", "told_at", "told_by_id", "value", "withdrawn_at") SELECT old_values."file_id", old_values."id", old_values."label", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."value", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='edd61699d825454da8c284fd22b08b4126fba918', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1e935', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_detail', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='relationship',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationshippast" ("because", "closed_at", "id", "known_at", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "told_at") SELECT old_values."because", old_values."closed_at", old_values."id", old_values."known_at", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."source_id", old_values."told_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a7db3d2c357def41f28b5c7e9bc5519240712c89', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2c5b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_relationship', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='relationship',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationshippast" ("because", "closed_at", "id", "known_at", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "told_at") SELECT old_values."because", old_values."closed_at", old_values."id", old_values."known_at", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source_id", old_values."told_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='22f60b1e33a2c369ea4ee2fdfde17aa6a66a0f10', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_59ddb', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_relationship', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='sideline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_sidelinepast" ("answered_at", "id", "is_ours", "is_quote", "kind", "of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "said_on", "source_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."answered_at", old_values."id", old_values."is_ours", old_values."is_quote", old_values."kind", old_values."of_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."relationship_id", old_values."said_on", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='825b3516957136bc86f1ad42330b041471bf3303', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a0f6d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_sideline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='sideline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_sidelinepast" ("answered_at", "id", "is_ours", "is_quote", "kind", "of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "relationship_id", "said_on", "source_id", "told_at", "told_by_id", "withdrawn_at", "words") SELECT old_values."answered_at", old_values."id", old_values."is_ours", old_values."is_quote", old_values."kind", old_values."of_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."relationship_id", old_values."said_on", old_values."source_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6976e6843160bc07bfe2da8bd00f683620954c50', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a120e', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_sideline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='standsfor',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_standsforpast" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "same_as_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."reason", old_values."same_as_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0a6722e50101671abd03788d96814b40d71f631a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_28fac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_standsfor', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='standsfor',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_standsforpast" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "same_as_id", "told_at", "told_by_id", "withdrawn_at") SELECT old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."same_as_id", old_values."told_at", old_values."told_by_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='00535bac89f350044da4b40d1df807150250cda3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f71a9', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_standsfor', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tending',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_tendingpast" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "told_at", "told_by_id", "until_on") SELECT old_values."from_on", old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."relationship_id", old_values."told_at", old_values."told_by_id", old_values."until_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='88832f35eba51816cfc7b6a9f3281350fa09633f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_016db', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_tending', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tending',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_tendingpast" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship_id", "told_at", "told_by_id", "until_on") SELECT old_values."from_on", old_values."id", old_values."member_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relationship_id", old_values."told_at", old_values."told_by_id", old_values."until_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f9be9562c0e323916201f29d07e3f3012dd7d691', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_77ad7', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_tending', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tie',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_tiepast" ("from_on", "from_party_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "role", "source_id", "to_party_id", "told_at", "told_by_id", "until_on", "withdrawn_at") SELECT old_values."from_on", old_values."from_party_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."place", old_values."role", old_values."source_id", old_values."to_party_id", old_values."told_at", old_values."told_by_id", old_values."until_on", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='819ca690e8537b47b3cd50ec24fc5fc3a8675a9a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_491ba', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_tie', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tie',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_tiepast" ("from_on", "from_party_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "role", "source_id", "to_party_id", "told_at", "told_by_id", "until_on", "withdrawn_at") SELECT old_values."from_on", old_values."from_party_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."role", old_values."source_id", old_values."to_party_id", old_values."told_at", old_values."told_by_id", old_values."until_on", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f4d55f961e1f569f92cd2d7414e11b36a96296bf', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_18573', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_tie', when='AFTER')),
            )],
        ),
    ]
