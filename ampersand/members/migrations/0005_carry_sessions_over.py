from django.db import migrations


class Migration(migrations.Migration):
    """Who is signed in stays so. A session says whose it is when it is next written, within a day."""

    dependencies = [("members", "0004_sessions_and_service"), ("sessions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                "INSERT INTO members_session (session_key, session_data, expire_date, browser, system)"
                " SELECT session_key, session_data, expire_date, '', '' FROM django_session WHERE expire_date > now()"
                " ON CONFLICT DO NOTHING",
                "DELETE FROM django_session",
            ],
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
