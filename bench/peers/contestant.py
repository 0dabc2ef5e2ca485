"""What the two Python contestants share: the row they are given, and the conversation with run.mjs."""

import json
import sys
import time
from pathlib import Path

import numpy as np

# The optimiser of the zoo (registry/protocol.ts), at a constant learning rate.
LEARNING_RATE, BETA1, BETA2, EPSILON, WEIGHT_DECAY, CLIP_NORM = 1e-3, 0.9, 0.99, 1e-8, 0.01, 1.0
LAYER_NORM_EPSILON = 1e-5
LARGEST_KEY = 30.0


class Row:
    """A model to build, its initial weights by the names the zoo gives them, and one batch."""

    def __init__(self, folder: str, options: dict):
        row = json.loads((Path(folder) / "row.json").read_text())
        self.architecture: str = row["architecture"].removeprefix("cot-")
        self.hyperparameters: dict = row["hyperparameters"]
        self.batch, self.time, self.vocabulary = row["batch"], row["tokens"], row["vocabulary"]
        self.threads: int = options["threads"]
        self.form: str = options.get("form", "parallel")
        self.compile: bool = options.get("compile", False)
        self.limit: int = row.get("limit", 0)  # tokens to decode
        flat = np.fromfile(Path(folder) / "weights.f32", np.float32)
        self.weights, start = {}, 0
        for name, shape in row["parameters"]:
            size = int(np.prod(shape))
            self.weights[name] = flat[start : start + size].reshape(shape)
            start += size
        read = lambda name: np.fromfile(Path(folder) / name, np.int32).reshape(self.batch, self.time)
        self.tokens, self.targets = read("tokens.i32"), read("targets.i32")


def sinusoidal(time: int, width: int) -> np.ndarray:
    """sin and cos of t / 10000^(i / half): [time, width]"""
    half = width // 2
    angles = np.arange(time)[:, None] * 10000.0 ** (-np.arange(half) / half)
    return np.concatenate([np.sin(angles), np.cos(angles)], 1).astype(np.float32)


def converse(make_step, first: int = 5) -> None:
    """Builds the contestant, tells what its first steps returned, then takes as many as each line of standard input asks for.

    make_step(row) -> (step, version); step() takes one whole training step and returns its loss as a float,
    so that every step is waited for. Likewise a whole decoding, which returns the tokens said.
    """
    row = Row(sys.argv[1], json.loads(sys.argv[2]))
    step, version = make_step(row)
    say = lambda message: print(json.dumps(message), flush=True)
    say({"version": version, "first": [step() for _ in range(first)]})
    for line in sys.stdin:
        times = []
        for _ in range(json.loads(line)["steps"]):
            started = time.perf_counter()
            step()
            times.append(1000 * (time.perf_counter() - started))
        say({"milliseconds": times})
