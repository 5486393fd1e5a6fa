from django.db import migrations

# What was gathered before knows nothing of why and since when they are known, nor what is closed. The rest that is new, the
# promises that were called and the labels of details, is gathered in the following night with all others.
FILL = """
    UPDATE desk_standing s SET known_on = r.known_at::date,
        facets = s.facets || ARRAY['because:' || r.because, CASE WHEN r.closed_at IS NULL THEN 'closed:no' ELSE 'closed:yes' END]
    FROM parties_relationship r WHERE r.id = s.relationship_id AND s.known_on = '9999-12-31'
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0007_lists"), ("parties", "0003_tags")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
