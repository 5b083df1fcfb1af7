"""The site, ready for its first visitor: what she would wait for is done beforehand."""

import gc
from typing import Any


def application() -> Any:
    """The site as web servers ask for it, with every page and the compiler of figures loaded."""
    from django.core.wsgi import get_wsgi_application

    site = get_wsgi_application()
    warm_up()
    return site


def warm_up() -> None:
    """Load it all, and have the garbage collector never look at it again. Asks no database."""
    from django.urls import get_resolver

    from wirknetz.core.measures import Definition, MeasureSpec, compile_query
    from wirknetz.measurement.queries.results.facts import dialect

    _ = get_resolver().reverse_dict  # imports all addresses and their pages
    total = Definition.of("a", {"a": MeasureSpec(key=0)})
    compile_query(total, by=("period",), dialect=dialect())
    gc.collect()
    gc.freeze()
