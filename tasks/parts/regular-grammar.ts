import { Automaton } from './automaton';
import type { GrammarSymbol, Rules } from './grammar-rules';
import { smallestAutomaton } from './determinise';

/** States of the automaton with choices beyond which a grammar is not turned into one. */
const mostStates = 5000;

/** Rules that call one another, with the side on which they do: each is a loop of the automaton. */
interface Loop {
  readonly names: ReadonlySet<string>;
  readonly side: 'left' | 'right';
}

/**
 * The automaton of a grammar in which rules that call one another do so at one end only: right-linear and left-linear
 * grammars, and whatever is put together of such (Nederhof 2000, "Practical experiments with regular approximation of
 * context-free languages"). Undefined where a rule embeds itself, or where the automaton is too large.
 */
export function automatonOf(rules: Rules, terminals: readonly string[]): Automaton | undefined {
  const loops = loopsOf(rules);
  if (!loops) return undefined;
  const builder = new Builder(rules, terminals, loops);
  const [start] = rules.keys();
  const from = builder.state();
  const to = builder.state();
  if (!builder.build(from, [{ isTerminal: false, name: start! }], to)) return undefined;
  const found = smallestAutomaton({ steps: builder.steps, silent: builder.silent, accepting: to }, terminals.length);
  return 'problem' in found ? undefined : new Automaton(found.transitions, found.accepting);
}

class Builder {
  readonly steps: number[][][] = [];
  readonly silent: number[][] = [];
  private readonly ids: ReadonlyMap<string, number>;

  constructor(
    private readonly rules: Rules,
    private readonly terminals: readonly string[],
    private readonly loops: ReadonlyMap<string, Loop>,
  ) {
    this.ids = new Map(terminals.map((terminal, id) => [terminal, id]));
  }

  state(): number {
    this.steps.push(this.terminals.map(() => []));
    return this.silent.push([]) - 1;
  }

  /** Ways between two states by the words of a sequence; false where there would be too many states. */
  build(from: number, symbols: readonly GrammarSymbol[], to: number): boolean {
    if (symbols.length === 0) return this.join(from, to);
    let state = from;
    return symbols.every((symbol, at) => {
      if (this.silent.length > mostStates) return false;
      const before = state;
      state = at === symbols.length - 1 ? to : this.state();
      return this.one(before, symbol, state);
    });
  }

  private one(from: number, { isTerminal, name }: GrammarSymbol, to: number): boolean {
    if (isTerminal) {
      this.steps[from]![this.ids.get(name)!]!.push(to);
      return true;
    }
    const loop = this.loops.get(name);
    if (!loop) return this.rules.get(name)!.every((alternative) => this.build(from, alternative, to));
    const states = new Map([...loop.names].map((member) => [member, this.state()]));
    const isRight = loop.side === 'right';
    if (isRight) this.join(from, states.get(name)!);
    else this.join(states.get(name)!, to);
    return [...states].every(([member, state]) =>
      this.rules.get(member)!.every((alternative) => {
        const called = isRight ? alternative.at(-1) : alternative[0];
        const next = called && !called.isTerminal ? states.get(called.name) : undefined;
        if (next === undefined)
          return isRight ? this.build(state, alternative, to) : this.build(from, alternative, state);
        return isRight
          ? this.build(state, alternative.slice(0, -1), next)
          : this.build(next, alternative.slice(1), state);
      }),
    );
  }
  private join(from: number, to: number): true {
    this.silent[from]!.push(to);
    return true;
  }
}

/** The loop of each rule that is in one; undefined where some rule is called from within. */
function loopsOf(rules: Rules): Map<string, Loop> | undefined {
  const loops = new Map<string, Loop>();
  for (const names of components(rules)) {
    const isIn = (symbol: GrammarSymbol) => !symbol.isTerminal && names.has(symbol.name);
    const alternatives = [...names].flatMap((name) => rules.get(name)!);
    if (!alternatives.some((rest) => rest.some(isIn))) continue;
    const isRight = alternatives.every((rest) => !rest.slice(0, -1).some(isIn));
    const isLeft = alternatives.every((rest) => !rest.slice(1).some(isIn));
    if (!isRight && !isLeft) return undefined;
    for (const name of names) loops.set(name, { names, side: isRight ? 'right' : 'left' });
  }
  return loops;
}

/** Rules in groups that reach one another. */
function components(rules: Rules): ReadonlySet<string>[] {
  const called = new Map(
    [...rules].map(([name, alternatives]) => [
      name,
      alternatives.flat().flatMap((s) => (s.isTerminal ? [] : [s.name])),
    ]),
  );
  const reached = new Map([...rules.keys()].map((name) => [name, reachedFrom(called.get(name)!, called)]));
  const groups = new Map<string, Set<string>>();
  for (const name of rules.keys()) {
    const mates = [...rules.keys()].filter((other) => reached.get(name)!.has(other) && reached.get(other)!.has(name));
    const group = mates.map((mate) => groups.get(mate)).find((each) => each !== undefined);
    groups.set(name, (group ?? new Set<string>()).add(name));
  }
  return [...new Set(groups.values())];
}

function reachedFrom(starts: readonly string[], called: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(starts);
  for (const name of found) for (const next of called.get(name)!) found.add(next);
  return found;
}

/** The rules that some word needs: those that can be reached and that make words themselves. The first one stays. */
export function usefulRules(rules: Rules): Rules {
  const productive = new Set<string>();
  const isProductive = (rest: readonly GrammarSymbol[]) =>
    rest.every(({ isTerminal, name }) => isTerminal || productive.has(name));
  for (let before = -1; before < productive.size;) {
    before = productive.size;
    for (const [name, alternatives] of rules) if (alternatives.some(isProductive)) productive.add(name);
  }
  const kept = new Map([...rules].map(([name, alternatives]) => [name, alternatives.filter(isProductive)]));
  const called = new Map(
    [...kept].map(([name, alternatives]) => [name, alternatives.flat().flatMap((s) => (s.isTerminal ? [] : [s.name]))]),
  );
  const [start] = rules.keys();
  const reached = reachedFrom([start!], called);
  return new Map([...kept].filter(([name]) => reached.has(name)));
}
