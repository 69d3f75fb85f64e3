"""What the columns of personnel systems are called, and which of our fields is meant. No database."""

import re
import unicodedata

REQUIRED = ("email",)  # and `name`, or `first_name` with `last_name`
SYNONYMS = {
    "name": "name|full name|display name|employee name|worker|worker name|preferred display name|vollständiger name"
    "|anzeigename|mitarbeiter|mitarbeitername|name vorname|vor und nachname",
    "first_name": "first name|given name|forename|legal first name|vorname|rufname",
    "last_name": "last name|surname|family name|legal last name|nachname|familienname|zuname",
    "email": "email|e mail|mail|email address|e mail address|work email|business email|primary work email"
    "|company email|work e mail|user principal name|upn|e mail adresse|mailadresse|email adresse|dienstliche e mail"
    "|geschäftliche e mail",
    "staff_number": "employee id|employee number|employee no|employee code|emp id|staff number|staff id|staff no"
    "|personnel number|person number|worker id|payroll number|payroll id|badge number|personalnummer|personal nr"
    "|pers nr|personalnr|mitarbeiternummer|mitarbeiter id|mitarbeiter nr|stammnummer",
    "preferred_name": "preferred name|known as|nickname|goes by|bevorzugter name|rufname kurz",
    "job_title": "job title|title|position|position title|job|role|business title|designation|job profile"
    "|stelle|funktion|tätigkeit|berufsbezeichnung|stellenbezeichnung|positionsbezeichnung|jobtitel|dienstbezeichnung",
    "department": "department|dept|department name|department code|department path|organization|organisation"
    "|org unit|organizational unit|organisational unit|team|unit|cost center|cost centre|supervisory organization"
    "|abteilung|kostenstelle|organisationseinheit|bereich|fachbereich|institut|einheit|oe",
    "site": "site|location|office|work location|office location|campus|building|standort|arbeitsort|dienstort|ort",
    "manager": "manager|supervisor|reports to|manager email|supervisor email|manager e mail|line manager"
    "|manager id|manager employee id|supervisor id|reports to email|reporting to|line manager email|boss"
    "|manager staff number|vorgesetzter|vorgesetzte|vorgesetzte r|führungskraft|vorgesetzter e mail|e mail vorgesetzter"
    "|personalnummer vorgesetzter|leitung|disziplinarischer vorgesetzter|berichtet an",
    "hired_on": "hire date|hired|hired on|start date|date of hire|date hired|original hire date|joining date"
    "|date of joining|first working day|entry date|eintritt|eintrittsdatum|einstellungsdatum|eintritt am|beginn"
    "|erster arbeitstag",
    "left_on": "end date|termination date|leaving date|last working day|last day|exit date|date of leaving|left on"
    "|austritt|austrittsdatum|austritt am|ende|letzter arbeitstag",
}
FIELDS = tuple(SYNONYMS)
_FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words.split("|")}


def plain(heading: str) -> str:
    """ "E-Mail_Adresse" → "e mail adresse"; "ReportsTo" → "reports to"."""
    spaced = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", unicodedata.normalize("NFC", heading[:120]))
    return " ".join(re.sub(r"[\W_]+", " ", spaced).casefold().replace("ß", "ss").split())


def guess(header: list[str]) -> dict[str, int]:
    """Which column (from 0) holds which field, as far as the headings tell; each column and each field once."""
    mapping: dict[str, int] = {}
    for column, heading in enumerate(header):
        field = _FIELD_OF.get(plain(heading)) or _FIELD_OF.get(plain(heading).replace(" ", ""))
        if field and field not in mapping:
            mapping[field] = column
    if "first_name" in mapping and "name" in mapping and "last_name" not in mapping:
        mapping["last_name"] = mapping.pop("name")  # German lists: "Name; Vorname"
    if "first_name" in mapping and "last_name" in mapping:
        mapping.pop("name", None)
    return mapping


def familiar(header: list[str]) -> int:
    """How many headings are known: the header of a file is the row with most."""
    return len(guess(header))
