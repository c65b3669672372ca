// A compiler that understands just enough for the command line to be tested: `kind:` and `name:` lines become resources.
import { success } from '@i2kit/common';
import type { CodeEntry, Diagnostic, Plan, Source, Stack } from '@i2kit/compiler';
import { parseAllDocuments } from 'yaml';
import type { Compiler, Position } from '../src/ports/compiler.ts';

const entry: CodeEntry = { severity: 'error', title: 'Something', explanation: 'What it means.' };

interface Thing {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
  /** `spec.say: error | warning` makes a diagnostic, `spec.stack` another stack, `spec.large` an asset, `spec.crash` a bug. */
  readonly spec?: {
    readonly say?: 'error' | 'warning';
    readonly stack?: string;
    readonly large?: string;
    readonly crash?: string;
    readonly zone?: string;
    readonly replicas?: number;
  };
}

function things(sources: readonly Source[]): { readonly thing: Thing; readonly source: Source }[] {
  return sources.flatMap((source) =>
    parseAllDocuments(source.text).flatMap((document) => ({ thing: (document.toJS() ?? {}) as Thing, source })),
  );
}

function stack(name: string, all: readonly Thing[]): Stack {
  const sorted = all.map(({ kind, metadata }) => `${kind}${metadata?.name}`).sort();
  const Resources = Object.fromEntries(
    sorted.map((id) => [id, { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'yes' } }]),
  ) as never;
  const assets = all.flatMap(({ spec }) =>
    spec?.large ? [{ key: spec.large, sha256: spec.large, bytes: Buffer.from('payload') }] : [],
  );
  return { name, template: { AWSTemplateFormatVersion: '2010-09-09', Description: 'A fake', Resources }, assets };
}

export const compiler: Compiler = {
  secretsOf: () => ({ ok: true, secrets: [], diagnostics: [] }),
  baseOf: () => ({ boot: 'uefi', debug: false }),
  requiredLookups: () => ({}),
  knownLookups: () => undefined,
  domainOf: () => undefined,
  compile(sources, { app, env, lock, images }) {
    const all = things(sources);
    const crash = all.find(({ thing }) => thing.spec?.crash)?.thing.spec?.crash;
    if (crash) throw new Error(crash);
    const diagnostics: Diagnostic[] = all.flatMap(({ thing, source }) => {
      const severity = thing.spec?.say;
      if (!severity) return [];
      const object = {
        source: source.name,
        document: 0,
        apiVersion: 'v1',
        kind: thing.kind ?? '',
        namespace: 'default',
        name: thing.metadata?.name ?? '',
      };
      return [
        {
          code: severity === 'error' ? 'I2K732' : 'I2K752',
          severity,
          message: `It says ${severity}.`,
          object,
          path: ['spec', 'say'],
          offset: source.text.indexOf('"say"'),
        },
      ];
    });
    if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
    const names = [...new Set(all.map(({ thing }) => thing.spec?.stack ?? app))].sort();
    const stacks = names.map((name) =>
      stack(
        `${env}-${name}`,
        all.map(({ thing }) => thing).filter(({ spec }) => (spec?.stack ?? app) === name),
      ),
    );
    const workloads = all.filter(({ thing }) => thing.kind !== undefined && thing.kind !== 'ConfigMap');
    const groups = workloads.map(({ thing }) => ({
      key: `${thing.kind}/default/${thing.metadata?.name}`,
      replicas: { count: thing.spec?.replicas ?? 1 },
      image: images?.[thing.metadata?.name ?? ''],
    }));
    const volumes = Object.fromEntries(
      all.flatMap(({ thing }) =>
        thing.spec?.zone
          ? [
              [
                `PersistentVolumeClaim/default/${thing.metadata?.name}`,
                { zone: thing.spec.zone, type: 'gp3' as const, sizeGiB: 1, reclaim: 'Delete' as const },
              ],
            ]
          : [],
      ),
    );
    const plan = {
      app,
      env,
      groups,
      loadBalancers: [{ visibility: 'internal', slot: 1 }],
      routers: [],
      endpoints: [],
      volumes: [],
      aliases: [],
    } as unknown as Plan;
    return {
      ok: true,
      stacks,
      plan,
      lock: { version: 1, ...lock, ...(Object.keys(volumes).length > 0 && { volumes: { 'prod-shop': volumes } }) },
      diagnostics,
    };
  },
  environmentTemplate: ({ config }) => ({
    ok: true,
    template: { AWSTemplateFormatVersion: '2010-09-09', Description: config.region ?? '', Resources: {} },
    diagnostics: [],
  }),
  workloadNames: (sources) => success([...new Set(things(sources).flatMap(({ thing }) => thing.metadata?.name ?? []))]),
  appLabels: (sources) =>
    [
      ...new Set(things(sources).flatMap(({ thing }) => thing.metadata?.labels?.['app.kubernetes.io/part-of'] ?? [])),
    ].sort(),
  render(diagnostics, sources, { color }) {
    return diagnostics
      .map((diagnostic) => {
        const at = compiler.positionsIn(sources)(diagnostic);
        const place = `${diagnostic.object.source}${at ? `:${at.line}:${at.column}` : ''}`;
        const head = `${diagnostic.severity}[${diagnostic.code}]`;
        return `${color ? `\u001b[31m${head}\u001b[39m` : head} ${place} ${diagnostic.message}\n${diagnostic.hint ? `  ${diagnostic.hint}\n` : ''}`;
      })
      .join('');
  },
  positionsIn:
    (sources) =>
    ({ object, offset }): Position | undefined => {
      const source = sources.find(({ name }) => name === object.source);
      if (!source || offset === undefined) return undefined;
      const before = source.text.slice(0, offset).split('\n');
      const [line, column] = [before.length, (before[before.length - 1]?.length ?? 0) + 1];
      return { line, column, endLine: line, endColumn: column + 1 };
    },
  catalog: { I2K720: { ...entry, title: 'No such file' }, I2K201: entry },
  kinds: async () => ({
    Deployment: {
      apiVersion: 'apps/v1',
      namespaced: true,
      becomes: 'A group of machines.',
      fieldSupport: {
        'metadata.labels.*': { mapped: 'tags' },
        'spec.replicas': { mapped: 'machines' },
        'spec.strategy.type': { mapped: 'rollout' },
        'spec.strategy.rollingUpdate.maxSurge': { warned: 'I2K201', hint: 'rounded up' },
        'spec.template.spec.containers[].image': { mapped: 'image' },
        'spec.template.spec.hostIPC': { refused: 'I2K201' },
        'spec.revisionHistoryLimit': { meaningless: 'there is no history' },
      },
    },
    Service: { apiVersion: 'v1', namespaced: true, becomes: 'A load balancer.', fieldSupport: {} },
  }),
};
