// Environments with existing resources, for the validators, beside complete ones.
import {
  type AccountContext,
  accountLookupOf,
  type Config,
  type ExistingResources,
  environmentTemplate,
} from '@i2kit/compiler';

const subnets = {
  private: { 'eu-west-1a': 'subnet-00000000000000001', 'eu-west-1b': 'subnet-00000000000000002' },
  public: { 'eu-west-1a': 'subnet-00000000000000003', 'eu-west-1b': 'subnet-00000000000000004' },
};

const vpc = { id: 'vpc-00000000000000001', cidrs: ['10.1.0.0/16'] };

/** The lookup result of these settings. */
export const lookedUp = (config: Config, found: Partial<ExistingResources>, env = 'default'): AccountContext => ({
  version: 1,
  network: { [env]: { asked: accountLookupOf(config), account: '123456789012', region: 'eu-west-1', ...found } },
});

interface EnvironmentVariant {
  readonly config: Config;
  readonly found: Partial<ExistingResources>;
}

export const environmentVariants: Readonly<Record<string, EnvironmentVariant>> = {
  'vpc-alone': { config: { network: { vpc: vpc.id, cidr: '10.1.64.0/18' } }, found: { vpc } },
  'vpc-with-gateway': {
    config: { network: { vpc: { tag: { Name: 'main' } }, cidr: '10.1.64.0/18', egress: 'per-zone' } },
    found: { vpc: { ...vpc, internetGateway: 'igw-00000000000000001' } },
  },
  'vpc-without-nat': { config: { network: { vpc: vpc.id, cidr: '10.1.64.0/18', egress: 'none' } }, found: { vpc } },
  subnets: {
    config: { network: { subnets: { private: { tag: { tier: 'private' } }, public: Object.values(subnets.public) } } },
    found: { vpc, subnets },
  },
  'subnets-of-machines-alone': {
    config: { network: { subnets: { private: Object.values(subnets.private) } } },
    found: { vpc, subnets: { private: subnets.private, public: {} } },
  },
  'one-subnet-for-all': {
    config: { network: { subnets: ['subnet-00000000000000003'], egress: 'none' } },
    found: {
      vpc,
      subnets: {
        private: { 'eu-west-1a': 'subnet-00000000000000003' },
        public: { 'eu-west-1a': 'subnet-00000000000000003' },
      },
    },
  },
  everything: {
    config: {
      network: { vpc: vpc.id, subnets: { tag: { for: 'i2kit' } }, securityGroup: { tag: { Name: 'machines' } } },
      hostedZone: { name: 'example.com', tag: { team: 'dns' } },
      bucket: { tag: { for: 'i2kit' } },
      tags: { team: 'shop' },
    },
    found: {
      vpc,
      subnets,
      securityGroup: 'sg-00000000000000001',
      hostedZone: 'Z00000000000000000001',
      bucket: 'shop-artifacts',
    },
  },
  'names-and-ids-without-a-look': {
    config: {
      hostedZone: { name: 'example.com', id: 'Z00000000000000000001' },
      bucket: 'shop-artifacts',
      keyPair: 'debug',
    },
    found: {},
  },
  'zone-of-another-account': {
    config: { hostedZone: { name: 'example.com', roleArn: 'arn:aws:iam::210987654321:role/dns' } },
    found: {},
  },
};

export function variantTemplate({ config, found }: EnvironmentVariant) {
  const result = environmentTemplate({ env: 'default', config, context: lookedUp(config, found) });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return { template: result.template, diagnostics: result.diagnostics };
}
