package oci

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
)

func ptr[T any](value T) *T { return &value }

const passwd = "root:x:0:0:root:/root:/bin/sh\nwww:x:33:34:www:/var/www:/bin/false\nbroken\n"
const groupFile = "root:x:0:\nwww:x:34:\ndisk:x:6:www,other\ntape:x:7:other\n"

func input(change func(*Input)) Input {
	env, _ := contract.Resolve([]contract.Env{{Name: ptr("GREETING"), Value: ptr("hello")}}, contract.Sources{Image: []string{"PATH=/image/bin", "LANG=C"}})
	in := Input{
		Container: contract.Container{Name: "web", Image: "x"}, Passwd: passwd, Group: groupFile, Env: env, Hostname: "web-0123",
		Root: "/run/i2kit/web/rootfs", Cgroup: "/i2kit/pod/web", Shm: "/run/i2kit/shm", Memory: 1 << 30,
	}
	in.Image.Config.Entrypoint, in.Image.Config.Cmd = []string{"/entry"}, []string{"serve", "$(GREETING)"}
	if change != nil {
		change(&in)
	}
	return in
}

// Golden files show the effect of a change on the whole configuration. UPDATE_GOLDENS=1 writes them again.
func TestGolden(t *testing.T) {
	for name, change := range map[string]func(*Input){
		"plain": nil,
		"secured": func(in *Input) {
			in.Image.Config.User = "www"
			in.FSGroup = ptr(int64(2000))
			in.Container.WorkingDir, in.Container.Tty = ptr("/srv"), ptr(true)
			in.Container.Security = &contract.Security{User: ptr(int64(1000)), ReadOnlyRoot: ptr(true), AllowPrivilegeEscalation: ptr(false), NonRoot: ptr(true),
				SupplementalGroups: []int64{3000}, DropCapabilities: []string{"ALL"}, AddCapabilities: []string{"NET_BIND_SERVICE"}, Seccomp: ptr("Unconfined")}
			in.Container.Resources = &contract.Resources{CpuRequest: ptr(int64(250)), CpuLimit: ptr(int64(500)), MemoryRequest: ptr(int64(64 << 20)), MemoryLimit: ptr(int64(128 << 20))}
			in.Files = []File{{Destination: "/etc/hosts", Source: "/run/i2kit/hosts"}, {Destination: "/dev/termination-log", Source: "/run/i2kit/web/last", Writable: true}}
			in.Mounts = []specs.Mount{
				{Destination: "/data/deep", Type: "bind", Source: "/v/deep", Options: []string{"rbind", "rprivate", "ro"}},
				{Destination: "/data", Type: "bind", Source: "/v/data", Options: []string{"rbind", "rslave", "rw"}},
			}
		},
		"privileged": func(in *Input) {
			in.PIDs = "/proc/77/ns/pid"
			in.Container.Security = &contract.Security{Privileged: ptr(true), DropCapabilities: []string{"ALL"}}
			in.Devices = []specs.LinuxDevice{{Path: "/dev/xvdraw", Type: "b", Major: 259, Minor: 1}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			spec, err := Spec(input(change))
			if err != nil {
				t.Fatal(err)
			}
			// The profile is long, comes from another module, and has a test of its own.
			if spec.Linux.Seccomp != nil {
				spec.Linux.Seccomp = &specs.LinuxSeccomp{DefaultAction: spec.Linux.Seccomp.DefaultAction}
			}
			got, _ := json.MarshalIndent(spec, "", "  ")
			file := filepath.Join("testdata", name+".json")
			if os.Getenv("UPDATE_GOLDENS") != "" {
				os.WriteFile(file, append(got, '\n'), 0o644)
			}
			want, _ := os.ReadFile(file)
			if string(got)+"\n" != string(want) {
				t.Errorf("not as in %s:\n%s", file, got)
			}
		})
	}
}

func TestCommand(t *testing.T) {
	for name, test := range map[string]struct {
		command, args []string
		want          string
	}{
		"the image's":      {nil, nil, "/entry serve $(GREETING)"},
		"args alone":       {nil, []string{"$(GREETING)", "$$(X)", "$(NO)"}, "/entry hello $(X) $(NO)"},
		"command alone":    {[]string{"run"}, nil, "run"},
		"command and args": {[]string{"run"}, []string{"$(GREETING)"}, "run hello"},
	} {
		t.Run(name, func(t *testing.T) {
			spec, err := Spec(input(func(in *Input) { in.Container.Command, in.Container.Args = test.command, test.args }))
			if err != nil || strings.Join(spec.Process.Args, " ") != test.want {
				t.Error(spec.Process.Args, err)
			}
		})
	}
	if _, err := Spec(input(func(in *Input) { in.Image = Image{} })); err == nil {
		t.Error("nothing to run was accepted")
	}
}

func TestUser(t *testing.T) {
	for name, test := range map[string]struct {
		image    string
		security contract.Security
		fsGroup  *int64
		uid, gid uint32
		groups   []uint32
		fault    string
	}{
		"none":                    {"", contract.Security{}, nil, 0, 0, []uint32{0}, ""},
		"a name":                  {"www", contract.Security{}, nil, 33, 34, []uint32{34, 6}, ""},
		"a name, strict":          {"www", contract.Security{SupplementalGroupsPolicy: ptr("Strict")}, nil, 33, 34, []uint32{34}, ""},
		"a name and a group":      {"www:disk", contract.Security{}, nil, 33, 34, []uint32{34, 6}, ""},
		"a number of the file":    {"33", contract.Security{}, nil, 33, 34, []uint32{34, 6}, ""},
		"a number":                {"1000", contract.Security{}, nil, 1000, 0, []uint32{0}, ""},
		"numbers":                 {"1000:1001", contract.Security{}, nil, 1000, 0, []uint32{0}, ""},
		"a number and a name":     {"33:disk", contract.Security{}, nil, 33, 34, []uint32{34, 6}, ""},
		"set":                     {"www:disk", contract.Security{User: ptr(int64(1000))}, nil, 1000, 0, []uint32{0}, ""},
		"set, in the file":        {"", contract.Security{User: ptr(int64(33))}, nil, 33, 34, []uint32{34, 6}, ""},
		"a group set":             {"www", contract.Security{Group: ptr(int64(9))}, ptr(int64(2000)), 33, 9, []uint32{9, 6, 2000}, ""},
		"unknown name":            {"nobody", contract.Security{}, nil, 0, 0, nil, "is not in its /etc/passwd"},
		"a missing group":         {"www:nogroup", contract.Security{}, nil, 33, 34, []uint32{34, 6}, ""},
		"not root, and is":        {"", contract.Security{NonRoot: ptr(true)}, nil, 0, 0, nil, "must not run as root, but would"},
		"not root, by the number": {"1000", contract.Security{NonRoot: ptr(true)}, nil, 1000, 0, []uint32{0}, ""},
		"not root, and a name":    {"www", contract.Security{NonRoot: ptr(true)}, nil, 0, 0, nil, "is a name"},
		"not root, overridden":    {"root", contract.Security{NonRoot: ptr(true), User: ptr(int64(5))}, nil, 5, 0, []uint32{0}, ""},
		"root by number, set":     {"0", contract.Security{NonRoot: ptr(true)}, nil, 0, 0, nil, "but would"},
	} {
		t.Run(name, func(t *testing.T) {
			spec, err := Spec(input(func(in *Input) {
				in.Image.Config.User, in.Container.Security, in.FSGroup = test.image, &test.security, test.fsGroup
			}))
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Error(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if who := spec.Process.User; who.UID != test.uid || who.GID != test.gid || !slices.Equal(who.AdditionalGids, test.groups) {
				t.Errorf("%+v", who)
			}
		})
	}
}

// packages/agent/oracle/containerd wrote the table with a real containerd, called as a kubelet calls it, for images
// with these accounts.
func TestUsersAsInContainerd(t *testing.T) {
	text, err := os.ReadFile("../../oracle/containerd/tables/users.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		User, Run, UID, GID, Groups string
		Fault                       bool
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table) < 20 {
		t.Fatal(len(table), err)
	}
	for _, row := range table {
		security := contract.Security{}
		for _, setting := range strings.Fields(row.Run) {
			name, number, _ := strings.Cut(setting, "=")
			value, _ := strconv.ParseInt(number, 10, 64)
			switch name {
			case "user":
				security.User = &value
			case "group":
				security.Group = &value
			case "strict":
				security.SupplementalGroupsPolicy = ptr("Strict")
			}
		}
		spec, err := Spec(input(func(in *Input) {
			in.Image.Config.User, in.Container.Security = row.User, &security
			in.Passwd, in.Group = passwd+"lone:x:40:41::/:/bin/sh\n", groupFile+"lonely:x:8:lone\n"
		}))
		if row.Fault || err != nil {
			if (err != nil) != row.Fault {
				t.Errorf("%+v: %v", row, err)
			}
			continue
		}
		groups := slices.Clone(spec.Process.User.AdditionalGids)
		slices.Sort(groups)
		who := fmt.Sprint(spec.Process.User.UID, spec.Process.User.GID, groups)
		if want := fmt.Sprintf("%s %s [%s]", row.UID, row.GID, row.Groups); who != want {
			t.Errorf("%+v: %s", row, who)
		}
	}
}

func TestCapabilities(t *testing.T) {
	for name, test := range map[string]struct {
		add, drop []string
		count     int
		has, not  string
	}{
		"usual":               {nil, nil, 13, "CHOWN", "NET_RAW"},
		"asked for by name":   {[]string{"NET_RAW"}, nil, 14, "NET_RAW", "SYS_ADMIN"},
		"drop all":            {nil, []string{"ALL"}, 0, "", "CHOWN"},
		"drop all, add one":   {[]string{"NET_ADMIN"}, []string{"ALL"}, 1, "NET_ADMIN", "CHOWN"},
		"add all":             {[]string{"ALL"}, nil, 41, "SYS_ADMIN", ""},
		"add all, drop one":   {[]string{"ALL"}, []string{"SYS_ADMIN"}, 40, "BPF", "SYS_ADMIN"},
		"add and drop one":    {[]string{"SYS_TIME"}, []string{"SYS_TIME", "CHOWN"}, 12, "KILL", "SYS_TIME"},
		"one that is no more": {[]string{"OTHER"}, nil, 13, "", "OTHER"},
	} {
		t.Run(name, func(t *testing.T) {
			held, err := capabilities(contract.Security{AddCapabilities: test.add, DropCapabilities: test.drop})
			if err != nil {
				t.Fatal(err)
			}
			if len(held.Bounding) != test.count || test.has != "" && !slices.Contains(held.Bounding, "CAP_"+test.has) || slices.Contains(held.Bounding, "CAP_"+test.not) {
				t.Error(held.Bounding)
			}
			if len(held.Inheritable)+len(held.Ambient) > 0 {
				t.Error("some are inheritable")
			}
		})
	}
}

// allowed evaluates the rules for a call of socket.
func allowed(profile *specs.LinuxSeccomp, family uint64) bool {
	for _, rule := range profile.Syscalls {
		if !slices.Contains(rule.Names, "socket") || rule.Action != specs.ActAllow {
			continue
		}
		holds := true
		for _, arg := range rule.Args {
			switch arg.Op {
			case specs.OpEqualTo:
				holds = holds && family == arg.Value
			case specs.OpLessThan:
				holds = holds && family < arg.Value
			case specs.OpGreaterThan:
				holds = holds && family > arg.Value
			case specs.OpNotEqual:
				holds = holds && family != arg.Value
			case specs.OpMaskedEqual:
				holds = holds && family&arg.Value == arg.ValueTwo
			}
		}
		if holds {
			return true
		}
	}
	return false
}

// TestSockets in package runtime opens real sockets.
func TestPacketSocketsAreFiltered(t *testing.T) {
	const dropped = 1 << 32
	for name, test := range map[string]struct {
		add    []string
		packet bool
	}{"usual": {nil, false}, "asked for": {[]string{"NET_RAW"}, true}, "all": {[]string{"ALL"}, true}, "another": {[]string{"NET_ADMIN"}, false}} {
		t.Run(name, func(t *testing.T) {
			spec, err := Spec(input(func(in *Input) { in.Container.Security = &contract.Security{AddCapabilities: test.add} }))
			if err != nil {
				t.Fatal(err)
			}
			profile := spec.Linux.Seccomp
			if profile.DefaultAction != specs.ActErrno || len(profile.Syscalls) < 5 {
				t.Error("not the usual profile")
			}
			for _, family := range []uint64{unix.AF_PACKET, unix.AF_XDP} {
				if allowed(profile, family) != test.packet || allowed(profile, family|dropped) != test.packet {
					t.Error("family", family)
				}
			}
			for _, family := range []uint64{unix.AF_UNIX, unix.AF_INET, unix.AF_INET6, unix.AF_NETLINK, unix.AF_INET | dropped} {
				if !allowed(profile, family) {
					t.Error("family", family, "is not allowed")
				}
			}
			for _, family := range []uint64{0, unix.AF_VSOCK, unix.AF_ALG, unix.AF_MAX} {
				if allowed(profile, family) || allowed(profile, family|dropped) {
					t.Error("family", family, "is allowed")
				}
			}
			for _, rule := range profile.Syscalls {
				if slices.Contains(rule.Names, "socketcall") || slices.Contains(rule.Names, "io_uring_setup") {
					t.Error(rule.Names)
				}
			}
			if slices.Contains(profile.Architectures, specs.ArchX86) || slices.Contains(profile.Architectures, specs.ArchX32) {
				t.Error(profile.Architectures)
			}
		})
	}
}

func TestTheContainersOwnMountsWin(t *testing.T) {
	spec, err := Spec(input(func(in *Input) {
		in.Files = []File{{Destination: "/etc/hosts", Source: "/pod/hosts"}, {Destination: "/etc/resolv.conf", Source: "/pod/resolv.conf"}}
		in.Mounts = []specs.Mount{{Destination: "/etc/hosts/", Type: "bind", Source: "/own"}}
	}))
	if err != nil {
		t.Fatal(err)
	}
	var sources []string
	for _, mount := range spec.Mounts {
		if strings.HasPrefix(mount.Destination, "/etc") {
			sources = append(sources, mount.Source)
		}
	}
	if !slices.Equal(sources, []string{"/pod/resolv.conf", "/own"}) {
		t.Error(sources)
	}
}

func TestImageVolumes(t *testing.T) {
	volumes := map[string]struct{}{"/data": {}, "relative/../cache": {}, "/own": {}, "/own/deep": {}, "/": {}, "/ownership": {}}
	for _, readOnlyRoot := range []bool{false, true} {
		spec, err := Spec(input(func(in *Input) {
			in.Image.Config.Volumes = volumes
			in.Container.Security = &contract.Security{ReadOnlyRoot: &readOnlyRoot}
			in.Mounts = []specs.Mount{{Destination: "/own/", Type: "bind", Source: "/pod/own"}}
		}))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, mount := range spec.Mounts {
			if mount.Type == "bind" && mount.Destination != "/dev/shm" {
				found = append(found, mount.Destination+"="+mount.Source+" "+strings.Join(mount.Options, ","))
			}
		}
		const root = "/run/i2kit/web/rootfs"
		want := "/data=" + root + "/data rbind,rprivate,rw; /ownership=" + root + "/ownership rbind,rprivate,rw; /cache=" + root + "/cache rbind,rprivate,rw; /own/=/pod/own "
		if got := strings.Join(found, "; "); got != want {
			t.Errorf("\n got: %s\nwant: %s", got, want)
		}
	}
}

func TestThrottlesAreMasked(t *testing.T) {
	throttle := "/sys/devices/system/cpu/cpu0/thermal_throttle"
	for _, privileged := range []bool{false, true} {
		spec, err := Spec(input(func(in *Input) {
			in.Throttles, in.Container.Security = []string{throttle}, &contract.Security{Privileged: &privileged}
		}))
		if err != nil || slices.Contains(spec.Linux.MaskedPaths, throttle) == privileged {
			t.Error(privileged, spec.Linux.MaskedPaths, err)
		}
	}
}

func FuzzImage(f *testing.F) {
	f.Add([]byte(`{"config":{"User":"www:disk","Env":["A=b"],"Volumes":{"/data":{}},"Cmd":["a"]}}`), passwd, groupFile, true)
	f.Add([]byte(`{"config":{"User":"-1","Volumes":{"/../..":{}},"Entrypoint":[""]}}`), "a:b:c", ":::", false)
	f.Fuzz(func(t *testing.T, text []byte, passwd, group string, readOnlyRoot bool) {
		image, err := ParseImage(text)
		if err != nil {
			return
		}
		spec, err := Spec(input(func(in *Input) {
			in.Image, in.Passwd, in.Group = *image, passwd, group
			in.Container.Security = &contract.Security{ReadOnlyRoot: &readOnlyRoot, NonRoot: ptr(true)}
		}))
		if err != nil {
			return
		}
		user := spec.Process.User
		if user.UID == 0 || len(spec.Process.Args) == 0 || !slices.Contains(user.AdditionalGids, user.GID) || !strings.HasPrefix(spec.Process.Cwd, "/") {
			t.Errorf("%+v", spec.Process)
		}
		for _, each := range spec.Process.Env {
			if !strings.Contains(each, "=") {
				t.Errorf("variable %q", each)
			}
		}
		for _, mount := range spec.Mounts {
			if !strings.HasPrefix(mount.Destination, "/") || mount.Type == "bind" && strings.Contains(mount.Source, "..") && !strings.Contains(mount.Destination, "..") {
				t.Errorf("%+v", mount)
			}
		}
	})
}

func TestOOMScore(t *testing.T) {
	for name, test := range map[string]struct {
		resources *contract.Resources
		want      int
	}{
		"nothing asked":     {nil, 1000},
		"all of it limited": {&contract.Resources{CpuRequest: ptr(int64(1)), CpuLimit: ptr(int64(1)), MemoryRequest: ptr(int64(5)), MemoryLimit: ptr(int64(5))}, -997},
		"half":              {&contract.Resources{MemoryRequest: ptr(int64(1 << 29))}, 500},
		"more than there":   {&contract.Resources{MemoryRequest: ptr(int64(1 << 40))}, 3},
		"processor alone":   {&contract.Resources{CpuRequest: ptr(int64(5))}, 999},
	} {
		in := input(func(in *Input) { in.Container.Resources = test.resources })
		if got := oomScore(in); got != test.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestStopSignal(t *testing.T) {
	image := Image{}
	if got := StopSignal(contract.Container{}, image); got != "SIGTERM" {
		t.Error(got)
	}
	image.Config.StopSignal = "SIGQUIT"
	if got := StopSignal(contract.Container{}, image); got != "SIGQUIT" {
		t.Error(got)
	}
	if got := StopSignal(contract.Container{StopSignal: ptr("SIGUSR1")}, image); got != "SIGUSR1" {
		t.Error(got)
	}
}

func TestParseImage(t *testing.T) {
	image, err := ParseImage([]byte(`{"architecture":"amd64","config":{"User":"1","Env":["A=b"],"Labels":{"x":"y"}},"rootfs":{}}`))
	if err != nil || image.Config.User != "1" || image.Config.Env[0] != "A=b" {
		t.Error(image, err)
	}
	if _, err := ParseImage([]byte("{")); err == nil {
		t.Error("half a file was accepted")
	}
}
