"""Monica: its table of contacts. One's own card stands among them; who is only named by somebody else is partial."""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

PERSON = "Monica contact"

SHAPES = (
    Shape(
        "Monica",
        "contacts",
        Kind.PEOPLE,
        by("first_name, last_name, is_partial, is_starred", "first_name, last_name, job, company, food_preferences"),
        columns(
            column(Meaning.EXTERNAL_ID, "uuid", label=PERSON),
            column(Meaning.EXTERNAL_ID, "id", label=PERSON, unless="uuid"),
            column(Meaning.GIVEN_NAME, "first_name"),
            column(Meaning.MIDDLE_NAME, "middle_name"),
            column(Meaning.FAMILY_NAME, "last_name"),
            column(Meaning.NICKNAME, "nickname"),
            column(Meaning.ORGANISATION, "company"),
            column(Meaning.ROLE, "job"),
            column(Meaning.EMAIL, "email"),
            column(Meaning.PHONE, "phone"),
            column(Meaning.BIRTHDAY, "birthdate"),
            column(Meaning.CATEGORY, "tags"),
            column(Meaning.WORDS, "description, notes"),
            column(Meaning.ADDRESS, "address"),
            column(Meaning.DETAIL, "food_preferences", label="food preferences"),
            column(Meaning.DETAIL, "is_dead", form=forms.ONLY_YES, label="has died"),
            column(Meaning.DETAIL, "is_starred", form=forms.ONLY_YES, label="starred"),
            column(Meaning.DETAIL, "last_talked_to", label="last talked to"),
            column(Meaning.DETAIL, "first_met_date", label="first met"),
            column(Meaning.DETAIL, "first_met_where", label="first met at"),
            column(Meaning.DETAIL, "first_met_additional_info", label="how we met"),
            column(
                Meaning.IGNORE,
                "account_id, is_partial, is_active, has_avatar, avatar_source, avatar_external_url, vcard, distant_etag, "
                "distant_uuid, number_of_views, last_consulted_at, stay_in_touch_frequency, stay_in_touch_trigger_date, "
                "gravatar_url, default_avatar_color, updated_at, gender_id, address_book_id",
            ),
        ),
    ),
    Shape(
        "Monica",
        "notes",
        Kind.NOTES,
        by("contact_uuid, body, is_favorited"),
        columns(
            column(Meaning.EXTERNAL_ID, "uuid", label="Monica note"),
            column(Meaning.PERSON_ID, "contact_uuid", label=PERSON),
            column(Meaning.DATE, "created_at"),
            column(Meaning.WORDS, "body"),
            column(Meaning.IGNORE, "is_favorited, updated_at"),
        ),
    ),
    Shape(
        "Monica",
        "calls",
        Kind.MOMENTS,
        by("contact_uuid, called_at"),
        columns(
            column(Meaning.EXTERNAL_ID, "uuid", label="Monica call"),
            column(Meaning.PERSON_ID, "contact_uuid", label=PERSON),
            column(Meaning.DATE, "called_at"),
            column(Meaning.WORDS, "content"),
            column(Meaning.DIRECTION, "direction"),
            column(Meaning.IGNORE, "contact_called, created_at, updated_at"),
        ),
        mode="call",
    ),
    Shape(
        "Monica",
        "activities",
        Kind.MOMENTS,
        by("contact_uuids, summary, happened_at"),
        columns(
            column(Meaning.EXTERNAL_ID, "uuid", label="Monica activity"),
            column(Meaning.PERSON_ID, "contact_uuids", label=PERSON),
            column(Meaning.DATE, "happened_at"),
            column(Meaning.SUBJECT, "summary"),
            column(Meaning.WORDS, "description"),
            column(Meaning.MODE, "activity_type"),
            column(Meaning.IGNORE, "created_at, updated_at"),
        ),
        mode="meeting",
    ),
)
