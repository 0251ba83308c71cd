"""Places in a sentence where without an article only a person can stand: "heb net … gesproken", "kan iemand … oppakken"."""

from __future__ import annotations

import re

_DONE = (
    "gesproken|gebeld|gemaild|geappt|gezien|gehoord|opgehaald|geschorst|verwijderd|aangesproken|opgepakt|aangehouden|betrapt|"
    "meegenomen|gearresteerd|gefouilleerd|verhoord|ondervraagd|mishandeld|weggestuurd|uitgenodigd|aangemeld|overgedragen|doorverwezen|bezocht|thuisgebracht|opgevangen|gemist|gewaarschuwd|getroost"
)
_TO_DO = (
    "oppakken|bellen|ophalen|spreken|aanmelden|overdragen|helpen|opvangen|meenemen|aanspreken|verhoren|doorverwijzen|schorsen|"
    "waarschuwen|thuisbrengen|bezoeken|uitnodigen|mailen|appen|afmelden|begeleiden|volgen"
)
_SUFFERS = (
    r"(?:wordt|werd|is|was) (?:\w+ ){0,2}?(?:gepest|bedreigd|geslagen|mishandeld|gefilmd|afgeperst|gestoken|geschorst|opgepakt|"
    r"aangehouden|betrapt|gezien|vermist|weggelopen|weggestuurd|geschopt|geweigerd|uitgescholden|gechanteerd|buitengesloten)|"
    r"(?:heeft|had|hebben) (?:\w+ ){0,2}?(?:gespijbeld|gevochten|gestolen|gedeald|gedreigd|geblowd|gevapet|gelogen|een mes|"
    r"een wapen|blauwe plekken|ruzie)|spijbelt|blowt|dealt|vecht|"
    r"(?:zit|zat) (?:weer |al |nu |nog )?(?:in de app|thuis|vast|bij (?:een|mij|ons|de)|"
    r"in (?:een|de) (?:groep\w*|bende|gang|cel|klas|put|kamer|crew|instelling|crisis\w*|opvang|isk|gesprek\w*))|"
    r"zegt (?:zelf )?dat|belt niet|(?:loopt|hangt) (?:weer )?rond|durft niet|wil niet|is uit huis|is door|"
    r"is (?:het )?(?:slachtoffer|dader|verdachte|zwanger|overgeplaatst|verhuisd|bekend bij (?:ons|halt|jeugdzorg|(?:de )?politie))|"
    r"zit in de put|"
    r"komt uit (?!het |de )|loopt bij|moet naar (?:halt|de)|wil geen|"
    r"heeft (?:de|een|het) \w+ ge\w+|is (?:\w+ ){0,2}?(?:te laat|afwezig|absent|uitgeschreven|niet op school|niet gekomen|"
    r"verschenen|op komen dagen|opgedaagd)|"
    r"komt (?:weer |al |steeds )?(?:te laat|niet)"
)
_MORE = r"(?:\s+[^\W\d_][\w'’-]*){0,3}?\s+"
"""Further words of the same name."""

_BEGINS = r"(?:^|[.!?;:,]\s*|\b(?:dat|omdat|want|en|of) )$"
_ENDS = r"(?:\s+[^\W\d_][\w'’-]*){0,3}?\s*(?:$|[?!.,:;(]|\d)"
"""The name, and then the message ends or pauses."""
_NEXT = rf"(?:{_MORE}|\s+)"
_HAS = "heb|hebt|heeft|hebben|had|hadden"
_NOW = "ik|we|wij|net|vandaag|gisteren|gister|vanochtend|vanmiddag|al|nu|weer|zojuist"
_WHAT = (
    "vraag|vragen|info|informatie|iets|bekend|gesprek|overleg|gesprekken|zorgen|nieuws|contact|terugbellen|bellen|keer|geruchten|"
    "filmpje|gehoord"
)
_THEN = (
    r"dit|dat|binnenkwam|niet|weer|thuis|terug\w*|een|wel|hier|van|al|bij|nog|ook|straks|vandaag|naar|gepest|bedreigd|nou|wordt|"
    r"werd|is|heeft"
)
_OTHERS = (
    r"(?:nog )?(?:een |twee |drie |\d )?(?:paar |andere? )?(?:jongens?|meisjes?|meiden|leerlingen|klasgeno\w+|"
    r"anderen|vriend(?:in)?(?:nen)?)"
)
_KIN = r"(?:vriend|broer|zus|neef|nicht|moeder|vader|ouders|maat|oma|opa|tante|oom|ma|pa|stief)"
_PAIRS = (
    (rf"\b(?:{_HAS}|is|werd|wordt) (?:(?:{_NOW}|even|ook|met) ){{0,3}}$", rf"{_MORE}(?:\w+ ){{0,2}}?(?:{_DONE})\b"),
    (
        rf"\b(?:{_HAS}) (?:(?:{_NOW}) ){{0,3}}$",
        (
            rf"{_MORE}(?:weer |net |nog )?(?:aan de (?:deur|telefoon|lijn|balie)|aan tafel|op (?:gesprek|bezoek|kantoor)|bij me|"
            r"naast me|voor me|hier)\b"
        ),
    ),
    (
        (
            r"\b(?:kan|kunnen|wil|wilt|mag|moet|zal|zullen|kun) (?:iemand|ik|je|jij|hij|zij|ze|we|wij|jullie|u|de \w+) "
            r"(?:even |ook |nu |snel |vandaag )?$"
        ),
        rf"{_MORE}(?:\w+ ){{0,3}}?(?:{_TO_DO})\b",
    ),
    (
        r"\b(?:overdracht|overdragen|aanmelding|aanmelden|dossier|casus|terugkeer|zorgmelding|verzuimmelding) (?:van |over )?$",
        rf"{_MORE}(?:naar|aan|bij)\b",
    ),
    (r"\b(?:waar|wie) (?:is|was|zit|woont|blijft) $", r"(?:\s|$|[?!.,])"),
    (r"\bwaar $", rf"{_NEXT}(?:is|was|zit|woont|blijft|uithangt|heen|naartoe)\b"),
    (
        r"\b(?:ik|we|wij) (?:vertrouw|vertrouwen|sprak|spraken|verdenk|verdenken|ken|kennen|mis|missen|ga|gaan|spreek|spreken) $",
        rf"{_NEXT}(?:niet|wel|net|morgen|vandaag|al|nog|van|straks|even)\b",
    ),
    (r"\b(?:dat|toen|als|of|waarin|waarmee|zodat|nadat|omdat) $", rf"{_NEXT}(?:{_THEN})\b"),
    (r"\b(?:(?:het|dit|dat|t) (?:is|was)|'?tis|twas) $", rf"{_NEXT}(?:weer|die|niet|geweest|uit)\b|\s*[.!?]?$"),
    (rf"\b(?:{_WHAT}) (?:over|met|ivm|rond|rondom|om|mbt|inzake|van) $", _ENDS),
    (r"^(?:verzuim|schorsing|casus|melding|dossier|aangifte|spijbelen|terugkeer|gesprek|zorgen) ?:? $", _ENDS),
    (r"\b(?:noemen|noemt) (?:hem|haar|zich) $", r"(?:\s|$|[?!.,])"),
    (
        (
            r"\b(?:ik|we|wij|hij|zij|ze|je|jij|jullie) (?:wil|wou|moet|kan|ga|gaan|willen|moeten|kunnen|zal|zou|mag) "
            r"(?:(?:graag|even|nu|ook|straks|morgen|vandaag|samen|zelf|wel|toch) ){0,2}$"
        ),
        rf"{_MORE}(?:\w+ ){{0,2}}?(?:{_TO_DO})\b",
    ),
    (r"\b(?:ruzie|gevecht|afspraak|problemen) met $", rf"{_NEXT}(?:in|op|bij|tijdens|na|morgen|vandaag|gisteren)\b|\s*$"),
    (
        r"\b(?:melding|meldingen|signaal|signalen|mail|brief|bericht) over $",
        rf"{_MORE}(?:binnen\w*|gekregen|ontvangen|gedaan|gehad)\b",
    ),
    (r"\b(?:met|van|over|voor|tussen|aan|naar|door) $", rf"{_NEXT}en (?:zijn|haar|z'n|d'r) {_KIN}"),
    (r"\b(?:kent iemand|ken je|ken jij|kennen jullie) $", r"\s*(?:$|[?!.,]|\b(?:uit|van|al)\b)"),
    (r"\b(?:kwam|komt|liep|loopt|zat|zit|stond|staat) $", rf"{_MORE}(?:huilend|overstuur|dronken|stoned|bebloed|onder invloed)\b"),
    (
        r"(?:^|[.!?;:,]\s*)(?:heeft|had) $",
        rf"{_NEXT}(?:al |nog )?(?:een|geen) (?:mentor|hulpverlener|voogd|coach|advocaat|strafblad|wapen|mes)\b",
    ),
    (
        r"\b(?:telefoon|noodnummer|fiets|scooter|jas|mobiel|fatbike|stage|dossier|opvang|schorsing|aanhouding|gedrag) van $",
        r"\s*(?:$|[?!.,])|\s(?!een\b|twee|drie|vier|vijf|tien)",
    ),
    (r"\b(?:gaat|ging) (?:het|'?t) (?:goed |beter |slecht |nu |nog )?met $", r"\s*(?:$|[?!.,]|\b(?:op|thuis|nu|sinds|na)\b)"),
    (r"\b(?:op verzoek van|namens) $", r"\s*(?:$|[?!.,])"),
    (r"\bniet $", rf"{_NEXT}maar (?:zijn|haar|z'n|d'r) {_KIN}"),
    (r"\bvolgens $", rf"{_NEXT}(?:was|is|ging|kwam) (?:het|dat|hij|zij|ze|er)\b"),
    (r"\bpolitie (?:zoekt|zocht) $", r"(?:\s|$|[?!.,])"),
    (r"\bwie (?:pakt|neemt|belt|haalt|spreekt|kent|volgt|begeleidt|zoekt|ziet|vangt) $", r"(?:\s|$|[?!.])"),
    (
        (
            r"(?:^|[.!?;:,]\s*|\b(?:waarom|hoe|wanneer|waar|wie|wat|en|want) )"
            r"(?:is|was|wordt|werd|heeft|had|kan|mag|moet|wil|zal|gaat|komt|zit|loopt|woont) $"
        ),
        (
            rf"{_MORE}(?:\w+ ){{0,4}}?(?:{_DONE}|{_TO_DO}|al|weer|nog|ook|gister(?:en)?|vandaag|terug\w*|uitgebuit|"
            r"ge\w{3,}[dtn])\b"
        ),
    ),
    (r"\bmet $", rf"{_MORE}(?:gaat|ging|loopt|liep) (?:het|'?t)\b"),
    (
        r"\b(?:gaat|ging|gaan) (?:om|over) $",
        rf"(?:{_MORE}|,? )(?:die|(?:van|uit|in) (?:de |het )?\w*klas|uit [1-6]|\d ?(?:havo|vwo|mavo)|havo|vwo|mavo|vmbo)\b",
    ),
    (_BEGINS, rf"{_MORE}(?:{_SUFFERS})\b"),
    (_BEGINS, rf"{_NEXT}en (?:{_OTHERS}|(?:zijn|haar|z'n|d'r) {_KIN}\w*)\b"),
    (r"\b(?:ruzie|vechtpartij|gedoe|conflict|bonje|gevecht|mot) tussen $", rf"{_NEXT}en\b"),
    (r"\b(?:stuur|stuurde|stuurden|stuurt) $", rf"{_NEXT}(?:eruit|weg|naar (?:huis|de gang|mij)|de klas uit|de les uit)\b"),
    (r"\b(?:haal|haalde|haalt|pik|pikte) (?:je |jij )?$", rf"{_NEXT}(?:uit|op|thuis|van)\b"),
    (
        r"\b(?:meld|meldde|zet|zette) (?:je |jij )?$",
        rf"{_NEXT}(?:maar )?(?:aan|af|ziek|op de lijst|eruit|uit de (?:klas|les|app))\b",
    ),
    (r"\b(?:kwam|komt|kreeg|krijg|hoorde|hoor|is) (?:ook )?van $", _ENDS),
    (r"\bbij $", rf"{_NEXT}thuis\b"),
    (r"\b(?:mentor|klasgenoot|vriendengroep|foto'?s|filmpjes?|adres|kluis|kluisje|tas|dossier) van $", r"(?:\s|$|[?!.,])"),
    (r"\b(?:alleen|zelfs|ook|vooral|juist) $", rf"{_NEXT}en (?:zijn|haar|z'n|d'r) {_KIN}"),
    (r"\bje weet wel,? $", r"[),.]"),
    (r"\bwaar $", rf"{_NEXT}(?:nu |weer )?(?:uithangt|is|zit|woont|slaapt)\b"),
    (r"\bvoor $", rf"{_NEXT}zoeken (?:we|wij|ze)\b"),
    (r"\b(?:zijn|ben|waren) $", rf"{_MORE}kwijt\b"),
    (r"\b(?:krijg|krijgen|kregen|kreeg) $", rf"{_NEXT}(?:niet|maar niet|steeds niet) (?:te pakken|te spreken|aan de lijn)\b"),
    (r"\b(?:jullie|jij|je|iemand|ik|we|wij) $", rf"{_MORE}(?:\w+ )?in de gaten (?:houden|houdt)\b"),
    (
        r"\b(?:heb|hebben|had) (?:ik |we |net |gisteren |vandaag ){0,3}$",
        rf"{_MORE}(?:\w+ )?(?:aan de (?:deur|telefoon|lijn)|op bezoek) gehad\b",
    ),
    (r"^(?:ook|alleen|zelfs|juist) $", rf"{_MORE}(?:is|was) (?:erbij |er )?(?:betrokken|bij|slachtoffer|dader|aanwezig|gezien)\b"),
    (r"\bfilmpje (?:rond )?van $", r"\s*(?:$|[?!.,]|rond\w*\b|gemaakt|gezien|online)"),
    (r"\b(?:zou|zal) $", rf"{_NEXT}(?:naar|niet|ook|wel|nog)\b"),
    (r"\bdaar (?:was|is) $", rf"{_NEXT}(?:ook )?bij\b"),
    (r"^(?:casus|bespreking|agenda|update|info) $", rf"{_NEXT}?:"),
    (_BEGINS, r"\s+(?:heet|heette) (?:die|dat|hij|zij|ze|de|zijn|haar|hun)\b"),
    (_BEGINS, r"\s*\(1\d(?: ?(?:jaar|jr|j))?\)|\s+uit [1-6][a-z]{1,2}\d?\b"),
)
_SLOTS = tuple((re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)) for before, after in _PAIRS)


def in_slot(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` (places in the text) fills such a place."""
    before, after = text[max(0, start - 60) : start], text[end : end + 90]
    return any(left.search(before) and right.match(after) for left, right in _SLOTS)


_ASKS_AFTER = re.compile(
    r"^(?:is|zijn) (?:\S+ ){1,4}(?:er|aanwezig|vandaag|bereikbaar|vrij|ziek|morgen|weer)\b|^wanneer (?:werkt|is|komt|begint|belt) |"
    r"\bbereikbaar\b|^wie (?:vervangt|is) |^(?:kan|mag) ik (?:\S+ ){1,4}(?:bellen|spreken|mailen|bereiken)\b|^mail(?:adres)? van ",
    re.IGNORECASE,
)


def asks_after(text: str) -> bool:
    """Whether a message asks after somebody: "is … er vandaag", "wanneer werkt …"."""
    return _ASKS_AFTER.search(text) is not None
