"""Outlook: its table of contacts in English and German, with 92 columns of which most are empty.

Who sits on the same Exchange server has no e-mail address but a path there; the address stands behind the displayed name.
Days nobody told are 0/0/00, and what nobody chose is Normal, False or Unspecified.
"""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

SHAPES = (
    Shape(
        "Outlook",
        "contacts",
        Kind.PEOPLE,
        by(
            "First Name, Last Name, Business Street, E-mail Address",
            "First Name, Last Name, E-mail Display Name, Company",
        ),
        columns(
            column(Meaning.PREFIX, "Title"),
            column(Meaning.GIVEN_NAME, "First Name"),
            column(Meaning.MIDDLE_NAME, "Middle Name"),
            column(Meaning.FAMILY_NAME, "Last Name"),
            column(Meaning.SUFFIX, "Suffix"),
            column(Meaning.NICKNAME, "Nickname"),
            column(Meaning.ORGANISATION, "Company"),
            column(Meaning.DEPARTMENT, "Department"),
            column(Meaning.ROLE, "Job Title"),
            column(Meaning.STREET, "Business Street, Business Street 2, Business Street 3, Business Address PO Box"),
            column(Meaning.CITY, "Business City"),
            column(Meaning.REGION, "Business State"),
            column(Meaning.POSTCODE, "Business Postal Code"),
            column(Meaning.COUNTRY, "Business Country/Region, Business Country"),
            column(Meaning.STREET, "Home Street, Home Street 2, Home Street 3, Home Address PO Box"),
            column(Meaning.CITY, "Home City"),
            column(Meaning.REGION, "Home State"),
            column(Meaning.POSTCODE, "Home Postal Code"),
            column(Meaning.COUNTRY, "Home Country/Region, Home Country"),
            column(
                Meaning.PHONE,
                "Business Phone, Business Phone 2, Home Phone, Home Phone 2, Mobile Phone, Other Phone, Primary Phone, "
                "Company Main Phone, Car Phone, Callback, Radio Phone, Pager, ISDN, TTY/TDD Phone",
            ),
            column(Meaning.FAX, "Business Fax, Home Fax, Other Fax"),
            column(Meaning.EMAIL, "E-mail Address, E-mail 2 Address, E-mail 3 Address", form=forms.NO_EXCHANGE),
            column(
                Meaning.EMAIL,
                "E-mail Display Name, E-mail 2 Display Name, E-mail 3 Display Name",
                form=forms.IN_BRACKETS,
            ),
            column(Meaning.IGNORE, "E-mail Type, E-mail 2 Type, E-mail 3 Type, Directory Server, Internet Free Busy"),
            column(Meaning.BIRTHDAY, "Birthday"),
            column(Meaning.REPORTS_TO, "Manager's Name, Manager"),
            column(Meaning.ASSISTANT, "Assistant's Name, Assistant Name"),
            column(Meaning.SPOUSE, "Spouse"),
            column(Meaning.DETAIL, "Anniversary, Gender, Sensitivity, Priority, Private", form=forms.SAID),
            column(Meaning.CATEGORY, "Categories"),
            column(Meaning.WORDS, "Notes"),
            column(Meaning.URL, "Web Page"),
        ),
    ),
    Shape(
        "Outlook",
        "contacts in German",
        Kind.PEOPLE,
        by(
            "Vorname, Nachname, E-Mail-Adresse, Straße geschäftlich",
            "Vorname, Nachname, Telefon geschäftlich, Mobiltelefon",
            "Vorname, Nachname, E-Mail: Angezeigter Name",
        ),
        columns(
            column(Meaning.PREFIX, "Anrede, Titel"),
            column(Meaning.GIVEN_NAME, "Vorname"),
            column(Meaning.MIDDLE_NAME, "Weitere Vornamen"),
            column(Meaning.FAMILY_NAME, "Nachname"),
            column(Meaning.SUFFIX, "Suffix"),
            column(Meaning.NICKNAME, "Spitzname"),
            column(Meaning.ORGANISATION, "Firma"),
            column(Meaning.DEPARTMENT, "Abteilung"),
            column(Meaning.ROLE, "Position"),
            column(
                Meaning.STREET,
                "Straße geschäftlich, Straße geschäftlich 2, Straße geschäftlich 3, Postfach geschäftlich",
            ),
            column(Meaning.CITY, "Ort geschäftlich"),
            column(Meaning.REGION, "Region geschäftlich, Bundesland/Kanton geschäftlich"),
            column(Meaning.POSTCODE, "Postleitzahl geschäftlich"),
            column(Meaning.COUNTRY, "Land/Region geschäftlich, Land geschäftlich"),
            column(Meaning.STREET, "Straße privat, Straße privat 2, Straße privat 3"),
            column(Meaning.CITY, "Ort privat"),
            column(Meaning.REGION, "Region privat, Bundesland/Kanton privat"),
            column(Meaning.POSTCODE, "Postleitzahl privat"),
            column(Meaning.COUNTRY, "Land/Region privat, Land privat"),
            column(
                Meaning.PHONE,
                "Telefon geschäftlich, Telefon geschäftlich 2, Telefon privat, Telefon privat 2, Mobiltelefon, "
                "Weiteres Telefon, Haupttelefon, Telefon Firma, Autotelefon, Rückmeldung, Funkruf, Pager",
            ),
            column(Meaning.FAX, "Fax geschäftlich, Fax privat, Weiteres Fax"),
            column(
                Meaning.EMAIL,
                "E-Mail-Adresse, E-Mail 2: Adresse, E-Mail-Adresse 2, E-Mail 3: Adresse",
                form=forms.NO_EXCHANGE,
            ),
            column(
                Meaning.EMAIL,
                "E-Mail: Angezeigter Name, E-Mail 2: Angezeigter Name, E-Mail 3: Angezeigter Name, E-Mail-Anzeigename",
                form=forms.IN_BRACKETS,
            ),
            column(
                Meaning.IGNORE, "E-Mail-Typ, E-Mail 2: Typ, E-Mail 3: Typ, Verzeichnisserver, Internet-Frei/Gebucht"
            ),
            column(Meaning.BIRTHDAY, "Geburtstag"),
            column(Meaning.REPORTS_TO, "Name des/der Vorgesetzten, Vorgesetzte(r), Vorgesetzter"),
            column(Meaning.ASSISTANT, "Name Assistent, Name Assistent(in), Assistent(in), Assistent/in"),
            column(Meaning.SPOUSE, "Partner/in, Partner, Ehepartner"),
            column(Meaning.DETAIL, "Jahrestag, Geschlecht, Vertraulichkeit, Priorität, Privat", form=forms.SAID),
            column(Meaning.CATEGORY, "Kategorien"),
            column(Meaning.WORDS, "Notizen"),
            column(Meaning.URL, "Webseite"),
        ),
    ),
    Shape(
        "Outlook",
        "e-mail addresses",
        Kind.PEOPLE,
        by("E-mail Address, E-mail 2 Address, E-mail 3 Address"),
        column(Meaning.EMAIL, "E-mail Address, E-mail 2 Address, E-mail 3 Address", form=forms.NO_EXCHANGE),
    ),
)
