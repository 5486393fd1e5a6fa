from django.db import migrations

# The same rows as before, found by their keys. Asked as `IN (SELECT ...)` beside an OR, each look at the parties went through all
# of them, and through all that was ever said of promises and offers: half a second of a page in a book of 100,000.
HERS = "(SELECT outside_parties())::uuid[]"
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
        UNION SELECT s.answered_by_id FROM parties_sideline s))"""
PARTIES_BEFORE = f"""
    id = ANY({HERS})
    OR (SELECT outside_relationship()) IS NOT NULL AND is_house
    OR member_id = (SELECT outside_giver())
    OR member_id IN (SELECT n.member_id FROM exchange_negotiation n)
    OR id IN (SELECT t.to_party_id FROM parties_tie t)
    OR (member_id IS NOT NULL OR is_colleague) AND id IN (
        SELECT p.by_id FROM promises_promise p
        UNION SELECT p.to_id FROM promises_promise p
        UNION SELECT e.by_id FROM promises_promiseevent e
        UNION SELECT t.party_id FROM timeline_participant t
        UNION SELECT o.by_id FROM exchange_offer o
        UNION SELECT e.by_id FROM exchange_offerevent e
        UNION SELECT c.by_id FROM exchange_concession c
        UNION SELECT c.to_id FROM exchange_concession c
        UNION SELECT s.answered_by_id FROM parties_sideline s)"""
TOLD_FROM = """SELECT i.source_id FROM parties_identifier i UNION SELECT d.source_id FROM parties_detail d
           UNION SELECT t.source_id FROM parties_tie t"""


def seen(parties: str, sources: str) -> str:
    return (
        f"ALTER POLICY outside_sees ON parties_party USING ({parties});\n"
        f"ALTER POLICY outside_sees ON core_source USING ({sources});\n"
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_offers_and_sides")]

    operations = [
        migrations.RunSQL(seen(PARTIES, f"id = ANY(ARRAY({TOLD_FROM}))"), seen(PARTIES_BEFORE, f"id IN ({TOLD_FROM})"))
    ]
