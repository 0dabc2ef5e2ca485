"""A cell from its start to a finished record in PyTorch, eager: built-in recurrences and attention, fused AdamW."""

import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from cell import IGNORED, Cell, run
from torch_rows import model_of


class Trainer:
    pads_tests = False

    def __init__(self, cell: Cell):
        torch.set_num_threads(1)
        torch.manual_seed(cell.seed)
        self.version = f"PyTorch {torch.__version__}"
        self.model, optimiser = model_of(cell), cell.protocol["optimiser"]
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.parameter_count = sum(p.numel() for p in self.parameters)
        self.clip_norm = optimiser["clipNorm"]
        decayed = [p for p in self.parameters if p.ndim >= 2 and not getattr(p, "no_decay", False)]
        others = [p for p in self.parameters if p.ndim < 2 or getattr(p, "no_decay", False)]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": optimiser["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
            lr=optimiser["learningRate"],
            betas=(optimiser["beta1"], optimiser["beta2"]),
            eps=optimiser["epsilon"],
            fused=True,
        )

    def train(self, drawn, order, rates) -> float:
        batches = [tuple(torch.from_numpy(x) for x in (each.tokens, each.positions, each.targets)) for each in drawn]
        total = torch.zeros(())
        for (bucket, at), rate in zip(order, rates.tolist()):
            tokens, positions, targets = (x[at] for x in batches[bucket])
            for group in self.optimiser.param_groups:
                group["lr"] = rate
            self.optimiser.zero_grad(set_to_none=True)
            logits = self.model(tokens, positions)
            loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters, self.clip_norm)
            self.optimiser.step()
            total += loss.detach()
        return total.item() / len(order)

    @torch.inference_mode()
    def predict(self, sequences) -> np.ndarray:
        return self.model(torch.from_numpy(sequences.tokens), torch.from_numpy(sequences.positions)).argmax(-1).numpy()

    @torch.inference_mode()
    def decode(self, sequences, prompts, limit, end) -> np.ndarray:
        return self.model.decode(torch.from_numpy(sequences.tokens), torch.from_numpy(prompts), limit, end).numpy()


run(Trainer)
