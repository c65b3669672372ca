// Rule spread: strict spreads over zones.
import { spread } from '../../../src/2-check/rules/spread.ts';
import { inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const constraint = (topologyKey: string, whenUnsatisfiable: string) =>
  said(spread, [inPod({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey, whenUnsatisfiable }] })]);

it('warns of strict ones over zones', () => {
  expect(constraint('topology.kubernetes.io/zone', 'DoNotSchedule')).toEqual(['I2K507 ~p.topologySpreadConstraints[0].whenUnsatisfiable']);
});

it('says nothing of what is so', () => {
  expect(constraint('topology.kubernetes.io/zone', 'ScheduleAnyway')).toEqual([]);
  expect(constraint('kubernetes.io/hostname', 'DoNotSchedule')).toEqual([]);
});
