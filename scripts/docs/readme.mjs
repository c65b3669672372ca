// The tables and the graph of README.md: each stands between `<!-- name -->` and `<!-- /name -->`.
import { code, plain, sentence, table } from './markdown.mjs';

const tables = { annotations, commands, flags, graph, kinds, settings };

export function readme(known, text) {
  return Object.entries(tables).reduce((page, [name, make]) => between(page, name, make(known)), text);
}

function between(page, name, body) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n\n${body}\n\n${page.slice(to)}`;
}

function kinds({ kinds: all, unsupportedKinds }) {
  const rows = Object.entries(all).map(([kind, { apiVersion, becomes }]) => [
    `[${kind}](docs/kubernetes.md#${kind.toLowerCase()})`,
    code(apiVersion),
    plain(becomes),
  ]);
  const named = (verdict) =>
    Object.keys(unsupportedKinds)
      .filter((kind) => unsupportedKinds[kind].verdict === verdict)
      .join(', ');
  return [
    table(['Kubernetes', '', 'AWS'], rows),
    `**Refused**, with why and what to do instead: ${named('refused')}.`,
    `**Passed over** with a warning, because nothing here would act on them: ${named('warned')}.`,
  ].join('\n\n');
}

function graph({ graphOf, mermaid, voting }) {
  return `\`\`\`mermaid\n${mermaid([graphOf('default-voting', { template: voting })])}\`\`\``;
}

function commands({ commands: all }) {
  return table(
    ['Command', ''],
    Object.values(all).map(({ usage, summary }) => [code(`i2kit ${usage}`), plain(sentence(summary))]),
  );
}

function flags({ commands: all, globalFlags, flags: table_ }) {
  const of = (name) => (globalFlags.includes(name) ? 'all' : takers(all, name));
  const rows = Object.entries(table_).map(([name, { short, value, describe, variable }]) => [
    `${short === undefined ? '' : `${code(`-${short}`)} `}${code(`--${name}${value === undefined ? '' : ` ${value}`}`)}`,
    variable === undefined ? '' : code(variable),
    of(name),
    plain(sentence(describe)),
  ]);
  return table(['Flag', 'Variable', 'Of', ''], rows);
}

/** More than this many commands are no longer read one by one. */
const few = 5;

function takers(all, name) {
  const takes = Object.keys(all).filter((command) => all[command].flags.includes(name));
  const groups = [...new Set(takes.map((command) => command.split(' ')[0]))];
  const whole = (group) =>
    Object.keys(all).every((command) => !command.startsWith(`${group} `) || takes.includes(command));
  const named = groups.flatMap((group) =>
    whole(group) ? [group] : takes.filter((command) => command.startsWith(`${group} `)),
  );
  // An alias takes the same.
  const own = named.filter((command) => command !== 'deploy' || !takes.includes('apply'));
  return own.length > few ? 'most' : own.join(', ');
}

function settings({ settings: all }) {
  return table(
    ['Setting', '', 'Default'],
    Object.entries(all).flatMap(([name, setting]) => setting_(name, setting)),
  );
}

function setting_(name, { type, description, default: otherwise, enum: values, properties }) {
  // What may be a text, or a mapping that says more, is one setting.
  if (properties !== undefined && !Array.isArray(type))
    return Object.entries(properties).flatMap(([inner, one]) => setting_(`${name}.${inner}`, one));
  const choices =
    values === undefined || values.length > 8
      ? ''
      : ` One of ${values.map((value) => code(String(value))).join(', ')}.`;
  return [[code(name), `${plain(description)}${choices}`, otherwise === undefined ? '' : code(String(otherwise))]];
}

function annotations({ annotations: all }) {
  const honoured = Object.entries(all).filter(([, { unsupported }]) => unsupported === undefined);
  return table(
    ['Annotation', 'On', ''],
    honoured.map(([name, { on, docs }]) => [code(name), on.join(', '), plain(docs)]),
  );
}
