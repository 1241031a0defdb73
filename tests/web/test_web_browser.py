"""The pages in a browser: they are drawn, and nothing of an article runs in them."""

import shutil
import subprocess
import tempfile

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def port(serving):
    with serving("-m datasette -i {db} --host 127.0.0.1 --port {port}") as server:
        yield server.port


def browse(port, path, width, *options):
    """Open a page in a browser of its own; what it prints, and whether it ended well."""
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            [
                CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                f"--user-data-dir={profile}", f"--window-size={width},900", *options, f"http://127.0.0.1:{port}{path}",
            ],
            capture_output=True, text=True, timeout=120, check=True,
        ).stdout  # fmt: skip


def test_a_hostile_article_stays_text_in_a_browser(port):
    drawn = browse(port, "/corpus/-/articles/3", 1200, "--dump-dom")
    assert "&lt;script&gt;alert('x')&lt;/script&gt;" in drawn
    assert "<img src" not in drawn
    assert 'class="corpus-mark person"' in drawn


@pytest.mark.parametrize(
    ("path", "width"), [("/corpus", 500), ("/corpus/-/articles/1", 1200), ("/corpus/-/people/1", 500)]
)
def test_a_page_is_drawn(port, path, width, tmp_path):
    picture = tmp_path / "page.png"
    browse(port, path, width, f"--screenshot={picture}")
    assert picture.stat().st_size > 10_000
