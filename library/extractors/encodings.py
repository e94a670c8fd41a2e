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
COMMON = frozenset("\u00a0\u00ad«»‹›“”„‘’‚–—…•·°€£§©®™†‡")  # in texts of any language
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
    if encoding := _latin(data[:SAMPLE]) or _looked_up(data[:SAMPLE]):
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
        plain = len(ASCII_LETTER.findall(text))
        if plain < MOSTLY * (plain + len(foreign)):
            continue
        most = max(sum(sign in letters for sign in foreign) for letters in ALPHABETS)
        fit = most / len(foreign) if foreign else 1.0
        if fit > best or (fit == best and not encoding):
            best, encoding = fit, name
    return encoding


def _looked_up(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # few files need it

    whole = sample[: sample.rfind(b"\n") + 1] if len(sample) == SAMPLE else sample
    guess = from_bytes(whole or sample, cp_isolation=list(OTHERS)).best()
    return guess.encoding if guess else ""


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are characters of some encoding."""
    if head.startswith(tuple(mark for mark, _ in BOMS)) or _wide(head):
        return True
    return len(CONTROL.findall(head)) * 100 <= len(head) and b"\x00" not in head


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of a mostly Latin text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or (len(sample) % 2 and len(data) <= 4096):
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _known(encoding: str) -> bool:
    try:
        return bool(encoding) and isinstance(b"a".decode(encoding), str)
    except (LookupError, ValueError):
        return False
