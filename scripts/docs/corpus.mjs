// Writes docs/corpus.md: the diagnostics for third-party applications, if they are present.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, count, generated, page, plain, table } from './markdown.mjs';

/** The page; undefined if there are no applications, and the page then stays unchanged. */
export function corpus({ catalog, compile, positionsIn }, root) {
  const folder = join(process.env.I2KIT_SHARED_DATA ?? join(root, '../shared/data'), 'corpus');
  if (!existsSync(folder)) return undefined;
  const apps = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => appOf(name, join(folder, name), compile, positionsIn))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return page(
    generated,
    '# Diagnostics of published applications',
    'These applications are compiled as their authors published them, in the region eu-west-1, without machine images and ' +
      'without an i2kit.yaml. An error prevents the template. A warning describes a difference from a cluster.',
    table(
      ['Application', 'Objects', 'Template', 'Errors', 'Warnings'],
      apps.map((app) => [
        `[${app.name}](#${app.name})`,
        app.objects,
        app.resources === undefined ? 'none' : count(app.resources, 'resource'),
        String(app.findings.filter(isError).length),
        String(app.findings.length - app.findings.filter(isError).length),
      ]),
    ),
    ...apps.map((app) => section(app, catalog)),
  );
}

const isError = ({ severity }) => severity === 'error';

function appOf(name, folder, compile, positionsIn) {
  const sources = readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }));
  const result = compile(sources, { app: name, env: 'default', config: { region: 'eu-west-1' } });
  const position = positionsIn(sources);
  const findings = result.diagnostics.map((finding) => {
    const at = position(finding);
    return { ...finding, place: `${finding.object.source}${at === undefined ? '' : `:${at.line}`}` };
  });
  const resources = result.ok
    ? result.stacks.reduce((sum, { template }) => sum + Object.keys(template.Resources).length, 0)
    : undefined;
  return { name, objects: result.ok ? objectsOf(result.stacks) : '', resources, findings };
}

/** `11 Deployment, 12 Service`: the origins of the template's resources. */
function objectsOf(stacks) {
  const origins = new Set(
    stacks.flatMap(({ template }) =>
      Object.values(template.Resources).map(({ Metadata }) => String(Metadata?.['i2kit:origin']).split('#')[0]),
    ),
  );
  const kinds = new Map();
  for (const origin of origins) {
    const [kind] = origin.split('/');
    if (kind !== 'App') kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, number]) => `${number} ${kind}`)
    .join(', ');
}

function section({ name, findings }, catalog) {
  const byCode = new Map();
  for (const finding of findings) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  const rows = [...byCode].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, all]) => row(id, all, catalog));
  return `## ${name}\n\n${rows.length === 0 ? 'There are no diagnostics.' : table(['Code', 'Diagnostic', 'Explanation', 'Places'], rows)}`;
}

function row(id, all, catalog) {
  const { severity, title, explanation } = catalog[id];
  const messages = [...new Set(all.map(({ message }) => message))];
  const what =
    messages.length === 1 ? messages[0] : `${messages[0]}; and ${count(messages.length - 1, 'more message')}`;
  const link = `[${id}](errors.md#${id.toLowerCase()})`;
  const places = [...new Set(all.map(({ place }) => code(place)))].join(', ');
  return [
    severity === 'error' ? `${link}, an error` : link,
    `**${plain(title)}**: ${plain(what)}`,
    plain(explanation),
    places,
  ];
}
