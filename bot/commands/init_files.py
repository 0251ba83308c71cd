"""The files that `verbinder init` is given: found by name or pattern, and known by what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.options import no_file, stop
from knowledge.network_faults import Fault, Faults, NetworkFault
from knowledge.network_files import CSV_SUFFIXES, text_of
from knowledge.network_koppels import is_koppels
from knowledge.schools import is_duo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True)
class Given:
    """School files, and lists of people and of koppels in the order in which they are laid over the network."""

    schools: tuple[Path, ...]
    people: tuple[Path, ...]


def sorted_out(files: Iterable[str], schools: Iterable[str], people: Iterable[str]) -> Given:
    """What was given, each file once: said to be schools or people, or found out. Leaves with all that are not there.

    A shell that spells out `--schools duo/*.csv` gives the first file to the option, and the others to nobody.
    """
    missing: list[str] = []
    loose, named_schools, named_people = (_found(names, missing) for names in (files, schools, people))
    if missing:
        raise stop("\n".join(dict.fromkeys(missing)))
    _all_readable([*loose, *named_people])
    duo = [path for path in loose if _holds(path, lambda text, _: is_duo(text))]
    lists = [*named_people, *(path for path in loose if path not in duo)]
    lists.sort(key=lambda path: _holds(path, is_koppels))
    return Given(tuple(dict.fromkeys([*named_schools, *duo])), tuple(dict.fromkeys(lists)))


def _all_readable(paths: Iterable[Path]) -> None:
    """Raises NetworkFault with every file that is no text, before what stands in one of them is looked at."""
    unreadable: list[Fault] = []
    for path in paths:
        try:
            text_of(path, Faults(path.name))
        except NetworkFault as wrong:
            unreadable += wrong.faults
    if unreadable:
        raise NetworkFault(tuple(unreadable))


def _found(names: Iterable[str], missing: list[str]) -> list[Path]:
    """The files of these names; a name with a star stands for all that fit, a folder for the lists in it."""
    paths: list[Path] = []
    for path in map(Path, names):
        if path.exists() and not path.is_dir():
            paths.append(path)
            continue
        where, what = (path, "*.csv") if path.is_dir() else (path.parent, path.name)
        several = [one for one in sorted(where.glob(what)) if not one.is_dir()]
        if not several:
            missing.append(f'In de map "{path}" staat geen bestand op .csv.' if path.is_dir() else no_file(path))
        paths += several
    return paths


def _holds(path: Path, what: Callable[[str, Faults], bool]) -> bool:
    faults = Faults(path.name)
    return path.suffix.casefold() in CSV_SUFFIXES and what(text_of(path, faults), faults)
