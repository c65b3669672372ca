"""Listeners, their attributes and certificates, with the limits of ELB that a template can run into."""
from ministack.services import alb
from ministack.services.cloudformation import provisioners

from registry import original, resource
from shapes import members

_PROTOCOLS = {"network": {"TCP", "UDP", "TCP_UDP", "TLS"}, "application": {"HTTP", "HTTPS"}}


class Listener:
    base = original("AWS::ElasticLoadBalancingV2::Listener")

    @staticmethod
    def create(logical_id, props, stack):
        Listener.check(props, None)
        arn, _ = Listener.base["create"](logical_id, props, stack)
        # ministack writes app/ into every ARN; whether a listener's load balancer exists is read from it.
        family = props["LoadBalancerArn"].split(":loadbalancer/")[1].split("/")[0]
        renamed = arn.replace(":listener/app/", f":listener/{family}/")
        listener = alb._listeners[renamed] = alb._listeners.pop(arn)
        listener["ListenerArn"] = renamed
        alb._tags[renamed] = alb._tags.pop(arn)
        for rule in alb._rules.values():
            if rule["ListenerArn"] == arn:
                rule["ListenerArn"] = renamed
        Listener.keep(listener, props)
        return renamed, {"ListenerArn": renamed, "Arn": renamed}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        Listener.check(new, physical_id)
        answer = Listener.base["update"](physical_id, old, new, stack, logical_id)
        Listener.keep(alb._listeners[physical_id], new)
        return answer

    @staticmethod
    def delete(physical_id, props):
        balancer = alb._listeners.get(physical_id, {}).get("LoadBalancerArn")
        Listener.base["delete"](physical_id, props)
        alb._listener_attrs.pop(physical_id, None)
        # A target group is free for another load balancer once no listener forwards to it.
        still = {action.get("TargetGroupArn") for listener in alb._listeners.values()
                 if listener["LoadBalancerArn"] == balancer for action in listener["DefaultActions"]}
        for group in alb._tgs.values():
            if balancer in group["LoadBalancerArns"] and group["TargetGroupArn"] not in still:
                group["LoadBalancerArns"].remove(balancer)

    @staticmethod
    def keep(listener, props):
        listener["AlpnPolicy"] = props.get("AlpnPolicy")
        listener["MutualAuthentication"] = props.get("MutualAuthentication")
        alb._listener_attrs[listener["ListenerArn"]] = [
            {"Key": attribute["Key"], "Value": str(attribute["Value"])} for attribute in props.get("ListenerAttributes") or []]

    @staticmethod
    def check(props, itself):
        balancer = alb._lbs.get(props["LoadBalancerArn"])
        if balancer is None:
            raise ValueError(f"Load balancer '{props['LoadBalancerArn']}' not found")
        allowed = _PROTOCOLS.get(balancer["Type"])
        if allowed and props.get("Protocol") not in allowed:
            raise ValueError(f"Listener protocol '{props.get('Protocol')}' must be one of '{', '.join(sorted(allowed))}'")
        for arn, listener in alb._listeners.items():
            same = listener["LoadBalancerArn"] == props["LoadBalancerArn"] and listener["Port"] == int(props["Port"])
            if same and arn != itself:
                raise ValueError("A listener already exists on this port for this load balancer "
                                 f"'{props['LoadBalancerArn']}' (Service: ElasticLoadBalancingV2, Error Code: DuplicateListener)")


def _actions(props, balancer, prop="DefaultActions"):
    """The actions as the template has them (ministack keeps a part only), their target groups tied to the load balancer."""
    # A rule is given no load balancer, but its listener has one.
    balancer = balancer or alb._listeners[props["ListenerArn"]]["LoadBalancerArn"]
    actions = [{**action, "Order": int(action.get("Order", index))} for index, action in enumerate(props.get(prop) or [], 1)]
    for action in actions:
        weighted = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
        for arn in filter(None, [action.get("TargetGroupArn"), *(each.get("TargetGroupArn") for each in weighted)]):
            group = alb._tgs.get(arn)
            if group is None:
                raise ValueError(f"Target groups '{arn}' not found")
            if [other for other in group["LoadBalancerArns"] if other != balancer]:
                raise ValueError(f"The following target groups cannot be associated with more than one load balancer: {arn}")
            if balancer not in group["LoadBalancerArns"]:
                group["LoadBalancerArns"].append(balancer)
    return actions


@resource("AWS::ElasticLoadBalancingV2::ListenerCertificate")
class ListenerCertificate:
    @staticmethod
    def create(logical_id, props, stack):
        listener = alb._listeners.get(props["ListenerArn"])
        if listener is None:
            raise ValueError(f"Listener '{props['ListenerArn']}' not found")
        listener.setdefault("Extra", {})[logical_id] = [each["CertificateArn"] for each in props["Certificates"]]
        return f"{props['ListenerArn']}|{logical_id}", {}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        return ListenerCertificate.create(physical_id.split("|")[1], new, stack)

    @staticmethod
    def delete(physical_id, props):
        arn, logical_id = physical_id.split("|")
        alb._listeners.get(arn, {}).get("Extra", {}).pop(logical_id, None)

    @staticmethod
    def describe(parameters):
        listener = alb._listeners.get(alb._p(parameters, "ListenerArn"))
        if listener is None:
            return alb._error("ListenerNotFound", "One or more listeners not found")
        certificates = [{"CertificateArn": arn, "IsDefault": True} for arn in listener.get("Certificates") or []]
        certificates += [{"CertificateArn": arn, "IsDefault": False} for arns in listener.get("Extra", {}).values() for arn in arns]
        inner = members("elbv2", "DescribeListenerCertificatesOutput", {"Certificates": certificates})
        return alb._xml(200, "DescribeListenerCertificates", inner)


def _listener_xml(listener):
    certificates = [{"CertificateArn": arn} for arn in listener.get("Certificates") or []]
    return f"<member>{members('elbv2', 'Listener', {**listener, 'Certificates': certificates})}</member>"


resource("AWS::ElasticLoadBalancingV2::Listener", tags="Tags")(Listener)
provisioners._elbv2_listener_actions = _actions
alb._ACTION_MAP["DescribeListenerCertificates"] = ListenerCertificate.describe
alb._listener_xml = _listener_xml
alb._action_xml = lambda action: f"<member>{members('elbv2', 'Action', action)}</member>"
