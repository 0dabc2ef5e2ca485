"""Elman network, LSTM, GRU, minGRU and minLSTM."""

import torch

from frame import feed_forward, language_model, linear, over_time, residual_blocks


def elman(scope, activation, x, hidden):
    """Elman 1990: h_t = f(x_t W + h_{t-1} U + b)"""
    return activation(linear(scope / "input", x) + linear(scope / "hidden", hidden))


def lstm_cell(gates, cell):
    """Hochreiter and Schmidhuber 1997 with forget gates (Gers et al. 2000), gates in the order i, f, g, o."""
    i, f, g, o = gates.chunk(4, -1)
    cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(cell), cell


def stacked(layer):
    """Layers on top of each other, each from x [batch, time, width] to all of its outputs."""

    def row(scope, h, tokens):
        def body(x):
            for i in range(h.get("layers", 1)):
                x = layer(scope.layer(i), x, h["hiddenSize"])
            return x

        return language_model(scope, tokens, body)

    return row


def elman_layer(activation):
    def layer(scope, x, size):
        hidden = x.new_zeros(x.shape[0], size)

        def step(now):
            nonlocal hidden
            hidden = elman(scope, activation, now, hidden)
            return hidden

        return over_time(step, x)

    return layer


def lstm_layer(scope, x, size):
    hidden = cell = x.new_zeros(x.shape[0], size)

    def step(now):
        nonlocal hidden, cell
        hidden, cell = lstm_cell(linear(scope / "input", now) + linear(scope / "hidden", hidden), cell)
        return hidden

    return over_time(step, x)


def gru_layer(scope, x, size):
    """Cho et al. 2014, the reset gate after the product: n = tanh(x W_n + b_n + r * (h U_n + c_n))"""
    hidden = x.new_zeros(x.shape[0], size)

    def step(now):
        nonlocal hidden
        x_reset, x_update, x_new = linear(scope / "input", now).chunk(3, -1)
        h_reset, h_update, h_new = linear(scope / "hidden", hidden).chunk(3, -1)
        reset, update = torch.sigmoid(x_reset + h_reset), torch.sigmoid(x_update + h_update)
        hidden = (1 - update) * torch.tanh(x_new + reset * h_new) + update * hidden
        return hidden

    return over_time(step, x)


def plugin_gru(scope, h, tokens):
    """The GRU of examples/plugin-gru: one layer, which is not numbered."""
    return language_model(scope, tokens, lambda x: gru_layer(scope / "gru", x, h["hiddenSize"]))


def minimal(gates):
    """Feng et al. 2024: h_t = k_t * h_{t-1} + a_t, gates of the token alone; then a linear map."""

    def recurrence(scope, x):
        hidden = torch.zeros_like(x[:, 0])

        def step(keep, add):
            nonlocal hidden
            hidden = keep * hidden + add
            return hidden

        return linear(scope / "output", over_time(step, *gates(scope, x)))

    def row(scope, h, tokens):
        branches = {"recurrence": recurrence, "feedForward": feed_forward}
        return residual_blocks(scope, tokens, h["layers"], lambda _: branches)

    return row


def min_gru_gates(scope, x):
    """Section 3.1: h_t = (1 - z_t) * h_{t-1} + z_t * candidate"""
    z, candidate = linear(scope / "gateAndCandidate", x).chunk(2, -1)
    z = torch.sigmoid(z)
    return 1 - z, z * candidate


def min_lstm_gates(scope, x):
    """Section 3.2: f' = f / (f + i), i' = i / (f + i)"""
    f, i, candidate = linear(scope / "gatesAndCandidate", x).chunk(3, -1)
    f, i = torch.sigmoid(f), torch.sigmoid(i)
    return f / (f + i), i / (f + i) * candidate


rows = {
    "rnn": stacked(elman_layer(torch.tanh)),
    "rnn-relu": stacked(elman_layer(torch.relu)),
    "lstm": stacked(lstm_layer),
    "gru": stacked(gru_layer),
    "example/gru": plugin_gru,
    "min-gru": minimal(min_gru_gates),
    "min-lstm": minimal(min_lstm_gates),
}
