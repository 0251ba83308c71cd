"""The platforms in `verbinder init`: which ones, what is written in the settings about them, and where their secrets go.

A secret is never an argument: it stands in the environment, or in a file beside the settings that only its owner can read.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from bot.options import NotThis, asked, stop, taken
from bot.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from bot.words import Words

SECRETS = {
    "slack": ("VERBINDER_SLACK_BOT_TOKEN", "VERBINDER_SLACK_APP_TOKEN"),
    "matrix": ("VERBINDER_MATRIX_PASSWORD",),
}
"""What each platform is entered with."""
BEGINS = {"VERBINDER_SLACK_BOT_TOKEN": "xoxb-", "VERBINDER_SLACK_APP_TOKEN": "xapp-"}
"""How a secret begins, where that can be seen."""
SHAPES = {"server": r"https?://[^\s/]+\S*", "account": r"@[^:\s]+:\S+"}
BOTH, NOT_YET = {"both", "allebei", "beide"}, {"nog-niet", "geen", ""}
Platform = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--platform", metavar="WAAR", help="Waar het netwerk praat: slack, matrix, both (allebei) of nog-niet."),
]
Homeserver = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--homeserver", metavar="ADRES", help="Matrix: het adres van de homeserver, zoals https://matrix.voorbeeld.nl."),
]
Account = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--account", metavar="ACCOUNT", help="Matrix: het account van Verbinder, zoals @verbinder:voorbeeld.nl."),
]


@dataclass(frozen=True)
class Wanted:
    """What was asked for, in options; None where nothing was."""

    platform: str | None = None
    server: str | None = None
    account: str | None = None


@dataclass(frozen=True)
class Plan:
    """What would be written. Nothing is, until `write`."""

    settings: Path
    before: str
    after: str
    secrets: dict[Path, str] = field(default_factory=dict, repr=False)

    @property
    def changes(self) -> bool:
        return self.before != self.after or bool(self.secrets)

    def shown(self, words: Words) -> list[str]:
        """The preview: what changes in the settings, line by line, and which files are new."""
        found: list[str] = []
        if self.before != self.after:
            found.append(words.say("inrichten.anders" if self.before else "inrichten.nieuw", bestand=self.settings))
            lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=1)
            found += [f"  {line}" for line in lines if not line.startswith(("---", "+++", "@@"))]
        return found + [words.say("inrichten.geheimen-nieuw", bestand=path) for path in self.secrets]

    def write(self) -> None:
        """Writes it, for its owner alone."""
        if self.before != self.after:
            write_private(self.settings, self.after)
        for path, text in self.secrets.items():
            write_private(path, text)


def plan(wanted: Wanted, file: Path, settings: Settings, words: Words) -> Plan:
    """What the settings in `file` would become. Asks on a terminal what was not said; leaves with code 2 when it is wrong."""
    import yaml  # noqa: PLC0415 - heavy, and `--help` must be there at once

    from bot.settings_text import NotByUs, with_platform  # noqa: PLC0415

    names = _names(wanted, settings, words)
    if (wanted.server or wanted.account) and "matrix" not in names:
        raise stop(words.say("inrichten.niet-nodig"), 2)
    before = after = file.read_text(encoding="utf-8") if file.is_file() else ""
    if names and not before:
        after = f"{words.say('inrichten.kop')}\n"
    secrets: dict[Path, str] = {}
    for name in names:
        section = {**(settings.platforms.get(name) or {}), **(_home(wanted, settings, words) if name == "matrix" else {})}
        if not all(os.environ.get(one) for one in SECRETS[name]):
            section.setdefault("geheimen", f"{name}.geheim")
            path = file.parent / section["geheimen"]
            if not path.exists():
                secrets[path] = _secrets(name, words)
        try:
            after = with_platform(after, name, section)
        except (NotByUs, yaml.YAMLError) as found:
            raise stop(words.say("inrichten.zelf", bestand=file, regels=found), 2) from None
    return Plan(file, before, after, secrets)


def _names(wanted: Wanted, settings: Settings, words: Words) -> tuple[str, ...]:
    """Which platforms. Without an option only a terminal is asked, and only when there is none yet."""
    if wanted.platform is not None:
        return taken(wanted.platform, partial(_platforms, words=words))
    if settings.platforms or not sys.stdin.isatty():
        return ()
    return asked(words.say("inrichten.waar"), partial(_platforms, words=words), "nog-niet")


def _platforms(said: str, words: Words) -> tuple[str, ...]:
    """The platforms that somebody means. Raises `NotThis`."""
    said = said.strip().lower()
    if said in NOT_YET:
        return ()
    names = tuple(SECRETS) if said in BOTH else (said,)
    if set(names) - set(SECRETS):
        raise NotThis(words.say("inrichten.waar-mis", waarde=said))
    return names


def _home(wanted: Wanted, settings: Settings, words: Words) -> dict[str, Any]:
    """Homeserver and account: from an option, as they were, or asked. All that is wrong with them is said at once."""
    known, found, wrong = settings.platforms.get("matrix") or {}, {}, []
    for key, said in (("server", wanted.server), ("account", wanted.account)):
        value, read = said or known.get(key), partial(_shaped, key=key, words=words)
        if not value and sys.stdin.isatty():
            found[key] = asked(words.say(f"inrichten.{key}"), read)
            continue
        try:
            found[key] = read(value or "")
        except NotThis as fault:
            wrong.append(str(fault))
    if wrong:
        raise stop("\n".join(wrong), 2)
    return found


def _shaped(value: str, key: str, words: Words) -> str:
    if re.fullmatch(SHAPES[key], value):
        return value
    raise NotThis(words.say(f"inrichten.{key}-mis" if value else f"inrichten.{key}-leeg", waarde=value))


def _secrets(name: str, words: Words) -> str:
    """The text of a file of secrets: what is typed unseen, or a place for it."""
    given = {one: _unseen(one, words) for one in SECRETS[name]}
    lines = [words.say("inrichten.kop-geheim"), words.say(f"inrichten.geheim-{name}")]
    return "\n".join([*lines, *(f"{one}={value}" for one, value in given.items()), ""])


def _unseen(name: str, words: Words) -> str:
    """What is typed for a secret, "" for nothing yet. One that is plainly another is asked for again."""
    if not sys.stdin.isatty():
        return ""

    def read(typed: str) -> str:
        begin = BEGINS.get(name, "")
        if typed and not typed.startswith(begin):
            raise NotThis(words.say("inrichten.geheim-mis", begin=begin))
        return typed

    return asked(words.say("inrichten.geheim", naam=name), read, "", unseen=True)
