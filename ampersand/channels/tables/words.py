"""The words that stand over columns, in English, German, French and Spanish, and in exports of other systems."""

from __future__ import annotations

import re
from functools import lru_cache

from ampersand.channels.tables.meanings import Meaning
from ampersand.core.folding import fold

# Folded words, a comma between them; a heading that stands under two meanings means the first.
_HEADINGS: dict[Meaning, str] = {
    Meaning.NAME: (
        "name, full name, display name, displayname, contact, contact name, contact person, person, customer contact, "
        "ansprechpartner, kontakt, kontaktperson, vollstaendiger name, vollstandiger name, anzeigename, nom complet, "
        "interlocuteur, nom du contact, nombre completo, contacto, nombre y apellidos, persona de contacto, "
        "associated contact, buyer, 氏名, お名前, kontaktname, person name, file as, speichern unter, who"
    ),
    Meaning.GIVEN_NAME: (
        "first name, firstname, given name, givenname, forename, vorname, prenom, nombre, nombre de pila, first, 名"
    ),
    Meaning.MIDDLE_NAME: (
        "middle name, additional name, weitere vornamen, zweiter vorname, deuxieme prenom, segundo nombre"
    ),
    Meaning.FAMILY_NAME: (
        "last name, lastname, family name, surname, nachname, familienname, zuname, nom, nom de famille, last, "
        "apellido, apellidos, 姓"
    ),
    Meaning.PREFIX: ("name prefix, salutation, anrede, civilite, tratamiento, honorific, titre de civilite"),
    Meaning.SUFFIX: "name suffix, suffix, namenszusatz, suffixe, sufijo",
    Meaning.NICKNAME: "nickname, spitzname, surnom, apodo, alias, nick, short name",
    Meaning.SORT_NAME: "phonetic last name, yomi name, sort name, フリガナ 姓",
    Meaning.ORGANISATION: (
        "company, company name, organisation, organization, organization name, organisation name, account, account "
        "name, firm, employer, business, customer, customer name, client, supplier, vendor, firma, firmenname, "
        "unternehmen, kunde, kundenname, lieferant, gesellschaft, entreprise, societe, raison sociale, fournisseur, "
        "nom de l entreprise, empresa, compania, cliente, proveedor, razon social, associated company, related "
        "company, company organization, nombre de la empresa, organizacion, 会社名, partner"
    ),
    Meaning.DEPARTMENT: (
        "department, organization department, abteilung, departement, service, departamento, 部署, unit, division"
    ),
    Meaning.ROLE: (
        "job title, role, position, jobtitle, occupation, profession, organization title, funktion, stelle, beruf, "
        "fonction, poste, cargo, puesto, 役職, jobbezeichnung, positionsbezeichnung"
    ),
    Meaning.EMAIL: (
        "e mail, email, email address, e mail address, mail, emails, e mail adresse, email adresse, mailadresse, "
        "courriel, adresse e mail, adresse email, adresse electronique, correo, correo electronico, direccion de "
        "correo, e mail display name, secondary email, primary email, person email, 電子メール, メール, メールアドレス, "
        "contact email, e mail anzeigename"
    ),
    Meaning.PHONE: (
        "phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, cellphone, mobilephone, "
        "homephone, otherphone, company main phone, telefon, telefonnummer, handy, mobil, mobiltelefon, rufnummer, "
        "telephone portable, portable, numero de telephone, telefono, movil, celular, numero de telefono, "
        "電話, 電話番号, 携帯, phone value, car phone, radio phone, pager, "
        "callback, telefon geschaeftlich, telefon geschaftlich, "
        "telefon privat"
    ),
    Meaning.FAX: "fax, fax number, faxnummer, telecopie",
    Meaning.URL: (
        "website, web page, webpage, url, homepage, web, site web, pagina web, internet, webseite, sitio web, "
        "linkedin, profile url, company domain name, domain, sender profile url"
    ),
    Meaning.STREET: (
        "street, street address, address line, address 1, address 2, address line 1, address line 2, street 2, street "
        "3, strasse, straße, hausnummer, anschrift, rue, adresse 1, adresse 2, calle, direccion, po box, address po "
        "box"
    ),
    Meaning.POSTCODE: (
        "postcode, postal code, zip, zip code, zipcode, plz, postleitzahl, code postal, codigo postal, cp"
    ),
    Meaning.CITY: "city, town, ort, stadt, wohnort, ville, ciudad, localidad, poblacion",
    Meaning.REGION: (
        "state, region, province, county, bundesland, bundesland kanton, departement region, provincia, estado, state "
        "region"
    ),
    Meaning.COUNTRY: "country, country region, land, pays, pais, country code, nation, land region",
    Meaning.ADDRESS: (
        "address, full address, formatted, adresse, address formatted, postal address, postanschrift, domicilio"
    ),
    Meaning.BIRTHDAY: (
        "birthday, birthdate, date of birth, geburtstag, geburtsdatum, date de naissance, anniversaire, fecha de "
        "nacimiento, cumpleanos, dob"
    ),
    Meaning.CATEGORY: (
        "category, categories, tags, tag, labels, label, group, groups, group membership, segment, industry, "
        "kategorie, kategorien, gruppe, branche, categorie, etiquetas, categoria, keywords, stichworter"
    ),
    Meaning.IS_ORGANISATION: "is a company, is company, is organisation, is organization",
    Meaning.IS_DELETED: "is deleted, isdeleted, deleted, geloscht",
    Meaning.EXTERNAL_ID: (
        "id, record id, external id, contact id, person id, row id, reference, ref, activity id, deal id, referenz, "
        "identifiant, identificador, key, uid, guid, conversation id, user id"
    ),
    Meaning.ORGANISATION_ID: (
        "account id, accountid, company id, customer id, customer number, kundennr, kundennummer, primary associated "
        "company id, associated company ids, organization id, organisation id, kunden nr, debitor, debitorennummer, "
        "numero client, numero de cliente, client id, account number, what id, person organization id"
    ),
    Meaning.PERSON_ID: "associated contact ids, who id, contactid",
    Meaning.DATE: (
        "date, order date, invoice date, delivery date, payment date, paid on, ordered on, transaction date, close "
        "date, activity date, when, day, on, datum, bestelldatum, rechnungsdatum, lieferdatum, belegdatum, "
        "buchungsdatum, zahlungsdatum, tag, wann, date de commande, date de facture, date facture, fecha, fecha de "
        "pedido, fecha de factura, start date, start, begin, beginn, anfang, started at, timestamp, created at, sent "
        "at, date time, datetime, connected on, last contact, letzter kontakt, created, dernier contact, ultimo "
        "contacto"
    ),
    Meaning.TIME: "time, start time, uhrzeit, zeit, heure, hora, due time, startzeit, beginnt um",
    Meaning.ENDS: "end, end date, ende, enddatum, fin, ends, end time, endzeit",
    Meaning.DURATION: "duration, dauer, duree, duracion, minutes, call duration in seconds, length",
    Meaning.MODE: (
        "mode, channel, type of contact, medium, activity type, call type, task subtype, kanal, kontaktart, art des "
        "kontakts, canal, type d activite, tipo de contacto, via, how, activity"
    ),
    Meaning.DIRECTION: "direction, richtung, in out, sens, direccion de llamada, incoming outgoing",
    Meaning.SENDER: "from, sender, von, absender, de, expediteur, remitente",
    Meaning.RECEIVER: "to, recipient, recipients, an, empfanger, destinataire, destinatario, para",
    Meaning.SUBJECT: (
        "subject, betreff, thema, objet, sujet, asunto, conversation title, topic, activity subject, anlass"
    ),
    Meaning.WORDS: (
        "note, notes, notiz, notizen, comment, comments, kommentar, bemerkung, bemerkungen, remarks, description, "
        "beschreibung, message, nachricht, content, inhalt, body, text, remarque, remarques, commentaire, notas, "
        "nota, comentario, mensaje, observaciones, descripcion, activity note, words, summary, memo"
    ),
    Meaning.AMOUNT: (
        "amount, total, sum, value, price, sales, revenue, net, gross, betrag, summe, umsatz, gesamt, netto, brutto, "
        "preis, wert, gesamtbetrag, rechnungsbetrag, montant, total ttc, total ht, montant ttc, montant ht, prix, "
        "valeur, importe, monto, precio, valor, grand total, order total, invoice total, net amount, gross amount, "
        "total amount, total price, deal value, balance, saldo"
    ),
    Meaning.CURRENCY: (
        "currency, wahrung, waehrung, devise, moneda, divisa, currency code, currency iso code, currency of value"
    ),
    Meaning.NUMBER: (
        "order number, order id, order no, invoice number, invoice no, invoice, invoice id, document number, "
        "bestellnummer, auftragsnummer, rechnungsnummer, rechnungsnr, rechnung nr, belegnummer, belegnr, rechnung, "
        "auftrag, numero de commande, numero de facture, facture, no facture, numero de pedido, numero de factura, "
        "factura, pedido, po number, number, nummer, receipt number, order"
    ),
    Meaning.QUANTITY: "quantity, qty, menge, anzahl, stuck, stueck, quantite, qte, cantidad, units",
    Meaning.PRODUCT: (
        "product, item, article, artikel, produkt, ware, produit, producto, articulo, product name, item name, sku, "
        "artikelnummer, bezeichnung, designation, line item"
    ),
    Meaning.TRANSACTION_KIND: (
        "kind, transaction type, document type, belegart, vorgangsart, type de document, tipo de documento, transaction"
    ),
    Meaning.REPORTS_TO: (
        "reports to, reporting to, manager, manager name, manager s name, managers name, supervisor, line manager, boss, "
        "vorgesetzter, vorgesetzte, vorgesetzter in, name des der vorgesetzten, berichtet an, superieur hierarchique, "
        "jefe, reporta a"
    ),
    Meaning.ASSISTANT: (
        "assistant, assistant name, assistant s name, assistants name, assistent, assistentin, assistent in, assistenz, "
        "name assistent in, name assistent, assistante, asistente, secretaria"
    ),
    Meaning.SPOUSE: (
        "spouse, spouse name, husband, wife, ehepartner, ehepartnerin, ehefrau, ehemann, partner in, conjoint, conjointe, "
        "conyuge"
    ),
    Meaning.PART_OF: (
        "parent account, parent company, parent organization, parent organisation, parent account name, holding, "
        "muttergesellschaft, mutterunternehmen, mutterkonzern, konzern, societe mere, maison mere, empresa matriz, matriz"
    ),
    Meaning.STATUS: (
        "status, done, state of order, zustand, statut, etat, estado del pedido, payment status, zahlungsstatus"
    ),
    Meaning.DUE_ON: (
        "due date, due, payable by, payment due, fallig, fallig am, faelligkeit, falligkeit, falligkeitsdatum, "
        "echeance, date d echeance, vencimiento, fecha de vencimiento"
    ),
    Meaning.IGNORE: (
        "master record id, created by id, last modified by id, last modified date, system modstamp, owner id, created "
        "date, create date, last modified, modified, update time, person created, directory server, internet free "
        "busy, mailing latitude, mailing longitude, mailing geocode accuracy, photo, sensitivity, private, priority, "
        "e mail type, is high priority, is closed, jigsaw, deal created, connection url, recipient profile urls, "
        "folder, date key"
    ),
}
_QUALIFIERS = set(
    (
        "billing business casa company contact customer de delivery der dienstlich geschaeftlich geschaftlich "
        "home invoice kunden la mailing main office other person personal personnel primary privat private "
        "professionnel secondary shipping the trabajo value work"
    ).split()
)
_KEEPS_MEANING = {
    Meaning.EMAIL, Meaning.PHONE, Meaning.FAX, Meaning.STREET, Meaning.POSTCODE, Meaning.CITY, Meaning.REGION,
    Meaning.COUNTRY, Meaning.ADDRESS, Meaning.URL, Meaning.NAME,
    Meaning.GIVEN_NAME, Meaning.FAMILY_NAME, Meaning.ORGANISATION, Meaning.ROLE, Meaning.DEPARTMENT,
}  # fmt: skip
_OFFER_WORDS = {"deal", "opportunity", "stage", "stagename", "pipeline", "probability", "forecast"}

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ADDRESS_GROUP = re.compile(
    r"^(?:business|home|work|other|mailing|billing|shipping|delivery|invoice|privat|geschaftlich|address \d)"
    r"|\b(?:geschaftlich|geschaeftlich|privat)(?= ?\d?$)"
)
_OTHER_THAN_WORDS = re.compile(r"[^\w]+|_+")
_VALUE = re.compile(
    r"^[\s$€£¥]*[+-]?\d[\d\s.,:/()+-]*[€$£%]?$|^\d{4}-\d\d-\d\d|^https?://|^\d{1,2}\.? [^\W\d]{3,9}\.? \d{4}$"
)


@lru_cache(maxsize=5_000)
def plain(header: str) -> str:
    """A heading as plain words: "BillingPostalCode", "Billing - postal_code" and "billing postal code" are one.

    >>> plain("Person - E-mail Adresse")
    'person e mail adresse'
    """
    apart = _CAMEL.sub(" ", header.removesuffix("__c").removesuffix("__C"))
    return " ".join(_OTHER_THAN_WORDS.sub(" ", fold(apart)).split())


@lru_cache(maxsize=1)
def _known() -> dict[str, Meaning]:
    """The words, and the same without spaces, as some systems write their headings in one run of capitals."""
    apart = {plain(word): meaning for meaning, told in reversed(_HEADINGS.items()) for word in told.split(",")}
    squeezed = {word.replace(" ", ""): meaning for word, meaning in apart.items()}
    known = squeezed | apart
    known.pop("", None)
    return known


@lru_cache(maxsize=5_000)
def find_meaning(header: str) -> Meaning | None:
    """The meaning a heading names, by itself or without words such as business, home or 2.

    >>> find_meaning("Business Postal Code"), find_meaning("Rechnungsdatum"), find_meaning("E-mail 2 - Value")
    (<Meaning.POSTCODE: 'postcode'>, <Meaning.DATE: 'date'>, <Meaning.EMAIL: 'e-mail'>)
    """
    told = plain(header)
    known = _known()
    if told in known:
        return known[told]
    meanings = (known.get(shorter) for shorter in _shorter(told))
    return next((meaning for meaning in meanings if meaning in _KEEPS_MEANING), None)


def _shorter(told: str) -> list[str]:
    """The heading without words that only say which one of several it is."""
    kept = [word for word in told.split() if word not in _QUALIFIERS and not word.isdigit()]
    # What is left of BILLINGSTREET when its first word, which no space parts, is taken off.
    runs = [
        told.removeprefix(qualifier) for qualifier in _QUALIFIERS if len(qualifier) > 4 and told.startswith(qualifier)
    ]
    without_address = [word for word in kept if word not in {"address", "adresse", "direccion", "anschrift"}]
    return [" ".join(kept), " ".join(without_address), *(run.strip() for run in runs)]


def address_group(header: str) -> str:
    """Which of several addresses a column belongs to: that of the business, of the home, the first, the second.

    >>> address_group("BillingCity"), address_group("Address 2 - Street"), address_group("Ort")
    ('billing', 'address 2', '')
    """
    found = _ADDRESS_GROUP.search(plain(header))
    return found[0] if found else ""


def speaks_of_offers(headers: tuple[str, ...]) -> bool:
    """Whether the headings are those of deals in the making: a stage or a likelihood, besides an amount."""
    found = {word for header in headers for word in plain(header).split()} & _OFFER_WORDS
    return len(found) >= 2


def looks_like_value(cell: str) -> bool:
    """Whether a cell is a number, a date or a web address rather than a word for such things."""
    return bool(_VALUE.match(cell.strip()))
