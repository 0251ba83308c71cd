"""What is wrong with a network file: where, what stands there, what was expected. All of a file are raised together."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge import network_words as words

LONGEST_SHOWN = 60  # characters of a value that a fault repeats


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` None: the file as a whole. `path` names the place in the words of the file."""

    file: str
    line: int | None
    path: str
    text: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.path, self.text) if part)


class NetworkFault(Exception):
    """A network file that does not hold. Nothing of it is used."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Unreadable(Exception):
    """A value that a parser cannot take; says what was expected instead."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


class Faults:
    """The faults of one file, in the order in which a reader meets them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []

    def add(self, line: int | None, path: str, text: str) -> None:
        self._found.append(Fault(self.file, line, path, text))

    def add_value(self, line: int | None, path: str, found: str, expected: str) -> None:
        self.add(line, path, words.FOUND.format(found=shown(found), expected=expected))

    def raise_all(self) -> None:
        if self._found:
            raise NetworkFault(tuple(sorted(self._found, key=lambda fault: fault.line or 0)))

    def fail(self, line: int | None, text: str) -> NetworkFault:
        """The exception for what makes reading on impossible; what was found before it is said too."""
        self.add(line, "", text)
        return NetworkFault(tuple(self._found))


def shown(value: str) -> str:
    """The value as a fault repeats it: short, on one line, in quotes."""
    line = " ".join("".join(char if char.isprintable() else " " for char in value).split())
    return f'"{line}"' if len(line) <= LONGEST_SHOWN else f'"{line[:LONGEST_SHOWN]}…"'
