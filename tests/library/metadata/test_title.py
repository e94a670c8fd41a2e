"""Titles: junk is passed over, headings are joined, capitals are made readable."""

from __future__ import annotations

import pytest

from library.core.resource import Block, Page, Said
from library.metadata import decide, headings, text_lines, title
from library.metadata.institutions import act_of, is_institution
from library.metadata.text_lines import lowered, usual_case

BODY = (
    "Street vendors work in every city. The federation was formed in Lima by María Quispe, and "
    "the vendors of Lima asked the council for licences. In the end the council gave them."
)
WORD = {"producer": "Acrobat Distiller 7.0", "created": "D:20070928145110"}


def called(
    pages: list[Page], said: dict[str, str], filename: str = "", language: str = "en"
) -> str:
    statements, _ = title.read(pages, Said(said), filename, language)
    best = decide(statements).get("title")
    return str(best.value) if best else ""


@pytest.mark.parametrize(
    "junk",
    [
        "Microsoft Word - seriec_93_ing.doc",
        "toolkit_final.indd",
        "untitled",
        "Layout 1",
        "PowerPoint Presentation",
        "Présentation PowerPoint",
        "english",
        "A-2024-12848",
        "Resolución de la",
        "CORTE INTERAMERICANA DE DERECHOS HUMANOS",
        "Order of the Supreme Court",
        "x" * 300,
        "scan0001",
        "20230223.V2",
        "",
        "...",
    ],
)
def test_junk_in_the_title_field(junk: str) -> None:
    page = Page(1, f"Know your rights at work\n{BODY}\n")
    assert title.is_junk(junk)
    assert called([page], {**WORD, "title": junk}) == "Know your rights at work"


def test_a_heading_beats_a_pdf_title() -> None:
    blocks = (Block("heading", "Organising waste pickers", 1), Block("paragraph", BODY))
    page = Page(1, f"Organising waste pickers\n\n{BODY}", blocks)
    assert called([page], {**WORD, "title": "Draft for Maria"}) == "Organising waste pickers"


def test_the_largest_heading_wins() -> None:
    page = Page(
        1,
        f"WORKER EDUCATION\n\nOur power, our plan\n\n{BODY}",
        (
            Block("heading", "Worker education series", 3),
            Block("paragraph", BODY),
            Block("heading", "Our power, our plan", 1),
            Block("paragraph", BODY),
        ),
    )
    assert called([page], {}) == "Our power, our plan"


def test_spaces_inside_brackets_are_no_part_of_a_title() -> None:
    page = Page(1, f"Finding hazards ( NDLON - OSHA )\n{BODY}", blocks=(
        Block("heading", "Finding hazards ( NDLON - OSHA )", level=1), Block("text", BODY)
    ))  # fmt: skip
    assert called([page], {}) == "Finding hazards (NDLON - OSHA)"


def test_lines_of_one_heading_are_joined() -> None:
    page = Page(1, "Remote Work\nGuidelines\nfor the Private Sector\n")
    assert called([page], WORD) == "Remote Work Guidelines for the Private Sector"


def test_a_court_a_date_and_an_opening_are_no_title() -> None:
    page = Page(
        1,
        "RESOLUCIÓN DE LA\nCORTE INTERAMERICANA DE DERECHOS HUMANOS*\nDE 26 DE JUNIO DE 2012\n"
        "MEDIDAS PROVISIONALES RESPECTO DE EL SALVADOR\nCASO 19 COMERCIANTES VS. COLOMBIA\nVISTO:\n"
        "1. La Sentencia dictada en el caso de los Comerciantes respecto de El Salvador, y de "
        "Colombia, con medidas provisionales que el caso pide.\n",
    )
    found, institutions = title.read([page], Said(WORD), "988.pdf", "es")
    assert found[0].value == (
        "Medidas provisionales respecto de El Salvador. Caso 19 Comerciantes vs. Colombia"
    )
    assert [line.text for line in institutions] == ["CORTE INTERAMERICANA DE DERECHOS HUMANOS"]


def test_capitals_follow_the_documents_own_habit() -> None:
    page = Page(1, "", ())
    text = Page(2, BODY)
    usual = usual_case([page, text], "VENDORS OF LIMA AND MARÍA QUISPE")
    spanish = lowered("MANUAL DE DERECHOS PARA VENDORS DE LIMA", "es", usual)
    assert spanish == "Manual de derechos para vendors de Lima"
    english = lowered("RIGHTS OF VENDORS IN LIMA", "en", usual)
    assert english == "Rights of Vendors in Lima"


def test_a_sites_name_is_no_part_of_the_title() -> None:
    page = Page(1, BODY, (Block("heading", "Union Contracts", 1), Block("paragraph", BODY)))
    html = {
        "title": "Union Contracts - Coos County",
        "publisher": "Coos County",
        "url": "http://c.us",
    }
    assert called([page], {**html, "heading": "Union Contracts"}) == "Union Contracts"
    assert called([Page(1, BODY)], {"title": "Work permits | The Platform", "viewport": "x"}) == (
        "Work permits"
    )


def test_front_matter_is_believed() -> None:
    page = Page(1, BODY, (Block("heading", "Summary", 1), Block("paragraph", BODY)))
    said = {"title": "Marion County — FOPPO CBA", "issuing_body": "Marion County", "tags": "x"}
    assert called([page], said) == "Marion County — FOPPO CBA"


def test_a_running_head_is_not_taken_where_a_title_follows() -> None:
    pages = [Page(1, f"Law series, vol. 3\nSafe streets for vendors\n{BODY}\n")]
    pages += [Page(n, f"Law series, vol. 3\n{BODY}\n{n}\n") for n in range(2, 6)]
    assert called(pages, WORD) == "Safe streets for vendors"


def test_site_menus_above_a_title() -> None:
    page = Page(
        1,
        "Skip To Content\nMigrated Content\n\nWe have recently updated the website and are in the "
        "process of rebuilding a number of pages, thank you for your understanding.\n\n\n"
        f"Strategic Review and Planning Workshop\n\nBy on June 01, 2012\n\n{BODY}",
    )
    name = "strategic-review-and-planning-workshop.txt"
    assert called([page], {}, name) == "Strategic Review and Planning Workshop"


@pytest.mark.parametrize(
    ("filename", "readable"),
    [
        ("know-your-rights_v2.pdf", "Know your rights"),
        ("Safety Guide_639101379161212467.pdf", "Safety Guide"),
        ("51a5307dbfc8437857bc129491404f74.pdf", ""),
        ("1582.pdf", ""),
        ("folder/guía_de_acción.PDF", "Guía de acción"),
        ("🙂\n.pdf", ""),
    ],
)
def test_a_name_made_readable(filename: str, readable: str) -> None:
    assert title.from_filename(filename) == readable


def test_the_name_is_the_last_resort() -> None:
    assert called([Page(1, "")], {}, "safe-streets.pdf") == "Safe streets"
    assert called([], {}, "") == ""


def test_long_titles_are_cut_at_a_word() -> None:
    page = Page(1, "Rights " * 30, (Block("heading", "Rights " * 30, 1),))
    found = called([page], {})
    assert len(found) <= title.LONGEST + 1
    assert found.endswith("Rights…")


def test_institutions() -> None:
    assert is_institution("Ministry of Human Resources and Emiratisation")
    assert is_institution("INTER-AMERICAN COURT OF HUMAN RIGHTS")
    assert is_institution("Ministerio de Trabajo y Economía Social")
    assert not is_institution("Court guide for domestic workers")
    assert not is_institution("How to found a federation")
    assert not is_institution("MEASURES REQUESTED BY THE COMMISSION")
    assert act_of("Order of the Supreme Court") == "Supreme Court"
    assert act_of("Rights of women") == ""


def test_letters_printed_twice_for_a_bold_face() -> None:
    assert text_lines.undoubled("YYoouurr rriigghhttss aatt wwoorrkk") == "Your rights at work"
    assert text_lines.undoubled("Noon at the book keeper’s") == "Noon at the book keeper’s"


@pytest.mark.parametrize(
    "line",
    ["Suggested citation: Harbour Union", "Manual design: R. Sol", "Meta información",
     "Diseño: Sol", "Page created by Rosa Sol", "Depósito legal", "Boletín Oficial del Estado"],
)  # fmt: skip
def test_an_imprint_is_no_title(line: str) -> None:
    assert headings.FURNITURE.match(line)


def test_a_date_and_names_run_in_with_a_title_are_left_out() -> None:
    body = "Las vendedoras del puerto piden agua y luz desde hace años, sin respuesta. " * 6
    cover = "Área de mercados Mayo 2022 Cinco puntos sobre el agua en los puertos\n"
    pages = [Page(1, cover), Page(2, body)]
    assert called(pages, WORD).startswith("Cinco puntos sobre el agua")
    assert title.names_only("Rosa Ilda Fontana Pedro Sol", pages, "es")
    assert not title.names_only("Agua Puertos Vendedoras", pages, "es")


def test_the_first_line_of_a_pasted_text_is_its_title() -> None:
    text = "Waste pickers go to the talks :\n\n" + "They asked for a fair share of the work. " * 8
    found, _ = title.read([Page(1, text)], Said(), "paste_01.txt", "en")
    assert found[0].value == "Waste pickers go to the talks"


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    first = "This section tells how to greet those who come late, and how to end a session in time."
    page = Page(1, f"{first}\n\n{BODY}\n\n{BODY}\n")
    assert called([page], {}, "evening-classes.txt") == "Evening classes"


def test_where_to_write_and_call_is_no_part_of_a_title() -> None:
    blocks = (
        Block("heading", "Standards for a day at work", 1),
        Block("heading", "What the law says of it", 4),
        Block("heading", "Example.ca/standards", 3),
        Block("heading", "1-800-555-0101 or TTY 1-866-555-0102", 4),
    )
    page = Page(1, "\n".join(block.text for block in blocks), blocks)
    assert called([page], WORD).startswith("Standards for a day at work")
    assert "Example.ca" not in called([page], WORD)
    assert "555" not in called([page], WORD)


def test_a_name_on_two_lines_and_a_theme_above_are_no_part_of_a_title() -> None:
    heads = (("Género", 2), ("Laura Cecilia", 3), ("Pereda", 3), ("La crisis en los mercados", 1))
    blocks = tuple(Block("heading", text, level) for text, level in heads)
    page = Page(1, "\n".join(text for text, _ in heads), blocks)
    body = "En los mercados la crisis afecta al género de las ventas y a las ciudades. " * 30
    pages = [page, Page(2, body, (Block("paragraph", body),))]
    assert called(pages, WORD, language="es") == "La crisis en los mercados"
