import pytest

from corpus_db.errors import CorpusError


def test_the_choices_reach_the_server(run, db, monkeypatch):
    calls = []
    monkeypatch.setattr(
        "corpus_db.web.serve.serve", lambda *arguments, **options: calls.append((arguments, options))
    )
    run("serve")
    run("serve", "--port", "0", "--host", "::1", "--open", "--", "--setting", "sql_time_limit_ms", "5000")
    assert calls == [
        ((db,), {"host": "127.0.0.1", "port": 8001, "open_browser": False, "arguments": ()}),
        (
            (db,),
            {
                "host": "::1",
                "port": 0,
                "open_browser": True,
                "arguments": ("--setting", "sql_time_limit_ms", "5000"),
            },
        ),
    ]


def test_a_taken_port_is_one_line(run, monkeypatch):
    def serve(*_arguments, **_options):
        raise CorpusError("cannot listen on 127.0.0.1, port 8001: choose another with --port")

    monkeypatch.setattr("corpus_db.web.serve.serve", serve)
    assert (
        run("serve", status=2).stderr
        == "Error: cannot listen on 127.0.0.1, port 8001: choose another with --port\n"
    )


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none(run, port):
    assert "Invalid value for '-p' / '--port'" in run("serve", "--port", port, status=2).stderr
