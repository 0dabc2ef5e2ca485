"""sLSTM, mLSTM and xLSTM (Beck et al. 2024), without the stabiliser: in float64 and on short sequences none is needed."""

import math

import torch
from torch.nn import functional as F

from frame import (
    gated_feed_forward,
    group_norm,
    heads,
    linear,
    merged,
    over_time,
    residual_blocks,
    short_convolution,
)
from linear_attention import outer, read


def matrix_memory(h):
    """Equations 19 to 27: C = f C + i k v^T, n = f n + i k, h = q C / max(|q . n|, 1), i = exp, f = sigmoid"""
    count = h["heads"]

    def branch(scope, x):
        up = linear(scope / "up", x)
        convolved = F.silu(short_convolution(scope / "convolution", up))
        query_key, value = linear(scope / "queryKey", convolved), linear(scope / "value", up)
        input_gate, forget_gate = linear(scope / "gates", torch.cat([query_key, value], -1)).chunk(2, -1)
        query, key = (heads(part, count) for part in query_key.chunk(2, -1))
        memory = normalizer = 0.0

        def step(q, k, v, i, f):
            nonlocal memory, normalizer
            i, f = torch.exp(i).unsqueeze(-1), torch.sigmoid(f).unsqueeze(-1)
            memory = f.unsqueeze(-1) * memory + outer(i * k, v)
            normalizer = f * normalizer + i * k
            return read(q, memory) / (q * normalizer).sum(-1, keepdim=True).abs().clamp(min=1)

        scaled = query / math.sqrt(query.shape[-1])
        hidden = over_time(step, scaled, key, heads(value, count), input_gate, forget_gate)
        hidden = merged(group_norm(scope / "headNorm", hidden)) + scope["skip"] * convolved
        return linear(scope / "down", hidden * F.silu(linear(scope / "outputGate", x)))

    return branch


def scalar_memory(h):
    """Equations 8 to 15: c = f c + i z, n = f n + i, h = o c / n, gates that see h of their own head."""
    count = h["heads"]

    def branch(scope, x):
        given = heads(linear(scope / "input", x), count)  # per head z, i, f, o
        hidden = cell = normalizer = x.new_zeros(x.shape[0], count, x.shape[-1] // count)

        def step(now):
            nonlocal hidden, cell, normalizer
            z, i, f, o = (now + torch.einsum("bhw,hwg->bhg", hidden, scope["recurrent"])).chunk(4, -1)
            cell = torch.sigmoid(f) * cell + torch.exp(i) * torch.tanh(z)
            normalizer = torch.sigmoid(f) * normalizer + torch.exp(i)
            hidden = torch.sigmoid(o) * cell / normalizer
            return hidden

        return merged(group_norm(scope / "headNorm", over_time(step, given)))

    return branch


def blocks(branches):
    return lambda scope, h, tokens: residual_blocks(scope, tokens, h["layers"], lambda layer: branches(h, layer))


rows = {
    "mlstm": blocks(lambda h, _: {"memory": matrix_memory(h)}),
    "slstm": blocks(lambda h, _: {"memory": scalar_memory(h), "feedForward": gated_feed_forward}),
    "xlstm": blocks(
        lambda h, layer: {"matrixMemory": matrix_memory(h)}
        if layer % 2 == 0
        else {"scalarMemory": scalar_memory(h), "feedForward": gated_feed_forward}
    ),
}
