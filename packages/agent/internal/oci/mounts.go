package oci

import (
	"maps"
	"path"
	"slices"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"
)

// system are the file systems of every container.
func system(in Input, privileged bool) []specs.Mount {
	access := "ro"
	if privileged {
		access = "rw"
	}
	mounts := []specs.Mount{{Destination: "/proc", Type: "proc", Source: "proc", Options: []string{"nosuid", "noexec", "nodev"}}}
	if privileged {
		mounts = append(mounts, specs.Mount{Destination: "/dev", Type: "bind", Source: "/dev", Options: []string{"rbind", "rslave", "rw"}})
	} else {
		mounts = append(mounts, specs.Mount{Destination: "/dev", Type: "tmpfs", Source: "tmpfs", Options: []string{"nosuid", "strictatime", "mode=755", "size=65536k"}})
	}
	return append(mounts,
		specs.Mount{Destination: "/dev/pts", Type: "devpts", Source: "devpts", Options: []string{"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}},
		specs.Mount{Destination: "/dev/mqueue", Type: "mqueue", Source: "mqueue", Options: []string{"nosuid", "noexec", "nodev"}},
		specs.Mount{Destination: "/dev/shm", Type: "bind", Source: in.Shm, Options: []string{"rbind", "rprivate", "rw"}},
		specs.Mount{Destination: "/sys", Type: "sysfs", Source: "sysfs", Options: []string{"nosuid", "noexec", "nodev", access}},
		specs.Mount{Destination: "/sys/fs/cgroup", Type: "cgroup", Source: "cgroup", Options: []string{"nosuid", "noexec", "nodev", "relatime", access}},
	)
}

// given are the files and volumes that the agent made. The container's own mounts win over the pod's files.
func given(in Input, readOnlyRoot bool) []specs.Mount {
	taken := func(destination string) bool {
		return slices.ContainsFunc(in.Mounts, func(m specs.Mount) bool { return path.Clean(m.Destination) == destination })
	}
	access := "rw"
	if readOnlyRoot {
		access = "ro"
	}
	var mounts []specs.Mount
	for _, file := range in.Files {
		if !taken(path.Clean(file.Destination)) {
			options := []string{"rbind", "rprivate", access}
			if file.ReadOnly {
				options[2] = "ro"
			}
			if file.Writable {
				options[2] = "rw"
			}
			mounts = append(mounts, specs.Mount{Destination: file.Destination, Type: "bind", Source: file.Source, Options: options})
		}
	}
	mounts = append(mounts, imageVolumes(in)...)
	mounts = append(mounts, in.Mounts...)
	// A mount below another one comes after it.
	depth := func(m specs.Mount) int { return strings.Count(path.Clean(m.Destination), "/") }
	slices.SortStableFunc(mounts, func(a, b specs.Mount) int { return depth(a) - depth(b) })
	return mounts
}

// imageVolumes are the image's VOLUMEs, which stay writable under a read-only root file system. Each directory of the root is mounted over itself: the
// layer below is the container's own and new at each start, so nothing is copied. A mount of the pod at the same path, or above it, wins.
func imageVolumes(in Input) (mounts []specs.Mount) {
	for _, name := range slices.Sorted(maps.Keys(in.Image.Config.Volumes)) {
		destination := path.Clean("/" + name)
		covered := slices.ContainsFunc(in.Mounts, func(m specs.Mount) bool {
			above := path.Clean("/" + m.Destination)
			return above == destination || strings.HasPrefix(destination, strings.TrimSuffix(above, "/")+"/")
		})
		if destination == "/" || covered {
			continue
		}
		mounts = append(mounts, specs.Mount{Destination: destination, Type: "bind", Source: path.Join(in.Root, destination), Options: []string{"rbind", "rprivate", "rw"}})
	}
	return mounts
}

// propagation is the root's propagation, which must allow every mount's own.
func propagation(mounts []specs.Mount) string {
	found := ""
	for _, mount := range mounts {
		if slices.Contains(mount.Options, "rshared") {
			return "rshared"
		}
		if slices.Contains(mount.Options, "rslave") && mount.Destination != "/dev" {
			found = "rslave"
		}
	}
	return found
}
