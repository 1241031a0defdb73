"""`python -m corpus_db` is `corpus-db`."""

from corpus_db.cli import main

main(prog_name="corpus-db")
