// Checks a template against AWS's limits and reports the largest objects; warns from 80 %.
import { compareText } from '@i2kit/common';
import type { Finding } from '../../diagnostic.ts';
import { maxStackResources } from '../../kinds/shared/stackLimits.ts';
import type { Template } from '../../template.ts';
import type { EmitContext } from './emitter.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxEntries = { Resources: maxStackResources, Parameters: 200, Mappings: 200, Outputs: 200 } as const;
/** Bytes of a template read from a bucket. */
const maxTemplateBytes = 1_000_000;
const warnFrom = 0.8;

const codeOf = { Resources: 'I2K601', Parameters: 'I2K602', Mappings: 'I2K603', Outputs: 'I2K604' } as const;

export function templateLimitFindings(context: EmitContext, template: Template): readonly Finding[] {
  const findings: Finding[] = [];
  for (const section of ['Resources', 'Parameters', 'Mappings', 'Outputs'] as const) {
    const count = Object.keys(template[section] ?? {}).length;
    const limit = maxEntries[section];
    if (count < limit * warnFrom) continue;
    findings.push(
      limitFinding(
        context,
        codeOf[section],
        count > limit,
        `the template has ${count} ${section.toLowerCase()}; AWS takes ${limit}`,
        section === 'Resources' ? section : 'other',
        template,
      ),
    );
  }
  const bytes = templateBytes(template);
  if (bytes >= maxTemplateBytes * warnFrom) {
    findings.push(
      limitFinding(
        context,
        'I2K605',
        bytes > maxTemplateBytes,
        `the template has ${bytes} bytes; AWS takes ${maxTemplateBytes}`,
        'bytes',
        template,
      ),
    );
  }
  return findings;
}

/** Bytes as `synth` writes them, indented. Counts compact JSON first, since a small stack is far from the limit. */
function templateBytes(template: Template): number {
  const compact = Object.keys(template.Resources).length < 100 ? JSON.stringify(template).length : maxTemplateBytes;
  return compact < maxTemplateBytes / 3 ? compact : JSON.stringify(template, null, 2).length;
}

function limitFinding(
  context: EmitContext,
  code: Finding['code'],
  over: boolean,
  message: string,
  what: 'Resources' | 'bytes' | 'other',
  template: Template,
): Finding {
  const first = context.plan.groups[0]?.origin ?? context.plan.endpoints[0]?.origin;
  return {
    code,
    severity: over ? 'error' : 'warning',
    message,
    object: first?.object ?? noObject,
    path: [],
    hint: `${splitHint(context)} ${largestObjects(what, template)}.`,
  };
}

const noObject = { source: '', document: 0, apiVersion: '', kind: '', namespace: '', name: '' };

const splitHint = ({ config }: EmitContext): string =>
  config.stacks === 'workload'
    ? 'Split the app into several, each with its own --app.'
    : 'Set `stacks: workload` in i2kit.yaml for a stack per workload, or split the app into several, each with its own --app.';

/** The three objects that take most of the limit. */
function largestObjects(what: 'Resources' | 'bytes' | 'other', template: Template): string {
  const sizes = new Map<string, number>();
  for (const resource of Object.values(template.Resources)) {
    const owner = String(resource.Metadata?.['i2kit:origin'] ?? '').split('#')[0] ?? '';
    sizes.set(owner, (sizes.get(owner) ?? 0) + (what === 'bytes' ? JSON.stringify(resource, null, 2).length : 1));
  }
  if (what === 'other') return `There are ${sizes.size} objects`;
  const largest = [...sizes]
    .sort(([a, m], [b, n]) => n - m || compareText(a, b))
    .slice(0, 3)
    .map(([owner, size]) => `${owner} (${size}${what === 'bytes' ? ' bytes' : ''})`)
    .join(', ');
  return `Largest objects: ${largest}`;
}
