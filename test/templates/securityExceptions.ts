// Findings of the security judges that stand, by resource and reason. A row that no finding needs fails its test.

export interface SecurityException {
  /** Rules of checkov (CKV…) and of cdk-nag's AwsSolutions pack that say the same. */
  readonly rules: readonly string[];
  /** `<folder of templates/>/<logical id>`; `*` stands for any part of a name. */
  readonly resources: readonly string[];
  readonly reason: string;
}

/** Rules about open networks: a `*` in a resource would hide one that opens by mistake. */
export const exactRules: readonly string[] = ['CKV_AWS_260', 'EC23', 'CKV_AWS_2', 'CKV_AWS_103'];

export const securityExceptions: readonly SecurityException[] = [
  {
    rules: ['CKV_AWS_260', 'EC23'],
    resources: [
      'hello/HelloLoadBalancerFirewall',
      'overrides/WebLoadBalancerFirewall',
      'policies/FrontLoadBalancerFirewall',
      'stacks/AlbIngressLoadBalancerFirewall',
      'voting/ResultLoadBalancerFirewall',
      'voting/VoteLoadBalancerFirewall',
      'web/AlbIngressLoadBalancerFirewall',
    ],
    reason:
      'A Service of type LoadBalancer, or an Ingress, on port 80 without source ranges asks for access by everyone.',
  },
  {
    rules: ['EC23'],
    resources: ['policies/FrontFirewall'],
    reason: 'A NetworkPolicy whose ingress rule names no peer lets in everyone; the machines are in private subnets.',
  },
  {
    rules: ['CKV_AWS_2', 'CKV_AWS_103'],
    resources: ['stacks/AlbIngressHttp80', 'scaling/InternalIngressHttp80'],
    reason:
      'An Ingress without a certificate asks for plain HTTP; with one, port 80 leads to 443 with TLS 1.2 and 1.3.',
  },
  {
    rules: ['CKV_AWS_2', 'CKV_AWS_103'],
    resources: ['ways/ServicesOfHostHttp80', 'ways/ServicesOfHostHttp9300'],
    reason: 'Services by host name inside of the environment speak plain HTTP, as they do in a cluster.',
  },
  {
    rules: ['CKV_AWS_91', 'ELB2'],
    resources: ['*/*LoadBalancer', '*/InternalLoadBalancer*'],
    reason:
      "Access logs need a bucket of the user's, and those of a network load balancer cover TLS listeners only: offered as an override.",
  },
  {
    rules: ['CKV_AWS_158'],
    resources: ['*/*Logs'],
    reason: "Logs are encrypted with CloudWatch's own key; a customer key costs, and the choice is the user's.",
  },
  {
    rules: ['CKV_AWS_18', 'S1'],
    resources: ['environment/Bucket'],
    reason:
      'The bucket holds payloads that can be made again; CloudTrail records its readers, and a bucket for logs would need the same exception.',
  },
  {
    rules: ['VPC7'],
    resources: ['environment/Vpc'],
    reason: "Flow logs cost by traffic, and the choice is the user's: offered as an override.",
  },
  {
    rules: ['AS3'],
    resources: ['*/*Group'],
    reason:
      'CloudFormation reports the events of deployments; notifications need a topic of the user, who names it in notificationArns.',
  },
  {
    rules: ['EC28'],
    resources: ['jobs/*Run*'],
    reason: 'The machine of a Job ends with it; detailed monitoring costs, and its metrics come each minute.',
  },
  {
    rules: ['EC29'],
    resources: ['jobs/*Run*'],
    reason:
      'The machine of a Job has to end with it: termination protection would keep it, and the deletion of its stack would fail.',
  },
  {
    rules: ['IAM5[Resource::*]'],
    resources: ['*/*Role'],
    reason:
      'Auto Scaling, load balancing, EC2 and CloudWatch take no resource for these actions: descriptions, and the metric of an app that scales by one.',
  },
  {
    rules: ['IAM5[own Auto Scaling group]'],
    resources: ['*/*Role'],
    reason: "CloudFormation and Auto Scaling end the group's name and ARN with parts that no template knows.",
  },
  {
    rules: ['IAM5[Resource::arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:instance/*]'],
    resources: ['*/*Role'],
    reason:
      "A volume is attached to machines of the role's own group alone, by a condition on the tags that only CloudFormation sets.",
  },
  {
    rules: ['IAM5[Resource::arn:<AWS::Partition>:kms:<AWS::Region>:*:key/*]'],
    resources: ['*/*Role'],
    reason:
      'A key of a volume or a secret may be any; conditions bind its use to EBS, or to Secrets Manager and those secrets.',
  },
];
