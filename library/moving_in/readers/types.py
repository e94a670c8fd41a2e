"""What other systems call kinds of documents, in English that the vocabulary may know."""

from __future__ import annotations

RIS = {
    "RPRT": "report", "BOOK": "book", "CHAP": "book chapter", "JOUR": "article", "MGZN": "article",
    "NEWS": "news", "THES": "thesis", "CONF": "conference paper", "CPAPER": "conference paper",
    "PAMP": "leaflet", "ELEC": "web page", "BLOG": "blog post", "SLIDE": "presentation",
    "STAT": "law", "BILL": "law", "CASE": "case", "LEGAL": "law", "STAND": "standard",
    "VIDEO": "video", "SOUND": "audio", "GOVDOC": "government document", "UNPB": "manuscript",
}  # fmt: skip

CSL = {
    "report": "report", "book": "book", "chapter": "book chapter", "article": "article",
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "news",
    "thesis": "thesis", "paper-conference": "conference paper", "pamphlet": "leaflet",
    "webpage": "web page", "post-weblog": "blog post", "post": "blog post",
    "speech": "presentation",
    "legislation": "law", "bill": "law", "legal_case": "case", "standard": "standard",
    "treaty": "agreement", "motion_picture": "video", "song": "audio", "manuscript": "manuscript",
}  # fmt: skip

BIBTEX = {
    "techreport": "report", "report": "report", "book": "book", "inbook": "book chapter",
    "incollection": "book chapter", "article": "article", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "inproceedings": "conference paper",
    "conference": "conference paper", "booklet": "leaflet", "manual": "manual",
    "online": "web page", "unpublished": "manuscript", "legislation": "law", "video": "video",
}  # fmt: skip

ZOTERO = {
    "report": "report", "book": "book", "bookSection": "book chapter", "journalArticle": "article",
    "magazineArticle": "article", "newspaperArticle": "news", "thesis": "thesis",
    "conferencePaper": "conference paper", "document": "", "webpage": "web page",
    "blogPost": "blog post", "presentation": "presentation", "statute": "law", "bill": "law",
    "case": "case", "standard": "standard", "videoRecording": "video", "manuscript": "manuscript",
}  # fmt: skip
