"""The tasks in numpy, a batch at a time: what is drawn, and what is right. Inputs are [rows, longest] symbols, padded on the right."""

import numpy as np


def uniform_bits(rng, lengths, longest):
    return rng.integers(0, 2, (len(lengths), longest)) * inside(lengths, longest)


def uniform_subset(rng, lengths, longest, counts):
    """A uniform choice of so many places of each row, as ones."""
    keys = np.where(inside(lengths, longest), rng.random((len(lengths), longest)), 2.0)
    return (keys.argsort(1).argsort(1) < counts[:, None]).astype(np.int64)


def inside(lengths, longest):
    return np.arange(longest) < lengths[:, None]


class Parity:
    input, output = ["0", "1"], ["even", "odd"]
    trace = ["0", "1", "even", "odd"]

    def sample(self, rng, lengths, longest):
        return uniform_bits(rng, lengths, longest)

    def answers(self, inputs, lengths):
        return inputs.sum(1, keepdims=True) % 2, np.ones_like(lengths)

    def answer_length(self, length):
        return 1

    def traces(self, inputs):
        """Each symbol and the parity so far: [rows, 2 longest], ids of the trace alphabet"""
        return np.stack([inputs, 2 + inputs.cumsum(1) % 2], 2).reshape(len(inputs), -1)

    def trace_length(self, length):
        return 2 * length


class Reversal:
    input = output = ["0", "1"]

    def sample(self, rng, lengths, longest):
        return uniform_bits(rng, lengths, longest)

    def answers(self, inputs, lengths):
        places = np.maximum(lengths[:, None] - 1 - np.arange(inputs.shape[1]), 0)
        return np.take_along_axis(inputs, places, 1), lengths

    def answer_length(self, length):
        return length


class Majority:
    input = output = ["0", "1"]

    def sample(self, rng, lengths, longest):
        """The number of ones is uniform in 0..length without a tie."""
        is_even = lengths % 2 == 0
        drawn = rng.integers(0, np.where(is_even, lengths, lengths + 1))
        return uniform_subset(rng, lengths, longest, drawn + (is_even & (drawn >= lengths / 2)))

    def answers(self, inputs, lengths):
        return (2 * inputs.sum(1, keepdims=True) > lengths[:, None]).astype(np.int64), np.ones_like(lengths)

    def answer_length(self, length):
        return 1


class Counting:
    input, output = ["a", "b"], ["/", "end"]

    def sample(self, rng, lengths, longest):
        """The number of a's (symbol 0) is uniform in 0..length."""
        return (1 - uniform_subset(rng, lengths, longest, rng.integers(0, lengths + 1))) * inside(lengths, longest)

    def answers(self, inputs, lengths):
        """As many marks (0) as there are a's, then ends (1): the marks and one end are scored."""
        counts = lengths - inputs.sum(1)
        return (np.arange(inputs.shape[1] + 1) >= counts[:, None]).astype(np.int64), counts + 1

    def answer_length(self, length):
        return length + 1


columns = {"parity": Parity(), "reversal": Reversal(), "majority": Majority(), "counting": Counting()}
