// Writes docs/kubernetes.md: the support for each kind, field and annotation.
import { sections } from './fieldSections.mjs';
import { code, count, folded, generated, page, plain, sentence, table } from './markdown.mjs';

/** The meaning of each word of `mapped` in field support. */
const parts = {
  alias: 'the CNAME record of an ExternalName',
  annotations: 'see [Annotations](#annotations)',
  endpoint: 'listeners, target groups and the private DNS name',
  firewall: 'rules of security groups',
  identity: 'the AWS role of the containers',
  isolation:
    'the payload of the user data. Stricter than in a cluster: NET_RAW is no default capability, and no container opens packet sockets without it ([agent-v1.md](agent-v1.md#containers))',
  machine: 'instance type, architecture and zone of the machines',
  names: 'names, tags and DNS names',
  machines: 'the machines of the ordinals: their number, names, order and image',
  pod: "the payload of the user data: the machine's agent does with it what a kubelet would",
  read: 'which kind it is, and in which version',
  schedule: 'when machines are started: scheduled action of the Auto Scaling group',
  route: 'rules of an application load balancer, and public DNS records',
  scaling: 'least and greatest size of the Auto Scaling group, and the targets that it tracks',
  rollout: 'how machines are replaced: update and creation policy of the Auto Scaling group',
  size: 'the number of machines',
  volume: 'the EBS volume',
};

const classes = ['refused', 'warned', 'mapped', 'meaningless'];
const classOf = (entry) => classes.find((one) => one in entry);

/** Differences between a cluster and the machines; each row names the test that shows it. */
const differences = table(
  ['In a cluster', 'Here', 'Shown by'],
  [
    [
      'containers have NET_RAW, and may open packet sockets',
      'not unless NET_RAW is added by name: containers share the network of the machine, where they would see the credentials of its role. Every user may ping; a program with the file capability `cap_net_raw+ep` does not start',
      '`packages/agent/internal/runtime/sockets_test.go`',
    ],
    [
      'without a `seccompProfile`, system calls are not filtered',
      "containerd's default profile without packet sockets; 32-bit programs of x86 do not run",
      '`packages/agent/internal/runtime/sockets_test.go`',
    ],
    [
      'a node allows sysctls that are not safe one by one, and only those of the network and of IPC',
      'those of the network and of IPC, and amounts of memory, files and processes, are allowed; others are refused ([I2K427](errors.md#i2k427))',
      '`packages/compiler/contract/vectors/sysctls.json`',
    ],
    [
      "a VOLUME of the image below a pod's mount hides that part of the mount",
      "the pod's mount wins",
      '`packages/agent/internal/oci/oci_test.go`',
    ],
    [
      "variables in the manner of Docker's links (`DB_PORT_5432_TCP_ADDR`)",
      'not made; a reference is warned of ([I2K568](errors.md#i2k568))',
      '`packages/compiler/test/2-check/rules/expansions.test.ts`',
    ],
    [
      'a variable or argument over 128 KiB ends the start of the container',
      'one that expands to more is refused before anything is deployed ([I2K428](errors.md#i2k428))',
      '`packages/compiler/test/2-check/rules/expansions.test.ts`',
    ],
  ],
);

export function kubernetes(known) {
  const { annotations, kinds, fieldSupport, unsupportedKinds } = known;
  return page(
    '# Kubernetes, kind by kind and field by field',
    generated,
    'Nothing is dropped in silence: of each field it is said here, and by `i2kit explain Deployment.spec.strategy`, whether it is',
    [
      '- **honoured**: it becomes a part of the stack or of what its machines are told;',
      '- **refused**: it cannot be done here; setting it is an error, with its place and what to do instead;',
      '- **warned of**: it is done otherwise than in a cluster, or not at all; setting it is a warning;',
      '- **without meaning**: there is nothing that could act on it, and all is right without.',
    ].join('\n'),
    'The tables have what is refused or warned of first; the rest is folded. `…` stands for all fields inside of one. Codes lead to\n' +
      '[errors.md](errors.md). A field that Kubernetes does not have is refused, too, with the nearest one that it has.',
    overview(kinds, fieldSupport),
    `Where a field is honoured, the tables say by what:\n\n${table(
      ['Honoured by', ''],
      Object.entries(parts).map(([name, words]) => [name, words]),
    )}`,
    '## What machines do otherwise than a cluster',
    differences,
    '## Kinds that compile',
    ...Object.entries(kinds).map(([kind, facts]) => kindPage(known, kind, facts)),
    '## Other kinds',
    otherKinds(unsupportedKinds),
    '## Annotations',
    'Those of others are left alone: a pod still sees its own. Unknown ones of `i2kit.dev/`, `alb.ingress.kubernetes.io/` and `service.beta.kubernetes.io/aws-load-balancer-`\nare refused, with the nearest known one.',
    annotationTables(known, annotations),
  );
}

function overview(kinds, fieldSupport) {
  const rows = Object.entries(kinds).map(([kind, { apiVersion }]) => {
    const entries = Object.values(fieldSupport[kind]).map(classOf);
    const of = (one) => entries.filter((entry) => entry === one).length.toLocaleString('en');
    return [
      `[${kind}](#${kind.toLowerCase()})`,
      code(apiVersion),
      of('mapped'),
      of('refused'),
      of('warned'),
      of('meaningless'),
    ];
  });
  return table(['Kind', 'Version', 'Fields honoured', 'refused', 'warned of', 'without meaning'], rows);
}

function kindPage({ catalog, fieldSupport }, kind, { apiVersion, formerApiVersions, conversions = {}, becomes }) {
  const converted = Object.keys(conversions)
    .map((version) => ` ${code(version)} is converted to it.`)
    .join('');
  const rest =
    formerApiVersions.length === 0
      ? ''
      : ` Older versions (${formerApiVersions.map(code).join(', ')}) are refused, and told the present one.`;
  const found = sections(fieldSupport[kind]);
  return [
    `### ${kind}`,
    `${code(apiVersion)}. Becomes ${plain(sentence(becomes))}${converted}${rest}`,
    ...found.map((one) => section(catalog, one, likeAnother(found, one))),
  ].join('\n\n');
}

const relative = (path, { path: base }) => (base === '' ? path : path.slice(base.length).replace(/^\./, ''));

/** An earlier section that is the same for nearly all of its fields. */
function likeAnother(all, one) {
  const rows = new Map(one.rows.map((row) => [relative(row.path, one), JSON.stringify(row.entry)]));
  return all.slice(0, all.indexOf(one)).find((other) => {
    const same = other.rows.filter((row) => rows.get(relative(row.path, other)) === JSON.stringify(row.entry)).length;
    return rows.size > 6 && same >= 0.9 * Math.max(rows.size, other.rows.length);
  });
}

function section(catalog, one, like) {
  const theirs = new Map((like?.rows ?? []).map((row) => [relative(row.path, like), JSON.stringify(row.entry)]));
  const rows = one.rows.filter((row) => theirs.get(relative(row.path, one)) !== JSON.stringify(row.entry));
  const fields = one.rows.reduce((sum, row) => sum + row.count, 0);
  const shown = (row) => ({ ...row, path: relative(row.path, one) || one.path });
  const of = (name) => rows.filter(({ entry }) => classOf(entry) === name).map(shown);
  const told = [...alike(of('refused')), ...alike(of('warned'))].map((group) => said(catalog, group));
  return [
    `#### ${one.path === '' ? 'The object' : code(one.path)}`,
    `${count(fields, 'field')}${like === undefined ? '.' : `, as in ${code(like.path)}${rows.length > 0 ? ' but for these:' : '.'}`}`,
    told.length > 0 ? table(['Field', '', 'Code', 'Why, and what to do'], told) : '',
    quiet('honoured', 'Honoured by', of('mapped'), ({ mapped }) => mapped),
    quiet('without meaning', 'Why', of('meaningless'), ({ meaningless }) => plain(meaningless)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Rows with the same text are merged. */
function alike(rows) {
  const groups = new Map();
  for (const row of rows)
    groups.set(JSON.stringify(row.entry), [...(groups.get(JSON.stringify(row.entry)) ?? []), row]);
  return [...groups.values()];
}

/** The diagnostic for a field of this group. */
function said(catalog, group) {
  const [{ entry }] = group;
  const name = entry.refused ?? entry.warned;
  const { title } = catalog[name];
  return [
    group.map(({ path, count: fields }) => `${code(path)}${fields > 1 ? ` (${fields})` : ''}`).join(', '),
    'refused' in entry ? 'refused' : '_warned of_',
    `[${name}](errors.md#${name.toLowerCase()})`,
    `${plain(title)}${entry.hint === undefined ? '' : `: ${plain(entry.hint)}`}${condition(entry)}`,
  ];
}

function condition({ byRule, unless }) {
  if (byRule) return ' (only where it differs from what stands around it)';
  if (unless === undefined) return '';
  const values = (Array.isArray(unless) ? unless : [unless]).map((value) => code(JSON.stringify(value)));
  return ` (${values.join(' or ')} is fine)`;
}

/** Fields that are ignored without a diagnostic, folded; those with the same reason are one row. */
function quiet(name, head, rows, reason) {
  if (rows.length === 0) return '';
  for (const { entry } of rows) {
    if ('mapped' in entry && parts[entry.mapped] === undefined)
      throw new Error(`scripts/docs/kubernetes.mjs: what is '${entry.mapped}'?`);
  }
  const reasons = [...new Set(rows.map(({ entry }) => reason(entry)))];
  const same = reasons.map((one) => rows.filter(({ entry }) => reason(entry) === one).map(({ path }) => code(path)));
  const fields = rows.reduce((sum, row) => sum + row.count, 0);
  return folded(
    `${count(fields, 'field')} ${name}`,
    table(
      [head, 'Fields'],
      reasons.map((one, index) => [one, same[index].join(', ')]),
    ),
  );
}

function otherKinds(unsupportedKinds) {
  const rows = (verdict) =>
    Object.entries(unsupportedKinds)
      .filter(([, other]) => other.verdict === verdict)
      .map(([kind, { why, hint }]) => [code(kind), `${plain(why)}${hint === undefined ? '' : `; ${plain(hint)}`}`]);
  return [
    'Refused, because something would be missing:',
    table(['A …', ''], rows('refused')),
    'Passed over with a warning, because nothing would act on them:',
    table(['A …', ''], rows('warned')),
    'A kind that is in neither table nor above is refused as unknown; `--ignore-kind KIND` passes over one that is not meant for i2kit.',
  ].join('\n\n');
}

function annotationTables({ catalog }, annotations) {
  const all = Object.entries(annotations);
  const honoured = all.filter(([, { unsupported }]) => unsupported === undefined);
  const severity = ([, { unsupported }]) => catalog[unsupported.code].severity;
  const rest = all
    .filter(([, { unsupported }]) => unsupported !== undefined)
    .sort((a, b) => (severity(a) < severity(b) ? -1 : 1));
  return [
    table(
      ['Annotation', 'On', ''],
      honoured.map(([name, { on, docs }]) => [code(name), on.join(', '), plain(docs)]),
    ),
    folded(
      `${count(rest.length, 'annotation')} known and not honoured`,
      table(
        ['Annotation', '', 'Code', 'What it asks for, and what to do'],
        rest.map(([name, { docs, unsupported }]) => [
          code(name),
          catalog[unsupported.code].severity === 'error' ? 'refused' : '_warned of_',
          `[${unsupported.code}](errors.md#${unsupported.code.toLowerCase()})`,
          `${plain(docs)}${unsupported.hint === undefined ? '' : ` Instead: ${plain(unsupported.hint)}.`}`,
        ]),
      ),
    ),
  ].join('\n\n');
}
