// Creates the parts of an environment that an app's template expects, for tests without an environment's stack.
import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
} from '@aws-sdk/client-ec2';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type AwsClients, account, makeBucket, region } from './clients.ts';

export interface SeededEnvironment {
  readonly name: string;
  readonly vpc: string;
  /** The security group of all machines of the environment. */
  readonly members: string;
  /** Subnets by availability zone. */
  readonly privateSubnets: Readonly<Record<string, string>>;
  readonly publicSubnets: Readonly<Record<string, string>>;
  /** The zone of cluster.local. */
  readonly privateZone: string;
  /** The zone of example.com. */
  readonly publicZone: string;
  readonly bucket: string;
}

const zones = [`${region}a`, `${region}b`];

/** Creates an environment and its SSM parameters under /i2kit/<name>/. */
export async function seedEnvironment(clients: AwsClients, name = 'default'): Promise<SeededEnvironment> {
  const { ec2 } = clients;
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.40.0.0/16' }));
  const vpc = Vpc?.VpcId as string;
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  await ec2.send(
    new AttachInternetGatewayCommand({ VpcId: vpc, InternetGatewayId: InternetGateway?.InternetGatewayId }),
  );
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      VpcId: vpc,
      GroupName: `i2kit-${name}-members`,
      Description: `Machines of ${name}`,
    }),
  );
  const environment: SeededEnvironment = {
    name,
    vpc,
    members: GroupId as string,
    privateSubnets: await createSubnets(clients, vpc, 0),
    publicSubnets: await createSubnets(clients, vpc, 100),
    privateZone: await createZone(clients, name, 'cluster.local', vpc),
    publicZone: await createZone(clients, name, 'example.com'),
    bucket: `i2kit-${name}-${account}-${region}`,
  };
  await makeBucket(clients.endpoint, environment.bucket);
  await putParameters(clients, environment);
  return environment;
}

async function createSubnets(clients: AwsClients, vpc: string, offset: number): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [index, AvailabilityZone] of zones.entries()) {
    const CidrBlock = `10.40.${offset + index}.0/24`;
    const { Subnet } = await clients.ec2.send(new CreateSubnetCommand({ VpcId: vpc, AvailabilityZone, CidrBlock }));
    made[AvailabilityZone] = Subnet?.SubnetId as string;
  }
  return made;
}

async function createZone(clients: AwsClients, environment: string, Name: string, vpc?: string): Promise<string> {
  const { HostedZone } = await clients.route53.send(
    new CreateHostedZoneCommand({
      Name,
      CallerReference: `${environment} ${Name}`,
      ...(vpc ? { VPC: { VPCId: vpc, VPCRegion: region } } : {}),
    }),
  );
  return String(HostedZone?.Id).replace('/hostedzone/', '');
}

async function putParameters(clients: AwsClients, environment: SeededEnvironment): Promise<void> {
  const list = (byZone: Readonly<Record<string, string>>) => Object.values(byZone).join(',');
  const values: Record<string, string> = {
    'vpc-id': environment.vpc,
    members: environment.members,
    'subnets/private': list(environment.privateSubnets),
    'subnets/public': list(environment.publicSubnets),
    'zones/private': environment.privateZone,
    'zones/public': environment.publicZone,
    bucket: environment.bucket,
  };
  for (const [az, subnet] of Object.entries(environment.privateSubnets)) values[`subnets/private/${az}`] = subnet;
  for (const [az, subnet] of Object.entries(environment.publicSubnets)) values[`subnets/public/${az}`] = subnet;
  for (const [path, Value] of Object.entries(values)) {
    const Type = Value.includes(',') ? 'StringList' : 'String';
    await clients.ssm.send(
      new PutParameterCommand({ Name: `/i2kit/${environment.name}/${path}`, Value, Type, Overwrite: true }),
    );
  }
}
