// Plan -> CloudFormation. Each emitter is a file; their order here is the order of an object's resources.
import type { Finding } from '../../diagnostic.ts';
import type { CompileOptions } from '../../options.ts';
import type { Plan } from '../../plan.ts';
import type { Stack } from '../../stack.ts';
import { assemble } from './assemble.ts';
import { settingTextFindings } from './emittedTexts.ts';
import { type Emitter, emitContextOf } from './emitter.ts';
import { applicationLoadBalancers } from './emitters/applicationLoadBalancers.ts';
import { autoScalingGroups } from './emitters/autoScalingGroups.ts';
import { deadlineLimits } from './emitters/deadlineLimits.ts';
import { crossAccountNames, externalServiceRecords, serviceRecords } from './emitters/dnsRecords.ts';
import { existingResources } from './emitters/existingResources.ts';
import { jobInstances, scheduledJobs } from './emitters/jobs.ts';
import { instanceTypeChecks, launchTemplates, machineImages, payloadObjects } from './emitters/launchTemplates.ts';
import { ruleLimits, tagLimits } from './emitters/limits.ts';
import { logGroups } from './emitters/logGroups.ts';
import { machineRecords } from './emitters/machineRecords.ts';
import { networkInterfaces } from './emitters/networkInterfaces.ts';
import { listeners, networkLoadBalancers } from './emitters/networkLoadBalancers.ts';
import { outputs } from './emitters/outputs.ts';
import { policyEgressRules, policyIngressRules } from './emitters/policyRules.ts';
import { roles } from './emitters/roles.ts';
import { scalingPolicies } from './emitters/scalingPolicies.ts';
import { securityGroups } from './emitters/securityGroups.ts';
import { unmountedVolumes, volumes } from './emitters/volumes.ts';
import { stacksOf } from './stacks/index.ts';
import { templateLimitFindings } from './templateLimits.ts';

const emitters: readonly Emitter[] = [
  autoScalingGroups,
  jobInstances,
  scheduledJobs,
  scalingPolicies,
  launchTemplates,
  networkInterfaces,
  machineImages,
  instanceTypeChecks,
  payloadObjects,
  volumes,
  securityGroups,
  policyIngressRules,
  policyEgressRules,
  networkLoadBalancers,
  listeners,
  applicationLoadBalancers,
  serviceRecords,
  externalServiceRecords,
  machineRecords,
  roles,
  logGroups,
  outputs,
  crossAccountNames,
  existingResources,
  tagLimits,
  deadlineLimits,
  unmountedVolumes,
];

export interface Emitted {
  readonly stacks: readonly Stack[];
  readonly findings: readonly Finding[];
}

export function emit(plan: Plan, options: CompileOptions): Emitted {
  const context = emitContextOf(plan, options);
  // First: other findings would only repeat these.
  const settings = settingTextFindings(context.config, options.context, options);
  if (settings.length > 0) return { stacks: [], findings: settings };
  const rules = ruleLimits(context);
  if (!rules.emittable) return { stacks: [], findings: rules.findings };
  const emissions = emitters.map((emitter) => emitter(context));
  const { template, findings } = assemble(context, emissions);
  const assets = emissions.flatMap((emission) => emission.assets ?? []);
  const stacks = stacksOf(context, template, assets);
  return {
    stacks,
    findings: [
      ...rules.findings,
      ...findings,
      ...stacks.flatMap((stack) => templateLimitFindings(context, stack.template)),
    ],
  };
}
