// Expressions that are not linear, with the bound of their input, and those that only a run composes.

export interface BoundedExpression {
  readonly file: string;
  readonly source: string;
  /** Why its input is short, or cannot be an attack. */
  readonly reason: string;
}

export const boundedExpressions: readonly BoundedExpression[] = [
  {
    file: 'packages/cli/src/bundles/drawing.ts',
    source: '<!--[\\s\\S]*?-->\\n?|<title>[^<]*<\\/title>\\n?',
    reason: 'Reads what Graphviz draws, which closes each comment and each title that it opens.',
  },
  {
    file: 'packages/compiler/src/1-read/yaml/fast.ts',
    source: '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"(\\s*:)?|-?\\d[\\d.eE+-]*',
    reason: 'Reads a text that JSON.parse has accepted: each string in it is closed.',
  },
];

/** By file: why each composed expression is linear, or its input bounded. */
export const composedExpressions: Readonly<Record<string, string>> = {
  'packages/aws/src/errors.ts': 'An alternative of fixed names, anchored at the start.',
  'packages/compiler/src/1-read/yaml/fast.ts':
    'Each repetition has a bound of its own, and the expression is sticky: it is tried once at a place.',
  'packages/compiler/src/1-read/yaml/locate.ts':
    'A line end and at most so many spaces as an item of the list is indented, once for each line.',
  'packages/image/src/build/buildDisks.ts': 'The fixed name of the stub, anchored at the end.',
};
