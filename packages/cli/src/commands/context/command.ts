// `i2kit context`: looks up the targets of Services that select nothing in the input, for compilations without an account.
import type { AccountContext } from '@i2kit/compiler';
import { readCompileInput, regionOf } from '../../compileInput.ts';
import { contextFileOutput } from '../../config/contextFile.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import { writeFiles } from '../../output/writeFiles.ts';
import { awsFlags, inputFlags, stackNameFlags } from '../shared/flagGroups.ts';

export const context: Command = {
  usage: 'context -f FILE …',
  summary: 'Look up the targets of Services outside the input, and save them in i2kit.context.json',
  description:
    'A Service whose selector matches nothing in the input may select machines of another stack of the ' +
    'environment. The load balancers of those machines become its DNS records. Commit the file: synth reads it, ' +
    'and apply refuses it once it is out of date.',
  flags: [...inputFlags, ...stackNameFlags, 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [['context -f manifests/ --env prod', 'Write i2kit.context.json beside the configuration']],
  run,
};

async function run(given: Context) {
  const { io } = given;
  const prepared = await readCompileInput(given);
  const { compiler, sources, texts, options, lookedUp } = prepared;
  const result = options && compiler.compile(sources, options);
  const problems = [...prepared.problems, ...(result?.diagnostics ?? [])].filter(
    ({ severity }) => severity === 'error',
  );
  reportDiagnostics(given, compiler, problems, texts);
  if (!options || !result?.ok || hasErrors(problems)) return exit.input;
  const demands = { options, plan: result.plan, region: regionOf(io, options), texts, stacks: result.stacks };
  const { code, services } = await (await given.aws()).findServices(given, demands);
  if (services === undefined) return code;
  const { [options.env]: _, ...others } = lookedUp.value?.services ?? {};
  const all = { ...others, ...(Object.keys(services).length > 0 && { [options.env]: services }) };
  const { services: __, ...rest } = lookedUp.value ?? { version: 1 as const };
  const next: AccountContext = { ...rest, ...(Object.keys(all).length > 0 && { services: all }) };
  const unwritten =
    lookedUp.value === undefined && next.services === undefined
      ? []
      : writeFiles(io, [contextFileOutput(lookedUp, next)]);
  reportDiagnostics(given, compiler, unwritten, []);
  return unwritten.length > 0 ? exit.input : code;
}
