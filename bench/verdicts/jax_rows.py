"""The rows in JAX, initialised as in the zoo. forward(p, tokens [rows, time], positions [rows, columns]) -> logits there."""

import math

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax


class Weights:
    """Declares parameters by name with what draws them."""

    def __init__(self):
        self.draws = {}

    def add(self, name, shape, draw):
        self.draws[name] = lambda rng: draw(rng, shape).astype(np.float32)

    def dense(self, name, inputs, outputs, bias=True, bound=None):
        deviation = inputs**-0.5
        draw = (lambda rng, s: deviation * rng.normal(size=s)) if bound is None else uniform(-bound, bound)
        self.add(f"{name}.weight", (inputs, outputs), draw)
        if bias:
            self.add(f"{name}.bias", (outputs,), constant(0.0))

    def norm(self, name, width, bias=True):
        self.add(f"{name}.gain", (width,), constant(1.0))
        if bias:
            self.add(f"{name}.bias", (width,), constant(0.0))

    def initial(self, rng):
        return {name: draw(rng) for name, draw in self.draws.items()}


constant = lambda value: lambda rng, shape: np.full(shape, value)
given = lambda values: lambda rng, shape: np.broadcast_to(values, shape)
uniform = lambda low, high: lambda rng, shape: rng.uniform(low, high, shape)
normal = lambda rng, shape: rng.normal(size=shape)


def dense(p, name, x):
    y = x @ p[f"{name}.weight"]
    return y + p[f"{name}.bias"] if f"{name}.bias" in p else y


def layer_norm(p, name, x):
    centred = x - x.mean(-1, keepdims=True)
    return centred * lax.rsqrt((centred * centred).mean(-1, keepdims=True) + 1e-5) * p[f"{name}.gain"] + p[f"{name}.bias"]


def rms_norm(p, name, x):
    return x * lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-5) * p[f"{name}.gain"]


def chosen(x, positions):
    return jnp.take_along_axis(x, positions[..., None], 1)


# -- Recurrent networks ------------------------------------------------------------------------------------------------


def recurrent(w, v, embeddingWidth, hiddenSize, layers, kind):
    gates, bound = (4 if kind == "lstm" else 3) * hiddenSize, hiddenSize**-0.5
    w.add("embedding", (v, embeddingWidth), normal)
    w.dense("input", embeddingWidth, gates, bound=bound)
    w.dense("hidden", hiddenSize, gates, bias=kind == "gru", bound=bound)
    if kind == "lstm":
        w.add("input.bias", (gates,), given(np.repeat([0.0, 1.0, 0.0, 0.0], hiddenSize)))
    w.dense("readout", hiddenSize, v)

    def lstm(p, state, x):
        hidden, cell = state
        i, f, g, o = jnp.split(x + dense(p, "hidden", hidden), 4, -1)
        cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
        hidden = jax.nn.sigmoid(o) * jnp.tanh(cell)
        return (hidden, cell), hidden

    def gru(p, hidden, x):
        (xr, xz, xn), (hr, hz, hn) = jnp.split(x, 3, -1), jnp.split(dense(p, "hidden", hidden), 3, -1)
        z = jax.nn.sigmoid(xz + hz)
        new = jnp.tanh(xn + jax.nn.sigmoid(xr + hr) * hn)
        hidden = new + z * (hidden - new)
        return hidden, hidden

    def forward(p, tokens, positions):
        x = dense(p, "input", p["embedding"][tokens.T])
        zeros = jnp.zeros((len(tokens), hiddenSize))
        step, state = (lstm, (zeros, zeros)) if kind == "lstm" else (gru, zeros)
        _, outputs = lax.scan(lambda s, at: step(p, s, at), state, x)
        return dense(p, "readout", chosen(outputs.swapaxes(0, 1), positions))

    return forward


def stack_rnn(w, v, embeddingWidth, hiddenSize, stackWidth, memory, layers):
    bound = hiddenSize**-0.5
    w.add("embedding", (v, embeddingWidth), normal)
    w.dense("input", embeddingWidth, hiddenSize, bound=bound)
    w.dense("hidden", hiddenSize, hiddenSize, bias=False, bound=bound)
    w.dense("memory", stackWidth, hiddenSize, bias=False)
    w.dense("action", hiddenSize, 3)
    w.dense("value", hiddenSize, stackWidth)
    w.dense("readout", hiddenSize, v)

    def forward(p, tokens, positions):
        rows, time = tokens.shape
        cells = min(memory["training"], time)

        def step(state, x):
            hidden, stack = state
            hidden = jnp.tanh(x + dense(p, "hidden", hidden) + dense(p, "memory", stack[:, 0]))
            push, pop, keep = jnp.split(jax.nn.softmax(dense(p, "action", hidden))[:, :, None], 3, 1)
            lowered = jnp.concatenate([dense(p, "value", hidden)[:, None], stack[:, :-1]], 1)
            raised = jnp.pad(stack[:, 1:], ((0, 0), (0, 1), (0, 0)))
            return (hidden, push * lowered + pop * raised + keep * stack), hidden

        state = (jnp.zeros((rows, hiddenSize)), jnp.zeros((rows, cells, stackWidth)))
        _, outputs = lax.scan(step, state, dense(p, "input", p["embedding"][tokens.T]))
        return dense(p, "readout", chosen(outputs.swapaxes(0, 1), positions))

    return forward


# -- Residual blocks ---------------------------------------------------------------------------------------------------


def heads_of(x, heads, parts=3):
    """[rows, time, parts width] -> parts times [rows, heads, time, head_width]"""
    rows, time, width = x.shape
    return x.reshape(rows, time, parts, heads, width // parts // heads).transpose(2, 0, 3, 1, 4)


def joined(x):
    rows, heads, time, width = x.shape
    return x.swapaxes(1, 2).reshape(rows, time, heads * width)


def turned(x, at):
    """x [rows, heads, time, head_width] at positions [time]"""
    half = x.shape[-1] // 2
    angles = at[:, None] * 10000.0 ** (-np.arange(half) / half)
    first, second = jnp.split(x, 2, -1)
    cosine, sine = jnp.cos(angles), jnp.sin(angles)
    return jnp.concatenate([first * cosine - second * sine, first * sine + second * cosine], -1)


def attention(w, name, width, heads, rotary=False):
    w.dense(f"{name}.queryKeyValue", width, 3 * width)
    w.dense(f"{name}.output", width, width)

    def forward(p, x):
        query, key, value = heads_of(dense(p, f"{name}.queryKeyValue", x), heads)
        time = x.shape[1]
        if rotary:
            query, key = turned(query, np.arange(time)), turned(key, np.arange(time))
        score = query @ key.swapaxes(-1, -2) * (width // heads) ** -0.5
        weights = jax.nn.softmax(jnp.where(np.tri(time, dtype=bool), score, -1e9), -1)
        return dense(p, f"{name}.output", joined(weights @ value))

    def extend(p, x, cache, at):
        """One token [rows, 1, width] at the position `at` of all rows"""
        query, key, value = heads_of(dense(p, f"{name}.queryKeyValue", x), heads)
        if rotary:
            query, key = turned(query, at[None]), turned(key, at[None])
        keys = lax.dynamic_update_slice_in_dim(cache[0], key, at, 2)
        values = lax.dynamic_update_slice_in_dim(cache[1], value, at, 2)
        score = query @ keys.swapaxes(-1, -2) * (width // heads) ** -0.5
        weights = jax.nn.softmax(jnp.where(jnp.arange(keys.shape[2]) <= at, score, -1e9), -1)
        return dense(p, f"{name}.output", joined(weights @ values)), (keys, values)

    cache = lambda rows, longest: tuple(jnp.zeros((rows, heads, longest, width // heads)) for _ in range(2))
    return forward, extend, cache


def linear_attention(w, name, width, heads):
    w.dense(f"{name}.queryKeyValue", width, 3 * width)
    w.dense(f"{name}.output", width, width)

    def forward(p, x):
        query, key, value = heads_of(dense(p, f"{name}.queryKeyValue", x), heads)
        similarity = (jax.nn.elu(query) + 1) @ (jax.nn.elu(key) + 1).swapaxes(-1, -2)
        weights = similarity * np.tri(x.shape[1], dtype=np.float32)
        return dense(p, f"{name}.output", joined(weights @ value / weights.sum(-1, keepdims=True)))

    return forward


def feed_forward(w, name, width, factor):
    w.dense(f"{name}.expand", width, factor * width)
    w.dense(f"{name}.contract", factor * width, width)
    return lambda p, x: dense(p, f"{name}.contract", jax.nn.relu(dense(p, f"{name}.expand", x)))


def gated_feed_forward(w, name, width, factor):
    w.dense(f"{name}.gate", width, factor * width, bias=False)
    w.dense(f"{name}.expand", width, factor * width, bias=False)
    w.dense(f"{name}.contract", factor * width, width, bias=False)
    hidden = lambda p, x: jax.nn.silu(dense(p, f"{name}.gate", x)) * dense(p, f"{name}.expand", x)
    return lambda p, x: dense(p, f"{name}.contract", hidden(p, x))


def delayed(x, lag=1):
    return jnp.pad(x, ((0, 0), (lag, 0), (0, 0)))[:, : x.shape[1]]


def mixes(w, name, width, ratio, parts):
    for part in parts:
        w.add(f"{name}.mix.{part}", (width,), given((np.arange(width) / width) ** (1 - ratio)))


def blend(p, name, x, previous):
    return previous + (x - previous) * p[name]


def time_mixing(w, name, width, layer, layers):
    parts = ("key", "value", "receptance")
    mixes(w, name, width, layer / layers, parts)
    for part in (*parts, "output"):
        w.dense(f"{name}.{part}", width, width, bias=False)
    spread = 0.7 + 1.3 * layer / max(1, layers - 1)
    w.add(f"{name}.decay", (width,), given(-5 + 8 * (np.arange(width) / max(1, width - 1)) ** spread))
    w.add(f"{name}.bonus", (width,), given(math.log(0.3) + 0.5 * ((np.arange(width) + 1) % 3 - 1)))

    def forward(p, x):
        previous, time = delayed(x), x.shape[1]
        key, value, receptance = (dense(p, f"{name}.{part}", blend(p, f"{name}.mix.{part}", x, previous)) for part in parts)
        decay, bonus = jnp.exp(p[f"{name}.decay"]), jnp.exp(p[f"{name}.bonus"])
        lag = np.arange(time)[:, None] - np.arange(time)
        past = lag > 0
        kernel = jnp.exp(-decay[:, None, None] * ((lag - 1) * past)) * past + bonus[:, None, None] * np.eye(time, dtype=np.float32)
        weight = jnp.exp(jnp.clip(key, -30, 30))
        sums = kernel @ jnp.concatenate([weight * value, weight]).transpose(2, 1, 0)  # [width, time, 2 rows]
        numerator, denominator = jnp.split(sums, 2, 2)
        return dense(p, f"{name}.output", jax.nn.sigmoid(receptance) * (numerator / denominator).transpose(2, 1, 0))

    return forward


def channel_mixing(w, name, width, factor, ratio):
    mixes(w, name, width, ratio, ("key", "receptance"))
    w.dense(f"{name}.key", width, factor * width, bias=False)
    w.dense(f"{name}.receptance", width, width, bias=False)
    w.dense(f"{name}.value", factor * width, width, bias=False)

    def forward(p, x):
        previous = delayed(x)
        hidden = jax.nn.relu(dense(p, f"{name}.key", blend(p, f"{name}.mix.key", x, previous))) ** 2
        gate = jax.nn.sigmoid(dense(p, f"{name}.receptance", blend(p, f"{name}.mix.receptance", x, previous)))
        return gate * dense(p, f"{name}.value", hidden)

    return forward


def short_convolution(w, name, width, taps, bias=True):
    bound = taps**-0.5
    w.add(f"{name}.no_decay", (taps, width), uniform(-bound, bound))
    if bias:
        w.add(f"{name}.bias", (width,), uniform(-bound, bound))

    def forward(p, x):
        y = sum(delayed(x, lag) * p[f"{name}.no_decay"][lag] for lag in range(taps))
        return y + p[f"{name}.bias"] if bias else y

    return forward


def selective_state_space(w, name, width, expansion, stateSize, taps):
    inner, rank = expansion * width, math.ceil(width / 16)
    w.dense(f"{name}.input", width, inner, bias=False)
    convolution = short_convolution(w, f"{name}.convolution", inner, taps)
    w.dense(f"{name}.select", inner, rank + 2 * stateSize, bias=False)
    w.dense(f"{name}.stepSize", rank, inner)
    log_uniform = lambda rng, shape: np.log(np.expm1(np.exp(rng.uniform(math.log(1e-3), math.log(1e-1), shape))))
    w.add(f"{name}.stepSize.bias", (inner,), log_uniform)
    w.add(f"{name}.logA.no_decay", (stateSize, inner), given(np.log(np.arange(1, stateSize + 1))[:, None]))
    w.add(f"{name}.skip", (inner,), constant(1.0))
    w.dense(f"{name}.gate", width, inner, bias=False)
    w.dense(f"{name}.output", inner, width, bias=False)

    def forward(p, x):
        u = jax.nn.silu(convolution(p, dense(p, f"{name}.input", x)))
        low, b, c = jnp.split(dense(p, f"{name}.select", u), [rank, rank + stateSize], -1)
        step = jax.nn.softplus(dense(p, f"{name}.stepSize", low))
        rates = -jnp.exp(p[f"{name}.logA.no_decay"])

        def update(state, at):
            step, written, b, c = at
            state = (2 * jnp.exp(step[:, None] * rates) - 1) * state + written[:, None] * b[:, :, None]
            return state, (state * c[:, :, None]).sum(1)

        first = lambda y: y.swapaxes(0, 1)
        state = jnp.zeros((len(x), stateSize, inner))
        _, y = lax.scan(update, state, (first(step), first(step * u), first(b), first(c)))
        y = first(y) + p[f"{name}.skip"] * u
        return dense(p, f"{name}.output", y * jax.nn.silu(dense(p, f"{name}.gate", x)))

    return forward


def delta_rule(w, name, width, heads, taps):
    w.dense(f"{name}.queryKeyValue", width, 3 * width, bias=False)
    convolution = short_convolution(w, f"{name}.convolution", 3 * width, taps, bias=False)
    w.dense(f"{name}.rate", width, heads, bias=False)
    w.norm(f"{name}.headNorm", width // heads, bias=False)
    w.dense(f"{name}.output", width, width, bias=False)

    def forward(p, x):
        mixed = jax.nn.silu(convolution(p, dense(p, f"{name}.queryKeyValue", x)))
        query, key, value = heads_of(mixed, heads)
        unit = lambda v: v * lax.rsqrt((v * v).sum(-1, keepdims=True) + 1e-6)
        query, key = unit(query) * (width // heads) ** -0.5, unit(key)
        beta = 2 * jax.nn.sigmoid(dense(p, f"{name}.rate", x)).swapaxes(1, 2)[..., None]
        time = x.shape[1]
        lower = beta * (key @ key.swapaxes(-1, -2)) * np.tri(time, k=-1, dtype=np.float32) + np.eye(time, dtype=np.float32)
        written = lax.linalg.triangular_solve(lower, beta * value, left_side=True, lower=True, unit_diagonal=True)
        read = (query @ key.swapaxes(-1, -2)) * np.tri(time, dtype=np.float32) @ written
        return dense(p, f"{name}.output", joined(rms_norm(p, f"{name}.headNorm", read)))

    return forward


def blocks(w, v, width, branches, norm=layer_norm, embed=None):
    """x + branch(norm(x)), a last norm, the read-out of the positions that are asked for; and greedy decoding."""
    w.add("embedding", (v, width), normal)
    for name, _ in branches:
        w.norm(f"{name}.norm", width, bias=norm is layer_norm)
    w.norm("norm", width, bias=norm is layer_norm)
    w.dense("readout", width, v)
    forward_of = lambda branch: branch[0] if isinstance(branch, tuple) else branch

    def forward(p, tokens, positions):
        x = p["embedding"][tokens]
        if embed is not None:
            x = x + embed(x.shape[1])
        for name, branch in branches:
            x = x + forward_of(branch)(p, norm(p, f"{name}.norm", x))
        return dense(p, "readout", norm(p, "norm", chosen(x, positions)))

    def decode(p, tokens, prompts, limit, end):
        """Token by token for all rows; those whose prompt is longer still read theirs. -> what is said, [rows, limit]"""
        rows, longest = len(tokens), tokens.shape[1] + limit
        given = jnp.pad(tokens, ((0, 0), (0, longest - tokens.shape[1])))

        def step(carried):
            at, token, caches, said, ended = carried
            x, next_caches = p["embedding"][token][:, None], []
            for (name, branch), cache in zip(branches, caches):
                inner = norm(p, f"{name}.norm", x)
                if isinstance(branch, tuple):
                    y, cache = branch[1](p, inner, cache, at)
                else:
                    y = branch(p, inner)
                x = x + y
                next_caches.append(cache)
            answer = dense(p, "readout", norm(p, "norm", x[:, 0])).argmax(-1).astype(jnp.int32)
            place = at - (prompts - 1)  # how many tokens were said before this one
            said = said.at[jnp.arange(rows), jnp.where((place >= 0) & (place < limit), place, limit)].set(answer, mode="drop")
            ended = ended | ((place >= 0) & (answer == end)) | (place >= limit)
            token = jnp.where(at + 1 < prompts, given[:, jnp.minimum(at + 1, longest - 1)], answer)
            return at + 1, token, next_caches, said, ended

        caches = [branch[2](rows, longest) if isinstance(branch, tuple) else None for _, branch in branches]
        said, ended = jnp.zeros((rows, limit), jnp.int32), jnp.zeros(rows, bool)
        carried = (jnp.int32(0), given[:, 0], caches, said, ended)
        return lax.while_loop(lambda c: ~c[4].all() & (c[0] < longest), step, carried)[3]

    return forward, decode


def sinusoidal(width):
    def embed(time):
        half = width // 2
        angles = np.arange(time)[:, None] * 10000.0 ** (-np.arange(half) / half)
        return np.concatenate([np.sin(angles), np.cos(angles)], 1).astype(np.float32)

    return embed


def model_of(cell):
    """-> (initial(rng), forward, decode)"""
    h, v, w = dict(cell.hyperparameters), cell.vocabulary, Weights()
    row = cell.row.removeprefix("cot-")
    if row in ("lstm", "gru"):
        return w.initial, recurrent(w, v, kind=row, **h), None
    if row == "stack-rnn":
        return w.initial, stack_rnn(w, v, **h), None
    width, layers = h["width"], range(h["layers"])
    options, branches = {}, []
    for at in layers:
        match row:
            case "transformer" | "transformer-none":
                branches.append((f"{at}.attention", attention(w, f"{at}.attention", width, h["heads"], row == "transformer")))
                branches.append((f"{at}.feedForward", feed_forward(w, f"{at}.feedForward", width, h["feedForwardFactor"])))
            case "linear-transformer":
                branches.append((f"{at}.attention", linear_attention(w, f"{at}.attention", width, h["heads"])))
                branches.append((f"{at}.feedForward", feed_forward(w, f"{at}.feedForward", width, h["feedForwardFactor"])))
                options = {"embed": sinusoidal(width)}
            case "rwkv":
                branches.append((f"{at}.time", time_mixing(w, f"{at}.time", width, at, h["layers"])))
                channel = channel_mixing(w, f"{at}.channel", width, h["feedForwardFactor"], at / h["layers"])
                branches.append((f"{at}.channel", channel))
            case "mamba-negative":
                mixer = selective_state_space(w, f"{at}.mixer", width, h["expansion"], h["stateSize"], h["taps"])
                branches.append((f"{at}.mixer", mixer))
                options = {"norm": rms_norm}
            case "deltanet-negative":
                branches.append((f"{at}.delta", delta_rule(w, f"{at}.delta", width, h["heads"], h["taps"])))
                gated = gated_feed_forward(w, f"{at}.feedForward", width, h["feedForwardFactor"])
                branches.append((f"{at}.feedForward", gated))
                options = {"norm": rms_norm}
            case _:
                raise SystemExit(f"no {cell.row} here")
    return w.initial, *blocks(w, v, width, branches, **options)
