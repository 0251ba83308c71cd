"""What stands around a word, and how much that makes it a name, or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.lexicon import lexicon
from knowledge.guard.slots import in_slot

if TYPE_CHECKING:
    from knowledge.guard.tokens import Token

_PUPIL_AFTER = re.compile(
    r"\s*(?:\(\s*\d{1,2}|,?\s*\d{1,2}\s*(?:jaar|jr|j)\b|,?\s*is\s+\d{1,2}\b(?! (?:uur|keer|x))|"
    r"(?:,|\()?\s*(?:uit|van|in|zit in|zit bij)\s+(?:de |het |een |mijn |onze |haar |zijn )?(?:klas|groep|brugklas|"
    r"\w{0,20}klas|\d\s?-?(?:[a-z]{1,2}\d?|mavo|havo|vwo|vmbo|"
    r"basis|kader|tl|gl|gt)|mavo|havo|vwo|vmbo|eerste|tweede|derde|vierde|vijfde|zesde|kader\w*|basis\w*|mijn mentor\w*|"
    r"[vhmkbatg]\d[a-z]?)\b|"
    r",?\s*(?:[1-6]\s?(?:mavo|havo|vwo|vmbo|tl|gl|kader|basis|[a-z]\d?)|[vhmkbat][1-6][a-z]?)\b)",
    re.IGNORECASE,
)  # fmt: skip
_SPOKEN = re.compile(
    r"\s*(?:al |weer |net |nog |ook |vandaag |gisteren |vanochtend )?(?:gesproken|gebeld|gepraat|overlegd|gemaild|"
    r"geappt|gezien|gehoord|gevochten|"
    r"besproken|opgehaald|ophalen|spreken|bellen|bezocht|gepest|geslagen|bedreigd|gezoend|gefilmd|opgepakt|geschorst)\b",
    re.IGNORECASE,
)
_THEN_WHO = re.compile(
    r"\s*(?:,\s*)?(?:en\s+)?(?:die|hij|zij|ze)\s+(?:is|heeft|zit|was|had|moet|wil|kan|komt|gaat|"
    r"loopt|woont|doet|zegt|wordt)\b",
    re.IGNORECASE,
)
_PLACE_BEFORE = frozenset("in uit te naar vanuit richting bij nabij rond gemeente regio wijk".split())
_SPEAKERS = frozenset(
    """ik jij je hij zij ze we wij jullie men iemand iedereen heeft heb hebben had kun kan mag moet zal wil kent ken zag zagen
    ziet zoekt zoeken""".split()
)
_PUPIL_BEFORE = frozenset(
    "leerling leerlinge mentorleerling student scholier zoon zoontje dochter dochtertje broertje zusje jongen meisje".split()
)
_SURELY_PUPIL = re.compile(
    r"\s*(?:\(\s*1?\d\s*(?:jaar|jr|j)?\)|,?\s*\d{1,2} ?(?:jaar|jr)\b|\s+is 1\d\b(?! uur)|"
    r"\s+uit (?:klas )?[1-6][a-z]{1,2}\d?\b)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("hem haar hij zij zijn ze zn m'n z'n d'r".split())
_SURE_PLACE = frozenset(
    """school basisschool college lyceum gymnasium scholengemeenschap praktijkschool straat laan plein weg wijk gemeente stichting
    sint     roc vso    park project academie instituut kerk moskee ziekenhuis scholengroep""".split()
)


_CALLED = frozenset("heet heette genaamd geheten".split())
_NAME_IS = re.compile(r"\bna(?:am|men) (?:van [^.,]{0,30} )?(?:is|zijn|was|luidt) $")


def _text_before(tokens: list[Token], start: int) -> str:
    return "".join(f"{token.low} " for token in tokens[max(0, start - 7) : start])


def around(text: str, tokens: list[Token], start: int, end: int, tier: str) -> float:
    """The weight of the surroundings of the tokens from `start` up to `end`; negative where they speak against a name."""
    weight = _before(tokens, start, tier) + _after(text, tokens, end, tier) + _between(tokens, start, end, tier)
    capital = tokens[start].capital and not tokens[start].first
    if (tier != "ordinary" or capital) and in_slot(text, tokens[start].start, tokens[end - 1].end):
        weight += 0.6
    return weight


def is_of_pupil(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """Whether the name is clearly a pupil's: "leerling X", "X (15)", "X uit 3b"."""
    before = tokens[start - 1].low if start else ""
    return before in _PUPIL_BEFORE or _SURELY_PUPIL.match(text[tokens[end - 1].end :]) is not None


def ends_name(tokens: list[Token], place: int) -> bool:
    """Whether what stands at this place may follow a whole name: nothing, a sign, a verb, "uit 3b"."""
    if place >= len(tokens) or not tokens[place].is_word:
        return True
    return tokens[place].low in lexicon().cues["doet"] | {
        "uit",
        "van",
        "op",
        "en",
        "ivm",
        "met",
        "over",
        "weer",
        "al",
        "nu",
        "was",
        "reageert",
    }


def _before(tokens: list[Token], start: int, tier: str) -> float:
    cues = lexicon().cues
    if not start:
        return 0.0
    low = tokens[start - 1].low
    if low == "betekent":
        return -1.0
    earlier = tokens[start - 2].low if start > 1 else ""
    capital = any(token.capital and not token.first for token in tokens[start : start + 1])
    if low in cues["aanspreek"]:
        return 0.9 if tier != "ordinary" or capital else 0.0
    if low == "." and earlier in cues["aanspreek"]:
        return 0.9 if tier != "ordinary" or capital else 0.0
    if _NAME_IS.search(_text_before(tokens, start)):
        return _shown(0.8, tier, capital=capital)
    if (low == "van" and earlier in cues["mens"]) or (low in {"om", "over"} and earlier == "zorgen"):
        return _shown(0.7, tier, capital=capital)
    if (
        low in cues["noemt"]
        or (low in {":", "is"} and earlier in cues["noemt"])
        or (low in {"dat", "werd", "ook", "wordt"} and earlier in cues["noemt"])
    ):
        return _shown(0.8, tier, capital=capital, sure=low in _CALLED and earlier not in {"hoe", "wat"})
    if low in cues["mens"] or (low in {",", "(", ":", "-"} and earlier in cues["mens"]):
        return _shown(0.7, tier, capital=capital)
    if low in cues["instelling"] and tier != "first":
        return -0.9
    if low in _SURE_PLACE:
        return -0.5
    if low in _PLACE_BEFORE and tokens[start].low in lexicon().places:
        return -1.0
    if low == "dat" and capital:
        return 0.25
    if low in cues["lidwoord"]:
        return {"first": -0.1}.get(tier, -0.7 if low in {"de", "het", "een"} or not capital else -0.3)
    if low in _PLACE_BEFORE and low not in {"bij", "rond", "naar"} and tier != "first":
        return -0.3
    if low in cues["voorzetsel"]:
        return 0.25
    return 0.25 if low in _SPEAKERS else 0.0


def _shown(weight: float, tier: str, *, capital: bool, sure: bool = False) -> float:
    """A word that is announced as a name counts as one if it can be: without a capital an unknown word may be a typing error."""
    if tier == "ordinary":
        return weight if capital else 0.0
    return weight if capital or sure or tier in {"first", "double"} else weight - 0.25 if tier == "last" else weight - 0.3


def _after(text: str, tokens: list[Token], end: int, tier: str) -> float:
    cues = lexicon().cues
    rest = text[tokens[end - 1].end :]
    if end < len(tokens):
        following = tokens[end]
        if following.low in (_SURE_PLACE if tier == "first" else cues["instelling"]) and following.low not in cues["kalender"]:
            return -0.9
        if tier == "double" and following.text[0].isdigit():
            return -0.5
    weight = 0.0
    if _PUPIL_AFTER.match(rest):
        weight += 0.6
    elif (_SPOKEN.match(rest) and (tier == "double" or tokens[end - 1].capital)) or _THEN_WHO.match(rest):
        weight += 0.4
    elif end < len(tokens) and tokens[end].low in cues["doet"]:
        weight += 0.3
    return weight


def _between(tokens: list[Token], start: int, end: int, tier: str) -> float:
    """Whether the sentence is about the things of pupils and families at all."""
    if tier == "ordinary":
        return 0.0
    others = {token.low for place, token in enumerate(tokens) if not start <= place < end}
    return 0.2 * (not others.isdisjoint(lexicon().cues["zaak"])) + 0.15 * (not others.isdisjoint(_PRONOUNS))
