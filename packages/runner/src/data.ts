// Which resource types hold what cannot be made again, and which hold an address that others have noted down.

/** What is lost when such a resource goes. */
export type Worth = 'data' | 'address';

// A nested stack is a closed box: it is taken to hold data.
const data = [
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

const address = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::EC2::EIP',
  'AWS::GlobalAccelerator::Accelerator',
];

const within = (list: readonly string[], type: string): boolean =>
  list.some((each) => (each.endsWith('::') ? type.startsWith(each) : type === each));

/**
 * What a resource of this type holds; undefined where it can be made again from its template. A type of someone's own
 * (`Custom::`, a private registry type) says nothing of itself and is left to its owner.
 */
export const worthOf = (type: string): Worth | undefined => (within(data, type) ? 'data' : within(address, type) ? 'address' : undefined);
