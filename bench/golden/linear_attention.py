"""Memories of keys and values that are added to and fade: linear Transformer, RetNet, GLA, HGRN2, and the delta rules.

A memory S is [batch, heads, width of a key, width of a value], read as o = q S.
"""

import math

import torch
from torch.nn import functional as F

from attention import rotated
from frame import (
    feed_forward,
    gated_feed_forward,
    heads,
    linear,
    merged,
    over_time,
    residual_blocks,
    root_mean_square,
    root_mean_square_norm,
    short_convolution,
    sinusoids,
    unit,
)


def outer(key, value):
    return torch.einsum("bhk,bhv->bhkv", key, value)


def read(query, memory):
    return torch.einsum("bhk,bhkv->bhv", query, memory)


def fading_memory(query, key, value, decay):
    """S_t = diag(a_t) S_{t-1} + k_t^T v_t, o_t = q_t S_t; decay [batch, time, heads, width of a key, or 1]"""
    memory = 0.0

    def step(q, k, v, a):
        nonlocal memory
        memory = a.unsqueeze(-1) * memory + outer(k, v)
        return read(q, memory)

    return over_time(step, query, key, value, decay)


def linear_attention(h):
    """Katharopoulos et al. 2020, equations 16 to 20, phi(x) = elu(x) + 1"""

    def branch(scope, x):
        query, key, value = (heads(part, h["heads"]) for part in linear(scope / "queryKeyValue", x).chunk(3, -1))
        query, key = F.elu(query) + 1, F.elu(key) + 1
        memory = normalizer = 0.0

        def step(q, k, v):
            nonlocal memory, normalizer
            memory, normalizer = memory + outer(k, v), normalizer + k
            return read(q, memory) / (q * normalizer).sum(-1, keepdim=True)

        return linear(scope / "output", merged(over_time(step, query, key, value)))

    return branch


def linear_transformer(scope, h, tokens):
    branches = {"attention": linear_attention(h), "feedForward": feed_forward}
    added = sinusoids(torch.arange(tokens.shape[1]), h["width"]) if h["positions"] == "sinusoidal" else None
    return residual_blocks(scope, tokens, h["layers"], lambda _: branches, positions=added)


def retnet(scope, h, tokens):
    """Sun et al. 2023, equations 5 to 8: gamma_h = 1 - 2^(-5-h), queries and keys turned by their position."""
    count = h["heads"]

    def retention(inner, x):
        query, key, value = (heads(part, count) for part in linear(inner / "queryKeyValue", x).chunk(3, -1))
        places = torch.arange(x.shape[1])
        gamma = 1 - 2.0 ** (-5 - torch.arange(count))
        scaled = rotated(key, places) / math.sqrt(key.shape[-1])
        kept = fading_memory(rotated(query, places), scaled, value, gamma.reshape(-1, 1).expand(*x.shape[:2], -1, -1))
        return linear(inner / "output", F.silu(linear(inner / "gate", x)) * merged(root_mean_square(kept)))

    branches = {"retention": retention, "feedForward": feed_forward}
    return residual_blocks(scope, tokens, h["layers"], lambda _: branches)


def modern(name, branch):
    """Blocks with a root-mean-square norm and a gated feed-forward branch."""

    def row(scope, h, tokens):
        def branches(layer):
            return {name: lambda inner, x: branch(scope, inner, h, x, layer), "feedForward": gated_feed_forward}

        return residual_blocks(scope, tokens, h["layers"], branches, norm=root_mean_square_norm)

    return row


def gla(_, scope, h, x, __):
    """Yang et al. 2024, section 4: decay sigmoid(x W_1 W_2 + b)^(1/16) per channel of a key."""
    query, key, value = (heads(linear(scope / name, x), h["heads"]) for name in ("query", "key", "value"))
    decay = torch.sigmoid(linear(scope / "decay" / "spread", linear(scope / "decay" / "squeeze", x))) ** (1 / 16)
    mixed = fading_memory(query / math.sqrt(query.shape[-1]), key, value, heads(decay, h["heads"]))
    mixed = merged(root_mean_square_norm(scope / "headNorm", mixed))
    return linear(scope / "output", F.silu(linear(scope / "gate", x)) * mixed)


def hgrn2(root, scope, h, x, layer):
    """Qin et al. 2024, section 3.2: the key is 1 - f; lower bounds are running sums of a softmax over the layers."""
    lowest = 0.0
    if layer > 0:
        lowest = torch.softmax(root["lowerBounds"], 0)[1 : layer + 1].sum(0)
    kept = heads(lowest + (1 - lowest) * torch.sigmoid(linear(scope / "forget", x)), h["heads"])
    query = heads(F.silu(linear(scope / "query", x)), h["heads"])
    mixed = fading_memory(query, 1 - kept, heads(linear(scope / "input", x), h["heads"]), kept)
    return linear(scope / "output", root_mean_square_norm(scope / "outputNorm", merged(mixed)))


def delta_rule(largest_rate, gated=False):
    """S := a_t S, then S := (I - b_j k_j k_j^T) S + b_j k_j v_j^T for every correction j; o_t = q_t S / sqrt(width)

    Schlag et al. 2021 and Yang et al. 2024 (one correction, no decay), Yang et al. 2025, equation 10 (decay), Siems et
    al. 2025, section 3 (several corrections); rates up to 2 after Grazzi et al. 2025.
    """

    def branch(_, scope, h, x, __):
        corrections, count = h.get("corrections", 1), h["heads"]
        mixed = F.silu(short_convolution(scope / "convolution", linear(scope / "queryKeyValue", x)))
        query, *rest = (heads(part, count) for part in mixed.chunk(1 + 2 * corrections, -1))
        keys = torch.stack([unit(key) for key in rest[:corrections]], 2)  # [batch, time, corrections, heads, width]
        values = torch.stack(rest[corrections:], 2)
        rates = largest_rate * torch.sigmoid(linear(scope / "rate", x)).reshape(*x.shape[:2], corrections, count)
        decays = torch.ones_like(rates[:, :, 0])
        if gated:
            # As in Mamba-2: exp(-exp(logA) softplus(x W + b))
            decays = torch.exp(
                -torch.exp(scope["decay.logA"]) * F.softplus(linear(scope / "decay" / "stepSize", x))
            )
        width = query.shape[-1]
        memory = x.new_zeros(x.shape[0], count, width, width)
        identity = torch.eye(width)

        def step(q, k, v, rate, decay):
            nonlocal memory
            memory = decay[..., None, None] * memory
            for j in range(corrections):
                b = rate[:, j, :, None, None]
                memory = (identity - b * outer(k[:, j], k[:, j])) @ memory + b * outer(k[:, j], v[:, j])
            return read(q, memory)

        out = over_time(step, unit(query) / math.sqrt(width), keys, values, rates, decays)
        out = merged(root_mean_square_norm(scope / "headNorm", out))
        return linear(scope / "output", out * F.silu(linear(scope / "gate", x)) if gated else out)

    return branch


rows = {
    "linear-transformer": linear_transformer,
    "retnet": retnet,
    "gla": modern("attention", gla),
    "hgrn2": modern("recurrence", hgrn2),
    "deltanet": modern("deltaRule", delta_rule(1)),
    "deltanet-negative": modern("deltaRule", delta_rule(2)),
    "gated-deltanet": modern("deltaRule", delta_rule(1, gated=True)),
    "gated-deltanet-negative": modern("deltaRule", delta_rule(2, gated=True)),
    "deltaproduct": modern("deltaRule", delta_rule(1)),
    "deltaproduct-negative": modern("deltaRule", delta_rule(2)),
}
