"""What Fn::GetAtt gives beyond what ministack's types answer: what the template set, and what follows from it.

This takes more than AWS does; whether a type has an attribute is cfn-lint's to judge."""
from ministack.services import ec2
from ministack.services.cloudformation import stacks

_provision, _update = stacks._provision_resource, stacks._update_resource


def _more(resource_type, physical_id, props):
    more = {**{name: value for name, value in props.items() if not isinstance(value, dict)}, "Id": physical_id}
    if resource_type == "AWS::EC2::VPC":
        more |= {"CidrBlockAssociations": [f"vpc-cidr-assoc-{physical_id.removeprefix('vpc-')}"], "Ipv6CidrBlocks": []}
    elif resource_type == "AWS::EC2::Subnet":
        zone = ec2._subnets[physical_id]["AvailabilityZone"]
        more |= {"AvailabilityZone": zone, "AvailabilityZoneId": f"euw1-az{'abcdef'.index(zone[-1]) + 1}", "Ipv6CidrBlocks": []}
    elif resource_type == "AWS::EC2::Instance":
        more["AvailabilityZone"] = ec2._subnets.get(ec2._instances[physical_id]["SubnetId"], {}).get("AvailabilityZone")
    elif resource_type == "AWS::EC2::VPCGatewayAttachment":
        more["AttachmentType"] = "IGW" if props.get("InternetGatewayId") else "VGW"
    return more


def _provisioned(resource_type, logical_id, props, stack_name):
    physical_id, attributes = _provision(resource_type, logical_id, props, stack_name)
    return physical_id, {**_more(resource_type, physical_id, props), **(attributes or {})}


def _updated(resource_type, physical_id, old, new, *rest):
    physical_id, attributes = _update(resource_type, physical_id, old, new, *rest)
    return physical_id, {**_more(resource_type, physical_id, new), **(attributes or {})}


stacks._provision_resource, stacks._update_resource = _provisioned, _updated
