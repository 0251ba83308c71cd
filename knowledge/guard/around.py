"""What stands around a word, and how much that makes it a name, or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.lexicon import lexicon
from knowledge.guard.slots import in_slot
from knowledge.guard.things import is_animal, is_king, is_many, only_a_thing
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from knowledge.guard.tokens import Token

_PUPIL_AFTER = re.compile(
    r"\s*(?:\(\s*\d{1,2}|,?\s*\d{1,2}\s*(?:jaar|jr|j)\b|,?\s*is\s+\d{1,2}\b(?! (?:uur|keer|x))|"
    r"(?:,|\()?\s*(?:uit|van|in|zit in|zit bij)\s+(?:de |het |een |mijn |onze |haar |zijn )?(?:klas|groep|brugklas|"
    r"\w{0,20}klas|\d\s?-?(?:[a-z]{1,2}\d?|mavo|havo|vwo|vmbo|"
    r"basis|kader|tl|gl|gt)|mavo|havo|vwo|vmbo|eerste|tweede|derde|vierde|vijfde|zesde|kader\w*|basis\w*|mijn mentor\w*|"
    r"[vhmkbatg]\d[a-z]?)\b|"
    r",\s*1[1-9](?=\s*(?:$|[.,;)]|en\b))|"
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
_BRACKETS = re.compile(r"\s*\(\s*[^\W\d_]{2,}\s*\)")
"""A surname behind a first name: "Yeva (Bondar)"."""
_PLACE_BEFORE = frozenset("in uit te naar vanuit richting bij nabij rond gemeente regio wijk".split())
_SPEAKERS = frozenset(
    """ik jij je hij zij ze we wij jullie men iemand iedereen heeft heb hebben had kun kan mag moet zal zou wil kent ken zag zagen
    ziet zoekt zoeken""".split()
)
OF_PUPIL = frozenset(
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


_SUBJECT = frozenset("we wij jullie".split())
_SCHOOLS = frozenset("sint obs kbs cbs pcbs pcbo rkbs csg rsg osg ksg isg sg omroep omrop st".split())
_BEARERS = frozenset("broertjes broers gebroeders zusjes zussen tweeling ouders familie gezin".split())
_OF_FIRM = re.compile(
    r"\w*(?:snackbar|winkel|zaak|caf[eé]|restaurant|kapper|kapsalon|pizzeria|bakkerij|slagerij|garage|hotel|moskee|organisatie|stichting|"
    r"vereniging|theater|bioscoop|club|centrum|speeltuin|camping|apotheek|buurthuis)"
)
"""What has a name of its own, which may well be somebody's: "snackbar Anita"."""
_WORK = re.compile(
    r"\b(?:stelling|wet|theorie|requiem|poster|spreekbeurt|opstel|werkstuk|citaat|quiz|musical|muziek|boek|roman|film|serie|lied|liedje|toneelstuk|schrijver|schrijfster|zanger|zangeres|rapper|dichter)\b"
)
"""What is made by somebody whose name may be said."""
_BEHIND_NAME = frozenset(
    "uit van op en ivm met over weer al nu was reageert in bij aan naar voor die niet ook net binnengekregen een".split()
)
_CALLED = frozenset("heet heette genaamd geheten".split())
_NAME_IS = re.compile(r"\bna(?:am|men) (?:(?:van|die) [^.,]{0,30} )?(?:is|zijn|was|luidt) $")


def _text_before(tokens: list[Token], start: int) -> str:
    return "".join(f"{token.low} " for token in tokens[max(0, start - 7) : start])


def around(text: str, tokens: list[Token], start: int, end: int, tier: str) -> float:
    """The weight of the surroundings of the tokens from `start` up to `end`; negative where they speak against a name."""
    if end - start == 1 and _is_of_origin(tokens, start, tier):
        return -1.0
    weight = _before(tokens, start, tier) + _after(text, tokens, start, end, tier) + _between(tokens, start, end, tier)
    capital = tokens[start].capital and not tokens[start].first
    if (tier != "ordinary" or capital) and in_slot(text, tokens[start].start, tokens[end - 1].end):
        weight += 0.65
    rest = text[tokens[end - 1].end :]
    before = _text_before(tokens, start)
    if _WORK.search(before) or is_animal(before):
        weight -= 1.5
    elif is_king(rest) or is_many(tokens[end - 1].low, rest) or (tier != "first" and only_a_thing(before, rest)):
        weight -= 0.9
    return weight


def _is_of_origin(tokens: list[Token], start: int, tier: str) -> bool:
    """Whether this is where a group comes from, and no name: "Marokkaanse en Turkse jongens", "een Poolse moeder"."""
    following = tokens[start + 1].low if start + 1 < len(tokens) else ""
    bearers = lexicon().cues["mens"] | {"en", "of", "groep", "groepen"}
    return tier == "ordinary" and tokens[start].low.endswith("se") and following in bearers


def is_of_pupil(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """Whether the name is clearly a pupil's: "leerling X", "X (15)", "X uit 3b"."""
    before = tokens[start - 1].low if start else ""
    return before in OF_PUPIL or _SURELY_PUPIL.match(text[tokens[end - 1].end :]) is not None


def ends_name(tokens: list[Token], place: int) -> bool:
    """Whether what stands at this place may follow a whole name: nothing, a sign, a verb, "uit 3b"."""
    if place >= len(tokens) or not tokens[place].is_word:
        return True
    return tokens[place].low in lexicon().cues["doet"] or tokens[place].low in _BEHIND_NAME


def _before(tokens: list[Token], start: int, tier: str) -> float:
    """The weight of what stands before: what announces a person, else what announces a place, else how the sentence runs."""
    if not start:
        return 0.0
    capital = tokens[start].capital and not tokens[start].first
    announced = _announced(tokens, start, tier, capital=capital)
    if announced is not None:
        return announced
    placed = _placed(tokens, start, tier)
    return _running(tokens, start, tier, capital=capital) if placed is None else placed


def _announced(tokens: list[Token], start: int, tier: str, *, capital: bool) -> float | None:
    """Where somebody is announced: "mevrouw", "heet", "de moeder van"."""
    cues, low, earlier = lexicon().cues, tokens[start - 1].low, tokens[start - 2].low if start > 1 else ""
    if low == "betekent":
        return -1.0
    if low in cues["aanspreek"] or (low == "." and earlier in cues["aanspreek"]):
        return 0.9 if tier != "ordinary" or capital else 0.0
    if _NAME_IS.search(_text_before(tokens, start)):
        return _shown(0.8, tier, capital=capital)
    if (low == "van" and earlier in cues["mens"]) or (low in {"om", "over"} and earlier == "zorgen"):
        return _shown(0.7, tier, capital=capital)
    if low in cues["noemt"] or (low in {":", "is", "dat", "werd", "ook", "wordt"} and earlier in cues["noemt"]):
        return _shown(0.8, tier, capital=capital, sure=low in _CALLED and earlier not in {"hoe", "wat"})
    if low in _BEARERS and tier in {"last", "strange"} and not is_dutch(tokens[start].low):
        return 0.75  # "de broertjes topal"
    if low in cues["mens"] or (low in {",", "(", ":", "-"} and earlier in cues["mens"]):
        return _shown(0.7, tier, capital=capital)
    return None


def _placed(tokens: list[Token], start: int, tier: str) -> float | None:
    """Where a school, a street or a town is announced."""
    low, earlier = tokens[start - 1].low, tokens[start - 2].low if start > 1 else ""
    if (low in lexicon().cues["instelling"] and tier != "first") or low in _SCHOOLS or _OF_FIRM.fullmatch(low):
        return -0.9
    if low in _SURE_PLACE:
        return -0.5
    if earlier in _SURE_PLACE and tokens[start - 1].capital:
        return -0.9  # "Stichting Jarige Job"
    if low in _PLACE_BEFORE and tokens[start].low in lexicon().places:
        return -1.0
    if earlier in _SCHOOLS | {"het"} and tokens[start - 1].is_word and not is_dutch(low):
        return -0.9  # "het Piter Jelles"
    if tokens[start - 1].capital and tier in {"last", "ordinary"}:
        return -0.4  # "ROC Friese Poort"
    return None


def _running(tokens: list[Token], start: int, tier: str, *, capital: bool) -> float:
    """Where nothing is announced: articles, prepositions, who speaks."""
    cues, word, low, earlier = lexicon().cues, tokens[start], tokens[start - 1].low, tokens[start - 2].low if start > 1 else ""
    if low == "dat" and (capital or earlier in cues["meldt"]):
        return 0.25
    if low == "het" and earlier in {"was", "is", "waren"} and tier in {"first", "strange"}:
        return 0.3  # "volgens de conciërge was het Natnael"
    if low == "die" and tier in {"double", "strange"}:
        return 0.2 if word.capital or tier == "strange" else 0.0  # "die Wei is weer weg"
    if low == "het" and earlier in {"dat", "of", "denk", "geloof"} and capital and _was_it(tokens, start):
        return 0.3  # "ik denk dat het Bram was"
    if low == "het" and (capital or tier == "first"):
        return -0.9 if capital else -0.5
    if low in cues["lidwoord"]:
        if tier == "first" and low in {"de", "het", "een"} and not word.capital:
            return -1.0 if is_dutch(word.low) else -0.4  # "een merel", "de bas speler", "een joris goedbloed"
        return {"first": -0.1}.get(tier, -0.7 if low in {"de", "het", "een"} or not capital else -0.3)
    if low in cues["mijn"] and tier == "strange" and not word.capital:
        return -0.2
    if low in _PLACE_BEFORE and low not in {"bij", "rond", "naar"} and tier != "first":
        return -0.6 if capital else -0.3
    return 0.25 if low in cues["voorzetsel"] or low in _SPEAKERS else 0.0


def _was_it(tokens: list[Token], start: int) -> bool:
    """Whether a sentence ends behind this word with who it was."""
    rest = tokens[start + 1 : start + 3]
    return bool(rest) and rest[0].low in {"was", "is", "waren", "betreft"} and (len(rest) == 1 or not rest[1].is_word)


def _shown(weight: float, tier: str, *, capital: bool, sure: bool = False) -> float:
    """A word that is announced as a name counts as one if it can be: without a capital an unknown word may be a typing error."""
    if tier == "ordinary":
        return weight if capital else 0.0
    return weight if capital or sure or tier in {"first", "double"} else weight - 0.25 if tier == "last" else weight - 0.3


def _is_thing(low: str, following: str, tier: str) -> bool:
    """Whether a name that is an ordinary word as well stands before another word as part of it: "iris scan", "daan we iets"."""
    if following in _SUBJECT:
        return True
    cues = lexicon().cues
    plain = (
        is_dutch(low)
        and is_dutch(following)
        and following not in cues["na-naam"] | cues["tussen"]
        and following not in cues["doet"]
    )
    return plain and tier in {"first", "double"} and not following.endswith(("t", "de", "te", "en", "d"))


def _is_away(tokens: list[Token], place: int) -> bool:
    """Whether "weg" is here no road: "Gerbrich weg uit de les", "is … weg"."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    goes_on = following is None or not following.is_word or following.low in lexicon().cues["voorzetsel"] | _BEHIND_NAME
    return tokens[place].low == "weg" and not tokens[place].capital and goes_on


def _after(text: str, tokens: list[Token], start: int, end: int, tier: str) -> float:
    cues = lexicon().cues
    rest = text[tokens[end - 1].end :]
    if end < len(tokens):
        following = tokens[end]
        kind_of_place = following.low in (_SURE_PLACE if tier == "first" else cues["instelling"]) and not _is_away(tokens, end)
        if kind_of_place and following.low not in cues["kalender"]:
            return -0.9
        aged = _PUPIL_AFTER.match(rest) and tokens[end - 1].low != "max" and tokens[end - 1].low not in cues["kalender"]
        if tier == "double" and following.text[0].isdigit() and not aged:
            return -0.5
        alone = end - start == 1
        if alone and (
            following.low in cues["spul"] or (not tokens[start].capital and _is_thing(tokens[start].low, following.low, tier))
        ):
            return -0.5
    weight = 0.0
    if _PUPIL_AFTER.match(rest):
        weight += 0.6
    elif (
        (_SPOKEN.match(rest) and (tier == "double" or tokens[end - 1].capital))
        or _THEN_WHO.match(rest)
        or (_BRACKETS.match(rest) and tier in {"double", "strange", "last"})
    ):
        weight += 0.4
    elif end < len(tokens) and tokens[end].low in cues["doet"]:
        acts = tokens[end].low in cues["daad"] and tier == "double"
        weight += 0.5 if acts else 0.4 if tier == "strange" and tokens[end - 1].capital else 0.3
    return weight


def _between(tokens: list[Token], start: int, end: int, tier: str) -> float:
    """Whether the sentence is about the things of pupils and families at all."""
    if tier == "ordinary":
        return 0.0
    others = {token.low for place, token in enumerate(tokens) if not start <= place < end}
    return 0.2 * (not others.isdisjoint(lexicon().cues["zaak"])) + 0.15 * (not others.isdisjoint(_PRONOUNS))
