"""The rows in PyTorch, eager or compiled."""

import re

import torch
import torch.nn as nn
import torch.nn.functional as F

from contestant import (
    BETA1, BETA2, CLIP_NORM, EPSILON, LARGEST_KEY, LAYER_NORM_EPSILON, LEARNING_RATE, WEIGHT_DECAY, Row, converse, sinusoidal,
)

LayerNorm = lambda width: nn.LayerNorm(width, eps=LAYER_NORM_EPSILON)


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, linear: bool):
        super().__init__()
        self.heads, self.linear = heads, linear
        self.norm = LayerNorm(width)
        self.query_key_value, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        batch, time, width = x.shape
        split = self.query_key_value(self.norm(x)).view(batch, time, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)  # [batch, heads, time, head_width] each
        if self.linear:
            similarity = (F.elu(query) + 1) @ (F.elu(key) + 1).transpose(-1, -2)
            weight = torch.tril(similarity)
            mixed = weight @ value / weight.sum(-1, keepdim=True)
        else:
            mixed = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        return x + self.output(mixed.transpose(1, 2).reshape(batch, time, width))


class FeedForward(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = LayerNorm(width)
        self.expand, self.contract = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return x + self.contract(F.relu(self.expand(self.norm(x))))


def delayed(x):
    return F.pad(x, (0, 0, 1, 0))[:, :-1]


def weighted_mean(key, value, decay, bonus):
    """WKV of RWKV-4 as one product with a [time, time] matrix per channel."""
    time = key.shape[1]
    lag = torch.arange(time)[:, None] - torch.arange(time)
    past = (lag > 0).float()
    kernel = torch.exp(-decay[:, None, None] * ((lag - 1) * past)) * past + torch.exp(bonus)[:, None, None] * torch.eye(time)
    weight = key.exp()
    sums = kernel @ torch.cat([weight * value, weight]).permute(2, 1, 0)  # [width, time, 2 batch]
    numerator, denominator = sums.chunk(2, 2)
    return (numerator / denominator).permute(2, 1, 0)


def weighted_mean_scan(key, value, decay, bonus):
    """The same, token by token."""
    faded, now, weight = torch.exp(-decay), torch.exp(bonus), key.exp()
    numerator = denominator = torch.zeros_like(key[:, 0])
    outputs = []
    for w, v in zip(weight.unbind(1), value.unbind(1)):
        outputs.append((numerator + now * w * v) / (denominator + now * w))
        numerator, denominator = faded * numerator + w * v, faded * denominator + w
    return torch.stack(outputs, 1)


class Mixes(nn.ParameterDict):
    def blend(self, name, x, previous):
        return previous + (x - previous) * self[name]


class TimeMixing(nn.Module):
    def __init__(self, width: int, scan: bool):
        super().__init__()
        self.norm, self.scan = LayerNorm(width), scan
        self.mix = Mixes({name: torch.zeros(width) for name in ("key", "value", "receptance")})
        self.key, self.value, self.receptance, self.output = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.decay, self.bonus = nn.Parameter(torch.zeros(width)), nn.Parameter(torch.zeros(width))

    def forward(self, residual):
        x = self.norm(residual)
        previous = delayed(x)
        key = self.key(self.mix.blend("key", x, previous)).clamp(-LARGEST_KEY, LARGEST_KEY)
        value = self.value(self.mix.blend("value", x, previous))
        receptance = torch.sigmoid(self.receptance(self.mix.blend("receptance", x, previous)))
        mean = (weighted_mean_scan if self.scan else weighted_mean)(key, value, self.decay.exp(), self.bonus)
        return residual + self.output(receptance * mean)


class ChannelMixing(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = LayerNorm(width)
        self.mix = Mixes({name: torch.zeros(width) for name in ("key", "receptance")})
        self.key, self.value = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)
        self.receptance = nn.Linear(width, width, bias=False)

    def forward(self, residual):
        x = self.norm(residual)
        previous = delayed(x)
        hidden = F.relu(self.key(self.mix.blend("key", x, previous))).square()
        return residual + torch.sigmoid(self.receptance(self.mix.blend("receptance", x, previous))) * self.value(hidden)


class Blocks(nn.Module):
    def __init__(self, row: Row):
        super().__init__()
        width, heads = row.hyperparameters["width"], row.hyperparameters.get("heads", 1)
        self.embedding = nn.Embedding(row.vocabulary, width)
        if row.architecture == "rwkv":
            parts = lambda: {"time_mixing": TimeMixing(width, row.form == "scan"), "channel_mixing": ChannelMixing(width)}
            self.positions = None
        else:
            linear = row.architecture == "linear-transformer"
            parts = lambda: {"attention": Attention(width, heads, linear), "feed_forward": FeedForward(width)}
            self.positions = torch.from_numpy(sinusoidal(row.time, width))
        self.layers = nn.ModuleList(nn.ModuleDict(parts()) for _ in range(row.hyperparameters["layers"]))
        self.norm, self.readout = LayerNorm(width), nn.Linear(width, row.vocabulary)

    def forward(self, tokens):
        x = self.embedding(tokens)
        if self.positions is not None:
            x = x + self.positions
        for layer in self.layers:
            for branch in layer.values():
                x = branch(x)
        return self.readout(self.norm(x))


class Lstm(nn.Module):
    def __init__(self, row: Row):
        super().__init__()
        width, hidden = row.hyperparameters["embeddingWidth"], row.hyperparameters["hiddenSize"]
        self.embedding = nn.Embedding(row.vocabulary, width)
        self.lstm = nn.LSTM(width, hidden, batch_first=True)
        nn.init.zeros_(self.lstm.bias_hh_l0).requires_grad_(False)  # the zoo has one bias; PyTorch's second is left out
        self.readout = nn.Linear(hidden, row.vocabulary)

    def forward(self, tokens):
        return self.readout(self.lstm(self.embedding(tokens))[0])


def load(model: nn.Module, row: Row) -> None:
    """The zoo's weights under PyTorch's names; PyTorch keeps matrices transposed."""
    lstm = {"layers.0.input.weight": "lstm.weight_ih_l0", "layers.0.input.bias": "lstm.bias_ih_l0", "layers.0.hidden.weight": "lstm.weight_hh_l0"}
    own = {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}
    with torch.no_grad():
        for name, value in row.weights.items():
            renamed = re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name).replace(".gain", ".weight")
            renamed = lstm.get(name, renamed) if row.architecture == "lstm" else renamed
            tensor = torch.from_numpy(value)
            own.pop(renamed).copy_(tensor if value.ndim < 2 or renamed == "embedding.weight" else tensor.T)
    assert not own, f"parameters the zoo does not have: {list(own)}"


def make_step(row: Row):
    torch.set_num_threads(row.threads)
    model = Lstm(row) if row.architecture == "lstm" else Blocks(row)
    load(model, row)
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    matrices = [parameter for parameter in parameters if parameter.ndim >= 2]
    vectors = [parameter for parameter in parameters if parameter.ndim < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}],
        lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=True,
    )
    tokens, targets = torch.from_numpy(row.tokens).long(), torch.from_numpy(row.targets).long()

    def loss_of(tokens, targets):
        return F.cross_entropy(model(tokens).reshape(-1, row.vocabulary), targets.reshape(-1))

    compiled = torch.compile(loss_of) if row.compile else loss_of

    def step() -> float:
        optimizer.zero_grad(set_to_none=True)
        loss = compiled(tokens, targets)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, CLIP_NORM)
        optimizer.step()
        return loss.item()

    return step, f"torch {torch.__version__} ({torch.backends.cpu.get_cpu_capability()})"


if __name__ == "__main__":
    converse(make_step)
