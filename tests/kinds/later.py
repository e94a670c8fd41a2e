"""Kinds that nobody had named yet: buttons that ask, parts by another writer, signs of mathematics."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests import office
from tests.kinds import books, letters, open_document, pdf, rich, slides, web, word
from tests.kinds.case import Case
from tests.kinds.word import p, run

PROSE = web.PROSE
MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
BODY = f"<w:body>{p(run('Words of the second body.'))}</w:body>"
LETTER = "The union of the port asks all members to come on Thursday."

KINDS: dict[str, tuple[Case, ...]] = {
    "later: questions in buttons": (
        web.case(
            f"<div class='accordion'><h2 class='accordion-header'><button class='accordion-button' data-bs-toggle='collapse' data-bs-target='#a'>How long may I work?</button></h2><div id='a' class='accordion-collapse collapse'>Eight hours a day, and no more without pay.</div></div>{PROSE}",
            blocks={"How long may I work?": "heading"},
        ),
        web.case(
            f"<button class='accordion'>Who pays for my shoes?</button><div class='panel'><p>Your employer pays for them.</p></div>{PROSE}",
            "Who pays for my shoes?",
        ),
        web.case(
            f"<button aria-expanded='false' aria-controls='q'><h6>What if I am ill?</h6></button><div id='q' hidden><p>You are paid from the first day.</p></div><button>Send it now please</button>{PROSE}",
            "What if I am ill?",
            "paid from the first day",
            gone=("Send it",),
        ),
    ),
    "later: folded parts of a web page": (
        web.case(
            f"{PROSE}<details><summary>Who may strike</summary><p>All who work here may strike.</p></details>",
            order=("Who may strike", "All who work here"),
        ),
        web.case(
            f"{PROSE}<details open><summary><h3>Second demand</h3></summary>Two breaks a day.</details>",
            "Two breaks a day.",
            blocks={"Second demand": "heading"},
        ),
        web.case(f"{PROSE}<dialog><p>Secret dialogue of the page</p></dialog>", gone=("Secret",)),
    ),
    "later: formulas of a web page": (
        web.case(
            f"<p>Pay is <math {MATH}><mi>h</mi><mo>×</mo><mi>w</mi></math> a week.</p>{PROSE}",
            "Pay is",
            "a week.",
        ),
        web.case(
            f"<p>Half is <math {MATH}><semantics><mfrac><mn>1</mn><mn>2</mn></mfrac><annotation encoding='application/x-tex'>\\frac{{1}}{{2}}</annotation></semantics></math> of it.</p>{PROSE}",
            "of it.",
            gone=("\\frac",),
        ),
        web.case(f"<p>x<sup>2</sup> and H<sub>2</sub>O in the mine</p>{PROSE}", "O in the mine"),
    ),
    "later: content hidden on scripted pages": (
        web.case(
            f"<div class='is-hidden'>Secret of Bulma</div>{PROSE}",
            gone=("Secret",),
            head="<link rel=stylesheet href='/css/bulma.min.css'>",
        ),
        web.case(
            f"<div style='position:absolute;left:-9999px'>Secret for robots</div>{PROSE}<p style='clip-path:inset(50%);height:1px;width:1px;overflow:hidden'>Words for screen readers</p>",
            "market women",
        ),
        web.case(
            f"<p>Before.</p><div class='js-only'>Turn on what runs scripts</div>{PROSE}",
            gone=("Turn on",),
            head="<style>.js-only{display:none}</style><script>1</script>",
        ),
        web.case(
            f"<p>Piece rate<span class='tooltip'>Pay for each piece that is made.</span> is what most have.</p>{PROSE}<div class='success-story'>{'The bakers of the port won two breaks a day and kept them. ' * 9}</div>",
            "Pay for each piece",
            "won two breaks",
            head="<style>.tooltip,.success-story{display:none}</style><script>1</script>",
        ),
    ),
    "later: tables from right to left": (
        web.case(
            f"<table dir='rtl'><tr><th>اليوم</th><th>الساعة</th></tr><tr><td>الخميس</td><td>9</td></tr></table>{PROSE}",
            order=("اليوم", "الساعة", "الخميس"),
        ),
        web.case(
            f"<table><caption>Rates of pay</caption><colgroup><col></colgroup><tfoot><tr><td>Sum</td><td>3</td></tr></tfoot><tbody><tr><td>Bakers</td><td>1</td></tr></tbody></table>{PROSE}",
            order=("Rates of pay", "Bakers"),
        ),
    ),
    "later: bodies and parts of Word": (
        Case(
            "a.docx",
            office.docx(f"{word.PROSE}</w:body>{BODY.removesuffix('</w:body>')}"),
            ("market women", "Words of the second body."),
        ),
        word.word(
            f"<w:sdt><w:sdtPr><w:alias w:val='Name'/></w:sdtPr><w:sdtContent>{p(run('Filled in by Ana'))}</w:sdtContent></w:sdt>",
            "Filled in by Ana",
        ),
        word.word(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(run('Click here to enter text.'))}</w:sdtContent></w:sdt>{p(run('After it.'))}",
            "After it.",
        ),
        word.word(
            f"<w:customXml w:element='x'>{p(run('Inside custom markup'))}</w:customXml>",
            "Inside custom markup",
        ),
        word.word(
            f"{p('<w:smartTag w:element=' + chr(39) + 'city' + chr(39) + '>' + run('Durban') + '</w:smartTag>', run(' is the port.'))}",
            "Durban is the port.",
        ),
        word.word(
            f"{p(f'<m:oMath {M}><m:r><m:t>a+b</m:t></m:r></m:oMath>', run(' hours of work'))}",
            "a+b hours of work",
        ),
        word.word(
            p(
                "<w:ruby><w:rubyPr/><w:rt>"
                + run("ろうどう")
                + "</w:rt><w:rubyBase>"
                + run("労働")
                + "</w:rubyBase></w:ruby>",
                run("者の権利"),
            ),
            "労働者の権利",
            gone=("ろうどう労働",),
        ),
        word.word(
            p(
                run("A soft"),
                "<w:r><w:noBreakHyphen/></w:r>",
                run("spoken delegate"),
                "<w:r><w:tab/></w:r>",
                run("speaks"),
            ),
            "A soft-spoken delegate speaks",
        ),
    ),
    "later: RTF of other hands": (
        rich.rtf(
            r"\trowd\cellx2000\cellx4000 Day\intbl\cell Hour\intbl\cell\row\trowd\cellx2000\cellx4000 Monday\intbl\cell Nine\intbl\cell\row\pard After.\par",
            order=("Day", "Hour", "Monday", "Nine", "After."),
        ),
        rich.rtf(
            r"{\field{\*\fldinst HYPERLINK "
            "http://x.example"
            "}{\fldrslt the list of demands}} hangs there.\\par",
            "the list of demands hangs there.",
            gone=("HYPERLINK",),
        ),
        rich.rtf(r"Caf\'e9 \u233?t\u233? and \emdash  all.\par", "Café été and — all."),
    ),
    "later: OpenDocument of other hands": (
        open_document.text(
            "<text:p>Kept<text:span text:style-name='T1'> and </text:span><text:s text:c='3'/>spaced<text:tab/>words</text:p>",
            "Kept and spaced words",
        ),
        open_document.text(
            "<text:p>A rule<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>Said at the foot.</text:p></text:note-body></text:note> of work.</text:p>",
            "A rule",
            "of work.",
            "Said at the foot.",
        ),
        open_document.text(
            "<text:list><text:list-item><text:p>Water</text:p><text:list><text:list-item><text:p>For two hours</text:p></text:list-item></text:list></text:list-item></text:list>",
            order=("Water", "For two hours"),
        ),
    ),
    "later: notes in a book": (
        Case(
            "a.epub",
            office.epub(
                {
                    "a.xhtml": f"{books.PROSE}<p>The fund<a epub:type='noteref' href='#n1' xmlns:epub='http://www.idpf.org/2007/ops'>1</a> grew.</p><aside epub:type='footnote' id='n1' xmlns:epub='http://www.idpf.org/2007/ops'><p>Kept by two women.</p></aside>"
                }
            ),
            ("grew.", "Kept by two women."),
        ),
        Case(
            "a.epub",
            office.epub(
                {
                    "a.xhtml": f"{books.PROSE}<p><span epub:type='pagebreak' title='12' xmlns:epub='http://www.idpf.org/2007/ops'/>After the break.</p>"
                }
            ),
            ("After the break.",),
        ),
    ),
    "later: slides of other hands": (
        slides.slides(
            "<p:graphicFrame><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/table'><a:tbl><a:tr><a:tc gridSpan='2'><a:txBody><a:p><a:r><a:t>Both columns</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge='1'><a:txBody><a:p/></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            there=("Both columns",),
        ),
        slides.slides(slides.HELD, there=("Ask who pays",), notes={1: "Ask who pays"}),
        slides.slides(
            office.shape(
                "", "<a:p><a:r><a:t>One</a:t></a:r><a:br/><a:r><a:t>Two</a:t></a:r></a:p>"
            ),
            there=("One Two",),
        ),
        slides.slides(
            office.shape(
                "",
                "<a:p><a:fld type='slidenum' id='{1}'><a:t>7</a:t></a:fld></a:p>",
                office.line("After the number"),
            ),
            there=("After the number",),
        ),
    ),
    "later: letters of other hands": (
        letters.case(
            "Inline",
            *letters.parts(
                f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>{LETTER}</p><img src='cid:a' alt='Crowd at the gate'>",
                "Content-Type: image/png; name=a.png\r\nContent-ID: <a>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
                kind="related",
            ),
            LETTER,
        ),
        letters.case(
            "=?utf-8?q?Gr=C3=A8ve?=",
            "text/plain; format=flowed; delsp=yes",
            "We meet on Thurs \r\nday at the gate of the port.",
            "We meet on Thursday at the gate",
        ),
        letters.case(
            "Calendar",
            *letters.parts(
                letters.plain(LETTER),
                "Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Assembly\r\nEND:VEVENT\r\nEND:VCALENDAR",
                kind="alternative",
            ),
            LETTER,
            gone=("BEGIN:VCALENDAR",),
        ),
        letters.case(
            "Pieces of two kinds",
            "text/plain; format=flowed",
            "We meet \r\non Thursday. \r\n\r\nBring water. \r\n-- \r\nAna",
            "We meet on Thursday.",
            blocks={"We meet on Thursday.": "paragraph", "Bring water.": "paragraph"},
        ),
    ),
    "later: plain text of other hands": (
        Case(
            "a.txt",
            b"Day;Hour;Place\r\nMonday;9;Port\r\nThursday;18;Hall of the union\r\n",
            ("Hall of the union", "Monday"),
        ),
        Case(
            "a.txt",
            b"Title\f\n1\n\nSecond page of the minutes\f\n2\n\nThird page",
            ("Second page of the minutes", "Third page"),
        ),
        Case(
            "a.md",
            b"# Rules\n\n> [!NOTE]\n> Bring water.\n\n- [ ] Ask the foreman\n- [x] Write it down\n\nTerm\n: What it means\n",
            ("Bring water.", "Ask the foreman", "What it means"),
            ("[!NOTE]", "[ ]"),
        ),
        Case(
            "a.md",
            b"Rules[^1] of work.\n\n[^1]: Won in 1919.\n\n<details><summary>More</summary>\n\nTwo breaks a day.\n\n</details>\n",
            ("Won in 1919.", "Two breaks a day."),
            ("[^1]",),
        ),
        Case(
            "a.md",
            b"---\ntitle: Rules\n---\n\n| Day | Hour |\n|:--|--:|\n| Monday | 9 \\| 10 |\n\n```\ncode of the door\n```\n",
            ("Monday", "code of the door"),
            ("|:--",),
        ),
    ),
    "later: PDF of other hands": (
        pdf.drawn(
            "/Span <</ActualText (whole word)>> BDC " + pdf.type_at("wh0le w0rd", 500) + "EMC",
            "whole word",
        ),
        pdf.drawn("2 Tr\n" + pdf.type_at("Outlined in bold", 480) + "0 Tr", "Outlined in bold"),
        pdf.drawn(
            pdf.type_at("Twice", 460) + pdf.type_at("Twice", 460, 72.2),
            "Twice",
            gone=("Twice Twice", "TTwwiiccee"),
        ),
    ),
}
