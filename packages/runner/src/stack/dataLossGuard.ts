// Guards resources that hold data or an address: none is deleted or replaced without permission.

import type { StackResourceChange } from '../ports/cloudFormation.ts';

/**
 * Resource types that hold irreplaceable data, and those that hold an address which others may have stored. The loss
 * if such a resource is deleted.
 */
export type DataLossRisk = 'data' | 'address';

// A nested stack is opaque: it is assumed to hold data.
const dataTypes = [
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::FSx::',
  'AWS::S3::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::GlobalCluster',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::MemoryDB::Cluster',
  'AWS::OpenSearchService::Domain',
  'AWS::Elasticsearch::Domain',
  'AWS::OpenSearchServerless::Collection',
  'AWS::MSK::',
  'AWS::Kinesis::Stream',
  'AWS::SQS::Queue',
  'AWS::AmazonMQ::Broker',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
  'AWS::ECR::Repository',
  'AWS::Backup::BackupVault',
  'AWS::Timestream::',
  'AWS::Cassandra::',
  'AWS::CloudFormation::Stack',
  'AWS::Route53::HostedZone',
];

const addressTypes = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::EC2::EIP',
  'AWS::GlobalAccelerator::Accelerator',
];

const includesType = (list: readonly string[], type: string): boolean =>
  list.some((each) => (each.endsWith('::') ? type.startsWith(each) : type === each));

/**
 * The risk of a resource type; undefined if it can be recreated from its template. Custom types (`Custom::`, private
 * registry types) are left to their owners.
 */
export const dataLossRiskOf = (type: string): DataLossRisk | undefined =>
  includesType(dataTypes, type) ? 'data' : includesType(addressTypes, type) ? 'address' : undefined;

/**
 * The guard before execution: without permission no resource that holds data is deleted or replaced, and no address
 * changes. A change that needs the user's permission, by logical id.
 */
export interface EndangeredResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly worth: DataLossRisk;
  readonly how: 'replaced' | 'may be replaced' | 'deleted' | 'may be deleted' | 'orphaned';
}

/** DeletionPolicy by logical id, from the deployed template; undefined if it could not be read. */
export type DeletionPolicies = Readonly<Record<string, string>> | undefined;

// If a change set does not give the policy of the old resource, the deployed template does.
const isRetained = (change: StackResourceChange, policies: DeletionPolicies): boolean =>
  (change.PolicyAction ?? policies?.[change.LogicalResourceId ?? ''] ?? 'Delete').startsWith('Retain');

function dangerOf(change: StackResourceChange, policies: DeletionPolicies): EndangeredResource['how'] | undefined {
  switch (change.Action) {
    case 'Remove':
      // A removed resource with Retain is kept as it is; with Snapshot its data is kept, but the resource is deleted.
      return isRetained(change, policies) ? undefined : 'deleted';
    case 'Dynamic':
      return 'may be deleted';
    case 'Modify':
      // Even if the old resource is retained, its user gets an empty one instead.
      if (change.Replacement === 'True') return 'replaced';
      return change.Replacement === 'Conditional' ? 'may be replaced' : undefined;
    default:
      return undefined;
  }
}

/** The changes of a change set that lose data or an address. */
export function endangeredResources(
  changes: readonly StackResourceChange[],
  policies: DeletionPolicies,
): readonly EndangeredResource[] {
  return changes.flatMap((change) => {
    const type = change.ResourceType ?? '';
    const worth = dataLossRiskOf(type);
    const how = worth && dangerOf(change, policies);
    if (!worth || !how) return [];
    return [
      { logicalId: change.LogicalResourceId ?? '', physicalId: change.PhysicalResourceId ?? '', type, worth, how },
    ];
  });
}

/** True if the decision needs the deployed template, because the change set does not give the policy. */
export const needsDeletionPolicies = (changes: readonly StackResourceChange[]): boolean =>
  changes.some(
    (change) => change.Action === 'Remove' && !change.PolicyAction && dataLossRiskOf(change.ResourceType ?? ''),
  );

export const notAllowed = (
  all: readonly EndangeredResource[],
  allowed: readonly string[] = [],
): readonly EndangeredResource[] => all.filter((each) => !allowed.includes(each.logicalId));

export const endangeredText = (all: readonly EndangeredResource[]): string =>
  all
    .map(
      (each) =>
        `${each.logicalId} (${each.type}, ${each.worth}) ${each.how === 'orphaned' ? 'would be orphaned' : `would be ${each.how}`.replace('would be may', 'may')}`,
    )
    .join('; ');
