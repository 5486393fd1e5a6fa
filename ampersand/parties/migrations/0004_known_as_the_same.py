import ampersand.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0003_tags'),
    ]

    operations = [
        ampersand.core.migrating.AtOnce(
            operations=[migrations.AlterField(
                model_name='relationship',
                name='because',
                field=models.CharField(choices=[('wrote_both_ways', 'You wrote to each other.'), ('we_wrote', 'One of you wrote to them.'), ('met', 'You met, says the calendar.'), ('address_book', 'They stand in an address book that was brought in.'), ('table', 'They stand in a table that was brought in.'), ('note', 'A note named them.'), ('typed', 'Somebody wrote them down.'), ('trade', 'There was trade with them.'), ('people', 'People you know act for them.'), ('tap', 'Somebody chose to keep them.'), ('same', 'They are the same as somebody you know.'), ('demo', 'They belong to the demo house.')], max_length=16),
            ), migrations.AlterField(
                model_name='relationshippast',
                name='because',
                field=models.CharField(choices=[('wrote_both_ways', 'You wrote to each other.'), ('we_wrote', 'One of you wrote to them.'), ('met', 'You met, says the calendar.'), ('address_book', 'They stand in an address book that was brought in.'), ('table', 'They stand in a table that was brought in.'), ('note', 'A note named them.'), ('typed', 'Somebody wrote them down.'), ('trade', 'There was trade with them.'), ('people', 'People you know act for them.'), ('tap', 'Somebody chose to keep them.'), ('same', 'They are the same as somebody you know.'), ('demo', 'They belong to the demo house.')], max_length=16),
            )],
        ),
    ]
