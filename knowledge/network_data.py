"""A network as plain data under the keys of the file: what is written to YAML, and what a CSV is laid over.

Empty values are left out, so a file holds only what somebody has to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.network import Agreement, Channels, Koppel, Network, Organisation, Period, Person

NETWORK_KEYS = ("id", "naam", "gemeente", "vakantieregio", "tijdzone", "kanaal", "convenant", "vakanties")
ORGANISATION_KEYS = ("id", "naam", "soort", "ook-bekend-als", "wijk", "gemeente", "brin", "vakantieregio")
PERSON_KEYS = (
    "id", "naam", "organisatie", "rollen", "voor", "telefoon", "e-mail", "bereikbaar", "vervanger", "leidinggevende",
    "slack", "matrix", "sinds", "tot", "bevestigd", "afwezig", "beheerder",
)  # fmt: skip
KOPPEL_KEYS = ("id", "school", "politie", "contacten", "kanaal")
AGREEMENT_KEYS = ("id", "naam", "ritme", "eerste", "wie", "voor", "bron")
SECTIONS = ("netwerk", "organisaties", "personen", "koppels", "afspraken")


def data_of(network: Network) -> dict[str, Any]:
    return {
        "netwerk": settings_of(network),
        "organisaties": [organisation_data(organisation) for organisation in network.organisations],
        "personen": [person_data(person) for person in network.people],
        "koppels": [koppel_data(koppel) for koppel in network.koppels],
        "afspraken": [agreement_data(agreement) for agreement in network.agreements],
    }


def settings_of(network: Network) -> dict[str, Any]:
    settings = _filled(
        {
            "id": network.id,
            "naam": network.name,
            "gemeente": network.municipality,
            "vakantieregio": network.region,
            "tijdzone": network.timezone,
            "kanaal": channels_data(network.channels),
            "vakanties": [period_data(period) for period in network.days_off],
        }
    )
    if network.convenant is not None:  # an empty one is something else than none
        first, last, retention = network.convenant.first, network.convenant.last, network.convenant.retention
        settings["convenant"] = _filled({"van": first, "tot": last, "bewaartermijn": retention})
    return settings


def organisation_data(organisation: Organisation) -> dict[str, Any]:
    return _filled(
        {
            "id": organisation.id,
            "naam": organisation.name,
            "soort": organisation.kind,
            "ook-bekend-als": list(organisation.also_known_as),
            "wijk": organisation.wijk,
            "gemeente": organisation.municipality,
            "brin": organisation.brin,
            "vakantieregio": organisation.region,
        }
    )


def person_data(person: Person) -> dict[str, Any]:
    return _filled(
        {
            "id": person.id,
            "naam": person.name,
            "organisatie": person.organisation,
            "rollen": list(person.roles),
            "voor": list(person.serves),
            "telefoon": person.phone,
            "e-mail": person.email,
            "bereikbaar": person.hours,
            "vervanger": person.deputy,
            "leidinggevende": person.lead,
            "slack": person.slack,
            "matrix": person.matrix,
            "sinds": person.since,
            "tot": person.until,
            "bevestigd": person.confirmed,
            "afwezig": [period_data(absence) for absence in person.absences],
            "beheerder": person.is_manager or None,
        }
    ) | ({} if person.roles else {"rollen": []})


def koppel_data(koppel: Koppel) -> dict[str, Any]:
    return _filled(
        {
            "id": koppel.id,
            "school": koppel.school,
            "politie": koppel.police,
            "contacten": list(koppel.contacts),
            "kanaal": channels_data(koppel.channels),
        }
    )


def agreement_data(agreement: Agreement) -> dict[str, Any]:
    return _filled(
        {
            "id": agreement.id,
            "naam": agreement.name,
            "ritme": agreement.rhythm,
            "eerste": moment_text(agreement.first),
            "wie": list(agreement.who),
            "voor": list(agreement.concerns),
            "bron": agreement.source,
        }
    )


def channels_data(channels: Channels) -> dict[str, Any]:
    return _filled({"slack": channels.slack, "matrix": channels.matrix})


def period_data(period: Period) -> dict[str, Any]:
    return _filled({"van": period.first, "tot": period.last, "naam": period.name})


def moment_text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
