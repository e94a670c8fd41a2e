"""One word in several writings: whichever is typed finds all of them, and the page shows its own.

Each row is a kind, a language, a sentence and writings of one word. All rows stand in one library,
so that none is found only because there is nothing else.
"""

from __future__ import annotations

import pytest

from index.answering.leaves import Leaves
from index.document import Document, Passage
from index.engines.whoosh import WhooshEngine
from index.inversion import as_printed
from index.query import Word
from tests.index.builders import LANGUAGES, asking, document

ROWS = [
    (
        "hyphen",
        "en",
        "The {} of workers matters",
        "well-being|wellbeing|well being|well\u2011being",
    ),
    ("spelling", "en", "The {} opened", "centre|center"),
    ("spelling", "en", "A {} road", "grey|gray"),
    ("spelling", "en", "A {} nurse", "paediatric|pediatric"),
    ("spelling", "en", "Her {} went on", "enrolment|enrollment"),
    ("spelling", "pt", "Uma {} sindical", "acção|ação"),
    ("spelling", "pt", "O {} deles", "projecto|projeto"),
    ("spelling", "pt", "A {} falou", "directora|diretora"),
    ("spelling", "pt", "Uma {} aqui", "excepção|exceção"),
    ("spelling", "es", "La {} del trabajo", "psicología|sicología"),
    ("spelling", "es", "En {} pararon", "septiembre|setiembre"),
    ("gender", "es", "Vinieron {} de todas partes", "delegades|delegados|delegad@s|delegadxs"),
    ("letters", "ur", "یہ {} ہے", "ہڑتال|ھڑتال"),
    ("order", "en", "It is on {} again", "1st May|May 1|1 May|May 1st"),
    ("order", "es", "Es el {} otra vez", "1.º de mayo|1 de mayo|1º de mayo"),
    ("order", "fr", "Au {} déjà", "XXe siècle|20e siècle|XXᵉ siècle"),
    ("money", "en", "They want {} an hour", "$15|15 dollars|USD 15|US$15"),
    ("money", "en", "They paid {} a day", "€25|25 euros|EUR 25"),
    ("hyphen", "en", "Send it by {} to the union", "e-mail|email|E-Mail|e mail"),
    ("hyphen", "en", "During {} markets closed", "COVID-19|COVID19|Covid 19"),
    ("hyphen", "en", "The {} rule is new", "long-term|longterm|long term|Long\u2010Term"),
    ("hyphen", "en", "A {} worker spoke", "self-employed|selfemployed|self employed"),
    ("hyphen", "en", "Good {} here", "co\u00adoper\u00adation|cooperation|co-operation"),
    ("dot", "en", "The {} met in Geneva", "U.N.|UN|U.N"),
    ("dot", "en", "The {} adopted it", "I.L.O.|ILO|I L O"),
    ("dot", "en", "Many {} help us", "N.G.O.s|NGOs|NGO's|N.G.O.'s"),
    (
        "instrument",
        "en",
        "Under {} they have rights",
        "C177|C.177|C-177|C 177|Convention No. 177|ILO Convention No.177|Convention (No. 177)",
    ),
    ("instrument", "en", "As {} has it", "C188|ILO C188|ILO Convention 188|ILO's C-188"),
    (
        "instrument",
        "ar",
        "تنص {} عليه",
        "اتفاقية العمل الدولية رقم 183|اتفاقية 183|C183|اتفاقية منظمة العمل الدولية ١٨٣",
    ),
    ("name", "en", "Watch it on {} today", "YouTube|You Tube|youtube|You-Tube"),
    ("name", "en", "Write on {} today", "WhatsApp|What's App|Whats App|whatsapp|What’s App"),
    ("dot", "en", "She has a {} now", "Ph.D.|PhD|phd|Ph.D"),
    ("set low", "en", "Less {} in the air", "CO₂|CO2|co2"),
    ("set low", "en", "Forty {} of ground", "m²|m2|m^2"),
    ("instrument", "es", "Según el {} hay derechos", "C189|Convenio núm. 189|Convenio n.º 189"),
    ("instrument", "fr", "Selon la {} on a des droits", "C190|Convention n° 190|convention no 190"),
    ("instrument", "pt", "Segundo a {} há direitos", "C189|Convenção n.º 189|Convencao 189"),
    ("instrument", "ar", "انظر {} هنا", "اتفاقية رقم 189|الاتفاقية رقم ١٨٩|C189"),
    ("instrument", "hi", "देखें {} में", "कन्वेंशन संख्या 189|C189|कन्वेंशन सं. 189"),
    ("instrument", "en", "The {} says it", "R204|R.204|Recommendation No. 204"),
    ("part", "en", "See {} of the law", "art. 5(2)|article 5(2)|Art. 5 (2)|Article V(2)"),
    ("part", "en", "See {} of the law please", "§ 12|§12|section 12|Sec. 12|Section XII"),
    ("part", "en", "Now see {} there", "s. 23|section 23|§ 23|s 23"),
    ("numbered", "fr", "Le décret {} du mois", "n° 612|numéro 612|no 612|nº 612"),
    ("numbered", "es", "La ley {} dice", "N.º 712|número 712|núm. 712|No. 712"),
    ("instrument", "en", "They signed {} then", "C087|C87|Convention No. 87|Convention number 87"),
    ("part", "en", "Read {} again", "Chapter IV|chapter 4|Chap. IV|ch. 4"),
    ("part", "es", "Lea {} ya", "capítulo III|capítulo 3|cap. III|CAPÍTULO III"),
    ("part", "pt", "O {} da lei", "artigo 7º|art. 7º|artigo 7|art. 7.º|Artigo VII"),
    ("part", "ar", "حسب {} هنا", "المادة 5|المادة ٥|مادة 5"),
    (
        "number",
        "en",
        "A fine of {} is due",
        "1,250.75|1250.75|1 250.75|1 250,75|1.250,75|1250,75|1'250.75",
    ),
    ("number", "en", "A wage of {} shillings", "65 000|65000|65,000|65.000|65\u202f000|65'000"),
    ("number", "en", "After {} hours they rest", "1½|1.5|1 1/2|1,5"),
    ("number", "en", "They gave ½ day or {} of it", "3/4|¾|0.75"),
    ("number", "en", "Of them {} came", "63%|63 %|63 per cent|63 percent"),
    ("number", "hi", "मजदूरी {} रुपये है", "1,00,000|1 00 000|100000|100,000|१,००,०००|१०००००"),
    ("number", "ar", "الأجر {} درهم", "١٢٥٠|1250|1,250|١٬٢٥٠|١،٢٥٠"),
    ("number", "ar", "نسبة {} في المئة", "٣٫٥|3.5|3,5"),
    ("number", "en", "Of {} each one", "12.5|12,5|12.50"),
    ("apostrophe", "fr", "Il faut de {} pour vivre", "l'eau|l’eau|eau|lʼeau"),
    ("apostrophe", "fr", "C'est {} qui compte", "l'égalité|égalité|egalite|L’ÉGALITÉ"),
    ("apostrophe", "it", "Serve {} pulita", "l'acqua|acqua|dell'acqua|all’acqua"),
    ("apostrophe", "tr", "Bu {} toplandı", "Diyarbakır'daki|Diyarbakır|Diyarbakir|DİYARBAKIR"),
    ("apostrophe", "en", "As {} wrote then", "O'Neill|O’Neill|ONeill|O Neill"),
    ("apostrophe", "en", "As {} sang", "D'Souza|D’Souza|DSouza"),
    ("apostrophe", "uk", "Наш {} тут", "об'єднання|об’єднання|обʼєднання|обєднання"),
    (
        "gender",
        "es",
        "Las {} se reúnen",
        "trabajador@s|trabajadorxs|trabajadores/as|trabajadores(as)|trabajador*s|trabajadoras"
        "|trabajadores",
    ),
    ("gender", "es", "Una {} más", "vendedor(a)|vendedor/a|vendedora|vendedor"),
    ("gender", "pt", "Somos {} aqui", "trabalhadores/as|trabalhadores(as)|trabalhadoras"),
    (
        "gender",
        "fr",
        "Les {} ici",
        "travailleur·euse·s|travailleurs|travailleuses|travailleur.euse.s|travailleur-euse-s"
        "|travailleur(euse)s|travailleurs/euses",
    ),
    ("gender", "fr", "Des {} viennent", "employé·e·s|employées|employés|employé(e)s|employé-e-s"),
    (
        "gender",
        "de",
        "Die {} streiken",
        "Arbeiter*innen|Arbeiter:innen|Arbeiter_innen|ArbeiterInnen|Arbeiter/innen"
        "|Arbeiter/-innen|Arbeiter(innen)|Arbeiterinnen",
    ),
    ("gender", "de", "Eine {} da", "Kolleg*in|Kolleg:in|Kolleg_in|KollegIn|Kollegin"),
    ("name", "en", "Share it on {} today", "WhatsApp|Whatsapp|whats app|WHATSAPP|Whats-App"),
    ("name", "en", "We learn {} today", "C++|c++"),
    ("name", "en", "Big {} project", "R&D|R & D|R and D"),
    ("name", "en", "Say {} today", "MeToo|#MeToo|Me Too"),
    ("Arabic", "ar", "هذه {} مهمة", "المسئولية|المسؤولية|مسؤولية|المسؤوليه|المسـؤولية"),
    ("Arabic", "ar", "إن {} حق", "قراءة|قرائة|القراءة|قراءه"),
    ("Arabic", "ar", "عن {} العمل", "هيئة|هيأة|الهيئة"),
    ("Arabic", "ar", "بعد {} ذلك", "إضراب|اضراب|الإضراب|إضــراب|إِضْراب"),
    ("Arabic", "fa", "این {} است", "می\u200cخواهم|می خواهم"),
    ("Hindi", "hi", "यह {} है", "मजदूरी|मजदुरी|मज़दूरी|मज़दुरी"),
    ("Hindi", "hi", "वह {} में", "हिन्दी|हिंदी|हिँदी"),
    ("Hindi", "hi", "यहाँ {} हैं", "महिलाएँ|महिलाएं|महिलायें"),
    ("Hindi", "hi", "मेरा {} वहाँ", "सम्बन्ध|संबंध|संबन्ध"),
    ("Hindi", "hi", "इतने {} मिले", "रुपये|रुपए"),
    ("width", "ja", "これは{}です", "ＩＬＯ|ILO"),
    ("width", "ja", "私は{}を見る", "データ|ﾃﾞｰﾀ"),
    ("width", "en", "The {} fund", "beneﬁt|benefit"),
    ("width", "km", "នេះ{}ហើយ", "ការ\u200bងារ|ការងារ"),
    ("width", "lo", "ນີ້{}ແລ້ວ", "ແຮງງານ|ແຮງ\u200bງານ"),
    ("spelling", "en", "A {} for all", "programme|program|Programmes"),
    ("spelling", "en", "In {} there", "the centre|the center"),
    ("spelling", "en", "Good {} here now", "dialogue|dialog"),
    ("accent", "de", "Die {} ist lang", "Straße|Strasse|STRASSE"),
    ("accent", "de", "Gute {} hier", "Löhne|Loehne|löhne"),
    ("accent", "de", "Die {} da", "Größe|Groesse|Grösse"),
    ("accent", "da", "Den {} her", "Århus|Aarhus"),
    ("accent", "ru", "Все {} пришли", "актёры|актеры|АКТЁРЫ"),
    ("accent", "el", "Η {} είναι", "εργασία|εργασια|ΕΡΓΑΣΙΑ"),
    ("accent", "vi", "Người {} ở đây", "lao động|lao dong|LAO ĐỘNG"),
    ("accent", "tr", "Kadınlar {} çalışıyor", "İstanbul'da|İstanbul|Istanbul|istanbul"),
    ("number", "en", "An {} day now", "eight-hour|8-hour|8 hour|eight hour"),
    ("number", "en", "A week of {} is long", "forty-eight hours|48 hours|forty eight hours"),
    ("number", "en", "It cost {} then", "5 million|5,000,000|five million"),
    ("number", "es", "Son {} por semana", "treinta y cinco horas|35 horas|35 h"),
    ("number", "fr", "Encore {} à attendre", "quatre-vingt-dix jours|90 jours"),
    ("number", "hi", "रोज़ {} काम", "आठ घंटे|8 घंटे|८ घण्टे"),
    ("number", "ar", "خلال {} كاملة", "خمسة عشر يوما|15 يوما|١٥ يوما"),
    ("order", "en", "Since the {} then", "20th century|twentieth century|XXth century"),
    ("order", "pt", "Recebem o {} hoje", "13º salário|décimo terceiro salário|13.º salário"),
    ("order", "ar", "وفق {} منه", "المادة الخامسة|المادة 5|المادة ٥"),
    ("hour", "en", "We meet at {} there", "5 pm|5pm|5 p.m.|17:00"),
    ("hour", "fr", "Départ à {} demain", "8h30|8 h 30|8:30|08:30"),
    ("part", "en", "Look in {} first", "§ 61|paragraph 61|para. 61"),
    ("part", "fr", "Voir {} du code", "L.1234-5|L1234-5|L. 1234-5"),
    ("spelling", "fr", "La {} est là", "clef|clé"),
    ("spelling", "pt", "Uma luta {} sempre", "antirracista|anti-racista"),
    ("spelling", "hi", "एक {} खुला", "ऑफिस|आफिस"),
    ("spelling", "ar", "نحو {} عامل", "مائة|مئة"),
    ("accent", "ca", "Una {} nova", "col·lecció|coŀlecció|collecció|col.lecció"),
]
APART = [
    ("C++", "We learn C at home"),
    ("5.2", "There are 52 people"),
    ("52", "Clause 5.2 of the law"),
    ("C177", "Vitamin C and 177 people"),
    ("1250", "It costs 1,25 today"),
    ("nonpayment", "There was non of it, payment came"),
    ("12", "Section XIII of the law"),
    ("section 12", "Sections one to twelve"),
    ("eight hours", "All 8 people had 9 hours"),
    ("twentieth century", "The 20 of them, a century later"),
    ("section 61", "Paragraph 61 of the law"),
    ("5 pm", "At 5:00 in the morning"),
]


def works():
    for row, (_, language, sentence, writings) in enumerate(ROWS):
        for number, written in enumerate(writings.split("|")):
            text = sentence.format(written) + "."
            passage = Passage(f"{row}-{number}", language, 1, text)
            yield Document(f"{row}-{number}", "", language=language, passages=(passage,))
    for number, (_, text) in enumerate(APART):
        yield Document(f"apart-{number}", "", passages=(Passage(str(number), "en", 1, text),))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = WhooshEngine(tmp_path_factory.mktemp("writings") / "index", LANGUAGES)
    engine.rebuild(works())
    yield engine
    engine.close()


def asked(engine, words):
    return engine.search(asking(words, size=60, beyond=False))


@pytest.mark.parametrize("row", range(len(ROWS)), ids=[f"{r[0]}: {r[3][:24]}" for r in ROWS])
def test_each_writing_finds_every_other_and_marks_it_as_printed(engine, row):
    writings = ROWS[row][3].split("|")
    for typed in writings:
        found = {hit.id: hit for hit in asked(engine, typed).hits}
        missed = [one for n, one in enumerate(writings) if f"{row}-{n}" not in found]
        assert not missed, typed
        for number, written in enumerate(writings):
            (excerpt,) = found[f"{row}-{number}"].excerpts
            assert excerpt.marks, (typed, written)
            assert excerpt.text == " ".join(f"{ROWS[row][2].format(written)}.".split())


@pytest.mark.parametrize("number", range(len(APART)), ids=[one for one, _ in APART])
def test_what_only_looks_so_is_not_found(engine, number):
    assert f"apart-{number}" not in {hit.id for hit in asked(engine, APART[number][0]).hits}


WHOLE = [row for row in ROWS if row[0] in ("apostrophe", "gender", "Arabic", "Hindi", "accent")]


@pytest.mark.parametrize("row", WHOLE, ids=[f"{r[0]}: {r[3][:24]}" for r in WHOLE])
def test_exactly_as_typed_comes_first(row):
    """In a library of nothing else; capitals are no other writing."""
    _, language, sentence, writings = row
    written = [one for one in writings.split("|") if " " not in one]
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild(
        Document(
            one, "", language=language, passages=(Passage(one, language, 1, sentence.format(one)),)
        )
        for one in written
    )
    for typed in written:
        hits = asked(engine, typed).hits
        best = [hit.id for hit in hits if hit.score >= hits[0].score]
        assert as_printed(typed) in [as_printed(one) for one in best]


def test_of_two_readings_with_words_beside_it_one_counts_whatever_order_a_set_has() -> None:
    """Sets of strings have another order in each process: an answer must not."""
    engine = WhooshEngine(None, LANGUAGES)
    texts = ("every quarter, then in twelve weeks and twelve weeks", "twelve weeks", "nothing else")
    engine.rebuild(document(f"w{n}", text) for n, text in enumerate(texts))
    readings = ("every quarter", "twelve weeks")
    with engine._open() as state:
        found = [
            # A tuple has the order that is wanted; a question has a frozenset.
            Leaves(state, LANGUAGES)._held(Word("trimestral", together=order))  # type: ignore[arg-type]
            for order in (readings, readings[::-1])
        ]
    one, other = (held.frequency.tolist() for held in found)
    assert one == other
    assert len(one) == 2
