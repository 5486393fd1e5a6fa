from django.db import migrations

# Here nothing but the index of the facets may be used; `most` bounds what is answered.
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
    dependencies = [("desk", "0005_standing_facets")]

    operations = [migrations.RunSQL(STANDING_MATCHED, "DROP FUNCTION standing_matched")]
