"""State spaces: S4D and LRU (the same for every token), Mamba, Mamba-2 and PD-SSM (functions of the token)."""

import math

import torch
from torch.nn import functional as F

from frame import (
    feed_forward,
    heads,
    linear,
    merged,
    over_time,
    residual_blocks,
    root_mean_square_norm,
    short_convolution,
)
from linear_attention import fading_memory


def with_feed_forward(name, branch):
    def row(scope, h, tokens):
        branches = {name: lambda inner, x: branch(inner, h, x), "feedForward": feed_forward}
        return residual_blocks(scope, tokens, h["layers"], lambda _: branches)

    return row


def gated_output(scope, y):
    """(y W + b) sigmoid(y U + c) of y = relu(what the state says)"""
    y = torch.relu(y)
    return linear(scope / "value", y) * torch.sigmoid(linear(scope / "gate", y))


def s4d(scope, _, x):
    """Gu et al. 2022: per channel a diagonal system dh = A h + B u, B = 1, zero-order hold; y = 2 Re(C h) + skip u"""
    step = torch.exp(scope["logStep"])  # [width, 1]
    a = torch.complex(-torch.exp(scope["logRealA"]), scope["imaginaryA"])
    c = torch.complex(scope["c.re"], scope["c.im"])
    transition = torch.exp(step * a)
    into = (transition - 1) / a
    state = torch.zeros(x.shape[0], *a.shape, dtype=torch.complex128)

    def advance(now):
        nonlocal state
        state = transition * state + into * now.unsqueeze(-1)
        return 2 * (c * state).real.sum(-1) + scope["skip"] * now

    return gated_output(scope, over_time(advance, x))


def lru(scope, _, x):
    """Orvieto et al. 2023, section 3: lambda = exp(-exp(nu) + i exp(theta)); y = Re(C h) + skip x"""
    turn = torch.exp(torch.complex(-torch.exp(scope["nu"]), torch.exp(scope["theta"])))
    size = turn.shape[0]
    into = torch.complex(*linear(scope / "input", x).chunk(2, -1)) * torch.exp(scope["logGamma"])
    weight = scope["output.weight"]
    out = torch.complex(weight[:size], -weight[size:])  # Re(h C) = Re h Re C - Im h Im C
    state = torch.zeros_like(into[:, 0])

    def advance(now, given):
        nonlocal state
        state = turn * state + given
        return (state @ out).real + scope["skip"] * now

    return gated_output(scope, over_time(advance, x, into))


def pd_ssm(scope, h, x):
    """Terzic et al. 2025: h_t = P_t (D_t * h_{t-1}) + x_t B, one 1 in every column of P_t, D_t complex.

    The gradient of the hard choice is that of the softmax over every column.
    """
    n = h["stateSize"]
    shares = torch.softmax(linear(scope / "select", x), -1)
    scores = (shares @ scope["dictionary"]).reshape(*x.shape[:2], n, n)
    soft = torch.softmax(scores, -2)  # over the rows of every column
    hard = F.one_hot(soft.argmax(-2), n).transpose(-1, -2).to(soft.dtype)
    moves = hard + soft - soft.detach()
    angle = 2 * math.pi * torch.sigmoid(linear(scope / "angle", x))
    turns = torch.polar(torch.sigmoid(linear(scope / "radius", x)), angle)
    into = torch.complex(*linear(scope / "input", x).chunk(2, -1))
    state = torch.zeros_like(into[:, 0])
    state[:, 0] = 1

    def advance(move, turn, given):
        nonlocal state
        state = torch.einsum("brc,bc->br", move.to(turn.dtype), turn * state) + given
        return torch.cat([state.real, state.imag], -1)

    return linear(scope / "output", over_time(advance, moves, turns, into))


def mamba(transition):
    """Gu and Dao 2023, algorithm 2; `transition` makes the factor of the state from D A."""

    def branch(scope, h, x):
        n = h["stateSize"]
        u = F.silu(short_convolution(scope / "convolution", linear(scope / "input", x)))
        chosen = linear(scope / "select", u)
        low, b, c = chosen.split([chosen.shape[-1] - 2 * n, n, n], -1)
        delta = F.softplus(linear(scope / "stepSize", low))
        a = -torch.exp(scope["logA"])  # [inner, n]
        state = x.new_zeros(x.shape[0], *a.shape)

        def advance(now, d, write, look):
            nonlocal state
            state = transition(d.unsqueeze(-1) * a) * state + (d * now).unsqueeze(-1) * write.unsqueeze(1)
            return (state * look.unsqueeze(1)).sum(-1) + scope["skip"] * now

        return linear(scope / "output", over_time(advance, u, delta, b, c) * F.silu(linear(scope / "gate", x)))

    return branch


def mamba_2(scope, h, x):
    """Dao and Gu 2024, sections 3 and 7: one decay exp(-D exp(logA)) per head, B and C shared by all heads."""
    n, count = h["stateSize"], h["heads"]
    mixed = F.silu(short_convolution(scope / "convolution", linear(scope / "input", x)))
    u, b, c = mixed.split([mixed.shape[-1] - 2 * n, n, n], -1)
    u = heads(u, count)
    delta = F.softplus(linear(scope / "stepSize", x)).unsqueeze(-1)  # [batch, time, heads, 1]
    decay = torch.exp(-delta * torch.exp(scope["logA"]).unsqueeze(-1))
    b, c = (part.unsqueeze(2).expand(-1, -1, count, -1) for part in (b, c))
    y = merged(fading_memory(c, b, delta * u, decay) + scope["skip"] * u)
    return linear(scope / "output", root_mean_square_norm(scope / "outputNorm", y * F.silu(linear(scope / "gate", x))))


def mixer(branch):
    def row(scope, h, tokens):
        branches = {"mixer": lambda inner, x: branch(inner, h, x)}
        return residual_blocks(scope, tokens, h["layers"], lambda _: branches, norm=root_mean_square_norm)

    return row


rows = {
    "s4d": with_feed_forward("stateSpace", s4d),
    "lru": with_feed_forward("recurrence", lru),
    "pd-ssm": with_feed_forward("stateSpace", pd_ssm),
    "mamba": mixer(mamba(torch.exp)),
    # Grazzi et al. 2025: eigenvalues from -1
    "mamba-negative": mixer(mamba(lambda exponent: 2 * torch.exp(exponent) - 1)),
    "mamba-2": mixer(mamba_2),
}
