"""What surrounds every row: parameters by name, linear maps, norms, blocks, and the loss with its gradients.

Everything is float64 and written from the papers' equations, one token after the other where the paper has a
recurrence. Nothing here is shared with the TypeScript that it checks.
"""

import math

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


def noise(seed, count):
    """A fixed pseudo-random number in [-1/2, 1/2) for i = 0 .. count - 1: the fraction of a large sine."""
    values = [math.sin(seed + 12.9898 * (i + 1)) * 43758.5453 for i in range(count)]
    return torch.tensor([x - math.floor(x) - 0.5 for x in values])


def parameter_values(name, shape):
    """1.2 noise, plus 1 for gains; the seed is made of the letters of the name."""
    seed = sum(ord(letter) * (k + 1) for k, letter in enumerate(name)) % 1000
    values = (1.0 if name.endswith("gain") else 0.0) + 1.2 * noise(seed, math.prod(shape))
    return values.reshape(shape)


class Scope:
    """The parameters whose names begin with a prefix: `scope / 'input'` is a part, `scope['weight']` a parameter."""

    def __init__(self, values, prefix=""):
        self.values, self.prefix = values, prefix

    def __truediv__(self, name):
        return Scope(self.values, f"{self.prefix}{name}.")

    def __getitem__(self, name):
        return self.values[self.prefix + name]

    def __contains__(self, name):
        return self.prefix + name in self.values

    def layer(self, index):
        return self / "layers" / str(index)


def linear(scope, x):
    """x W + b, or x W where there is no bias."""
    y = x @ scope["weight"]
    return y + scope["bias"] if "bias" in scope else y


def layer_norm(scope, x):
    """Ba et al. 2016."""
    return F.layer_norm(x, x.shape[-1:], scope["gain"], scope["bias"], 1e-5)


def root_mean_square(x):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-5)


def root_mean_square_norm(scope, x):
    """Zhang and Sennrich 2019. On heads [..., heads, width of a head], with one gain for all heads, as well."""
    return root_mean_square(x) * scope["gain"]


def group_norm(scope, x, epsilon=1e-5):
    """Wu and He 2018: every head by itself, then a gain per channel, and a bias where there is one: [..., heads, width]"""
    y = F.layer_norm(x, x.shape[-1:], eps=epsilon) * scope["gain"]
    return y + scope["bias"] if "bias" in scope else y


def unit(x):
    """x over its length."""
    return x / torch.sqrt((x * x).sum(-1, keepdim=True) + 1e-6)


def feed_forward(scope, x):
    """relu(x W1 + b1) W2 + b2 (Vaswani et al. 2017, equation 2)."""
    return linear(scope / "contract", torch.relu(linear(scope / "expand", x)))


def gated_feed_forward(scope, x):
    """(silu(x W1) * x W2) W3 (Shazeer 2020)."""
    return linear(scope / "contract", F.silu(linear(scope / "gate", x)) * linear(scope / "expand", x))


def heads(x, count):
    """[..., count * width] -> [..., count, width]"""
    return x.reshape(*x.shape[:-1], count, x.shape[-1] // count)


def merged(x):
    """[..., heads, width] -> [..., heads * width]"""
    return x.reshape(*x.shape[:-2], -1)


def previous(x, lag=1):
    """x [batch, time, width] of `lag` tokens ago, zeros before the first."""
    return F.pad(x, (0, 0, lag, 0))[:, : x.shape[1]]


def short_convolution(scope, x):
    """y_t = sum_j w_j * x_{t-j} + b, weights newest first; without b where there is none."""
    y = sum(w * previous(x, lag) for lag, w in enumerate(scope["weight"]))
    return y + scope["bias"] if "bias" in scope else y


def over_time(step, *inputs):
    """Calls `step` with every input [batch, time, ...] at t = 0, 1, ..., and stacks what it gives: [batch, time, ...]"""
    return torch.stack([step(*(x[:, t] for x in inputs)) for t in range(inputs[0].shape[1])], 1)


def sinusoids(positions, width):
    """sin and cos of p / 10000^(2 i / width), sines first (Vaswani et al. 2017, section 3.5): [...] -> [..., width]"""
    half = (width + 1) // 2
    angles = positions.to(torch.float64).unsqueeze(-1) / 10000 ** (torch.arange(half) / half)
    return torch.cat([torch.sin(angles), torch.cos(angles)], -1)[..., :width]


def language_model(scope, tokens, body, norm=None, positions=None):
    """embedding -> body -> norm -> read-out; `positions` [time, width] are added to the embedding."""
    x = (scope / "embedding")["weight"][tokens]
    x = body(x if positions is None else x + positions)
    return linear(scope / "readout", norm(scope / "norm", x) if norm else x)


def residual_blocks(scope, tokens, layers, branches, norm=layer_norm, positions=None):
    """x := x + branch(norm(x)) for every branch of every layer; `branches(i)` gives them by name."""

    def body(x):
        for i in range(layers):
            for name, branch in branches(i).items():
                inner = scope.layer(i) / name
                x = x + branch(inner, norm(inner / "norm", x))
        return x

    return language_model(scope, tokens, body, norm, positions)


def pseudorandom_tokens(time, vocabulary_size):
    """Two sequences of `time` tokens that need not be stored."""
    return torch.floor((noise(time, 2 * time) + 0.5) * vocabulary_size).to(torch.int64).reshape(2, time)


def digest(logits):
    """One number for every token: its logits in all sequences times noise."""
    batch, time, symbols = logits.shape
    return torch.einsum("bts,bs->t", logits, noise(11, batch * symbols).reshape(batch, symbols))


def answer(row, golden, tokens, targets):
    """Logits, loss and projected gradients of a row at the parameters of a golden file."""
    values = {name: parameter_values(name, shape).requires_grad_() for name, shape in golden["parameters"].items()}
    logits = row(Scope(values), golden["hyperparameters"], tokens)
    loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
    gradients = torch.autograd.grad(loss, list(values.values()), allow_unused=True)
    projected = {
        name: 0.0 if gradient is None else float(gradient.flatten() @ noise(7, gradient.numel()))
        for name, gradient in zip(values, gradients)
    }
    return logits.detach(), float(loss.detach()), projected


def answers(row, golden):
    """What a golden file says, computed: at the tokens in it, and at longer sequences of which it keeps a digest."""
    logits, loss, gradients = answer(row, golden, torch.tensor(golden["tokens"]), torch.tensor(golden["targets"]))
    said = {"loss": loss, "logits": logits.tolist(), "gradients": gradients}
    for longer in golden.get("longer", []):
        tokens = pseudorandom_tokens(longer["time"], golden["vocabularySize"])
        logits, loss, gradients = answer(row, golden, tokens, tokens.roll(-1, 1))
        now = {"time": longer["time"], "loss": loss, "digests": digest(logits).tolist(), "gradients": gradients}
        said.setdefault("longer", []).append(now)
    return said
