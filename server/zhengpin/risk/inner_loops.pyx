# cython: language_level=3, wraparound=False, cdivision=True
# distutils: extra_compile_args = -O3
"""What a model does for every column, tree or question of a row, compiled: a row has thousands of them.

Each adds to what it is given, so that the caller says what is counted from. Whatever lies beyond an array is an
`IndexError`; arrays of other types or shapes are a `ValueError`.
"""

cimport cython
from libc.math cimport NAN, isnan


def read_features(dict values, tuple numbers, tuple choices, double[::1] row):
    """Write a row, (features,): by name what stands for itself, a number or a boolean, and 0 or 1 for each choice.

    `numbers` has a name for each place; `choices` says of further names at which places which choice stands. What is
    not known is NaN. Raises `TypeError` for what should be a number and is none.
    """
    cdef Py_ssize_t place
    for place, name in enumerate(numbers):
        value = values.get(name)
        row[place] = NAN if value is None else value
    for name, places in choices:
        value = values.get(name)
        if value is not None:
            one = isinstance(value, str)
            for place, choice in places:
                row[place] = value == choice if one else choice in value


def add_surprisals(
    const double[:, :] rows, const Py_ssize_t[:] parts, const double[:, ::1] knots, const Py_ssize_t[::1] many,
    const float[:, :, :, ::1] tables, double[:, :] sums,
):
    """Add to both views, (2, rows), what each column of a row says: by the value's place among the column's knots.

    Each column has so many knots; the tables are parts × columns × places × views, the last place a missing value's.
    """
    cdef Py_ssize_t row, part, column, low, high, middle, place, missing = tables.shape[2] - 1
    cdef double value
    for row in range(rows.shape[0]):
        part = parts[row]
        for column in range(knots.shape[0]):
            value = rows[row, column]
            if isnan(value):
                place = missing
            else:
                low, high = 0, many[column]
                while low < high:
                    middle = (low + high) // 2
                    if knots[column, middle] < value:
                        low = middle + 1
                    else:
                        high = middle
                place = 2 * low + (low < many[column] and knots[column, low] == value)
            sums[0, row] += tables[part, column, place, 0]
            sums[1, row] += tables[part, column, place, 1]


cdef packed struct Cut:
    double threshold
    int feature
    int left


def add_lengths(
    const double[:, :] rows, const Py_ssize_t[::1] roots, const Cut[::1] cuts, const double[::1] length,
    Py_ssize_t depth, double[::1] sums,
):
    """Add to each row, (rows,), over all trees the length of the leaf that it comes to in so many cuts at most.

    A value above a cut's threshold goes to the node after its left one; a leaf leads to itself.
    """
    cdef Py_ssize_t row, tree, node, step
    for row in range(rows.shape[0]):
        for tree in range(roots.shape[0]):
            node = roots[tree]
            for step in range(depth):
                if cuts[node].left == node:
                    break
                node = cuts[node].left + (rows[row, cuts[node].feature] > cuts[node].threshold)
            sums[row] += length[node]


@cython.boundscheck(False)  # the checks would take half as long again; what is asked for is looked at beforehand
def answer(
    const double[:, :] rows, const long[:, ::1] features, const double[:, ::1] thresholds,
    const unsigned char[:, ::1] unknown_left, unsigned char[:, ::1] patterns,
):
    """Write by row and tree the pattern of its answers: bit q is set where the answer to question q is "right"."""
    cdef Py_ssize_t row, tree, question
    cdef double value
    cdef int right, pattern
    for row in range(rows.shape[0]):
        for tree in range(features.shape[0]):
            pattern = 0
            for question in range(features.shape[1]):
                value = rows[row, features[tree, question]]
                # All without a branch, which the processor would have to guess. Only an unknown value is not itself.
                right = (value > thresholds[tree, question]) | ((value != value) & (unknown_left[tree, question] ^ 1))
                pattern |= right << question
            patterns[row, tree] = pattern


def add_answers(const double[:, ::1] leaves, const unsigned char[:, :] patterns, double[::1] sums):
    """Add to each row, (rows,), of each tree of depth three the leaf, (trees, leaves), that its pattern leads to."""
    cdef Py_ssize_t row, tree
    cdef int pattern, first, second, third
    for row in range(patterns.shape[0]):
        for tree in range(leaves.shape[0]):
            pattern = patterns[row, tree]
            first = pattern & 1
            second = pattern >> (1 + first) & 1
            third = pattern >> (3 + 2 * first + second) & 1
            sums[row] += leaves[tree, 4 * first + 2 * second + third]


def add_shares(
    const double[:, :, ::1] shares, const unsigned char[:, :] patterns, const long[:, ::1] features, double[:, ::1] sums
):
    """Add to each feature of a row, (rows, features), its questions' shares, (trees, patterns, questions)."""
    cdef Py_ssize_t row, tree, question
    for row in range(patterns.shape[0]):
        for tree in range(features.shape[0]):
            for question in range(features.shape[1]):
                sums[row, features[tree, question]] += shares[tree, patterns[row, tree], question]
