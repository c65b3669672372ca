// Writes tables of a real containerd's results for images, called over CRI as a kubelet calls it. The agent's tests
// read them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	containerd "github.com/containerd/containerd/v2/client"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

func main() {
	work, err := os.MkdirTemp("", "oracle")
	check(err)
	defer os.RemoveAll(work)
	// An overlay's upper layer cannot be on an overlay.
	check(syscall.Mount("tmpfs", work, "tmpfs", 0, ""))
	defer syscall.Unmount(work, syscall.MNT_DETACH)
	d := start(work)
	defer d.stop()
	for name, table := range map[string]any{"users": d.users(), "volumes": d.volumes()} {
		text, err := json.MarshalIndent(table, "", "  ")
		check(err)
		check(os.WriteFile(filepath.Join("tables", name+".json"), append(text, '\n'), 0o644))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// daemon is a containerd of its own, in a folder of its own.
type daemon struct {
	work    string
	process *exec.Cmd
	client  *containerd.Client
	images  cri.ImageServiceClient
	runtime cri.RuntimeServiceClient
	count   int
}

const pause = "oracle.example/pause:1"

const config = `version = 3
root = "%[1]s/root"
state = "%[1]s/state"
[grpc]
  address = "%[1]s/containerd.sock"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "` + pause + `"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
`

func start(work string) *daemon {
	// Its programs are those of go.mod.
	build := exec.Command("go", "build", "-o", work+"/bin/", "github.com/containerd/containerd/v2/cmd/containerd", "github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2")
	build.Stderr = os.Stderr
	check(build.Run())
	check(os.WriteFile(work+"/config.toml", fmt.Appendf(nil, config, work), 0o600))
	log, err := os.Create(filepath.Join(os.TempDir(), "containerd-oracle.log"))
	check(err)
	process := exec.Command(work+"/bin/containerd", "--config", work+"/config.toml")
	process.Env = append(os.Environ(), "PATH="+work+"/bin:"+os.Getenv("PATH"))
	process.Stdout, process.Stderr = log, log
	check(process.Start())
	socket := work + "/containerd.sock"
	var client *containerd.Client
	for range 100 {
		if client, err = containerd.New(socket, containerd.WithDefaultNamespace("k8s.io"), containerd.WithTimeout(time.Second)); err == nil {
			if ready, _ := client.IsServing(context.Background()); ready {
				break
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	check(err)
	connection, err := grpc.NewClient("unix://"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(err)
	d := &daemon{work: work, process: process, client: client, images: cri.NewImageServiceClient(connection), runtime: cri.NewRuntimeServiceClient(connection)}
	d.load(pause, image{command: []string{"/bin/sleep", "1000"}})
	return d
}

func (d *daemon) stop() {
	d.process.Process.Signal(syscall.SIGTERM)
	d.process.Wait()
}

// run runs an image's container once, as a kubelet would. It returns the output, and the reason if the container
// could not run.
func (d *daemon) run(name string, script string, change func(*cri.LinuxContainerSecurityContext)) (string, string) {
	ctx := context.Background()
	d.count++
	folder := fmt.Sprintf("%s/logs/%d", d.work, d.count)
	host := &cri.NamespaceOption{Network: cri.NamespaceMode_NODE, Pid: cri.NamespaceMode_CONTAINER}
	sandbox := &cri.PodSandboxConfig{
		Metadata:     &cri.PodSandboxMetadata{Name: fmt.Sprint("pod", d.count), Namespace: "oracle", Uid: fmt.Sprint(d.count)},
		LogDirectory: folder, Linux: &cri.LinuxPodSandboxConfig{SecurityContext: &cri.LinuxSandboxSecurityContext{NamespaceOptions: host}},
	}
	made, err := d.runtime.RunPodSandbox(ctx, &cri.RunPodSandboxRequest{Config: sandbox})
	check(err)
	defer d.runtime.RemovePodSandbox(ctx, &cri.RemovePodSandboxRequest{PodSandboxId: made.PodSandboxId})
	defer d.runtime.StopPodSandbox(ctx, &cri.StopPodSandboxRequest{PodSandboxId: made.PodSandboxId})
	security := &cri.LinuxContainerSecurityContext{NamespaceOptions: host}
	// A kubelet asks for the image's user and passes it on (kuberuntime_container.go: getImageUser,
	// generateLinuxContainerSecurityContext).
	status, err := d.images.ImageStatus(ctx, &cri.ImageStatusRequest{Image: &cri.ImageSpec{Image: name}})
	check(err)
	if uid := status.Image.Uid; uid != nil {
		security.RunAsUser = &cri.Int64Value{Value: uid.Value}
	} else if status.Image.Username != "" {
		security.RunAsUsername = status.Image.Username
	} else {
		security.RunAsUser = &cri.Int64Value{}
	}
	change(security)
	container, err := d.runtime.CreateContainer(ctx, &cri.CreateContainerRequest{PodSandboxId: made.PodSandboxId, SandboxConfig: sandbox, Config: &cri.ContainerConfig{
		Metadata: &cri.ContainerMetadata{Name: "c"}, Image: &cri.ImageSpec{Image: name}, Command: []string{"/bin/sh", "-c", script}, LogPath: "c.log",
		Linux: &cri.LinuxContainerConfig{SecurityContext: security},
	}})
	if err != nil {
		return "", err.Error()
	}
	if _, err = d.runtime.StartContainer(ctx, &cri.StartContainerRequest{ContainerId: container.ContainerId}); err != nil {
		return "", err.Error()
	}
	for range 200 {
		status, err := d.runtime.ContainerStatus(ctx, &cri.ContainerStatusRequest{ContainerId: container.ContainerId})
		check(err)
		if status.Status.State == cri.ContainerState_CONTAINER_EXITED {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	text, err := os.ReadFile(folder + "/c.log")
	check(err)
	var lines []string
	for line := range strings.Lines(string(text)) {
		// time stream tag text
		if fields := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4); len(fields) == 4 {
			lines = append(lines, fields[3])
		}
	}
	return strings.Join(lines, "\n"), ""
}
