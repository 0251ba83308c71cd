"""The ids of roles that everything agrees on: content, network files and answers."""

from __future__ import annotations

ROLES = (
    "mentor", "afdelingsleider", "veiligheidscoordinator", "zorgcoordinator", "schoolmaatschappelijk-werk", "directie",
    "verzuimcoordinator", "vertrouwenspersoon", "administratie", "samenwerkingsverband", "wijkagent", "schoolcontactpersoon",
    "jeugdteam", "jeugdofficier", "raad-voor-de-kinderbescherming", "halt", "jeugdreclassering", "reclassering",
    "veiligheidshuis", "jji", "slachtofferhulp", "leerplichtambtenaar", "rmc", "ambtenaar-openbare-orde", "wijkteam",
    "veilig-thuis", "ggd", "jeugdhulp", "privacycontact", "coordinator",
)  # fmt: skip

KINDS = (
    "po", "vo", "vso", "mbo", "politie", "gemeente", "leerplicht", "halt", "ggd", "om", "rvdk", "jeugdreclassering",
    "reclassering", "veiligheidshuis", "veilig-thuis", "wijkteam", "jeugdhulp", "samenwerkingsverband", "jji", "overig",
)  # fmt: skip
"""The kinds of organisation (`soort`)."""
