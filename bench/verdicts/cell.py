"""What the two Python contestants share, numpy alone: the cell, its sequences, the stop rule and the finished record."""

import json
import math
import sys
import time
from pathlib import Path

import numpy as np

from columns import columns, inside

IGNORED = -100  # target of a position that is not scored


class Sequences:
    """Rows of tokens, and the positions of each that are scored with what is right there, all padded on the right."""

    def __init__(self, tokens, positions, targets):
        self.tokens, self.positions, self.targets = tokens, positions, targets

    def __getitem__(self, rows):
        return Sequences(self.tokens[rows], self.positions[rows], self.targets[rows])


class Cell:
    """A row on a column with its protocol, from the file that the zoo has written: `handed-over.mjs` says what is in it."""

    def __init__(self, file: str, seed: int):
        given = json.loads(Path(file).read_text())
        self.row, self.column = given["row"], given["column"]
        self.hyperparameters, self.protocol = given["hyperparameters"], given["protocol"]
        self.parameter_count = given["parameterCount"]
        self.task = columns[self.column]
        self.thinks = given["mode"] == "chain-of-thought"
        special = ["<padding>", "<equals>", *(["<answer>", "<end>"] if self.thinks else ["<slot>"])]
        trace = self.task.trace if self.thinks else []
        self.names = list(dict.fromkeys([*special, *self.task.input, *trace, *self.task.output]))
        self.vocabulary = len(self.names)
        self.token = self.names.index
        self.output = np.array([self.token(name) for name in self.task.output])
        self.rng, self.seed = np.random.default_rng(seed), seed
        self.held_out = self._padded(given["heldOut"])
        self.tests = [(test["length"], test["range"], *self._padded(test["inputs"])) for test in given["tests"]]
        self._check_answers([test["answers"] for test in given["tests"]])
        self._reserve(given)
        self._make_buckets()

    @staticmethod
    def _padded(inputs):
        lengths = np.array([len(each) for each in inputs])
        padded = np.zeros((len(inputs), lengths.max()), np.int64)
        padded[inside(lengths, lengths.max())] = np.concatenate([np.array(each) for each in inputs])
        return padded, lengths

    def _check_answers(self, given):
        """The task is the zoo's: it answers every test input alike."""
        for (length, _, inputs, lengths), expected in zip(self.tests, given):
            answers, counts = self.task.answers(inputs, lengths)
            if any(row[:count].tolist() != right for row, count, right in zip(answers, counts, expected)):
                sys.exit(f"{self.column} is another task here than in the zoo at length {length}")

    # -- Sequences -----------------------------------------------------------------------------------------------------

    def tokens_of(self, length: int) -> int:
        """Most tokens of a sequence for inputs of this length."""
        answer = self.task.answer_length(length)
        return length + 1 + answer + (self.task.trace_length(length) + 2 if self.thinks else 0)

    def _make_buckets(self):
        """Lengths padded to one number of tokens: at most 30 % and 6 tokens of padding, as in the zoo."""
        lengths = self.protocol["trainingLengths"]
        left = list(range(lengths["maximum"], lengths["minimum"] - 1, -1))
        self.buckets = []
        while left:
            tokens = self.tokens_of(left[0])
            within = [length for length in left if self.tokens_of(length) >= tokens * 0.7 - 6]
            self.buckets.append(np.array(within))
            left = left[len(within) :]

    def encode(self, inputs, lengths, length: int) -> Sequences:
        """Sequences of inputs [rows, longest], as long as those of inputs of `length`."""
        time, at = self.tokens_of(length), np.arange(self.tokens_of(length))
        answers, counts = self.task.answers(inputs, lengths)
        ids = np.array([self.token(name) for name in self.task.input])
        rows, ends = len(inputs), lengths[:, None]
        tokens = np.full((rows, time), 0 if self.thinks else self.token("<slot>"))
        tokens[:, : inputs.shape[1]] = np.where(inside(lengths, inputs.shape[1]), ids[inputs], tokens[:, : inputs.shape[1]])
        tokens[np.arange(rows), lengths] = self.token("<equals>")
        if not self.thinks:
            answer_lengths = self.task.answer_length(lengths) + 0 * lengths
            tokens[at > ends + answer_lengths[:, None]] = 0
            columns = np.arange(min(answers.shape[1], self.task.answer_length(length)))
            positions = np.minimum(ends + 1 + columns, time - 1)
            targets = np.where(columns < counts[:, None], self.output[answers[:, columns]], IGNORED)
            return Sequences(tokens, positions, targets)
        # input = trace <answer> answer <end>: each token of the trace and all behind it are predicted from those before
        trace_ids = np.array([self.token(name) for name in self.task.trace])
        traces, trace_lengths = trace_ids[self.task.traces(inputs)], self.task.trace_length(lengths)
        width = self.task.trace_length(length) + 3
        said = np.zeros((rows, width), np.int64)
        said[:, : traces.shape[1]] = traces
        said[np.arange(width) >= trace_lengths[:, None]] = 0
        row = np.arange(rows)
        said[row, trace_lengths] = self.token("<answer>")
        said[row, trace_lengths + 1] = self.output[answers[:, 0]]
        said[row, trace_lengths + 2] = self.token("<end>")
        columns = np.arange(width)
        is_scored = columns < trace_lengths[:, None] + 3
        positions = np.minimum(ends + columns, time - 2)
        full = np.concatenate([tokens, np.zeros((rows, 1), np.int64)], 1)
        np.put_along_axis(full, np.where(is_scored, ends + 1 + columns, time), np.where(is_scored, said, 0), 1)
        return Sequences(full[:, : time - 1], positions, np.where(is_scored, said, IGNORED))

    # -- Training data -------------------------------------------------------------------------------------------------

    def _reserve(self, given):
        """Inputs that are held out or tested, of lengths that have enough: training must not draw them."""
        self.reserved = np.zeros(2 ** (self.protocol["trainingLengths"]["maximum"] + 1), bool)
        for inputs, lengths in [self.held_out, *[(i, l) for _, _, i, l in self.tests]]:
            kept = np.isin(lengths, given["keptApart"])
            if kept.any():
                self.reserved[self._codes(inputs[kept], lengths[kept])] = True

    def _codes(self, inputs, lengths):
        """A number for each input: its bits behind a one."""
        powers = 1 << np.arange(inputs.shape[1])
        return (inputs * inside(lengths, inputs.shape[1])) @ powers + (1 << lengths)

    def draw(self, steps: int):
        """The batches of so many steps, each of one bucket, as a list of (bucket, Sequences of [steps of it, rows, ...])
        and the order of the steps: (bucket, which of its batches). Lengths are uniform."""
        sizes = np.array([len(bucket) for bucket in self.buckets])
        order = self.rng.choice(len(sizes), steps, p=sizes / sizes.sum())
        rows, drawn = self.protocol["batchSize"], []
        for bucket, lengths_in in enumerate(self.buckets):
            count = int((order == bucket).sum())
            longest = int(lengths_in[0])
            lengths = self.rng.choice(lengths_in, count * rows)
            inputs = self.task.sample(self.rng, lengths, longest)
            while (again := self.reserved[self._codes(inputs, lengths)]).any():
                inputs[again] = self.task.sample(self.rng, lengths[again], longest)
            both = self.encode(inputs, lengths, longest)
            shaped = lambda x: x.reshape(count, rows, *x.shape[1:])
            drawn.append(Sequences(shaped(both.tokens), shaped(both.positions), shaped(both.targets)))
        which = np.zeros(steps, np.int64)
        for bucket in range(len(sizes)):
            which[order == bucket] = np.arange((order == bucket).sum())
        return drawn, list(zip(order.tolist(), which.tolist()))

    def held_out_sequences(self) -> Sequences:
        return self.encode(*self.held_out, self.protocol["trainingLengths"]["maximum"])

    def learning_rates(self):
        """Linear warm-up, then a cosine down to a share of the peak: one for each step."""
        optimiser, steps = self.protocol["optimiser"], self.protocol["steps"]
        warm_up = max(1, round(steps * optimiser["warmUpShare"]))
        step = np.arange(1, steps + 1)
        cosine = 0.5 * (1 + np.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))
        shares = np.where(step <= warm_up, step / warm_up, optimiser["finalShare"] + (1 - optimiser["finalShare"]) * cosine)
        return optimiser["learningRate"] * shares


def exact(predicted, targets) -> tuple:
    """Of each row whether all is right that is scored, and the share that is."""
    scored = targets != IGNORED
    hits = ((predicted == targets) & scored).sum(1)
    return hits == scored.sum(1), hits / scored.sum(1)


def run(make_trainer) -> None:
    """Trains and evaluates the cell that is asked for, and writes its record: CELL.json SEED RECORD.json

    make_trainer(cell) has `version`, `parameter_count`, `pads_tests`, `train(batches, order, rates)` -> mean loss,
    `predict(sequences)` -> tokens at the scored positions, and `decode(sequences, prompts, limit, end)` -> tokens.
    """
    file, seed, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    cell = Cell(file, seed)
    protocol, looks = cell.protocol, cell.protocol["heldOut"]
    trainer = make_trainer(cell)
    difference = abs(trainer.parameter_count - cell.parameter_count) / cell.parameter_count
    if difference > 0.01:
        sys.exit(f"{cell.row} has {cell.parameter_count} parameters in the zoo, and {trainer.parameter_count} here")
    rates, curve, held_out = cell.learning_rates(), [], cell.held_out_sequences()
    while not curve or curve[-1]["step"] < protocol["steps"]:
        step = curve[-1]["step"] if curve else 0
        steps = min(looks["every"], protocol["steps"] - step)
        loss = trainer.train(*cell.draw(steps), rates[step : step + steps])
        right, _ = exact(trainer.predict(held_out), held_out.targets)
        curve.append({"step": step + steps, "loss": loss, "exact": float(right.mean()), "at": time.time()})
        latest = curve[-looks["patience"] :]
        if len(latest) == looks["patience"] and all(look["exact"] >= looks["stopAt"] for look in latest):
            break
    lengths = evaluate(cell, trainer)
    mean = lambda name: float(np.mean([each["exact"] for each in lengths if each["range"] == name]))
    record = {
        "row": cell.row,
        "column": cell.column,
        "seed": seed,
        "parameterCount": trainer.parameter_count,
        "version": trainer.version,
        "steps": curve[-1]["step"],
        "curve": curve,
        "lengths": lengths,
        "ranges": {name: mean(name) for name in ("inRange", "near", "far")},
    }
    Path(out).write_text(json.dumps(record))


def evaluate(cell: Cell, trainer) -> list:
    """Length by length, or all tests of a range padded to its longest, so that what is compiled serves all of them."""
    groups = {}
    for test in cell.tests:
        groups.setdefault(test[1] if trainer.pads_tests else test[0], []).append(test)
    results = []
    for tests in groups.values():
        most = max(length for length, *_ in tests)
        inputs = np.concatenate([np.pad(each, ((0, 0), (0, most - each.shape[1]))) for _, _, each, _ in tests])
        lengths = np.concatenate([each for _, _, _, each in tests])
        sequences = cell.encode(inputs, lengths, most)
        if cell.thinks:
            limit = cell.task.trace_length(most) + 3
            said = trainer.decode(sequences, lengths + 1, limit, cell.token("<end>"))
            right, share = answered(said, sequences, cell)
        else:
            right, share = exact(trainer.predict(sequences), sequences.targets)
        start = 0
        for length, name, each, _ in tests:
            rows = slice(start, start + len(each))
            score = {"exact": float(right[rows].mean()), "token": float(share[rows].mean())}
            results.append({"length": length, "range": name, "sequences": len(each), **score})
            start += len(each)
    return results


def answered(said, sequences: Sequences, cell: Cell) -> tuple:
    """Whether the one symbol behind <answer> is right; a row that never says <end> has no answer. said [rows, columns]"""
    mark, end = cell.token("<answer>"), cell.token("<end>")
    first = lambda found: np.where(found.any(1), found.argmax(1), said.shape[1])
    marks, ends = first(said == mark), first(said == end)
    row = np.arange(len(said))
    answer = said[row, np.minimum(marks + 1, said.shape[1] - 1)]
    wanted = sequences.targets[row, (sequences.targets == mark).argmax(1) + 1]
    right = (ends == marks + 2) & (answer == wanted) & (ends < said.shape[1])
    return right, right.astype(float)
