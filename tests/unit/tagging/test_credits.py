"""Who signs a text is its source and no subject: datelines, copyright lines, credits, sign-offs."""

from __future__ import annotations

import pytest

from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger


def keys(tagger: Tagger, body: str, headline: str = "Bridge") -> set[str]:
    tagging = tagger.tag(TaggedText(headline=headline, body_text=body))
    return {tag.key for tag in tagging.tags if tag.type != "topic"}


@pytest.mark.parametrize(
    "body",
    [
        "BREST (Reuters) - A bridge opened.",
        "Brest (Reuters) — A bridge opened.",
        "(AP) — A bridge opened.",
        "BREST, 5 May, BelTA – A bridge opened.",
        "BREST, May 5 (Xinhua) -- A bridge opened.",
        "BREST, 5 May (BelTA). A bridge opened.",
        "МОСКВА, 5 мая - РИА Новости. Мост открыт.",
        "МИНСК, 5 мая. /ТАСС/. Мост открыт.",
        "МИНСК, 5 мая /Корр. БЕЛТА/. Мост открыт.",
        "МІНСК, 3 сакавіка /Кар. БЕЛТА/. Мост адкрыты.",
        "Мінск, 5 мая. БелТА. Мост адкрыты.",
        "5 мая. БелТА. Мост адкрыты.",
        "3 марта, Минск /Анна Иванова - БЕЛТА/. Мост открыт.",
        "3 сакавіка, Мінск /Ганна Іванова - БЕЛТА/. Мост адкрыты.",
        "5 May, Minsk /Corr. BelTA/. A bridge opened.",
        "By Anna Smith, Reuters. A bridge opened.",
        "By Anna Smith, Reuters\nA bridge opened.",
        "Minsk. May 5. INTERFAX - A bridge opened.",
        "Москва. 5 мая. INTERFAX.RU - Мост открыт.",
        "Москва. 5 мая. ИНТЕРФАКС - Мост открыт.",
        "БЕЛТА / Мост открыт.",
        "AFP - A bridge opened.",
        "© 2026 The Associated Press. All rights reserved. A bridge opened.",
        "A bridge opened.\n© AFP",
        "A bridge opened. (c) 2026 TASS",
        "A bridge opened.\nCopyright 2026 by Reuters. All rights reserved.",
        "A bridge opened.\nReporting by Reuters",
        "A bridge opened. (Reporting by Maria Hrushko; editing by Ostap Bulba)",
        "A bridge opened. Additional reporting by Maria Hrushko and Ostap Bulba; Editing by Maria Bulba.",
        "A bridge opened, with reporting by Maria Hrushko.",
        "A bridge opened.\nWith files from Reuters",
        "A bridge opened. AFP contributed to this report.",
        "A bridge opened. Associated Press writer Maria Hrushko contributed to this report.",
        "A bridge opened. AFP contributed.",
        "A bridge opened.\nSource: Interfax",
        "A bridge opened.\nPhoto: Reuters",
        "A bridge opened.\nAP Photo/Maria Hrushko",
        "A bridge opened.\nREUTERS/Maria Hrushko",
        "A bridge opened.\n— Reuters",
        "A bridge opened. (AFP)",
        "A bridge opened.\nReuters/AFP",
        "Мост открыт.\nИсточник: Интерфакс",
        "Мост открыт.\nФото: БЕЛТА",
        "Мост открыт. По материалам ТАСС.",
        "Мост открыт.\nПодготовила Мария Грушко",
        "Мост адкрыты.\nКрыніца: БелТА",
        "Мост адкрыты.\nФота: БелТА",
        "Мост адкрыты.\nПаводле БелТА",
        "Le pont est ouvert.\nAvec l’AFP",
        "Le pont est ouvert. (avec l'AFP)",
        "Le pont est ouvert.\nSource : l’AFP",
        "Le pont est ouvert. (Avec AFP et Reuters)",
        "Le pont est ouvert. (Reportage Jean Dupont, édité par Anne Martin)",
        "Le pont est ouvert. (Reportage de Jean Dupont, version française Marie Dupont, édité par Anne Martin)",
        "Die Brücke ist offen. Mit Material von dpa und Reuters",
        "Die Brücke ist offen.\n© 2026 dpa Deutsche Presse-Agentur GmbH",
        "A bridge opened. (With inputs from PTI)",
        "A bridge opened. BelTA\n\nPhoto courtesy of Maria Hrushko",
        "A bridge opened.\nWritten by BelTA. Photos by BelTA",
        "A bridge opened.\nOur Standards: The Thomson Reuters Trust Principles.",
        "El puente. EFE",
        "El presidente habló. EFE",
        "El presidente habló.\n\nEFE\nabc/def",
        "Мост открыт. БЕЛТА",
        "Мост открыт. БЕЛТА -0-",
        "Мост открыт. БЕЛТА.\n\nФото Сергея Шелега",
        "Мост адкрыты. БЕЛТА.\n\nФота Максіма Гучака",
        "Мост адкрыты.\nФота БЕЛТА",
        "Мост адкрыты. Фота БЕЛТА",
        "By ANNA SMITH\n\nBREST (AP) — A bridge opened.",
        "By Anna Smith and Peter Jones\n\nBREST, May 5 (Reuters) - A bridge opened.",
        "By The Associated Press\n\nA bridge opened.",
        "By ANNA SMITH\nAssociated Press\n\nA bridge opened.",
        "By JOHN SMITH\nStaff Writer\n\nBREST (AP) — A bridge opened.",
        "By Jean-Pierre O’Neil and Ana de la Cruz\n\nBREST (AP) — A bridge opened.",
        "By Jane Doe | Reuters\n\nBREST (Reuters) - A bridge opened.",
        "A bridge opened. (Xinhua)\n\nEditor: Li Wei\n",
        "A bridge opened. BelTA\n© BelTA, 2026\n\n",
        "A bridge opened. Associated Press",
        "Par Marie Dupont\n\nBREST (AFP) – Le pont.",
        "Von Anna Müller, dpa\nBrest (dpa) - Die Brücke.",
        "(AGI) - Il ponte.",
        "BREST (TTXVN) - A bridge opened.",
        "BREST, May 5 (PTI) Leaders met.",
        "КИЇВ, 5 травня (Укрінформ) - Міст відкрито.",
        "TASS, May 5. A bridge opened.",
        "BREST (Belarus) (AFP) – A bridge opened.",
        "Minsk (Belarus) (AFP) – A bridge opened.",
        "5 мая. Interfax.by – Мост открыт.",
        "Praha 5. května (ČTK) - Most je otevřen.",
        "Helsinki (STT) – Silta on auki.",
        "A bridge opened.\n\nAssociated Press writer Maria Hrushko in Warsaw, Poland, contributed to this report.",
        "A bridge opened.\nThis report by The Canadian Press was first published May 5, 2026.",
        "A bridge opened.\nThis story was produced by Reuters.",
        "A bridge opened.\n\nFollow AP’s coverage of bridges at https://apnews.com/hub/bridges",
        "A bridge opened.\n\nAP bridges: https://apnews.com/hub/bridges",
        "A bridge opened.\n\nThe Associated Press receives support from several foundations.",
        "A bridge opened.\n--With assistance from Maria Hrushko and Ostap Bulba.",
        "A bridge opened. PTI ABC DEF ABC",
        "A bridge opened.\n--IANS\nabc/",
        "A bridge opened.\n==Kyodo",
        "A ponte abriu.\n\nABC // DEF\n\nLusa/Fim",
    ],
)
def test_who_signs_a_text_is_no_tag(tagger: Tagger, body: str) -> None:
    assert {key for key in keys(tagger, body) if not key.startswith("place:")} == set()


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("Reuters said on Monday that it would cut jobs.", "organisation:reuters"),
        ("BREST (Reuters) - Interfax was sold.", "organisation:interfax"),
        ("BREST (Reuters) - The news agency Reuters was sold.", "organisation:reuters"),
        ("Reporting by The New York Times found mistakes.", "organisation:new-york-times"),
        ("He contributed to Reuters for a year.", "organisation:reuters"),
        ("The Associated Press said it receives support from readers.", "organisation:associated-press"),
        ("This report by Amnesty International names the firm.", "organisation:amnesty-international"),
        ("Follow NATO at https://nato.example", "organisation:nato"),
        ("NATO (North Atlantic Treaty Organization) – the alliance – met.", "organisation:nato"),
        ("TASS – the Russian agency – was founded in 1904.", "organisation:tass"),
        ("They met Maria Hrushko (AFP) there, and left.", "person:maria-hrushko"),
        ("A photo by Maria Hrushko won the prize.", "person:maria-hrushko"),
        ("The Copyright Office agreed.", "organisation:copyright-office"),
        ("By Anna Smith, Prime Minister of Belarus.", "person:anna-smith"),
        ("A bridge opened. He works for Reuters.", "organisation:reuters"),
        ("Written by Anna Smith, the book won.", "person:anna-smith"),
        ("Photo courtesy of Maria Hrushko.\nThe bridge opened.", "person:maria-hrushko"),
        ("МИНСК, 5 мая. БелАЗ - завод.", "organisation:belaz"),
        ("MINSK, 5 May (BelTA) – BelTA celebrates its centenary.", "organisation:belta"),
        (
            "MINSK, 5 May (BelTA) – A bridge opened, BelTA has learned. BelTA is a hundred years old.",
            "organisation:belta",
        ),
        ("MINSK, 5 May (BelTA) – The mayor told Interfax.", "organisation:interfax"),
        ("BREST (Reuters) - Reuters said on Monday that it would cut jobs.", "organisation:reuters"),
        ("A bridge opened, Reuters reports.", "organisation:reuters"),
        ("BREST (Reuters) - Reuters reported a loss.", "organisation:reuters"),
    ],
)
def test_who_is_spoken_of_is_one(tagger: Tagger, body: str, key: str) -> None:
    assert key in keys(tagger, body)


def test_a_credit_names_no_place(tagger: Tagger) -> None:
    assert keys(tagger, "A bridge opened. (Reporting by Maria Hrushko in Geneva)") == set()


def test_a_text_that_ends_in_a_list_is_read_to_its_end(tagger: Tagger) -> None:
    assert "person:maria-hrushko" in keys(tagger, "We saw Maria Hrushko, Zaruchye Bulba, ")


@pytest.mark.parametrize(
    "body",
    [
        "MINSK, 5 December (BelTA) – They met on 5 December, BelTA has learned.",
        "MINSK, 5 May (BelTA) – A bridge opened, BelTA reports.",
        "MINSK, 5 May (BelTA) – A bridge opened, the mayor told BelTA.",
        "MINSK, 5 May (BelTA) – A bridge opened, the mayor told a BelTA correspondent.",
        "BREST (Reuters) - According to Reuters, a bridge opened.",
        "PARIS (AFP) — Le pont, selon l’AFP, est ouvert.",
        "PARIS (AFP) — Le pont est ouvert, a constaté un journaliste de l'AFP.",
        "BERLIN (dpa) – Die Brücke ist offen, laut dpa.",
        "A bridge opened, the mayor told Reuters. (Reuters)",
        "МИНСК, 5 мая /Корр. БЕЛТА/. Мост открыт, сообщили БЕЛТА в министерстве.",
        "МИНСК, 5 мая /Корр. БЕЛТА/. Мост открыт, сообщает БЕЛТА.",
        "МИНСК, 5 мая /Корр. БЕЛТА/. Мост открыт, сообщил корреспонденту БЕЛТА мэр.",
        "МИНСК, 5 мая /Корр. БЕЛТА/. Мост открыт. Об этом БЕЛТА рассказали в министерстве.",
        "МИНСК, 5 мая /Корр. БЕЛТА/. По данным БЕЛТА, мост открыт.",
        "МІНСК, 5 мая /Кар. БЕЛТА/. Мост адкрыты, паведамляе БелТА.",
        "МІНСК, 5 мая /Кар. БЕЛТА/. Мост адкрыты, паведамілі карэспандэнту БЕЛТА.",
    ],
)
def test_whom_a_text_quotes_is_no_tag_where_they_sign_it(tagger: Tagger, body: str) -> None:
    assert {key for key in keys(tagger, body) if key.startswith("organisation:")} == set()


def test_a_headline_is_about_whom_it_names(tagger: Tagger) -> None:
    body = "MINSK, 5 May (BelTA) – The agency grew, BelTA reports."
    assert "organisation:belta" in keys(tagger, body, headline="BelTA reports record growth")


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("MINSK, 5 December (BelTA) – A bridge opened.", "belarus"),
        ("MINSK, 5 December /BelTA/. A bridge opened.", "belarus"),
        ("Minsk, 5 December, BelTA – A bridge opened.", "belarus"),
        ("МІНСК, 5 снежня /Кар. БЕЛТА/. Мост адкрыты.", "belarus"),
        ("МОСКВА, 5 декабря. /ТАСС/. Мост открыт.", "russia"),
        ("Москва, 5 декабря - РИА Новости. Мост открыт.", "russia"),
        ("Москва. 5 декабря. INTERFAX.RU - Мост открыт.", "russia"),
        ("MOSCOW. Dec 5 (Interfax) - A bridge opened.", "russia"),
        ("Berlin (dpa/lbn) - Die Brücke.", "germany"),
        ("PARIS (AFP) — A bridge opened.", "france"),
        ("ROMA (ANSA) - Il ponte.", "italy"),
        ("(ANSA) - ROMA, 05 DIC - Il ponte.", "italy"),
        ("Madrid, 5 dic (EFE).- El puente.", "spain"),
        ("MINSK, 5 December. A bridge opened.", "belarus"),
        ("LONDON — A bridge opened.", "united-kingdom"),
        ("By ANNA SMITH\n\nMINSK, Belarus (AP) — A bridge opened.", "belarus"),
        ("By ANNA SMITH\nAssociated Press\n\nMINSK, Belarus (AP) — A bridge opened.", "belarus"),
        ("By Anna Smith and Peter Jones\n\nLONDON, May 5 (Reuters) - A bridge opened.", "united-kingdom"),
        ("By Anna Smith\n\nMINSK, 5 May. A bridge opened.", "belarus"),
        ("By Anna Smith in London\n\nMINSK, 5 May. A bridge opened.", "belarus"),
        ("Warszawa, 5.05.2026 (PAP) - Most otwarty.", "poland"),
        ("Roma, 5 mag. (askanews) - Il ponte.", "italy"),
        ("Roma, 5 mag. (Adnkronos) - Il ponte.", "italy"),
        ("(AGI) - Roma, 5 mag. - Il ponte.", "italy"),
        ("Lisboa, 05 mai (Lusa) - A ponte abriu.", "portugal"),
        ("Buenos Aires, 5 de mayo (Télam) - El puente.", "argentina"),
        ("New Delhi, May 5 (PTI) Leaders met.", "india"),
        ("Hà Nội (TTXVN) - Cây cầu.", "vietnam"),
    ],
)
def test_a_datelines_city_speaks_for_its_country_and_is_no_subject(tagger: Tagger, body: str, country: str) -> None:
    tagging = tagger.tag(TaggedText(headline="Bridge", body_text=body))
    found = [(tag.key, tag.evidence[0].rule) for tag in tagging.tags if tag.type != "topic"]
    assert found == [(f"place:{country}", "dateline")]


@pytest.mark.parametrize(
    "body",
    [
        "(Reuters) - A bridge in Minsk opened.",
        "Minsk (Reuters reports) is large.",
        "Minsk won on 5 December. A bridge opened.",
        "BERLIN (dpa) - Minsk has a bridge.",
    ],
)
def test_a_city_outside_a_dateline_is_a_subject(tagger: Tagger, body: str) -> None:
    assert "place:minsk" in keys(tagger, body)
