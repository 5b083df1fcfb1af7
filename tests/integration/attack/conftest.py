"""The worlds of the other rooms, to be attacked."""

from tests.integration.foundation.conftest import clock, make_user, user
from tests.integration.measurement.collection.conftest import collection
from tests.integration.measurement.results.conftest import plot

__all__ = ["clock", "collection", "make_user", "plot", "user"]
