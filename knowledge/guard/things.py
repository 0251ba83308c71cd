"""Places in a sentence where a thing stands and no person: "… is een training", "we gebruiken …", "… geeft een storing"."""

from __future__ import annotations

import re

_KINDS = (
    r"\w*training|\w*methode|\w*programma|\w*project|\w*app|\w*museum|\w*bedrijf|\w*stichting|\w*organisatie|\w*kliniek|\w*platform|"
    r"\w*site|\w*game|\w*spel|\w*serie|\w*film|\w*cursus|aanpak|\w*interventie|merk|drankje|systeem|\w*park|\w*vereniging|festival|"
    r"\w*winkel|\w*instituut|\w*monitor|\w*vragenlijst|\w*toets|aannemer|\w*fonds|\w*boek|\w*lied|\w*tijdschrift|\w*centrum|kenniscentrum"
)
_OFFERS = (
    r"\w*training(?:en)?|\w*aanbod|\w*voorlichting(?:en)?|gastless?(?:en)?|workshops?|\w*cursus(?:sen)?|lesmateriaal|\w*onderwijs|"
    r"\w*subsidie|\w*opvang|spreekuur|folders?|toernooi\w*|bijeenkomst\w*|webinars?"
)
_BEHIND = re.compile(
    rf"\s*(?:(?:is|was|wordt|blijft) (?:een|ons|onze) (?:\w+e )?(?:{_KINDS})\b"
    rf"|(?:biedt|organiseert|verzorgt|levert|geeft) (?:een |ook |weer |gratis )*(?:\w+e )?(?:{_OFFERS})\b"
    r"|(?:heeft|hebben) (?:nu |weer |nog |ook )?(?:een |geen )?(?:\w+e )?(?:wachttijd|wachtlijst|poli|korting|vestiging|open dag|"
    r"vacatures?|aanbod|website|folder|meldpunt|helpdesk|campagne|wedstrijd|toernooi)\b"
    r"|(?:wordt|worden|werd) (?:hier |ook |veel |nu |al )*(?:ingezet|uitgerold|ingevoerd|aangeboden|gesubsidieerd|geïnstalleerd)\b"
    r"|(?:wordt|worden|werd) (?:hier |ook |veel |nu |al )*gebruikt\b(?! (?:als|door|voor|om)\b)"
    r"|(?:is|zijn|was) (?:er )?voor (?:groep|klas|de (?:onder|boven)bouw|brugklas\w*|alle|ouders|leerlingen|docenten|scholen)\b"
    r"|doe[tn] het niet\s*$|ligt (?:er ?uit|plat)\b|geeft (?:weer )?een storing|loopt vast|is (?:uit de lucht|gehackt))"
)
_KING = re.compile(r"\s*(?:II|III|IV|VI)\b")
"""Clubs and schools are called after kings: "Willem II"."""
_BEFORE = re.compile(
    r"(?:\b(?:(?:we|wij|ik|jullie|scholen|school) (?:gebruiken|gebruikt|gebruik)|oefenen met|"
    r"werken (?:we |wij |nu )?met|downloaden|"
    r"installeren|(?:doen|doet) mee aan|inloggen in|inloggen op|"
    r"abonnement op|subsidie (?:bij|van)|de app|het boek|de film|de methode) |"
    r"\b\w*(?:kamp|reis|excursie|werkweek|uitje) (?:naar )?|^op )$"
)


def only_a_thing(before: str, after: str) -> bool:
    """Whether only a thing can stand between what stands `before` (words folded, each with a space behind it) and `after`."""
    return _BEHIND.match(after) is not None or _BEFORE.search(before) is not None


_ANIMAL = re.compile(
    r"\b\w*(?:hond|kat|kater|poes|konijn|cavia|hamster|paard|pony|papegaai)"
    r"(?: van (?:de |het |onze |een )?\w+)? (?:heet |genaamd |heette )?$"
)
_MANY = re.compile(r"\s*(?:zijn|waren|worden|werden|hebben|kosten|liggen|mogen)\b")


def is_animal(before: str) -> bool:
    """Whether an animal is named: "schoolkat", "de hond van de conciërge heet"."""
    return _ANIMAL.search(before) is not None


def is_many(low: str, after: str) -> bool:
    """Whether a word with "'s" stands for many: "Labubu's zijn …"; of one it would be whose something is."""
    return low.endswith("'s") and _MANY.match(after) is not None


def is_king(after: str) -> bool:
    """Whether a number of kings stands `after` a name."""
    return _KING.match(after) is not None
