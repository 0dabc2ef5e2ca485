"""Greedy decoding with a key-value cache in PyTorch, in the ways it is usually written."""

import torch
import torch.nn.functional as F

from contestant import Row, converse, sinusoidal
from torch_contestant import Blocks, Lstm, load


class Cache:
    """Keys and values of one layer, in memory set aside before the first token."""

    def __init__(self, batch: int, heads: int, time: int, head_width: int):
        self.key, self.value = (torch.zeros(batch, heads, time, head_width) for _ in range(2))

    def extend(self, key, value, position: int):
        end = position + key.shape[2]
        self.key[:, :, position:end], self.value[:, :, position:end] = key, value
        return self.key[:, :, :end], self.value[:, :, :end]


class GrowingCache:
    """The same, put together anew for every token."""

    def __init__(self, *_):
        self.key = self.value = None

    def extend(self, key, value, _position):
        if self.key is not None:
            key, value = torch.cat([self.key, key], 2), torch.cat([self.value, value], 2)
        self.key, self.value = key, value
        return key, value


def split_heads(layer, x):
    batch, time, width = x.shape
    split = layer.query_key_value(layer.norm(x)).view(batch, time, 3, layer.heads, width // layer.heads)
    return split.permute(2, 0, 3, 1, 4)  # query, key, value [batch, heads, time, head_width]


def output_of(layer, x, mixed):
    return x + layer.output(mixed.transpose(1, 2).reshape(x.shape))


class Decoder:
    """The prompt at once, then one token after the other; attention looks at what is written only."""

    def __init__(self, model: Blocks, row: Row, total: int):
        self.model, self.row, self.total = model, row, total
        self.positions = torch.from_numpy(sinusoidal(total, row.hyperparameters["width"]))

    def start(self) -> None:
        width, heads = self.row.hyperparameters["width"], self.row.hyperparameters["heads"]
        kind = GrowingCache if self.row.form == "growing cache" else Cache
        self.caches = [kind(self.row.batch, heads, self.total, width // heads) for _ in self.model.layers]

    def read(self, tokens, position: int):
        """tokens [batch, time] -> the next token [batch, 1]"""
        time = tokens.shape[1]
        x = self.model.embedding(tokens) + self.positions[position : position + time]
        for layer, cache in zip(self.model.layers, self.caches):
            query, key, value = split_heads(layer["attention"], x)
            key, value = cache.extend(key, value, position)
            x = output_of(layer["attention"], x, F.scaled_dot_product_attention(query, key, value, is_causal=time > 1))
            x = layer["feed_forward"](x)
        return self.model.readout(self.model.norm(x[:, -1:])).argmax(-1)


class CompiledDecoder(Decoder):
    """Steps compiled once: the whole cache is looked at, what is not yet written is masked."""

    def __init__(self, *words):
        super().__init__(*words)
        self.slots = torch.arange(self.total)
        self.compiled = torch.compile(self.step)

    def step(self, token, position):
        x = self.model.embedding(token) + self.positions[position]
        mask = (self.slots <= position)[None]
        for layer, cache in zip(self.model.layers, self.caches):
            query, key, value = split_heads(layer["attention"], x)
            cache.key.index_copy_(2, position, key)
            cache.value.index_copy_(2, position, value)
            x = output_of(layer["attention"], x, F.scaled_dot_product_attention(query, cache.key, cache.value, attn_mask=mask))
            x = layer["feed_forward"](x)
        return self.model.readout(self.model.norm(x)).argmax(-1)

    def start(self) -> None:
        if not hasattr(self, "caches"):
            return super().start()
        for cache in self.caches:
            cache.key.zero_(), cache.value.zero_()

    def read(self, tokens, position: int):
        if tokens.shape[1] > 1:
            return super().read(tokens, position)
        return self.compiled(tokens, torch.tensor([position]))


class LstmDecoder:
    def __init__(self, model: Lstm, *_):
        self.model = model

    def start(self) -> None:
        self.state = None

    def read(self, tokens, _position: int):
        said, self.state = self.model.lstm(self.model.embedding(tokens), self.state)
        return self.model.readout(said[:, -1:]).argmax(-1)


def make_decoding(row: Row):
    torch.set_num_threads(row.threads)
    is_lstm = row.architecture == "lstm"
    model = (Lstm if is_lstm else Blocks)(row).eval()
    load(model, row)
    prompt = torch.from_numpy(row.tokens).long()
    kind = LstmDecoder if is_lstm else CompiledDecoder if row.compile else Decoder
    decoder = kind(model, row, row.time + row.limit)

    @torch.inference_mode()
    def decode() -> list:
        decoder.start()
        said = [decoder.read(prompt, 0)]
        for position in range(row.time, row.time + row.limit - 1):
            said.append(decoder.read(said[-1], position))
        return torch.cat(said, 1).tolist()

    return decode, f"torch {torch.__version__} ({torch.backends.cpu.get_cpu_capability()})"


if __name__ == "__main__":
    converse(make_decoding, first=1)
