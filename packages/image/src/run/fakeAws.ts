// Answers the agent's AWS calls (the compiler's contract/calls.json) for a machine without an account.
import type { RequestListener } from 'node:http';
import { fakeCredentials } from './fakeMetadata.ts';

export type FakeAwsEvent =
  /** The machine signalled its state; there is no stack to receive it. */
  | { readonly kind: 'signal'; readonly status: string }
  | { readonly kind: 'log'; readonly stream: string; readonly message: string }
  /** The machine reported itself unhealthy, so Auto Scaling would replace it. */
  | { readonly kind: 'given-up' }
  /** A call that is not answered here. */
  | { readonly kind: 'unanswered'; readonly action: string };

export interface FakeAwsOptions {
  readonly instance: string;
  /** Base64 values by key, by the secret's name in Secrets Manager. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly onEvent: (event: FakeAwsEvent) => void;
}

type FakeAnswer = { readonly xml: string } | { readonly json: unknown } | { readonly errorCode: string };

export function fakeAws(input: FakeAwsOptions): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
      const form = new URLSearchParams(target === undefined ? body : '');
      const action = target ?? form.get('Action') ?? '';
      const answer =
        target === undefined ? answerQuery(action, form, input) : answerJson(action, parseBody(body), input);
      if (answer === undefined) input.onEvent({ kind: 'unanswered', action });
      const { status, type, text } = responseOf(action, answer ?? { errorCode: 'InvalidAction' }, target !== undefined);
      response.writeHead(status, { connection: 'close', 'content-type': type }).end(text);
    });
  };
}

/** A body that is not JSON has no input. */
function parseBody(text: string): JsonBody {
  try {
    return (JSON.parse(text) as JsonBody | null) ?? {};
  } catch {
    return {};
  }
}

/** The query protocol: CloudFormation, Auto Scaling, Elastic Load Balancing, EC2, STS. */
function answerQuery(
  action: string,
  form: URLSearchParams,
  { instance, onEvent }: FakeAwsOptions,
): FakeAnswer | undefined {
  switch (action) {
    case 'SignalResource':
      onEvent({ kind: 'signal', status: form.get('Status') ?? '' });
      return { xml: '' };
    case 'SetInstanceHealth':
      onEvent({ kind: 'given-up' });
      return { xml: '' };
    // In no group, so there are no target groups and no lifecycle hook.
    case 'DescribeAutoScalingInstances':
    case 'DescribeAutoScalingGroups':
    case 'DescribeTargetHealth':
    case 'CompleteLifecycleAction':
    case 'RecordLifecycleActionHeartbeat':
    case 'TerminateInstanceInAutoScalingGroup':
    case 'PutMetricData':
    case 'DescribeInstances':
    case 'AttachVolume':
    case 'DetachVolume':
      return { xml: '' };
    case 'DescribeVolumes': {
      const id = form.get('VolumeId.1') ?? '';
      const attachment = `<item><instanceId>${instance}</instanceId><device>/dev/sdf</device><status>attached</status></item>`;
      const item = `<item><volumeId>${id}</volumeId><status>in-use</status><attachmentSet>${attachment}</attachmentSet></item>`;
      return { xml: `<volumeSet>${item}</volumeSet>` };
    }
    case 'AssumeRole': {
      const { id, secret, token } = fakeCredentials;
      const keys = `<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken>`;
      return {
        xml: `<AssumeRoleResult><Credentials>${keys}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>`,
      };
    }
    default:
      return undefined;
  }
}

interface JsonBody {
  readonly SecretId?: string;
  readonly logStreamName?: string;
  readonly logEvents?: readonly { readonly message: string }[];
}

/** The JSON protocol: CloudWatch Logs, SSM, Secrets Manager. */
function answerJson(action: string, body: JsonBody, { secrets, onEvent }: FakeAwsOptions): FakeAnswer | undefined {
  switch (action) {
    case 'CreateLogStream':
      return { json: {} };
    case 'PutLogEvents':
      for (const { message } of body.logEvents ?? [])
        onEvent({ kind: 'log', stream: body.logStreamName ?? '', message });
      return { json: {} };
    // Other workloads do not run here.
    case 'GetParameter':
      return { errorCode: 'ParameterNotFound' };
    case 'GetSecretValue': {
      const name = body.SecretId ?? '';
      const values = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
      return values === undefined
        ? { errorCode: 'ResourceNotFoundException' }
        : { json: { Name: name, SecretString: JSON.stringify(values) } };
    }
    default:
      return undefined;
  }
}

function responseOf(action: string, answer: FakeAnswer, json: boolean): { status: number; type: string; text: string } {
  if ('json' in answer) return { status: 200, type: 'application/x-amz-json-1.1', text: JSON.stringify(answer.json) };
  if ('xml' in answer)
    return { status: 200, type: 'text/xml', text: `<${action}Response>${answer.xml}</${action}Response>` };
  const message = 'not available on this computer';
  if (json)
    return {
      status: 400,
      type: 'application/x-amz-json-1.1',
      text: JSON.stringify({ __type: answer.errorCode, message }),
    };
  const error = `<Error><Type>Sender</Type><Code>${answer.errorCode}</Code><Message>${message}</Message></Error>`;
  return { status: 400, type: 'text/xml', text: `<ErrorResponse>${error}</ErrorResponse>` };
}
