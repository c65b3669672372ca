// Effects on groups of machines and single machines: verbs, sizes, pace and figures, by what changes.
import type { Effect } from '../src/effects/effect.ts';
import type { Resource } from '../src/template.ts';
import { effectsIn, type Resources, type Values } from './helpers/effects.ts';

const machineEffects = (before: Resources, after: Resources) => effectsIn('machines', before, after);

const origin = { Metadata: { 'i2kit:origin': 'Deployment/default/web' } };
const rolling = (policy: Values = { MinInstancesInService: 1, MaxBatchSize: 1 }) => ({
  UpdatePolicy: { AutoScalingRollingUpdate: policy },
});

/** A group with its launch template. */
function group(properties: Values, more: Partial<Resource> = rolling(), image = 'ami-1'): Resources {
  return {
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      ...origin,
      ...more,
      Properties: {
        LaunchTemplate: {
          LaunchTemplateId: { Ref: 'Template' },
          Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] },
        },
        ...properties,
      },
    },
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      ...origin,
      Properties: { LaunchTemplateData: { ImageId: image, InstanceType: 't3.small' } },
    },
  };
}

const fixed = (count: number): Values => ({
  MinSize: String(count),
  MaxSize: String(count),
  DesiredCapacity: String(count),
});
const scaled = (low: number, high: number): Values => ({ MinSize: String(low), MaxSize: String(high) });
const brief = (effects: readonly Effect[]) =>
  effects.map(({ verb, text, machines, minutes }) => [verb, text, machines, minutes]);

describe('groups that come and go', () => {
  test.each([
    [fixed(3), '3 machines', 3],
    [fixed(1), '1 machine', 1],
    [scaled(2, 5), '2 to 5 machines', 2],
    [{ ...scaled(2, 5), DesiredCapacity: '4' }, '4 machines', 4],
  ])('%j', (size, text, machines) => {
    const [created, ...others] = machineEffects({}, group(size));
    expect(others).toEqual([]);
    expect(created).toMatchObject({
      verb: 'CREATE',
      object: 'Deployment/default/web',
      text: `${text} (t3.small)`,
      machines,
      minutes: 2,
      ids: ['Group', 'Template'],
    });
    const [destroyed] = machineEffects(group(size), {});
    expect(destroyed).toMatchObject({ verb: 'DESTROY', text, machines, ids: ['Group', 'Template'] });
    expect(destroyed?.minutes).toBeUndefined();
  });

  test('a renamed resource of a group replaces its machines', () => {
    const named = (name: string) => group({ ...fixed(2), AutoScalingGroupName: name });
    expect(brief(machineEffects(named('a'), named('b')))).toEqual([['REPLACE', '2 machines, all at once', 2, 2]]);
  });
});

describe('rolling updates', () => {
  const roll = (size: Values, policy: Values) =>
    brief(machineEffects(group(size, rolling(policy)), group(size, rolling(policy), 'ami-2')));

  test.each([
    [5, 1, '5 machines (t3.small), one at a time, about 10 min', 10],
    [5, 2, '5 machines (t3.small), 2 at a time, about 6 min', 6],
    [4, 2, '4 machines (t3.small), 2 at a time, about 4 min', 4],
    [4, 4, '4 machines (t3.small), all at once, about 2 min', 2],
    [4, 0, '4 machines (t3.small), one at a time, about 8 min', 8],
    [1, 1, '1 machine (t3.small), about 2 min', 2],
    [1, 3, '1 machine (t3.small), about 2 min', 2],
  ])('%i machines in batches of %i', (machines, MaxBatchSize, text, minutes) => {
    expect(roll(fixed(machines), { MinInstancesInService: 1, MaxBatchSize })).toEqual([
      ['ROLL', text, machines, minutes],
    ]);
  });

  test('without a batch size, one at a time', () => {
    expect(roll(fixed(2), { MinInstancesInService: 1 })).toEqual([
      ['ROLL', '2 machines (t3.small), one at a time, about 4 min', 2, 4],
    ]);
  });

  test.each([{ MinInstancesInService: 0 }, {}])('an interruption where none need be in service: %j', (policy) => {
    const effects = machineEffects(group(fixed(2), rolling(policy)), group(fixed(2), rolling(policy), 'ami-2'));
    expect(brief(effects)).toEqual([
      ['INTERRUPT', 'possibly no machine in service during the rollout, about 4 min', undefined, undefined],
      ['ROLL', '2 machines (t3.small), one at a time, about 4 min', 2, 4],
    ]);
    // The changes are told of once, without the version that only mirrors them.
    expect(effects.map(({ changes }) => changes.map(({ id, path }) => [id, ...path].join(' ')))).toEqual([
      [],
      ['Template LaunchTemplateData ImageId'],
    ]);
  });

  test('a group without machines does not roll', () => {
    expect(brief(machineEffects(group(fixed(0)), group(fixed(0), rolling(), 'ami-2')))).toEqual([
      ['UPDATE', 'Auto Scaling group; its machines stay', undefined, undefined],
    ]);
  });

  test.each(['VPCZoneIdentifier', 'AvailabilityZones', 'PlacementGroup', 'MixedInstancesPolicy'])(
    '%s rolls',
    (name) => {
      const groupWith = (value: string) => group({ ...fixed(2), [name]: [value] });
      expect(machineEffects(groupWith('a'), groupWith('b')).map(({ verb }) => verb)).toEqual(['ROLL']);
    },
  );

  test.each(['HealthCheckGracePeriod', 'Cooldown'])('%s does not', (name) => {
    const groupWith = (value: string) => group({ ...fixed(2), [name]: value });
    expect(brief(machineEffects(groupWith('1'), groupWith('2')))).toEqual([
      ['UPDATE', 'Auto Scaling group; its machines stay', undefined, undefined],
    ]);
  });
});

describe('sizes', () => {
  test.each([
    [fixed(1), fixed(3), '1 → 3 machines', 2],
    [fixed(3), fixed(1), '3 → 1 machine', -2],
    [fixed(2), scaled(2, 6), '2 → 2 to 6 machines', 0],
    [scaled(2, 6), scaled(2, 4), '2 to 6 → 2 to 4 machines', 0],
    [scaled(2, 6), fixed(4), '2 to 6 → 4 machines', 2],
  ])('%j to %j', (before, after, text, machines) => {
    expect(brief(machineEffects(group(before), group(after)))).toEqual([['SCALE', text, machines, undefined]]);
  });

  test('other machines and more of them: the ones that stay roll', () => {
    expect(brief(machineEffects(group(fixed(2)), group(fixed(5), rolling(), 'ami-2')))).toEqual([
      ['ROLL', '2 machines (t3.small), one at a time, about 4 min', 2, 4],
      ['SCALE', '2 → 5 machines', 3, undefined],
    ]);
    expect(brief(machineEffects(group(fixed(5)), group(fixed(2), rolling(), 'ami-2')))[0]).toEqual([
      'ROLL',
      '2 machines (t3.small), one at a time, about 4 min',
      2,
      4,
    ]);
  });
});

describe('machines of jobs', () => {
  const machine = (properties: Values = {}, object = 'Job/default/load'): Resource => ({
    Type: 'AWS::EC2::Instance',
    Metadata: { 'i2kit:origin': object },
    Properties: { InstanceType: 't3.micro', ...properties },
  });

  test('come, go, and are replaced', () => {
    expect(brief(machineEffects({}, { A: machine() }))).toEqual([['CREATE', '1 machine (t3.micro)', 1, 2]]);
    expect(brief(machineEffects({ A: machine() }, {}))).toEqual([['DESTROY', '1 machine (t3.micro)', 1, undefined]]);
    expect(brief(machineEffects({ A: machine() }, { A: machine({ ImageId: 'ami-2' }) }))).toEqual([
      ['REPLACE', '1 machine (t3.micro)', 1, undefined],
    ]);
    expect(brief(machineEffects({ A: machine() }, { A: machine({ DisableApiTermination: true }) }))).toEqual([
      ['UPDATE', '1 machine (t3.micro)', 1, undefined],
    ]);
  });

  test('another machine of the same job runs it again', () => {
    const [again, ...others] = machineEffects({ A: machine(), B: machine() }, { C: machine(), D: machine({}) });
    expect(others).toEqual([]);
    expect(again).toMatchObject({ verb: 'CREATE', text: '2 machines, which run it again', machines: 2 });
    expect([...(again?.ids ?? [])].sort()).toEqual(['A', 'B', 'C', 'D']);
    const one = machineEffects({ A: machine({ ImageId: 'a' }) }, { C: machine({ ImageId: 'b' }) });
    expect(brief(one)).toEqual([['CREATE', '1 machine, which runs it again', 1, 2]]);
  });

  test('a machine of another job is another thing', () => {
    const effects = machineEffects({ A: machine({}, 'Job/default/a') }, { B: machine({}, 'Job/default/b') });
    expect(effects.map(({ verb, object }) => [verb, object])).toEqual([
      ['DESTROY', 'Job/default/a'],
      ['CREATE', 'Job/default/b'],
    ]);
  });
});
