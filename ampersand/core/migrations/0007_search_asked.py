import django.contrib.postgres.indexes
from django.db import migrations, models

# As `search_indexed`, with two things more. Each word is a condition of its own, so that the index leaps from one entry that
# has the rarest to the next. And what too many words begin like is looked for in the entries themselves: `rest`. Who may not
# see an entry is asked as `search_may_be_seen` does, written out: to call that costs ten times what reading the entry does.
SEARCH_ASKED = """
    CREATE FUNCTION search_asked(place text, every tsquery[], rest tsquery, exact tsquery, hidden uuid[], most int)
    RETURNS TABLE (object_id uuid, name text, at timestamptz, is_exact boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_indexscan = off SET jit = off SET plan_cache_mode = force_custom_plan
    AS $$
    BEGIN
        RETURN QUERY EXECUTE
            'SELECT e.object_id, e.name::text, e.at, e.words @@ $3 FROM (SELECT * FROM core_searchentry e WHERE '
            || CASE place WHEN 'party' THEN 'e.scope = ''party''' WHEN 'moment' THEN 'e.scope = ''moment'''
                ELSE 'NOT (e.scope IN (''party'', ''moment''))' END
            || (SELECT string_agg(format(' AND e.words @@ $1[%s]', number), '') FROM generate_subscripts(every, 1) AS number)
            || CASE WHEN cardinality(hidden) = 0 THEN '' WHEN cardinality(hidden) <= 100 THEN ' AND NOT e.party_ids && $4'
                ELSE ' AND NOT EXISTS (SELECT FROM unnest(e.party_ids) AS party_id WHERE party_id = ANY ($4))' END
            || ' LIMIT $5) AS e WHERE $2 IS NULL OR e.words @@ $2'
            USING every, rest, exact, hidden, most;
    END
    $$
"""

SEARCH_INDEXED = """
    CREATE FUNCTION search_indexed(asked tsquery, exact tsquery, hidden uuid[], is_party boolean, most int)
    RETURNS TABLE (object_id uuid, scope text, name text, at timestamptz, is_exact boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_indexscan = off SET jit = off SET plan_cache_mode = force_custom_plan
    AS $$
    BEGIN
        IF is_party THEN
            RETURN QUERY SELECT e.object_id, e.scope::text, e.name::text, e.at, e.words @@ exact
            FROM core_searchentry e
            WHERE e.scope = 'party' AND e.words @@ asked AND search_may_be_seen(e.party_ids, hidden) LIMIT most;
        ELSE
            RETURN QUERY SELECT e.object_id, e.scope::text, e.name::text, e.at, e.words @@ exact
            FROM core_searchentry e
            WHERE NOT (e.scope = 'party') AND e.words @@ asked AND search_may_be_seen(e.party_ids, hidden) LIMIT most;
        END IF;
    END
    $$
"""


class Migration(migrations.Migration):
    """An index of moments beside one of all other texts: what is frequent in moments is not read for the few promises.

    In one step with the rest, not beside the work that goes on: nobody works while a book is brought up to date, and an
    index that was half built when it stopped would stay behind, asked by nobody and kept up by every writer. For ten
    million moments it takes some minutes, and two gigabytes more until the index of both is gone.
    """

    dependencies = [
        ("core", "0006_source_chat"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("scope", "moment")),
                fields=["words"],
                gin_pending_list_limit=1024,
                name="search_moments",
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("scope__in", ["party", "moment"]), _negated=True),
                fields=["words"],
                gin_pending_list_limit=1024,
                name="search_others",
            ),
        ),
        migrations.RemoveIndex(model_name="searchentry", name="search_texts"),
        migrations.RunSQL(SEARCH_ASKED, "DROP FUNCTION search_asked"),
        migrations.RunSQL("DROP FUNCTION search_indexed", SEARCH_INDEXED),
    ]
