from django.db import migrations, models

# What is negotiated lies between the two once an offer does: before that it is what one of us plans.
# Of ties a visitor sees those to where they belong, and whom they introduced: of other people, and of what the house holds to
# be so about them, nothing. What is behind a closed relationship is named to nobody.
FUNCTIONS = """
CREATE FUNCTION outside_negotiations() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT n.id FROM exchange_negotiation n
         WHERE n.relationship_id = ANY(outside_relationships()) AND n.withdrawn_at IS NULL
           AND EXISTS (SELECT FROM exchange_offer o
                        WHERE o.negotiation_id = n.id AND o.room = 'between' AND o.withdrawn_at IS NULL))
$$;

CREATE FUNCTION outside_ties() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH ends AS (
        SELECT t.id, t.kind, t.to_party_id AS other FROM parties_tie t
         WHERE t.from_party_id = ANY(outside_parties()) AND t.withdrawn_at IS NULL
           AND t.kind IN ('works_at', 'member_of', 'reports_to', 'part_of', 'introduced'))
    SELECT ARRAY(
        SELECT ends.id FROM ends JOIN parties_party p ON p.id = ends.other
         WHERE (p.kind <> 'person' OR ends.kind = 'introduced') AND p.erased_at IS NULL
           AND NOT p.is_house AND NOT p.is_colleague AND p.member_id IS NULL
           AND NOT EXISTS (SELECT FROM parties_relationship r
                            WHERE r.party_id IN (p.id, p.now_id) AND r.closed_at IS NOT NULL))
$$;

REVOKE ALL ON FUNCTION outside_negotiations(), outside_ties() FROM PUBLIC;
"""

HERS = "(SELECT outside_parties())::uuid[]"
HERE = "relationship_id = ANY((SELECT outside_relationships())::uuid[])"
MOMENTS = "(SELECT outside_moments())::uuid[]"
NEGOTIATED = "negotiation_id = ANY((SELECT outside_negotiations())::uuid[])"
OFFERED = "EXISTS (SELECT FROM exchange_offer o WHERE o.id = offer_id)"

# Table -> what a visitor sees of it.
SEEN = {
    "exchange_negotiation": "id = ANY((SELECT outside_negotiations())::uuid[])",
    "exchange_decidingday": NEGOTIATED,
    "exchange_question": NEGOTIATED,
    "exchange_offer": f"{NEGOTIATED} AND room = 'between' AND withdrawn_at IS NULL",
    "exchange_offerline": OFFERED,
    "exchange_offervalue": OFFERED,
    "exchange_offerevent": OFFERED,
    "exchange_offerfile": OFFERED,
    "core_file": "digest IN (SELECT f.file_id FROM exchange_offerfile f)",
    # What we keep to ourselves is none of theirs; what they keep to themselves is.
    "exchange_weight": "(is_stated OR NOT is_ours) AND EXISTS (SELECT FROM exchange_question q WHERE q.id = question_id)",
    "exchange_concession": f"{HERE} AND room = 'between' AND withdrawn_at IS NULL",
    "exchange_giveandtakeoff": HERE,
    "parties_sideline": f"""
        {HERE} AND withdrawn_at IS NULL
        AND (room = 'between' OR NOT is_ours AND (of_id IS NULL OR of_id = ANY({HERS})))""",
    "parties_tie": "id = ANY((SELECT outside_ties())::uuid[])",
    # Only where all it rests on lies between. Quiet lists the latest of what it rests on; it is whole while that is all.
    "readings_reading": f"""
        {HERE} AND evidence <> '{{}}' AND evidence <@ {MOMENTS} AND against <@ {MOMENTS}
        AND (measure <> 'quiet' OR count < cardinality(evidence))""",
    "between_named": HERE,
    "between_objection": HERE,
    "between_readon": HERE,
}

# As before, with those of ours who spoke in what is seen now too, and with where they belong.
PARTIES = f"""
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
PARTIES_BEFORE = f"""
    id = ANY({HERS})
    OR (SELECT outside_relationship()) IS NOT NULL AND is_house
    OR member_id = (SELECT outside_giver())
    OR (member_id IS NOT NULL OR is_colleague) AND id IN (
        SELECT p.by_id FROM promises_promise p
        UNION SELECT p.to_id FROM promises_promise p
        UNION SELECT e.by_id FROM promises_promiseevent e
        UNION SELECT t.party_id FROM timeline_participant t)"""
SOURCES = """
    id IN (SELECT i.source_id FROM parties_identifier i UNION SELECT d.source_id FROM parties_detail d
           UNION SELECT t.source_id FROM parties_tie t)"""
SOURCES_BEFORE = """
    id IN (SELECT i.source_id FROM parties_identifier i UNION SELECT d.source_id FROM parties_detail d)"""


def instead(parties: str, sources: str) -> str:
    return (
        f"ALTER POLICY outside_sees ON parties_party USING ({parties});\n"
        f"ALTER POLICY outside_sees ON core_source USING ({sources});\n"
    )


UP = FUNCTIONS + "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY outside_sees ON {table} FOR SELECT TO PUBLIC USING ({seen});\n"
    for table, seen in SEEN.items()
)
DOWN = "".join(
    f"DROP POLICY outside_sees ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(SEEN)
)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_entries_of_both"),
        ("between", "0002_beside"),
        ("exchange", "0006_concession_voices"),
        ("parties", "0008_sides_of_both"),
        ("readings", "0002_rhythmprior_reading_usual"),
        ("core", "0007_search_asked"),
    ]

    operations = [
        migrations.RunSQL(
            UP + instead(PARTIES, SOURCES),
            instead(PARTIES_BEFORE, SOURCES_BEFORE) + DOWN + "DROP FUNCTION outside_ties(), outside_negotiations();",
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(choices=[('kept', 'called kept'), ('partly', 'called partly kept'), ('not_kept', 'called not kept'), ('release', 'released'), ('accept', 'agreed'), ('decline', 'declined'), ('counter', 'asked for other words'), ('move', 'asked for another day'), ('done', 'said done'), ('promise', 'promised'), ('terms', 'said how they wish to be reached'), ('ask', 'asked for something'), ('correct', 'asked to put something right'), ('forget', 'asked to be forgotten'), ('ask_both', 'asked how it goes'), ('otherwise', 'asked otherwise'), ('answer', 'answered a pulse'), ('no_pulse', 'declined a pulse'), ('open', 'opened an answer'), ('burn', 'burned an answer'), ('reply', 'replied to a pulse'), ('propose', 'proposed an agreement'), ('agree', 'agreed to a version'), ('disagree', 'declined a version'), ('end', 'ended an agreement'), ('offer_yes', 'accepted an offer'), ('offer_no', 'declined an offer'), ('offer_put', 'put an offer'), ('offer_back', 'withdrew an offer'), ('day', 'said when they decide'), ('weigh', 'said how much questions matter'), ('give', 'gave something'), ('cost', 'said what it cost'), ('worth', 'said what it was worth'), ('gift', 'called it a gift'), ('firm', 'made it firm'), ('draw_back', 'drew something back'), ('give_off', 'switched give and take off'), ('give_on', 'switched give and take on'), ('bring', 'brought somebody in'), ('not_right', 'said that a reading is not right'), ('side', 'wrote what matters to them'), ('side_back', 'took a line of theirs back'), ('side_said', 'answered a question'), ('not_them', 'said no to somebody of us')], max_length=10),
        ),
    ]
