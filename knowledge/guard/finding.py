"""What the guard finds: a kind of thing, and where it stands. The thing itself is never kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["naam", "geboortedatum", "bsn", "telefoon", "email", "adres", "postcode", "kenteken", "iban", "account"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of personal data: its kind, and from which letter up to (not including) which it stands in the text."""

    kind: Kind
    start: int
    end: int


def settle(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of findings that overlap the first given stays; in the order of the text."""
    kept: list[Finding] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def without(text: str, findings: Iterable[Finding], instead: Mapping[str, str]) -> str:
    """The text with each finding replaced by the words for its kind in `instead`."""
    for finding in sorted(findings, key=lambda one: -one.start):
        text = text[: finding.start] + instead[finding.kind] + text[finding.end :]
    return text
