"""Web pages: what is drawn, what is hidden, and what only some programs write."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

from tests.kinds.case import Case

PROSE = (
    "<p>The market women of the port have met each Thursday since the strike, and have kept a fund "
    "for those who were struck off the list.</p>"
)


def page(body: str, head: str = "", name: str = "page.html") -> bytes:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def case(
    body: str, *there: str, gone: tuple[str, ...] = (), head: str = "", **more: object
) -> Case:
    return Case("page.html", page(body, head), there, gone, **more)  # type: ignore[arg-type]


WORD_LIST = (
    "<p class=MsoNormal>What to bring to the picket<o:p></o:p></p>"
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
    "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span>"
    "<![endif]>Water for two hours<o:p></o:p></p>"
    "<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
    "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span>"
    "<![endif]>A hat<o:p></o:p></p>"
)
KINDS: dict[str, tuple[Case, ...]] = {
    "title of a web page": (
        case(
            PROSE, head="<title>Strike fund manual</title>", fields={"title": "Strike fund manual"}
        ),
        case(
            f"<svg><title>Icon of a bell</title><path d='M0 0'/></svg><h1>Rules</h1>{PROSE}",
            "market women",
            fields={"title": ""},
        ),
        case(
            f"<h1>Rules of the fund</h1>{PROSE}",
            head="<title></title><title>Fund rules</title>",
            fields={"title": "Fund rules"},
        ),
        case(
            f"<svg role='img'><title>Menu</title></svg>{PROSE}",
            head="<meta property='og:title' content='The fund of the port'><title>Fund</title>",
            fields={"title": "Fund", "heading": "The fund of the port"},
        ),
        case(
            f"{PROSE}<template><title>Unused</title></template>",
            fields={"title": ""},
            gone=("Unused",),
        ),
        case(f"<title>Late title</title>{PROSE}", fields={"title": "Late title"}),
    ),
    "drawing in a web page": (
        case(
            f"{PROSE}<svg viewBox='0 0 9 9'><text x='1' y='2'>File the grievance</text>"
            "<text x='1' y='4'>Meet the <tspan>steward</tspan></text></svg>",
            "File the grievance",
            "Meet the steward",
        ),
        case(
            f"{PROSE}<svg role='img' aria-labelledby='a'><title id='a'>Wages fell after 1998</title>"
            "<desc>A line that falls by a third.</desc><path d='M0 0'/></svg>",
            "Wages fell after 1998",
        ),
        case(
            f"{PROSE}<svg><foreignObject><p>Drawn with words of a page</p></foreignObject></svg>",
            "Drawn with words of a page",
        ),
        case(
            f"{PROSE}<svg style='display:none'><symbol id='x'><title>Search sign</title>"
            "<text>magnifier</text></symbol></svg><svg><use href='#x'/></svg>",
            "market women",
            gone=("magnifier", "Search sign"),
        ),
        case(
            f"{PROSE}<figure><svg><defs><text id='u'>Never drawn</text></defs><g><text>2019</text>"
            "<text>Members of the union by year</text></g></svg></figure>",
            "Members of the union by year",
            gone=("Never drawn",),
        ),
        case(f"{PROSE}<svg aria-hidden='true'><text>ornament</text></svg>", gone=("ornament",)),
    ),
    "drawing as a file": (
        Case(
            "poster.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><title>Poster</title><text>Eight hours of work"
            b"</text><text>Eight hours of rest</text></svg>",
            ("Eight hours of work", "Eight hours of rest"),
        ),
        Case(
            "poster.svg",
            b"<?xml version='1.0' encoding='UTF-8'?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC "
            b"'-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>\n"
            b"<svg xmlns='http://www.w3.org/2000/svg'><g><text><tspan x='0' y='1'>Join the</tspan>"
            b"<tspan x='0' y='2'>union today</tspan></text></g></svg>",
            ("Join the union today",),
        ),
        Case(
            "plan",
            b"<?xml version='1.0'?><svg:svg xmlns:svg='http://www.w3.org/2000/svg'><svg:text>Exit by "
            b"the north gate</svg:text></svg:svg>",
            ("Exit by the north gate",),
        ),
        Case(
            "shapes.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0L9 9'/></svg>",
            refused="no text but pictures",
        ),
        Case(
            "hidden.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><style>.a{fill:red}</style><script>var tune"
            b"</script><metadata>A program wrote this</metadata><text>Stop at noon</text></svg>",
            ("Stop at noon",),
            ("tune", "fill:red", "A program"),
        ),
        Case(
            "old.svg",
            "<?xml version='1.0' encoding='ISO-8859-1'?><svg xmlns='http://www.w3.org/2000/svg'>"
            "<text>Día del trabajador</text></svg>".encode("latin-1"),
            ("Día del trabajador",),
        ),
    ),
    "frames": (
        case(
            f"{PROSE}<iframe srcdoc='&lt;p&gt;Minutes of the frame&lt;/p&gt;'></iframe>",
            "Minutes of the frame",
        ),
        Case(
            "index.html",
            b"<html><head><title>Fund</title></head><frameset cols='20%,80%'><frame src='menu.html'>"
            b"<frame src='text.html'><noframes><body>See <a href='text.html'>the text of the rules"
            b"</a></body></noframes></frameset></html>",
            ("the text of the rules",),
        ),
        Case(
            "index.html",
            b"<html><head><title>Fund</title></head><frameset cols='20%,80%'><frame src='menu.html'>"
            b"<frame src='text.html'></frameset></html>",
            refused="only frames",
        ),
        case(
            f"{PROSE}<iframe srcdoc=\"<iframe srcdoc='&lt;p>Deep words&lt;/p>'></iframe>\"></iframe>",
            "Deep words",
        ),
        case(
            "<iframe src='https://other.example/text.html'></iframe>",
            refused="only frames",
        ),
        case(f"{PROSE}<object data='x.svg'>What the picture says</object>", "market women"),
    ),
    "web page written by Word": (
        case(
            WORD_LIST,
            gone=("· ", "·Water"),
            blocks={"Water for two hours": "item", "A hat": "item"},
        ),
        case(
            "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span "
            "style='font-family:Wingdings'><span style='mso-list:Ignore'>§<span>&nbsp; </span></span>"
            "</span><![endif]>Keep the receipts</p>" + PROSE,
            gone=("§",),
            blocks={"Keep the receipts": "item"},
        ),
        case(
            "<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><![if !supportLists]><span "
            "style='font-family:\"Courier New\"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; "
            "</span></span></span><![endif]>Second things</p>" + PROSE,
            gone=("o Second",),
            blocks={"Second things": "item"},
        ),
        case(
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo3'><![if !supportLists]><span>"
            "<span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span></span><![endif]>"
            "Elect a treasurer</p>" + PROSE,
            "1. Elect a treasurer",
            blocks={"Elect a treasurer": "item"},
        ),
        case(
            "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>"
            "<![endif]--><p class=MsoTitle>Rules</p><p class=MsoNormal>Dues<o:p>&nbsp;</o:p></p>"
            + PROSE,
            "Rules",
            "Dues",
            gone=("Normal",),
        ),
        case(
            "<p class=MsoListBullet><span style='font-family:Symbol'>·<span>&nbsp;&nbsp;</span>"
            "</span>Bring a friend</p><p style='display:none;mso-hide:all'>Not printed</p>" + PROSE,
            gone=("· Bring", "Not printed"),
            blocks={"Bring a friend": "item"},
        ),
    ),
    "hidden in a web page": (
        case(f"<p hidden>Secret one</p>{PROSE}", "market women", gone=("Secret one",)),
        case(
            f"<p>See <span style='display: none'>Secret two</span> here</p>{PROSE}",
            gone=("Secret two",),
        ),
        case(f"<p style='font-size:0'>Secret three</p>{PROSE}", gone=("Secret three",)),
        case(
            f"<style>.off {{ display:none }}</style><p class='off'>Secret four</p>{PROSE}",
            gone=("Secret four",),
        ),
        case(
            f"<p>On <b hidden>Secret five</b> off</p><dialog>Secret six</dialog>{PROSE}",
            gone=("Secret five", "Secret six"),
        ),
        case(
            f"<table><tr><td>a</td><td>b</td></tr><tr hidden><td>Secret seven</td><td>c</td></tr>"
            f"<tr><td>d</td><td>e</td></tr></table>{PROSE}",
            gone=("Secret seven",),
        ),
        case(
            f"<div style='color:#fff;background:#ffffff'>Secret eight</div>{PROSE}",
            gone=("Secret eight",),
        ),
        case(
            f"<p style='opacity:0'>Faded in later</p><p style='color:white;background:#900'>Loud</p>{PROSE}",
            "Loud",
            "Faded in later",
        ),
        case(
            f"<input type='hidden' value='Secret ten'><p style='visibility:hidden'>Secret eleven</p>{PROSE}",
            gone=("Secret ten", "Secret eleven"),
        ),
    ),
    "opened on a web page": (
        case(
            f"{PROSE}<details><summary>Who may join?</summary><p>All who sell</p></details>",
            "Who may join?",
            "All who sell",
        ),
        case(f"{PROSE}<details open><summary>Dues</summary>Two a week</details>", "Two a week"),
        case(
            f"{PROSE}<details><summary>More</summary><details><summary>Still more</summary>"
            "<ul><li>The last word</li></ul></details></details>",
            "The last word",
        ),
    ),
    "small signs above words": (
        case(
            "<p><ruby>労働<rt>ろうどう</rt></ruby>の組合は毎週木曜日に会います。</p>", "労働の組合"
        ),
        case(
            "<p><ruby>組<rp>(</rp><rt>くみ</rt><rp>)</rp>合<rt>あい</rt></ruby>の規則</p>",
            "組合の規則",
            gone=("(",),
        ),
        case(
            "<p><ruby><rb>罷<rb>工<rtc><rt>bà<rt>gōng</rtc></ruby>的权利属于所有工人</p>",
            "罷工的权利",
        ),
    ),
    "table of a web page": (
        case(
            "<table><tr><th colspan=2>Dues</th><th>Year</th></tr><tr><td>two</td><td>three</td>"
            f"<td>1999</td></tr></table>{PROSE}",
            "Dues Year two three 1999",
        ),
        case(
            "<table><caption>Pay by trade</caption><thead><tr><th>Trade</th><th>Pay</th></tr></thead>"
            f"<tbody><tr><td rowspan=2>Dockers</td><td>9</td></tr><tr><td>11</td></tr></tbody></table>{PROSE}",
            "Pay by trade",
            "Dockers 9 11",
        ),
        case(
            "<table><tr><td><table><tr><td>Inner</td><td>cell</td></tr><tr><td>five</td><td>six</td></tr>"
            f"</table></td><td>Outer</td></tr></table>{PROSE}",
            "Inner cell",
            "Outer",
        ),
    ),
    "terms of a web page": (
        case(
            f"{PROSE}<dl><dt>Lockout</dt><dd>The gates are shut.</dd></dl>",
            "Lockout",
            "The gates are shut.",
        ),
        case(
            f"{PROSE}<dl><div><dt>Scab</dt><dt>Blackleg</dt><dd>One who crosses.</dd></div></dl>",
            "Scab Blackleg One who crosses.",
        ),
        case(f"{PROSE}<dl><dd>Without a term</dd><dt>Alone</dt></dl>", "Without a term", "Alone"),
    ),
    "kept back in a web page": (
        case(f"{PROSE}<template><p>Never drawn</p></template>", gone=("Never drawn",)),
        case(
            f"{PROSE}<noscript><p>Turn on scripts to see it</p></noscript>",
            "market women",
            gone=("Turn on",),
        ),
        case(
            "<div id='root'></div><noscript><h1>Rules of the fund</h1><p>Members pay two a week, and "
            "draw ten when the gates are shut.</p></noscript>",
            "draw ten when the gates are shut",
        ),
    ),
    "pictures of a web page": (
        case(
            f"{PROSE}<img data-src='a.jpg' src='data:,' alt='Women of the market at the gate'>",
            "Women of the market at the gate",
        ),
        case(
            f"{PROSE}<img src='data:,' class='lazy' alt=''><noscript><img src='b.jpg' "
            "alt='The banner of the dockers'></noscript>",
            "The banner of the dockers",
        ),
        case(
            f"{PROSE}<picture><source srcset='a.webp'><img alt='A line of carts in the rain'></picture>",
            "A line of carts in the rain",
        ),
        case(
            f"{PROSE}<map><area alt='North gate of the port'></map><figure><img alt='Gate with its "
            "guards'><figcaption>The gate, 1911</figcaption></figure>",
            "Gate with its guards",
            "The gate, 1911",
        ),
        case(
            f"{PROSE}<input type='image' alt='Send'><a href='#'><img alt='Map of the nine branches'></a>",
            "Map of the nine branches",
        ),
        case(
            f"{PROSE}<div role='img' aria-label='Chart of dues since 1990'></div>",
            "Chart of dues since 1990",
        ),
    ),
    "form in a web page": (
        case(
            f"{PROSE}<form><label>Your trade <input value=''></label><fieldset><legend>Hours worked "
            "last week</legend></fieldset></form>",
            "Your trade",
            "Hours worked last week",
        ),
        case(
            f"{PROSE}<textarea readonly>The text of the petition in full</textarea>",
            "The text of the petition in full",
        ),
        case(
            f"{PROSE}<select><option>Baker</option><option selected>Docker</option></select>",
            "market women",
        ),
    ),
    "sections called as menus are": (
        case(
            f"<section id='social-protection'><h2>Social protection</h2>{PROSE}<p>It is for all who sell.</p></section>"
            f"{PROSE}{PROSE}",
            "It is for all who sell.",
        ),
        case(
            f"<p>They met <a class='popup' href='#'>rather late</a> in the hall, <span class='search'>as told</span>."
            f"</p>{PROSE}",
            "They met rather late in the hall, as told.",
        ),
        case(
            f"<div class='section' id='sharing-with-others'><h3>Sharing with others<a>¶</a></h3><p>Share the work.</p></div>"
            f"<div id='social-links'><a>Follow us</a></div>{PROSE}{PROSE}",
            "Share the work.",
            gone=("Follow us",),
        ),
    ),
}
