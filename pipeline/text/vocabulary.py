"""Decides how long what follows from a string alone is remembered where it is asked for in columns: as long as the strings are numbered.
It changes no result, only its cost.

Strings get numbers as they are first met. What a function says of them stands in columns of whole numbers, in the order of those
numbers, so that it is looked up for all words of a batch at once; strings among the answers are numbered as well.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Strings:
    """The numbers of distinct strings, in the order in which they were first asked for; `listed` has the strings by number.

    >>> strings = Strings()
    >>> strings.numbers(["b", "a", "b"]).tolist(), strings.listed, strings.taken(np.array([1, 1])).to_pylist()
    ([0, 1, 0], ['b', 'a'], ['a', 'a'])
    """

    def __init__(self) -> None:
        self.listed: list[str] = []
        self._numbers: dict[str, int] = {}
        self._written = pa.array([], pa.string())

    def __len__(self) -> int:
        return len(self.listed)

    def known(self, strings: Iterable[str]) -> list[int | None]:
        """The number of each string that has one already; None of others."""
        return list(map(self._numbers.get, strings))

    def numbers(self, strings: Sequence[str]) -> Numbers:
        """The number of each string."""
        found = list(map(self._numbers.get, strings))
        if None in found:
            self._add(dict.fromkeys([string for string, number in zip(strings, found, strict=True) if number is None]))
            found = list(map(self._numbers.get, strings))
        return np.array(found, np.int32)

    def numbers_in(self, strings: pa.LargeStringArray) -> Numbers:
        """The same of an array, none of whose strings is missing.

        All that are known are made a table of anew, which costs less than to look up one by one unless the array is short.
        """
        known = len(self)
        if len(strings) < known:
            encoded = strings.dictionary_encode()
            return np.asarray(self.numbers(encoded.dictionary.to_pylist())[encoded.indices.to_numpy()])
        found = pc.index_in(strings, self._all().cast(strings.type))
        numbers: Numbers = found.fill_null(-1).to_numpy().astype(np.int32)
        if found.null_count:
            is_new = numbers < 0
            encoded = strings.filter(pa.array(is_new)).dictionary_encode()
            self._add(encoded.dictionary.to_pylist())
            numbers[is_new] = known + encoded.indices.to_numpy()
        return numbers

    def _add(self, new: Collection[str]) -> None:
        self._numbers.update(zip(new, range(len(self), len(self) + len(new)), strict=True))
        self.listed += new

    def taken(self, numbers: npt.NDArray[np.integer]) -> pa.StringArray:
        """The strings that have these numbers."""
        return self._all().take(pa.array(numbers))

    def _all(self) -> pa.StringArray:
        written = len(self._written)
        if written < len(self.listed):
            self._written = pa.concat_arrays([self._written, pa.array(self.listed[written:], pa.string())])
        return self._written


class Columns:
    """Columns of whole numbers, to which rows are added."""

    def __init__(self, width: int) -> None:
        self._values: Numbers = np.zeros((width, 0), np.int32)
        self._n = 0

    @property
    def values(self) -> Numbers:
        """Rows of one number a row, as many as there are columns."""
        return self._values[:, : self._n]

    @property
    def room(self) -> int:
        """How many rows there can be before more room is made."""
        return int(self._values.shape[1])

    def extend_to(self, n: int) -> None:
        """Adds rows of zeros until there are so many."""
        width, room = self._values.shape
        if n > room:
            wider = np.zeros((width, max(n, 2 * room)), np.int32)
            wider[:, : self._n] = self.values
            self._values = wider
        self._n = max(n, self._n)

    def add(self, rows: Numbers) -> None:
        """Adds rows; `rows` holds the columns, one after the other."""
        first = self._n
        self.extend_to(first + rows.shape[1])
        self._values[:, first : self._n] = rows


Asked = Callable[[list[str], Strings], Iterable[Sequence[int] | npt.NDArray[Any]]]
"""A pure function of strings: columns of whole numbers; those of strings are given by the second argument."""


class Answers:
    """What a function says of strings, by their numbers; of each it is asked once.

    >>> strings = Strings()
    >>> answers = Answers(strings, lambda words, numbers: (list(map(len, words)), numbers.numbers([word[:1] for word in words])))
    >>> answers.of(strings.numbers(["bab", "a"])).tolist(), strings.listed
    ([[3, 1], [2, 1]], ['bab', 'a', 'b'])
    """

    def __init__(self, strings: Strings, asked: Asked, named: Strings | None = None) -> None:
        """`named` numbers the strings among the answers; the asked ones by default."""
        self._strings, self._asked, self._named = strings, asked, strings if named is None else named
        self._columns = Columns(len(list(asked([], self._named))))
        self._is_known = np.zeros(0, np.bool_)

    def of(self, numbers: Ints) -> Numbers:
        """The answers about strings, a row for each column."""
        self._columns.extend_to(len(self._strings))
        if more := self._columns.room - len(self._is_known):
            self._is_known = np.append(self._is_known, np.zeros(more, np.bool_))
        is_known = self._is_known[numbers]
        if not is_known.all():
            is_asked = np.zeros(len(self._strings), np.bool_)
            is_asked[numbers[~is_known]] = True
            self._ask(np.flatnonzero(is_asked))
        return np.take(self._columns.values, numbers, axis=1)

    def _ask(self, new: Ints) -> None:
        listed = self._strings.listed
        said = self._asked([listed[number] for number in new.tolist()], self._named)
        for column, answers in zip(self._columns.values, said, strict=True):
            column[new] = answers
        self._is_known[new] = True
