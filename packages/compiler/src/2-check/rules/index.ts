// The rules, one a line; what makes others pointless comes first.
import type { Rule } from '../rule.ts';
import { annotations } from './annotations.ts';
import { autoscalers } from './autoscalers.ts';
import { blockedRollouts } from './blockedRollouts.ts';
import { budgets } from './budgets.ts';
import { claims } from './claims.ts';
import { claimUse, unusedClaims } from './claimUse.ts';
import { configMaps } from './configMaps.ts';
import { containerPorts } from './containerPorts.ts';
import { containers } from './containers.ts';
import { data } from './data.ts';
import { deadlines } from './deadlines.ts';
import { downward } from './downward.ts';
import { duplicates } from './duplicates.ts';
import { env } from './env.ts';
import { externalName } from './externalName.ts';
import { handlers } from './handlers.ts';
import { helmHooks } from './helmHooks.ts';
import { images } from './images.ts';
import { ingressClasses } from './ingressClasses.ts';
import { ingresses } from './ingresses.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { labels } from './labels.ts';
import { loadBalancerPorts } from './loadBalancerPorts.ts';
import { metadata } from './metadata.ts';
import { mounts } from './mounts.ts';
import { names } from './names.ts';
import { networkPolicies } from './networkPolicies.ts';
import { nodeSelection } from './nodeSelection.ts';
import { noRequests } from './noRequests.ts';
import { nul } from './nul.ts';
import { podNetwork } from './podNetwork.ts';
import { podSelectors } from './podSelectors.ts';
import { policyReach } from './policyReach.ts';
import { portClash } from './portClash.ts';
import { ranges } from './ranges.ts';
import { references } from './references.ts';
import { resources } from './resources.ts';
import { routes } from './routes.ts';
import { schedules } from './schedules.ts';
import { secrets } from './secrets.ts';
import { secretTypes } from './secretTypes.ts';
import { securityContext } from './securityContext.ts';
import { selectorMatches } from './selectorMatches.ts';
import { selectors } from './selectors.ts';
import { serviceAccounts } from './serviceAccounts.ts';
import { serviceManners } from './serviceManners.ts';
import { servicePorts } from './servicePorts.ts';
import { serviceSelector } from './serviceSelector.ts';
import { serviceType } from './serviceType.ts';
import { sourceRanges } from './sourceRanges.ts';
import { spread } from './spread.ts';
import { statefulSets } from './statefulSets.ts';
import { storageClasses } from './storageClasses.ts';
import { strategy } from './strategy.ts';
import { targetPorts } from './targetPorts.ts';
import { templates } from './templates.ts';
import { texts } from './texts.ts';
import { tolerations } from './tolerations.ts';
import { values } from './values.ts';
import { via } from './via.ts';
import { volumes } from './volumes.ts';

export const rules: readonly Rule[] = [
  // any object
  names,
  duplicates,
  labels,
  metadata,
  annotations,
  helmHooks,
  nul,
  values,
  ranges,
  texts,
  // what holds data
  keys,
  data,
  secretTypes,
  claims,
  storageClasses,
  // pods
  containers,
  images,
  containerPorts,
  portClash,
  env,
  downward,
  volumes,
  mounts,
  handlers,
  resources,
  securityContext,
  podNetwork,
  nodeSelection,
  podSelectors,
  spread,
  tolerations,
  noRequests,
  // workloads
  templates,
  selectors,
  selectorMatches,
  strategy,
  deadlines,
  jobs,
  schedules,
  statefulSets,
  autoscalers,
  budgets,
  blockedRollouts,
  // Services
  serviceType,
  servicePorts,
  externalName,
  sourceRanges,
  serviceSelector,
  serviceManners,
  targetPorts,
  loadBalancerPorts,
  via,
  // Ingresses
  ingresses,
  ingressClasses,
  routes,
  networkPolicies,
  policyReach,
  // what refers to something else
  references,
  configMaps,
  secrets,
  serviceAccounts,
  claimUse,
  unusedClaims,
];
