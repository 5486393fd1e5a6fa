from django.db import migrations

HERE = "relationship_id = ANY((SELECT outside_relationships())::uuid[])"
MOMENTS = "(SELECT outside_moments())::uuid[]"
PULSES = "ARRAY(SELECT p.id FROM between_pulse p)"
# What both said of their meetings is theirs as much as ours, like every pulse that was opened.
SEEN = f"""
    {HERE} AND (
        room = 'ours' AND measure IN ('whose_move', 'quiet') AND evidence <> '{{}}'
        AND evidence <@ {MOMENTS} AND against <@ {MOMENTS} AND (measure <> 'quiet' OR count < cardinality(evidence))
        OR room = 'ours' AND measure = 'agree' AND evidence <@ {PULSES}
        OR room = 'ours' AND measure = 'right_way' AND evidence || against <> '{{}}' AND evidence || against <@ {PULSES}
        OR room = 'between' AND evidence || against <> '{{}}' AND evidence || against <@ ARRAY(
            SELECT p.id FROM promises_promise p UNION ALL SELECT c.id FROM exchange_concession c))"""
SEEN_BEFORE = f"""
    {HERE} AND (
        room = 'ours' AND measure IN ('whose_move', 'quiet') AND evidence <> '{{}}'
        AND evidence <@ {MOMENTS} AND against <@ {MOMENTS} AND (measure <> 'quiet' OR count < cardinality(evidence))
        OR room = 'ours' AND measure = 'agree' AND evidence <@ {PULSES}
        OR room = 'between' AND evidence || against <> '{{}}' AND evidence || against <@ ARRAY(
            SELECT p.id FROM promises_promise p UNION ALL SELECT c.id FROM exchange_concession c))"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0009_readings_of_what_lies_between"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY outside_sees ON readings_reading USING ({SEEN})",
            f"ALTER POLICY outside_sees ON readings_reading USING ({SEEN_BEFORE})",
        )
    ]
