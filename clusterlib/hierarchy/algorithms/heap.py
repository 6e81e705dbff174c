"""Which of several equal candidates comes first?

Question: two pairs are equally near and either may merge; how do you choose as
SciPy does?
Chapter: 9, Linkage.
Symbols: clusters 0, 1, ..., m - 1, each with a value; the least value is first.

A binary heap puts equal values in an order that depends on all that happened to
it.  Any order is right, but another order gives another tree, and SciPy has a
heap where it merges closest pairs.  Moving clusters about in a heap is slow in
Python and of no use while all values differ.  So `LazyHeap` writes down what
happens, and does it when there is a tie and somebody asks.

Sources: Williams 1964, Algorithm 232: Heapsort.
"""

from __future__ import annotations

import numpy as np

__all__ = ["LazyHeap"]


class LazyHeap:
    """A priority queue of clusters that works only when it is asked.

    ``heap[0]`` is the first cluster; those at 2i + 1 and 2i + 2 are never before that at i.
    """

    def __init__(self, values: np.ndarray):
        """Start with one value for each of the clusters 0, 1, ..."""
        self.value = values.copy()
        self.heap: list[int] = []
        self.spot: list[int] = []
        self.todo: list[tuple | None] = []

    def change(self, clusters, values) -> None:
        """Write down that the values of some clusters change, one after the other."""
        self.todo.append((clusters, values))

    def pop(self) -> None:
        """Write down that the first cluster is taken out."""
        self.todo.append(None)

    def first(self) -> int:
        """Do what was written down, and return the first cluster."""
        if not self.spot:
            self.value = self.value.tolist()
            self.heap, self.spot = list(range(len(self.value))), list(range(len(self.value)))
            for i in reversed(range(len(self.heap) // 2)):
                self._sink(i)
        for entry in self.todo:
            if entry is None:
                self._take_out()
            else:
                clusters, values = (np.ravel(part).tolist() for part in entry)
                for cluster, value in zip(clusters, values, strict=True):
                    self._set(cluster, value)
        self.todo.clear()
        return self.heap[0]

    def _take_out(self):
        last = self.heap.pop()
        if self.heap:
            self._place(0, last)
            self._sink(0)

    def _set(self, cluster, value):
        if cluster >= len(self.spot):  # the last of all clusters is never first
            return
        old, self.value[cluster] = self.value[cluster], value
        (self._rise if value < old else self._sink)(self.spot[cluster])

    def _place(self, i, cluster):
        self.heap[i] = cluster
        self.spot[cluster] = i

    def _rise(self, i):
        cluster = self.heap[i]
        while i and self.value[self.heap[(i - 1) // 2]] > self.value[cluster]:
            self._place(i, self.heap[(i - 1) // 2])
            i = (i - 1) // 2
        self._place(i, cluster)

    def _sink(self, i):
        cluster = self.heap[i]
        while 2 * i + 1 < len(self.heap):
            child = 2 * i + 1
            values = [self.value[c] for c in self.heap[child : child + 2]]
            if values[1:] and values[1] < values[0]:
                child += 1
            if self.value[cluster] <= self.value[self.heap[child]]:
                break
            self._place(i, self.heap[child])
            i = child
        self._place(i, cluster)
