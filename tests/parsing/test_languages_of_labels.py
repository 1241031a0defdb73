"""Headers in other languages: labels and dates as people there write them."""

from __future__ import annotations

import pytest

from corpus_db.models import Article, SourceDocument
from corpus_db.parsing import parse
from corpus_db.parsing.dates import date_value

LABELLED = {
    "German": "Überschrift: Brücke eröffnet\nErschienen: 09.03.2021\nZeitung: Der Bote\nVerfasser: Jan Ott\nSeite: 7\n",
    "French": "Titre : Pont ouvert\nDate de parution : mardi 9 mars 2021\nJournal : Le Courrier\nAuteur(s) : Anne Roy\n",
    "Spanish": "Título: Puente abierto\nFecha: martes, 9 de marzo de 2021\nPeriódico: El Diario\nAutora: Ana Ruiz\nPágina: 7\n",
    "Portuguese": "Título: Ponte aberta\nData: terça-feira, 9 de março de 2021\nVeículo: O Jornal\nAutora: Ana Reis\n",
    "Italian": "Titolo: Ponte aperto\nData: martedì 9 marzo 2021\nTestata: Il Giornale\nAutori: Anna Re\n",
    "Dutch": "Titel: Brug open\nDatum: dinsdag 9 maart 2021\nBron: De Krant\nDoor: Nina Vos\n",
    "Polish": "Tytuł: Most otwarty\nData: 9 marca 2021\nŹródło: Gazeta\nAutor: Jan Kos\n",
    "Turkish": "Başlık: Köprü açıldı\nTarih: 9 Mart 2021\nKaynak: Gazete\nYazar: Ali Can\n",
    "Russian": "Заголовок: Открыли мост\nДата: 9 марта 2021 г.\nИсточник: Газета\nАвтор: Иван Лис\n",
    "Arabic": "العنوان: افتتاح جسر\nالتاريخ: 9 مارس 2021\nالمصدر: الصحيفة\nالكاتب: أحمد علي\n",
    "Chinese": "标题：大桥通车\n日期：2021年3月9日\n来源：日报\n作者：李明\n",
    "Japanese": "タイトル：橋が開通\n日付：2021年3月9日\n出典：新聞\n著者：山田\n",
}


def article_of(text: str) -> Article:
    data = text.encode()
    found = parse(SourceDocument("a.txt", None, 0, len(data), "", "text", text=data)).article
    assert found is not None
    return found


def test_a_chinese_headline_is_no_sentence_of_the_text() -> None:
    text = (
        "大桥今天正式通车\n\n2021-03-09 09:15:22 来源：新华网\n\n大桥星期二通车，市长说。\n\n桥是红色的。\n"
    )
    found = article_of(text)
    assert (found.title, found.published) == ("大桥今天正式通车", "2021-03-09T09:15:22")
    assert found.body == "大桥星期二通车，市长说。\n\n桥是红色的。"


@pytest.mark.parametrize("language", LABELLED)
def test_labels(language: str) -> None:
    header = LABELLED[language]
    values = [line.replace("：", ":").partition(":")[2].strip() for line in header.splitlines()]
    found = article_of(f"{header}\nA b c d e f g, and h.\n")
    assert found.published == "2021-03-09"
    assert (found.title, found.publisher, found.byline) == (values[0], values[2], values[3])
    assert found.body == "A b c d e f g, and h."


@pytest.mark.parametrize(
    "printed",
    [
        "9. März 2021", "mardi 9 mars 2021", "9 de marzo de 2021", "9 de março de 2021", "9 marzo 2021", "9 maart 2021", "9. marts 2021",
        "9 marca 2021", "9. března 2021", "9 марта 2021", "9 березня 2021", "9 Mart 2021", "9 مارس 2021", "9 آذار 2021", "2021年3月9日",
        "2021년 3월 9일", "9. maaliskuuta 2021", "9 martie 2021",
    ],
)  # fmt: skip
def test_dates(printed: str) -> None:
    found = date_value(printed)
    assert found is not None
    assert found.value == "2021-03-09"
