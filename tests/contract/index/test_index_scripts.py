"""Every script is searched: what becomes of letters, marks, invisible characters and words that no space parts.

Each line of ``TABLE`` is the text of one story, what finds it, and what doesn't. Every word that finds it is marked.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import pytest

from contract.index.newsroom_documents import clauses, found, ids, put, story, tag, term
from dateline.ports.index import Clause, Index, StoryFilter, StorySearch, TermSearch

TABLE = [
    # scripts without spaces
    ("市政府公布新地铁线路", "地铁 线路 市 新地铁线路 \"地铁线路\" 公布新地铁线路", "地线 铁地 \"线路地铁\""),
    ("台風接近で新幹線が運休", "新幹線 台風 運休 新幹線の運休", "幹運 京都"),
    ("コンピューターとﾃﾞｰﾀ通信", "コンピューター データ ﾃﾞｰﾀ 通信", "コンビニ"),
    ("การรถไฟแห่งประเทศไทยเปิดเดินรถ", "รถไฟ ประเทศไทย เดินรถ", "รถเมล์"),
    ("ທາງລົດໄຟລາວຈີນເປີດແລ້ວ", "ລົດໄຟ ເປີດ", "ລົດເມ"),
    ("រថភ្លើងថ្មីចាប់ផ្តើម", "រថភ្លើង ថ្មី", "ឡាន"),
    ("지하철이 오늘 개통했다", "지하철 지하철이 지하철은 개통", "지하수"),
    ("2026年7月KBS는発表ABC社", "2026 7月 KBS abc 発表", "発社"),
    # letters that fold to several, and compatibility letters
    ("Neue Straße gesperrt", "STRASSE strasse straße STRAẞE \"neue_strasse\"", "strase"),
    ("The ﬁnancial report on ﬂoods", "financial flood ﬁnancial", ""),
    ("Ο ΣΊΣΥΦΟΣ και ο λόγος", "σίσυφος ΣΙΣΥΦΟΣ λογος ΛΌΓΟΣ λόγοσ", "λογοι"),
    ("H₂O, CO₂ and 25 m² for Åbo", "h2o CO2 m2 m² H₂O abo", ""),
    ("Ｔｏｋｙｏ ２０２６ Ⅳ", "tokyo 2026 iv Ⅳ ２０２６", ""),
    ("Smørrebrød, Þórr, cœur, Łódź, İzmir, Əliyev", "smorrebrod SMØRREBRØD thorr coeur lodz izmir aliyev", ""),
    ("𝕭ig 𝐧𝐞𝐰𝐬 №5 Widget™", "big news widget", ""),
    ("ელენე ქართული Ֆիլմ", "ᲔᲚᲔᲜᲔ ქართული ֆիլմ", ""),
    # marks of Arabic and Hebrew, forms of hamza, tatweel, digits
    ("افتتاح الجِسْر الجديد", "الجسر الجِسْر الجـــسر \"الجسر_الجديد\"", "الجبل"),
    ("أعلن مسؤول في الإدارة عن ٤٠ مدرسة", "اعلن مسوول الادارة اداره 40 مدرسه مدرسة".replace("اداره ", ""), "اعلم"),
    ("کتاب یک ﻣﻜﺘﺒﺔ", "كتاب يك مكتبة", ""),
    ("הַגֶּשֶׁר נפתח", "הגשר הַגֶּשֶׁר", "הגשם"),
    ("חיילי צה״ל ו-או\"ם", "צהל צה״ל צה\"ל אום", ""),
    # invisible characters
    ("می‌خواهم کتاب", "می‌خواهم میخواهم", "خواهش"),
    ("Donau\u00addampf heute", "Donau\u00addampf donaudampf Donau\u200bdampf", "dampf"),
    ("A\u200bB\ufeffC \u200fדוח\u200e x\u2060yz", "abc דוח xyz", ""),
    ("Open the dat\u00ade\u00adline", "dateline date\u200bline \u200edateline\u200f", ""),
    # accents that are no letters, elision
    ("за\u0301мок стои\u0301т, ёлка", "замок за\u0301мок елка ЁЛКА", ""),
    ("Comprendre l’imbroglio d'Orsay aujourd’hui", "imbroglio l’imbroglio l'imbroglio orsay aujourd'hui", "l"),
    ("La festa dell'arte e un’opera", "arte dell’arte opera \"dell’arte_e\"", "dell"),
    ("Сямʼя і пад’езд", "сям'я сям’я сямʼя пад'езд", ""),
    ("Hawaiʻi, Qurʾān, Đường phố", "hawaii quran duong pho", ""),
    ("یہ خبر ہے ﭘﺎﮐﺴﺘﺎﻥ", "یه يه هے پاكستان پاکستان", ""),
    ("हिन्दी समाचार", "हिन्दी हिंदी समाचार", "हन"),
    # Arabic signs inside numbers
    ("بلغ النمو ٣٫٥٪ ووصل العدد إلى ٣٬٥٠٠", "3.5 ٣٫٥ ۳٫۵ 3,500 ٣٬٥٠٠ ٣،٥٠٠ \"3.5\"", "35 5 500 3500"),
    ("Prices rose by 3.5 and 3,500", "٣٫٥ ۳٫۵ ٣٬٥٠٠ ۳٬۵۰۰", "٣٥ ٥ ٥٠٠"),
    ("در سال ۱٬۴۰۳ رشد ۲٫۷ درصد", "1,403 2.7 ۲٫۷ ١٬٤٠٣", "27 403"),
    # Greek with the iota below
    ("ἐν ἀρχῇ τῷ λόγῳ ᾠδῆς ᾍδου", "λογω ΛΌΓῼ λόγω\u0345 αρχη τω ωδης αδου ᾅδου", "λογωι αρχηι"),
    ("Τῌ ΩΔῌ καὶ ᾼ", "τη τῇ τη\u0345 ωδη ᾠδῇ α", "τηι"),
    # nukta of Indian scripts
    ("नई फ़िल्म की ख़बर, सड़क", "फिल्म फ़िल्म फ\u093cिल्म खबर सडक सड\u093cक सड\u200d़क", "फल"),
    ("नई फिल्म की जिंदगी और जिन्दगी", "फ़िल्म फ\u093cिल्म ज़िन्दगी ज़िंदगी", ""),
    ("বাংলার গাড়ি হয়েছে", "গাড়ি গাড\u09bcি গাডি হয়েছে হযেছে", "গাি"),
    ("ਪੰਜਾਬ ਦੀ ਖ਼ਬਰ ਜ਼ਮੀਨ", "ਖ਼ਬਰ ਖਬਰ ਖ\u0a3cਬਰ ਜਮੀਨ", ""),
    ("चाँद पर सम्बन्ध और अङ्क, गङ्गा", "चांद संबंध सम्बन्ध सम्बंध अंक गंगा", "चद अन्न"),
    # initials of scripts without spaces
    ("เมื่อพ.ศ.2569 ส.ส.พรรคใหม่", "พ.ศ ส.ส สส พ.ศ. พ.ศ.2569 \"พ.ศ.\"", "ก.พ น.ส"),
    ("เพศและโอกาสสำคัญในพรรค", "เพศ โอกาส", "พ.ศ พ.ศ. ส.ส ก.พ ร.ร พ.ร.บ"),
    ("1 ก.พ. และ 3 มี.ค. พล.อ.ประยุทธ์ ร่างพ.ร.บ.", "ก.พ. มี.ค. พล.อ. พล.อ.ประยุทธ์ ประยุทธ์ พ.ร.บ พรบ", "ม.ค. เม.ย. พ.ศ."),
    ("ສ.ປ.ປ ລາວ ແລະ ພ.ສ. 2569", "ສ.ປ.ປ ພ.ສ", "ປ.ສ ລ.ວ"),
    ("The U.S.A. and U.S. agree", "U.S.A. u.s.a U.S.", "u.k"),
    # Korean particles, one after another
    ("평양을 떠난 대통령", "평양에서부터 평양에서는 평양으로부터 대통령입니다 대통령에게서 평양까지도", "서울에서부터"),
    ("책이 나오고 물만 남았다", "책을 책은 책에서 물을", "밥을"),
    ("회사 사원의 가격과 종로, 국민과 한강", "국민은 사원들에게 가격이라는", "사과 가을 종이 국가 한은"),
    ("SK하이닉스가 7월에 발표", "SK하이닉스는 SK하이닉스 하이닉스 7월에는 SK는", "LG는"),
    # endings behind an apostrophe
    ("Türkiye'nin ve Ankara’da Erdoğan'ın", "türkiye TÜRKİYE’NİN ankara Ankara'dan erdogan erdoğan’a", "nin da turk"),
    ("NATO’nun 2026'da, AB'nin Meclisi'nde", "nato NATO'ya 2026 2026’daki ab AB’ye meclisi", "de"),
    ("Film Chirac’a i Kennedy'ego", "chirac chirac'u kennedy Kennedy’emu", "ego"),
    ("Chang'e, Sana’a, Hawai'i, Qur’an", "chang'e Chang’e sana'a hawai’i qur'an", "san sana hawai qur"),
    # full width, and letters of two scripts in one word
    ("ｄ’ａｒｔ ｌ＇ＯＰＥＲＡ", "art d'art ｄ’ａｒｔ opera ＯＰＥＲＡ", "d"),
    ("A股市场今日大涨，B股下跌", "A股 a股 Ａ股 \"A股\" B股 A股市场 市场", "C股"),
    ("港股与股市，5G手机", "港股 5g手机 5G", "A股 B股 4G手机"),
    # names glued to their initials, endings behind a colon, letters written in two ways
    ("Поэт А.С.Пушкин и J.K.Rowling", "пушкин rowling", "кин"),
    ("EU:n ja NATO:n kokous", "eu nato kokous", "eun"),
    ("மு.க.ஸ்டாலின் சென்னையில்", "ஸ்டாலின் சென்னையில்", "டாலின்"),
    ("El col·legi paral·lel", "collegi col·legi coŀlegi paral·lel", "legi"),
    ("വിജയൻ കേരളത്തിൽ", "വിജയൻ വിജയന്\u200d കേരളത്തില്\u200d", ""),
    ("Farg‘ona viloyati", "farg‘ona farg'ona farg’ona", ""),
    # elision before figures
    ("Oltre l’80% dell’11 settembre", "80 80% l'80% 11 \"11_settembre\" dell'11", "dell l"),
    ("Plus qu’80 jours, d'1,5 km, l’an 2000", "80 qu'80 1,5 2000 \"an_2000\"", "qu"),
    # squares and signs for words
    ("㈱トヨタ ㍿ホンダ 5㌔ ℡03-1234", "㈱ (株) 株式会社 ㍿ キロ 5㌔ ㌔ TEL ℡ トヨタ ホンダ", "㋿ メートル FAX"),
    ("新株式会社 令和ABC 12キロ TEL 㐂", "㍿ ㋿ ㌔ ℡", "㍻ ㌘"),
    ("㋿ABC㊤と10㎞", "令和 ㋿ ABC ㊤ 上 10km 10㎞", "和B"),
    # Belarusian u behind a vowel; й is a letter of its own
    ("Новы ўрад і вуліца ў горадзе, Ўладзімір", "урад ўрад УРАД Уладзімір", "новыи"),
    ("Мой край", "мой край", "мои краи"),
    # Persian verbs, with a joiner, a space or neither; Arabic yeh is none of theirs
    ("او می خواهم نمی\u200cدانم میرود", "می\u200cخواهم میخواهم \"می_خواهم\" نمیدانم \"نمی_دانم\" \"می_رود\"", "خواهم"),
    ("كتبت مي زيادة", "مي زيادة", ""),
    # Thai initials with the last point alone; a Hebrew abbreviation as word processors quote it
    ("นายกรัฐมนตรีพบ สส.พรรคใหม่ และกทม. คน.", "ส.ส. สส สส. \"สส\" กทม คน \"คน\"", "ส.ว."),
    ("דובר צה”ל וג’ירפה בארה''ב", "צהל צה״ל צה\"ל וג׳ירפה ארהב".replace(" ארהב", " בארהב בארה״ב"), "צה"),
    # Persian verbs in Arabic letters; the Armenian ligature; Hebrew prefixes before a quotation; Thai "am" in two parts
    ("او مي خواهد و نمي كند، مي محمد", "می\u200cخواهد میخواهد \"مي_خواهد\" نمیکند \"نمی_کند\" محمد", "خواهد"),
    ("Երևան եւ արեւ", "ԵՐԵՎԱՆ երեւան երևան և ԵՎ արև", ""),
    ("אמר ל״הארץ״ ול\"ידיעות אחרונות\"", "הארץ \"הארץ\" ידיעות אחרונות", "להארץ"),
    ("ดื่มนํ้าสะอาด ນໍ້າ", "น้ำ นํ้า ນ້ຳ", ""),
    # a word of Chinese characters that a reading parts
    ("東京(とうきょう)都庁へ行く", "東京 東京都 都庁 東京都庁 とうきょう 東京(とうきょう)都", "京東"),
    # initials, with points or without
    ("The US and the U.K., e.g. J.F.Smith", "U.S. US UK U.K. smith", "S.U. U K"),
]  # fmt: skip


def marked(page_text: str) -> str:
    return "".join(re.findall(r"<mark>(.*?)</mark>", page_text))


def query(text: str) -> tuple[Clause, ...]:
    """One clause of a written query: ``clauses`` would cut at its quotation marks."""
    return clauses(text) if text.startswith('"') and text.endswith('"') else (Clause(text=text),)


@pytest.fixture
def newsroom(index: Index) -> Index:
    for number, (text, *_) in enumerate(TABLE):
        put(index, story(f"s{number:02}", text, f"{text}.", language="en"))
    return index


def test_what_finds_a_text_and_what_does_not(newsroom: Index) -> None:
    wrong = []
    for number, (_, finding, missing) in enumerate(TABLE):
        for typed, expected in [(typed, True) for typed in finding.split()] + [(t, False) for t in missing.split()]:
            hits = ids(newsroom.search(StorySearch(clauses=query(typed), limit=100)))
            if (f"s{number:02}" in hits) != expected:
                wrong.append((typed, expected, hits))
    assert not wrong


def test_what_was_found_is_marked_in_the_text_as_it_was_written(newsroom: Index) -> None:
    wrong = []
    for number, (text, finding, _) in enumerate(TABLE):
        for typed in finding.split():
            page = newsroom.search(StorySearch(clauses=query(typed), limit=100, highlight=True))
            [hit] = [hit for hit in page.hits if hit.document.id == f"s{number:02}"]
            [headline], [body] = hit.highlights["headline"], hit.highlights["body"]
            plain = unescape(re.sub("</?mark>", "", headline))
            if not marked(headline) or marked(headline) != marked(body) or plain != text:
                wrong.append((typed, headline, body))
            assert hit.document.headline == text
    assert not wrong


@pytest.mark.parametrize(
    ("number", "typed", "expected"),
    [
        (0, "地铁", "市政府公布新<mark>地铁</mark>线路"),
        (1, "新幹線", "台風接近で<mark>新幹線</mark>が運休"),
        (3, "รถไฟ", "การ<mark>รถไฟ</mark>แห่งประเทศไทยเปิดเดินรถ"),
        (6, "지하철은", "<mark>지하철</mark>이 오늘 개통했다"),
        (8, "STRASSE", "Neue <mark>Straße</mark> gesperrt"),
        (9, "financial", "The <mark>ﬁnancial</mark> report on ﬂoods"),
        (16, "الجسر", "افتتاح <mark>الجِسْر</mark> الجديد"),
        (19, "הגשר", "<mark>הַגֶּשֶׁר</mark> נפתח"),
        (22, "donaudampf", "<mark>Donau\u00addampf</mark> heute"),
        (26, "imbroglio", "Comprendre l’<mark>imbroglio</mark> d&#x27;Orsay aujourd’hui"),
        (32, "3.5", "بلغ النمو <mark>٣٫٥</mark>٪ ووصل العدد إلى ٣٬٥٠٠"),
        (35, "λογω", "ἐν ἀρχῇ τῷ <mark>λόγῳ</mark> ᾠδῆς ᾍδου"),
        (37, "फिल्म", "नई <mark>फ\u093cिल्म</mark> की ख\u093cबर, सड\u093cक"),
        (31, "हिंदी", "<mark>हिन्दी</mark> समाचार"),
        (42, "ส.ส", "เมื่อพ.ศ.2569 <mark>ส.ส</mark>.พรรคใหม่"),
        (47, "평양에서부터", "<mark>평양</mark>을 떠난 대통령"),
        (48, "책을", "<mark>책</mark>이 나오고 물만 남았다"),
        (51, "türkiye", "<mark>Türkiye</mark>&#x27;nin ve Ankara’da Erdoğan&#x27;ın"),
        (51, "ankara", "Türkiye&#x27;nin ve <mark>Ankara</mark>’da Erdoğan&#x27;ın"),
        (55, "art", "ｄ’<mark>ａｒｔ</mark> ｌ＇ＯＰＥＲＡ"),
        (56, "A股", "<mark>A股</mark>市场今日大涨，B股下跌"),
    ],
)
def test_the_mark_stands_on_the_letters_that_matched(newsroom: Index, number: int, typed: str, expected: str) -> None:
    page = newsroom.search(StorySearch(clauses=query(typed), limit=100, highlight=True))
    [hit] = [hit for hit in page.hits if hit.document.id == f"s{number:02}"]
    assert hit.highlights["headline"] == (expected,)


def test_a_fragment_of_a_long_text_is_cut_from_what_was_written(index: Index) -> None:
    body = "市政府昨天宣布了预算。" * 60 + "新的地铁线路明天开通。" + "记者報道了其他消息。" * 60
    german = "Ein Satz über Maße. " * 60 + "Die Straße ist zu. " + "Noch ein Maß. " * 60
    put(index, story("zh", "标题", body, language="zh"), story("de", "Titel", german))
    for typed, mark in (("地铁", "地铁"), ("strasse", "Straße")):
        page = index.search(StorySearch(clauses=query(typed), highlight=True, brief=True))
        [hit] = page.hits
        assert hit.document.body_text == ""
        [fragment] = hit.highlights["body"]
        assert f"<mark>{mark}</mark>" in fragment
        assert len(fragment) < 500
        assert re.sub("</?mark>", "", fragment) in body + german


def test_a_document_comes_back_as_it_was_written(newsroom: Index) -> None:
    documents = newsroom.get("story", [f"s{number:02}" for number in range(len(TABLE))])
    assert [(doc.headline, doc.body_text) for doc in documents] == [(text, f"{text}.") for text, *_ in TABLE]  # type: ignore[union-attr]


def test_fields_exclusions_and_phrases_fold_too(newsroom: Index) -> None:
    everything = {f"s{number:02}" for number in range(len(TABLE))}
    assert found(newsroom, "headline:地铁") == ["s00"]
    assert found(newsroom, "body:STRASSE") == ["s08"]
    assert found(newsroom, 'headline:"الجسر_الجديد"') == ["s16"]
    assert set(found(newsroom, "-地铁")) == everything - {"s00"}
    assert set(found(newsroom, "-strasse")) == everything - {"s08"}
    assert set(found(newsroom, "-הגשר")) == everything - {"s19"}
    assert set(found(newsroom, '-"新幹線"')) == everything - {"s01"}
    assert found(newsroom, "strasse -gesperrt") == []
    assert found(newsroom, "-地铁 STRASSE") == ["s08"]


def test_labels_bylines_and_terms_fold_too(index: Index) -> None:
    labels = {"bridge": "الجِسْر", "street": "Große Straße", "station": "東京駅", "opera": "L’Opéra"}
    tags = [tag(f"topic:{slug}", label) for slug, label in labels.items()]
    put(
        index,
        story("a", "Tags", byline="Jörg Weiß", source="ﬁnancial wire", slugline="straße-zu", tags=tags),
        *(term(f"topic:{slug}", label) for slug, label in labels.items()),
    )
    words = ["الجسر", "strasse", "東京", "opera", "weiss"]
    fielded = ["topic:الجسر", "topic:grosse", "topic:東京駅", "byline:weiss", "source:financial", "slugline:strasse"]
    for typed in words + fielded:
        assert found(index, typed) == ["a"], typed
    page = index.search(StorySearch(clauses=clauses("weiss"), facets=("topic",)))
    assert {value.label for value in page.facets["topic"]} == set(labels.values())
    assert index.ids_mentioning(["Grosse Strasse"], [], after="", limit=5) == ["a"]
    assert index.ids_mentioning(["東京駅"], [], after="", limit=5) == ["a"]
    assert index.search(StorySearch(filter=StoryFilter(topics=("station",)))).total == 1


@pytest.mark.parametrize(
    ("label", "prefix"),
    [
        ("الجِسْر الكبير", "الجس"),
        ("Straße des Volkes", "STRASS"),
        ("ﬁnance house", "fin"),
        ("東京駅前", "東京"),
        ("L’Opéra de Paris", "ope"),
        ("Ｔｏｋｙｏ", "tok"),
    ],
)
def test_terms_begin_with_what_was_typed(index: Index, label: str, prefix: str) -> None:
    put(index, term("topic:it", label), term("topic:other", "Another"), story("a", f"{label}!"))
    assert [(one.kind, one.label) for one in index.suggest(prefix, 5)] == [("term", label), ("story", f"{label}!")]
    listed = index.terms(TermSearch(type="topic", prefix=prefix))
    assert [line.document.label for line in listed.lines] == [label]


def test_words_inside_a_sentence_are_suggested(index: Index) -> None:
    put(index, story("a", "市政府公布新地铁线路"), story("b", "市政府"))
    assert [one.id for one in index.suggest("地铁", 5)] == ["a"]
    assert [one.id for one in index.suggest("地", 5)] == ["a"]


@pytest.mark.parametrize(
    ("text", "typed", "better"),
    [
        ("Die Straßenbahn", "strasenbahn", "strassenbahn"),
        ("الجِسْر مغلق", "الحسر", "الجسر"),
        ("ﬁnancial news", "finacial", "financial"),
        ("Donau\u00addampf", "donaudmpf", "donaudampf"),
    ],
)
def test_what_is_meant_is_a_folded_word(index: Index, text: str, typed: str, better: str) -> None:
    put(index, story("a", text))
    assert index.spelling(typed) == better
    assert found(index, better) == ["a"]


@pytest.mark.parametrize("typed", ["新幹戦", "地下铁路", "지하첼이", "รถไผ", "Straße", "الجِسْر"])
def test_nothing_better_is_known(newsroom: Index, typed: str) -> None:
    assert newsroom.spelling(typed) is None


ACCENTED = [
    (char, unicodedata.normalize("NFD", char)[0])
    for char in map(chr, [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)])
    if unicodedata.normalize("NFD", char)[0].isascii() and unicodedata.normalize("NFD", char) != char
]


@pytest.mark.parametrize("start", range(0, len(ACCENTED), 200))
def test_every_accented_latin_letter_is_its_base(index: Index, start: int) -> None:
    letters = ACCENTED[start : start + 200]
    put(index, story("a", " ".join(f"x{char}{ord(char)}" for char, _ in letters), language="xx"))
    words = tuple(Clause(text=f"x{base}{ord(char)}") for char, base in letters)
    [hit] = index.search(StorySearch(clauses=words, highlight=True)).hits
    assert re.findall(r"<mark>x(.)\d+</mark>", hit.highlights["headline"][0]) == [char for char, _ in letters]


LONG = [
    "市政府公布新地铁线路" * 20, "การรถไฟแห่ง" * 18, "지하철이" * 50, "コンピュータ新幹線の" * 20, "地 " * 100,
    "".join(map(chr, range(0x4E00, 0x4E00 + 200))), " ".join(map(chr, range(0x4E00, 0x4E00 + 100))),
    "ﷺ" * 200, "ﷺ " * 100, "l'" * 100, "\u064b" * 200, "\u200c",
]  # fmt: skip


@pytest.mark.parametrize("text", LONG)
def test_any_text_of_any_script_gives_an_answer(newsroom: Index, text: str) -> None:
    for clause in (
        Clause(text=text),
        Clause(text=text, phrase=True),
        Clause(text=text, field="headline"),
        Clause(text=text, exclude=True),
    ):
        page = newsroom.search(StorySearch(clauses=(clause,), highlight=True, facets=("section",)))
        assert page.total <= len(TABLE)
    newsroom.suggest(text, 5)
    newsroom.spelling(text)
