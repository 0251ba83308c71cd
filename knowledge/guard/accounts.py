"""Names by which somebody is found on social media and in games."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.finding import Finding
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_HANDLE = re.compile(r"(?<![\w.@/])@(?![\w.-]+@)[A-Za-z0-9_](?:[\w.-]{1,38}[\w-])(?::[\w.-]+)?")
_TAGGED = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4,5}\b")
_LINK = re.compile(
    r"\b(?:https?://)?(?:www\.|m\.)?(?:instagram|tiktok|snapchat|facebook|fb|twitter|x|youtube|twitch|t|telegram|"
    r"discord|onlyfans|linkedin|wa|roblox|"
    r"steamcommunity|bereal|threads|vm\.tiktok)\.(?:com|me|gg|tv|be|net)/(?:add/|in/|c/|u/|users?/|id/|@)?[\w.@+/?=&-]{2,60}",
    re.IGNORECASE,
)
_WHERE = (
    r"(?:snapchat|snap|insta|instagram|ig|tiktok|tik tok|tt|telegram|discord|facebook|fb|whatsapp|signal|youtube|yt|"
    r"twitter|bereal|twitch|steam|psn|ttv|soundcloud|spotify|pinterest|"
    r"playstation|xbox|roblox|fortnite|minecraft|kik|threads|reddit|onlyfans|gebruikersnaam|username|user|accountnaam|"
    r"account|nickname|nick|handle|"
    r"profielnaam|profiel|gamertag|schermnaam)"
)
_PLATFORM = re.compile(rf"\b{_WHERE}(?:naam|account|acc)?\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b{_WHERE}(?:-?(?:naam|account|acc|accountje|profiel|kanaal|gebruikersnaam|handle|id))*\b"
    r"(?P<link>(?:\s*(?:[:=>-]+|naam|account|acc|accountje|kanaal|pagina|tag|profiel|gamertag|username|user|nick|nickname|gebruikersnaam|"
    r"handle|is|heet|van hem|van haar|hem|haar|zijn|staat|gebruikt|noemt zich|"
    r"onder|als|met|de|het|op|hij|zij|ze|te vinden|bekend|actief|daar|:)\s*){0,6})"
    r"\s*[\"'“‘]?(?P<name>[A-Za-z0-9_][\w.-]{2,38}[\w-])",
    re.IGNORECASE,
)
_ON = re.compile(
    rf"(?P<name>[A-Za-z0-9_][\w.]{{2,38}}\w)\s+(?:(?:op|via|in|bij)\s+(?:zijn |haar |de )?|\()({_WHERE})\b", re.IGNORECASE
)
_ODD = re.compile(r"(?=.*[\d_])(?=.*[A-Za-z])|[A-Za-z]\.[A-Za-z]|[a-z]{2}[A-Z]|^x+X|[A-Z]{3,}[a-z]{1,2}$")
_NOT = re.compile(
    r"(?:\d{1,3}(?:x|e|ste|de|jr|u|jarige|uur|min|havo|vwo|mavo|vmbo)|[1-6][a-z]{1,2}\d?|"
    r"[a-z]{1,2}[1-6][a-z]?|o\.a|b\.v|d\.w\.z|m\.b\.t|i\.v\.m|t\.o\.v|\d+)",
    re.IGNORECASE,
)


def find_accounts(text: str, fine: Container[str]) -> Iterator[Finding]:
    """Handles. `fine` are accounts of the network's own people, in lower case."""
    for pattern in (_LINK, _HANDLE, _TAGGED):
        for match in pattern.finditer(text):
            plain = pattern is _HANDLE and is_dutch(match.group()[1:].lower())
            ordinary = plain and not _PLATFORM.search(text)  # "mail me @school"
            if not ordinary and match.group().lower() not in fine:
                yield Finding("account", *match.span())
    for pattern in (_NAMED, _ON):
        for match in pattern.finditer(text):
            name = match["name"]
            if _ODD.search(name) and not _NOT.fullmatch(name) and name.lower() not in fine:
                yield Finding("account", *match.span("name"))
