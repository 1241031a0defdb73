"""Other languages are told from English, and what is unclear stays unknown and is read as English."""

import json

import pytest
from support import rows

from corpus_db import annotate, import_corpus
from corpus_db.models import Text
from corpus_db.recognition import language
from corpus_db.store import check
from corpus_db.store.database import open_database

OTHERS = {
    "es": "La alcaldesa de Ostia Nueva visitó el lunes el puerto, donde los pescadores esperan desde hace meses una respuesta del gobierno. Dijo que el muelle estará terminado antes del otoño.",
    "fr": "La maire de Port-Neuf a visité lundi le port, où les pêcheurs attendent depuis des mois une réponse du gouvernement. Elle a dit que la jetée serait terminée avant l'automne.",
    "de": "Die Bürgermeisterin von Neuhafen besuchte am Montag den Hafen, in dem die Fischer seit Monaten auf eine Antwort der Regierung warten. Die Mole werde vor dem Herbst fertig, sagte sie.",
    "pt": "A prefeita de Porto Novo visitou na segunda-feira o porto, onde os pescadores esperam há meses uma resposta do governo. Ela disse que o cais ficará pronto antes do outono.",
    "ru": "В понедельник мэр посетила порт, где рыбаки уже несколько месяцев ждут ответа правительства.",
    "zh": "市长星期一视察了港口，渔民们已经在那里等待政府答复好几个月了。",
    "ar": "زارت رئيسة البلدية الميناء يوم الاثنين حيث ينتظر الصيادون رد الحكومة منذ شهور.",
}  # fmt: skip
ENGLISH = "The mayor of Newhaven visited the port on Monday, where fishermen have been waiting for an answer from the government for months. The pier will be finished by autumn, she said."
UNCLEAR = [
    "A lobster died.",
    "Okello 3, Quispe 1",
    "RESULTS - Port Ellery 2 Ostby 1\nNewhaven 0 Neuhafen 4\nPorto Novo 3 Port-Neuf 3\n" * 6,
    "",
    "- - -",
    "Москва",
]


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_told(code):
    assert language.detect(Text(None, OTHERS[code])) == code
    assert not language.is_read(code)


def test_english_is_told_without_a_model(monkeypatch):
    monkeypatch.setattr(language, "_ask", None)
    assert language.detect(Text(None, ENGLISH + "\n" + ENGLISH)) == "en"


TABLE = """Port Ellery Fishing Co
    Shr loss 12 cts vs profit 31 cts
    Net loss 1,400,000 vs profit 3,600,000
    Sales 48.1 mln vs 52.7 mln
NOTE: Latest quarter includes a charge for repairs and storm damage, and excludes discontinued operations."""


@pytest.mark.parametrize("text", [ENGLISH, TABLE])
def test_short_english_and_tables_are_told_without_a_model(monkeypatch, text):
    monkeypatch.setattr(language, "_ask", None)
    assert language.detect(Text(None, text)) == "en"


LONGER = {
    "es": f"{OTHERS['es']} El ministro anunció también que los precios bajarán y que las familias podrán ahorrar más con sus nuevos planes, pero no dijo cuándo.",
    "fr": f"{OTHERS['fr']} Le ministre a annoncé que les prix baisseront et que les familles pourront faire des économies avec cette loi, mais il n'a pas dit quand elle sera votée.",
    "de": f"{OTHERS['de']} Der Minister kündigte an, dass die Preise sinken und die Familien mit dem neuen Plan sparen werden, sagte aber nicht, wann er in Kraft tritt.",
    "it": "La sindaca di Porto Nuovo ha visitato lunedì il porto, dove i pescatori aspettano da mesi una risposta del governo. Ha detto che il molo sarà pronto prima dell'autunno. Il ministro ha annunciato che i prezzi della benzina scenderanno e che le famiglie potranno risparmiare con il nuovo piano, ma non ha detto quando.",
}  # fmt: skip
NEIGHBOURS = {
    "pt": f"{OTHERS['pt']} O ministro anunciou que os preços da gasolina vão baixar e que as famílias poderão poupar com o novo plano, mas não disse quando será votado.",
    "ca": "L'alcaldessa de Port Nou va visitar dilluns el port, on els pescadors esperen des de fa mesos una resposta del govern. Va dir que el moll estarà acabat abans de la tardor. El ministre va anunciar que els preus de la benzina baixaran i que les famílies podran estalviar amb el nou pla.",
    "gl": "A alcaldesa de Porto Novo visitou o luns o porto, onde os mariñeiros agardan desde hai meses unha resposta do goberno. Dixo que o peirao estará rematado antes do outono. O ministro anunciou que os prezos da gasolina baixarán e que as familias poderán aforrar co novo plan.",
    "nl": "De burgemeester van Nieuwhaven bezocht maandag de haven, waar de vissers al maanden op een antwoord van de regering wachten. De pier is volgens haar voor de herfst klaar. De minister zei dat de prijzen van benzine zullen dalen en dat gezinnen met het nieuwe plan geld kunnen sparen.",
}  # fmt: skip


@pytest.mark.parametrize("code", LONGER)
def test_frequent_languages_are_told_by_their_commonest_words_alone(monkeypatch, code):
    monkeypatch.setattr(language, "_ask", None)
    assert language.detect(Text(None, f"{LONGER[code]} {LONGER[code]}")) == code


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_their_neighbours_are_not_taken_for_them(code):
    assert language.detect(Text(None, NEIGHBOURS[code])) == code


def test_short_english_is_told_too():
    assert language.detect(Text(None, ENGLISH)) in ("en", None)


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_unclear_stays_unknown_and_is_read(text):
    assert language.detect(Text("Okello wins", text)) is None
    assert language.is_read(None)


def test_an_english_article_that_quotes_another_language_is_english():
    assert language.detect(Text(None, f"{ENGLISH} {OTHERS['es']} {ENGLISH}")) in ("en", None)


def test_every_language_has_a_name_and_is_known_to_the_model():
    assert language.names()["es"] == "Spanish"
    assert len(language.names()) > 70


def test_nothing_is_looked_for_in_other_languages():
    spanish = "El presidente de Perú, Juan Flores, llegó el martes a Lima para reunirse con la ministra. " * 3
    assert annotate(spanish) == []
    assert {mention.text for mention in annotate("President Juan Flores of Peru flew to Lima.")} >= {
        "Peru",
        "Lima",
    }


def imported(folder, records):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")
    return import_corpus([folder / "in.jsonl"], folder / "corpus.db")


def test_other_languages_are_stored_searchable_and_marked(tmp_path):
    report = imported(
        tmp_path,
        [{"title": code, "body": text} for code, text in OTHERS.items()]
        + [{"title": "x", "body": ENGLISH * 2}],
    )
    assert report.unread_languages == dict.fromkeys(OTHERS, 1)
    db = tmp_path / "corpus.db"
    assert rows(db, "SELECT title, body FROM articles WHERE text_language <> 'en' ORDER BY title") == sorted(
        OTHERS.items()
    )
    assert rows(db, "SELECT language, language_origin FROM articles WHERE title = 'es'") == [("es", "text")]
    assert rows(
        db, "SELECT count(*) FROM mentions m JOIN articles a ON a.id = m.article_id WHERE a.title <> 'x'"
    ) == [(0,)]
    assert rows(db, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'pescadores'") == [(2,)]


def test_a_stated_language_stays_and_the_text_decides_what_is_looked_for(tmp_path):
    imported(
        tmp_path,
        [
            {"title": "stated", "body": ENGLISH * 2, "language": "es"},
            {"title": "wrong", "body": OTHERS["es"], "language": "en"},
            {"title": "short", "body": "A lobster died in Peru.", "language": "de"},
        ],
    )
    sql = "SELECT title, language, language_origin, text_language FROM articles ORDER BY title"
    assert rows(tmp_path / "corpus.db", sql) == [
        ("short", "de", "source", None),
        ("stated", "es", "source", "en"),
        ("wrong", "en", "source", "es"),
    ]
    sql = (
        "SELECT DISTINCT a.title FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.text = 'Peru'"
    )
    assert rows(tmp_path / "corpus.db", sql) == [("short",)]


def test_copies_hand_over_what_they_state_and_nothing_else(tmp_path):
    """Of two copies one states a language: whichever owns the article, the other keeps what it says."""
    db = tmp_path / "corpus.db"
    body = OTHERS["pt"]
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    second.write_text(json.dumps({"title": "t", "body": body}))
    import_corpus([second], db)
    first.write_text(json.dumps({"title": "t", "body": body, "language": "pt-BR"}))
    import_corpus([first], db)
    stored = "SELECT language, language_origin, text_language FROM articles"
    assert rows(db, stored) == [("pt-BR", "source", "pt")]
    assert "language" not in (
        rows(db, "SELECT metadata FROM documents WHERE outcome = 'duplicate'")[0][0] or ""
    )
    first.unlink()
    import_corpus([tmp_path / "*.jsonl"], db, prune=True)
    assert rows(db, stored) == [("pt", "text", "pt")]
    connection = open_database(db)
    assert check.check(connection) == []
    connection.close()
