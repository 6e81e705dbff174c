"""Which elements are connected by now?

Question: while links are added one at a time, how do you always know the
groups?
Chapter: 9, Linkage.
Symbols: x, y elements: anything hashable.

Each group is a tree of pointers that leads to one of its elements, the root.
Hanging the smaller group under the larger one keeps the trees flat, and each
search halves the path that it walks; together they make a search nearly free.

Sources: Tarjan and van Leeuwen 1984, Worst-case analysis of set union
algorithms.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

__all__ = ["DisjointSet"]


def root_of(parent: list[int], x: int) -> int:
    """Return the root of x in a list of pointers, and let the way there point farther up.

    The algorithms that join whole numbers keep their pointers in a plain list.
    """
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


class DisjointSet:
    """Groups of elements that can only grow together.

    Parameters
    ----------
    elements : iterable of hashable, optional
        Elements to begin with, each in a group of its own.

    Attributes
    ----------
    n_subsets : int
        The number of groups.

    References
    ----------
    Tarjan, van Leeuwen 1984, Worst-case analysis of set union algorithms.

    Examples
    --------
    >>> from clusterlib.core.disjoint_sets import DisjointSet
    >>> groups = DisjointSet("abcd")
    >>> groups.merge("a", "b"), groups.merge("b", "a")
    (True, False)
    >>> groups.connected("a", "b"), groups.n_subsets, sorted(groups.subset("a"))
    (True, 3, ['a', 'b'])
    """

    def __init__(self, elements: Iterable[Hashable] | None = None) -> None:
        self.n_subsets = 0
        self._age: dict[Hashable, int] = {}  # when each element came
        self._parent: dict[Hashable, Hashable] = {}
        self._size: dict[Hashable, int] = {}  # of the group, kept at its root
        self._next: dict[Hashable, Hashable] = {}  # a ring through each group
        for x in () if elements is None else elements:
            self.add(x)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self._age)

    def __len__(self) -> int:
        return len(self._age)

    def __contains__(self, x: Hashable) -> bool:
        return x in self._age

    def __getitem__(self, x: Hashable) -> Hashable:
        """Return the root of the group of `x`; a KeyError if `x` was never added."""
        age, parent = self._age, self._parent
        while age[x] != age[parent[x]]:  # ages, because an element may be unequal to itself
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    def add(self, x: Hashable) -> None:
        """Add `x` as a group of its own, unless it is there already."""
        if x not in self._age:
            self._age[x] = len(self._age)
            self._parent[x] = self._next[x] = x
            self._size[x] = 1
            self.n_subsets += 1

    def merge(self, x: Hashable, y: Hashable) -> bool:
        """Join the groups of `x` and `y`; tell whether they were different ones.

        The root of the larger group stays root; of equal groups, the root that was added first.
        """
        x, y = self[x], self[y]
        if self._age[x] == self._age[y]:
            return False
        if (self._size[x], -self._age[x]) < (self._size[y], -self._age[y]):
            x, y = y, x
        self._parent[y] = x
        self._size[x] += self._size[y]
        self._next[x], self._next[y] = self._next[y], self._next[x]  # two rings become one
        self.n_subsets -= 1
        return True

    def connected(self, x: Hashable, y: Hashable) -> bool:
        """Tell whether `x` and `y` are in the same group."""
        return self._age[self[x]] == self._age[self[y]]

    def subset(self, x: Hashable) -> set[Hashable]:
        """Return the group of `x`."""
        group, y = {x}, self._next[x]
        while self._age[y] != self._age[x]:
            group.add(y)
            y = self._next[y]
        return group

    def subset_size(self, x: Hashable) -> int:
        """Return the size of the group of `x`, without collecting it."""
        return self._size[self[x]]

    def subsets(self) -> list[set[Hashable]]:
        """Return all groups, in the order of their first elements."""
        groups, seen = [], set()
        for x in self:
            if x not in seen:
                group = self.subset(x)
                seen |= group
                groups.append(group)
        return groups
