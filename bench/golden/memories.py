"""Recurrent networks with a memory outside: stacks, tapes, and all runs of a pushdown automaton."""

import torch

from frame import language_model, linear, over_time
from recurrent import lstm_cell

END_OF_INPUT = 1  # the token after which a tape counts the input no further


def soft_stack(scope, stack, hidden):
    """Joulin and Mikolov 2015, section 3.2, top first: every cell a mix of push, pop and keep."""
    push, pop, keep = torch.softmax(linear(scope / "action", hidden), -1).unsqueeze(-1).unbind(1)  # [batch, 1] each
    value = linear(scope / "value", hidden)
    size, nothing = stack.shape[1], torch.zeros_like(value)
    cells = []
    for i in range(size):
        above = stack[:, i - 1] if i > 0 else value
        below = stack[:, i + 1] if i + 1 < size else nothing
        cells.append(push * above + pop * below + keep * stack[:, i])
    return torch.stack(cells, 1)


def stack_row(is_lstm):
    def row(scope, h, tokens):
        def body(x):
            controller = scope / "controller"
            hidden = cell = x.new_zeros(x.shape[0], h["hiddenSize"])
            stack = x.new_zeros(x.shape[0], h["memory"]["training"], h["stackWidth"])

            def step(now):
                nonlocal hidden, cell, stack
                top = linear(scope / "fromMemory", stack[:, 0])
                gates = linear(controller / "input", now) + top + linear(controller / "hidden", hidden)
                if is_lstm:
                    hidden, cell = lstm_cell(gates, cell)
                else:
                    hidden = torch.tanh(gates)
                stack = soft_stack(scope / "stack", stack, hidden)
                return hidden

            return over_time(step, x)

        return language_model(scope, tokens, body)

    return row


def tape(scope, h, tokens):
    """Baby-NTM (Suzgun et al. 2019) with jumps by the length L of the input (Deletang et al. 2023, appendix A).

    The head is at cell 0 of a ring: M[0] := w(h), then
    M[i] := p_0 M[i] + p_1 M[i+1] + p_2 M[i-1] + p_3 M[i+L] + p_4 M[i-L]
    """
    batch, tapes, size, width = tokens.shape[0], h.get("tapes", 1), h["memory"]["training"], h["tapeWidth"]
    x = (scope / "embedding")["weight"][tokens]
    controller, moves = scope / "controller", scope / "tape"
    hidden = x.new_zeros(batch, h["hiddenSize"])
    cells = x.new_zeros(batch, size, tapes, width)
    is_reading, length = [True] * batch, [0] * batch
    said = []
    for t in range(tokens.shape[1]):
        seen = linear(scope / "fromMemory", cells[:, 0].flatten(1))
        hidden = torch.tanh(linear(controller / "input", x[:, t]) + seen + linear(controller / "hidden", hidden))
        value = hidden
        for i in range(3):
            value = linear(moves / "value" / str(i), torch.relu(value) if i > 0 else value)
        share = torch.softmax(linear(moves / "action", hidden).reshape(batch, tapes, 5), -1)
        after = []
        for row in range(batch):
            is_reading[row] = is_reading[row] and int(tokens[row, t]) != END_OF_INPUT
            length[row] += int(is_reading[row])
            written = torch.cat([value[row].reshape(1, tapes, width), cells[row, 1:]])
            shifts = [0, 1, -1, length[row], -length[row]]
            ring = [[(i + shift) % size for i in range(size)] for shift in shifts]
            after.append(sum(share[row, :, a].unsqueeze(-1) * written[places] for a, places in enumerate(ring)))
        cells = torch.stack(after)
        said.append(hidden)
    return linear(scope / "readout", torch.stack(said, 1))


def every_stack(scope, h, tokens):
    """The nondeterministic stack of DuSell and Chiang (2020, 2022), by brute force: the weight of every stack.

    weights[d] is [batch, state, symbol at the bottom, ..., symbol on top], d + 1 symbols high. The dynamic programme
    of the paper never writes a stack down; here all of them are.
    """
    batch, states, symbols = tokens.shape[0], h["states"], h["symbols"]
    tops = states * symbols

    def tops_of(weights):
        """The share of every (symbol on top, state): [batch, tops]"""
        return sum(w.flatten(2, -2).sum(2) if w.dim() > 3 else w for w in weights).transpose(1, 2).flatten(1)

    def step_of(weights, allowed):
        push, replace, pop = allowed.reshape(batch, tops, -1).split([tops, tops, states], 2)
        push, replace = (x.reshape(batch, symbols, states, symbols, states) for x in (push, replace))
        pop = pop.reshape(batch, symbols, states, states)
        after = [0.0] * (len(weights) + 1)
        for d, w in enumerate(weights):
            high = w.reshape(batch, states, -1, symbols)  # state q, what lies under, top x
            shape = (batch, states) + (symbols,) * d
            after[d] = after[d] + torch.einsum("bqux,bxqyr->bruy", high, replace).reshape(*shape, symbols)
            after[d + 1] = torch.einsum("bqux,bxqyr->bruxy", high, push).reshape(*shape, symbols, symbols)
            if d > 0:
                after[d - 1] = after[d - 1] + torch.einsum("bqux,bxqr->bru", high, pop).reshape(shape)
        total = sum(w.flatten(1).sum(1) for w in after)
        return [w / total.reshape(batch, *[1] * (w.dim() - 1)) for w in after]

    def body(x):
        controller = scope / "controller"
        hidden = x.new_zeros(batch, h["hiddenSize"])
        bottom = x.new_zeros(batch, states, symbols)
        bottom[:, 0, 0] = 1
        weights = [bottom]

        def step(now):
            nonlocal hidden, weights
            seen = linear(scope / "fromTop", tops_of(weights))
            hidden = torch.tanh(linear(controller / "input", now) + seen + linear(controller / "hidden", hidden))
            weights = step_of(weights, torch.softmax(linear(scope / "transitions", hidden), -1))
            return hidden

        return over_time(step, x)

    return language_model(scope, tokens, body)


rows = {
    "stack-rnn": stack_row(is_lstm=False),
    "stack-lstm": stack_row(is_lstm=True),
    "tape-rnn": tape,
    "ndstack-rnn": every_stack,
}
