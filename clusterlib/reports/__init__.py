"""A table in, a page about its clusters out.

Question: what clusters does my table hold, and how sure can I be?
Chapter: 12, Case studies.
Symbols: X observations, labels, Z linkage matrix.

`tables` reads a file, `reduction` stands many rows in for by few, `results` computes the
numbers, `html` writes the page, and `report` puts them together.
"""

from clusterlib.reports.report import Report, explore
from clusterlib.reports.tables import Table, TableError, read_table

__all__ = ["Report", "Table", "TableError", "explore", "read_table"]
