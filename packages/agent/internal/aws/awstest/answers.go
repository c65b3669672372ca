package awstest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// answerAll takes over the calls about groups, targets and machines, and throttles.
func (t *Twin) answerAll() {
	t.Before = t.throttle
	for action, answer := range map[string]func(*Machine, Call) *Answer{
		"autoscaling:DescribeAutoScalingInstances": func(m *Machine, _ Call) *Answer {
			if m == nil || !slices.Contains(m.Group.members, m) {
				return ok(`<R><DescribeAutoScalingInstancesResult/></R>`)
			}
			return ok(`<R><DescribeAutoScalingInstancesResult><AutoScalingInstances><member><AutoScalingGroupName>%s</AutoScalingGroupName><LifecycleState>%s</LifecycleState></member></AutoScalingInstances></DescribeAutoScalingInstancesResult></R>`,
				m.Group.Name, m.state)
		},
		"autoscaling:DescribeAutoScalingGroups": func(_ *Machine, call Call) *Answer {
			var members string
			if g := t.groups[call.Form.Get("AutoScalingGroupNames.member.1")]; g != nil {
				for _, target := range g.Targets {
					members += "<member>" + target.ARN + "</member>"
				}
			}
			return ok(`<R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member><TargetGroupARNs>%s</TargetGroupARNs></member></AutoScalingGroups></DescribeAutoScalingGroupsResult></R>`, members)
		},
		"autoscaling:RecordLifecycleActionHeartbeat": func(m *Machine, call Call) *Answer {
			if !t.isAwaited(m, call) {
				return &Answer{Code: "ValidationError"}
			}
			m.Group.awaitHook(m)
			return ok(`<R/>`)
		},
		"autoscaling:CompleteLifecycleAction": func(m *Machine, call Call) *Answer {
			if !t.isAwaited(m, call) {
				t.note("CompleteLifecycleAction of %s is refused", call.Form.Get("InstanceId"))
				return &Answer{Code: "ValidationError"}
			}
			t.note("%s completes its hook", m.ID)
			m.Group.proceed(m)
			return ok(`<R/>`)
		},
		"autoscaling:SetInstanceHealth": func(m *Machine, _ Call) *Answer {
			if m == nil {
				return &Answer{Code: "ValidationError"}
			}
			t.note("%s is given up", m.ID)
			g := m.Group
			time.AfterFunc(t.Times.HealthCheck, func() { g.Terminate(m, false) })
			return ok(`<R/>`)
		},
		"autoscaling:TerminateInstanceInAutoScalingGroup": func(m *Machine, call Call) *Answer {
			if m == nil || !slices.Contains(m.Group.serving(), m) {
				return &Answer{Code: "ValidationError"}
			}
			if call.Form.Get("ShouldDecrementDesiredCapacity") == "true" {
				m.Group.Desired--
			}
			m.Group.terminate(m)
			m.Group.reconcile()
			return ok(`<R/>`)
		},
		"elasticloadbalancing:DescribeTargetHealth": func(m *Machine, call Call) *Answer {
			state := "unused"
			if g := t.targets[call.Form.Get("TargetGroupArn")]; g != nil && m != nil {
				if each := g.find(m); each != nil {
					state = each.state
				}
			}
			return ok(`<R><DescribeTargetHealthResult><TargetHealthDescriptions><member><TargetHealth><State>%s</State></TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></R>`, state)
		},
		"ec2:DescribeInstances": func(_ *Machine, call Call) *Answer {
			running := t.addresses()
			t.Change(func() { t.Running = running })
			return nil
		},
		"cloudformation:SignalResource": func(m *Machine, call Call) *Answer {
			t.note("%s signals %s", call.Form.Get("UniqueId"), call.Form.Get("Status"))
			return ok(`<R/>`)
		},
	} {
		t.On(action, func(call Call) *Answer {
			t.twin.Lock()
			defer t.twin.Unlock()
			return answer(t.machineOf(call), call)
		})
	}
}

func (t *Twin) machineOf(call Call) *Machine {
	for _, name := range []string{"InstanceId", "InstanceIds.member.1", "Targets.member.1.Id", "UniqueId"} {
		if m := t.machines[call.Form.Get(name)]; m != nil {
			return m
		}
	}
	return nil
}

func (t *Twin) isAwaited(m *Machine, call Call) bool {
	return m != nil && m.state == "Terminating:Wait" && call.Form.Get("LifecycleHookName") == m.Group.Hook && call.Form.Get("AutoScalingGroupName") == m.Group.Name
}

// throttle refuses requests to Route 53 above its account limit, and occasionally any other call.
func (t *Twin) throttle(call Call) *Answer {
	t.twin.Lock()
	defer t.twin.Unlock()
	if t.Refuse != nil {
		if answer := t.Refuse(call); answer != nil {
			return answer
		}
	}
	if strings.HasPrefix(call.Action, "route53:") {
		second := time.Now().Unix()
		t.seconds[second]++
		if t.seconds[second] > t.Times.Route53 {
			return &Answer{Status: http.StatusBadRequest, Code: "Throttling"}
		}
		return nil
	}
	if t.calls++; t.Times.ThrottleEach > 0 && t.random.Intn(t.Times.ThrottleEach) == 0 {
		return &Answer{Status: http.StatusBadRequest, Code: "Throttling"}
	}
	return nil
}
