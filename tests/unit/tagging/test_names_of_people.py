"""Names of people: those that are places' too, Cyrillic ones in all cases, and roles that are no part of them."""

from __future__ import annotations

import pytest

from dateline.domain.tagged_text import TaggedText
from dateline.tagging.cyrillic_names import other_cases
from dateline.tagging.tagger import Tagger


def tags(tagger: Tagger, text: str, *types: str) -> set[str]:
    tagging = tagger.tag(TaggedText(headline="", body_text=text))
    return {tag.key for tag in tagging.tags if tag.type in (types or ("person", "place", "organisation"))}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Paris Hilton opened a shop.", "paris-hilton"),
        ("The singer met Paris Hilton’s sister.", "paris-hilton"),
        ("They gave it to Sofia Coppola, a director.", "sofia-coppola"),
        ("Chelsea Clinton wrote a book.", "chelsea-clinton"),
        ("Jordan Peterson sells lectures.", "jordan-peterson"),
        ("Victoria Beckham sells dresses.", "victoria-beckham"),
        ("A film about Charlotte Brontë.", "charlotte-bronte"),
        ("Austin Powers is a film.", "austin-powers"),
        ("The prize went to Sydney Sweeney.", "sydney-sweeney"),
        ("Israel Adesanya said that he was glad.", "israel-adesanya"),
        ("Israel Adesanya is back in the cage.", "israel-adesanya"),
        ("The fighter Israel Adesanya trained.", "israel-adesanya"),
        ("Breed spoke. London Breed lost the race.", "london-breed"),
        ("Fans saw Boston Omalley run.", "boston-omalley"),
        ("Dallas Goedert and his team won.", "dallas-goedert"),
        ("Austin Butler stars in a film.", "austin-butler"),
        ("Brooklyn Beckham cooks.", "brooklyn-beckham"),
        ("Orlando Bloom came.", "orlando-bloom"),
        ("She read Sydney O’Brien.", "sydney-obrien"),
        ("Cuba Gooding Jr. came.", "cuba-gooding"),
        ("A film about Indiana Jones.", "indiana-jones"),
        ("Ireland Baldwin came.", "ireland-baldwin"),
    ],
)
def test_a_place_before_a_surname_is_a_given_name(tagger: Tagger, text: str, person: str) -> None:
    assert tags(tagger, text) == {f"person:{person}"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Paris Saint-Germain won.", "organisation:paris-saint-germain"),
        ("The Washington Post reported it.", "organisation:washington-post"),
        ("Paris Fashion Week began.", "place:paris"),
        ("The Paris Olympics ended.", "place:paris"),
        ("The Paris Agreement was signed.", "place:paris"),
        ("Sofia Airport was closed.", "place:sofia"),
        ("London Bridge was closed.", "place:london-bridge"),
        ("In Paris Hilton opened a hotel.", "place:paris"),
        ("Paris Mayor Anne Hidalgo spoke.", "place:paris"),
        ("Charlotte Hornets won.", "organisation:charlotte-hornets"),
        ("India Gate was closed.", "place:india"),
        ("Jordan Valley farmers came.", "place:jordan"),
        ("Victoria Falls is wide.", "place:victoria-falls"),
        ("Israel Railways has a new line.", "place:israel"),
        ("London Stansted is open.", "place:london"),
        ("Israel Bonds were sold.", "place:israel"),
        ("Ireland Women lost.", "place:ireland"),
        ("Indiana Senate voted.", "place:indiana"),
        ("Israel Tormana is new. They flew to Israel.", "place:israel"),
    ],
)
def test_a_place_before_what_places_have_is_one(tagger: Tagger, text: str, key: str) -> None:
    assert key in tags(tagger, text)
    assert tags(tagger, text, "person") <= {"person:anne-hidalgo"}


def test_a_place_is_one_again_where_it_stands_alone(tagger: Tagger) -> None:
    found = tags(tagger, "Paris Hilton sang. Hilton lives in Berlin, and flew on to Madrid.")
    assert found == {"person:paris-hilton", "place:berlin", "place:germany", "place:madrid", "place:spain"}


def test_a_city_is_one_where_a_person_is_in_it(tagger: Tagger) -> None:
    found = tags(tagger, "Paris Hilton is in Paris. Paris sang there.")
    assert found == {"person:paris-hilton", "place:paris", "place:france"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("В Совете Европы обсудили это.", "organisation:council-of-europe"),
        ("Дождь. Совету Европы ответили.", "organisation:council-of-europe"),
        ("Об этом сказали в Сбербанке.", "organisation:sberbank"),
        ("Из Газпрома сообщили.", "organisation:gazprom"),
        ("Встретил Владимира Путина.", "person:vladimir-putin"),
        ("Письмо Александра Лукашенко.", "person:alexander-lukashenko"),
        ("С Романом Головченко говорили.", "person:roman-golovchenko"),
        ("Встреча премьера Головченко с послом.", "person:roman-golovchenko"),
        ("Переговоры с президентом Путиным.", "person:vladimir-putin"),
        ("Книга Светланы Алексиевич вышла.", "person:svetlana-alexievich"),
        ("Матч Арины Соболенко.", "person:aryna-sabalenka"),
        ("Размова з Аляксандрам Лукашэнкам.", "person:alexander-lukashenko"),
        ("Владимир Владимирович Путин приехал.", "person:vladimir-putin"),
        ("Путин Владимир Владимирович приехал.", "person:vladimir-putin"),
        ("Александр Григорьевич Лукашенко приехал.", "person:alexander-lukashenko"),
        ("Встреча с Александром Григорьевичем Лукашенко.", "person:alexander-lukashenko"),
        ("Аляксандр Рыгоравіч Лукашэнка прыехаў.", "person:alexander-lukashenko"),
        ("В. Путин приехал. Путин рад.", "person:vladimir-putin"),
        ("А.Г. Лукашенко приехал.", "person:alexander-lukashenko"),
        ("Указ подписал Лукашенко А. Г.", "person:alexander-lukashenko"),
    ],
)
def test_known_names_are_found_in_all_cases(tagger: Tagger, text: str, key: str) -> None:
    found = tags(tagger, text)
    assert key in found
    assert len({one for one in found if one.startswith(("person:", "organisation:"))}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Письмо Иванова Петра опубликовано.",
        "Письмо Александра Котова пришло.",
        "Ліст Валянціна Коціка прыйшоў.",
        "Роман Льва Котова вышел.",
        "Дело Евгения Котова закрыто.",
        "Ивана Котова видели вчера.",
        "Президента Ивана Котова встретили.",
        "Вчера видели Александра Котова.",
        "Слова Марыі Ліпскай.",
        "У Олега Головченко спросили.",
    ],
)
def test_a_name_in_another_case_is_not_proposed(tagger: Tagger, text: str) -> None:
    assert tags(tagger, text, "person") == set()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Александра Иванова приехала.", "aleksandra-ivanova"),
        ("Дождь. Валентина Котова приехала.", "valentina-kotova"),
        ("Вчера Иван Котов приехал.", "ivan-kotov"),
        ("Письмо Александра Котова пришло. Александр Котов рад.", "aleksandr-kotov"),
        ("Премьер-министр Олег Котов заявил.", "oleg-kotov"),
        ("Министр Иван Котов сказал.", "ivan-kotov"),
        ("Глава МИД Иван Котов приехал.", "ivan-kotov"),
        ("Святейший патриарх Иван Котов приехал.", "ivan-kotov"),
        ("Прэзідэнт Іван Коцік сказаў.", "ivan-kotsik"),
        ("Prime Minister Olek Hrushko came.", "olek-hrushko"),
        ("Премьер-министр Роман Головченко заявил.", "roman-golovchenko"),
    ],
)
def test_a_name_is_proposed_as_its_bearer_is_called(tagger: Tagger, text: str, person: str) -> None:
    assert tags(tagger, text, "person") == {f"person:{person}"}


@pytest.mark.parametrize("text", ["Иван Иванович Путин приехал.", "Б. Путин приехал.", "Путин И. И. приехал."])
def test_a_known_surname_with_another_given_name_is_somebody_else(tagger: Tagger, text: str) -> None:
    assert "person:vladimir-putin" not in tags(tagger, text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("МИД Мария Захарова ответила.", "mariia-zakharova"),
        ("СК Сергей Кабакович сообщил.", "sergei-kabakovich"),
        ("Сообщил представитель СК Сергей Кабакович.", "sergei-kabakovich"),
        ("МЧС Вадим Синявский приехал.", "vadim-siniavskii"),
        ("МВД Иван Кубраков сказал.", "ivan-kubrakov"),
        ("ООО Пётр Орлов открыл.", "petr-orlov"),
    ],
)
def test_an_acronym_is_no_part_of_a_name(tagger: Tagger, text: str, person: str) -> None:
    assert tags(tagger, text, "person") == {f"person:{person}"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Jean Dupont a parlé.", {"person:jean-dupont"}),
        ("Paul Renault et Marie Peugeot sont venus.", {"person:paul-renault", "person:marie-peugeot"}),
        ("Max Siemens kam.", {"person:max-siemens"}),
        ("Will Siemens buy it?", {"organisation:siemens"}),
        ("Der Chef von Siemens sprach.", {"organisation:siemens"}),
        ("Siemens trains ran. Louis Siemens came.", {"organisation:siemens", "person:louis-siemens"}),
        ("John Deere tractors came.", {"organisation:john-deere"}),
    ],
)
def test_a_firms_name_behind_a_given_name_is_a_surname(tagger: Tagger, text: str, keys: set[str]) -> None:
    assert tags(tagger, text, "person", "organisation") == keys


@pytest.mark.parametrize("text", ["President Xi met him.", "Святейший Патриарх приехал.", "Президента Котова ждали."])
def test_a_role_makes_no_name_of_what_is_none(tagger: Tagger, text: str) -> None:
    assert tags(tagger, text, "person") == set()


@pytest.mark.parametrize(
    ("name", "type", "form"),
    [
        ("Владимир Путин", "person", "Владимиром Путиным"),
        ("Ольга Корбут", "person", "Ольги Корбут"),
        ("Светлана Тихановская", "person", "Светланой Тихановской"),
        ("Дмитрий Песков", "person", "Дмитрию Пескову"),
        ("Тадеуш Костюшко", "person", "Тадеуша Костюшко"),
        ("Совет Европы", "organisation", "Совета Европы"),
        ("Банк России", "organisation", "Банком России"),
    ],
)
def test_cases_of_names(name: str, type: str, form: str) -> None:
    assert form in set(other_cases(name, type))


@pytest.mark.parametrize(("name", "type"), [("ООН", "organisation"), ("Sberbank", "organisation"), ("Пеле", "person")])
def test_names_without_cases(name: str, type: str) -> None:
    assert not list(other_cases(name, type))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("South Korean troops came.", "south-korea", "South Korean"),
        ("The Belarusian-Polish border", "poland", "Polish"),
        ("A New Zealander’s boat", "new-zealand", "New Zealander"),
        ("French-born farmers came.", "france", "French"),
    ],
)
def test_a_demonym_is_shown_as_it_stands(tagger: Tagger, text: str, place: str, words: str) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text=text))
    (tag,) = (tag for tag in tagging.tags if tag.slug == place)
    assert [(one.text, text[one.start : one.end], one.rule) for one in tag.evidence] == [(words, words, "demonym")]


@pytest.mark.parametrize(
    ("text", "expected", "unexpected"),
    [
        ("M. Dupont a parlé.", "", "organisation:dupont"),
        ("M. Dupont a parlé. Dupont est parti.", "", "organisation:dupont"),
        ("Mr Ford and Mrs Chanel came.", "person:ford", "organisation:ford-motor-company"),
        ("Mr Ford came. Ford shares fell.", "organisation:ford-motor-company", ""),
        ("Dupont makes nylon.", "organisation:dupont", ""),
        ("Un mot.\nM. Dupont a parlé.", "", "organisation:dupont"),
        ("Il parle (Mme Dupont écoute).", "", "organisation:dupont"),
        ("Mme Macron a parlé.", "person:macron", "person:emmanuel-macron"),
        ("Emmanuel Macron spoke. Mrs Macron smiled.", "person:macron", ""),
        ("Joe Biden spoke. Mr Biden smiled.", "person:joe-biden", "person:biden"),
        ("Mr Biden smiled. President Biden spoke.", "person:joe-biden", "person:biden"),
        ("Angela Merkel spoke. Mrs Merkel smiled.", "person:angela-merkel", "person:merkel"),
        ("Mr Lincoln came late.", "person:lincoln", "person:abraham-lincoln"),
        ("President Lincoln came.", "person:abraham-lincoln", "person:lincoln"),
    ],
)
def test_a_title_says_of_nobody_who_it_is(tagger: Tagger, text: str, expected: str, unexpected: str) -> None:
    found = tags(tagger, text)
    assert expected in found or not expected
    assert unexpected not in found


@pytest.mark.parametrize(
    "text",
    ["5 MAG - Il ponte è aperto.", "5 MAI - Le pont.", "3 OKT - Die Brücke.", "MAG 5 - Il ponte.",
     "3 ФЕВ - Мост открыт.", "5 DIC Il ponte.", "5 май. Мост открыт."],
)  # fmt: skip
def test_a_month_beside_a_day_is_no_name(tagger: Tagger, text: str) -> None:
    assert tags(tagger, text) == set()
