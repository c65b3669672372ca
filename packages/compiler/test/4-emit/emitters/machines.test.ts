// Properties of launch templates, jobs, network interfaces, volumes and log groups.
import { deploymentYaml, type Loose, ofType, resourcesOf, templateOf } from '../../helpers/templates.ts';

const job = (kind: 'Job' | 'CronJob', spec: string) => {
  const pod = 'template: { spec: { restartPolicy: Never, containers: [{ name: job, image: "busybox:1.37" }] } }';
  const body = kind === 'Job' ? `${spec}, ${pod}` : `schedule: "0 3 * * *", jobTemplate: { spec: { ${spec}, ${pod} } }`;
  return `{ apiVersion: batch/v1, kind: ${kind}, metadata: { name: report }, spec: { ${body} } }`;
};
const launchData = (yaml: string): Loose =>
  ofType(resourcesOf(yaml), 'EC2::LaunchTemplate')[0].Properties.LaunchTemplateData;

describe('a launch template', () => {
  it('requires tokens for metadata, which containers cannot reach', () => {
    expect(launchData(deploymentYaml()).MetadataOptions).toMatchObject({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
    });
  });

  it('encrypts the root volume, which ends with its machine', () => {
    const [{ Ebs }] = launchData(deploymentYaml()).BlockDeviceMappings;
    expect(Ebs).toMatchObject({ Encrypted: true, DeleteOnTermination: true, VolumeSize: 8 });
  });

  it('has room for requested storage', () => {
    const container = 'resources: { requests: { ephemeral-storage: 20Gi } }';
    expect(launchData(deploymentYaml({ container })).BlockDeviceMappings[0].Ebs.VolumeSize).toBe(22);
  });

  it('has no public address behind NAT, and one without', () => {
    const address = (egress: 'none' | 'one') =>
      ofType(
        resourcesOf(deploymentYaml(), { config: { region: 'eu-west-1', network: { egress } } }),
        'EC2::LaunchTemplate',
      )[0].Properties.LaunchTemplateData.NetworkInterfaces[0].AssociatePublicIpAddress;
    expect([address('one'), address('none')]).toEqual([false, true]);
  });

  it('asks for its image as a parameter', () => {
    const { Parameters } = templateOf(deploymentYaml());
    expect(launchData(deploymentYaml()).ImageId).toEqual({ Ref: 'WebImage' });
    expect(Parameters.WebImage.Type).toBe('AWS::EC2::Image::Id');
  });
});

describe('a Job', () => {
  const resources = resourcesOf(job('Job', 'completions: 5, parallelism: 2'));
  const ids = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::EC2::Instance');

  it('has an instance for each completion, of which its parallelism run at a time', () => {
    expect(ids).toHaveLength(5);
    expect(ids.map((id) => resources[id].DependsOn)).toEqual([undefined, undefined, [ids[0]], [ids[1]], [ids[2]]]);
  });

  it('has machines that are terminated when they power off', () => {
    const [{ Properties }] = ofType(resources, 'EC2::LaunchTemplate');
    expect(Properties.LaunchTemplateData.InstanceInitiatedShutdownBehavior).toBe('terminate');
  });

  it('is waited for, one signal for each instance', () => {
    for (const id of ids) expect(resources[id].CreationPolicy.ResourceSignal.Count).toBe(1);
  });
});

describe('a CronJob', () => {
  const resources = resourcesOf(job('CronJob', 'completions: 3, parallelism: 3'));

  it('is an empty group that its schedule fills', () => {
    const [group] = ofType(resources, 'AutoScaling::AutoScalingGroup');
    expect(group.Properties).toMatchObject({ MinSize: '0', MaxSize: '3', DesiredCapacity: '0' });
    const [action] = ofType(resources, 'AutoScaling::ScheduledAction');
    expect(action.Properties).toMatchObject({ DesiredCapacity: 3, Recurrence: '0 3 * * *' });
  });

  it('is not reset by updates of its stack', () => {
    const [group] = ofType(resources, 'AutoScaling::AutoScalingGroup');
    expect(group.UpdatePolicy).toEqual({
      AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
    });
    expect(group.CreationPolicy).toBeUndefined();
  });
});

describe('a volume', () => {
  const volumeOf = (reclaim: string): Loose =>
    ofType(
      resourcesOf(`${deploymentYaml({
        pod: 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]',
        container: 'volumeMounts: [{ name: data, mountPath: /data }]',
      })}
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
reclaimPolicy: ${reclaim}
`),
      'EC2::Volume',
    )[0];

  it.each([
    ['Delete', 'Snapshot', 'Snapshot'],
    ['Retain', 'RetainExceptOnCreate', 'Retain'],
  ])('whose class says %s is never lost', (reclaim, deletion, replacement) => {
    expect(volumeOf(reclaim)).toMatchObject({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement });
  });

  it('is encrypted, in a fixed zone', () => {
    expect(volumeOf('Delete').Properties).toMatchObject({ Encrypted: true, AvailabilityZone: 'eu-west-1a' });
  });
});

it('a log group keeps output for 30 days, or as the settings say', () => {
  const days = (logRetention?: number) =>
    ofType(
      resourcesOf(deploymentYaml(), {
        config: { region: 'eu-west-1', ...(logRetention === undefined ? {} : { logRetention }) },
      }),
      'Logs::LogGroup',
    )[0].Properties.RetentionInDays;
  expect([days(), days(365)]).toEqual([30, 365]);
});
