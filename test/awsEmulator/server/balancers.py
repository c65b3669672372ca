"""Load balancers and target groups as ELB has them: ministack takes every load balancer for an ALB and checks nothing."""
from ministack.services import alb, ec2

from network import gateway_of
from registry import original, resource
from shapes import members

_TRANSPORT = {"TCP", "UDP", "TCP_UDP", "TLS"}


class LoadBalancer:
    base = original("AWS::ElasticLoadBalancingV2::LoadBalancer")

    @staticmethod
    def create(logical_id, props, stack):
        subnets = LoadBalancer.subnets(props)
        vpc = subnets[0]["VpcId"]
        if props.get("Scheme", "internet-facing") == "internet-facing" and not gateway_of(vpc):
            raise ValueError(f"VPC {vpc} has no internet gateway")
        arn, attributes = LoadBalancer.base["create"](logical_id, props, stack)
        balancer = alb._lbs.pop(arn)
        family = {"network": "net", "gateway": "gwy"}.get(balancer["Type"], "app")
        renamed = arn.replace(":loadbalancer/app/", f":loadbalancer/{family}/")
        for store in (alb._tags, alb._lb_attrs):
            store[renamed] = store.pop(arn)
        alb._lbs[renamed] = balancer
        balancer.update(LoadBalancerArn=renamed, VpcId=vpc, Mappings=props.get("SubnetMappings"),
                        Subnets=[subnet["SubnetId"] for subnet in subnets])
        full_name = attributes["LoadBalancerFullName"].replace("app/", f"{family}/", 1)
        return renamed, {**attributes, "Arn": renamed, "LoadBalancerArn": renamed, "LoadBalancerFullName": full_name}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        subnets = [subnet["SubnetId"] for subnet in LoadBalancer.subnets(new)]
        arn, attributes = LoadBalancer.base["update"](physical_id, old, {**new, "Subnets": subnets}, stack, logical_id)
        alb._lbs[arn]["Mappings"] = new.get("SubnetMappings")
        full_name = arn.split(":loadbalancer/")[1]
        return arn, {**attributes, "LoadBalancerFullName": full_name}

    @staticmethod
    def delete(physical_id, props):
        if {"Key": "deletion_protection.enabled", "Value": "true"} in alb._lb_attrs.get(physical_id, []):
            raise ValueError(f"Load balancer '{physical_id}' cannot be deleted because deletion protection is enabled")
        LoadBalancer.base["delete"](physical_id, props)

    @staticmethod
    def subnets(props):
        listed = props.get("Subnets") or [mapping["SubnetId"] for mapping in props.get("SubnetMappings") or []]
        found = [ec2._subnets.get(subnet) for subnet in listed]
        if not found or None in found:
            raise ValueError(f"The subnet ID '{listed[found.index(None)] if found else ''}' does not exist")
        zones = {subnet["AvailabilityZone"] for subnet in found}
        if len(zones) < len(found):
            raise ValueError("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
        if props.get("Type", "application") == "application" and len(zones) < 2:
            raise ValueError("At least two subnets in two different Availability Zones must be specified")
        missing = [group for group in props.get("SecurityGroups") or [] if group not in ec2._security_groups]
        if missing:
            raise ValueError(f"One or more security groups are invalid: {', '.join(missing)}")
        return found


resource("AWS::ElasticLoadBalancingV2::LoadBalancer", tags="Tags")(LoadBalancer)


class TargetGroup:
    base = original("AWS::ElasticLoadBalancingV2::TargetGroup")

    @staticmethod
    def create(logical_id, props, stack):
        arn, attributes = TargetGroup.base["create"](logical_id, TargetGroup.whole(props), stack)
        alb._tgs[arn].update({name: props[name] for name in ("ProtocolVersion", "IpAddressType") if name in props})
        return arn, TargetGroup.attributes(arn, attributes)

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        arn, attributes = TargetGroup.base["update"](physical_id, old, TargetGroup.whole(new), stack, logical_id)
        return arn, TargetGroup.attributes(arn, attributes)

    @staticmethod
    def delete(physical_id, props):
        used = [listener for listener in alb._listeners.values()
                for action in listener["DefaultActions"] if action.get("TargetGroupArn") == physical_id]
        if used:
            raise ValueError(f"Target group '{physical_id}' is currently in use by a listener or a rule")
        TargetGroup.base["delete"](physical_id, props)

    @staticmethod
    def whole(props):
        """With the health check's defaults of the group's protocol; ministack has those of HTTP only."""
        protocol = props.get("Protocol", "HTTP")
        check = props.get("HealthCheckProtocol") or ("TCP" if protocol in _TRANSPORT else protocol)
        return {**props, "HealthCheckProtocol": check,
                "HealthCheckTimeoutSeconds": props.get("HealthCheckTimeoutSeconds") or (10 if check == "TCP" else 6 if protocol in _TRANSPORT else 5)}

    @staticmethod
    def attributes(arn, attributes):
        return {**attributes, "LoadBalancerArns": alb._tgs[arn]["LoadBalancerArns"]}


resource("AWS::ElasticLoadBalancingV2::TargetGroup", tags="Tags")(TargetGroup)


def _balancer_xml(balancer):
    mappings = {mapping["SubnetId"]: mapping for mapping in balancer.get("Mappings") or []}
    zones = [{
        "SubnetId": subnet,
        "ZoneName": ec2._subnets.get(subnet, {}).get("AvailabilityZone"),
        "LoadBalancerAddresses": [mappings[subnet]] if subnet in mappings else [],
    } for subnet in balancer["Subnets"]]
    return _member("LoadBalancer", {
        **balancer, "AvailabilityZones": zones, "State": {"Code": balancer["State"]}, "CanonicalHostedZoneId": "Z35SXDOTRQ7X7K"})


def _target_group_xml(group):
    if group["HealthCheckProtocol"] == "TCP":
        group = {name: value for name, value in group.items() if name not in ("HealthCheckPath", "Matcher")}
    return _member("TargetGroup", group)


def _member(shape, record):
    return f"<member>{members('elbv2', shape, record)}</member>"


alb._lb_xml = _balancer_xml
alb._tg_xml = _target_group_xml
