from django.db import migrations

# One pass writes the table and its indexes anew: a row for a row would be three times the work. The planner counts at once,
# since what it knew of the column went with it.
BORN = "to_timestamp(('x' || left(replace(relationship_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AT TIME ZONE 'UTC'"
FILL = f"""
    ALTER TABLE desk_standing ALTER COLUMN facets TYPE text[] USING facets
        || ARRAY[
            'born:' || to_char({BORN}, 'YYYY'), 'born:' || to_char({BORN}, 'YYYY-MM'),
            'known:' || to_char(known_on, 'YYYY'), 'known:' || to_char(known_on, 'YYYY-MM'),
            'amount:' || CASE sign(trade_amount) WHEN 1 THEN 'more' WHEN -1 THEN 'less' ELSE 'none' END]
        || CASE WHEN called_count > 0
            THEN ARRAY['kept:' || CASE kept_share WHEN 0 THEN 'none' WHEN 1 THEN 'all' ELSE 'some' END]
            ELSE '{{}}'::text[] END;
    ANALYZE desk_standing;
"""

UNFILL = """
    ALTER TABLE desk_standing ALTER COLUMN facets TYPE text[] USING (
        string_to_array(regexp_replace(array_to_string(facets, chr(1)),
            '(^|' || chr(1) || ')(born|known|amount|kept):[^' || chr(1) || ']*', '', 'g'), chr(1)));
    ANALYZE desk_standing;
"""

# All that match by the index of facets, as the list sorts and filters by them; `most` bounds them. Nothing but that index may
# be used: the planner takes facets for independent of one another, and would read a million rows for two that exclude each
# other. Of `groups` one of each must be so.
STANDING_OF_FACETS = """
    CREATE FUNCTION standing_of_facets(every text[], groups jsonb, most int)
    RETURNS TABLE (
        id bigint, relationship_id uuid, party_id uuid, sort_key varchar, last_on date, open_ours int, open_theirs int,
        due_on date, known_on date, called_count int, kept_share numeric, trade_amount numeric)
    LANGUAGE plpgsql STABLE ROWS 1000
    SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_indexscan = off SET jit = off
    AS $$
    DECLARE
        told text := CASE WHEN every = '{}' THEN 'true' ELSE format('s.facets @> %L::text[]', every) END;
        one jsonb;
    BEGIN
        FOR one IN SELECT jsonb_array_elements(groups) LOOP
            told := told || format(' AND s.facets && %L::text[]', ARRAY(SELECT jsonb_array_elements_text(one)));
        END LOOP;
        RETURN QUERY EXECUTE
            'SELECT s.id, s.relationship_id, s.party_id, s.sort_key, s.last_on, s.open_ours, s.open_theirs, s.due_on,'
            ' s.known_on, s.called_count, s.kept_share, s.trade_amount FROM desk_standing s WHERE '
            || told || format(' LIMIT %s', most);
    END
    $$
"""

STANDING_MATCHED = """
    CREATE FUNCTION standing_matched(every text[], one_of text[], two_of text[], three_of text[], most int)
    RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_indexscan = off SET jit = off SET plan_cache_mode = force_custom_plan
    AS $$
    BEGIN
        RETURN QUERY SELECT id FROM desk_standing
        WHERE (every = '{}' OR facets @> every) AND (one_of IS NULL OR facets && one_of) AND (two_of IS NULL OR facets && two_of)
        AND (three_of IS NULL OR facets && three_of) LIMIT most;
    END
    $$
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0010_names_as_shown")]

    operations = [
        migrations.RunSQL(FILL, UNFILL),
        migrations.RunSQL(STANDING_OF_FACETS, "DROP FUNCTION standing_of_facets"),
        migrations.RunSQL("DROP FUNCTION standing_matched", STANDING_MATCHED),
    ]
