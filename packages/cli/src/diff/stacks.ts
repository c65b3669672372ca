// The stacks of one side of a comparison, and where the objects that they are made of stand.
import { join } from 'node:path';
import type { CompileResult, Diagnostic, ObjectRef, Plan, Stack } from '@i2kit/compiler';
import type { Context } from '../context.ts';
import { failed, report } from '../output/report.ts';
import { type Prepared, prepare, regionOf } from '../prepare.ts';
import type { Place, Template } from '../review-ports.ts';

export interface SideOfStack {
  readonly template: Template;
  /** By SHA-256. */
  readonly payloads?: ReadonlyMap<string, Uint8Array>;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface Compiled {
  /** By the stack's name. */
  readonly stacks: ReadonlyMap<string, SideOfStack>;
  /** By object, e.g. `Deployment/default/web`. */
  readonly places: Readonly<Record<string, Place>>;
  readonly region?: string;
}

export const none: Compiled = { stacks: new Map(), places: {} };

/** What compiling came to: `compiled` is absent where there are errors. */
export interface Attempt {
  readonly prepared: Prepared;
  readonly diagnostics: readonly Diagnostic[];
  readonly compiled?: Compiled;
}

/** Compiles what the flags name, in the context's working directory. */
export async function attempt(context: Context): Promise<Attempt> {
  const prepared = await prepare(context);
  const { compiler, sources, options } = prepared;
  const result = options && compiler.compile(sources, options);
  const diagnostics = [...prepared.problems, ...(result?.diagnostics ?? [])];
  if (!result?.ok || failed(diagnostics)) return { prepared, diagnostics };
  const region = options && regionOf(context.io, options);
  const stacks = new Map(result.stacks.map((stack) => [stack.name, sideOf(stack)]));
  return { prepared, diagnostics, compiled: { stacks, places: placesOf(prepared, result), ...(region && { region }) } };
}

/** The same for a command that can do nothing without it: what is wrong has then been said; what is merely to be warned of stands in its way. */
export async function compiledOf(context: Context): Promise<Compiled | undefined> {
  const { prepared, diagnostics, compiled } = await attempt(context);
  report(context, prepared.compiler, compiled ? [] : diagnostics, prepared.texts);
  return compiled;
}

const sideOf = ({ template, assets }: Stack): SideOfStack => ({
  // Plain data from here on: what explains a change takes any template.
  template: template as unknown as Template,
  payloads: new Map(assets.map(({ sha256, bytes }) => [sha256, bytes])),
});

function placesOf({ compiler, sources }: Prepared, { plan }: Extract<CompileResult, { ok: true }>): Compiled['places'] {
  const find = compiler.positionsIn(sources);
  return Object.fromEntries(
    objectsIn(plan).flatMap((object) => {
      const found = find({ object, path: [] });
      const name = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
      return found ? [[name, { file: object.source, line: found.line, column: found.column }]] : [];
    }),
  );
}

const objectsIn = ({ groups, endpoints, volumes, aliases }: Plan): readonly ObjectRef[] =>
  [...groups, ...endpoints, ...volumes, ...aliases].map(({ origin }) => origin.object);

/** `assets/<sha256>`, where `synth -d` put payloads. */
export const assetsFolder = (folder: string): string => join(folder, 'assets');
