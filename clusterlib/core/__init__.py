"""What all parts stand on.

Question: which small tools does every part of the package need?
Chapter: 13, From here to SciPy and scikit-learn.
Symbols: as at the head of `clusterlib`.

`checks` looks at arguments, `floats` keeps numbers in range, `threads` shares work,
`lower_bounds` bounds many distances from below at once, `disjoint_sets` joins sets.
"""
