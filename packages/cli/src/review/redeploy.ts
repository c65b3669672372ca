// `--force-redeploy`: replaces every machine even without changes. A counter in the launch templates forces it; it is read from the deployed template, so that later applies keep it and roll nothing back.
import type { DeployedTemplate } from '@i2kit/runner';
import type { DesiredStack } from '../ports/aws.ts';

const redeployTag = 'i2kit:redeploy';
const launchTemplateType = 'AWS::EC2::LaunchTemplate';

interface Tag {
  readonly Key: string;
  readonly Value: unknown;
}
interface Resource {
  readonly Type?: string;
  readonly Properties?: { readonly LaunchTemplateData?: { readonly TagSpecifications?: readonly Specification[] } };
}
interface Specification {
  readonly ResourceType?: string;
  readonly Tags?: readonly Tag[];
}
type Resources = Readonly<Record<string, Resource>>;

const resourcesIn = (template: string): Resources =>
  (JSON.parse(template) as { Resources?: Resources }).Resources ?? {};

/** The counter of a template; 0 for a template of another tool. */
export function redeployCount(template: string): number {
  try {
    const tags = Object.values(resourcesIn(template)).flatMap(
      ({ Properties }) => Properties?.LaunchTemplateData?.TagSpecifications?.flatMap(({ Tags = [] }) => Tags) ?? [],
    );
    return Math.max(0, ...tags.filter(({ Key }) => Key === redeployTag).map(({ Value }) => Number(Value) || 0));
  } catch {
    return 0;
  }
}

/** The template with the counter in the user data of every launch template; 0 leaves it unchanged. */
export function withRedeployCount(template: string, count: number): string {
  if (count === 0) return template;
  const whole = JSON.parse(template) as { Resources?: Resources };
  const resources = Object.entries(whole.Resources ?? {}).map(([id, resource]) => {
    const { Properties } = resource;
    if (resource.Type !== launchTemplateType || !Properties?.LaunchTemplateData) return [id, resource];
    const { TagSpecifications: before = [], ...data } = Properties.LaunchTemplateData;
    const marked = (each: Specification) => ({
      ...each,
      Tags: [...(each.Tags ?? []), { Key: redeployTag, Value: String(count) }],
    });
    const volumes = before.some(({ ResourceType }) => ResourceType === 'volume')
      ? before
      : [...before, { ResourceType: 'volume' }];
    const TagSpecifications = volumes.map((each) => (each.ResourceType === 'volume' ? marked(each) : each));
    return [id, { ...resource, Properties: { ...Properties, LaunchTemplateData: { ...data, TagSpecifications } } }];
  });
  return JSON.stringify({ ...whole, Resources: Object.fromEntries(resources) });
}

/** The desired template with the deployed counter, or with the next one if a redeployment is requested. */
export function withForcedRedeploy(wanted: DesiredStack, has: DeployedTemplate, asked: boolean): DesiredStack {
  // The running operation was started by this very command before it was killed: it is watched, not started again.
  const again = asked && has.readiness !== 'busy' && has.readiness !== 'create';
  return { ...wanted, template: withRedeployCount(wanted.template, redeployCount(has.template) + (again ? 1 : 0)) };
}
