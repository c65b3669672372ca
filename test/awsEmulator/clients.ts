// The AWS SDK's clients of the AWS emulator.
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SSMClient } from '@aws-sdk/client-ssm';

export const region = 'eu-west-1';
export const account = '123456789012';

export interface AwsClients {
  readonly endpoint: string;
  readonly autoScaling: AutoScalingClient;
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly route53: Route53Client;
  readonly ssm: SSMClient;
  /** Closes the clients' connections, which would keep a test process alive. */
  destroy(): void;
}

/** The emulator takes an access key id of twelve digits for an account, which keeps tests apart. */
export function awsClients(endpoint: string, accessKeyId: string = account): AwsClients {
  // Every test file would print it; the pinned version runs on the oldest supported Node.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const config = { endpoint, region, credentials: { accessKeyId, secretAccessKey: 'none' }, maxAttempts: 2 };
  const clients = {
    autoScaling: new AutoScalingClient(config),
    cloudFormation: new CloudFormationClient(config),
    ec2: new EC2Client(config),
    elb: new ElasticLoadBalancingV2Client(config),
    iam: new IAMClient(config),
    logs: new CloudWatchLogsClient(config),
    route53: new Route53Client(config),
    ssm: new SSMClient(config),
  };
  return {
    endpoint,
    ...clients,
    destroy() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Creates a bucket; there is no S3 client among the tests' dependencies. */
export async function makeBucket(endpoint: string, bucket: string): Promise<void> {
  await put(
    `${endpoint}/${bucket}`,
    `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
  );
}

/** Puts an object into a bucket and returns its URL. */
export async function putObject(endpoint: string, bucket: string, key: string, body: string): Promise<string> {
  const url = `${endpoint}/${bucket}/${key}`;
  await put(url, body);
  return url;
}

async function put(url: string, body: string): Promise<void> {
  // The emulator reads account and region from the signature and does not verify it.
  const scope = `${account}/20260101/${region}/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  const answer = await fetch(url, { method: 'PUT', body, headers: { authorization } });
  const text = await answer.text();
  if (!answer.ok && !text.includes('BucketAlreadyOwnedByYou'))
    throw new Error(`PUT ${url} was answered ${answer.status}: ${text}`);
}
