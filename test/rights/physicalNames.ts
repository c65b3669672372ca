// The names that CloudFormation gives to resources without names, and the goldens with their stacks.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account } from './judge.ts';

/** Characters of the random end. */
const randomEnd = 'UJ5n2NwuSPZB';

/**
 * `<stack>-<logical id>-<random>`. What is too long is cut: 13 characters are kept for the end, and stack and logical
 * id share the rest, the stack's half rounded up. Documented nowhere; inferred from names of real stacks
 * (https://github.com/KensioSoftware/yulin/issues/1113).
 */
export function physicalName(stack: string, logicalId: string, longest: number): string {
  const whole = `${stack}-${logicalId}`;
  const room = longest - randomEnd.length - 1;
  if (whole.length <= room) return `${whole}-${randomEnd}`;
  const forStack = Math.ceil((room - 1) / 2);
  return `${stack.slice(0, forStack)}-${logicalId.slice(0, room - 1 - forStack)}-${randomEnd}`;
}

/** The longest names: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and the services' own. */
export const longestName: Readonly<Record<string, number>> = {
  'AWS::IAM::Role': 64,
  'AWS::IAM::InstanceProfile': 128,
  'AWS::Logs::LogGroup': 512,
  'AWS::S3::Bucket': 63,
  'AWS::AutoScaling::AutoScalingGroup': 255,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 32,
  'AWS::ElasticLoadBalancingV2::TargetGroup': 32,
};

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly UpdatePolicy?: unknown;
}

export interface StackTemplate {
  readonly stack: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** The types and defaults of its parameters. */
  readonly parameters: readonly { readonly Type: string; readonly Default?: string }[];
}

const templates = new URL('../../templates', import.meta.url).pathname;

/** Every golden, as the stack that it becomes. */
export function goldenStacks(): readonly StackTemplate[] {
  return readdirSync(templates, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.template.json'))
    .sort()
    .map((name) => {
      const { Resources, Parameters = {} } = JSON.parse(readFileSync(join(templates, name), 'utf8'));
      const stack = (name.split('/').at(-1) ?? '').replace('.template.json', '');
      return { stack, resources: Resources, parameters: Object.values(Parameters) };
    });
}

export const region = 'eu-west-1';
export const stackArn = (stack: string) =>
  `arn:aws:cloudformation:${region}:${account}:stack/${stack}/1b2c3d4e-0000-11ee-8000-0a0b0c0d0e0f`;

/** The text of a value of a template, as CloudFormation would resolve it. */
export function resolvedText(value: unknown, { stack, resources }: StackTemplate): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument] = []] = Object.entries(value as object);
  const refOf = (name: string): string =>
    ({
      'AWS::StackId': stackArn(stack),
      'AWS::StackName': stack,
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::URLSuffix': 'amazonaws.com',
    })[name] ?? physicalName(stack, name, longestName[resources[name]?.Type ?? ''] ?? 255);
  switch (intrinsic) {
    case 'Ref':
      return refOf(argument as string);
    case 'Fn::Sub':
      return (argument as string).replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => refOf(name));
    case 'Fn::GetAtt': {
      const [name = '', attribute] = argument as string[];
      const isLogGroup = resources[name]?.Type === 'AWS::Logs::LogGroup' && attribute === 'Arn';
      return isLogGroup ? `arn:aws:logs:${region}:${account}:log-group:${refOf(name)}:*` : `${name}.${attribute}`;
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolvedText(part, { stack, resources, parameters: [] })).join(separator);
    }
    default:
      throw new Error(`the intrinsic ${intrinsic} has no text here`);
  }
}
