"""RWKV-4, RWKV-6 and RWKV-7."""

import math

import torch
from torch.nn import functional as F

from frame import group_norm, heads, linear, merged, over_time, previous, residual_blocks, unit
from linear_attention import outer, read


def blend(now, before, mix):
    """mix * now + (1 - mix) * before"""
    return mix * now + (1 - mix) * before


def memory_norm(scope, x):
    """Group norm of heads [..., heads, width]; its epsilon is 64e-5 for the width 64 of the published code."""
    return group_norm(scope, x, 1e-5 * x.shape[-1])


def low_rank(scope, x, activation):
    return linear(scope / "up", activation(linear(scope / "down", x)))


def channel_mixing(scope, x):
    """Peng et al. 2023, equation 18: sigmoid(r) * (relu(k)^2 V)"""
    before = previous(x)
    hidden = torch.relu(linear(scope / "key", blend(x, before, scope["mix.key"]))) ** 2
    receptance = linear(scope / "receptance", blend(x, before, scope["mix.receptance"]))
    return torch.sigmoid(receptance) * linear(scope / "value", hidden)


def wkv(scope, x):
    """Peng et al. 2023, equations 11 to 17, the double sum over time as it is written."""
    before = previous(x)
    key, value, receptance = (
        linear(scope / name, blend(x, before, scope[f"mix.{name}"])) for name in ("key", "value", "receptance")
    )
    decay, bonus = torch.exp(scope["decay"]), scope["bonus"]
    means = []
    for t in range(x.shape[1]):
        weights = [torch.exp(key[:, s] - (t - 1 - s) * decay) for s in range(t)] + [torch.exp(bonus + key[:, t])]
        means.append(sum(w * value[:, s] for s, w in enumerate(weights)) / sum(weights))
    return linear(scope / "output", torch.sigmoid(receptance) * torch.stack(means, 1))


def finch(h):
    """Peng et al. 2024, section 4: o_t = r_t (S_{t-1} + diag(u) k_t^T v_t), S_t = diag(w_t) S_{t-1} + k_t^T v_t"""
    count = h["heads"]

    def branch(scope, x):
        change = previous(x) - x
        rough = x + change * scope["mix.shared"]
        parts = {}
        for use in ("receptance", "key", "value", "gate", "decay"):
            parts[use] = x + change * low_rank(scope / "mix" / use, rough, torch.tanh)
        r, k, v = (heads(linear(scope / use, parts[use]), count) for use in ("receptance", "key", "value"))
        gate = F.silu(linear(scope / "gate", parts["gate"]))
        decay = heads(torch.exp(-torch.exp(low_rank(scope / "decay", parts["decay"], torch.tanh))), count)
        memory = 0.0

        def step(r, k, v, w):
            nonlocal memory
            reading = read(r, memory + scope["bonus"].unsqueeze(-1) * outer(k, v))
            memory = w.unsqueeze(-1) * memory + outer(k, v)
            return reading

        mixed = memory_norm(scope / "headNorm", over_time(step, r, k, v, decay))
        return linear(scope / "output", merged(mixed) * gate)

    return branch


def goose(h, largest_rate):
    """Peng et al. 2025, section 4: S_t = (diag(w_t) - (a_t * khat_t) khat_t^T) S_{t-1} + ktilde_t v_t^T

    `largest_rate` of a channel from its decay w.
    """
    count = h["heads"]

    def branch(scope, x):
        before = previous(x)

        def mixed(use):
            return blend(x, before, scope[f"mix.{use}"])

        r, k, v = (linear(scope / use, mixed(use)) for use in ("receptance", "key", "value"))
        decay = torch.exp(-math.exp(-0.5) * torch.sigmoid(low_rank(scope / "decay", mixed("decay"), torch.tanh)))
        rate = torch.sigmoid(low_rank(scope / "rate", mixed("rate"), lambda low: low))
        gate = low_rank(scope / "gate", mixed("gate"), torch.sigmoid)
        address = unit(heads(k * scope["removal"], count))
        removed = heads(rate * largest_rate(decay), count) * address
        r, k, v, decay = (heads(part, count) for part in (r, k * (1 + (rate - 1) * scope["replacement"]), v, decay))
        memory = x.new_zeros(x.shape[0], count, k.shape[-1], v.shape[-1])

        def step(r, k, v, w, address, removed):
            nonlocal memory
            memory = (torch.diag_embed(w) - outer(removed, address)) @ memory + outer(k, v)
            return read(r, memory)

        reading = memory_norm(scope / "headNorm", over_time(step, r, k, v, decay, address, removed))
        direct = (r * scope["bonus"] * k).sum(-1, keepdim=True) * v
        return linear(scope / "output", merged(reading + direct) * gate)

    return branch


def goose_channels(scope, x):
    return linear(scope / "value", torch.relu(linear(scope / "key", blend(x, previous(x), scope["mix.key"]))) ** 2)


def blocks(time_mixing, channels):
    def row(scope, h, tokens):
        branches = {"timeMixing": time_mixing(h), "channelMixing": channels}
        return residual_blocks(scope, tokens, h["layers"], lambda _: branches)

    return row


rows = {
    "rwkv": blocks(lambda _: wkv, channel_mixing),
    "rwkv-6": blocks(finch, channel_mixing),
    "rwkv-7": blocks(lambda h: goose(h, lambda _: 1.0), goose_channels),
    "rwkv-7-negative": blocks(lambda h: goose(h, lambda w: 1 + w), goose_channels),
}
