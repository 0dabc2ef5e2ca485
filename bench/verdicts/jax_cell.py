"""A cell from its start to a finished record in JAX: the steps between two looks are one compiled scan with donated weights."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from cell import IGNORED, Cell, run
from jax_rows import model_of


class Trainer:
    pads_tests = True

    def __init__(self, cell: Cell):
        self.version = f"JAX {jax.__version__}"
        initial, self.forward, self.decoding = model_of(cell)
        parameters = initial(np.random.default_rng(cell.seed))
        self.parameter_count = sum(x.size for x in parameters.values())
        self.optimiser, self.longest = cell.protocol["optimiser"], len(cell.buckets[0])
        zeros = lambda: {name: jnp.zeros_like(x) for name, x in parameters.items()}
        self.state = ({name: jnp.asarray(x) for name, x in parameters.items()}, zeros(), zeros(), jnp.float32(0))
        self.look = jax.jit(lambda p, tokens, positions: self.forward(p, tokens, positions).argmax(-1))
        self.steps = jax.jit(self._steps, donate_argnums=0)

    def loss(self, p, tokens, positions, targets):
        log_probabilities = jax.nn.log_softmax(self.forward(p, tokens, positions))
        scored = targets != IGNORED
        right = jnp.take_along_axis(log_probabilities, jnp.where(scored, targets, 0)[..., None], -1)[..., 0]
        return -(right * scored).sum() / scored.sum()

    def _step(self, state, batch):
        p, first, second, count = state
        *sequences, rate = batch
        o = self.optimiser
        loss, gradient = jax.value_and_grad(self.loss)(p, *sequences)
        norm = jnp.sqrt(sum(jnp.vdot(g, g) for g in gradient.values()))
        scale = jnp.minimum(1.0, o["clipNorm"] / (norm + 1e-6))
        count = count + 1
        corrections = 1 - o["beta1"] ** count, 1 - o["beta2"] ** count

        def moved(name):
            g = gradient[name] * scale
            m = o["beta1"] * first[name] + (1 - o["beta1"]) * g
            v = o["beta2"] * second[name] + (1 - o["beta2"]) * g * g
            decay = o["weightDecay"] * p[name] if p[name].ndim >= 2 and "no_decay" not in name else 0.0
            return p[name] - rate * ((m / corrections[0]) / (jnp.sqrt(v / corrections[1]) + o["epsilon"]) + decay), m, v

        next_ = {name: moved(name) for name in p}
        p, first, second = ({name: each[i] for name, each in next_.items()} for i in range(3))
        return (p, first, second, count), loss

    def _steps(self, state, batches):
        return lax.scan(self._step, state, batches)

    def train(self, drawn, order, rates) -> float:
        """Every batch is padded to the largest bucket, so that there is one program and one call for all steps."""
        largest = drawn[0]

        def together(get, fill):
            widest = get(largest).shape[2:]
            whole = np.full((len(order), get(largest).shape[1], *widest), fill, np.int32)
            buckets = np.array([bucket for bucket, _ in order])
            for bucket, each in enumerate(drawn):
                values = get(each)
                whole[buckets == bucket, :, : values.shape[2]] = values
            return whole

        batches = (
            together(lambda each: each.tokens, 0),
            together(lambda each: each.positions, 0),
            together(lambda each: each.targets, IGNORED),
            rates.astype(np.float32),
        )
        self.state, losses = self.steps(self.state, batches)
        return float(losses.mean())

    def predict(self, sequences) -> np.ndarray:
        return np.asarray(self.look(self.state[0], sequences.tokens.astype(np.int32), sequences.positions.astype(np.int32)))

    def decode(self, sequences, prompts, limit, end) -> np.ndarray:
        decode = jax.jit(partial(self.decoding, limit=limit, end=end))
        return np.asarray(decode(self.state[0], sequences.tokens.astype(np.int32), prompts.astype(np.int32)))


run(Trainer)
