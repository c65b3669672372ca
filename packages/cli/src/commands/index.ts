// The table of commands, one line each.
import type { Command } from '../context.ts';
import { apply } from './apply/command.ts';
import { cancel } from './cancel/command.ts';
import { completion } from './completion.ts';
import { context } from './context/command.ts';
import { cost } from './cost.ts';
import { destroy } from './destroy/command.ts';
import { diff } from './diff.ts';
import { drift } from './drift/command.ts';
import { envCreate } from './env/create.ts';
import { envDestroy } from './env/destroy.ts';
import { envStatus } from './env/status.ts';
import { envSynth } from './env/synth.ts';
import { events } from './events/command.ts';
import { explain } from './explain.ts';
import { graph } from './graph.ts';
import { help } from './help.ts';
import { history } from './history/command.ts';
import { iamPolicy } from './iamPolicy/command.ts';
import { imageBuild } from './image/build/command.ts';
import { imageGc } from './image/gc/command.ts';
import { imageLs } from './image/ls/command.ts';
import { imagePush } from './image/push/command.ts';
import { imageRun } from './image/run/command.ts';
import { imageSbom } from './image/sbom/command.ts';
import { logs } from './logs/command.ts';
import { recover } from './recover/command.ts';
import { rollback } from './rollback/command.ts';
import { schema } from './schema.ts';
import { secretsLs } from './secrets/ls.ts';
import { secretsPush } from './secrets/push.ts';
import { secretsRm } from './secrets/rm.ts';
import { status } from './status/command.ts';
import { synth } from './synth/command.ts';
import { validate } from './validate.ts';
import { version } from './version.ts';

/** In the order of help. A name of two words is typed as two. */
export const commands = {
  synth,
  validate,
  diff,
  graph,
  cost,
  apply,
  deploy: { ...apply, usage: 'deploy -f FILE …', summary: 'The same as apply' },
  destroy,
  status,
  events,
  logs,
  drift,
  history,
  rollback,
  recover,
  cancel,
  'image build': imageBuild,
  'image push': imagePush,
  'image run': imageRun,
  'image sbom': imageSbom,
  'image ls': imageLs,
  'image gc': imageGc,
  'env synth': envSynth,
  'env create': envCreate,
  'env status': envStatus,
  'env destroy': envDestroy,
  context,
  'secrets push': secretsPush,
  'secrets ls': secretsLs,
  'secrets rm': secretsRm,
  'iam-policy': iamPolicy,
  explain,
  schema,
  completion,
  version,
  help,
} as const satisfies Readonly<Record<string, Command>>;

export const commandNames = Object.keys(commands) as readonly (keyof typeof commands)[];

/** The command that the first words name. */
export function findCommand(
  words: readonly string[],
): { readonly name: keyof typeof commands; readonly command: Command } | undefined {
  const name = commandNames.find((known) => known.split(' ').every((part, i) => words[i] === part));
  return name && { name, command: commands[name] };
}
