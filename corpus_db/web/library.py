"""All that the plugin takes from Datasette, in one place, because Datasette states no types.

Datasette loads its plugins while it is itself being loaded: only modules that need nothing else
of it are imported here. What exists in one of its two lines alone is in `versions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted  # type: ignore[import-untyped]
from datasette.utils import tilde_decode, tilde_encode  # type: ignore[import-untyped]
from datasette.utils.asgi import Forbidden, NotFound, Response  # type: ignore[import-untyped]
from pluggy import HookimplMarker

if TYPE_CHECKING:
    from datasette.app import Datasette  # type: ignore[import-untyped]
else:
    Datasette = Any

hookimpl = HookimplMarker("datasette")  # datasette.hookimpl, with its types

__all__ = [
    "Datasette", "Forbidden", "NotFound", "QueryInterrupted", "Response", "hookimpl", "tilde_decode", "tilde_encode",
]  # fmt: skip
