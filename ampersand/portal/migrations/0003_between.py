from django.db import migrations, models

HERE = "relationship_id = ANY((SELECT outside_relationships())::uuid[])"

# Table -> what a visitor sees of it. What is sealed is in a column their login does not read.
SEEN = {
    "between_pulse": HERE,
    "between_pulseanswer": "EXISTS (SELECT FROM between_pulse p WHERE p.id = pulse_id)",
    "between_pulsereply": "EXISTS (SELECT FROM between_pulse p WHERE p.id = pulse_id)",
    "between_agreement": HERE,
    "between_agreementversion": "EXISTS (SELECT FROM between_agreement a WHERE a.id = agreement_id)",
    "between_agreementkey": "EXISTS (SELECT FROM between_agreementversion v WHERE v.id = version_id)",
}

UP = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY outside_sees ON {table} FOR SELECT TO PUBLIC USING ({seen});\n"
    for table, seen in SEEN.items()
)
DOWN = "".join(
    f"DROP POLICY outside_sees ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;\n"
    for table in SEEN
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_fence"), ("between", "0001_initial")]

    operations = [migrations.RunSQL(UP, DOWN)]
