"""What must be in place, as records: the elements of a safety plan (`bijlage 2`) and of a convenant (`bijlage 5`)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pydantic import Field

from knowledge.models import Record, RoleId, Sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.models import Figure


class Element(Record):
    """One thing that is there or not; what to do when it is not, and with whom."""

    id: str
    label: str = Field(max_length=40)
    arrange: str = Field(alias="regel", max_length=90)
    call: list[RoleId] = Field(alias="bel", min_length=1)
    also: list[str] = Field(default=[], alias="ook")
    sources: Sections = Field(alias="bron")


class AuditPage(Record):
    """Elements that are asked about together; `enough` is the figure of how many of them will do."""

    id: str
    title: str = Field(alias="titel")
    name: str = Field(alias="naam")
    enough: str | None = Field(default=None, alias="genoeg")
    elements: list[Element] = Field(alias="onderdelen", min_length=2, max_length=9)


class Audit(Record):
    """One list of what must be in place."""

    id: str
    title: str = Field(alias="titel", max_length=40)
    sources: Sections = Field(alias="bron")
    pages: list[AuditPage] = Field(alias="paginas", min_length=1)


def audit_faults(audits: Iterable[Audit], figures: Mapping[str, Figure]) -> Iterable[str]:
    """Figures that do not exist, and elements of one list with the same id, for an editor."""
    for audit in audits:
        for page in audit.pages:
            if page.enough is not None and page.enough not in figures:
                yield f'toetsen.yaml: {page.id}: het cijfer "{page.enough}" is er niet'
        names = Counter(element.id for page in audit.pages for element in page.elements)
        yield from (f"toetsen.yaml: {audit.id}: {name}: staat er twee keer" for name, count in names.items() if count > 1)
