from django.db import migrations

# What was told of the other side's giving was always written down by one of ours, and so were its cost and its worth.
# It is no change of what was told, so the history takes no note of it.
VOICES = """
    SELECT set_config('pgtrigger.ignore', '{pgtrigger_update_update_c9d8f}', true);
    UPDATE exchange_concession SET
        voice = CASE WHEN is_ours THEN 'own' ELSE 'told_by_us' END,
        cost_voice = CASE WHEN cost_words = '' THEN '' WHEN is_ours THEN 'own' ELSE 'told_by_us' END,
        cost_told_by_id = CASE WHEN cost_words = '' THEN NULL ELSE told_by_id END,
        cost_at = CASE WHEN cost_words = '' THEN NULL ELSE told_at END,
        worth_voice = CASE WHEN worth_words = '' THEN '' WHEN is_ours THEN 'told_by_us' ELSE 'own' END,
        worth_told_by_id = CASE WHEN worth_words = '' THEN NULL ELSE told_by_id END,
        worth_at = CASE WHEN worth_words = '' THEN NULL ELSE told_at END
    WHERE NOT is_ours OR cost_words <> '' OR worth_words <> '';
    SELECT set_config('pgtrigger.ignore', '{}', true)
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_negotiations")]

    operations = [migrations.RunSQL(VOICES, migrations.RunSQL.noop)]
