"""Clustering by building it: from codebooks to dendrograms.

Import the module that you need, for example ``from clusterlib import hierarchy, vq``.
One table of symbols holds for the book, the docstrings and the code:

====== =============================================================
symbol meaning
====== =============================================================
X      observations, n x d: one row per observation, one column per feature
n      number of observations
d      number of features (the dimension)
C      codebook, k x d: one row per code word
k      number of code words or clusters
labels index of the code word or cluster of each observation, length n
y      condensed distances, length n(n-1)/2: the upper triangle by rows
D      square distance matrix, n x n
Z      linkage matrix, (n-1) x 4: left, right, height, size of each merge
R      inconsistency matrix, (n-1) x 4: mean, standard deviation, count, coefficient
t      threshold of a flat cut
rng    source of random numbers
====== =============================================================
"""

__version__ = "0.1.0"
