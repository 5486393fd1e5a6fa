from django.db import migrations

HERS = "(SELECT outside_parties())::uuid[]"
HERE = "relationship_id = ANY((SELECT outside_relationships())::uuid[])"

# A handing over stands before the other side once the colleague accepted it; what is told inside is in a column their login does
# not read.
SEEN = {
    "between_handingover": f"{HERE} AND accepted_at IS NOT NULL",
    "between_handingreply": "EXISTS (SELECT FROM between_handingover h WHERE h.id = handing_id)",
}

PARTIES_BEFORE = f"""
    id = ANY({HERS})
    OR is_house AND (SELECT outside_relationship()) IS NOT NULL
    OR member_id = (SELECT outside_giver())
    OR member_id = ANY(ARRAY(SELECT n.member_id FROM exchange_negotiation n))
    OR id = ANY(ARRAY(SELECT t.to_party_id FROM parties_tie t))
    OR (member_id IS NOT NULL OR is_colleague) AND id = ANY(ARRAY(
        SELECT p.by_id FROM promises_promise p
        UNION SELECT p.to_id FROM promises_promise p
        UNION SELECT e.by_id FROM promises_promiseevent e
               WHERE e.promise_id = ANY(ARRAY(SELECT p.id FROM promises_promise p))
        UNION SELECT t.party_id FROM timeline_participant t
        UNION SELECT o.by_id FROM exchange_offer o
        UNION SELECT e.by_id FROM exchange_offerevent e WHERE e.offer_id = ANY(ARRAY(SELECT o.id FROM exchange_offer o))
        UNION SELECT c.by_id FROM exchange_concession c
        UNION SELECT c.to_id FROM exchange_concession c
        UNION SELECT s.answered_by_id FROM parties_sideline s))"""
# As before, with who tended them and who does from then on.
PARTIES = f"""
    id = ANY({HERS})
    OR is_house AND (SELECT outside_relationship()) IS NOT NULL
    OR member_id = (SELECT outside_giver())
    OR member_id = ANY(ARRAY(SELECT n.member_id FROM exchange_negotiation n))
    OR id = ANY(ARRAY(SELECT t.to_party_id FROM parties_tie t))
    OR (member_id IS NOT NULL OR is_colleague) AND id = ANY(ARRAY(
        SELECT p.by_id FROM promises_promise p
        UNION SELECT p.to_id FROM promises_promise p
        UNION SELECT e.by_id FROM promises_promiseevent e
               WHERE e.promise_id = ANY(ARRAY(SELECT p.id FROM promises_promise p))
        UNION SELECT t.party_id FROM timeline_participant t
        UNION SELECT o.by_id FROM exchange_offer o
        UNION SELECT e.by_id FROM exchange_offerevent e WHERE e.offer_id = ANY(ARRAY(SELECT o.id FROM exchange_offer o))
        UNION SELECT c.by_id FROM exchange_concession c
        UNION SELECT c.to_id FROM exchange_concession c
        UNION SELECT s.answered_by_id FROM parties_sideline s
        UNION SELECT h.by_id FROM between_handingover h
        UNION SELECT h.to_id FROM between_handingover h))"""


def instead(parties: str) -> str:
    return f"ALTER POLICY outside_sees ON parties_party USING ({parties});\n"


UP = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY outside_sees ON {table} FOR SELECT TO PUBLIC USING ({seen});\n"
    for table, seen in SEEN.items()
)
DOWN = "".join(
    f"DROP POLICY outside_sees ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(SEEN)
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0006_parties_by_key"), ("between", "0003_handing_over")]

    operations = [migrations.RunSQL(UP + instead(PARTIES), instead(PARTIES_BEFORE) + DOWN)]
