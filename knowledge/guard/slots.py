"""Places in a sentence where without an article only a person can stand: "heb net … gesproken", "kan iemand … oppakken"."""

from __future__ import annotations

import re

_DONE = (
    "gesproken|gebeld|gemaild|geappt|gezien|gehoord|opgehaald|geschorst|verwijderd|aangesproken|opgepakt|aangehouden|betrapt|"
    "weggestuurd|uitgenodigd|aangemeld|overgedragen|doorverwezen|bezocht|thuisgebracht|opgevangen|gemist|gewaarschuwd|getroost"
)
_TO_DO = (
    "oppakken|bellen|ophalen|spreken|aanmelden|overdragen|helpen|opvangen|meenemen|aanspreken|verhoren|doorverwijzen|schorsen|"
    "waarschuwen|thuisbrengen|bezoeken|uitnodigen|mailen|appen|afmelden|begeleiden|volgen"
)
_SUFFERS = (
    r"(?:wordt|werd|is|was) (?:\w+ ){0,2}?(?:gepest|bedreigd|geslagen|mishandeld|gefilmd|afgeperst|gestoken|geschorst|opgepakt|"
    r"aangehouden|betrapt|weggelopen|weggestuurd|geschopt|geweigerd|uitgescholden|gechanteerd|buitengesloten)|"
    r"(?:heeft|had|hebben) (?:\w+ ){0,2}?(?:gespijbeld|gevochten|gestolen|gedeald|gedreigd|geblowd|gevapet|gelogen|een mes|"
    r"een wapen|blauwe plekken|ruzie)|spijbelt|blowt|dealt|vecht|zit (?:weer |al |nu )?(?:in de app|thuis|vast)|"
    r"komt (?:weer |al |steeds )?(?:te laat|niet)"
)
_MORE = r"(?:\s+[^\W\d_][\w'’-]*){0,3}?\s+"
"""Further words of the same name."""

_BEGINS = r"(?:^|[.!?;:,]\s*|\b(?:dat|omdat|want|en|of) )$"
_SLOTS = tuple(
    (re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (
            (r"\b(?:heb|hebt|heeft|hebben|had|hadden|is|werd|wordt) (?:(?:ik|we|wij|net|vandaag|gisteren|vanochtend|vanmiddag|al|"
            r"nu|weer|zojuist|even|ook|met) ){0,3}$"),
            rf"{_MORE}(?:\w+ ){{0,2}}?(?:{_DONE})\b",
        ),
        (
            (r"\b(?:kan|kunnen|wil|wilt|mag|moet|zal|zullen|kun) (?:iemand|ik|je|jij|hij|zij|ze|we|wij|jullie|u|de \w+) "
            r"(?:even |ook |nu |snel |vandaag )?$"),
            rf"{_MORE}(?:\w+ ){{0,3}}?(?:{_TO_DO})\b",
        ),
        (
            r"\b(?:overdracht|overdragen|aanmelding|aanmelden|dossier|casus|terugkeer|zorgmelding|verzuimmelding) (?:van |over )?$",
            rf"{_MORE}(?:naar|aan|bij)\b",
        ),
        (r"\bmet $", rf"{_MORE}(?:gaat|ging|loopt|liep) (?:het|'?t)\b"),
        (r"\b(?:gaat|ging|gaan) (?:om|over) $", rf"(?:{_MORE}|,? )(?:die|uit [1-6]|\d ?(?:havo|vwo|mavo)|havo|vwo|mavo|vmbo)\b"),
        (_BEGINS, rf"{_MORE}(?:{_SUFFERS})\b"),
        (_BEGINS, r"\s*\(1\d(?: ?(?:jaar|jr|j))?\)|\s+uit [1-6][a-z]{1,2}\d?\b"),
    )
)


def in_slot(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` (places in the text) fills such a place."""
    before, after = text[max(0, start - 60) : start], text[end : end + 90]
    return any(left.search(before) and right.match(after) for left, right in _SLOTS)
