// Writes docs/reference/*.md: commands, flags, guards, exit codes, settings and annotations, each from its table in the
// source.
import { code, generated, page, plain, sentence, table } from './markdown.mjs';

/** The pages by their path from the root. */
export function reference(known) {
  return {
    'docs/reference/commands.md': commands(known),
    'docs/reference/flags.md': flags(known),
    'docs/reference/guards.md': guards(known),
    'docs/reference/settings.md': settings(known),
    'docs/reference/annotations.md': annotations(known),
  };
}

const exitCodes = [
  ['0', 'Success, possibly with warnings.'],
  ['1', 'Something differs (`diff`, `drift`; `--exit-zero` turns it off).'],
  ['2', 'Bad input or wrong usage. Nothing was written.'],
  ['3', 'AWS or the deployment failed. The root cause is the last thing printed.'],
  ['4', 'A guard refused the change. Nothing was written.'],
  ['5', 'Timed out; the operation continues in AWS. The command that resumes waiting is printed.'],
  ['70', 'A bug in i2kit. `-v` prints the stack trace to report.'],
  ['130', 'Interrupted. The command that resumes is printed.'],
];

function commands({ commands: all }) {
  return page(
    '# Commands',
    generated,
    table(
      ['Command', ''],
      Object.values(all).map(({ usage, summary }) => [code(`i2kit ${usage}`), plain(sentence(summary))]),
    ),
    '`i2kit COMMAND --help` lists the flags of a command and shows examples.\n' +
      '`source <(i2kit completion bash)` completes commands and flags; zsh and fish work too.',
    'Standard output holds only the result. Progress and diagnostics go to standard error. A closed output pipe\n' +
      '(`| head`) is not an error.',
    '## Exit codes',
    table(['Code', ''], exitCodes),
    '[errors.md](../errors.md) lists the codes of all diagnostics. `validate -o json` prints diagnostics for programs.',
  );
}

function flags({ commands: all, globalFlags, flags: byName }) {
  const of = (name) => (globalFlags.includes(name) ? 'all' : commandsWith(all, name));
  const rows = Object.entries(byName).map(([name, { short, value, describe, variable }]) => [
    `${short === undefined ? '' : `${code(`-${short}`)} `}${code(`--${name}${value === undefined ? '' : ` ${value}`}`)}`,
    variable === undefined ? '' : code(variable),
    of(name),
    plain(sentence(describe)),
  ]);
  return page(
    '# Flags and variables',
    generated,
    'A flag takes precedence over its variable, and both over i2kit.yaml. An empty variable counts as unset.\n' +
      '`deploy` takes the flags of `apply`.',
    table(['Flag', 'Variable', 'Commands', ''], rows),
    '`I2KIT_MANIFEST` holds manifests in base64. `I2KIT_DOCKER_CONFIG` and `I2KIT_CREDENTIALS` concern images only: no\n' +
      'template depends on them. `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` are honoured.',
  );
}

/** A flag of more commands than this is listed as a flag of most commands. */
const few = 5;

function commandsWith(all, name) {
  const having = Object.keys(all).filter((command) => all[command].flags.includes(name));
  const groups = [...new Set(having.map((command) => command.split(' ')[0]))];
  const isWhole = (group) =>
    Object.keys(all).every((command) => !command.startsWith(`${group} `) || having.includes(command));
  const names = groups.flatMap((group) =>
    isWhole(group) ? [group] : having.filter((command) => command.startsWith(`${group} `)),
  );
  // An alias takes the same values.
  const own = names.filter((command) => command !== 'deploy' || !having.includes('apply'));
  return own.length > few ? 'most' : own.join(', ');
}

function guards({ changes, guardTable }) {
  const reasons = [];
  const mark = (cell) => {
    if (cell === 'runs') return '✓';
    if (!reasons.includes(cell.not)) reasons.push(cell.not);
    return `${reasons.indexOf(cell.not) + 1}`;
  };
  const rows = Object.values(guardTable).map(({ refuses, flag, by }) => [
    plain(refuses),
    flag === undefined ? '' : code(`--${flag}`),
    ...changes.map((change) => mark(by[change])),
  ]);
  return page(
    '# Guards',
    generated,
    'A command that deploys or deletes a stack refuses what follows, with exit code 4, or 2 for the input. Nothing was\n' +
      'written then. A flag allows one change by name, such as `--allow-replace ID`; each message says which. `--yes` only\n' +
      'answers the question: it allows nothing.',
    table(['Refused', 'Allowed by', ...changes.map(code)], rows),
    'A number is the reason why the guard does not apply:',
    reasons.map((reason, index) => `${index + 1}. ${plain(reason)}`).join('\n'),
    'Machines are counted over all stacks of the app, as desired capacities before and after, so a renamed workload removes\n' +
      'none. A group that starts to scale by itself keeps its machines within its bounds. Machines of Jobs do not count.',
    '## Before anything has started',
    'A command that calls AWS ends within 15 seconds if AWS cannot be reached or does not accept the credentials, and says\n' +
      'why: a missing region or profile, an endpoint that is no URL (exit code 2); missing, expired or wrong credentials, a\n' +
      'clock that is off, an unknown host, a refused connection, no answer, a TLS error, a sign-in page, throttling (exit\n' +
      'code 3). Once AWS has answered a call, it waits and repeats calls until `--timeout`.',
  );
}

function settings({ settings: all }) {
  return page(
    '# i2kit.yaml',
    generated,
    'i2kit reads i2kit.yaml from the directory where it is started, or the file that `--config` names.\n' +
      '`i2kit schema > i2kit.schema.json` writes its JSON schema. With\n' +
      '`# yaml-language-server: $schema=i2kit.schema.json` as the first line, editors complete and check it.',
    table(
      ['Setting', '', 'Default'],
      Object.entries(all).flatMap(([name, setting]) => settingRows(name, setting)),
    ),
    '- Ways to reach a Service (`via`): [services.md](../services.md).\n' +
      '- Existing VPC, subnets, zone, bucket and load balancers: [existing.md](../existing.md).\n' +
      '- Changes that i2kit does not model (`overrides`): [overrides.md](../overrides.md).\n' +
      '- Apps of over 500 resources (`stacks`): [stacks.md](../stacks.md).\n' +
      '- Several regions and accounts: [stack-sets.md](../stack-sets.md).',
    '## i2kit.lock.json',
    'The lock file keeps decisions that must not change, because a new decision would move something that runs: the shared\n' +
      'load balancer of a Service, the zone of a disk, the version of a secret, digests and machine images. `--write-lock`\n' +
      'writes it beside i2kit.yaml: commit it. `--frozen-lock`, for CI, fails if it would change.',
    '## Kustomize and Helm',
    '`-k DIR` reads what `kustomize build DIR` prints, or `kubectl kustomize DIR` if kustomize is missing; it combines with\n' +
      '`-f`. Pipe charts: `helm template shop/ --skip-tests | i2kit synth -f - --app shop`. A Job that Helm would run before or\n' +
      'after an installation gets a warning; other hooks are refused.',
  );
}

function settingRows(name, { type, description, default: otherwise, enum: values, properties }) {
  // A setting that takes a text or a mapping is one row.
  if (properties !== undefined && !Array.isArray(type))
    return Object.entries(properties).flatMap(([inner, one]) => settingRows(`${name}.${inner}`, one));
  const choices =
    values === undefined || values.length > 8
      ? ''
      : ` One of ${values.map((value) => code(String(value))).join(', ')}.`;
  return [[code(name), `${plain(description)}${choices}`, otherwise === undefined ? '' : code(String(otherwise))]];
}

function annotations({ annotations: all }) {
  const honoured = Object.entries(all).filter(([, { unsupported }]) => unsupported === undefined);
  return page(
    '# Annotations',
    generated,
    table(
      ['Annotation', 'On', ''],
      honoured.map(([name, { on, docs }]) => [code(name), on.join(', '), plain(docs)]),
    ),
    'Other annotations of these families are refused or warned of: see [the whole list](../kubernetes.md#annotations).',
  );
}
