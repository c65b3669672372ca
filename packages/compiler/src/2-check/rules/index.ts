// The list of rules, one a line. Rules whose findings make others pointless come first.
import type { Rule } from '../rule.ts';
import { annotations } from './annotations.ts';
import { autoscalers } from './autoscalers.ts';
import { claims } from './claims.ts';
import { claimUse, unusedClaims } from './claimUse.ts';
import { configDataSize } from './configDataSize.ts';
import { configKeys } from './configKeys.ts';
import { containerPorts, portConflicts } from './containerPorts.ts';
import { containers } from './containers.ts';
import { cronSchedules } from './cronSchedules.ts';
import { deadlines } from './deadlines.ts';
import { deploymentStrategy } from './deploymentStrategy.ts';
import { blockedRollouts, disruptionBudgets } from './disruptionBudgets.ts';
import { downwardApi } from './downwardApi.ts';
import { enumFields } from './enumFields.ts';
import { environmentVariables } from './environmentVariables.ts';
import { expansions } from './expansions.ts';
import { helmHooks } from './helmHooks.ts';
import { imageReferences } from './imageReferences.ts';
import { ingressClasses, ingresses } from './ingresses.ts';
import { ingressRouting } from './ingressRouting.ts';
import { ingressScheme } from './ingressScheme.ts';
import { jobs } from './jobs.ts';
import { loadBalancerPorts } from './loadBalancerPorts.ts';
import { machineCounts } from './machineCounts.ts';
import { duplicateObjects, labels, metadata, names } from './metadata.ts';
import { namedTargetPorts } from './namedTargetPorts.ts';
import { nameFields } from './nameFields.ts';
import { networkPolicies, policyDifferences } from './networkPolicies.ts';
import { nulCharacters } from './nulCharacters.ts';
import { numberRanges } from './numberRanges.ts';
import { podNetwork } from './podNetwork.ts';
import { probesAndHooks } from './probesAndHooks.ts';
import { referencedConfigMaps, referencedSecrets, referencedServiceAccounts, referenceNames } from './references.ts';
import { missingRequests, resources } from './resources.ts';
import { nodeSelection, podSelectors, tolerations, topologySpread, zonesOfRegion } from './scheduling.ts';
import { secretTypes } from './secretTypes.ts';
import { securityContext } from './securityContext.ts';
import { serviceDifferences } from './serviceDifferences.ts';
import { servicePorts } from './servicePorts.ts';
import { serviceRouting } from './serviceRouting.ts';
import { serviceSelector } from './serviceSelector.ts';
import { externalNames, loadBalancerSourceRanges, serviceTypeFields } from './serviceTypes.ts';
import { statefulSets } from './statefulSets.ts';
import { storageClasses } from './storageClasses.ts';
import { containerMounts, volumes } from './volumes.ts';
import { requiredTemplates, selectorMatchesTemplate, workloadSelectors } from './workloads.ts';

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
  expansions,
  downwardApi,
  volumes,
  containerMounts,
  probesAndHooks,
  resources,
  securityContext,
  podNetwork,
  nodeSelection,
  zonesOfRegion,
  podSelectors,
  topologySpread,
  tolerations,
  missingRequests,
  // workloads
  machineCounts,
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
  ingressScheme,
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
