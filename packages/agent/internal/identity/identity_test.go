package identity

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"i2kit.dev/agent/internal/contract"
)

func ptr[T any](value T) *T { return &value }

func TestNames(t *testing.T) {
	long := strings.Repeat("a", 62) + "-b"
	for name, test := range map[string]struct {
		pod                    contract.Pod
		name, host, fqdn, kern string
	}{
		"generated": {contract.Pod{GenerateName: ptr("web-")}, "web-0123", "web-0123", "web-0123", "web-0123"},
		"its own":   {contract.Pod{Name: ptr("db-2"), Subdomain: ptr("db"), Namespace: "shop"}, "db-2", "db-2", "db-2.db.shop.svc.cluster.local", "db-2"},
		"long":      {contract.Pod{Name: ptr(long)}, long, strings.Repeat("a", 62), strings.Repeat("a", 62), strings.Repeat("a", 62)},
		"said": {contract.Pod{Name: ptr("x"), Hostname: ptr("front"), Subdomain: ptr("web"), Namespace: "d", SetHostnameAsFQDN: ptr(true)},
			"x", "front", "front.web.d.svc.cluster.local", "front.web.d.svc.cluster.local"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Of(&test.pod, "i-0123", []string{"10.0.0.1"})
			if got.Name != test.name || got.Hostname != test.host || got.FQDN != test.fqdn || got.Kernel != test.kern {
				t.Errorf("%+v", got)
			}
		})
	}
}

// packages/agent/oracle/kubelet wrote the table with the kubelet's own code.
func TestTheKernelsName(t *testing.T) {
	text, err := os.ReadFile("../../oracle/kubelet/tables/hostnames.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Hostname, Subdomain, Namespace, Name string
		AsFQDN, Fault                        bool
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table) < 10 {
		t.Fatal(len(table), err)
	}
	for _, row := range table {
		pod := &contract.Pod{Name: ptr("x"), Hostname: &row.Hostname, Namespace: row.Namespace, SetHostnameAsFQDN: &row.AsFQDN}
		if row.Subdomain != "" {
			pod.Subdomain = &row.Subdomain
		}
		got := Of(pod, "i-0123", []string{"10.0.0.1"})
		if err := got.Check(); (err != nil) != row.Fault || err == nil && got.Kernel != row.Name {
			t.Errorf("%+v: %s %v", row, got.Kernel, err)
		}
	}
}

func TestFields(t *testing.T) {
	pod := &contract.Pod{Name: ptr("x"), Labels: map[string]string{"b": "two\nlines", "a": `"q"`}}
	fields := Of(pod, "i-0123456789abcdef0", []string{"10.0.0.1", "2001:db8::1"}).Fields(pod)
	for field, want := range map[string]string{
		"metadata.labels":      "a=\"\\\"q\\\"\"\nb=\"two\\nlines\"",
		"metadata.annotations": "",
		"status.podIP":         "10.0.0.1",
		"status.podIPs":        "10.0.0.1,2001:db8::1",
		"spec.nodeName":        "i-0123456789abcdef0",
	} {
		if fields[field] != want {
			t.Errorf("%s: %q", field, fields[field])
		}
	}
	uid := fields["metadata.uid"]
	if len(uid) != 36 || uid[14] != '8' || !strings.ContainsRune("89ab", rune(uid[19])) {
		t.Error(uid)
	}
}
