"""The rows in PyTorch, initialised as in the zoo."""

import torch
import torch.nn as nn


def chosen(x, positions):
    """x [rows, time, width] at positions [rows, columns]"""
    return x.gather(1, positions[..., None].expand(-1, -1, x.shape[2]))


def linear(inputs, outputs, bias=True):
    layer = nn.Linear(inputs, outputs, bias=bias)
    nn.init.normal_(layer.weight, std=inputs**-0.5)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer


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


def model_of(cell) -> nn.Module:
    h, v = cell.hyperparameters, cell.vocabulary
    kinds = {"lstm": nn.LSTM, "gru": nn.GRU}
    if cell.row in kinds:
        return Recurrent(v, kinds[cell.row], **h)
    raise SystemExit(f"no {cell.row} here")
