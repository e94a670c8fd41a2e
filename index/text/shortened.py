"""Words that are written short, and what they stand for: Mme and Madame, Dept. and Department.

A question with one of the two is asked for in the other as well, where the library prints it. A
short form of up to FEW letters tells too little alone ("M.", "p."): it is read so only together
with the word behind it, so that "M. Dupont" is found where "Monsieur Dupont" stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from index.text.analysis import fold

FEW = 3  # letters of what is read only beside the next word

# By language: a short form, and what it may stand for.
_SHORT = {
    "en": "mr mister|dr doctor|prof professor|st saint|hon honourable honorable|rev reverend"
    "|gov governor|sen senator|rep representative|sgt sergeant|capt captain"
    "|dept department|govt government|intl international|natl national|assn association"
    "|assoc association|univ university|inst institute|corp corporation|ltd limited|bros brothers"
    "|ave avenue|rd road|tel telephone|approx approximately|vs versus"
    "|etc etcetera|p page|pp pages|vol volume|vols volumes|fig figure"
    "|figs figures|res resolution|mgmt management|mtg meeting|org organisation organization"
    "|info information|admin administration|tech technology|hq headquarters",
    "es": "sr señor|sra señora|sres señores|sras señoras|srta señorita|d don|dña doña|dr doctor"
    "|dra doctora|dres doctores|lic licenciado licenciada|ing ingeniero ingeniera"
    "|arq arquitecto arquitecta|prof profesor|profa profesora|abog abogado abogada|sto santo"
    "|sta santa|excmo excelentísimo|ilmo ilustrísimo|hnos hermanos|cía compañía|dpto departamento"
    "|depto departamento|admón administración|gral general|av avenida|avda avenida|tel teléfono"
    "|tfno teléfono|pág página|págs páginas|vol volumen|fig figura|inc inciso|res resolución"
    "|ud usted|uds ustedes|min ministerio|univ universidad|inst instituto",
    "fr": "m monsieur|mm messieurs|mme madame|mmes mesdames|mlle mademoiselle|mlles mesdemoiselles"
    "|dr docteur|pr professeur|me maître|st saint|ste sainte|cie compagnie|dpt département"
    "|gouv gouvernement|min ministère|univ université|assoc association|av avenue|bd boulevard"
    "|tél téléphone|p page|pp pages|vol volume|fig figure|al alinéa",
    "pt": "sr senhor|sra senhora|srs senhores|sras senhoras|srta senhorita|d dom dona|dr doutor"
    "|dra doutora|prof professor|profa professora|eng engenheiro engenheira|exmo excelentíssimo"
    "|exma excelentíssima|sto santo|sta santa|cia companhia|depto departamento|dep departamento"
    "|av avenida|tel telefone|pág página|págs páginas|p página|vol volume|fig figura|inc inciso"
    "|res resolução|min ministério|univ universidade|inst instituto",
    "de": "hr herr|fr frau|dr doktor|prof professor|nr nummer|str straße|abt abteilung"
    "|ca circa|tel telefon|s seite|bd band|abb abbildung",
    "hi": "डॉ डॉक्टर|प्रो प्रोफेसर|श्री श्रीमान|सुश्री श्रीमती|पृ पृष्ठ|वि विभाग",
    "ar": "د دكتور دكتورة|أ أستاذ أستاذة|م مهندس|ص صفحة|ج جزء",
}


@cache
def _others() -> Mapping[str, tuple[str, ...]]:
    """Folded words, short and long, and what else each may be written as."""
    found: dict[str, dict[str, None]] = {}
    for row in _SHORT.values():
        for entry in row.split("|"):
            short, *longer = map(fold, entry.split())
            for long in longer:
                found.setdefault(short, {})[long] = None
                found.setdefault(long, {})[short] = None
    return {word: tuple(others) for word, others in found.items()}


def others(folded: str) -> tuple[str, ...]:
    """What a folded word may be written as, shorter or in full."""
    return _others().get(folded, ())


def is_alone(folded: str, other: str) -> bool:
    """Whether the shorter of two is told by itself."""
    return min(len(folded), len(other)) > FEW
