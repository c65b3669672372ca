package network

import (
	"fmt"
	"strings"
	"testing"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/identity"
)

func TestResolv(t *testing.T) {
	machine := ParseResolver("# dhcp\nsearch old\nnameserver 10.0.0.2\nnameserver 10.0.0.3\nsearch eu-west-1.compute.internal\noptions ndots:1 rotate\n")
	for name, test := range map[string]struct {
		dns  contract.Dns
		want string
	}{
		"ClusterFirst": {contract.Dns{Policy: "ClusterFirst", Nameservers: []string{"1.1.1.1", "10.0.0.2", "8.8.8.8"}, Searches: []string{"a", "b", "a"}, Options: []string{"ndots:5"}},
			"nameserver 10.0.0.2\nnameserver 10.0.0.3\nnameserver 1.1.1.1\nsearch a b\noptions ndots:5\n"},
		"Default": {contract.Dns{Policy: "Default", Searches: []string{"a"}, Options: []string{"ndots:5", "edns0"}},
			"nameserver 10.0.0.2\nnameserver 10.0.0.3\nsearch eu-west-1.compute.internal a\noptions rotate ndots:5 edns0\n"},
		"None": {contract.Dns{Policy: "None", Nameservers: []string{"1.1.1.1"}}, "nameserver 1.1.1.1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Resolv(test.dns, machine); got != test.want {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestResolvKeepsToTheLimits(t *testing.T) {
	var many, long []string
	for index := range 40 {
		many = append(many, fmt.Sprint("d", index))
		long = append(long, fmt.Sprint(strings.Repeat("x", 200), index))
	}
	if got := Resolv(contract.Dns{Policy: "None", Searches: many}, Resolver{}); strings.Count(got, " ") != 32 {
		t.Error(got)
	}
	if got := Resolv(contract.Dns{Policy: "None", Searches: long}, Resolver{}); len(got) > 2048+8 || strings.Count(got, " ") != 10 {
		t.Error(len(got), strings.Count(got, " "))
	}
}

func TestHosts(t *testing.T) {
	who := identity.Identity{Hostname: "front", FQDN: "front.web.d.svc.cluster.local", Addresses: []string{"10.0.0.7", "2001:db8::7"}}
	got := Hosts(who, []contract.HostAlias{{Ip: "10.1.2.3", Hostnames: []string{"db.internal", "db"}}})
	for _, line := range []string{
		"127.0.0.1\tlocalhost\n", "10.0.0.7\tfront.web.d.svc.cluster.local\tfront\n", "2001:db8::7\tfront.web.d", "10.1.2.3\tdb.internal\tdb\n",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is not in\n%s", line, got)
		}
	}
}
