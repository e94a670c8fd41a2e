"""Bytes of a text file as characters, when nobody says how they were written.

Latin letters are told by alphabets: of the encodings that people used before UTF-8, the right one
is that in which all accented letters are those of one language. Other scripts are left to
charset-normalizer, which looks at whole texts.
"""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Bold and underlined letters as typewriters and terminals print them: over one another.
OVERSTRUCK = re.compile(rb"[^\x08\n]\x08([^\x08\n])")
HIGH = re.compile(rb"[\x80-\xff]")
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # no characters in Windows-1252
SAMPLE = 2**16  # bytes that are looked at
LATIN = ("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "cp1257", "mac_roman", "cp850")
# `c½ur` and `5 ¤` are `cœur` and `5 €`, which only the ninth part of ISO 8859 writes so.
NINTH = re.compile(r"[^\W\d_]['’]?½|½[^\W\d_]|\d ?¤")
OTHERS = (
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic", "cp1253", "iso8859_7"),
    *("cp1256", "iso8859_6", "cp1255", "iso8859_8", "cp874", "tis_620", "cp1258"),
    *("gb18030", "big5", "shift_jis", "cp932", "euc_jp", "cp949", "euc_kr"),
)
SHIFTED = (b"\x1b$B", b"\x1b$@")  # how ISO-2022-JP, all in seven bits, begins to be Japanese
EASTERN = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
# Every third sign of a text in Chinese, Japanese or Korean is one of these, or kana.
USUAL = frozenset(
    "的一是不了在人有我他中大和也子道出三下得可你年生自那里就面起去能成方多家如心前其什公分同小本天日月"
    "工作力行法全者主法民新高地用定以为为这来上个国时会要于们说到着过没对学动无进经样发后开关问间么长业务员"
    "资动机关保权劳这個來國時會為們說對學動無進經樣發後開關問間麼長業務員資機關保權勞與於沒過給從還實現點"
    "이다는의에을가고하지로은를도한사기서리인아어대자해수일나정보시그게만니라과들조합노동전부주장제습"
    "。，、；：！？（）「」《》“”・"
)
KANA = ("\u3041", "\u30ff")
ENOUGH_USUAL = 0.3
MOSTLY = 0.6  # of the letters: so many are without accents where a text is in Latin letters
FITTING = 0.97  # of what is not ASCII: so much belongs to one language where the encoding is right
ALPHABETS = tuple(
    map(
        frozenset,
        (
            "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº",  # Spanish
            "áâãàçéêíóôõúüÁÂÃÀÇÉÊÍÓÔÕÚªº",  # Portuguese
            "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒ",  # French
            "àèéìíòóùçïüÀÈÉÌÍÒÓÙÇ·",  # Italian, Catalan
            "äöüßéÄÖÜ",  # German
            "åäöæøéÅÄÖÆØ",  # Nordic languages
            "ðþáéíóúýæöÐÞÁÉÍÓÚÝÆÖ",  # Icelandic
            "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",  # Polish
            "áäčďéěíĺľňóôŕřšťúůýžÁČĎÉĚÍĽŇÓŘŠŤÚŮÝŽ",  # Czech, Slovak
            "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",  # Hungarian
            "ăâîşţșțĂÂÎŞŢȘȚ",  # Romanian
            "čćđšžČĆĐŠŽ",  # Croatian, Slovenian
            "çğıöşüâîİÇĞÖŞÜ",  # Turkish
            "ąčęėįšųūžāēģīķļņõäöüĄČĘĖĮŠŲŪŽ",  # Baltic languages
        ),
    )
)
# The bytes of one character in UTF-8, each taken for one of Windows-1252 or ISO 8859-1.
_UPPER = bytes(set(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}).decode("cp1252")
_NEXT = f"[\x80-\xbf{_UPPER}]"
TWICE = re.compile(f"[Â-ß]{_NEXT}|[à-ï]{_NEXT}{{2}}|[ð-ô]{_NEXT}{{3}}")
ALONE = re.compile("[áéíóúñçãõâêôüöä]")
WIDE = (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2))
BLOCK = 0x180  # code points that count as one writing
EAST = -1  # Chinese, Japanese and Korean signs are one
FEW_BLOCKS = 3  # writings, and punctuation, of one text
WITHIN = 0.95
JOINERS = frozenset("\u200c\u200d\u200e\u200f\u00ad\ufeff\f\x1b\x08")
COMMON = frozenset("\u00a0\u00ad«»‹›“”„‘’‚–—…•·°€£§©®™†‡")  # in texts of any language
# What never stands between the letters of one word: é of MS-DOS, taken for another encoding.
INSIDE = re.compile("(?<=[A-Za-z])[«»‹›“„‚…•°€£§©®™†‡](?=[a-z])")
ASCII_LETTER = re.compile(r"[A-Za-z]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`; `declared` is the encoding that the file itself names, if any.

    A byte order mark is believed first, then UTF-8 if it fits, then the file's own word, then what
    the bytes look like, and at last Windows-1252, in which every byte but five is a character.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    if any(mark in data for mark in SHIFTED):
        return data.decode("iso2022_jp", "replace")
    try:
        return once(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return data.decode("utf-8", "ignore")
    if _known(declared) and declared.lower().replace("_", "-") not in ("utf-8", "utf8"):
        return data.decode(declared, "replace")
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 < len(HIGH.findall(data)):
        return text
    sample = data[:SAMPLE]
    if encoding := _latin(sample) or _eastern(sample) or _looked_up(sample):
        return data.decode(encoding, "replace")
    return data.decode("latin-1" if UNDEFINED.search(data) else "cp1252")


def once(text: str) -> str:
    """A text that was written in UTF-8 twice (`remuneraciÃ³n`), as it was meant."""
    found = TWICE.findall(text)
    if not found or len(found) < len(ALONE.findall(text)):
        return text

    def meant(match: re.Match[str]) -> str:
        signs = match[0]
        for encoding in ("cp1252", "latin-1"):
            try:
                return signs.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
        return signs

    return TWICE.sub(meant, text)


def _latin(sample: bytes) -> str:
    """The encoding in which a text is in the alphabet of a language; "" for another script."""
    best, encoding = FITTING, ""
    for name in LATIN:
        if name == "iso8859-15" and not NINTH.search(sample.decode("latin-1")):
            continue
        text = sample.decode(name, "replace")
        foreign = [sign for sign in text if sign > "\x7f" and sign not in COMMON]
        foreign += INSIDE.findall(text)
        plain = len(ASCII_LETTER.findall(text))
        if plain < MOSTLY * (plain + len(foreign)):
            continue
        most = max(sum(sign in letters for sign in foreign) for letters in ALPHABETS)
        fit = most / len(foreign) if foreign else 1.0
        if fit > best or (fit == best and not encoding):
            best, encoding = fit, name
    return encoding


def _eastern(sample: bytes) -> str:
    """The encoding in which most signs are those that Chinese, Japanese and Korean are full of."""
    best, encoding = ENOUGH_USUAL, ""
    for name in EASTERN:
        text = _strictly(sample, name)
        signs = [sign for sign in text if sign > "\x7f"]
        usual = sum(sign in USUAL or KANA[0] <= sign <= KANA[1] for sign in signs)
        if signs and usual / len(signs) > best:
            best, encoding = usual / len(signs), name
    return encoding


def _strictly(sample: bytes, encoding: str) -> str:
    """The text of a sample that is wholly of an encoding, but for its last sign; else ""."""
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError as error:
        cut = error.start >= len(sample) - 4
        return sample[: error.start].decode(encoding) if cut else ""


def _looked_up(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # few files need it

    whole = sample[: sample.rfind(b"\n") + 1] if len(sample) == SAMPLE else sample
    guess = from_bytes(whole or sample, cp_isolation=list(OTHERS)).best()
    return guess.encoding if guess else ""


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are characters of some encoding."""
    head = OVERSTRUCK.sub(rb"\1", head)
    if head.startswith(tuple(mark for mark, _ in BOMS)) or _wide(head):
        return True
    return len(CONTROL.findall(head)) * 100 <= len(head) and b"\x00" not in head


def _wide(data: bytes) -> str:
    """UTF-32 or UTF-16 without a mark: letters of one writing, and no byte of another file.

    In other texts a byte of zero does not occur, in these the spaces and line ends have one.
    """
    sample = data[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    for encoding, width in WIDE:
        if len(sample) % width and len(data) <= len(sample):
            continue
        try:
            text = sample[: len(sample) // width * width].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - width:  # a pair of halves may be cut at the end
                continue
            text = sample[: error.start].decode(encoding, "ignore")
        if _is_prose(text):
            return encoding
    return ""


def _is_prose(text: str) -> bool:
    """Whether characters are those of texts, nearly all in blocks of Unicode that are few."""
    blocks: dict[int, int] = {}
    spaces = 0
    for sign in text:
        if sign in " \r\n\t\u3000\u3002":
            spaces += 1
        elif not sign.isprintable() and sign not in JOINERS:
            return False
        else:
            code = ord(sign)
            block = EAST if 0x2E80 <= code < 0xD7B0 or code >= 0xFF00 else code // BLOCK
            blocks[block] = blocks.get(block, 0) + 1
    most = sorted(blocks.values(), reverse=True)[:FEW_BLOCKS]
    return bool(spaces) and sum(most) >= WITHIN * (len(text) - spaces)


def _known(encoding: str) -> bool:
    try:
        return bool(encoding) and isinstance(b"a".decode(encoding), str)
    except (LookupError, ValueError):
        return False
