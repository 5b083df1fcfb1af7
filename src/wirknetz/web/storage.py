"""How static files are kept for serving."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_MODULES = ("wirknetz/*.js", ((r'(?P<matched>from "(?P<url>\./[^"]+)")', 'from "%(url)s"'),))


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types
    """Files named by their content; so are our modules where they import each other.

    Otherwise a browser could run the new entry of a script with a module it kept from before.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, OUR_MODULES)
