"""A few words on a meeting at a market in many languages, and what is no prose: for tests.

Each text is three times in its place, so that it is as long as a short page.
"""

from __future__ import annotations

_LATIN = {
    "en": "The women who sell at the market meet on Monday evening. They speak about the price of "
    "water and choose three people who will go to the town hall with their letter.",
    "es": "Las mujeres que venden en el mercado se reúnen el lunes por la noche. Hablan del precio "
    "del agua y eligen a tres personas que llevarán su carta al ayuntamiento.",
    "fr": "Les femmes qui vendent au marché se réunissent lundi soir. Elles parlent du prix de "
    "l'eau et choisissent trois personnes qui porteront leur lettre à la mairie.",
    "pt": "As mulheres que vendem na feira reúnem-se na segunda-feira à noite. Falam do preço da "
    "água e escolhem três pessoas que vão levar a carta à câmara municipal.",
    "de": "Die Frauen, die auf dem Markt verkaufen, treffen sich am Montagabend. Sie sprechen über "
    "den Preis des Wassers und wählen drei Leute, die ihren Brief ins Rathaus bringen.",
    "it": "Le donne che vendono al mercato si riuniscono lunedì sera. Parlano del prezzo "
    "dell'acqua e scelgono tre persone che porteranno la loro lettera al municipio.",
    "nl": "De vrouwen die op de markt verkopen, komen maandagavond bij elkaar. Ze praten over de "
    "prijs van het water en kiezen drie mensen die hun brief naar het stadhuis brengen.",
    "sv": "Kvinnorna som säljer på torget träffas på måndag kväll. De talar om priset på vatten "
    "och väljer tre personer som ska gå till kommunhuset med deras brev.",
    "pl": "Kobiety, które sprzedają na targu, spotykają się w poniedziałek wieczorem. Rozmawiają o "
    "cenie wody i wybierają trzy osoby, które zaniosą ich list do urzędu miasta.",
    "cs": "Ženy, které prodávají na trhu, se scházejí v pondělí večer. Mluví o ceně vody a "
    "vybírají tři lidi, kteří donesou jejich dopis na radnici.",
    "hu": "Az asszonyok, akik a piacon árulnak, hétfőn este találkoznak. A víz áráról beszélnek, "
    "és három embert választanak, akik elviszik a levelüket a városházára.",
    "fi": "Naiset, jotka myyvät torilla, kokoontuvat maanantai-iltana. He puhuvat veden hinnasta "
    "ja valitsevat kolme ihmistä, jotka vievät heidän kirjeensä kaupungintalolle.",
    "tr": "Pazarda satış yapan kadınlar pazartesi akşamı toplanıyor. Suyun fiyatını konuşuyor ve "
    "mektuplarını belediyeye götürecek üç kişiyi seçiyorlar.",
    "id": "Perempuan yang berjualan di pasar bertemu pada Senin malam. Mereka membicarakan harga "
    "air dan memilih tiga orang yang akan membawa surat mereka ke balai kota.",
    "sw": "Wanawake wanaouza sokoni hukutana Jumatatu jioni. Wanazungumza kuhusu bei ya maji na "
    "kuchagua watu watatu watakaopeleka barua yao kwenye ofisi ya mji.",
    "vi": "Những người phụ nữ bán hàng ở chợ họp vào tối thứ hai. Họ nói về giá nước và chọn ba "
    "người sẽ mang lá thư của họ đến ủy ban thành phố.",
    "ro": "Femeile care vând la piață se întâlnesc luni seara. Ele vorbesc despre prețul apei și "
    "aleg trei oameni care vor duce scrisoarea lor la primărie.",
    "tl": "Ang mga babaeng nagtitinda sa palengke ay nagpupulong tuwing Lunes ng gabi. "
    "Pinag-uusapan nila ang presyo ng tubig at pumipili sila ng tatlong tao na magdadala ng "
    "kanilang sulat sa munisipyo.",
    "ha": "Matan da suke sayarwa a kasuwa suna haduwa ranar Litinin da yamma. Suna magana a kan "
    "farashin ruwa, kuma suna zaɓar mutane uku da za su kai wasiƙarsu ofishin gari.",
    "zu": "Abesifazane abathengisa emakethe bahlangana ngoMsombuluko kusihlwa. Bakhuluma ngentengo "
    "yamanzi bese bekhetha abantu abathathu abazoyisa incwadi yabo ehhovisi ledolobha.",
    "so": "Haweenka wax ku iibiya suuqa waxay kulmaan Isniinta fiidkii. Waxay ka hadlaan qiimaha "
    "biyaha, waxayna doortaan saddex qof oo warqaddooda geeya xafiiska magaalada.",
    "ht": "Fanm k ap vann nan mache a reyini lendi swa. Yo pale sou pri dlo a epi yo chwazi twa "
    "moun ki pral pote lèt yo a nan meri a.",
    "cy": "Mae'r menywod sy'n gwerthu yn y farchnad yn cwrdd nos Lun. Maen nhw'n siarad am bris "
    "dŵr ac yn dewis tri o bobl a fydd yn mynd â'u llythyr i neuadd y dref.",
    "qu": "Qhatupi ranqhaq warmikuna lunes ch'isin huñunakunku. Yakup chaninmanta rimanku, kimsa "
    "runatataq akllanku, paykunan qillqasqankuta llaqtap wasinman apanqaku.",
}
_OTHER = {
    "am": "በገበያ የሚሸጡ ሴቶች ሰኞ ማታ ይሰበሰባሉ። ስለ ውሃ ዋጋ ይነጋገራሉ፤ ደብዳቤያቸውን ወደ ከተማው ጽሕፈት ቤት የሚወስዱ ሦስት ሰዎችንም "
    "ይመርጣሉ።",
    "ru": "Женщины, которые торгуют на рынке, собираются в понедельник вечером. Они говорят о цене "
    "воды и выбирают трёх человек, которые отнесут их письмо в городскую управу.",
    "el": "Οι γυναίκες που πουλάνε στην αγορά μαζεύονται τη Δευτέρα το βράδυ. Μιλάνε για την τιμή "
    "του νερού και διαλέγουν τρεις ανθρώπους που θα πάνε το γράμμα τους στο δημαρχείο.",
    "ar": "تجتمع النساء اللواتي يبعن في السوق مساء الاثنين، ويتحدثن عن ثمن الماء ويخترن ثلاثة "
    "أشخاص يحملون رسالتهن إلى دار البلدية.",
    "hi": "बाज़ार में सामान बेचने वाली औरतें सोमवार की शाम को मिलती हैं। वे पानी के दाम पर बात "
    "करती हैं और तीन लोगों को चुनती हैं जो उनकी चिट्ठी नगर पालिका तक ले जाएँगे।",
    "bn": "যে মেয়েরা বাজারে জিনিস বেচেন তাঁরা সোমবার সন্ধ্যায় একসঙ্গে বসেন। তাঁরা জলের দাম নিয়ে "
    "কথা বলেন এবং তিনজনকে বেছে নেন, যাঁরা তাঁদের চিঠি পৌরসভায় নিয়ে যাবেন।",
    "zh": "在市场上卖东西的妇女星期一晚上开会。她们谈水的价格，选出三个人，把她们的信送到市政府去。"
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
