// The rules, one a line; what makes others pointless comes first.
import type { Rule } from '../rule.ts';
import { annotations } from './annotations.ts';
import { autoscalers } from './autoscalers.ts';
import { blockedRollouts } from './disruptionBudgets.ts';
import { disruptionBudgets } from './disruptionBudgets.ts';
import { claims } from './claims.ts';
import { claimUse, unusedClaims } from './claimUse.ts';
import { referencedConfigMaps } from './references.ts';
import { containerPorts } from './containerPorts.ts';
import { containers } from './containers.ts';
import { configDataSize } from './configDataSize.ts';
import { deadlines } from './deadlines.ts';
import { downwardApi } from './downwardApi.ts';
import { duplicateObjects } from './metadata.ts';
import { environmentVariables } from './environmentVariables.ts';
import { externalNames } from './serviceTypes.ts';
import { probesAndHooks } from './probesAndHooks.ts';
import { helmHooks } from './helmHooks.ts';
import { imageReferences } from './imageReferences.ts';
import { ingressClasses } from './ingresses.ts';
import { ingresses } from './ingresses.ts';
import { jobs } from './jobs.ts';
import { configKeys } from './configKeys.ts';
import { labels } from './metadata.ts';
import { loadBalancerPorts } from './loadBalancerPorts.ts';
import { metadata } from './metadata.ts';
import { containerMounts } from './volumes.ts';
import { names } from './metadata.ts';
import { networkPolicies } from './networkPolicies.ts';
import { nodeSelection } from './scheduling.ts';
import { missingRequests } from './resources.ts';
import { nulCharacters } from './nulCharacters.ts';
import { podNetwork } from './podNetwork.ts';
import { podSelectors } from './scheduling.ts';
import { policyDifferences } from './networkPolicies.ts';
import { portConflicts } from './containerPorts.ts';
import { numberRanges } from './numberRanges.ts';
import { referenceNames } from './references.ts';
import { resources } from './resources.ts';
import { ingressRouting } from './ingressRouting.ts';
import { cronSchedules } from './cronSchedules.ts';
import { referencedSecrets } from './references.ts';
import { secretTypes } from './secretTypes.ts';
import { securityContext } from './securityContext.ts';
import { selectorMatchesTemplate } from './workloads.ts';
import { workloadSelectors } from './workloads.ts';
import { referencedServiceAccounts } from './references.ts';
import { serviceDifferences } from './serviceDifferences.ts';
import { servicePorts } from './servicePorts.ts';
import { serviceSelector } from './serviceSelector.ts';
import { serviceTypeFields } from './serviceTypes.ts';
import { loadBalancerSourceRanges } from './serviceTypes.ts';
import { topologySpread } from './scheduling.ts';
import { statefulSets } from './statefulSets.ts';
import { storageClasses } from './storageClasses.ts';
import { deploymentStrategy } from './deploymentStrategy.ts';
import { namedTargetPorts } from './namedTargetPorts.ts';
import { requiredTemplates } from './workloads.ts';
import { nameFields } from './nameFields.ts';
import { tolerations } from './scheduling.ts';
import { enumFields } from './enumFields.ts';
import { serviceRouting } from './serviceRouting.ts';
import { volumes } from './volumes.ts';

export const rules: readonly Rule[] = [
  // any object
  names,
  duplicateObjects,
  labels,
  metadata,
  annotations,
  helmHooks,
  nulCharacters,
  enumFields,
  numberRanges,
  nameFields,
  // what holds data
  configKeys,
  configDataSize,
  secretTypes,
  claims,
  storageClasses,
  // pods
  containers,
  imageReferences,
  containerPorts,
  portConflicts,
  environmentVariables,
  downwardApi,
  volumes,
  containerMounts,
  probesAndHooks,
  resources,
  securityContext,
  podNetwork,
  nodeSelection,
  podSelectors,
  topologySpread,
  tolerations,
  missingRequests,
  // workloads
  requiredTemplates,
  workloadSelectors,
  selectorMatchesTemplate,
  deploymentStrategy,
  deadlines,
  jobs,
  cronSchedules,
  statefulSets,
  autoscalers,
  disruptionBudgets,
  blockedRollouts,
  // Services
  serviceTypeFields,
  servicePorts,
  externalNames,
  loadBalancerSourceRanges,
  serviceSelector,
  serviceDifferences,
  namedTargetPorts,
  loadBalancerPorts,
  serviceRouting,
  // Ingresses
  ingresses,
  ingressClasses,
  ingressRouting,
  networkPolicies,
  policyDifferences,
  // what refers to something else
  referenceNames,
  referencedConfigMaps,
  referencedSecrets,
  referencedServiceAccounts,
  claimUse,
  unusedClaims,
];
