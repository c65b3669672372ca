// Guards resources that hold data or an address: none is deleted or replaced without permission.

import type { StackResourceChange } from '../ports/cloudFormation.ts';

// Which resource types hold what cannot be made again, and which hold an address that others have noted down.

/** What is lost when such a resource goes. */
export type DataLossRisk = 'data' | 'address';

// A nested stack is a closed box: it is taken to hold data.
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
 * What a resource of this type holds; undefined where it can be made again from its template. A type of someone's own
 * (`Custom::`, a private registry type) says nothing of itself and is left to its owner.
 */
export const dataLossRiskOf = (type: string): DataLossRisk | undefined =>
  includesType(dataTypes, type) ? 'data' : includesType(addressTypes, type) ? 'address' : undefined;

// The guard before execution: nothing that holds data is deleted or replaced, and no address changes, unasked.

/** A change that needs the user's word, by logical id. */
export interface EndangeredResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly worth: DataLossRisk;
  readonly how: 'replaced' | 'may be replaced' | 'deleted' | 'may be deleted' | 'orphaned';
}

/** DeletionPolicy by logical id, of the template that the stack has now; undefined where it could not be read. */
export type DeletionPolicies = Readonly<Record<string, string>> | undefined;

// Where a change set does not say what becomes of the old resource, the template that the stack has now does.
const isRetained = (change: StackResourceChange, policies: DeletionPolicies): boolean =>
  (change.PolicyAction ?? policies?.[change.LogicalResourceId ?? ''] ?? 'Delete').startsWith('Retain');

function dangerOf(change: StackResourceChange, policies: DeletionPolicies): EndangeredResource['how'] | undefined {
  switch (change.Action) {
    case 'Remove':
      // A removed resource with Retain is left as it is; with Snapshot its contents are kept, and yet it goes.
      return isRetained(change, policies) ? undefined : 'deleted';
    case 'Dynamic':
      return 'may be deleted';
    case 'Modify':
      // Even where the old one is retained, its user finds a blank one in its place.
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

/** True where what endangers needs the template that the stack has now, because the change set does not say. */
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
