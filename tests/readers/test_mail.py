"""Mails and mailboxes: text, header and attachments."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader_samples import SAMPLES, account, parsed_file

from corpus_db.models import Article, SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, Unreadable, discover, read, reader_for

HEADER = "Received: by mail.example\nFrom: Ana Lee <ana@paper.example>\nDate: Thu, 19 Feb 2015 17:18:40 +1100\nSubject: {}\n"


def mail(
    subject: str = "A bridge", body: str = "It is open.", kind: str = "text/plain; charset=utf-8"
) -> bytes:
    return (HEADER.format(subject) + f"Content-Type: {kind}\n\n{body}\n").encode()


def article(data: bytes, name: str = "a.eml") -> Article:
    (document,) = account(name, data)
    parsed = parse(document)
    assert parsed.article is not None, parsed.reason
    return parsed.article


def test_what_a_mail_says_of_itself() -> None:
    found = article(mail())
    assert (found.title, found.body, found.byline) == ("A bridge", "It is open.", "Ana Lee")
    assert (found.published, found.published_origin) == ("2015-02-19T17:18:40+11:00", "header")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("=?utf-8?Q?The=20bridge=20of_Lom=C3=A9?=", "The bridge of Lomé"),
        ("=?iso-8859-1?B?TG9t6Q==?= =?iso-8859-1?Q?_opens?=", "Lomé opens"),
        ("=?utf-8?Q?Lom=C3?=\n =?utf-8?Q?=A9_opens?=", "Lomé opens"),  # a character in two words
        ("=?windows-1252?Q?The mayor’s=20=93yes=94?=", "The mayor’s “yes”"),
        ("=?klingon?Q?Lom=C3=A9?=", "Lomé"),
        ("=?utf-8?B?!!!?= x", "x"),
        ("two\n lines", "two lines"),
        ("Lomé öffnet", "Lomé öffnet"),
    ],
)
def test_subjects(raw: str, title: str) -> None:
    assert article(mail(raw)).title == title


def test_a_labelled_headline_in_the_text_goes_before_the_subject() -> None:
    found = article(
        mail("For the desk", "Headline: A bridge opens\nDate: 2015-02-18\n\nIt is open in Lima, they said.")
    )
    assert (found.title, found.body) == ("A bridge opens", "It is open in Lima, they said.")


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "us-ascii", "utf-8", "x-unknown"])
def test_bytes_in_another_encoding_than_stated(charset: str) -> None:
    data = mail(kind=f"text/plain; charset={charset}").replace(b"It is open.", "The “café”.".encode("cp1252"))
    assert article(data).body == "The “café”."


def test_lines_that_were_broken_to_be_joined_are_joined_and_signatures_left_out() -> None:
    body = "It is \nopen.\n\n-- \nAna Lee\nThe Paper"
    assert article(mail(body=body, kind="text/plain; format=flowed")).body == "It is open."


def test_the_html_text_is_taken_where_the_plain_one_is_missing_or_a_stub() -> None:
    assert article(mail(body="<p>It is <b>open</b>.<p>Yes.", kind="text/html")).body == "It is open.\n\nYes."
    both = "--b\nContent-Type: text/plain\n\nRead this in a browser.\n--b\nContent-Type: text/html\n\n<p>{}\n--b--"
    long = "It is open and people walk on it. " * 5
    assert (
        article(mail(body=both.format(long), kind="multipart/alternative; boundary=b")).body == long.strip()
    )
    short = "Read this in a browser, they said."
    assert article(mail(body=both.format(short), kind="multipart/alternative; boundary=b")).body.startswith(
        "Read"
    )


def _opened(tmp_path: Path, data: bytes, name: str = "a.eml") -> dict[str, object]:
    account(name, data)
    (tmp_path / name).write_bytes(data)
    (file,) = discover([str(tmp_path / name)], tmp_path)
    assert isinstance(file, InputFile)
    return {
        f"{given.path} {given.part or ''}".strip() if isinstance(given, SourceDocument) else given.name: given
        for given in read(file)
    }


def test_attachments_are_files_in_the_mail_and_pictures_are_remarked_on(tmp_path: Path) -> None:
    found = _opened(tmp_path, SAMPLES["mail"][1])
    assert list(found) == ["a.eml/old.txt", "a.eml"]
    attached, own = found.values()
    assert isinstance(attached, InputFile)
    assert attached.content() == b"It rained in Oslo."
    assert isinstance(own, SourceDocument)
    assert "a.png" in (parse(own).reason or "")
    assert parse(own).article.body == "It “opened” on Monday."  # type: ignore[union-attr]


def test_a_mail_in_a_mail_is_a_file_in_it(tmp_path: Path) -> None:
    inner = mail("Inside").decode()
    body = f"--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--"
    found = _opened(tmp_path, mail(body=body, kind="multipart/mixed; boundary=b"))
    attached = found["a.eml/attachment 1.eml"]
    assert isinstance(attached, InputFile)
    assert reader_for(attached).name == "mail"


def test_mails_in_mails_are_opened_to_a_small_depth() -> None:
    data = mail("0")
    for depth in range(1, 8):
        body = f"--b{depth}\nContent-Type: message/rfc822\n\n{data.decode()}\n--b{depth}--"
        data = mail(str(depth), body, f"multipart/mixed; boundary=b{depth}")
    assert len(account("a.eml", data)) < 8


def test_an_attachment_cannot_climb_out(tmp_path: Path) -> None:
    body = '--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="../../x.txt"\n\nIt rained.\n--b--'
    assert "a.eml/\\x2e\\x2e/\\x2e\\x2e/x.txt" in _opened(
        tmp_path, mail(body=body, kind="multipart/mixed; boundary=b")
    )


def test_a_record_sent_by_mail_is_read_as_one() -> None:
    body = '{"Headline": ["A bridge"], "Body": ["It is\nopen."], "Category": ["NEWS"]}'
    found = article(mail("Form", body))
    assert (found.title, found.body) == ("A bridge", "It is\nopen.")


def test_a_mailbox_is_cut_into_its_mails(tmp_path: Path) -> None:
    found = _opened(tmp_path, SAMPLES["mbox"][1], "a.mbox")
    assert list(found) == ["a.mbox/message 1/old.txt", "a.mbox message 1", "a.mbox message 2"]
    second = parse(found["a.mbox message 2"]).article  # type: ignore[arg-type]
    assert second is not None
    assert (second.title, second.body) == ("B", "From Oslo it is far.")


@pytest.mark.parametrize(
    "text",
    [
        "From: Ana Lee\nDate: 2020-01-02\nSubject: A bridge\n\nIt is open.",  # labels, as texts have them
        "From Lima at 10:15 in 2020\nthey said: it is open.",
        "Received: nothing.\n\nThe ministry said so.",
    ],
)
def test_a_text_with_labels_is_no_mail(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    (file,) = discover([str(tmp_path / "a.txt")], tmp_path)
    assert not isinstance(file, Unreadable)
    assert reader_for(file).name == "text"


def test_a_mail_nested_ten_thousand_deep_is_one_line() -> None:
    parts = (f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(10_000))
    (document,) = account("a.eml", mail(body="".join(parts), kind="multipart/mixed; boundary=b0"))
    assert parse(document).reason


def test_a_forwarded_mail_has_the_facts_of_the_mail_in_it(tmp_path: Path) -> None:
    mail = (
        b"From: Bo <bo@a.example>\r\nSubject: Fwd: Old bridge opens\r\nDate: Wed, 10 Mar 2021 16:12:00 +0000\r\nMessage-ID: <1@a.example>\r\n\r\n"
        b"---------- Forwarded message ---------\r\nFrom: The Paper <news@paper.example>\r\nDate: Tue, Mar 9, 2021 at 4:12 PM\r\n"
        b"Subject: Old bridge opens\r\nTo: <bo@a.example>\r\n\r\n\r\nThe old bridge was opened on Monday.\r\n"
    )
    (found,) = parsed_file(tmp_path, mail, "a.eml")
    assert found.article is not None
    assert (found.article.title, found.article.published) == ("Old bridge opens", "2021-03-09T16:12")
    assert (found.article.byline, found.article.body) == ("The Paper", "The old bridge was opened on Monday.")


def test_a_mail_that_is_passed_on_below_a_note(tmp_path: Path) -> None:
    inner = "---------- Forwarded message ---------\nFrom: Ann Lee <ann@paper.example>\nDate: Mon, Mar 1, 2021 at 9:30 AM\nSubject: A bridge opens\nTo: <x@y.example>\n\n"
    story = "The old bridge over the river was opened again on Monday, after two years of work. " * 4
    sent = "From: bo@uni.example\nTo: a@uni.example\nSubject: Fwd: A bridge opens\nDate: Thu, 4 Mar 2021 10:00:00 +0000\nMessage-ID: <1@uni.example>\n\n"
    for note in ("", "FYI\n\n"):
        (found,) = parsed_file(tmp_path, f"{sent}{note}{inner}{story}\n".encode(), "a.eml")
        got = found.article
        assert got is not None
        assert (got.title, got.published, got.byline) == ("A bridge opens", "2021-03-01T09:30", "Ann Lee")
        assert got.body == story.strip()
    answer = f"{sent}{'I do not agree with any of this, and I shall say why at some length below. ' * 4}\n\n{inner}{story}\n"
    (found,) = parsed_file(tmp_path, answer.encode(), "a.eml")
    assert found.article is not None
    assert found.article.body.startswith("I do not agree")


def test_what_newsletters_put_round_their_text_is_left_out() -> None:
    page = (
        '<div style="display:none;max-height:0">A preview.</div><p><a href="x">View in browser</a></p><h1>A bridge</h1>'
        "<p>It is open.</p><p>It is red.</p><p>Unsubscribe | Privacy</p><p>© 2021 The Paper</p>"
    )
    assert article(mail(body=page, kind="text/html")).body == "It is open.\n\nIt is red."
    plain = "View this email in your browser\n(https://paper.example/1)\n\nIt is open.\n\nYou are receiving this because you asked.\nUnsubscribe: https://paper.example/2"
    assert article(mail(body=plain)).body == "It is open."
    assert article(mail(body="Unsubscribe")).body == "Unsubscribe"
