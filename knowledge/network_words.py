"""Every sentence and every other word that the reading of network files needs, in one place.

Dutch of level B1. A fault always says what stands there and what was expected.
"""

from __future__ import annotations

FOUND = "hier staat {found}, verwacht {expected}"
MISSING = "ontbreekt, verwacht {expected}"
UNKNOWN_KEY = "onbekende sleutel {found}, {expected}"
UNKNOWN_COLUMN = "de kolom {found} ken ik niet, {expected}"
UNKNOWN_COLUMNS = "deze kolommen ken ik niet: {found}; {expected}"
AND_MORE_COLUMNS = " en nog {number}"
DID_YOU_MEAN = "bedoel je {near}?"
ONE_OF = "verwacht een van: {keys}"

EXPECT_NAME = "een naam"
EXPECT_NO_CONTROL = "leesbare tekst zonder stuurtekens"
EXPECT_ONE_SCRIPT = "letters van één alfabet (de {letter} komt uit een ander schrift en lijkt op een gewone: typ {word} opnieuw)"
EXPECT_TEXT = "één waarde, geen lijst of blok"
EXPECT_LIST = "een lijst, zoals [a, b]"
EXPECT_TABLE = "een blok met sleutels"
EXPECT_ID = "een kenmerk van kleine letters, cijfers en streepjes, zoals k-verhoef"
EXPECT_NEW_ID = "een kenmerk dat nog niet gebruikt is (het staat al op regel {line})"
EXPECT_DATE = "een datum, zoals 2026-09-01 of 1-9-2026"
EXPECT_MOMENT = "een datum en tijd, zoals 2026-09-01T15:30"
EXPECT_DAILY_TIME = "een tijd die er elke dag is, dus niet tussen 02:00 en 03:00 (dan verspringt de klok)"
EXPECT_PHONE = "één telefoonnummer, zoals 06-12345678, 088-1234567, 0900-8844 of +32 470 12 34 56"
EXPECT_EMAIL = "een e-mailadres, zoals k.verhoef@school.nl"
EXPECT_HOURS = 'openingstijden, zoals "Mo-Th 08:30-17:00; PH off; SH off" (Mo Tu We Th Fr Sa Su; PH feestdag, SH schoolvakantie)'
EXPECT_RHYTHM = "een herhaling, zoals FREQ=WEEKLY;INTERVAL=6 (FREQ is DAILY, WEEKLY, MONTHLY of YEARLY)"
EXPECT_TIMEZONE = "een tijdzone, zoals Europe/Amsterdam"
EXPECT_TRUTH = "ja of nee (true of false)"
EXPECT_MATRIX_PERSON = 'een Matrix-naam, zoals "@karin:voorbeeld.nl"'
EXPECT_MATRIX_ROOM = 'het kenmerk van een Matrix-kamer, zoals "!kamer:voorbeeld.nl"'
EXPECT_SLACK = "een kenmerk van Slack, zoals U0KARIN of C0NETWERK, geen weergavenaam"
EXPECT_NOT_BEFORE = "een dag op of na {first}"
EXPECT_REGION = "noord, midden of zuid"
EXPECT_ROLE = "een rol uit de lijst, zoals wijkagent, mentor, directie of leerplichtambtenaar"
EXPECT_KIND = "een soort organisatie: {choices}"
EXPECT_ORGANISATION = "het id van een organisatie uit dit netwerk"
EXPECT_SCHOOL = "het id van een school (po, vo, vso of mbo) uit dit netwerk"
EXPECT_POLICE = "het id van een organisatie van de soort politie uit dit netwerk"
EXPECT_PERSON = "het id van een persoon uit dit netwerk"
EXPECT_WHO = "een rol, of het id van een persoon uit dit netwerk"
EXPECT_CONCERNS = "het id van een organisatie of koppel uit dit netwerk"
EXPECT_SERVED = "het id van een organisatie, of de naam van een wijk of gemeente uit dit netwerk"
NEAREST = "{expected}; bedoel je {near}?"

# Whole files
CANNOT_OPEN = "dit bestand kan ik niet openen ({reason})"
TOO_LARGE = "dit bestand is groter dan 20 MB, verwacht een netwerk van een paar MB; klopt het bestand?"
TOO_MUCH = "dit bestand heeft meer dan {limit} waarden, verwacht een gewoon netwerk; klopt het bestand?"
WRONG_SUFFIX = "dit soort bestand ken ik niet, verwacht een bestand op .yaml, .csv of .vcf"
SPREADSHEET = "dit is een rekenblad (Excel of iets dergelijks), verwacht tekst; open het en sla het op als CSV (UTF-8)"
PACKED = "dit is een ingepakt bestand (zip), verwacht een netwerk; pak het eerst uit"
NO_TEXT = "dit is geen tekstbestand, verwacht YAML, CSV of vCard"
EMPTY_FILE = "dit bestand is leeg, verwacht een netwerk"
CONTROL_CHARACTER = "hier staat een stuurteken dat je niet ziet (U+{code:04X}), verwacht gewone tekst; haal het weg"

# YAML
ALIAS = "hier staat een verwijzing binnen het bestand (& of *), verwacht dat alles voluit geschreven is"
TAG = "hier begint een waarde met een uitroepteken ({found}), verwacht aanhalingstekens eromheen"
TOO_DEEP = "hier zitten te veel blokken in elkaar, verwacht de opbouw van het voorbeeldnetwerk"
TWICE = "deze sleutel staat hier twee keer, verwacht één keer (eerder op regel {line})"
KEY_IS_NO_TEXT = "hier staat een lijst of blok als sleutel, verwacht een woord"
SECOND_DOCUMENT = "hier begint een tweede netwerk (---), verwacht één netwerk per bestand"
NOT_UNDERSTOOD = "hier kan ik de YAML niet volgen, verwacht {expected}"
EXPECT_SPACES = "spaties in plaats van een tab"
EXPECT_QUOTES = "aanhalingstekens om een waarde die met @, !, % of ` begint"
EXPECT_CLOSED_QUOTE = "een aanhalingsteken dat weer sluit"
EXPECT_QUOTED_COLON = "aanhalingstekens om een waarde met een dubbele punt erin, of een nieuwe regel"
EXPECT_CLOSED_BRACKET = "een haak die weer sluit, en komma's ertussen"
EXPECT_INDENT = "sleutels die recht onder elkaar staan, en aanhalingstekens die kloppen"
EXPECT_ESCAPE = "enkele aanhalingstekens, of \\\\ in plaats van \\"
EXPECT_YAML = "de opbouw van het voorbeeldnetwerk"

# CSV
NO_NAME_COLUMN = (
    "de kop heeft geen kolom naam of id, verwacht op de eerste regel namen van kolommen, zoals naam;organisatie;rollen;telefoon"
)
COLUMN_TWICE = "deze kolom staat twee keer in de kop, verwacht één keer"
TOO_MANY_CELLS = (
    "deze regel heeft meer vakken dan de kop ({found} in plaats van {expected}), "
    "verwacht aanhalingstekens om een waarde met {delimiter} erin"
)
TOO_MANY_COLUMNS = "de kop heeft {found} kolommen, verwacht hooguit {limit}; klopt het bestand?"
BAD_QUOTE = "een aanhalingsteken klopt hier niet, verwacht dat elk aanhalingsteken weer sluit"
PERSON_TWICE = "deze persoon staat er twee keer (ook op regel {line}), verwacht één regel per persoon, met rollen gescheiden door |"
KOPPEL_TWICE = "dit koppel staat er twee keer (ook op regel {line}), verwacht één regel per koppel, met contacten gescheiden door |"
KOPPELS_ALONE = "dit is een lijst van koppels, verwacht dat er al een netwerk is; begin met verbinder init"
SEVERAL_CALLED = "het id, want zo heten er {count}: {ids}"
OTHER_VALUE = "hier staat {found} voor {organisation}, verwacht {expected}, zoals op regel {line}"
SCIENTIFIC = "het hele nummer; Excel heeft het afgekort: maak van de kolom eerst tekst"

ROLE_SYNONYMS = {
    "schoolcontactpersoon": ("schoolcontactpersoon politie",),
    "leerplichtambtenaar": ("leerplicht", "lpa"),
    "raad-voor-de-kinderbescherming": ("de Raad", "RvdK"),
    "ambtenaar-openbare-orde": ("oov", "ambtenaar oov", "adviseur openbare orde en veiligheid"),
    "wijkteam": ("sociaal wijkteam", "cjg"),
    "veilig-thuis": ("vt", "amhk"),
    "coordinator": ("netwerkcoördinator", "coördinator netwerk"),
    "privacycontact": ("fg", "functionaris gegevensbescherming"),
}
"""What people call a role in a column of a list, beside the words of `content/rollen.yaml`."""

KIND_SYNONYMS = {
    "po": ("basisschool", "basisonderwijs", "primair onderwijs"),
    "vo": ("voortgezet onderwijs", "middelbare school"),
    "vso": ("voortgezet speciaal onderwijs",),
    "mbo": ("roc", "middelbaar beroepsonderwijs"),
    "om": ("openbaar ministerie",),
    "rvdk": ("raad voor de kinderbescherming",),
    "leerplicht": ("rmc", "leerplicht en rmc"),
    "wijkteam": ("sociaal wijkteam", "cjg"),
    "samenwerkingsverband": ("swv",),
    "overig": ("anders",),
}

COLUMN_SYNONYMS = {
    "organisatie-naam": ("naam organisatie", "organisatienaam"),
    "organisatie": ("school", "instelling", "organisatie id"),
    "soort": ("soort organisatie",),
    "rollen": ("rol", "functie", "functies"),
    "telefoon": ("telefoonnummer", "tel", "tel nr", "mobiel", "mobiele nummer", "06"),
    "e-mail": ("email", "mail", "e-mailadres", "mailadres"),
    "naam": ("volledige naam",),
    "vervanger": ("vervangt", "plaatsvervanger", "vervanging"),
    "leidinggevende": ("chef",),
    "bereikbaar": ("werktijden", "bereikbaarheid"),
    "sinds": ("vanaf", "begindatum"),
    "tot": ("tot en met", "einddatum", "t/m"),
    "bevestigd": ("laatst bevestigd",),
}

KOPPEL_SYNONYMS = {
    "id": ("koppel",),
    "school": ("schoolnaam", "naam school"),
    "politie": ("politieteam", "politie-organisatie", "team", "naam politie"),
    "contacten": ("contactpersonen", "contact", "contactpersoon"),
    "slack": ("kanaal slack", "slack-kanaal"),
    "matrix": ("kanaal matrix", "matrix-kamer", "kamer"),
}

TRUE_WORDS = frozenset({"ja", "j", "waar", "true", "yes", "y", "x", "1", "✓", "✔"})
FALSE_WORDS = frozenset({"nee", "n", "onwaar", "false", "no", "0", "-"})

CALLED = {"denhaag": "'s-Gravenhage", "denbosch": "'s-Hertogenbosch", "defriesemeren": "De Fryske Marren"}
"""Municipalities by what people call them (folded), and how they are written in files of the state."""

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_NAMES = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONTH_BEGINNINGS = {"maart": "mrt", "maa": "mrt"}
DAYS = {
    "maandag": "Mo", "dinsdag": "Tu", "woensdag": "We", "donderdag": "Th", "vrijdag": "Fr", "zaterdag": "Sa",
    "zondag": "Su",
    "ma": "Mo", "di": "Tu", "wo": "We", "do": "Th", "vr": "Fr", "za": "Sa", "zo": "Su",
}  # fmt: skip

# The preview of an import
NEW = "nieuw"
CHANGED = "gewijzigd"
GONE = "weg"
NOTHING = "leeg"
NO_CHANGE = "er verandert niets"
AND = " en "
AND_MORE = "en nog {count}"
THE_NETWORK = "het netwerk"
KINDS_OF_RECORD = (
    ("organisatie", "organisaties"),
    ("persoon", "personen"),
    ("koppel", "koppels"),
    ("afspraak", "afspraken"),
)

# What `verbinder check` says
NO_COORDINATOR = "Niemand is nu coördinator van het netwerk. Geef iemand de rol coordinator."
NO_MANAGER = "Niemand mag het netwerk voor iedereen wijzigen. Geef iemand de rol coordinator, of zet erbij: beheerder: true."
SHARED = "{what} Dat is zo bij {number}: {names}."
NO_SAFETY_COORDINATOR = "{school}: er is nu geen veiligheidscoördinator. Elke school heeft er een (convenant art. 3)."
NO_KOPPEL = "{school}: er is geen koppel met de politie. Elke school heeft een vast contact (convenant art. 1 en 4)."
NO_POLICE_CONTACT = "{koppel}: de politie heeft in dit koppel nu geen contactpersoon (convenant art. 1 en 4)."
NO_SCHOOL_CONTACT = "{koppel}: de school heeft in dit koppel nu geen contactpersoon (convenant art. 1)."
NO_CHANNEL = "{koppel}: dit koppel heeft geen kanaal in Slack of Matrix."
NO_CONTACT = "{organisation}: hier is nu niemand. Elke partij wijst een vaste contactpersoon aan (convenant art. 1)."
NOBODY_AT_SCHOOL = "{school}: niemand heeft hier nu de rol {roles}."
NOBODY_FOR_SCHOOL = "{school}: niemand werkt nu voor deze school in de rol {roles}."
NOBODY_IN_NETWORK = "In het hele netwerk heeft nu niemand de rol {roles}."
OWN_DEPUTY = "{person} is de eigen vervanger. Kies iemand anders."
CIRCLE = "{people} zijn elkaars vervanger. Zijn zij tegelijk weg, dan is er niemand."
LEAVES = "{person} stopt op {day} en heeft nog geen opvolger in de rol {roles} bij {organisation}."
LEFT_CONTACT = "{koppel}: {person} is nog contact, maar stopte op {day}."
LEFT_DEPUTY = "{person} heeft als vervanger {deputy}, maar die stopte op {day}."
NO_PHONE = "Zonder telefoonnummer: {people}."
NEVER_CONFIRMED = "Nog nooit bevestigd: {people}. Vraag of het klopt."
OLD = "Langer dan een jaar niet bevestigd: {people}. Vraag of het nog klopt."
NO_ROLE = "Zonder rol, dus niet te vinden: {people}."
UNKNOWN_AREA = "{person} werkt voor {area}, maar geen organisatie heeft die wijk of gemeente."
CONVENANT_ENDED = "Het convenant liep tot en met {day}. Spreek een nieuw af."
CONVENANT_ENDS = "Het convenant loopt af op {day}."
NOBODY_REACHED = "{school}: {when} is niet de hele dag iemand te bereiken als {roles}, ook geen vervanger."
ON_DAY = "op {day}"
DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NO_ACCOUNT = "Zonder account in de chat, dus alleen te bellen: {people}."
OTHER_PLATFORM = "Koppel {school}: {person} zit alleen in {has}, maar het koppel praat ergens anders."
CALENDAR_ENDED = "Schoolvakanties ken ik maar tot en met {day}. Vul ze aan bij netwerk.vakanties."
CALENDAR_ENDS = "Schoolvakanties ken ik nog tot en met {day}. Vul ze op tijd aan bij netwerk.vakanties."
CONVENANT_END = "Einde van het convenant"
KOPPEL_OF = "Koppel {school}"
OR = " of "

IS_DUO = "dit is een schoolbestand van DUO. Zet de scholen erin met: verbinder init {file}"
PART_OF_DUO = "in dit bestand van DUO ontbreekt {missing}. Haal het opnieuw bij DUO (duo.nl), en laat de eerste regel zoals zij is"
NO_SCHOOLS = "er staan geen scholen in dit bestand, alleen een kop. Haal het opnieuw bij DUO (duo.nl)"
NOT_DUO = "dit is geen schoolbestand van DUO, verwacht kolommen als VESTIGINGSCODE, VESTIGINGSNAAM en GEMEENTENAAM, met ; ertussen"
DUO_ROW = "hier ontbreekt de vestigingscode, de naam of de gemeente, verwacht een hele regel van DUO"
NOT_CARDS = "hier staan geen adreskaarten (vCard) in, verwacht een .vcf zoals een telefoon of Outlook die schrijft"
