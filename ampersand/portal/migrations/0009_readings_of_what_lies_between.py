from django.db import migrations

HERE = "relationship_id = ANY((SELECT outside_relationships())::uuid[])"
MOMENTS = "(SELECT outside_moments())::uuid[]"
# Only where all it rests on lies between. Contact is read of all that was said, so of it only where all of that does; what
# was promised and given is read once more of what lies between alone. A pulse that was opened is theirs as much as ours.
SEEN = f"""
    {HERE} AND (
        room = 'ours' AND measure IN ('whose_move', 'quiet') AND evidence <> '{{}}'
        AND evidence <@ {MOMENTS} AND against <@ {MOMENTS} AND (measure <> 'quiet' OR count < cardinality(evidence))
        OR room = 'ours' AND measure = 'agree' AND evidence <@ ARRAY(SELECT p.id FROM between_pulse p)
        OR room = 'between' AND evidence || against <> '{{}}' AND evidence || against <@ ARRAY(
            SELECT p.id FROM promises_promise p UNION ALL SELECT c.id FROM exchange_concession c))"""
SEEN_BEFORE = f"""
    {HERE} AND evidence <> '{{}}' AND evidence <@ {MOMENTS} AND against <@ {MOMENTS}
    AND (measure <> 'quiet' OR count < cardinality(evidence))"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0008_took_as_promised"),
        ("readings", "0003_rooms_and_what_is_told"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY outside_sees ON readings_reading USING ({SEEN})",
            f"ALTER POLICY outside_sees ON readings_reading USING ({SEEN_BEFORE})",
        )
    ]
