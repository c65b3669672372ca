// The targets of fuzzing: each makes its case from a random generator, and throws where an invariant is broken.
import { canonicalJson, type Json } from '@i2kit/common';
import { type CompileOptions, type CompileResult, compile, render, type Source } from '@i2kit/compiler';
import {
  dot,
  graphOf,
  htmlPage,
  mermaid,
  reviewJson,
  reviewMarkdown,
  reviewStack,
  reviewText,
  type StackReview,
  type Template,
  type TemplateInput,
} from '@i2kit/review';
import { type SettingsName, schemaViolations } from '../../packages/cli/src/config/schemaViolations.ts';
import { parseSettings } from '../../packages/cli/src/config/settingsFile.ts';
import { changedText, changeOnce, type Tree, vocabularyOf } from './changes.ts';
import * as corpus from './corpus.ts';
import type { Random } from './random.ts';

/** What became of a case. */
export type Fate = 'refused' | 'compiled' | 'reviewed' | 'unchanged';

export interface Target {
  readonly name: string;
  /** Makes and judges one case. */
  readonly run: (random: Random) => Fate | Promise<Fate>;
}

const manifestVocabulary = vocabularyOf(corpus.vocabularyInputs);
const templateVocabulary = vocabularyOf(corpus.templates as unknown as readonly Json[]);

const usualOptions: CompileOptions = {
  app: 'shop',
  env: 'default',
  config: { region: 'eu-west-1', hostedZone: 'example.com' },
};

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Compiles, and holds the result to what is true of every result. */
function judgedCompile(sources: readonly Source[], options: CompileOptions, random: Random): CompileResult {
  const result = compile(sources, options);
  const isRefused = result.diagnostics.some(({ severity }) => severity === 'error');
  check(result.ok !== isRefused, 'an error diagnostic and a result, or neither');
  if (random.oneIn(8)) {
    const again = compile(sources, options);
    check(JSON.stringify(again) === JSON.stringify(result), 'the same input gives other bytes');
  }
  if (random.oneIn(8)) render(result.diagnostics, sources, { color: false });
  if (!result.ok) return result;
  for (const { template } of result.stacks) {
    const text = JSON.stringify(template);
    check(!text.includes('{{resolve:ssm:/fuzz'), 'text of the input is a dynamic reference');
    for (const id of Object.keys(template.Resources)) check(/^[A-Za-z0-9]{1,255}$/.test(id), `logical id '${id}'`);
  }
  return result;
}

const sides = (result: CompileResult): readonly TemplateInput[] =>
  result.ok
    ? result.stacks.map(({ template, assets }) => ({
        template: JSON.parse(JSON.stringify(template)) as Template,
        known: { region: 'eu-west-1' },
        payloads: new Map(assets.map(({ sha256, bytes }) => [sha256, bytes])),
      }))
    : [];

/** Reviews a change, and holds the review to it: effects if and only if something differs, in every rendering. */
export function judgedReview(before: TemplateInput, after: TemplateInput, random?: Random): StackReview {
  const review = reviewStack({ stack: 's', before, after });
  const differs = canonicalJson(before.template) !== canonicalJson(after.template);
  check(review.effects.length > 0 === differs, differs ? 'a change without an effect' : 'an effect without a change');
  const text = reviewText(review, { columns: 100, color: false, hunks: true });
  check(text.includes('No changes') === !differs, `the text says ${text.slice(0, 200)}`);
  if (differs && review.effects.every(({ verb }) => verb === 'UPDATE' || verb === 'ROLL'))
    check(
      review.effects.some(({ changes }) => changes.length > 0),
      'updates without a changed property',
    );
  if (random?.oneIn(10)) {
    const again = reviewStack({ stack: 's', before, after });
    check(JSON.stringify(again.effects) === JSON.stringify(review.effects), 'the same change gives another review');
    reviewMarkdown([review]);
    JSON.stringify(reviewJson([review]));
    htmlPage([review]);
    const graphs = [graphOf('s', after)];
    mermaid(graphs);
    dot(graphs);
  }
  return review;
}

const emptySide: TemplateInput = { template: { Resources: {} } };

const listOf = (objects: readonly Tree[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
const times = (random: Random): number => 1 + (random.oneIn(2) ? 0 : random.below(6));

function changedObjects(app: readonly Tree[], random: Random): Tree[] {
  const objects = structuredClone(app) as Tree[];
  if (random.oneIn(8)) objects.push(structuredClone(random.pick(random.pick(corpus.apps))));
  if (random.oneIn(20)) objects.splice(random.below(objects.length), 1);
  for (let left = times(random); left > 0; left -= 1) changeOnce(objects, random, manifestVocabulary);
  return objects;
}

const compiledApps = new Map<readonly Tree[], readonly TemplateInput[]>();

/** The templates of an unchanged app. */
function sidesOf(app: readonly Tree[]): readonly TemplateInput[] {
  const known = compiledApps.get(app) ?? sides(compile([{ name: 'a.yaml', text: listOf(app) }], usualOptions));
  compiledApps.set(app, known);
  return known;
}

const texts: Target = {
  name: 'texts',
  run(random) {
    let text = random.pick(corpus.texts);
    if (random.oneIn(10)) text += `\n---\n${random.pick(corpus.texts)}`;
    for (let left = times(random); left > 0; left -= 1) text = changedText(text, random).slice(0, 65_536);
    const { ok } = judgedCompile([{ name: 'a.yaml', text }], usualOptions, random);
    return ok ? 'compiled' : 'refused';
  },
};

const objects: Target = {
  name: 'objects',
  run(random) {
    const app = random.pick(corpus.apps);
    const text = listOf(changedObjects(app, random));
    const result = judgedCompile([{ name: random.oneIn(2) ? 'a.json' : 'a.yaml', text }], usualOptions, random);
    if (!result.ok) return 'refused';
    const [before = emptySide] = sidesOf(app);
    const [after = emptySide] = sides(result);
    judgedReview(before, after, random);
    return 'reviewed';
  },
};

const settings: Target = {
  name: 'settings',
  async run(random) {
    const { app, settings: plain } = random.pick(corpus.settings);
    const changed = structuredClone(plain) as { [name: string]: Tree };
    for (let left = times(random); left > 0; left -= 1)
      changeOnce(changed[random.pick(['config', 'config', 'lock', 'context'])] as Tree, random, manifestVocabulary);
    if (random.oneIn(10)) await parseSettings(changedText(JSON.stringify(changed['config'], null, 1), random));
    const wrong = Object.entries(changed).flatMap(([name, value]) => schemaViolations(name as SettingsName, value));
    if (wrong.length > 0) return 'refused';
    const objects = random.oneIn(4) ? changedObjects(app, random) : app;
    const options = { app: 'shop', env: 'default', ...changed } as CompileOptions;
    return judgedCompile([{ name: 'a.json', text: listOf(objects) }], options, random).ok ? 'compiled' : 'refused';
  },
};

const templates: Target = {
  name: 'templates',
  run(random) {
    const before = random.pick(corpus.templates);
    const after = structuredClone(before) as unknown as Tree;
    for (let left = times(random); left > 0; left -= 1) changeTemplate(after, random);
    judgedReview({ template: before }, { template: after as unknown as Template }, random);
    return 'reviewed';
  },
};

/** A change that CloudFormation would accept as a template: sections and resources stay maps, and types texts. */
function changeTemplate(template: Tree, random: Random): void {
  const resources = template['Resources'] as { [id: string]: Tree };
  const ids = Object.keys(resources);
  const id = random.pick(ids);
  const resource = resources[id];
  const kind = resource ? random.below(24) : 0;
  if (kind < 2 || !resource) {
    const other = random.pick(corpus.templates).Resources;
    const from = random.pick(Object.keys(other));
    resources[random.oneIn(2) ? from : (id ?? from)] = structuredClone(other[from]) as unknown as Tree;
  } else if (kind === 2) delete resources[id];
  else if (kind === 3) template['Outputs'] = { Added: { Value: random.pick(ids) } };
  else if (kind === 4) resource['DependsOn'] = random.oneIn(2) ? random.pick(ids) : [random.pick(ids)];
  else if (kind === 5) resource['DeletionPolicy'] = random.pick(['Delete', 'Retain', 'Snapshot']);
  else {
    const part = resource[random.pick(['Properties', 'Properties', 'Properties', 'UpdatePolicy', 'Metadata'])];
    if (typeof part === 'object' && part !== null) changeOnce(part as Tree, random, templateVocabulary);
  }
}

export const targets: readonly Target[] = [texts, objects, settings, templates];
