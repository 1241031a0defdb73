import pytest

from tests.store.invented import FILES, new_database, store


@pytest.fixture
def db(tmp_path):
    """An open, empty corpus database."""
    connection = new_database(tmp_path / "corpus.db")
    yield connection
    connection.close()


@pytest.fixture
def filled(db):
    """The invented articles."""
    store(db, FILES)
    return db
