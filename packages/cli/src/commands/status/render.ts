// Renders the state of a stack as text.
import { printable } from '@i2kit/runner';
import { elapsed, outputsText, table } from '../../aws/table.ts';
import type { Status } from './fetch.ts';
import type { Machine, ServingCount, Workload } from './workloads.ts';

/** `now`, in milliseconds, is the reference of ages. */
export function statusText(found: Status, wide: boolean, now: number): string {
  const names = (found.names ?? []).map(({ name, zone, state }) =>
    printable(`${name}  ${state}  (zone ${zone} of another account)`),
  );
  const endpoints = found.endpoints.map(({ object, name }) => [object, name]);
  return [
    `${[found.stackName, found.status, found.reason]
      .filter((each) => each !== undefined)
      .map(printable)
      .join('  ')}`,
    ...(found.workloads.length > 0 ? workloadLines(found.workloads, wide) : []),
    ...(wide ? machineLines(found.workloads, now) : []),
    ...(wide && endpoints.length > 0 ? table(['ENDPOINT', 'NAME'], endpoints) : []),
    ...names,
  ]
    .map((line) => `${line}\n`)
    .concat(outputsText(found.outputs))
    .join('');
}

const workloadLines = (all: readonly Workload[], wide: boolean): readonly string[] =>
  table(
    ['WORKLOAD', 'DESIRED', 'IN SERVICE', 'HEALTHY'],
    all.flatMap((each) => [
      [each.object, ...countColumns(each)],
      ...(wide ? (each.ordinals ?? []).map((ordinal) => [`  ${ordinal.name}`, ...countColumns(ordinal)]) : []),
    ]),
  );

const countColumns = ({ desired, inService, healthy, targets }: ServingCount): readonly string[] => [
  String(desired),
  String(inService),
  targets === undefined ? '-' : `${healthy}/${targets}`,
];

function machineLines(all: readonly Workload[], now: number): readonly string[] {
  const rows = all.flatMap(({ object, machines }) =>
    machines.map((each) => [each.id, each.pod ? `${object} (${each.pod})` : object, ...machineColumns(each, now)]),
  );
  return rows.length > 0
    ? table(['MACHINE', 'WORKLOAD', 'STATE', 'HEALTH', 'AGE', 'ZONE', 'ADDRESS', 'IMAGE'], rows)
    : [];
}

const machineColumns = ({ state, health, zone, launched, address, image }: Machine, now: number): readonly string[] => [
  state,
  health,
  launched ? elapsed(now - Date.parse(launched)) : '-',
  zone,
  address || '-',
  image || '-',
];
