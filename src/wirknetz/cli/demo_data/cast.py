"""Who is in the demo: two invented networks in an invented valley.

The first follows the pilot project "BORA-TB" (work-oriented support in addiction rehabilitation):
clinics, carriers, job centre, employment agency, training centre. Nobody in it exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "gemeinsam-wirken"  # noqa: S105 - printed at every start of the demo
DOMAIN: Final = "example.org"


@dataclass(frozen=True, slots=True)
class House:
    """An organisation: ``size`` scales its numbers, ``reports`` names its part of the form."""

    key: str
    name: str
    short: str
    sector: str
    legal_area: str
    region: str
    reports: str
    size: float = 1.0
    stage: str = "member"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person; ``part`` is a role in the network, else she acts for ``houses``."""

    name: str
    mailbox: str
    houses: tuple[str, ...] = ()
    leads: bool = False
    function: str = ""
    part: str = ""

    @property
    def email(self) -> str:
        """An address that cannot exist."""
        return f"{self.mailbox}@{DOMAIN}"


NETWORK: Final = {
    "name": "BORA-TB Lindental",
    "slug": "bora-tb",
    "purpose": (
        "Menschen nach einer Sucht-Reha sollen wieder arbeiten können. Kliniken, Beratung, "
        "Jobcenter und Betriebe im Lindental begleiten sie gemeinsam: von der Klinik bis in den "
        "Betrieb, ohne Lücke und ohne dass jemand seine Geschichte zweimal erzählen muss."
    ),
    "backbone_name": "Koordinierungsstelle BORA-TB Lindental",
    "backbone_email": f"koordination@{DOMAIN}",
}
REGIONS: Final = ("Lindental Stadt", "Oberes Tal", "Unteres Tal")
TARGET_GROUPS: Final = (
    (
        "Menschen in der Reha Sucht",
        (
            "Ab 18 Jahren, mit Problemen am Arbeitsplatz oder ohne Arbeit, in stationärer oder "
            "ganztägig ambulanter Reha."
        ),
    ),
    (
        "Menschen nach der Reha Sucht",
        "Bis zwölf Monate nach dem Ende der Reha, auf dem Weg in Arbeit oder Ausbildung.",
    ),
)
HOUSES: Final = (
    House("klinik_a", "Fachklinik Lindenberg", "Klinik Lindenberg", "insurance", "sgb6",
          "Oberes Tal", "full", 3.2),
    House("klinik_b", "Rehaklinik Auental", "Klinik Auental", "insurance", "sgb6",
          "Unteres Tal", "clinic", 1.0),
    House("caritas", "Caritas Lindental", "Caritas", "civil", "sgb12",
          "Lindental Stadt", "full", 1.6),
    House("diakonie", "Diakonie Lindental", "Diakonie", "civil", "sgb12",
          "Unteres Tal", "full", 1.1),
    House("jobcenter", "Jobcenter Lindental", "Jobcenter", "public", "sgb2",
          "Lindental Stadt", "full", 0.7),
    House("agentur", "Agentur für Arbeit Lindental", "Arbeitsagentur", "public", "sgb3",
          "Lindental Stadt", "partner", 0.6),
    House("bfw", "Berufsförderungswerk Lindental", "BFW", "civil", "sgb9",
          "Unteres Tal", "full", 0.7),
    House("bbw", "Berufsbildungswerk Talblick", "BBW Talblick", "civil", "sgb9",
          "Oberes Tal", "full", 0.5),
    House("ifd", "Integrationsfachdienst Lindental", "IFD", "civil", "sgb9",
          "Lindental Stadt", "full", 0.6),
    House("bruecke", "Suchtberatung Brücke e. V.", "Brücke", "civil", "sgb12",
          "Lindental Stadt", "full", 1.3),
    House("tagesreha", "Tagesreha Mühlbach", "Tagesreha", "business", "sgb6",
          "Unteres Tal", "clinic", 0.8),
    House("kreis", "Suchtkoordination Kreis Lindental", "Suchtkoordination", "public", "none",
          "Lindental Stadt", "partner", 0.4),
    House("selbsthilfe", "Selbsthilfe Klarer Weg", "Klarer Weg", "civil", "none",
          "Oberes Tal", "partner", 0.3),
    House("holzwerk", "Holzwerk Tannengrund GmbH", "Holzwerk", "business", "none",
          "Oberes Tal", "partner", 0.3),
)  # fmt: skip
PROSPECTS: Final = (
    House("seeblick", "Tagesklinik Seeblick", "Seeblick", "insurance", "sgb5",
          "Oberes Tal", "", stage="interested"),
    House("kammer", "Handwerkskammer Lindental", "Kammer", "business", "none",
          "Lindental Stadt", "", stage="contacted"),
)  # fmt: skip
PEOPLE: Final = (
    Somebody("Karla Koordinata", "koordination", part="coordinator"),
    Somebody("Konrad Knoten", "koordination2", part="coordinator"),
    Somebody("Frida Fördermann", "foerderung", part="observer"),
    Somebody("Petra Praxisnah", "praxis", ("caritas",), function="Teilhabebegleitung"),
    Somebody("Lena Leitstern", "leitung", ("caritas",), leads=True, function="Bereichsleitung"),
    Somebody("Klaus Kurgast", "praxis.lindenberg", ("klinik_a",), function="Sozialdienst"),
    Somebody("Dr. Ada Ahorn", "leitung.lindenberg", ("klinik_a",), leads=True,
             function="Chefärztin"),
    Somebody("Anton Auermann", "praxis.auental", ("klinik_b",), function="Sozialdienst"),
    Somebody("Dr. Bodo Birke", "leitung.auental", ("klinik_b",), leads=True,
             function="Klinikleitung"),
    Somebody("Dora Demut", "praxis.diakonie", ("diakonie",), function="Teilhabebegleitung"),
    Somebody("Detlef Dachs", "leitung.diakonie", ("diakonie",), leads=True,
             function="Geschäftsführung"),
    Somebody("Jana Jobst", "praxis.jobcenter", ("jobcenter",), function="Fallmanagement"),
    Somebody("Jost Januar", "leitung.jobcenter", ("jobcenter",), leads=True,
             function="Geschäftsführung"),
    Somebody("Arno Arbeitmann", "praxis.agentur", ("agentur",), function="Reha-Beratung"),
    Somebody("Agnes Amtmann", "leitung.agentur", ("agentur",), leads=True,
             function="Teamleitung"),
    Somebody("Bella Beruf", "praxis.bfw", ("bfw", "bbw"), function="Integrationsmanagement"),
    Somebody("Bruno Bildmann", "leitung.bfw", ("bfw",), leads=True, function="Leitung"),
    Somebody("Talea Talmann", "leitung.bbw", ("bbw",), leads=True, function="Leitung"),
    Somebody("Ida Inklusiv", "praxis.ifd", ("ifd",), function="Fachberatung"),
    Somebody("Ivo Insel", "leitung.ifd", ("ifd",), leads=True, function="Leitung"),
    Somebody("Berta Brück", "praxis.bruecke", ("bruecke",), function="Suchtberatung"),
    Somebody("Bernd Bogen", "leitung.bruecke", ("bruecke",), leads=True, function="Vorstand"),
    Somebody("Mina Mühle", "praxis.tagesreha", ("tagesreha",), function="Sozialdienst"),
    Somebody("Moritz Mahl", "leitung.tagesreha", ("tagesreha",), leads=True,
             function="Geschäftsführung"),
    Somebody("Sina Sucher", "praxis.kreis", ("kreis",), leads=True,
             function="Suchtkoordination"),
    Somebody("Simon Selbst", "praxis.selbsthilfe", ("selbsthilfe",), leads=True,
             function="Sprecher"),
    Somebody("Hanna Hobel", "praxis.holzwerk", ("holzwerk",), leads=True,
             function="Personalleitung"),
)  # fmt: skip
LOGINS: Final = (
    ("Koordinierungsstelle", "koordination"),
    ("Praxis (Caritas)", "praxis"),
    ("Leitung mit Mandat (Diakonie)", "leitung.diakonie"),
    ("Praxis für zwei Organisationen (BFW, BBW)", "praxis.bfw"),
    ("Förderung (beobachtet)", "foerderung"),
)
"""One login per role, as the demo prints them: role, mailbox."""

SECOND_NETWORK: Final = {
    "name": "Netzwerk Alleinerziehende Lindental",
    "slug": "alleinerziehende",
    "purpose": (
        "Wer allein erzieht, soll arbeiten können, wenn sie oder er das will. Fünf Einrichtungen "
        "stimmen Beratung, Kinderbetreuung und Arbeitsvermittlung aufeinander ab."
    ),
    "backbone_name": "Familienbüro Lindental",
    "backbone_email": f"familienbuero@{DOMAIN}",
}
SECOND_HOUSES: Final = (
    House("familienzentrum", "Familienzentrum Sonnenhof", "Sonnenhof", "civil",
          "sgb8", "", "small", 1.0),
    House("jugendamt", "Jugendamt Kreis Lindental", "Jugendamt", "public", "sgb8",
          "", "small", 0.8),
    House("kita", "Kita-Verbund Lindental", "Kita-Verbund", "civil", "sgb8", "", "small", 0.7),
)  # fmt: skip
SHARED: Final = ("caritas", "jobcenter")
"""Members of both networks."""

SECOND_PEOPLE: Final = (
    Somebody("Fanny Familia", "familienbuero", part="coordinator"),
    Somebody("Sonja Sonnenhof", "praxis.sonnenhof", ("familienzentrum",), leads=True,
             function="Leitung"),
    Somebody("Julia Jung", "praxis.jugendamt", ("jugendamt",), leads=True,
             function="Sachgebietsleitung"),
    Somebody("Kira Klein", "praxis.kita", ("kita",), leads=True, function="Fachberatung"),
    Somebody("Petra Praxisnah", "praxis", ("caritas",), function="Familienberatung"),
    Somebody("Jost Januar", "leitung.jobcenter", ("jobcenter",), leads=True,
             function="Geschäftsführung"),
)  # fmt: skip
