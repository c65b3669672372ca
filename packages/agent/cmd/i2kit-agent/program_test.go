package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws/awstest"
	"i2kit.dev/agent/internal/imds/imdstest"
	"i2kit.dev/agent/internal/machinetest"
)

const inside = "I2KIT_TEST_PROGRAM"

// TestProgram runs the agent, as it is built for machines, in namespaces that make a machine of them: its own
// processes, network, mounts and host name, and the metadata service at its real address. The power-off ends the
// process namespace.
func TestProgram(t *testing.T) {
	for _, program := range []string{"runc", "busybox", "ip", "go"} {
		if _, err := exec.LookPath(program); err != nil || os.Geteuid() != 0 {
			machinetest.Skip(t, "needs root and "+program)
		}
	}
	work, err := os.MkdirTemp("", "ag")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(work)
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", filepath.Join(work, "i2kit-agent"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatal(err, string(output))
	}
	command := exec.Command("/proc/self/exe", "-test.run", "^TestInside$", "-test.v")
	command.Env = append(os.Environ(), inside+"="+work)
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC}
	output, err := command.CombinedOutput()
	defer clean()
	text := string(output)
	status, _ := command.ProcessState.Sys().(syscall.WaitStatus)
	if !strings.Contains(text, "ALL WELL") || !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(line, "FIGURE") {
			t.Log(line)
		}
	}
}

func clean() {
	groups, _ := filepath.Glob("/sys/fs/cgroup/*/i2kit")
	for _, group := range append(groups, "/sys/fs/cgroup/i2kit") {
		os.Remove(filepath.Join(group, "pod", "web"))
		os.Remove(filepath.Join(group, "pod"))
		os.Remove(group)
	}
}

const document = `{"apiVersion":"i2kit.dev/agent/v1","stack":"arn:stack","region":"eu-west-1","resource":"Web","logs":"/logs/web","lifecycleHook":"drain","endpoint":%q,"payload":%q}`

const podOfProgram = `{"pod":{"owner":"Deployment/default/web","generateName":"web-","namespace":"default","dns":{"policy":"Default"},"terminationGracePeriodSeconds":5,
"redirects":[{"protocol":"TCP","port":8000,"to":18080}],
"containers":[{"name":"web","image":"busybox","command":["sh","-c","mkdir -p /tmp/www; echo hello > /tmp/www/index.html; wget -T 2 -q -O- http://169.254.169.254/latest/api/token && echo reached || echo shut; trap 'exit 0' TERM; busybox httpd -p 18080 -h /tmp/www; while :; do sleep 0.1; done"],
"readinessProbe":{"check":{"http":{"port":18080}},"initialDelaySeconds":0,"periodSeconds":1,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3}}]},
"rollout":{"minReadySeconds":1,"deadlineSeconds":100000000}}`

// TestInside is the machine's first process.
func TestInside(t *testing.T) {
	work := os.Getenv(inside)
	if work == "" || os.Getpid() != 1 {
		t.Skip("is run by TestProgram")
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
	must(syscall.Mount("proc", "/proc", "proc", 0, ""))
	for _, command := range []string{"ip link set lo up", "ip addr add 169.254.169.254/32 dev lo"} {
		if output, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
			t.Fatal(err, string(output))
		}
	}
	state, scratch, images := filepath.Join(work, "run"), filepath.Join(work, "scratch"), filepath.Join(work, "images")
	// The agent mounts a tmpfs for its state itself. The scratch folder may be on a disk; here it is on an overlay.
	must(os.MkdirAll(scratch, 0o755))
	must(syscall.Mount("tmpfs", scratch, "tmpfs", 0, ""))
	machinetest.Root(t, filepath.Join(images, "web", "rootfs"))
	must(os.WriteFile(filepath.Join(images, "web", "config.json"), []byte(`{"config":{"Env":["PATH=/bin"]}}`), 0o644))

	cloud := awstest.New(t)
	cloud.Group, cloud.Targets = "group", map[string]string{"tg": "healthy"}
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	writer.Write([]byte(podOfProgram))
	writer.Close()
	metadata := imdstest.New(t, fmt.Sprintf(document, cloud.URL, base64.StdEncoding.EncodeToString(packed.Bytes())))
	forward(t, "169.254.169.254:80", strings.TrimPrefix(metadata.URL, "http://"))

	console, err := os.Create(filepath.Join(work, "console"))
	must(err)
	begun := time.Now()
	agent := exec.Command(filepath.Join(work, "i2kit-agent"), "supervise", "-images", images, "-state", state, "-scratch", scratch, "-console", "", "-time", "")
	agent.Stdout, agent.Stderr = console, console
	must(agent.Start())
	until := func(what string, holds func() bool) {
		t.Helper()
		for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				text, _ := os.ReadFile(console.Name())
				t.Fatalf("not within 30 seconds: %s\n%s", what, text)
			}
		}
	}
	ready := func() bool { return get("http://127.0.0.1:10256/readyz") == "ready\n" }
	until("ready", ready)
	fmt.Println("FIGURE from the agent's start to ready:", time.Since(begun).Round(10*time.Millisecond))
	until("SUCCESS", func() bool { return fmt.Sprint(cloud.Signals()) == "[SUCCESS]" })
	until("the output in the logs", func() bool { return len(cloud.Logged("web-0123456789abcdef0/web")) > 0 })
	if got := strings.Join(cloud.Logged("web-0123456789abcdef0/web"), "\n"); !strings.Contains(got, "shut") || strings.Contains(got, "reached") {
		t.Error("the metadata service:", got)
	}
	var kind syscall.Statfs_t
	if must(syscall.Statfs(state, &kind)); kind.Type != 0x01021994 {
		t.Errorf("the state is not on a tmpfs: %x", kind.Type)
	}
	if got := get("http://127.0.0.1:8000/"); got != "hello\n" {
		t.Errorf("through the redirect: %q", got)
	}
	if name, _ := os.Hostname(); name != "web-0123456789abcdef0" {
		t.Error(name)
	}
	for command, figure := range map[string]string{"run": "resident, agent", "shim": "resident, shim of a container", "supervise": "resident, supervisor"} {
		pid, resident := find(command)
		fmt.Printf("FIGURE %s: %d KiB\n", figure, resident)
		if pid == 0 || resident > 30<<10 {
			t.Error(command, "takes", resident, "KiB")
		}
	}
	// The agent dies, and its container continues.
	shim, _ := find("shim")
	pid, _ := find("run")
	must(syscall.Kill(pid, syscall.SIGKILL))
	until("another agent", func() bool { other, _ := find("run"); return other != 0 && other != pid })
	until("ready again", ready)
	if still, _ := find("shim"); still != shim {
		t.Error("the container was started again")
	}
	if t.Failed() {
		text, _ := os.ReadFile(console.Name())
		t.Fatal(string(text))
	}
	// The group terminates the machine: the pod stops, the hook is completed, and the power-off ends this process, too.
	cloud.On("autoscaling:CompleteLifecycleAction", func(awstest.Call) *awstest.Answer {
		// Reported before the answer: soon after it, this process no longer exists.
		if got := fmt.Sprint(cloud.Signals()); got == "[SUCCESS]" {
			fmt.Println("ALL WELL")
		}
		return nil
	})
	cloud.Change(func() { cloud.Lifecycle = "Terminating:Wait" })
	metadata.Set("meta-data/autoscaling/target-lifecycle-state", "Terminated")
	time.Sleep(20 * time.Second)
	text, _ := os.ReadFile(console.Name())
	t.Fatal("the power is still on\n", string(text))
}

func get(address string) string {
	response, err := http.Get(address)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}

// find finds a process of the program by its command. It returns the resident memory, too.
func find(command string) (pid int, resident int) {
	entries, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, entry := range entries {
		line, _ := os.ReadFile(entry)
		if words := strings.Split(string(line), "\x00"); len(words) < 2 || words[1] != command {
			continue
		}
		pid, _ = strconv.Atoi(filepath.Base(filepath.Dir(entry)))
		status, _ := os.ReadFile(filepath.Join(filepath.Dir(entry), "status"))
		for _, line := range strings.Split(string(status), "\n") {
			if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
				resident, _ = strconv.Atoi(fields[1])
			}
		}
	}
	return pid, resident
}

// forward forwards connections from one address to another.
func forward(t *testing.T, from, to string) {
	listener, err := net.Listen("tcp", from)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			incoming, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer incoming.Close()
				outgoing, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer outgoing.Close()
				go io.Copy(outgoing, incoming)
				io.Copy(incoming, outgoing)
			}()
		}
	}()
}
