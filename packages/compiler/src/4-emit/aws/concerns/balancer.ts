// AWS::ElasticLoadBalancingV2::LoadBalancer: shared internal ones, and one for each Service that is a LoadBalancer.
import { ref, resource } from '../../../template.ts';
import { type Concern, originOf } from '../concern.ts';
import * as ids from '../ids.ts';
import { tags } from '../tags.ts';
import { balancerId, existing } from '../wiring.ts';

export const balancer: Concern = (target) => ({
  resources: Object.fromEntries(
    target.plan.loadBalancers
      .filter((balancer) => existing(target, balancer) === undefined)
      .map((balancer) => [
        balancerId(balancer),
        resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
          Metadata: originOf(balancer.origin),
          Properties: {
            Type: 'network',
            Scheme: balancer.visibility === 'public' ? 'internet-facing' : 'internal',
            Subnets: ref(balancer.visibility === 'public' ? ids.shared.publicSubnets : ids.shared.privateSubnets),
            // A network load balancer that is made without a security group can never be given one.
            SecurityGroups: [ref(ids.balancer.firewall(balancerId(balancer)))],
            LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: String(balancer.crossZone) }],
            Tags: tags(target, balancer.origin),
          },
        }),
      ]),
  ),
});
