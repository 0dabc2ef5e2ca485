"""The rows in PyTorch, initialised as in the zoo. All map tokens [rows, time] to logits at positions [rows, columns]."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def chosen(x, positions):
    """x [rows, time, width] at positions [rows, columns]"""
    return x.gather(1, positions[..., None].expand(-1, -1, x.shape[2]))


def linear(inputs, outputs, bias=True, bound=None):
    layer = nn.Linear(inputs, outputs, bias=bias)
    if bound is None:
        nn.init.normal_(layer.weight, std=inputs**-0.5)
    else:
        nn.init.uniform_(layer.weight, -bound, bound)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer


# -- Recurrent networks ------------------------------------------------------------------------------------------------


class Recurrent(nn.Module):
    """LSTM or GRU, as PyTorch has them."""

    def __init__(self, vocabulary, kind, embeddingWidth, hiddenSize, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embeddingWidth)
        self.body = kind(embeddingWidth, hiddenSize, layers, batch_first=True)
        for name, parameter in self.body.named_parameters():
            if "bias" in name:
                nn.init.zeros_(parameter)
                if kind is nn.LSTM and "bias_ih" in name:
                    nn.init.ones_(parameter.data[hiddenSize : 2 * hiddenSize])
                if kind is nn.LSTM and "bias_hh" in name:
                    parameter.requires_grad_(False)  # one bias is enough
        self.readout = linear(hiddenSize, vocabulary)

    def forward(self, tokens, positions):
        outputs, _ = self.body(self.embedding(tokens))
        return self.readout(chosen(outputs, positions))


class StackRnn(nn.Module):
    """An Elman network with a soft stack (Joulin and Mikolov 2015): no deeper than there are tokens to push."""

    def __init__(self, vocabulary, embeddingWidth, hiddenSize, stackWidth, memory, layers):
        super().__init__()
        bound = hiddenSize**-0.5
        self.embedding = nn.Embedding(vocabulary, embeddingWidth)
        self.input = linear(embeddingWidth, hiddenSize, bound=bound)
        self.hidden = linear(hiddenSize, hiddenSize, bias=False, bound=bound)
        self.memory = linear(stackWidth, hiddenSize, bias=False)
        self.action_value = nn.Linear(hiddenSize, 3 + stackWidth)
        nn.init.normal_(self.action_value.weight, std=hiddenSize**-0.5)
        nn.init.zeros_(self.action_value.bias)
        self.readout = linear(hiddenSize, vocabulary)
        self.width, self.cells = stackWidth, memory["training"]

    def forward(self, tokens, positions):
        rows, time = tokens.shape
        from_input = self.input(self.embedding(tokens)).unbind(1)
        weights = torch.cat([self.hidden.weight, self.memory.weight], 1).T  # [hidden + stack, hidden]
        state = from_input[0].new_zeros(rows, self.hidden.weight.shape[0])
        stack = from_input[0].new_zeros(rows, min(self.cells, time) + 2, self.width)  # an empty cell below, one above
        outputs = []
        for x in from_input:
            state = torch.tanh(torch.addmm(x, torch.cat([state, stack[:, 1]], 1), weights))
            outputs.append(state)
            action, value = self.action_value(state).split([3, self.width], 1)
            push, pop, keep = action.softmax(1)[:, :, None, None].unbind(1)
            above = torch.cat([value[:, None], stack[:, 1:-2]], 1)
            stack = F.pad(push * above + pop * stack[:, 2:] + keep * stack[:, 1:-1], (0, 0, 1, 1))
        return self.readout(chosen(torch.stack(outputs, 1), positions))


# -- Residual blocks ---------------------------------------------------------------------------------------------------


class RMSNorm(nn.RMSNorm):
    def __init__(self, width):
        super().__init__(width, eps=1e-5)


class Blocks(nn.Module):
    """x + branch(norm(x)), a last norm, the read-out of the positions that are asked for."""

    def __init__(self, vocabulary, width, branches, norm=nn.LayerNorm, embed=None):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.branches = nn.ModuleList(branches)
        self.norms = nn.ModuleList(norm(width) for _ in branches)
        self.norm, self.readout, self.embed = norm(width), linear(width, vocabulary), embed

    def forward(self, tokens, positions):
        x = self.embedding(tokens)
        if self.embed is not None:
            x = x + self.embed(x.shape[1])
        for norm, branch in zip(self.norms, self.branches):
            x = x + branch(norm(x))
        return self.readout(self.norm(chosen(x, positions)))

    def decode(self, tokens, prompts, limit, end):
        """Greedy, with a cache of keys and values; prompts are padded on the right. tokens [rows, time] -> [rows, limit]"""
        rows = torch.arange(len(tokens))
        longest = int(prompts.max()) + limit
        caches = [branch.cache(len(tokens), longest) for branch in self.branches if hasattr(branch, "cache")]
        x = self.embedding(tokens[:, : int(prompts.max())])
        x = self._through(x, caches, torch.arange(x.shape[1]).expand(len(tokens), -1))
        logits = self.readout(self.norm(x[rows, prompts - 1]))
        at, said = prompts.clone(), []
        ended = torch.zeros(len(tokens), dtype=torch.bool)
        for _ in range(limit):
            token = logits.argmax(-1)
            said.append(token)
            ended |= token == end
            if bool(ended.all()):
                break
            x = self._through(self.embedding(token)[:, None], caches, at[:, None])
            logits = self.readout(self.norm(x[:, 0]))
            at = at + 1
        return torch.stack(said, 1)

    def _through(self, x, caches, at):
        left = iter(caches)
        for norm, branch in zip(self.norms, self.branches):
            x = x + (branch.extend(norm(x), next(left), at) if hasattr(branch, "cache") else branch(norm(x)))
        return x


def feed_forward(width, factor):
    return nn.Sequential(linear(width, factor * width), nn.ReLU(), linear(factor * width, width))


class GatedFeedForward(nn.Module):
    def __init__(self, width, factor):
        super().__init__()
        self.gate, self.expand = linear(width, factor * width, bias=False), linear(width, factor * width, bias=False)
        self.contract = linear(factor * width, width, bias=False)

    def forward(self, x):
        return self.contract(F.silu(self.gate(x)) * self.expand(x))


class Attention(nn.Module):
    """Causal softmax attention, with rotary positions or without."""

    def __init__(self, width, heads, rotary):
        super().__init__()
        self.heads, self.rotary = heads, rotary
        self.query_key_value, self.output = linear(width, 3 * width), linear(width, width)
        half = width // heads // 2
        self.register_buffer("frequencies", 10000.0 ** (-torch.arange(half) / half), persistent=False)

    def turned(self, x, at):
        """x [rows, heads, time, head_width] at positions [time] or [rows, time]"""
        angles = at[..., None] * self.frequencies
        if angles.ndim == 3:
            angles = angles[:, None]
        cosine, sine = angles.cos(), angles.sin()
        first, second = x.chunk(2, -1)
        return torch.cat([first * cosine - second * sine, first * sine + second * cosine], -1)

    def split(self, x, at):
        rows, time, width = x.shape
        parts = self.query_key_value(x).view(rows, time, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        return (self.turned(query, at), self.turned(key, at), value) if self.rotary else (query, key, value)

    def joined(self, mixed):
        return self.output(mixed.transpose(1, 2).flatten(2))

    def forward(self, x):
        query, key, value = self.split(x, torch.arange(x.shape[1]))
        return self.joined(F.scaled_dot_product_attention(query, key, value, is_causal=True))

    def cache(self, rows, longest):
        width = self.output.weight.shape[0] // self.heads
        return {name: torch.zeros(rows, self.heads, longest, width) for name in ("key", "value")}

    def extend(self, x, cache, at):
        """Tokens [rows, count] at positions [rows, count], which are kept: padding is overwritten before it is seen."""
        query, key, value = self.split(x, at)
        row = torch.arange(len(x))[:, None]
        cache["key"][row, :, at] = key.transpose(1, 2)
        cache["value"][row, :, at] = value.transpose(1, 2)
        most = int(at.max()) + 1
        sees = torch.arange(most) <= at[:, None, :, None]
        return self.joined(F.scaled_dot_product_attention(query, cache["key"][:, :, :most], cache["value"][:, :, :most], sees))


class LinearAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query_key_value, self.output = linear(width, 3 * width), linear(width, width)

    def forward(self, x):
        rows, time, width = x.shape
        parts = self.query_key_value(x).view(rows, time, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        weight = ((F.elu(query) + 1) @ (F.elu(key) + 1).transpose(-1, -2)).tril()
        return self.output((weight @ value / weight.sum(-1, keepdim=True)).transpose(1, 2).reshape(rows, time, width))


def delayed(x, lag=1):
    return F.pad(x, (0, 0, lag, 0))[:, : x.shape[1]]


def shares(width, ratio):
    return nn.Parameter((torch.arange(width) / width) ** (1 - ratio))


class TimeMixing(nn.Module):
    """RWKV-4; WKV is one product with a [time, time] matrix per channel."""

    def __init__(self, width, layer, layers):
        super().__init__()
        self.mix = nn.ParameterList(shares(width, layer / layers) for _ in range(3))
        self.maps = nn.ModuleList(linear(width, width, bias=False) for _ in range(3))
        self.output = linear(width, width, bias=False)
        spread = 0.7 + 1.3 * layer / max(1, layers - 1)
        self.decay = nn.Parameter(-5 + 8 * (torch.arange(width) / max(1, width - 1)) ** spread)
        self.bonus = nn.Parameter(math.log(0.3) + 0.5 * ((torch.arange(width) + 1) % 3 - 1))

    def forward(self, x):
        previous = delayed(x)
        key, value, receptance = (linear(torch.lerp(previous, x, mix)) for mix, linear in zip(self.mix, self.maps))
        time = x.shape[1]
        lag = torch.arange(time)[:, None] - torch.arange(time)
        past = (lag > 0).float()
        kernel = torch.exp(-self.decay.exp()[:, None, None] * ((lag - 1) * past)) * past
        kernel = kernel + self.bonus.exp()[:, None, None] * torch.eye(time)
        weight = key.clamp(-30, 30).exp()
        sums = kernel @ torch.cat([weight * value, weight]).permute(2, 1, 0)  # [width, time, 2 rows]
        numerator, denominator = sums.chunk(2, 2)
        return self.output(receptance.sigmoid() * (numerator / denominator).permute(2, 1, 0))


class ChannelMixing(nn.Module):
    def __init__(self, width, factor, ratio):
        super().__init__()
        self.mix = nn.ParameterList(shares(width, ratio) for _ in range(2))
        self.key, self.receptance = linear(width, factor * width, bias=False), linear(width, width, bias=False)
        self.value = linear(factor * width, width, bias=False)

    def forward(self, x):
        previous = delayed(x)
        hidden = F.relu(self.key(torch.lerp(previous, x, self.mix[0]))).square()
        return self.receptance(torch.lerp(previous, x, self.mix[1])).sigmoid() * self.value(hidden)


class ShortConvolution(nn.Module):
    """Causal and depthwise over the last few tokens."""

    def __init__(self, width, taps, bias=True):
        super().__init__()
        self.layer = nn.Conv1d(width, width, taps, groups=width, bias=bias, padding=taps - 1)
        self.layer.weight.no_decay = True

    def forward(self, x):
        return self.layer(x.transpose(1, 2))[..., : x.shape[1]].transpose(1, 2)


class SelectiveStateSpace(nn.Module):
    """Mamba with transitions 2 exp(D A) - 1; the recurrence token by token."""

    def __init__(self, width, expansion, stateSize, taps):
        super().__init__()
        inner, rank = expansion * width, math.ceil(width / 16)
        self.input, self.gate = linear(width, inner, bias=False), linear(width, inner, bias=False)
        self.convolution = ShortConvolution(inner, taps)
        self.sizes = (rank, stateSize, stateSize)
        self.select = linear(inner, rank + 2 * stateSize, bias=False)
        self.step_size = linear(rank, inner)
        nn.init.uniform_(self.step_size.bias, math.log(1e-3), math.log(1e-1))
        self.step_size.bias.data = self.step_size.bias.data.exp().expm1().log()
        self.log_a = nn.Parameter(torch.log(torch.arange(1.0, stateSize + 1)).expand(inner, -1).clone())
        self.log_a.no_decay = True
        self.skip = nn.Parameter(torch.ones(inner))
        self.output = linear(inner, width, bias=False)

    def forward(self, x):
        u = F.silu(self.convolution(self.input(x)))
        low, b, c = self.select(u).split(self.sizes, -1)
        step = F.softplus(self.step_size(low))
        transition = 2 * torch.exp(step[..., None] * -self.log_a.exp()) - 1  # [rows, time, inner, state]
        written = (step * u)[..., None] * b[:, :, None]
        state, states = torch.zeros_like(written[:, 0]), []
        for factor, term in zip(transition.unbind(1), written.unbind(1)):
            state = torch.addcmul(term, factor, state)
            states.append(state)
        y = (torch.stack(states, 1) @ c[..., None]).squeeze(-1) + self.skip * u
        return self.output(y * F.silu(self.gate(x)))


class DeltaRule(nn.Module):
    """DeltaNet with write rates up to 2, all tokens as one chunk: T = (I + tril(beta K K^T, -1))^-1 beta."""

    def __init__(self, width, heads, taps):
        super().__init__()
        self.heads = heads
        self.query_key_value = linear(width, 3 * width, bias=False)
        self.convolution = ShortConvolution(3 * width, taps, bias=False)
        self.rate = linear(width, heads, bias=False)
        self.norm = RMSNorm(width // heads)
        self.output = linear(width, width, bias=False)

    def forward(self, x):
        rows, time, width = x.shape
        mixed = F.silu(self.convolution(self.query_key_value(x)))
        query, key, value = mixed.view(rows, time, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        unit = lambda v: v * torch.rsqrt(v.square().sum(-1, keepdim=True) + 1e-6)
        query, key = unit(query) * (width // self.heads) ** -0.5, unit(key)
        beta = 2 * self.rate(x).sigmoid().transpose(1, 2)[..., None]  # [rows, heads, time, 1]
        lower = (beta * (key @ key.transpose(-1, -2))).tril(-1)
        written = torch.linalg.solve_triangular(lower, beta * value, upper=False, unitriangular=True)
        read = (query @ key.transpose(-1, -2)).tril() @ written
        return self.output(self.norm(read.transpose(1, 2)).reshape(rows, time, width))


def sinusoidal(width):
    def embed(time):
        half = width // 2
        angles = torch.arange(time)[:, None] * 10000.0 ** (-torch.arange(half) / half)
        return torch.cat([angles.sin(), angles.cos()], 1)

    return embed


def model_of(cell) -> nn.Module:
    h, v = dict(cell.hyperparameters), cell.vocabulary
    layers = range(h["layers"])
    match cell.row.removeprefix("cot-"):
        case "lstm":
            return Recurrent(v, nn.LSTM, **h)
        case "gru":
            return Recurrent(v, nn.GRU, **h)
        case "stack-rnn":
            return StackRnn(v, **h)
        case "transformer" | "transformer-none" as row:
            mixers = [Attention(h["width"], h["heads"], rotary=row == "transformer") for _ in layers]
            return blocks(v, h, mixers, lambda at: feed_forward(h["width"], h["feedForwardFactor"]))
        case "linear-transformer":
            mixers = [LinearAttention(h["width"], h["heads"]) for _ in layers]
            others = lambda at: feed_forward(h["width"], h["feedForwardFactor"])
            return blocks(v, h, mixers, others, embed=sinusoidal(h["width"]))
        case "rwkv":
            mixers = [TimeMixing(h["width"], at, h["layers"]) for at in layers]
            return blocks(v, h, mixers, lambda at: ChannelMixing(h["width"], h["feedForwardFactor"], at / h["layers"]))
        case "mamba-negative":
            mixers = [SelectiveStateSpace(h["width"], h["expansion"], h["stateSize"], h["taps"]) for _ in layers]
            return blocks(v, h, mixers, norm=RMSNorm)
        case "deltanet-negative":
            mixers = [DeltaRule(h["width"], h["heads"], h["taps"]) for _ in layers]
            return blocks(v, h, mixers, lambda at: GatedFeedForward(h["width"], h["feedForwardFactor"]), norm=RMSNorm)
    raise SystemExit(f"no {cell.row} here")


def blocks(vocabulary, h, mixers, other=None, **options):
    branches = [each for at, mixer in enumerate(mixers) for each in ([mixer, other(at)] if other else [mixer])]
    model = Blocks(vocabulary, h["width"], branches, **options)
    nn.init.normal_(model.embedding.weight)
    return model
