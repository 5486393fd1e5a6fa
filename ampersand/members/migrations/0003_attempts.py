from django.db import migrations


class Migration(migrations.Migration):
    """The table of Django's database cache, in which attempts at the door are counted for all processes."""

    dependencies = [("members", "0002_sign_in_links")]

    operations = [
        migrations.RunSQL(
            sql=[
                "CREATE TABLE members_attempts ("
                "cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
                "CREATE INDEX members_attempts_expires ON members_attempts (expires)",
            ],
            reverse_sql="DROP TABLE members_attempts",
        )
    ]
