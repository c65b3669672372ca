// The stacks of one side of a comparison, and the sources of their objects.
import { join } from 'node:path';
import { failure, success } from '@i2kit/common';
import type { CompileResult, Diagnostic, ObjectRef, Plan, Stack } from '@i2kit/compiler';
import { type CompileInput, compileOffline, readCompileInput, regionOf } from '../compileInput.ts';
import type { Context } from '../context.ts';
import { exit, type Reported } from '../exit.ts';
import { hasErrors, reportDiagnostics } from '../output/diagnostics.ts';
import type { SourceLocation, Template } from '../ports/review.ts';

export interface StackSide {
  readonly template: Template;
  /** By SHA-256. */
  readonly payloads?: ReadonlyMap<string, Uint8Array>;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface CompiledStacks {
  /** By the stack's name. */
  readonly stacks: ReadonlyMap<string, StackSide>;
  /** By object, e.g. `Deployment/default/web`. */
  readonly places: Readonly<Record<string, SourceLocation>>;
  readonly region?: string;
  /** Set if the app's name was guessed. */
  readonly guessedApp?: string;
  /** Digests of container images in the lock file, from which machine images are built; absent without a lock file. */
  readonly digests?: Readonly<Record<string, string>>;
}

export const noStacks: CompiledStacks = { stacks: new Map(), places: {} };

/** The result of compiling; `compiled` is absent after errors. */
export interface CompileAttempt {
  readonly prepared: CompileInput;
  readonly diagnostics: readonly Diagnostic[];
  readonly compiled?: CompiledStacks;
}

/** Compiles the input of the flags in the context's working directory. */
export async function compileStacks(context: Context): Promise<CompileAttempt> {
  const prepared = await readCompileInput(context);
  const { options } = prepared;
  const result = options && compileOffline(context, prepared, options);
  const diagnostics = [...prepared.problems, ...(result?.diagnostics ?? [])];
  if (!result?.ok || hasErrors(diagnostics)) return { prepared, diagnostics };
  const region = options && regionOf(context.io, options);
  const stacks = new Map(result.stacks.map((stack) => [stack.name, stackSide(stack)]));
  const digests = prepared.lock.lock?.images;
  return {
    prepared,
    diagnostics,
    compiled: {
      stacks,
      places: objectPlaces(prepared, result),
      ...(region && { region }),
      ...(prepared.guessedApp !== undefined && { guessedApp: prepared.guessedApp }),
      ...(digests && { digests }),
    },
  };
}

/** The same for a command that needs a result: errors have been reported; warnings are not printed. */
export async function compileOrReport(context: Context): Promise<Reported<CompiledStacks>> {
  const { prepared, diagnostics, compiled } = await compileStacks(context);
  reportDiagnostics(context, prepared.compiler, compiled ? [] : diagnostics, prepared.texts);
  return compiled ? success(compiled) : failure(exit.input);
}

const stackSide = ({ template, assets }: Stack): StackSide => ({
  // Plain data from here on: the reviewer accepts any template.
  template: template as unknown as Template,
  payloads: new Map(assets.map(({ sha256, bytes }) => [sha256, bytes])),
});

function objectPlaces(
  { compiler, sources }: CompileInput,
  { plan }: Extract<CompileResult, { ok: true }>,
): CompiledStacks['places'] {
  const find = compiler.positionsIn(sources);
  return Object.fromEntries(
    objectsOf(plan).flatMap((object) => {
      const found = find({ object, path: [] });
      const name = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
      return found ? [[name, { file: object.source, line: found.line, column: found.column }]] : [];
    }),
  );
}

const objectsOf = ({ groups, endpoints, volumes, aliases }: Plan): readonly ObjectRef[] =>
  [...groups, ...endpoints, ...volumes, ...aliases].map(({ origin }) => origin.object);

/** `assets/<sha256>`, where `synth -d` writes payloads. */
export const assetsFolder = (folder: string): string => join(folder, 'assets');
