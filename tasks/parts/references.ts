import type { CircuitClass, Reference } from '../../registry';

/** Definitions that many tasks share. */
export const deletang2023 = (place: string): Reference => ({
  authors: 'Deletang et al. 2023',
  title: 'Neural Networks and the Chomsky Hierarchy',
  identifier: 'arXiv:2207.02098',
  place,
});

/** Strings and labels in files: the form of FLaRe. */
export const butoi: Reference = {
  authors: 'Butoi et al. 2025',
  title: 'Training Neural Networks as Recognizers of Formal Languages',
  identifier: 'https://openreview.net/forum?id=aWLQTbfFgV',
};

/** NC0: every symbol of the answer depends on a fixed number of input symbols. */
export const nc0: CircuitClass = {
  name: 'NC0',
  reference: {
    authors: 'Vollmer 1999',
    title: 'Introduction to Circuit Complexity',
    identifier: 'doi:10.1007/978-3-662-03927-4',
  },
};

/** AC0: constant depth, unbounded fan-in. The regular languages in AC0 are the quasi-aperiodic ones. */
export const ac0: CircuitClass = {
  name: 'AC0',
  reference: {
    authors: 'Barrington, Compton, Straubing and Therien 1992',
    title: 'Regular languages in NC1',
    identifier: 'doi:10.1016/0022-0000(92)90014-A',
  },
};

/** ACC0 because the syntactic monoid is solvable; not AC0 because it contains a group that counts. */
export const solvableGroup: CircuitClass = {
  name: 'ACC0 (not AC0)',
  reference: {
    authors: 'Barrington and Therien 1988',
    title: 'Finite monoids and the fine structure of NC1',
    identifier: 'doi:10.1145/48014.63138',
  },
};

/** The word problem of a group that is not solvable. */
export const nonSolvableGroup: CircuitClass = {
  name: 'NC1-complete',
  reference: {
    authors: 'Barrington 1989',
    title: 'Bounded-width polynomial-size branching programs recognize exactly those languages in NC1',
    identifier: 'doi:10.1016/0022-0000(89)90037-8',
  },
};

/** Counting, majority, sorting and multiplication reduce to one another in constant depth. */
export const thresholdComplete: CircuitClass = {
  name: 'TC0-complete',
  reference: {
    authors: 'Chandra, Stockmeyer and Vishkin 1984',
    title: 'Constant depth reducibility',
    identifier: 'doi:10.1137/0213028',
  },
};

/** Nested brackets: depths are counts, and matching brackets are found by comparing depths. */
export const dyckThreshold: CircuitClass = {
  name: 'TC0',
  reference: {
    authors: 'Barrington and Corbett 1989',
    title: 'On the relative complexity of some languages in NC1',
    identifier: 'doi:10.1016/0020-0190(89)90052-5',
  },
};

/** Evaluation of formulas over a finite algebra that can express Boolean ones. */
export const formulaEvaluation: CircuitClass = {
  name: 'NC1-complete',
  reference: {
    authors: 'Buss, Cook, Gupta and Ramachandran 1992',
    title: 'An optimal parallel algorithm for formula evaluation',
    identifier: 'doi:10.1137/0221046',
  },
};

/** Carries are looked ahead in constant depth. */
export const ac0Addition: CircuitClass = { ...nc0, name: 'AC0' };

/** Division, iterated products and what Newton's iteration makes of them. */
export const thresholdDivision: CircuitClass = {
  name: 'TC0',
  reference: {
    authors: 'Hesse, Allender and Barrington 2002',
    title: 'Uniform constant-depth threshold circuits for division and iterated multiplication',
    identifier: 'doi:10.1016/S0022-0000(02)00025-9',
  },
};

/** Real-time counter machines and their languages. */
export const counterLanguages: Reference = {
  authors: 'Fischer, Meyer and Rosenberg 1968',
  title: 'Counter machines and counter languages',
  identifier: 'doi:10.1007/BF01694011',
};

/** The suite of regular and counter languages that many comparisons share. */
export const bhattamishra2020: Reference = {
  authors: 'Bhattamishra, Ahuja and Goyal 2020',
  title: 'On the Ability and Limitations of Transformers to Recognize Formal Languages',
  identifier: 'arXiv:2009.11264',
};

export const chomskySchutzenberger: Reference = {
  authors: 'Chomsky and Schutzenberger 1963',
  title: 'The algebraic theory of context-free languages',
  identifier: 'doi:10.1016/S0049-237X(08)72023-8',
};

/** Counting with threshold gates where only membership in TC0 is claimed. */
export const threshold: CircuitClass = { ...thresholdComplete, name: 'TC0' };

/** The textbook examples of each level. */
export const hopcroftUllman: Reference = {
  authors: 'Hopcroft and Ullman 1979',
  title: 'Introduction to Automata Theory, Languages, and Computation',
  identifier: 'ISBN 0-201-02988-X',
};

export const beck2024: Reference = {
  authors: 'Beck et al. 2024',
  title: 'xLSTM: Extended Long Short-Term Memory',
  identifier: 'arXiv:2405.04517',
};

export const feng2023: Reference = {
  authors: 'Feng et al. 2023',
  title: 'Towards Revealing the Mystery behind Chain of Thought: A Theoretical Perspective',
  identifier: 'arXiv:2305.15408',
};

/** A path in a graph whose vertices are the entries of a table of polynomial size. */
export const nondeterministicLogspace: CircuitClass = {
  name: 'NL',
  reference: {
    authors: 'Arora and Barak 2009',
    title: 'Computational Complexity: A Modern Approach',
    identifier: 'doi:10.1017/CBO9780511804090',
    place: 'chapter 4',
  },
};

export const li2024: Reference = {
  authors: 'Li et al. 2024',
  title: 'Chain of Thought Empowers Transformers to Solve Inherently Serial Problems',
  identifier: 'arXiv:2402.12875',
};

export const merrill2026: Reference = {
  authors: 'Merrill et al. 2026',
  title: 'Why Are Linear RNNs More Parallelizable?',
  identifier: 'arXiv:2603.03612',
};

/** Rank and solution of linear systems over any field. */
export const linearAlgebra: CircuitClass = {
  name: 'NC2',
  reference: {
    authors: 'Mulmuley 1987',
    title: 'A fast parallel algorithm to compute the rank of a matrix over an arbitrary field',
    identifier: 'doi:10.1007/BF02579205',
  },
};

/** Context-free languages reduce to deterministic ones in logarithmic space. */
export const contextFree: CircuitClass = {
  name: 'LOGCFL',
  reference: {
    authors: 'Sudborough 1978',
    title: 'On the tape complexity of deterministic context-free languages',
    identifier: 'doi:10.1145/322077.322083',
  },
};

/** The six tasks of MAD; its code is athms/mad-lab, mad/data/instances.py. */
export const poli2024: Reference = {
  authors: 'Poli et al. 2024',
  title: 'Mechanistic Design and Scaling of Hybrid Architectures',
  identifier: 'arXiv:2403.17844',
};
