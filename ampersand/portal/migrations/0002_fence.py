from django.db import migrations

# Who visits is asked of the visit whose secret the transaction names: nothing that can be guessed or made up, and nothing
# that another value of a setting changes. The functions belong to who owns the tables, whom the security does not hold for.
FUNCTIONS = """
CREATE FUNCTION outside_link() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.id
      FROM portal_visit v
      JOIN portal_pagelink l ON l.id = v.link_id
      JOIN parties_party p ON p.id = l.party_id
      JOIN parties_party h ON h.id = COALESCE(p.now_id, p.id)
     WHERE v.secret_digest
           = encode(sha256(convert_to(NULLIF(current_setting('ampersand.visit', true), ''), 'UTF8')), 'hex')
       AND v.ended_at IS NULL AND v.lapses_at > statement_timestamp()
       AND l.revoked_at IS NULL AND l.lapses_at > statement_timestamp()
       AND h.erased_at IS NULL AND NOT h.is_house AND NOT h.is_colleague AND h.member_id IS NULL
$$;

CREATE FUNCTION outside_relationship() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT relationship_id FROM portal_pagelink WHERE id = outside_link()
$$;

CREATE FUNCTION outside_parties() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH head AS (
        SELECT COALESCE(p.now_id, p.id) AS id FROM portal_pagelink l JOIN parties_party p ON p.id = l.party_id
         WHERE l.id = outside_link()
    )
    SELECT ARRAY(SELECT id FROM head UNION SELECT p.id FROM parties_party p JOIN head ON p.now_id = head.id)
$$;

CREATE FUNCTION outside_relationships() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT id FROM parties_relationship WHERE party_id = ANY(outside_parties()))
$$;

CREATE FUNCTION outside_moments() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT DISTINCT m.id FROM timeline_participant t JOIN timeline_moment m ON m.id = t.moment_id
         WHERE t.party_id = ANY(outside_parties()) AND m.room = 'between' AND m.withdrawn_at IS NULL)
$$;

CREATE FUNCTION outside_giver() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT given_by_id FROM portal_pagelink WHERE id = outside_link()
$$;

REVOKE ALL ON FUNCTION outside_link(), outside_relationship(), outside_parties(), outside_relationships(), outside_moments(),
    outside_giver() FROM PUBLIC;
"""

HERS = "(SELECT outside_parties())::uuid[]"
RELATIONSHIPS = "(SELECT outside_relationships())::uuid[]"
MOMENTS = "(SELECT outside_moments())::uuid[]"

# Table -> what a visitor sees of it.
SEEN = {
    "members_house": "(SELECT outside_relationship()) IS NOT NULL",
    "parties_party": f"""
        id = ANY({HERS})
        OR (SELECT outside_relationship()) IS NOT NULL AND is_house
        OR member_id = (SELECT outside_giver())
        OR (member_id IS NOT NULL OR is_colleague) AND id IN (
            SELECT p.by_id FROM promises_promise p
            UNION SELECT p.to_id FROM promises_promise p
            UNION SELECT e.by_id FROM promises_promiseevent e
            UNION SELECT t.party_id FROM timeline_participant t)""",
    "parties_relationship": f"id = ANY({RELATIONSHIPS})",
    "parties_identifier": f"party_id = ANY({HERS}) AND withdrawn_at IS NULL",
    "parties_detail": f"party_id = ANY({HERS}) AND withdrawn_at IS NULL",
    "core_source": """
        id IN (SELECT i.source_id FROM parties_identifier i UNION SELECT d.source_id FROM parties_detail d)""",
    "promises_promise": f"relationship_id = ANY({RELATIONSHIPS}) AND room = 'between' AND withdrawn_at IS NULL",
    "promises_promiseevent": "EXISTS (SELECT FROM promises_promise p WHERE p.id = promise_id)",
    "terms_terms": f"party_id = ANY({HERS})",
    "terms_termline": "EXISTS (SELECT FROM terms_terms t WHERE t.id = terms_id)",
    "terms_termsanswer": "EXISTS (SELECT FROM terms_terms t WHERE t.id = terms_id)",
    "timeline_moment": f"id = ANY({MOMENTS}) AND room = 'between' AND withdrawn_at IS NULL",
    "timeline_participant": f"moment_id = ANY({MOMENTS}) AND (is_ours OR party_id = ANY({HERS}))",
    "portal_pagelink": "id = (SELECT outside_link())",
    "portal_entry": f"party_id = ANY({HERS})",
}


def fenced(table: str, seen: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY outside_sees ON {table} FOR SELECT TO PUBLIC USING ({seen});
"""


WRITES = f"""
CREATE POLICY outside_writes ON portal_entry FOR INSERT TO PUBLIC
    WITH CHECK (relationship_id = (SELECT outside_relationship()) AND party_id = ANY({HERS})
                AND carried_out_at IS NULL AND refused_at IS NULL);
"""

TAKEN_DOWN = "".join(
    f"DROP POLICY outside_sees ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;\n"
    for table in SEEN
)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("promises", "0003_promise_event_takes_back"),
        ("terms", "0003_messages"),
        ("timeline", "0004_participant_fewer_indexes"),
        ("parties", "0007_part_of"),
        ("members", "0006_words_of_mails_and_chats"),
        ("core", "0007_search_asked"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS + "".join(fenced(*told) for told in SEEN.items()) + WRITES, 
            "DROP POLICY outside_writes ON portal_entry;\n" + TAKEN_DOWN
            + "DROP FUNCTION outside_giver(), outside_moments(), outside_relationships(), outside_parties(), "
            "outside_relationship(), outside_link();",
        )
    ]
