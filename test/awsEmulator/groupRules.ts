// Reads a security group's rules in a form that tests can compare.
import { DescribeSecurityGroupRulesCommand, type SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { AwsClients } from './clients.ts';

export interface Rule {
  /** '-1' means all protocols; such a rule has no ports. */
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  /** A CIDR, the id of a security group or of a prefix list. */
  readonly peer: string;
  readonly description?: string;
}

export interface GroupRules {
  readonly id: string;
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** The rules of a security group, in an order of their own. */
export async function readGroupRules({ ec2 }: AwsClients, id: string): Promise<GroupRules> {
  const request = new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [id] }] });
  const found = (await ec2.send(request)).SecurityGroupRules ?? [];
  const rules = (egress: boolean) =>
    found
      .filter((rule) => rule.IsEgress === egress)
      .map(comparableRule)
      .sort(compareRules);
  return { id, ingress: rules(false), egress: rules(true) };
}

function comparableRule(rule: SecurityGroupRule): Rule {
  return {
    protocol: rule.IpProtocol as string,
    ...(rule.IpProtocol === '-1' ? {} : { from: rule.FromPort as number, to: rule.ToPort as number }),
    peer: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId ?? rule.PrefixListId ?? '',
    ...(rule.Description ? { description: rule.Description } : {}),
  };
}

function compareRules(one: Rule, other: Rule): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other));
}
