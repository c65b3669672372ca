// `--force-redeploy`: every machine is made anew though nothing has changed. A number in the launch templates says how often that was
// wanted; it lives in the stack's own template, so that each later apply keeps it and rolls nothing back.
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

/** How often the machines of a template were wanted anew; 0 for one that is not ours. */
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

/** The template with that number on the disks of every launch template; 0 leaves it as it is. */
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

/** What is wanted, with the number that the stack has; where it is asked for, with the next one. */
export function withForcedRedeploy(wanted: DesiredStack, has: DeployedTemplate, asked: boolean): DesiredStack {
  // What is under way was asked for by this very command, killed: it is watched, not begun once more.
  const again = asked && has.readiness !== 'busy' && has.readiness !== 'create';
  return { ...wanted, template: withRedeployCount(wanted.template, redeployCount(has.template) + (again ? 1 : 0)) };
}
