// Properties of roles: the permissions of a machine's agent are limited to its own resources.
import { deploymentYaml, type Loose, ofType, resourcesOf } from '../../helpers/templates.ts';

const container = `
envFrom: [{ secretRef: { name: password } }]
volumeMounts: [{ name: data, mountPath: /data }]`;
const yaml = `${deploymentYaml({ pod: 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]', container })}
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Secret
metadata: { name: password }
stringData: { PASSWORD: x }
`;
const [role] = ofType(resourcesOf(yaml), 'IAM::Role');
const statements: readonly Loose[] = role.Properties.Policies[0].PolicyDocument.Statement;
const bySid = (sid: string): Loose => statements.find(({ Sid }) => Sid === sid);
const action = (name: string): Loose => statements.find(({ Action }) => Action.includes(name));

it('reads exactly its own secrets', () => {
  // Secrets Manager appends a dash and six characters; a longer pattern would match other secrets.
  expect(action('secretsmanager:GetSecretValue').Resource).toEqual([
    {
      'Fn::Sub':
        'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:i2kit/default/default/password-??????',
    },
  ]);
});

it('names resources in every statement but those whose calls have none', () => {
  const unlimited = statements.filter(({ Resource }) => [Resource].flat().includes('*')).map(({ Sid }) => Sid);
  expect(unlimited).toEqual(['Describe', 'DescribeDisks'].filter((sid) => bySid(sid)));
  for (const { Action, Effect } of statements) {
    expect(Effect).toBe('Allow');
    expect(JSON.stringify(Action)).not.toContain('*');
  }
});

it('attaches its own volumes to its own machines', () => {
  const { Resource, Condition } = statements.find(({ Resource }) => JSON.stringify(Resource).includes('instance/*'));
  expect(JSON.stringify(Resource)).not.toContain('"*"');
  expect(Condition.StringEquals).toEqual({
    'aws:ResourceTag/aws:cloudformation:stack-id': { Ref: 'AWS::StackId' },
    'aws:ResourceTag/aws:cloudformation:logical-id': 'WebGroup',
  });
  expect(JSON.stringify(statements)).toContain('volume/${DataVolume}');
});

it('signals its own stack, and changes its own group', () => {
  expect(bySid('Signal').Resource).toEqual({ Ref: 'AWS::StackId' });
  expect(bySid('Group').Resource['Fn::Sub']).toMatch(/autoScalingGroupName\/\$\{AWS::StackName\}-WebGroup-\*$/);
});

it('uses keys only by way of the services that hold its secrets and volumes', () => {
  const via = (service: string) => ({
    'kms:ViaService': { 'Fn::Sub': `${service}.\${AWS::Region}.\${AWS::URLSuffix}` },
  });
  const any = { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:*:key/*' };
  expect(statements.filter(({ Action }) => JSON.stringify(Action).includes('kms:'))).toEqual([
    {
      Sid: 'SecretKeys',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: any,
      Condition: {
        StringEquals: via('secretsmanager'),
        StringLike: { 'kms:EncryptionContext:SecretARN': action('secretsmanager:GetSecretValue').Resource },
      },
    },
    {
      Sid: 'DiskKeys',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:DescribeKey'],
      Resource: any,
      Condition: { StringEquals: via('ec2') },
    },
    {
      Sid: 'DiskKeyGrants',
      Effect: 'Allow',
      Action: ['kms:CreateGrant'],
      Resource: any,
      Condition: { StringEquals: via('ec2'), Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ]);
});

it('is assumed by EC2 only', () => {
  expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});
