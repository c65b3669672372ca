package boot_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws/awstest"
	"i2kit.dev/agent/internal/fault"
)

const web = `"containers":[{"name":"web","image":"x"}]`

func TestUpAndDown(t *testing.T) {
	m := newMachine(t, payload(`"sysctls":[{"name":"net.core.somaxconn","value":"1024"}],"redirects":[{"protocol":"TCP","port":80,"to":8080}],"hostname":"front",`+web, rollout), `,"lifecycleHook":"drain"`)
	m.aws.Group = "group"
	_, d := fake(t, m, map[string]played{"web": {}})
	m.run()
	m.until("SUCCESS", m.signalled("SUCCESS"))
	if status, body := m.status(); status != 200 {
		t.Error(status, body)
	}
	want := "guard /i2kit/pod; sysctl net.ipv4.ping_group_range=0 2147483647; sysctl net.ipv4.ip_unprivileged_port_start=0; sysctl net.core.somaxconn=1024; redirect 1 to [127.0.0.1]; hostname front"
	if got := m.system.all(); got != want {
		t.Errorf("%q", got)
	}
	call := m.aws.Calls("cloudformation:SignalResource")[0].Form
	if call.Get("StackName") != "arn:stack" || call.Get("LogicalResourceId") != "Web" || call.Get("UniqueId") != "i-0123456789abcdef0" {
		t.Error(call)
	}
	m.terminate()
	<-d.released
	calls := m.aws.Calls("")
	if last := calls[len(calls)-1]; last.Action != "autoscaling:CompleteLifecycleAction" || last.Form.Get("LifecycleHookName") != "drain" || last.Form.Get("AutoScalingGroupName") != "group" {
		t.Error(last)
	}
	if logged := strings.Join(m.aws.Logged("web-0123456789abcdef0/web"), ""); logged != "" {
		t.Error(logged)
	}
}

// Each of these is reported at once: on the console and to the stack.
func TestTerminalFaults(t *testing.T) {
	withSecret := `"containers":[{"name":"web","image":"x","env":[{"name":"A","secret":{"secret":"i2kit/prod/default/db","key":"password"}}]}]`
	for name, test := range map[string]struct {
		pod  string
		set  func(*machine, *disks)
		says string
	}{
		"a missing secret": {withSecret, func(*machine, *disks) {}, "the secret i2kit/prod/default/db is missing"},
		"a missing key": {withSecret, func(m *machine, _ *disks) { m.aws.Secrets["i2kit/prod/default/db"] = secret("other", "x") },
			"the secret i2kit/prod/default/db has no key password"},
		"a disk that cannot be had": {web, func(_ *machine, d *disks) { d.fault = fault.Terminalf("volume data: it holds xfs, not ext4") }, "it holds xfs, not ext4"},
		"a missing image": {web, func(m *machine, _ *disks) { os.RemoveAll(filepath.Join(m.agent.Images, "web")) },
			"the container web: its image x is not in this machine"},
		"root where it must not be": {`"containers":[{"name":"web","image":"x","security":{"nonRoot":true}}]`, func(*machine, *disks) {}, "it must not run as root, but would"},
		"nothing to run":            {web, func(m *machine, _ *disks) { m.image("web", `{"config":{}}`) }, "neither the container nor its image has a command"},
		"a name that is too long": {`"hostname":"` + strings.Repeat("h", 40) + `","subdomain":"web","setHostnameAsFQDN":true,` + web, func(*machine, *disks) {},
			"has 70 characters, of which a kernel takes 64"},
		"no firewall": {web, func(m *machine, _ *disks) { m.system.refuses = "guard" }, "guard /i2kit/pod: refused"},
		"service variables that are none": {web, func(m *machine, _ *disks) { m.aws.Parameters["/services"] = "[]" },
			"the service variables /services are not a JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, payload(test.pod, rollout), `,"serviceVariables":"/services","lifecycleHook":"drain"`)
			c, d := fake(t, m, map[string]played{"web": {}})
			m.aws.Group = "group"
			test.set(m, d)
			m.run()
			m.until("FAILURE", m.signalled("FAILURE"))
			if !strings.Contains(m.console(), test.says) {
				t.Errorf("%q is not in\n%s", test.says, m.console())
			}
			if len(c.started) > 0 {
				t.Error("a container was started")
			}
			if status, _ := m.status(); status != 503 {
				t.Error(status)
			}
			m.terminate()
			if n := len(m.aws.Calls("autoscaling:CompleteLifecycleAction")); n != 1 || len(m.aws.Signals()) != 1 {
				t.Error(n, m.aws.Signals())
			}
			// The report is in the logs, which outlive the machine.
			if logged := strings.Join(m.aws.Logged("web-0123456789abcdef0/@agent"), "\n"); !strings.Contains(logged, test.says) {
				t.Errorf("%q is not in the logs: %s", test.says, logged)
			}
		})
	}
}

func TestABadDocument(t *testing.T) {
	m := newMachine(t, payload(web, rollout), `,"shell":"sh"`)
	fake(t, m, map[string]played{"web": {}})
	m.run()
	m.until("FAILURE", m.signalled("FAILURE"))
	if !strings.Contains(m.console(), `unknown field "shell"`) {
		t.Error(m.console())
	}
	m.terminate()
	m = newMachine(t, payload(web, rollout), "")
	fake(t, m, map[string]played{"web": {}})
	m.metadata.Set("user-data", "#!/bin/sh\n")
	m.run()
	m.until("a message", func() bool { return strings.Contains(m.console(), "the stack cannot be told") })
	if len(m.aws.Calls("")) > 0 {
		t.Error("AWS was called")
	}
	m.terminate()
}

func TestTheNetworkComesLate(t *testing.T) {
	m := newMachine(t, payload(web, rollout), "")
	fake(t, m, map[string]played{"web": {}})
	m.metadata.Down(true)
	m.run()
	time.Sleep(300 * time.Millisecond)
	if status, body := m.status(); status != 503 || !strings.Contains(body, "booting") {
		t.Error(status, body)
	}
	m.metadata.Down(false)
	m.until("SUCCESS", m.signalled("SUCCESS"))
	m.terminate()
}

func TestServiceVariablesThatAreNotThere(t *testing.T) {
	m := newMachine(t, payload(web, rollout), `,"serviceVariables":"/services"`)
	fake(t, m, map[string]played{"web": {}})
	refused := 0
	m.aws.On("ssm:GetParameter", func(awstest.Call) *awstest.Answer {
		if refused++; refused == 1 {
			return &awstest.Answer{Code: "AccessDeniedException"}
		}
		return nil
	})
	m.run()
	m.until("SUCCESS", m.signalled("SUCCESS"))
	m.terminate()
}

func TestACrashLoop(t *testing.T) {
	probe := `,"readinessProbe":{"check":{"tcp":{"port":1}},"initialDelaySeconds":0,"periodSeconds":1,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":1}`
	m := newMachine(t, payload(strings.Replace(web, `"image":"x"`, `"image":"x"`+probe, 1), `"rollout":{"minReadySeconds":5,"deadlineSeconds":12}`), "")
	fake(t, m, map[string]played{"web": {after: 200 * time.Millisecond, code: 3}})
	begun := time.Now()
	m.run()
	m.until("FAILURE", m.signalled("FAILURE"))
	// The second restart, after ten seconds, could not be ready for five before the deadline.
	if took := time.Since(begun); took > 5*time.Second {
		t.Error(took)
	}
	if !strings.Contains(m.console(), "the container web keeps ending (2 times, the last with exit code 3)") {
		t.Error(m.console())
	}
	m.terminate()
}

func TestJobs(t *testing.T) {
	for name, test := range map[string]struct {
		play   played
		signal string
	}{"well": {played{after: 50 * time.Millisecond}, "SUCCESS"}, "not": {played{after: 50 * time.Millisecond, code: 2}, "FAILURE"}} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, payload(`"restartPolicy":"Never",`+web, rollout+`,"job":{"backoffLimit":0}`), "")
			fake(t, m, map[string]played{"web": test.play})
			m.run()
			select {
			case <-m.system.off:
			case <-time.After(20 * time.Second):
				t.Fatal("it does not power off", m.console())
			}
			if got := fmt.Sprint(m.aws.Signals()); got != "["+test.signal+"]" {
				t.Error(got)
			}
		})
	}
}

func TestAScheduledJobLeavesItsGroup(t *testing.T) {
	for _, group := range []string{"", "reports"} {
		m := newMachine(t, payload(`"restartPolicy":"Never",`+web, rollout+`,"job":{"backoffLimit":0}`), "")
		fake(t, m, map[string]played{"web": {after: 50 * time.Millisecond}})
		m.aws.Group = group
		m.run()
		select {
		case <-m.system.off:
		case <-time.After(20 * time.Second):
			t.Fatal("it does not power off", m.console())
		}
		left := len(m.aws.Calls("autoscaling:TerminateInstanceInAutoScalingGroup"))
		if want := len(group) / max(len(group), 1); left != want {
			t.Errorf("in %q it left %d times", group, left)
		}
	}
}

func TestMemoryIsPublishedInPercentOfWhatIsAskedFor(t *testing.T) {
	asking := `"containers":[{"name":"web","image":"x","resources":{"memoryRequest":67108864}}]`
	m := newMachine(t, payload(asking, rollout+`,"memoryMetric":true`), "")
	fake(t, m, map[string]played{"web": {}})
	m.aws.Group = "api"
	m.run()
	m.until("published", func() bool { return len(m.aws.Calls("cloudwatch:PutMetricData")) > 0 })
	form := m.aws.Calls("cloudwatch:PutMetricData")[0].Form
	got := []string{form.Get("Namespace"), form.Get("MetricData.member.1.Value"), form.Get("MetricData.member.1.Dimensions.member.1.Value")}
	if !slices.Equal(got, []string{"i2kit", "75.00", "api"}) {
		t.Error(got)
	}
	m.terminate()
}

func TestTheMachineEndsWhileItWaits(t *testing.T) {
	m := newMachine(t, payload(web, rollout), `,"lifecycleHook":"drain"`)
	_, d := fake(t, m, map[string]played{"web": {}})
	d.fault = errors.New("not terminal")
	m.aws.Group = "group"
	m.aws.On("secretsmanager:GetSecretValue", func(awstest.Call) *awstest.Answer { return &awstest.Answer{Status: 500} })
	m.run()
	m.terminate()
	if strings.Contains(fmt.Sprint(m.aws.Signals()), "SUCCESS") {
		t.Error(m.aws.Signals())
	}
}

func TestTheDeadlinePassesWhileItPrepares(t *testing.T) {
	m := newMachine(t, payload(web, `"rollout":{"minReadySeconds":0,"deadlineSeconds":1}`), "")
	c, d := fake(t, m, map[string]played{"web": {}})
	d.slow = 2 * time.Second
	m.run()
	m.until("FAILURE", m.signalled("FAILURE"))
	if len(c.started) > 0 {
		t.Error("it was not late")
	}
	m.until("ready all the same", m.isReady)
	m.terminate()
	if len(m.aws.Signals()) != 1 {
		t.Error(m.aws.Signals())
	}
}
