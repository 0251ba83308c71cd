"""Addresses: a street with a house number, and postcodes. A street without a number is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.finding import Finding
from knowledge.guard.lexicon import lexicon
from knowledge.guard.tokens import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUFFIX = (
    r"straat|str\.?|straatje|laan|ln\.?|laantje|weg|wg|plein|plantsoen|kade|gracht|singel|dijk|hof|hofje|pad|steeg|"
    r"dreef|park|plantsoen|markt|baan|"
    r"kamp|ring|wal|veld|velden|horst|brink|donk|erf|meent|meen|laar|burg|haven|hoek|berg|dam|werf|weide|wei|oord|rade|"
    r"schans|vest|zijde|"
    r"rijn|straatweg|boulevard|allee|hage|akker|akkers|kamp|gaarde|heuvel|heem|hoeve|land|sluis|brug|poort|tuin|tuinen|"
    r"zoom|dal|rak|es|eng|"
    r"bos|mate|maten|waard|stein|borg|wijk|stede|ooi|loop|beek|slag|vaart|water|plaats|kwartier|duin|duinen|stelle|kreek|wetering"
)
_NUMBER = r"(?P<number>\d{1,4})(?: ?-? ?(?:[a-kA-K]|bis|hs|huis|rood|zw|[IVX]{1,4})\b)?(?:[-/]\d{1,4})?"
_SIGN = r"(?:,? ?(?:nr\.?|no\.?|nummer|huisnummer|huisnr\.?|hnr\.?)? ?:? ?)"
_COMPOUND = re.compile(
    rf"\b(?P<street>[^\W\d_][\w'’.-]{{1,40}}?(?:{_SUFFIX})){_SIGN} ?\b{_NUMBER}(?![\d.:]?\d|"
    rf"\s?[%€])",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\b(?P<street>(?:{_SUFFIX}|[A-Z][\w'’.-]+)(?: \d{{4}}| \d\d-\d\d)?) (?:(?:nr\.?|no\.?|nummer|huisnummer|"
    rf"huisnr\.?) ?)?{_NUMBER}(?![\d.:]?\d|\s?[%€])"
)
_OF_SOMEBODY = re.compile(
    r"\b(?:Laan|Plein|Weg|Kade|Pad|Park|Hof|Singel|Gracht|Straat|Dijk)(?: van| der| den| de| het| 't)+ [A-Z][\w'’-]+ "
    r"(?P<number>\d{1,4}[a-z]?)\b"
)
"""Laan van Meerdervoort 100."""
_CAPITALS = re.compile(
    r"\b(?:op|aan|in)( (?:[A-Z][\w'’-]+ )(?:(?:de|het|den|der|van|'t|ten|ter) )+[A-Z][\w'’-]+ (?P<number>\d{1,4}[a-z]?))\b"
    r"(?![.:]?\d)"
)
"""Op Achter de Kerk 3."""
_AT_THE = re.compile(
    r"\b(?:aan de|aan het|aan 't)( (?:[A-Z][\w'’-]+ ){1,3}(?P<number>\d{1,4}[a-z]?))\b(?![.:]?\d)"
    r"(?=\s*(?:$|[.,;!?)]|in |te |daar |is ))"
)
"""Aan de Oude Delft 112."""
_YEAR = re.compile(r"(?:19\d\d(?:-19\d\d)?|40-45)(?![-\d]| (?:\d|nr))")
_COUNTED = re.compile(r"\s+(?!wonen|woonden|slapen|zitten|verblijven|komen|willen|moeten|hebben|worden)[a-z]{3,}(?:en|s)\b")
"""Behind a number that counts things: "op de Kade 4 ramen kapot"."""
_NUMBER_FIRST = re.compile(
    r"\b(?:huisnummer|huisnr\.?|nummer|nr\.?) ?(?P<number>\d{1,4}[a-z]?) (?:in|aan|op|van) (?:de |het |'t )?[^\W\d_]{3,}"
    r"(?:straat|laan|weg|kade|gracht|singel|dijk|hof|plein|pad|steeg|dreef)\b",
    re.IGNORECASE,
)
_LIVES_THERE = re.compile(
    rf"\b(?P<all>(?:(?:[Hh]et|[Dd]e|'t|[A-Z][\w'’-]+(?: de| der| den| van)?) ){{0,2}}(?P<street>[A-Z][\w'’-]+|{_SUFFIX})"
    rf"(?: \d{{4}})? {_NUMBER}),? "
    r"(?:\w{1,3} verdieping,? )?(?:(?:daar|waar|hier) (?:woont|wonen|slaapt|slapen|verblijft|verblijven|zit|zitten)\b|"
    r"is (?:het|zijn|haar|hun) (?:nieuwe |oude )?\w*adres\b(?! (?!van\b))|"
    r"(?:staat|stond) (?:hij|zij|ze) ingeschreven|ingeschreven\b|gebracht\b)"
)
"""By what follows: "Westwal 3, daar woont opa"."""
_FLOOR = re.compile(
    rf"\b(?:(?:Het|De|[A-Z][\w'’-]+) ){{0,2}}(?P<street>[A-Z][\w'’-]+|{_SUFFIX}) (?P<number>\d{{1,4}})"
    r"(?: ?(?:bis|hs)|-(?:I{1,3}|IV|hs)|(?<=\d\d)[a-h])\b"
)
"""What only a house has behind its number."""
_NUMBERED = re.compile(r"\b(?:nr|no|nummer|huisnummer|huisnr)\b")
_IN_TOWN = re.compile(r"\b(?P<street>[A-Z][a-z'’-]+) (?P<number>\d{1,3}[a-z]?) (?:in|te) (?P<town>[A-Z][a-z-]+)\b")
_NO_HOUSE = frozenset(
    "klas groep lokaal kamer fase week stap team gebouw lijn trein bus bijlage vraag brugklas havo vwo vmbo mavo niveau route "
    "bureau toets taak punt module hoofdstuk paragraaf artikel les deel poort ingang zaal perron spoor level ronde top".split()
)
_JOINED = re.compile(r"\b[^\W\d_]{3,}(?:straat|laan|weg|dijk|plein|kade|gracht|singel)(?P<number>\d{1,4}[a-z]?)\b", re.IGNORECASE)
_LIVES = re.compile(
    r"\b(?:adres|woonadres|thuisadres|verblijfadres|woont|wonen|woonde|woonachtig|ingeschreven|verhuisd|verhuist|"
    r"logeert|verblijft|slaapt|huisadres|huisbezoek|aangebeld|aanbellen|langs(?! de| het| 't)|"
    r"zit(?:ten)? (?:nu|tijdelijk|voorlopig) (?:op|aan)|"
    r"inschrijving|bezorgen|opgehaald|ophalen|opgepikt|thuis|woning|flat|tante|oma|opa)\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:adres|woonadres|thuisadres|huisadres)\b ?(?:is|van|:|=|"
    r"-)?[^.!?\d]{0,30}?(?P<all>[A-Za-z][\w'’. -]{2,40}? \d{1,4}[a-z]?)\b(?!\.?\d)",
    re.IGNORECASE,
)
_AFTER_SMALL = (
    r"(?:(?:de|het|den|der|van|ten|ter|'t|oude|nieuwe|grote|kleine|lange|korte|sint|st\.?|burg\.?|"
    r"burgemeester|prof\.?|dr\.?|pres\.?|prins|prinses|koningin|pastoor)\s+)"
)
_BEFORE = re.compile(rf"(?:{_AFTER_SMALL}|[A-Z][\w'’.-]+\s+){{1,3}}$")
_NO_STREET = frozenset(
    """aanloop aanslag achterhoek achterland adres adviezen afdeling afslag afspraak alles anderhalf arbeidsmarkt baan banenmarkt
    beek beloning beloop berg beroepskring bes bewijs bezoek bijles binnenplein bos brugklaskamp buitenland burg busbaan dal dam
    deelwijk deskundig duitsland einddoel eindtoets elftal eng engeland es gastles gastlessen gebied gebruiksaanwijzing grasveld
    gymles halverwege heenweg heinde hoek hof hoogwater ieder ingang inloop invalshoek invloed inwerkdag jachthaven kamp kampen
    kern kerstmarkt kinderopvang koopavond kring land leerling leerlingen les lessen lijst loes lokaal loop loopbaan markt
    marktplein melding mes middelbaar moes nederland neerslag nes omslag omweg onderweg onderzoek oproep opslag opvang overweg
    park parkeerplaats parkeerplek plaats platteland plein pretpark proces proefles regeling rekenles ring rommelmarkt schoolkamp
    schoolland schoolplein schoolweg slag snelweg snelwegen speelplein speelveld spoorweg sportpark sportveld stagemarkt
    standplaats straf succes supermarkt terrein terugweg tes thuishaven thuisland thuisweg thuiswijk toeslag trapveld uitslag
    uitweg vakgebied vanweg verandering vergadering verloop verslag voetbalveld voordeur voorplein wal water wees weg werkkamp
    werkplaats werkplek werkveld wezen wijk zes ziekteverloop zitplaats zoekgebied zomerkamp""".split()
)
_UNIT = re.compile(
    r"\s*(?:uur|u|keer|x|min|minuten|dagen|dag|weken|week|maanden|jaar|jaren|leerlingen|jongens|meisjes|meiden|mensen|"
    r"man|euro|km|meter|m|cm|"
    r"kinderen|scholen|docenten|klassen|studenten|personen|ouders|jongeren|procent|stuks|pagina|groepen|gezinnen|"
    r"agenten|wijken|en \d+ uur|vmbo|havo|vwo|mavo|mbo|tl|gl|gt|kader|basis)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\d.,€-])\b([1-9]\d{3})(\s?)([A-Za-z]{2})\b(?!-(?!\d))")
_HOUSE_AFTER = re.compile(r"(?:,? (?:huisnummer|huisnr|nr|nummer|no)\b|,? ?-?\d{1,4}[a-z]?\b(?![.:/]\d))", re.IGNORECASE)
"""Behind a postcode: the number that goes with it."""
_TOWN_AFTER = re.compile(r",? (?:in |te )?([A-Z][\w'-]{2,})")
_POSTCODE_DASHED = re.compile(r"\bNL-[1-9]\d{3} ?[A-Z]{2}\b|(?<![\d.,€-])\b[1-9]\d{3}-(?!SS|SA|SD|VO|PO|SO)[A-Z]{2}\b(?!-)")
_POSTCODE_CALLED = re.compile(r"\b(?:postcode|pc|postc)\b[^.!?]{0,15}$", re.IGNORECASE)
_POSTCODE_DIGITS = re.compile(r"\b(?:postcode|postc)\b\D{0,12}([1-9]\d{3})\b(?!\s?[a-z]{3})", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    """is en de te ik na al bv km cm op in om of we ze je zo er nu mg kg eu nr wo ma di do vr za zo ha ja aj st ca me my to mm dm
    dl ml kb mb gb     st an ga ze ma pa ie tv pc wc nt cs""".split()
)
_ABBREVIATIONS = frozenset(
    "VO PO SO OM VC SW BO AB MB HV VT AP JR SC ZA WO MA DI DO VR ZO EU NL SA SD SS KM UU DE EN IS IN OP TE".split()
)


def find_addresses(text: str) -> Iterator[Finding]:
    """Streets with a number, then postcodes."""
    if not any(letter.isdigit() for letter in text):
        return
    yield from _streets(text)
    yield from _postcodes(text)


def _streets(text: str) -> Iterator[Finding]:
    for match in _COMPOUND.finditer(text):
        street = match["street"].lower().rstrip(".")
        capital = match["street"][0].isupper()
        called = bool(_LIVES.search(text[: match.start()]))
        if street in _NO_STREET or _UNIT.match(text, match.end("number")):
            continue
        plain_street = re.search(
            r"(?:straat|str|laan|ln|weg|plein|kade|gracht|singel|dijk|steeg|dreef|pad|plantsoen|"
            r"hof|laantje|straatje|boulevard)$",
            street,
        )
        apart = text[match.end("street")] == ","  # "Rens Vogelaar, 3b"
        if plain_street or called or (capital and not apart and not _starts_sentence(text, match.start())):
            yield Finding("adres", _from(text, match.start()), match.end())
    yield from _freer_streets(text)


def _freer_streets(text: str) -> Iterator[Finding]:
    """Streets whose name is no word for a street, by what stands around them."""
    for match in _ALONE.finditer(text):
        street = match["street"].split()[0]
        year = _YEAR.match(text, match.start("number"))  # "Plein 1944", and not "Plein 1944 3"
        if year or street.lower() in _NO_HOUSE or _UNIT.match(text, match.end("number")):
            continue
        is_kind = re.fullmatch(_SUFFIX, street, re.IGNORECASE) is not None
        numbered = is_kind and _NUMBERED.search(match.group())
        if (
            numbered
            or _LIVES.search(text[: match.start()])
            or (
                is_kind
                and street[0].isupper()
                and not _starts_sentence(text, match.start())
                and not _COUNTED.match(text, match.end("number"))
            )
        ):
            yield Finding("adres", _from(text, match.start()), match.end())
    for pattern in (_OF_SOMEBODY, _JOINED, _NUMBER_FIRST):
        for match in pattern.finditer(text):
            if not _UNIT.match(text, match.end()):
                yield Finding("adres", *match.span())
    for match in _IN_TOWN.finditer(text):
        low = match["street"].lower()
        known = folded(match["town"]) in lexicon().places and low not in _NO_HOUSE and low not in lexicon().cues["kalender"]
        if known and not _UNIT.match(text, match.end("number")):
            yield Finding("adres", match.start(), match.end("number"))
    for pattern, part in ((_CAPITALS, 1), (_AT_THE, 1), (_LIVES_THERE, "all"), (_FLOOR, 0)):
        for match in pattern.finditer(text):
            if match.groupdict().get("street", "").lower() in _NO_HOUSE:
                continue
            if not _UNIT.match(text, match.end("number")):
                yield Finding("adres", *match.span(part))
    for match in _CALLED.finditer(text):
        if not _UNIT.match(text, match.end()):
            yield Finding("adres", *match.span("all"))


def _from(text: str, start: int) -> int:
    """Where the name of the street begins: "Burgemeester de Vlugtlaan"."""
    before = _BEFORE.search(text[:start])
    if before is None:
        return start
    first = re.match(r"\s*(?:(?:de|het|van)\s+)*", before.group())
    return before.start() + (first.end() if first else 0)


def _starts_sentence(text: str, start: int) -> bool:
    return not text[:start].strip() or text[:start].rstrip()[-1] in ".!?:"


def _postcodes(text: str) -> Iterator[Finding]:
    for match in _POSTCODE.finditer(text):
        digits, space, letters = match.groups()
        called = bool(_POSTCODE_CALLED.search(text[: match.start()]))
        sure = letters.isupper() or letters.lower() not in _SMALL_WORDS
        if not called and not (sure and _has_house(text, match.end())):
            if letters.lower() in _SMALL_WORDS and (space or not letters.isupper()):
                continue
            if letters.upper() in _ABBREVIATIONS and 1900 <= int(digits) <= 2100:
                continue
            if (
                space
                and not letters.isupper()
                and not _LIVES.search(text[: match.start()])
                and not _COMPOUND.search(text[: match.start()])
            ):
                continue
        yield Finding("postcode", *match.span())
    yield from (Finding("postcode", *match.span()) for match in _POSTCODE_DASHED.finditer(text))
    yield from (Finding("postcode", *match.span(1)) for match in _POSTCODE_DIGITS.finditer(text))


def _has_house(text: str, end: int) -> bool:
    """Whether a house number or a town follows: "2312 KM 14", "9711 lm Groningen"."""
    if (number := _HOUSE_AFTER.match(text, end)) is not None:
        return _UNIT.match(text, number.end()) is None
    town = _TOWN_AFTER.match(text, end)
    return town is not None and folded(town[1]) in lexicon().places
