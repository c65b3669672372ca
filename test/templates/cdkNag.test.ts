// Runs cdk-nag's AwsSolutions rules on every golden, which CfnInclude reads; findings stand in securityExceptions.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCdkNag } from '../../scripts/testTools.mjs';
import { securityExceptions } from './securityExceptions.ts';
import {
  goldenFiles,
  keptReport,
  openFindings,
  resourceName,
  runJudge,
  type SecurityFinding,
} from './securityJudges.ts';

interface NagFinding {
  /** Path of the template. */
  readonly template: string;
  readonly rule: string;
  /** Logical id. */
  readonly resource: string;
  readonly said: string;
}

interface Report {
  readonly findings: readonly NagFinding[];
  /** Rules that cannot read a resource, because a value is an intrinsic function. */
  readonly unjudged: readonly NagFinding[];
  readonly unread: readonly { readonly template: string; readonly error: string }[];
  readonly resources: number;
}

const program = new URL('../validators/cdkNag/judge.mjs', import.meta.url).pathname;
const versions = [program, new URL('../validators/cdkNag/package-lock.json', import.meta.url).pathname];

async function runCdkNag(files: readonly string[]): Promise<Report> {
  const folder = await ensureCdkNag();
  const templates = JSON.stringify(Object.fromEntries(files.map((file) => [file, file])));
  return JSON.parse(await runJudge(process.execPath, [program, folder], templates)) as Report;
}

/** A role's right to its own group differs in name only. */
function findingOf({ template, rule, resource }: NagFinding): SecurityFinding {
  const own = `:autoScalingGroup:*:autoScalingGroupName/<AWS::StackName>-${resource.replace(/Role$/, 'Group')}-*]`;
  return {
    rule: rule.startsWith('IAM5[') && rule.endsWith(own) ? 'IAM5[own Auto Scaling group]' : rule,
    resource: resourceName(template, resource),
  };
}

const isNag = (rule: string) => !rule.startsWith('CKV');

test('cdk-nag reads every golden, and finds nothing but the exceptions', async () => {
  const { findings, unjudged, unread, resources } = await keptReport('cdkNag', versions, () =>
    runCdkNag(goldenFiles()),
  );
  expect(unread).toEqual([]);
  expect(unjudged).toEqual([]);
  expect(resources).toBeGreaterThan(400);
  expect(openFindings(findings.map(findingOf), securityExceptions, isNag)).toEqual([]);
});

test('it sees what a template opens and grants', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-cdk-nag-'));
  const file = join(folder, 'planted.template.json');
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
  const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
  const policy = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const planted = {
    Resources: {
      Open: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', SecurityGroupIngress: [rule] } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [trust] },
          Policies: [{ PolicyName: 'p', PolicyDocument: policy }],
        },
      },
    },
  };
  try {
    writeFileSync(file, JSON.stringify(planted));
    const found = (await runCdkNag([file])).findings.map(({ rule: name, resource }) => `${name} ${resource}`);
    expect(found).toEqual(expect.arrayContaining(['EC23 Open', 'IAM5[Action::s3:*] Role', 'IAM5[Resource::*] Role']));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
