"""Plain text and Markdown: old encodings, long tokens, heads without a body."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.kinds.case import Case

SPOKEN = {
    "ja": "労働組合の会議は毎週木曜日に開かれます。\n新しい規則について話し合い、ストライキの基金を守ります。\n",
    "ru": "Собрание профсоюза проходит каждый четверг.\nЧлены союза платят взносы и хранят кассу.\n",
    "uk": "Збори профспілки відбуваються щочетверга. Її члени платять внески й бережуть касу.\n",
    "ar": "يجتمع أعضاء النقابة كل يوم خميس في مقر العمال.\nويدفعون الاشتراكات ويحفظون صندوق الإضراب.\n",
    "tr": "Sendika her perşembe toplanır. Üyeler aidat öder ve grev sandığını korur; işçiler güçlüdür.\n",
    "zh": "工会每个星期四开会。会员交会费，保管罢工基金，讨论新的规则。\n",
    "tw": "工會每個星期四開會。會員交會費，保管罷工基金，討論新的規則。\n",
    "ko": "노동조합은 매주 목요일에 모입니다. 조합원은 회비를 내고 파업 기금을 지킵니다.\n",
    "el": "Το σωματείο συνεδριάζει κάθε Πέμπτη. Τα μέλη πληρώνουν εισφορές για την απεργία.\n",
    "he": "האיגוד נפגש בכל יום חמישי. החברים משלמים מסים ושומרים על קרן השביתה.\n",
    "th": "สหภาพแรงงานประชุมกันทุกวันพฤหัสบดี สมาชิกจ่ายค่าบำรุงและดูแลกองทุนนัดหยุดงาน\n",
    "vi": "Công đoàn họp mỗi thứ năm. Các thành viên đóng phí và giữ quỹ đình công của mình.\n",
    "pl": "Związek zbiera się w każdy czwartek. Członkowie płacą składki i strzegą funduszu strajkowego.\n",
    "es": "El sindicato se reúne cada jueves. Las compañeras pagan su cuota y cuidan el fondo: ¿quién más?\n",
}
SECOND = {
    "ja": "賃金の引き上げを求める要求書を会社に提出しました。返事はまだありません。\n",
    "ru": "Мы подали требование о повышении заработной платы. Ответа пока нет.\n",
    "uk": "Ми подали вимогу про підвищення заробітної плати. Відповіді ще немає.\n",
    "ar": "قدمنا مطلبا بزيادة الأجور إلى الشركة ولم يصل الرد حتى الآن.\n",
    "tr": "Ücretlerin artırılması için şirkete bir dilekçe verdik; cevap henüz gelmedi.\n",
    "zh": "我们向公司提出了增加工资的要求，至今没有答复。\n",
    "tw": "我們向公司提出了增加工資的要求，至今沒有答覆。\n",
    "ko": "우리는 회사에 임금 인상을 요구했습니다. 아직 답이 없습니다.\n",
    "el": "Ζητήσαμε από την εταιρεία αύξηση μισθών. Δεν έχουμε ακόμη απάντηση.\n",
    "he": "הגשנו לחברה דרישה להעלאת שכר. עדיין אין תשובה.\n",
    "th": "เรายื่นข้อเรียกร้องขอขึ้นค่าจ้างต่อบริษัท ยังไม่มีคำตอบ\n",
    "vi": "Chúng tôi đã yêu cầu công ty tăng lương. Đến nay vẫn chưa có câu trả lời.\n",
    "pl": "Złożyliśmy w spółce żądanie podwyżki płac. Odpowiedzi jeszcze nie ma.\n",
    "es": "Pedimos a la empresa un aumento; todavía no hay contestación. ¡Mañana será!\n",
}
WAYS = (
    ("ja", "utf-16"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ja", "iso2022_jp"),
    ("ja", "utf-16-le"), ("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "cp866"), ("uk", "cp1251"),
    ("uk", "koi8_u"), ("ar", "cp1256"), ("ar", "iso8859_6"), ("tr", "iso8859_9"), ("tr", "cp1254"),
    ("zh", "gb18030"), ("zh", "gbk"), ("tw", "big5"), ("ko", "cp949"), ("ko", "euc_kr"),
    ("el", "cp1253"), ("el", "iso8859_7"), ("he", "cp1255"), ("he", "iso8859_8"), ("th", "cp874"),
    ("vi", "utf-16-be"), ("pl", "iso8859_2"), ("pl", "cp1250"), ("es", "cp1252"), ("es", "cp850"),
    ("es", "mac_roman"), ("ru", "iso8859_5"), ("ru", "mac_cyrillic"), ("ja", "utf-32"),
)  # fmt: skip


def old(language: str, encoding: str, name: str, texts: dict[str, str] = SPOKEN) -> Case:
    text = texts[language]
    return Case(name, text.encode(encoding), (" ".join(text.split()),))


def inner(language: str, encoding: str) -> Case:
    """The same in a web page that does not say how it is written."""
    text = SPOKEN[language]
    html = f"<html><body><p>{text}</p></body></html>"
    return Case("page.html", html.encode(encoding), (" ".join(text.split()),))


TOKEN = "abcdefghij" * 30_000
KINDS: dict[str, tuple[Case, ...]] = {
    "old encodings of text": tuple(old(*way, "letter.txt") for way in WAYS),
    # Three accents are too few to tell the old Macintosh by.
    "old encodings of a short text": tuple(
        old(*way, "note.txt", SECOND) for way in WAYS if way[1] != "mac_roman"
    ),
    "old encodings of other text": (
        inner("ru", "koi8_r"),
        inner("ja", "shift_jis"),
        inner("ar", "cp1256"),
        Case("a.md", ("# Собрание\n\n" + SPOKEN["ru"]).encode("cp1251"), ("каждый четверг",)),
        Case("b.md", ("# 規則\n\n- " + SPOKEN["ja"]).encode("euc_jp"), ("毎週木曜日",)),
        Case("c.md", ("# 規則\n\n" + SPOKEN["tw"]).encode("big5"), ("罷工基金",)),
    ),
    "one token without end": (
        Case("a.txt", f"Before it.\n\n{TOKEN}\n\nAfter it.".encode(), ("Before it.", "After it.")),
        Case(
            "a.html",
            f"<p>Before it.</p><p>{TOKEN}</p><p>After it.</p>".encode(),
            ("Before it.", "After it."),
        ),
        Case(
            "a.docx",
            office.docx(
                office.paragraph("Before it.")
                + office.paragraph(TOKEN)
                + office.paragraph("After it.")
            ),
            ("Before it.", "After it."),
        ),
        Case(
            "a.md", f"# Before it.\n\n{TOKEN}\n\nAfter it.\n".encode(), ("Before it.", "After it.")
        ),
        Case(
            "b.txt",
            f"Before it.\n\n{'_-' * 150_000}\n\nAfter it.".encode(),
            ("Before it.", "After it."),
        ),
        Case(
            "c.txt",
            f"Before it.\n\n{'https://a.b/' * 25_000}\n\nAfter it.".encode(),
            ("Before it.", "After it."),
        ),
    ),
    "pictures of Markdown": (
        Case(
            "a.md",
            b"# Gate\n\nThe gate stood shut.\n\n![Dockers at the north gate](gate.png)\n",
            ("Dockers at the north gate",),
        ),
        Case(
            "b.md",
            b"# Gate\n\nThe gate stood shut.\n\n![The banner of the bakers][b]\n\n[b]: b.png\n",
            ("The banner of the bakers",),
            ("b.png",),
        ),
        Case(
            "c.md",
            b'# Gate\n\nText ![a map of the five branches](m.png "Map") goes on.\n\n'
            b'<img src="x.png" alt="Two carts on the road">\n',
            ("a map of the five branches", "Two carts on the road"),
            ("m.png",),
        ),
        Case(
            "d.md",
            b"# Gate\n\n[![Read the strike diary](r.png)](diary.html)\n\nThe gate.\n",
            ("Read the strike diary",),
            ("r.png",),
        ),
        Case(
            "e.md",
            b"# Gate\n\nThe gate.\n\n![](deco.png)\n\n![image.png](image.png)\n",
            ("The gate.",),
            ("deco", "image.png"),
        ),
        Case(
            "f.md",
            b"# Gate\n\nThe gate.\n\n![[Pasted image.png]]\n\n![Women (of the market) sing](a.png)"
            b"{width=50%}\n",
            ("Women (of the market) sing",),
            ("Pasted", "width"),
        ),
    ),
    "Markdown of only a head": (
        Case("a.md", b"---\ntitle: Fund\nlang: en\n---\n", refused="only front matter"),
        Case(
            "b.md",
            b"---\ntitle: Fund\ntags: [dues, strike]\n---\n\n\n",
            refused="only front matter",
        ),
        Case("c.md", b"+++\ntitle = 'Fund'\n+++\n", refused="only front matter"),
        Case(
            "d.md",
            b"---\ntitle: Fund\ndescription: How the fund of the port was kept for ten years."
            b"\n---\n",
            ("How the fund of the port was kept for ten years.",),
        ),
        Case("e.md", b"% Fund\n% Ana\n% 2019\n", refused="only front matter"),
        Case("f.md", b"---\ntitle: [broken\n---\n", refused="only front matter"),
    ),
    "tables in plain text": (
        Case("data.csv", b"name,dues\nAna,2\nLi,3\n", refused="kind not prose"),
        Case("data.tsv", b"name\tdues\nAna\t2\n", refused="kind not prose"),
        Case("data.json", b'{"name": "Ana", "dues": 2}', refused="kind not prose"),
    ),
}
