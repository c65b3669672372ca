package contract

import (
	"path"
	"testing"
)

func TestSysctls(t *testing.T) {
	var table []struct {
		Name, Path string
		Allowed    bool
	}
	read(t, "sysctls.json", &table)
	if len(table) < 40 {
		t.Fatal(len(table))
	}
	for _, row := range table {
		if got := SysctlPath(row.Name); got != row.Path || AllowedSysctl(row.Name) != row.Allowed {
			t.Errorf("%+v: %s, allowed: %v", row, got, AllowedSysctl(row.Name))
		}
	}
}

func FuzzSysctl(f *testing.F) {
	for _, seed := range []string{"net.core.somaxconn", "net/../kernel/core_pattern", "net.//.kernel.core_pattern", "vm.max_map_count", "/", "."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if place := SysctlPath(name); AllowedSysctl(name) && (place != path.Clean(place) || place[0] == '/' || place[0] == '.') {
			t.Errorf("%q leads to %q", name, place)
		}
	})
}
