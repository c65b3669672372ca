package volumes

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/machinetest"
)

func none(string) (string, bool) { return "", false }

func TestBindOptions(t *testing.T) {
	for name, test := range map[string]struct {
		mount  contract.Mount
		volume Made
		want   string
	}{
		"usual":            {contract.Mount{}, Made{}, "rbind rprivate rw"},
		"read only":        {contract.Mount{ReadOnly: ptr(true)}, Made{}, "rbind rprivate ro"},
		"of files":         {contract.Mount{}, Made{ReadOnly: true}, "rbind rprivate ro"},
		"recursive":        {contract.Mount{ReadOnly: ptr(true), RecursiveReadOnly: ptr(true)}, Made{}, "rbind rprivate ro rro"},
		"from the machine": {contract.Mount{Propagation: ptr("HostToContainer")}, Made{}, "rbind rslave rw"},
		"both ways":        {contract.Mount{Propagation: ptr("Bidirectional")}, Made{}, "rbind rshared rw"},
	} {
		if got := strings.Join(bindOptions(test.mount, test.volume), " "); got != test.want {
			t.Error(name, got)
		}
	}
}

func TestSubPaths(t *testing.T) {
	machinetest.Need(t)
	state, volume, outside := t.TempDir(), t.TempDir(), t.TempDir()
	os.Chmod(volume, 0o777)
	os.WriteFile(filepath.Join(volume, "file"), []byte("text"), 0o644)
	os.WriteFile(filepath.Join(outside, "secret"), []byte("no"), 0o644)
	os.Symlink(outside, filepath.Join(volume, "link"))
	os.MkdirAll(filepath.Join(volume, "real"), 0o755)
	os.Symlink("real", filepath.Join(volume, "inner"))
	m := &Maker{State: state}
	made := map[string]Made{"v": {Path: volume}}
	bind := func(mount contract.Mount) (string, error) {
		mount.Volume, mount.Path = "v", "/in"
		mounts, err := m.Bindings(contract.Container{Name: strings.ReplaceAll(t.Name()+contract.Or(mount.SubPath, "")+contract.Or(mount.SubPathExpr, ""), "/", "_"), Mounts: []contract.Mount{mount}}, made, none)
		if err != nil {
			return "", err
		}
		t.Cleanup(func() { unix.Unmount(mounts[0].Source, unix.MNT_DETACH) })
		return mounts[0].Source, nil
	}
	if source, err := bind(contract.Mount{}); err != nil || source != volume {
		t.Error(source, err)
	}
	source, err := bind(contract.Mount{SubPath: ptr("made/deep")})
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(source, "x"), nil, 0o644)
	if info, err := os.Stat(filepath.Join(volume, "made/deep/x")); err != nil {
		t.Error(info, err)
	}
	if info, _ := os.Stat(filepath.Join(volume, "made/deep")); info.Mode().Perm() != 0o777 {
		t.Error(info.Mode())
	}
	if source, err := bind(contract.Mount{SubPath: ptr("file")}); err != nil {
		t.Error(err)
	} else if text, _ := os.ReadFile(source); string(text) != "text" {
		t.Errorf("%q", text)
	}
	if _, err := bind(contract.Mount{SubPath: ptr("inner")}); err != nil {
		t.Error(err)
	}
	for _, sub := range []string{"link", "link/secret", "../x"} {
		if source, err := bind(contract.Mount{SubPath: &sub}); err == nil {
			t.Error(sub, "led to", source)
		}
	}
	if _, err := bind(contract.Mount{SubPathExpr: ptr("$(NO)")}); err == nil {
		t.Error("an unknown variable was accepted")
	}
}

// packages/agent/oracle/kubelet wrote the table with the kubelet's own code.
func TestSubPathsThatAreMade(t *testing.T) {
	if os.Geteuid() != 0 {
		machinetest.Skip(t, "needs root")
	}
	text, err := os.ReadFile("../../oracle/kubelet/tables/subpaths.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Umask, Root, Existing, SubPath string
		Modes                          map[string]string
		Groups                         map[string]uint32
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table) < 20 {
		t.Fatal(len(table), err)
	}
	octal := func(text string) uint32 { bits, _ := strconv.ParseUint(text, 8, 32); return uint32(bits) }
	for _, row := range table {
		folder := t.TempDir()
		os.Chown(folder, 0, 2000)
		unix.Chmod(folder, octal(row.Root))
		if row.Existing != "" {
			os.Mkdir(filepath.Join(folder, row.Existing), 0o700)
			unix.Chmod(filepath.Join(folder, row.Existing), 0o711)
		}
		root, err := os.OpenRoot(folder)
		if err != nil {
			t.Fatal(err)
		}
		umask := unix.Umask(int(octal(row.Umask)))
		err = makeDirectories(root, row.SubPath)
		unix.Umask(umask)
		root.Close()
		if err != nil {
			t.Fatal(err)
		}
		for path, mode := range row.Modes {
			var stat unix.Stat_t
			unix.Lstat(filepath.Join(folder, path), &stat)
			if stat.Mode&0o7777 != octal(mode) || stat.Gid != row.Groups[path] {
				t.Errorf("%+v: %s has %o of %d", row, path, stat.Mode&0o7777, stat.Gid)
			}
		}
	}
}

func TestMakeAndMakeAgain(t *testing.T) {
	machinetest.Need(t)
	state, scratch := t.TempDir(), t.TempDir()
	m := &Maker{State: state, Scratch: scratch, Logf: t.Logf}
	pod := &contract.Pod{FsGroup: ptr(int64(2000)), Volumes: []contract.Volume{
		{Name: "disk", Empty: &contract.Empty{}},
		{Name: "memory", Empty: &contract.Empty{Medium: ptr("Memory"), SizeLimit: ptr(int64(1 << 20))}},
		{Name: "files", Files: []contract.File{{Path: ptr("a/b"), Text: ptr("text")}}},
		{Name: "nothing", Files: []contract.File{}},
	}}
	t.Cleanup(func() {
		for _, name := range []string{"volumes/memory", "volumes/files", "volumes/nothing", "volumes"} {
			unix.Unmount(filepath.Join(state, name), unix.MNT_DETACH)
		}
	})
	for range 2 {
		made, err := m.Make(t.Context(), pod, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(filepath.Join(made["files"].Path, "a/b")); err != nil || string(text) != "text" || !made["files"].ReadOnly {
			t.Error(string(text), err)
		}
		var stat unix.Statfs_t
		unix.Statfs(made["memory"].Path, &stat)
		if stat.Type != unix.TMPFS_MAGIC || stat.Blocks*uint64(stat.Bsize) != 1<<20 {
			t.Error(stat)
		}
		if info, _ := os.Stat(made["disk"].Path); info.Mode().Perm() != 0o777 || !strings.HasPrefix(made["disk"].Path, scratch) {
			t.Error(made["disk"], info.Mode())
		}
		if len(made) != 4 {
			t.Error(made)
		}
	}
	text, _ := os.ReadFile("/proc/self/mountinfo")
	if count := strings.Count(string(text), filepath.Join(state, "volumes", "memory")); count != 1 {
		t.Errorf("mounted %d times", count)
	}
	if !slices.Contains([]int{1}, strings.Count(string(text), filepath.Join(state, "volumes", "files"))) {
		t.Error("files are mounted twice")
	}
}

func TestReleaseLetsGoOfWhatIsPinned(t *testing.T) {
	machinetest.Need(t)
	state := t.TempDir()
	target := filepath.Join(state, "volumes", "data")
	if err := mountTmpfs(target, ""); err != nil {
		t.Fatal(err)
	}
	m := &Maker{State: state, Logf: t.Logf, IDs: map[string]string{"data": id}, Instance: me}
	from := &cloud{attached: "/dev/sdf"}
	m.EC2 = from
	if _, err := m.pin(target, "deep/down", filepath.Join(state, "subpaths", "web", "0")); err != nil {
		t.Fatal(err)
	}
	m.Release(t.Context(), &contract.Pod{Volumes: []contract.Volume{{Name: "data", Disk: &contract.Disk{Claim: "data"}}}})
	if left := mountedBelow(state); len(left) > 0 {
		t.Error(left)
	}
}
