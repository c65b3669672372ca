// Stack settings of i2kit.yaml through to their effects: requests to CloudFormation, and roles in the templates.
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { type AwsClients, awsClients } from '../awsEmulator/clients.ts';
import { type AwsEmulator, startAwsEmulator } from '../awsEmulator/emulator.ts';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';
import { type RequestRecorder, startRequestRecorder } from '../fixtures/requestRecorder.ts';

const role = 'arn:aws:iam::123456789012:role/deploy';
const topics = ['arn:aws:sns:eu-west-1:123456789012:stacks', 'arn:aws:sns:eu-west-1:123456789012:audit'];
const boundary = 'arn:aws:iam::123456789012:policy/boundary';
const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
`;

let emulator: AwsEmulator;
let clients: AwsClients;
let recorder: RequestRecorder;
let folder: WorkingFolder;

beforeAll(async () => {
  emulator = await startAwsEmulator();
  clients = awsClients(emulator.endpoint);
  recorder = await startRequestRecorder(emulator.endpoint);
  await clients.route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' }));
  folder = createFolder(recorder.endpoint);
  folder.write('web.yaml', web);
  folder.write(
    'i2kit.yaml',
    `app: shop
region: eu-west-1
images: {web: ami-0a1b2c3d4e5f60001}
roleArn: ${role}
notificationArns: [${topics.join(', ')}]
permissionsBoundary: ${boundary}
tags: {team: shop}
`,
  );
});
afterAll(async () => {
  folder?.remove();
  clients?.destroy();
  await recorder?.stop();
  await emulator?.stop();
});

/** Role, topics and permissions boundaries of the newest change set. */
function requestedParameters() {
  const form = recorder.formOf('CreateChangeSet');
  const { Resources = {} } = JSON.parse(form?.get('TemplateBody') ?? '{}') as {
    Resources?: Record<string, { Type: string; Properties?: { PermissionsBoundary?: unknown } }>;
  };
  const roles = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  return {
    stack: form?.get('StackName'),
    role: form?.get('RoleARN'),
    topics: [1, 2, 3].flatMap((at) => form?.get(`NotificationARNs.member.${at}`) ?? []),
    tags: [...(form?.values() ?? [])].includes('team'),
    boundaries: [...new Set(roles.map(({ Properties }) => Properties?.PermissionsBoundary))],
  };
}

test('an environment is made with them', async () => {
  expect(await folder.run('env', 'create', '--yes')).toMatchObject({ code: 0 });
  expect(requestedParameters()).toMatchObject({ stack: 'i2kit-default', role, topics, tags: true });
});

test('an app too, and a flag counts more than the file', async () => {
  expect(await folder.run('apply', '-f', 'web.yaml', '--yes')).toMatchObject({ code: 0 });
  expect(requestedParameters()).toEqual({ stack: 'default-shop', role, topics, tags: true, boundaries: [boundary] });
  folder.edit('web.yaml', 'nginx:1.27', 'nginx:1.28');
  folder.edit('i2kit.yaml', '60001', '60002');
  expect(await folder.run('apply', '-f', 'web.yaml', '--yes', '--role-arn', `${role}2`)).toMatchObject({ code: 0 });
  expect(requestedParameters()).toMatchObject({ role: `${role}2`, topics });
});
