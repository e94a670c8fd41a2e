# ruff: noqa: E501 - texts stand as they are read
"""Texts of our own that show what a kind of document looks like, in six languages.

Each of TEXTS is a skeleton with a subject put in: what is learned is the shape and who is addressed,
never what it is about. Those of texts/styles.toml, sessions.toml, readers.toml,
posts.toml and elsewhere.toml are whole, each in the style of a house of its own.
They stand beside real documents in training, and count in no figure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "texts"
ELSEWHERE = "elsewhere.toml"  # about no work at all: these teach of topics, too
STYLES = ("styles.toml", "sessions.toml", "readers.toml", "posts.toml", ELSEWHERE)
HELD_BACK = "held_back.toml"

LABELS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "session": {
        "kind": ("training-manual",), "audience": ("educators",), "use": ("session-plan",),
    },
    "rights": {
        "kind": ("know-your-rights", "leaflet"), "audience": ("members",),
        "use": ("know-your-rights", "handout"),
    },
    "law": {"kind": ("law",), "audience": (), "use": ("reference",)},
    "form": {"kind": ("model-document",), "audience": (), "use": ("form",)},
    "demands": {
        "kind": ("position-paper", "declaration"), "audience": ("officials",), "use": ("demands",),
    },
    "news": {"kind": ("news",), "audience": (), "use": ()},
    "brief": {"kind": ("policy-brief",), "audience": ("researchers", "officials"), "use": ()},
}  # fmt: skip

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "en": ("Water at the market", "Our working day", "Fair piece rates"),
    "es": ("Agua en el mercado", "Nuestra jornada", "Precio justo por pieza"),
    "fr": ("L’eau au marché", "Notre journée", "Un prix juste à la pièce"),
    "pt": ("Água no mercado", "A nossa jornada", "Preço justo por peça"),
    "ar": ("الماء في السوق", "يوم عملنا", "أجر عادل للقطعة"),
    "hi": ("बाज़ार में पानी", "हमारा काम का दिन", "हर नग का सही दाम"),
}

TEXTS: Mapping[str, Mapping[str, str]] = {
    "session": {
        "en": "Session plan\nDuration: 90 minutes\nAims\nParticipants learn to speak of it.\n"
              "Materials needed\nFlip chart, markers\nSteps\n1. Welcome (10 minutes). The facilitator "
              "asks participants what they know.\n2. Small groups (40 minutes). Each group draws.\n"
              "3. Plenary (25 minutes). Groups report back.\n4. Debrief (15 minutes).",
        "es": "Plan de sesión\nDuración: 90 minutos\nObjetivos\nLas participantes aprenden a hablar de "
              "ello.\nMateriales necesarios\nPapelógrafo, marcadores\nPasos\n1. Bienvenida (10 "
              "minutos). La facilitadora pregunta a las participantes.\n2. Grupos pequeños (40 "
              "minutos).\n3. Plenaria (25 minutos).\n4. Puesta en común (15 minutos).",
        "fr": "Plan de séance\nDurée : 90 minutes\nObjectifs\nLes participantes apprennent à en parler."
              "\nMatériel nécessaire\nTableau de papier, feutres\nÉtapes\n1. Accueil (10 minutes). "
              "L’animatrice interroge les participantes.\n2. Petits groupes (40 minutes).\n"
              "3. Plénière (25 minutes).\n4. Mise en commun (15 minutes).",
        "pt": "Plano de sessão\nDuração: 90 minutos\nObjetivos\nAs participantes aprendem a falar "
              "disso.\nMaterial necessário\nCartolina, canetas\nPassos\n1. Acolhida (10 minutos). A "
              "facilitadora pergunta às participantes.\n2. Pequenos grupos (40 minutos).\n"
              "3. Plenária (25 minutos).\n4. Avaliação (15 minutos).",
        "ar": "خطة الجلسة\nالمدة: 90 دقيقة\nأهداف الجلسة\nتتعلم المشاركات الحديث عنه.\nالمواد اللازمة\n"
              "لوح قلاب، أقلام\n1. ترحيب (10 دقائق). تسأل الميسرة المشاركات.\n2. مجموعات صغيرة "
              "(40 دقيقة).\n3. عصف ذهني (25 دقيقة).",
        "hi": "सत्र योजना\nअवधि: 90 मिनट\nउद्देश्य\nप्रतिभागी इस पर बोलना सीखें।\nज़रूरी सामग्री\nचार्ट पेपर, "
              "मार्कर\n1. स्वागत (10 मिनट)। सुगमकर्ता प्रतिभागियों से पूछें।\n2. छोटे समूह (40 मिनट)।\n"
              "3. समूह चर्चा (25 मिनट)।",
    },
    "rights": {
        "en": "Know your rights\nYou have the right to be paid for each hour. Your employer cannot fire "
              "you for asking. If your boss does not pay, call us and file a complaint with your union.",
        "es": "Conoce tus derechos\nTienes derecho a que te paguen cada hora. Tu patrón no puede "
              "despedirte por preguntar. Si no te paga, llámanos y pon una denuncia con tu sindicato.",
        "fr": "Connaître vos droits\nVous avez le droit d’être payée pour chaque heure. Votre employeur "
              "ne peut pas vous renvoyer. S’il ne paie pas, portez plainte avec votre syndicat.",
        "pt": "Conheça seus direitos\nVocê tem direito a receber cada hora. Seu patrão não pode "
              "despedir você por perguntar. Se não pagar, denuncie com o seu sindicato.",
        "ar": "اعرف حقوقك\nيحق لك أن تقبض أجر كل ساعة. لا يجوز لصاحب عملك أن يطردك لأنك سألت. إن لم "
              "يدفع فقدم شكوى مع نقابتك.",
        "hi": "अपने अधिकार जानें\nआपको हर घंटे की मज़दूरी पाने का अधिकार है। पूछने पर आपका मालिक आपको निकाल "
              "नहीं सकता। न मिले तो शिकायत करें।",
    },
    "law": {
        "en": "Decree law\nIt is hereby promulgated.\nArticle 1\nThe employer shall pay.\nArticle 2\nA "
              "penalty applies.\nArticle 3\nEarlier provisions are repealed.\nArticle 4\nIt shall come "
              "into force upon its publication in the official gazette.",
        "es": "Decreto\nPromúlguese.\nArtículo 1\nEl empleador pagará.\nArtículo 2\nSe deroga lo "
              "anterior.\nArtículo 3\nSon disposiciones de orden público.\nArtículo 4\nEntrará en "
              "vigor al publicarse en la gaceta oficial.",
        "fr": "Décrète\nArticle 1\nL’employeur paie.\nArticle 2\nLes dispositions contraires sont "
              "abrogées.\nArticle 3\nUne amende est prévue.\nArticle 4\nLe texte entrera en vigueur à "
              "sa parution au journal officiel.",
        "pt": "Decreto\nO congresso nacional decreta\nArtigo 1\nO empregador paga.\nArtigo 2\nRevogam se "
              "as disposições em contrário.\nArtigo 3\nHá multa.\nArtigo 4\nEntra em vigor na data de "
              "sua publicação no diário oficial.",
        "ar": "مرسوم بقانون\nالمادة 1\nيدفع صاحب العمل.\nالمادة 2\nيعاقب من يخالف.\nالمادة 3\nتلغى "
              "الأحكام السابقة.\nالمادة 4\nينشر في الجريدة الرسمية ويعمل بهذا القانون.",
        "hi": "अधिनियम\nधारा 1\nनियोक्ता भुगतान करेगा।\nधारा 2\nउपधारा लागू होगी।\nधारा 3\nदंड होगा।\nधारा 4\n"
              "राजपत्र में अधिसूचना से लागू।",
    },
    "form": {
        "en": "Checklist\nFill in this form.\nName: ______________\nDate: ______________\n[ ] There is "
              "water.\n[ ] There is light.\nSignature: ______________",
        "es": "Lista de verificación\nRellenar este formulario.\nNombre: ______________\nFecha: "
              "______________\n[ ] Hay agua.\n[ ] Hay luz.\nFirma: ______________",
        "fr": "Liste de contrôle\nRemplir ce formulaire.\nNom : ______________\nDate : "
              "______________\n[ ] Il y a de l’eau.\nSignature : ______________",
        "pt": "Lista de verificação\nPreencha este formulário.\nNome: ______________\nData: "
              "______________\n[ ] Há água.\nAssinatura: ______________",
        "ar": "قائمة مراجعة\nاملأ هذه الاستمارة.\nالاسم: ______________\nالتاريخ: ______________\n"
              "التوقيع: ______________",
        "hi": "जाँच सूची\nयह प्रपत्र भरें।\nनाम: ______________\nतारीख: ______________\nहस्ताक्षर: "
              "______________",
    },
    "demands": {
        "en": "We, the undersigned, demand a seat at the table. We call on governments and local "
              "authorities to act. We urge the minister to listen. Our demands: water, light, space.",
        "es": "Nosotras las trabajadoras exigimos un lugar en la mesa. Hacemos un llamado a las "
              "autoridades locales. Demandamos al municipio agua, luz y espacio.",
        "fr": "Nous exigeons une place à la table. Nous appelons les autorités et les municipalités à "
              "agir. Nos revendications : l’eau, la lumière, un lieu.",
        "pt": "Nós trabalhadoras exigimos um lugar à mesa. Conclamamos a prefeitura e o poder público. "
              "Reivindicamos água, luz e espaço.",
        "ar": "نحن الموقعين نطالب بمقعد على الطاولة. ندعو الحكومات والسلطات والبلدية إلى العمل. مطالبنا: "
              "الماء والضوء والمكان.",
        "hi": "हम सब मेज़ पर जगह की माँग करते हैं। नगर निगम और सरकारी अधिकारी सुनें। हमारी माँगें: पानी, "
              "रोशनी, जगह।",
    },
    "news": {
        "en": "The union announced today that it won. “We are glad”, the chair told reporters "
              "yesterday at a press conference. A newsletter was launched this week.",
        "es": "El sindicato anunció ayer que ganó. «Nos alegra», dijo la presidenta en rueda de prensa. "
              "Más noticias en el boletín.",
        "fr": "Le syndicat a annoncé hier sa victoire. « Nous sommes contentes », a dit la présidente "
              "dans un communiqué de presse. D’autres actualités dans le bulletin.",
        "pt": "O sindicato anunciou ontem que venceu. «Estamos felizes», disse a presidente em coletiva "
              "de imprensa. Outras notícias no boletim.",
        "ar": "أعلنت النقابة أمس أنها فازت. وقالت الرئيسة في مؤتمر صحفي إنها سعيدة. مزيد من الأخبار.",
        "hi": "यूनियन ने कल जीत की घोषणा की। अध्यक्ष ने प्रेस वार्ता में बताया कि सब खुश हैं। और समाचार।",
    },
    "brief": {
        "en": "Policy brief\nKey messages\nThe evidence from a survey shows a gap. Data and analysis "
              "point to policy makers and local government. Policy recommendations\nReferences",
        "es": "Resumen de políticas\nMensajes clave\nLa evidencia de una encuesta muestra una brecha. "
              "Los datos y el análisis interesan a las políticas públicas y autoridades. "
              "Recomendaciones de política\nReferencias bibliográficas",
        "fr": "Note de synthèse\nMessages clés\nLes données d’une enquête montrent un écart. L’analyse "
              "s’adresse aux décideurs et aux politiques publiques. Bibliographie",
        "pt": "Resumo de política\nMensagens chave\nOs dados de uma pesquisa mostram uma diferença. A "
              "análise serve a gestores e a políticas públicas. Referências",
        "ar": "موجز سياسات\nرسائل رئيسية\nتظهر بيانات المسح فجوة. والتحليل موجه إلى صناع القرار. "
              "المراجع",
        "hi": "नीति संक्षेप\nमुख्य संदेश\nसर्वेक्षण के आँकड़े अंतर दिखाते हैं। विश्लेषण नीति निर्माता के लिए है।\nसंदर्भ",
    },
}  # fmt: skip


class Synthetic(NamedTuple):
    genre: str
    language: str
    text: str
    labels: Mapping[str, tuple[str, ...]]
    date: str = ""  # of its front matter, where it is a page of a site


def synthetic() -> Iterator[Synthetic]:
    for genre, texts in TEXTS.items():
        for language, text in texts.items():
            for subject in SUBJECTS[language]:
                yield Synthetic(genre, language, f"{subject}\n\n{text}\n", LABELS[genre])
    for name in STYLES:
        yield from _whole(name)


def held_back() -> Iterator[Synthetic]:
    """Texts of our own that nothing may learn from."""
    return _whole(HELD_BACK)


def _whole(name: str) -> Iterator[Synthetic]:
    for one in tomllib.loads((FOLDER / name).read_text("utf-8"))["text"]:
        told = ("kind", "audience", "use", *(("topic",) if "topic" in one else ()))
        labels = {facet: tuple(one[facet]) for facet in told}
        yield Synthetic(one["style"], one["language"], one["text"], labels, one.get("date", ""))
