// Writes tables of results of the kubelet's own packages, which the agent's tests read.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/kubernetes/pkg/kubelet/util"
)

func main() {
	for name, table := range map[string]any{
		"secret-keys": secretKeys(), "hostnames": hostnames(), "fsgroup": ownership(), "root-mismatch": mismatches(), "subpaths": subPaths(),
		"probes": probes(), "hooks": hooks(), "backoff": backoff(),
	} {
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

type secretKey struct {
	Key   string `json:"key"`
	Valid bool   `json:"valid"`
}

func secretKeys() (table []secretKey) {
	for _, key := range []string{
		"a", "A", "0", "_", "-", ".", "..", "...", "..a", ".a", "a..b", "a.", "tls.crt", "a_b-c.d", ".dockerconfigjson", "", " ", "a b", "a/b", "/a", "../a", "a/../b",
		"../../files/hosts", "a\\b", "a=b", "a\x00b", "a\n", "ä", "a:b", "a,b", "${x}", "$(x)", "~", "*", strings.Repeat("a", 253), strings.Repeat("a", 254), "..2024_01_01",
		"..data", "-a", "con", "a+b", "a@b", "key with space", "\u202eevil",
	} {
		table = append(table, secretKey{key, len(validation.IsConfigMapKey(key)) == 0})
	}
	return table
}

type hostname struct {
	Hostname  string `json:"hostname"`
	Subdomain string `json:"subdomain"`
	Namespace string `json:"namespace"`
	AsFQDN    bool   `json:"asFQDN"`
	Name      string `json:"name"`
	Fault     bool   `json:"fault"`
}

func hostnames() (table []hostname) {
	long := strings.Repeat("n", 45)
	for _, row := range []hostname{
		{Hostname: "web-0", Namespace: "shop"},
		{Hostname: "web-0", Namespace: "shop", AsFQDN: true},
		{Hostname: "web-0", Subdomain: "web", Namespace: "shop"},
		{Hostname: "web-0", Subdomain: "web", Namespace: "shop", AsFQDN: true},
		{Hostname: strings.Repeat("h", 28), Subdomain: "web", Namespace: "shop-eu-west", AsFQDN: true}, // 28+1+3+1+12+18 = 63
		{Hostname: strings.Repeat("h", 29), Subdomain: "web", Namespace: "shop-eu-west", AsFQDN: true}, // 64
		{Hostname: strings.Repeat("h", 30), Subdomain: "web", Namespace: "shop-eu-west", AsFQDN: true}, // 65
		{Hostname: long, Subdomain: "web", Namespace: "shop", AsFQDN: true},
		{Hostname: long, Subdomain: "web", Namespace: "shop"},
		{Hostname: strings.Repeat("h", 63), Namespace: "shop", AsFQDN: true},
	} {
		domain := ""
		if row.Subdomain != "" {
			domain = fmt.Sprintf("%s.%s.svc.cluster.local", row.Subdomain, row.Namespace)
		}
		name, err := util.GetNodenameForKernel(row.Hostname, domain, &row.AsFQDN)
		row.Name, row.Fault = name, err != nil
		table = append(table, row)
	}
	return table
}
