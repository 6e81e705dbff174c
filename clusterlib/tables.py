"""Tables from files, under the name of the first release.

Question: where do scripts find the reader that they import from here?
Chapter: 12, Case studies.
Symbols: X observations, one row per line of the file, one column per feature.

The reader is part of `clusterlib.reports`, and `clusterlib.reports.read_table` is its name.
"""

from clusterlib.reports import Table, TableError, read_table

__all__ = ["Table", "TableError", "read_table"]
