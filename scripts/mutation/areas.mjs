// The areas that mutation testing judges: files and folders of what is mutated, and of the tests that should notice.

const compilerTests = [
  'packages/compiler/test',
  ...['environment', 'stability', 'stackLayout', 'volumes'].map((name) => `test/properties/${name}.test.ts`),
  ...['existingResources', 'invariants'].map((name) => `test/templates/${name}.test.ts`),
];

/** Fields of pods are tested in each kind of workload. */
const someLeaves = { 'packages/compiler/test/fieldSupport/effects.test.ts': 3 };

export const areas = {
  plan: { mutate: ['packages/compiler/src/3-plan'], tests: compilerTests, oneTestIn: someLeaves },
  emit: { mutate: ['packages/compiler/src/4-emit'], tests: compilerTests, oneTestIn: someLeaves },
  review: {
    mutate: ['packages/review/src/effects'],
    tests: [
      'packages/review/test',
      'test/properties/review.test.ts',
      'test/review/pairs.test.ts',
      'test/review/markdown.test.ts',
    ],
  },
  runner: {
    mutate: ['deploy', 'destroy', 'operation', 'run', 'stack', 'stackGraph'].map(
      (part) => `packages/runner/src/${part}`,
    ),
    tests: ['packages/runner/test'],
    // Six thousand cases of one table.
    oneTestIn: { 'packages/runner/test/faults.test.ts': 12 },
  },
};

/** Tests of other things: they run programs, compare whole texts, or reach no mutant, and take long. */
export const excluded = [
  ...['1-read', '2-check', 'kinds', 'annotations'].map((name) => `packages/compiler/test/${name}/`),
  ...['contract', 'never-throws', 'defaults', '4-emit/resourceTypes', 'fieldSupport/reportedFields'].map(
    (name) => `packages/compiler/test/${name}.test.ts`,
  ),
  'packages/runner/test/mutants.test.ts',
  ...['iamPolicy', 'sdk'].map((name) => `packages/runner/test/${name}/`),
];
