"""Transformers: causal with every kind of positions, in segments, looped, with feedback, and bidirectional."""

import math

import torch

from frame import feed_forward, heads, language_model, layer_norm, linear, merged, residual_blocks, sinusoids

PADDING = 0  # a token that is not there
KNOWN_POSITIONS = 512  # rows of the table of learned positions
STRIDE = 4  # distance between randomized positions outside training


def attend(query, key, value, visible=None, bias=None):
    """softmax(q k^T / sqrt(width) + b) v over the visible keys: [batch, time, heads, width] each

    visible [queries, keys], bias [batch or 1, heads, queries, keys].
    """
    score = torch.einsum("bthw,bshw->bhts", query, key) / math.sqrt(query.shape[-1])
    if bias is not None:
        score = score + bias
    if visible is not None:
        score = score.masked_fill(~visible, -math.inf)
    return torch.einsum("bhts,bshw->bthw", torch.softmax(score, -1), value)


def causal(time):
    return torch.ones(time, time, dtype=torch.bool).tril()


def rotated(x, positions):
    """Su et al. 2021, channels i and i + width/2 as one complex number, turned by position / 10000^(2 i / width).

    x [batch, time, heads, width], positions [time]
    """
    half = x.shape[-1] // 2
    angle = positions.to(torch.float64).reshape(-1, 1, 1) / 10000 ** (torch.arange(half) / half)
    turned = torch.complex(x[..., :half], x[..., half : 2 * half]) * torch.exp(1j * angle)
    return torch.cat([turned.real, turned.imag, x[..., 2 * half :]], -1)


def split_heads(scope, x, count):
    return [heads(part, count) for part in linear(scope / "queryKeyValue", x).chunk(3, -1)]


def alibi_bias(count, time):
    """Press et al. 2022, section 3: minus slope times distance, slopes 2^(-8 h / heads)."""
    slopes = 2.0 ** (-8 * torch.arange(1, count + 1) / count)
    places = torch.arange(time)
    return (-slopes.reshape(-1, 1, 1) * (places.reshape(-1, 1) - places)).unsqueeze(0)


def relative(scope, query, key):
    """Dai et al. 2019, section 3.3, pair by pair: (q + u) . k is q . k + u . k, and the rest is (q + v) . W r(t - s).

    Returns what is added to q . k / sqrt(width).
    """
    time, width = query.shape[1], query.shape[-1]
    weight = scope["weight"]  # [heads, width of a head, width of r]
    u, v = scope["contentBias"].squeeze(1), scope["placeBias"].squeeze(1)  # [heads, width of a head]
    places = torch.arange(time)
    wave = sinusoids(places.reshape(-1, 1) - places, weight.shape[-1])  # [t, s, width of r]
    by_content = torch.einsum("hw,bshw->bhs", u, key).unsqueeze(2)
    by_place = torch.einsum("bthw,hwr,tsr->bhts", query + v, weight, wave)
    return (by_content + by_place) / math.sqrt(width)


def fire_bias(scope, time):
    """Li et al. 2024: f(psi(t - s) / psi(max(L, t))), psi(x) = log(c x + 1)"""
    c, least = torch.exp(scope["logC"]), torch.abs(scope["threshold"])
    places = torch.arange(time, dtype=torch.float64)
    distance = (places.reshape(-1, 1) - places).clamp(min=0)
    horizon = torch.maximum(least, places).reshape(-1, 1)
    share = torch.log(c * distance + 1) / torch.log(c * horizon + 1)
    return linear(scope / "contract", torch.relu(linear(scope / "expand", share.unsqueeze(-1)))).permute(2, 0, 1)[None]


def causal_attention(h, kind, visible=None):
    """With `orthogonalNoise`, which is "identity" here (random matrices are not known to this script), every head h has
    W_q W_k^T + alpha I for scores and W_v W_o + beta I for what is said, so that x_t . x_s and the means of x come in.
    """
    noisy = h.get("orthogonalNoise") == "identity"

    def branch(scope, x):
        time = x.shape[1]
        query, key, value = split_heads(scope, x, h["heads"])
        bias = None
        if kind == "rotary":
            query, key = (rotated(part, torch.arange(time)) for part in (query, key))
        if kind == "alibi":
            bias = alibi_bias(h["heads"], time)
        if kind == "relative":
            bias = relative(scope / "positions", query, key)
        if kind == "fire":
            bias = fire_bias(scope / "positions", time)
        seen = causal(time) if visible is None else causal(time) & visible
        if not noisy:
            return linear(scope / "output", merged(attend(query, key, value, seen, bias)))
        scores = scope["noise.alpha"] * torch.einsum("btw,bsw->bts", x, x).unsqueeze(1) / math.sqrt(query.shape[-1])
        bias = scores if bias is None else scores + bias
        said = linear(scope / "output", merged(attend(query, key, value, seen, bias)))
        means = sum(attend(query, key, x.unsqueeze(2).expand(-1, -1, h["heads"], -1), seen, bias).unbind(2))
        return said + scope["noise.beta"] * means

    return branch


def added_positions(scope, kind, time, width):
    places = torch.arange(time)
    if kind == "sinusoidal":
        return sinusoids(places, width)
    if kind == "randomized":
        return sinusoids(STRIDE * places, width)
    if kind == "learned":
        return (scope / "positions")["weight"][places.clamp(max=KNOWN_POSITIONS - 1)]
    return None


def decoder(kind=None):
    """Vaswani et al. 2017, pre-norm (Xiong et al. 2020) unless asked for post-norm, as published."""

    def row(scope, h, tokens):
        positions = kind or h["positions"]
        branches = {"attention": causal_attention(h, positions), "feedForward": feed_forward}
        added = added_positions(scope, positions, tokens.shape[1], h["width"])
        if h.get("normalisation") == "post":

            def body(x):
                for i in range(h["layers"]):
                    for name, branch in branches.items():
                        inner = scope.layer(i) / name
                        x = layer_norm(inner / "norm", x + branch(inner, x))
                return x

            return language_model(scope, tokens, body, positions=added)
        return residual_blocks(scope, tokens, h["layers"], lambda _: branches, positions=added)

    return row


def transformer_xl(scope, h, tokens):
    """Dai et al. 2019, section 3.2: keys of this segment and of the one before."""
    segment = torch.arange(tokens.shape[1]) // h["segment"]
    visible = segment.reshape(-1, 1) - segment <= 1
    branches = {"attention": causal_attention(h, "relative", visible), "feedForward": feed_forward}
    return residual_blocks(scope, tokens, h["layers"], lambda _: branches)


def universal(scope, h, tokens):
    """Dehghani et al. 2019, pre-norm and without halting: the same blocks `steps` times, a vector for every step."""
    attention = causal_attention(h, "none")

    def body(x):
        for step in range(h["steps"]):
            x = x + (scope / "steps")["weight"][min(step, 63)]
            for i in range(h["layers"]):
                looks, widens = scope.layer(i) / "attention", scope.layer(i) / "feedForward"
                x = x + attention(looks, layer_norm(looks / "norm", x))
                x = x + feed_forward(widens, layer_norm(widens / "norm", x))
        return x

    return language_model(scope, tokens, body, layer_norm, sinusoids(torch.arange(tokens.shape[1]), h["width"]))


def feedback(scope, h, tokens):
    """Fan et al. 2020, section 3: all layers look at one memory of the past, a mix of what all layers said."""
    count = h["heads"]
    memory = scope / "memory"

    def body(x):
        keys, values, said = [], [], []
        for t in range(x.shape[1]):
            place, now = torch.tensor([t]), x[:, t : t + 1]  # [batch, 1, width]
            outputs = [now]
            for i in range(h["layers"]):
                looks, widens = scope.layer(i) / "attention", scope.layer(i) / "feedForward"
                seen = torch.zeros_like(now)
                if t > 0:
                    query = rotated(heads(linear(looks / "query", layer_norm(looks / "norm", now)), count), place)
                    seen = merged(attend(query, torch.cat(keys, 1), torch.cat(values, 1)))
                now = now + linear(looks / "output", seen)
                now = now + feed_forward(widens, layer_norm(widens / "norm", now))
                outputs.append(now)
            shares = torch.softmax(memory["shares"], 0)
            mix = sum(share * output for share, output in zip(shares, outputs))
            key, value = linear(memory / "keyValue", mix).chunk(2, -1)
            keys.append(rotated(heads(key, count), place))
            values.append(heads(value, count))
            said.append(now)
        return torch.cat(said, 1)

    return language_model(scope, tokens, body, layer_norm)


def recurrent_memory(scope, h, tokens):
    """Bulatov et al. 2022, section 3: [memory, segment, memory], the second copy being the memory of what follows."""
    count, segment = h["memoryTokens"], h["segment"]
    attention = causal_attention(h, "rotary")

    def body(x):
        memory = scope["memory.first"].expand(x.shape[0], -1, -1)
        said = []
        for now in x.split(segment, 1):
            y = torch.cat([memory, now, memory], 1)
            for i in range(h["layers"]):
                looks, widens = scope.layer(i) / "attention", scope.layer(i) / "feedForward"
                y = y + attention(looks, layer_norm(looks / "norm", y))
                y = y + feed_forward(widens, layer_norm(widens / "norm", y))
            said.append(y[:, count:-count])
            memory = y[:, -count:]
        return torch.cat(said, 1)

    return language_model(scope, tokens, body, layer_norm)


def recurrent_cell(h):
    """Hutchins et al. 2022, section 3.1, "skip" configuration with a fixed gate.

    Tokens of a segment look at themselves (causally) and at the states, the states at themselves and at the tokens.
    Projections are queries to the own kind, queries to the other kind, keys and values.
    """
    count = h["heads"]

    def branch(scope, x):
        of_states, of_tokens = scope / "states", scope / "tokens"
        states = x.new_zeros(x.shape[0], h["stateVectors"], h["width"])
        said = []
        for now in x.split(h["segment"], 1):
            places = torch.arange(now.shape[1])
            own, other, key, value = (heads(part, count) for part in linear(of_tokens / "project", now).chunk(4, -1))
            own, key = rotated(own, places), rotated(key, places)
            asked = layer_norm(of_states / "norm", states) + of_states["identities"]
            s_own, s_other, s_key, s_value = (
                heads(part, count) for part in linear(of_states / "project", asked).chunk(4, -1)
            )
            looked = [attend(own, key, value, causal(now.shape[1])), attend(other, s_key, s_value)]
            said.append(linear(of_tokens / "output", torch.cat([merged(part) for part in looked], -1)))
            seen = [attend(s_own, s_key, s_value), attend(s_other, key, value)]
            update = linear(of_states / "output", torch.cat([merged(part) for part in seen], -1))
            keep = torch.sigmoid(of_states["gate"])
            states = keep * states + (1 - keep) * update
        return torch.cat(said, 1)

    return branch


def block_recurrent(scope, h, tokens):
    branches = {"cell": recurrent_cell(h), "feedForward": feed_forward}
    return residual_blocks(scope, tokens, h["layers"], lambda _: branches)


def turned_in_pairs(x):
    """Su et al. 2021, equation 34: channels 2 i and 2 i + 1 turned by position / 10000^(2 i / width): [batch, time, heads, width]"""
    half = x.shape[-1] // 2
    pairs = torch.view_as_complex(x.unflatten(-1, (half, 2)).contiguous())
    angle = torch.arange(x.shape[1]).reshape(-1, 1, 1) / 10000 ** (torch.arange(half) / half)
    return torch.view_as_real(pairs * torch.exp(1j * angle)).flatten(-2)


def two_sided_alibi(count, time):
    """Slopes times minus the distance, to which 0.5 is added for keys on the left of the query."""
    slopes = 2.0 ** (-8 * torch.arange(1, count + 1) / count)
    bias = torch.zeros(time, time)
    for i in range(time):
        for j in range(time):
            bias[i, j] = -abs(i - j) + (0.5 if j < i else 0.0)
    return (slopes.reshape(-1, 1, 1) * bias).unsqueeze(0)


def encoder(kind):
    """Deletang et al. 2023, appendix A: bidirectional, post-norm; sinusoids count down to 1 at the last token.

    Every sequence by itself, over the tokens that are there; what is said at padding is left as it would be.
    """

    def row(scope, h, tokens):
        present = tokens != PADDING
        x = (scope / "embedding")["weight"][tokens] * math.sqrt(h["width"])
        if kind == "sinusoidal":
            left = present.flip(1).cumsum(1).flip(1)  # tokens from here to the last, this one included
            x = x + sinusoids(left, h["width"])
        for i in range(h["layers"]):
            looks, widens = scope.layer(i) / "attention", scope.layer(i) / "feedForward"
            query, key, value = split_heads(looks, x, h["heads"])
            bias = torch.zeros(1, 1, x.shape[1], x.shape[1])
            if kind == "rotary":
                query, key = turned_in_pairs(query), turned_in_pairs(key)
            if kind == "alibi":
                bias = two_sided_alibi(h["heads"], x.shape[1])
            if kind == "relative":
                bias = relative(looks / "positions", query, key)
            bias = bias.expand(len(x), -1, -1, -1)
            mixed = [
                attend(query[b : b + 1], key[b : b + 1, there], value[b : b + 1, there], bias=bias[b : b + 1, :, :, there])
                for b, there in enumerate(present)
            ]
            x = layer_norm(looks / "norm", x + linear(looks / "output", merged(torch.cat(mixed))))
            x = layer_norm(widens / "norm", x + feed_forward(widens, x))
        return linear(scope / "readout", x)

    return row


rows = {
    "transformer": decoder(),
    **{f"transformer-{kind}": decoder(kind) for kind in ("learned", "randomized", "relative", "fire")},
    "transformer-xl": transformer_xl,
    "universal-transformer": universal,
    "feedback-transformer": feedback,
    "recurrent-memory-transformer": recurrent_memory,
    "block-recurrent-transformer": block_recurrent,
    "transformer-encoder": encoder("sinusoidal"),
    **{f"transformer-encoder-{kind}": encoder(kind) for kind in ("none", "rotary", "alibi", "relative")},
}
