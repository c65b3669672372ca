package aws

import (
	"context"
	"net/url"
	"strings"
)

// Signal tells the stack that this machine is up (SUCCESS) or has failed (FAILURE).
func (c *Client) Signal(ctx context.Context, stack, resource, instance, status string) error {
	return c.query(ctx, signalResource, url.Values{
		"StackName": {stack}, "LogicalResourceId": {resource}, "UniqueId": {instance}, "Status": {status},
	}, nil)
}

// IsNotAwaited reports whether a signal was refused because the stack waits for none: the machine was launched by
// scaling, not by an update.
func IsNotAwaited(err error) bool { return IsCode(err, "ValidationError") }

// Lifecycle states of a machine in its Auto Scaling group
// (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html).
const (
	InService       = "InService"
	Terminating     = "Terminating"
	TerminatingWait = "Terminating:Wait"
)

// Membership is a machine's place in its Auto Scaling group; the zero value means that it is in none.
type Membership struct {
	Group string `xml:"AutoScalingGroupName"`
	State string `xml:"LifecycleState"`
}

// IsWaiting reports whether the group waits for the terminating lifecycle hook.
func (m Membership) IsWaiting() bool { return m.State == TerminatingWait }

// IsServing reports whether load balancers may still send requests to the machine.
func (m Membership) IsServing() bool {
	return m.Group != "" && (m.State == Terminating || !strings.HasPrefix(m.State, "Terminat"))
}

// Membership reads an instance's Auto Scaling group and its state there.
func (c *Client) Membership(ctx context.Context, instance string) (Membership, error) {
	var out struct {
		Members []Membership `xml:"DescribeAutoScalingInstancesResult>AutoScalingInstances>member"`
	}
	err := c.query(ctx, describeInstances, url.Values{"InstanceIds.member.1": {instance}}, &out)
	if err != nil || len(out.Members) == 0 {
		return Membership{}, err
	}
	return out.Members[0], nil
}

// GroupOf returns the Auto Scaling group of an instance; empty means that it is in none.
func (c *Client) GroupOf(ctx context.Context, instance string) (string, error) {
	member, err := c.Membership(ctx, instance)
	return member.Group, err
}

// TargetGroups lists the target groups of an Auto Scaling group.
func (c *Client) TargetGroups(ctx context.Context, group string) ([]string, error) {
	var out struct {
		ARNs []string `xml:"DescribeAutoScalingGroupsResult>AutoScalingGroups>member>TargetGroupARNs>member"`
	}
	err := c.query(ctx, describeGroups, url.Values{"AutoScalingGroupNames.member.1": {group}}, &out)
	return out.ARNs, err
}

// TargetHealth is a machine's health in a target group.
type TargetHealth struct {
	State       string `xml:"State"`
	Reason      string `xml:"Reason"`
	Description string `xml:"Description"`
}

// TargetHealth reads an instance's state in a target group.
func (c *Client) TargetHealth(ctx context.Context, targetGroup, instance string) (TargetHealth, error) {
	var out struct {
		Health []TargetHealth `xml:"DescribeTargetHealthResult>TargetHealthDescriptions>member>TargetHealth"`
	}
	err := c.query(ctx, describeTargetHealth, url.Values{"TargetGroupArn": {targetGroup}, "Targets.member.1.Id": {instance}}, &out)
	if IsCode(err, "InvalidTarget") {
		return TargetHealth{State: "unused", Reason: "Target.NotRegistered"}, nil
	}
	if err != nil || len(out.Health) == 0 {
		return TargetHealth{State: "unused", Reason: "Target.NotRegistered"}, err
	}
	return out.Health[0], nil
}

// SetUnhealthy tells the group to replace this machine.
func (c *Client) SetUnhealthy(ctx context.Context, instance string) error {
	return c.query(ctx, setInstanceHealth, url.Values{
		"InstanceId": {instance}, "HealthStatus": {"Unhealthy"}, "ShouldRespectGracePeriod": {"false"},
	}, nil)
}

// TerminateInGroup removes this machine from its group and decrements the desired capacity, so that no other machine
// replaces it.
func (c *Client) TerminateInGroup(ctx context.Context, instance string) error {
	return c.query(ctx, terminateInGroup, url.Values{"InstanceId": {instance}, "ShouldDecrementDesiredCapacity": {"true"}}, nil)
}

// Heartbeat extends the wait of a lifecycle hook.
func (c *Client) Heartbeat(ctx context.Context, group, hook, instance string) error {
	return c.query(ctx, recordHeartbeat, url.Values{
		"AutoScalingGroupName": {group}, "LifecycleHookName": {hook}, "InstanceId": {instance},
	}, nil)
}

// Complete lets the group continue the termination.
func (c *Client) Complete(ctx context.Context, group, hook, instance string) error {
	return c.query(ctx, completeLifecycle, url.Values{
		"AutoScalingGroupName": {group}, "LifecycleHookName": {hook}, "InstanceId": {instance}, "LifecycleActionResult": {"CONTINUE"},
	}, nil)
}
