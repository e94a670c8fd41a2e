"""The first article of the Universal Declaration of Human Rights, and what is no prose: for tests.

The Declaration of 1948 is in the public domain. Each text is three times in its place: as long as a
short page.
"""

from __future__ import annotations

_LATIN = {
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with "
    "reason and conscience and should act towards one another in a spirit of brotherhood.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como "
    "están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
    "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de "
    "razão e de consciência, devem agir uns para com os outros em espírito de fraternidade.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft "
    "und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati "
    "di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.",
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd "
    "met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te "
    "gedragen.",
    "sv": "Alla människor är födda fria och lika i värde och rättigheter. De är utrustade med "
    "förnuft och samvete och bör handla gentemot varandra i en anda av broderskap.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni "
    "obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.",
    "cs": "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni "
    "rozumem a svědomím a mají spolu jednat v duchu bratrství.",
    "hu": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Az emberek, "
    "ésszel és lelkiismerettel bírván, egymással szemben testvéri szellemben kell hogy "
    "viseltessenek.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on "
    "annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä.",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana "
    "sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.",
    "id": "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama. Mereka "
    "dikaruniai akal dan hati nurani dan hendaknya bergaul satu sama lain dalam persaudaraan.",
    "sw": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na dhamiri, "
    "hivyo yapasa watendeane kindugu. Kila mtu anastahili kuwa na haki zote na uhuru wote.",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con "
    "người đều được tạo hóa ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình "
    "bằng hữu.",
    "ro": "Toate fiinţele umane se nasc libere şi egale în demnitate şi în drepturi. Ele sunt "
    "înzestrate cu raţiune şi conştiinţă şi trebuie să se comporte unele faţă de altele în "
    "spiritul fraternităţii.",
    "tl": "Ang lahat ng tao'y isinilang na malaya at pantay-pantay sa karangalan at mga karapatan. "
    "Sila'y pinagkalooban ng katwiran at budhi at dapat magpalagayan ang isa't isa sa diwa ng "
    "pagkakapatiran.",
    "ha": "Su dai yan adam, ana haifuwarsu ne duka yantattu, kuma kowannensu na da mutunci da "
    "hakkoki daidai da na kowa. Suna da hankali da tunani, saboda haka duk abin da za su aikata "
    "wa juna, ya kamata su yi shi a cikin yan uwanci.",
    "zu": "Bonke abantu bazalwa bekhululekile belingana ngesithunzi nangamalungelo. Bahlanganiswe "
    "wumcabango nangunembeza futhi kufanele baphathane ngomoya wobunye.",
    "so": "Aadanaha dhammaantiis wuxuu dhashaa isagoo xor ah kana siman xagga sharafta iyo "
    "xuquuqada. Waxaa Alle siiyay aqoon iyo wacyi, waana in qof la arkaa qofka kale ula dhaqmaa si "
    "walaaltinimo ah.",
    "ht": "Tout moun fèt lib, egal ego pou diyite kou wè dwa. Nou gen la rezon ak la konsyans epi "
    "nou fèt pou nou aji youn ak lòt ak yon lespri fwatènite ant nou menm tout moun.",
    "cy": "Genir pawb yn rhydd ac yn gydradd â'i gilydd mewn urddas a hawliau. Fe'u cynysgaeddir â "
    "rheswm a chydwybod, a dylai pawb ymddwyn y naill at y llall mewn ysbryd cymodlon.",
    "qu": "Tukuy kay pachapi paqarimujkuna libres nasekuntu tukuypunitaj kikin "
    "obligacionesniycjllataj, jinakamalla honorniyoj atiyniyoj ima, chantaqa razonniyoj "
    "concienciayoj ima kasqankurayku.",
}
_OTHER = {
    "am": "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው። የተፈጥሮ ማስተዋልና ሕሊና ስላለው አንዱ ሌላውን "
    "በወንድማማችነት መንፈስ መመልከት ይገባዋል።",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "
    "Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους "
    "με πνεύμα αδελφοσύνης.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا وعليهم أن "
    "يعامل بعضهم بعضا بروح الإخاء.",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त "
    "है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
    "bn": "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। তাঁদের বিবেক এবং বুদ্ধি আছে; "
    "সুতরাং সকলেরই একে অপরের প্রতি ভ্রাতৃত্বসুলভ মনোভাব নিয়ে আচরণ করা উচিত।",
    "zh": "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。"
    * 3,
}
LATIN = {language: f"{text} {text} {text}" for language, text in _LATIN.items()}
OTHER = {language: f"{text} {text}" for language, text in _OTHER.items()}
NO_PROSE = {
    "numbers": "\n".join(f"{n * 37 % 991}\t{n * 73 % 997}\t{n / 7:.2f}" for n in range(120)),
    "codes of trades": "\n".join(f"{n // 10}{chr(65 + n % 26)}-{n:04} ISIC {n}" for n in range(90)),
    "short names": (
        "ILO WIEGO IDWF ITUC IUF UNI BWI ITF StreetNet HNSA SEWA CLACC GRRC NCEUS UNDP WTO IMF "
        "NSVF KUDHEIHA CNTG AFL-CIO CUT CTA CGT FNV DGB TUC COSATU NUM SATAWU FEDUSA "
    )
    * 6,
    "a program": "for (int i = 0; i < count; i++) {\n  if (names[i].size() > most) continue;\n"
    '  total += widths[i] * scale;\n  printf("%s\\n", names[i].c_str());\n}\n' * 6,
    "addresses": " ".join(
        f"https://www.market.example/notices/{n}/form?lang=en info@union{n}.example"
        for n in range(30)
    ),
}
