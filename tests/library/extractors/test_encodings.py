"""Text in whatever encoding it was saved."""

from __future__ import annotations

import pytest

from library.extractors.encodings import decode, is_text

SAID = "Organización – “huelga” 5 €"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    data = SAID.encode(encoding)
    assert decode(data) == SAID
    assert is_text(data)


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("Toda persona tiene derecho al trabajo. ¿Qué más? ¡Año nuevo!", "cp1252 mac_roman cp850"),
        ("Les vendeuses ont été reçues hier. « Où ça ? » À l’hôtel.", "cp1252 mac_roman"),
        ("Dotados de razão e de consciência. Não há exceções.", "cp1252 mac_roman cp850"),
        ("Wszyscy ludzie rodzą się wolni i równi. Żadna praca.", "cp1250 iso8859-2"),
        ("Všichni lidé rodí se svobodní a sobě rovní.", "cp1250 iso8859-2"),
        ("Herkesin çalışmaya, işini serbestçe seçmeye hakkı vardır.", "cp1254"),
        (
            "Все люди рождаются свободными и равными в своем достоинстве и правах. Каждый человек "
            "имеет право на труд и на свободный выбор работы.",
            "cp1251 koi8-r iso8859-5 cp866",
        ),
        (
            "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
            "cp1253 iso8859-7",
        ),
        (
            "لكل شخص الحق في العمل، وله حرية اختياره بشروط عادلة مرضية كما أن له حق الحماية من "
            "البطالة.",
            "cp1256 iso8859-6",
        ),
        (
            "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, "
            "לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה. לכל אדם הזכות לעבודה.",
            "cp1255 iso8859-8",
        ),
        ("人人有权工作、自由选择职业、享受公正和合适的工作条件并享受免于失业的保障。", "gb18030"),
        ("人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心。", "big5"),
        (
            "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"
            "人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。",
            "shift_jis euc_jp iso2022_jp",
        ),
        ("모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.", "euc_kr"),
        ("มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ", "cp874"),
    ],
)
def test_encodings_from_before_utf_8_are_told_by_the_text(text: str, encodings: str) -> None:
    for encoding in encodings.split():
        data = text.encode(encoding)
        assert decode(data) == text, encoding
        assert is_text(data)


def test_the_word_of_the_file_counts_where_utf_8_does_not_fit() -> None:
    russian = "Права работников"
    assert decode(russian.encode("cp1251"), "windows-1251") == russian
    assert decode(russian.encode("utf-8"), "windows-1251") == russian
    assert decode("año".encode("latin-1"), "no-such-encoding") == "año"
    assert decode("año".encode("latin-1"), "rot13") == "año"


def test_a_damaged_character_costs_only_itself() -> None:
    data = ("é" * 100).encode("utf-8")
    assert decode(data[:50] + b"\xff" + data[50:]).count("é") == 100
    assert decode(data[:-1]) == "é" * 99


def test_bytes_are_no_text() -> None:
    assert not is_text(bytes(range(32)) * 10)


def test_the_ninth_part_of_iso_8859_is_known_by_its_signs() -> None:
    text = "La main-d’œuvre a été reçue hier. Le cœur du marché coûte 5 €.".replace("’", "'")
    assert decode(text.encode("iso8859-15")) == text
    half = "Une ½ heure de réunion a été payée à la vendeuse."
    assert decode(half.encode("cp1252")) == half


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        "Los trabajadores tienen derecho a una remuneración justa según el artículo 5.",
        "हर मज़दूर को उचित वेतन का अधिकार है।",
        "Le coût de l’eau au marché : 5 € — c’est « trop ».",
    ],
)
def test_text_that_was_written_in_utf_8_twice(text: str, taken_for: str) -> None:
    assert decode(text.encode().decode(taken_for).encode()) == text
    assert decode(text.encode()) == text


def test_signs_that_stand_among_right_ones_stay() -> None:
    for text in (
        "JOÃO e MÃE em SÃO PAULO",
        "Das Zeichen Ã¼ steht für ü in Müller, schön gesagt: ö.",
    ):
        assert decode(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text",
    [
        "اجتمعت اللجنة يوم الاثنين وناقشت الأجور.",
        "Работники рынка создали профсоюз.",
        "मज़दूरों ने संघ बनाया।",
        "The committee met, 4 May.",
    ],
)
def test_wide_characters_without_a_mark(text: str, encoding: str) -> None:
    data = (text + "\n").encode(encoding) * 3
    assert is_text(data)
    assert decode(data) == (text + "\n") * 3


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01" * 300, bytes(200)])
def test_bytes_of_programs_are_no_text(data: bytes) -> None:
    assert not is_text(data)


def test_letters_of_msdos_are_no_quotes() -> None:
    text = "Les femmes du marché ont créé une coopérative à Québec; l'été fut très chaud."
    assert decode(text.encode("cp850")) == text
