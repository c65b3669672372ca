// Names the app if neither a flag nor the configuration does: after the manifests' labels, their folder, or their only workload.
import { basename, resolve } from 'node:path';
import { escapeInvisible, failure, listText, type Outcome, success } from '@i2kit/common';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Values } from '../flags.ts';
import type { Io } from '../io.ts';
import type { Compiler, NamelessOptions } from '../ports/compiler.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

const appLabelName = 'app.kubernetes.io/part-of';

/** The manifests, and the options of their compilation except for the name. */
export interface NamelessInput {
  readonly compiler: Pick<Compiler, 'appLabels' | 'workloadNames'>;
  readonly sources: readonly Source[];
  readonly options: NamelessOptions;
}

export interface AppName {
  readonly name: string;
  /** Set if the name is a guess, which the user is told: "the folder shop". */
  readonly guessedFrom?: string;
}

export function appNameOf(io: Io, values: Values, input: NamelessInput): Outcome<AppName, Diagnostic> {
  const { compiler, sources } = input;
  const [name, ...others] = compiler.appLabels(sources);
  if (others.length > 0) {
    const names = listText([name ?? '', ...others].map(escapeInvisible));
    return failure(
      diagnosticAt('I2K741', `the objects belong to several apps: ${names}`, {
        source: appLabelName,
        hint: 'Pass --app NAME to name them all.',
      }),
    );
  }
  if (name !== undefined) {
    const [problem, ...more] = flagDiagnostics(appLabelName, nameViolations(name));
    return problem === undefined ? success({ name }) : failure(problem, ...more);
  }
  const folder = nameOfFolder(io, values);
  if (folder !== undefined && nameViolations(folder.name).length === 0) return success(folder);
  const workloads = compiler.workloadNames(sources, input.options);
  if (!workloads.ok) return workloads;
  const [workload, ...more] = workloads.value;
  if (workload !== undefined && more.length === 0 && nameViolations(workload).length === 0)
    return success({ name: workload, guessedFrom: 'its only workload' });
  const hint = `Pass --app NAME, set app: NAME in i2kit.yaml, or label the objects ${appLabelName}.`;
  return failure(diagnosticAt('I2K740', 'the app has no name', { source: '--app', hint }));
}

/** One line for the user, as another folder would give another stack. */
export const guessText = ({ name, guessedFrom }: AppName): string =>
  guessedFrom === undefined
    ? ''
    : `The app is named ${name}, after ${guessedFrom}. Pass --app, or set app: in i2kit.yaml, to choose its name.\n`;

const nameViolations = (app: string) => schemaViolations('config', { app });

/** The only folder that the command names. */
function nameOfFolder({ cwd, files }: Io, { filename = [], kustomize = [] }: Values): AppName | undefined {
  const [given, ...others] = [...filename, ...kustomize];
  if (given === undefined || given === '-' || others.length > 0) return undefined;
  const path = resolve(cwd, given);
  try {
    if (!files.statSync(path).isDirectory()) return undefined;
  } catch {
    // Reading the manifests has reported it.
    return undefined;
  }
  const name = basename(path).toLowerCase();
  return { name, guessedFrom: `the folder ${escapeInvisible(basename(path))}` };
}
