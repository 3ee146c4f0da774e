"""Make a machine ready for ``make run`` and ``make test`` with nothing but Python's standard library."""
