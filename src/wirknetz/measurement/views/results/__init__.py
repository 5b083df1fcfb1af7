"""Pages of the results; each makes one domain call and shows what came back."""

from wirknetz.measurement.views.results.pages import (
    by_organisation,
    download,
    download_one,
    overview,
    provenance,
    result,
)

__all__ = ["by_organisation", "download", "download_one", "overview", "provenance", "result"]
