"""Golden numbers of the rows, computed a second time: python make.py --check

Without --check the loss, the logits and the gradients in the files are replaced by what is computed here.
"""

import argparse
import json
import sys
from pathlib import Path

import attention
import linear_attention
import memories
import recurrent
import rwkv
import state_spaces
import xlstm
from frame import answers

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = [REPOSITORY / "test" / "architectures" / "golden", REPOSITORY / "test" / "examples" / "golden"]
ROWS = {}
for module in (recurrent, memories, attention, linear_attention, state_spaces, xlstm, rwkv):
    ROWS.update(module.rows)


def flat(answer):
    """Loss, logits and gradients, one number after the other with what it is."""
    yield "loss", answer["loss"]
    for b, sequence in enumerate(answer["logits"]):
        for t, logits in enumerate(sequence):
            for symbol, x in enumerate(logits):
                yield f"logits[{b}][{t}][{symbol}]", x
    for name, x in answer["gradients"].items():
        yield f"gradient of {name}", x
    for longer in answer.get("longer", []):
        time = longer["time"]
        yield f"loss of {time} tokens", longer["loss"]
        for t, x in enumerate(longer["digests"]):
            yield f"digest of {time} tokens [{t}]", x
        for name, x in longer["gradients"].items():
            yield f"gradient of {name}, {time} tokens", x


def worst(computed, committed):
    """The largest difference, in relation to 1 + |committed|, and where it is."""
    known = dict(flat(committed))
    return max((abs(x - known[what]) / (1 + abs(known[what])), what) for what, x in flat(computed))


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return {name: rounded(each) for name, each in value.items()} if isinstance(value, dict) else value


def written(golden):
    """One line per entry, as the files are kept."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in golden.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="golden files without .json; default: all")
    parser.add_argument("--check", action="store_true", help="compare with the files, and change nothing")
    parser.add_argument("--tolerance", type=float, default=1e-8, help="relative to 1 + |x|; default 1e-8")
    given = parser.parse_args()
    files = {path.stem: path for folder in FOLDERS for path in sorted(folder.glob("*.json"))}
    unknown = [name for name in given.names if name not in files]
    if unknown:
        parser.error(f"no golden file is called {', '.join(unknown)}; there are {', '.join(files)}")
    failed = 0
    for name in given.names or files:
        golden = json.loads(files[name].read_text())
        if golden["architecture"] not in ROWS:
            print(f"{name}: no script computes {golden['architecture']}")
            failed += 1
            continue
        computed = answers(ROWS[golden["architecture"]], golden)
        if given.check:
            difference, what = worst(computed, golden)
            is_same = difference <= given.tolerance
            print(f"{name}: {difference:.1e}{'' if is_same else f' at {what}, more than {given.tolerance}'}")
            failed += not is_same
        else:
            files[name].write_text(written({**golden, **rounded(computed)}))
            print(f"{name}: written")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
