"""The rows in JAX: one jitted function for the whole training step, lax.scan for recurrences."""

import math

import jax
import jax.numpy as jnp
from jax import lax

from contestant import (
    BETA1, BETA2, CLIP_NORM, EPSILON, LARGEST_KEY, LAYER_NORM_EPSILON, LEARNING_RATE, WEIGHT_DECAY, Row, converse, sinusoidal,
)


def layer_norm(p, name, x):
    centred = x - x.mean(-1, keepdims=True)
    variance = (centred * centred).mean(-1, keepdims=True)
    return centred * lax.rsqrt(variance + LAYER_NORM_EPSILON) * p[f"{name}.gain"] + p[f"{name}.bias"]


def dense(p, name, x):
    y = x @ p[f"{name}.weight"]
    return y + p[f"{name}.bias"] if f"{name}.bias" in p else y


def attention(p, name, x, heads: int, linear: bool):
    batch, time, width = x.shape
    split = dense(p, f"{name}.queryKeyValue", layer_norm(p, f"{name}.norm", x)).reshape(batch, time, 3, heads, width // heads)
    query, key, value = split.transpose(2, 0, 3, 1, 4)  # [batch, heads, time, head_width] each
    causal = jnp.tril(jnp.ones((time, time), bool))
    if linear:
        similarity = (jax.nn.elu(query) + 1) @ (jax.nn.elu(key) + 1).swapaxes(-1, -2)
        weight = similarity * causal
        mixed = weight @ value / weight.sum(-1, keepdims=True)
    else:
        score = query @ key.swapaxes(-1, -2) / math.sqrt(width // heads)
        mixed = jax.nn.softmax(jnp.where(causal, score, -1e9), -1) @ value
    return x + dense(p, f"{name}.output", mixed.swapaxes(1, 2).reshape(batch, time, width))


def feed_forward(p, name, x):
    hidden = jax.nn.relu(dense(p, f"{name}.expand", layer_norm(p, f"{name}.norm", x)))
    return x + dense(p, f"{name}.contract", hidden)


def delayed(x):
    return jnp.pad(x, ((0, 0), (1, 0), (0, 0)))[:, :-1]


def weighted_mean(key, value, decay, bonus):
    """WKV of RWKV-4 as one product with a [time, time] matrix per channel."""
    time = key.shape[1]
    lag = jnp.arange(time)[:, None] - jnp.arange(time)
    past = lag > 0
    kernel = jnp.exp(-decay[:, None, None] * ((lag - 1) * past)) * past + jnp.exp(bonus)[:, None, None] * jnp.eye(time)
    weight = jnp.exp(key)
    sums = kernel @ jnp.concatenate([weight * value, weight]).transpose(2, 1, 0)  # [width, time, 2 batch]
    numerator, denominator = jnp.split(sums, 2, 2)
    return (numerator / denominator).transpose(2, 1, 0)


def weighted_mean_scan(key, value, decay, bonus):
    """The same, token by token."""
    faded, now = jnp.exp(-decay), jnp.exp(bonus)

    def update(state, at):
        (numerator, denominator), (w, v) = state, at
        output = (numerator + now * w * v) / (denominator + now * w)
        return (faded * numerator + w * v, faded * denominator + w), output

    zeros = jnp.zeros_like(key[:, 0])
    _, outputs = lax.scan(update, (zeros, zeros), (jnp.exp(key).swapaxes(0, 1), value.swapaxes(0, 1)))
    return outputs.swapaxes(0, 1)


def blend(p, name, x, previous):
    return previous + (x - previous) * p[name]


def time_mixing(p, name, residual, mean_of):
    x = layer_norm(p, f"{name}.norm", residual)
    previous = delayed(x)
    use = lambda part: dense(p, f"{name}.{part}", blend(p, f"{name}.mix.{part}", x, previous))
    key = jnp.clip(use("key"), -LARGEST_KEY, LARGEST_KEY)
    mean = mean_of(key, use("value"), jnp.exp(p[f"{name}.decay"]), p[f"{name}.bonus"])
    return residual + dense(p, f"{name}.output", jax.nn.sigmoid(use("receptance")) * mean)


def channel_mixing(p, name, residual):
    x = layer_norm(p, f"{name}.norm", residual)
    previous = delayed(x)
    use = lambda part: dense(p, f"{name}.{part}", blend(p, f"{name}.mix.{part}", x, previous))
    hidden = jax.nn.relu(use("key")) ** 2
    return residual + jax.nn.sigmoid(use("receptance")) * dense(p, f"{name}.value", hidden)


def blocks(row: Row):
    positions = jnp.asarray(sinusoidal(row.time, row.hyperparameters["width"]))
    mean_of = weighted_mean_scan if row.form == "scan" else weighted_mean

    def forward(p, tokens):
        x = p["embedding.weight"][tokens]
        if row.architecture != "rwkv":
            x = x + positions
        for layer in range(row.hyperparameters["layers"]):
            name = f"layers.{layer}"
            if row.architecture == "rwkv":
                x = channel_mixing(p, f"{name}.channelMixing", time_mixing(p, f"{name}.timeMixing", x, mean_of))
            else:
                x = attention(p, f"{name}.attention", x, row.hyperparameters["heads"], row.architecture == "linear-transformer")
                x = feed_forward(p, f"{name}.feedForward", x)
        return dense(p, "readout", layer_norm(p, "norm", x))

    return forward


def lstm(row: Row):
    def forward(p, tokens):
        from_input = dense(p, "layers.0.input", p["embedding.weight"][tokens.T])  # [time, batch, 4 hidden]

        def update(state, gates_from_input):
            hidden, cell = state
            i, f, g, o = jnp.split(gates_from_input + hidden @ p["layers.0.hidden.weight"], 4, -1)
            cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
            hidden = jax.nn.sigmoid(o) * jnp.tanh(cell)
            return (hidden, cell), hidden

        zeros = jnp.zeros((row.batch, row.hyperparameters["hiddenSize"]))
        _, outputs = lax.scan(update, (zeros, zeros), from_input)
        return dense(p, "readout", outputs).swapaxes(0, 1)

    return forward


def make_step(row: Row):
    forward = lstm(row) if row.architecture == "lstm" else blocks(row)
    tokens, targets = jnp.asarray(row.tokens), jnp.asarray(row.targets)

    def loss_of(p, tokens, targets):
        log_probabilities = jax.nn.log_softmax(forward(p, tokens))
        return -jnp.take_along_axis(log_probabilities, targets[..., None], -1).mean()

    def train(p, first, second, count, tokens, targets):
        loss, gradient = jax.value_and_grad(loss_of)(p, tokens, targets)
        norm = jnp.sqrt(sum(jnp.vdot(g, g) for g in jax.tree.leaves(gradient)))
        scale = jnp.minimum(1.0, CLIP_NORM / (norm + 1e-6))
        gradient = jax.tree.map(lambda g: g * scale, gradient)
        first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, gradient)
        second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, gradient)
        correction1, correction2 = 1 - BETA1**count, 1 - BETA2**count

        def moved(x, m, v):
            decay = WEIGHT_DECAY * x if x.ndim >= 2 else 0.0
            return x - LEARNING_RATE * ((m / correction1) / (jnp.sqrt(v / correction2) + EPSILON) + decay)

        return jax.tree.map(moved, p, first, second), first, second, count + 1, loss

    train = jax.jit(train, donate_argnums=(0, 1, 2, 3))
    p = {name: jnp.asarray(value) for name, value in row.weights.items()}
    state = [p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), jnp.float32(1)]

    def step() -> float:
        *state[:], loss = train(*state, tokens, targets)
        return float(loss)

    return step, f"jax {jax.__version__}"


converse(make_step)
