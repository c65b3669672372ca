package boot_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/boot"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/logbuffer"
	"i2kit.dev/agent/internal/machinetest"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/volumes"
)

// real gives a machine runc, real volumes, and images of busybox.
func real(t *testing.T, m *machine, containers ...string) boot.Runc {
	t.Helper()
	machinetest.Need(t)
	scratch := filepath.Join(m.state, "scratch")
	os.MkdirAll(scratch, 0o755)
	if err := syscall.Mount("tmpfs", scratch, "tmpfs", 0, ""); err != nil {
		t.Fatal(err)
	}
	runc := boot.Runc{Runc: &runtime.Runc{Binary: "runc", Self: "/proc/self/exe", State: m.agent.State, Scratch: scratch}}
	m.agent.Containers = runc
	m.agent.Volumes = func(machine imds.Machine, ids map[string]string, cloud *aws.Client) boot.Volumes {
		return &volumes.Maker{State: m.agent.State, Scratch: scratch, Instance: machine.InstanceID, IDs: ids, EC2: cloud, Logf: m.logf,
			Find: func(string, string) (string, bool) { return "", false }}
	}
	for _, name := range containers {
		machinetest.Root(t, m.image(name, `{"config":{"Env":["PATH=/bin","FROM_IMAGE=yes"],"Cmd":["sh","-c","echo nothing to do"],"WorkingDir":"/tmp"}}`))
	}
	t.Cleanup(func() {
		for _, name := range containers {
			runc.Kill(name)
			runc.Remove(name)
		}
		for _, folder := range []string{"volumes/config", "volumes/memory", "volumes", "subpaths/web/1"} {
			syscall.Unmount(filepath.Join(m.agent.State, folder), syscall.MNT_DETACH)
		}
		syscall.Unmount(scratch, syscall.MNT_DETACH)
		groups, _ := filepath.Glob("/sys/fs/cgroup/*/i2kit")
		for _, group := range append(groups, "/sys/fs/cgroup/i2kit") {
			for _, name := range append(containers, "") {
				os.Remove(filepath.Join(group, "pod", name))
			}
			os.Remove(group)
		}
	})
	return runc
}

const webPod = `
"labels":{"app":"web"},
"terminationGracePeriodSeconds":5,
"initContainers":[
 {"name":"init","image":"busybox","command":["sh","-c","echo made by init > /shared/made; echo init said"],"mounts":[{"volume":"shared","path":"/shared"}]},
 {"name":"side","image":"busybox","restartPolicy":"Always","command":["sh","-c","trap 'echo side ends; exit 0' TERM; while :; do sleep 0.1; done"]}],
"containers":[{"name":"web","image":"busybox",
 "command":["sh","-c"],"args":["echo web says $(GREETING); mkdir -p /tmp/www; cp /shared/made /tmp/www/index.html 2>/dev/null || cat /shared/made > /tmp/www/index.html; trap 'echo asked to end; echo bye > /dev/termination-log; exit 0' TERM; /bin/busybox httpd -p 18080 -h /tmp/www; while :; do sleep 0.1; done"],
 "env":[{"name":"GREETING","expand":"hello from $(NAME) via $(DB_SERVICE_HOST)"},{"name":"NAME","field":"metadata.name"},{"name":"GREETING","expand":"hello from $(NAME) via $(DB_SERVICE_HOST)"},
  {"name":"PASSWORD","secret":{"secret":"i2kit/prod/default/db","key":"password"}}],
 "mounts":[{"volume":"shared","path":"/shared"},{"volume":"config","path":"/etc/web.conf","subPath":"conf.d/web.conf"},{"volume":"config","path":"/etc/config"},{"volume":"memory","path":"/memory"}],
 "readinessProbe":{"check":{"http":{"port":18080,"path":"/"}},"initialDelaySeconds":0,"periodSeconds":1,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
 "livenessProbe":{"check":{"exec":["test","!","-e","/tmp/sick"]},"initialDelaySeconds":0,"periodSeconds":1,"timeoutSeconds":5,"successThreshold":1,"failureThreshold":1},
 "preStop":{"exec":["sh","-c","echo draining > /proc/1/fd/1"]},
 "resources":{"memoryRequest":16777216,"memoryLimit":67108864},
 "security":{"user":1000,"nonRoot":true,"dropCapabilities":["ALL"],"allowPrivilegeEscalation":false}}],
"volumes":[{"name":"shared","empty":{}},{"name":"memory","empty":{"medium":"Memory"}},
 {"name":"config","files":[{"path":"conf.d/web.conf","text":"listen 18080\n"},{"path":"password","mode":256,"secret":{"secret":"i2kit/prod/default/db","key":"password"}},{"path":"labels","field":"metadata.labels"}]}]`

// The whole life of a machine with real containers: up, signalled, restarted in parts, taken over, and ended by its
// group.
func TestALife(t *testing.T) {
	machinetest.Need(t)
	m := newMachine(t, payload(webPod, rollout), `,"role":"arn:role/pod","serviceVariables":"/services","lifecycleHook":"drain"`)
	runc := real(t, m, "init", "side", "web")
	m.aws.Parameters["/services"] = `{"DB_SERVICE_HOST":"db.default.svc.cluster.local"}`
	m.aws.Secrets["i2kit/prod/default/db"] = secret("password", "s3cret")
	m.aws.Group, m.aws.Targets = "group", map[string]string{"tg": "initial"}
	m.run()
	m.until("ready", m.isReady)
	if len(m.aws.Signals()) != 0 {
		t.Error("signalled before the target is healthy")
	}
	m.aws.Change(func() { m.aws.Targets["tg"] = "healthy" })

	in := func(script string) string {
		t.Helper()
		code, output, err := runc.Exec(t.Context(), "web", []string{"sh", "-c", script})
		if err != nil || code != 0 {
			t.Errorf("%s: %d %s %v", script, code, output, err)
		}
		return strings.TrimSpace(output)
	}
	for script, want := range map[string]string{
		"echo $GREETING":                      "hello from web-0123456789abcdef0 via db.default.svc.cluster.local",
		"echo $PASSWORD $FROM_IMAGE":          "s3cret yes",
		"cat /etc/web.conf":                   "listen 18080",
		"cat /etc/config/labels":              `app="web"`,
		"id -u; id -g":                        "1000\n1001",
		"grep CapEff /proc/self/status":       "CapEff:\t0000000000000000",
		"pwd":                                 "/tmp",
		"cat /etc/hostname":                   "web-0123456789abcdef0",
		"grep ndots /etc/resolv.conf":         "options ndots:5",
		"touch /etc/config/x 2>&1 || true":    "touch: /etc/config/x: Read-only file system",
		"cat /etc/config/password 2>&1; true": "cat: can't open '/etc/config/password': Permission denied",
		"echo $AWS_REGION":                    "eu-west-1",
		`wget -qO- --header "Authorization: $(cat $AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE)" $AWS_CONTAINER_CREDENTIALS_FULL_URI | grep -o ASIAPOD`: "ASIAPOD",
	} {
		if got := in(script); got != want {
			t.Errorf("%s: %q", script, got)
		}
	}
	if response, err := http.Get("http://127.0.0.1:18080/"); err != nil {
		t.Error(err)
	} else {
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if string(body) != "made by init\n" {
			t.Errorf("%q", body)
		}
	}
	m.until("SUCCESS", m.signalled("SUCCESS"))

	// Secrets exist only on a tmpfs, and not in the agent's messages.
	if strings.Contains(m.console(), "s3cret") {
		t.Error("the secret is on the console")
	}

	// A new agent takes over and restarts nothing. (If the agent dies between the answer to a signal and saving it, a
	// second one could be sent: the stack counts a machine once.)
	m.until("the signal is saved", func() bool {
		saved, _ := os.ReadFile(filepath.Join(m.agent.State, "saved-state.json"))
		return strings.Contains(string(saved), `"signalled":"SUCCESS"`)
	})
	before, _ := runc.Find("web")
	m.hangup()
	<-m.ended
	m.ended <- nil
	m.again()
	m.agent.Containers = runc
	m.run()
	m.until("ready after the agent's restart", m.isReady)
	after, _ := runc.Find("web")
	if !after.StartedAt().Equal(before.StartedAt()) {
		t.Error("the container was started again")
	}
	if len(m.aws.Signals()) != 1 {
		t.Error(m.aws.Signals())
	}

	// Liveness restarts the container.
	runc.Exec(t.Context(), "web", []string{"touch", "/tmp/sick"})
	m.until("liveness", func() bool { return strings.Contains(m.console(), "its liveness probe failed") })
	m.until("not ready", func() bool { return !m.isReady() })
	m.until("ready again", m.isReady)

	m.terminate()
	console := m.console()
	for _, want := range []string{"termination message: bye", "its Auto Scaling group terminates it"} {
		if !strings.Contains(console, want) {
			t.Errorf("%q is not in\n%s", want, console)
		}
	}
	logged := strings.Join(m.aws.Logged("web-0123456789abcdef0/web"), "\n")
	for _, want := range []string{"web says hello from", "draining\nasked to end"} {
		if !strings.Contains(logged, want) {
			t.Errorf("%q is not in %q", want, logged)
		}
	}
	if got := strings.Join(m.aws.Logged("web-0123456789abcdef0/side"), "\n"); got != "side ends" {
		t.Errorf("%q", got)
	}
	if got := logbuffer.Tail(runc.LogBuffer("init"), time.Time{}, 100); got != "init said" {
		t.Errorf("%q", got)
	}
	if n := len(m.aws.Calls("autoscaling:CompleteLifecycleAction")); n != 1 || len(m.aws.Calls("autoscaling:RecordLifecycleActionHeartbeat")) == 0 {
		t.Error(n, "completions")
	}
}
