package network

import (
	"slices"
	"testing"

	"i2kit.dev/agent/internal/contract"
)

// Whatever a machine's resolv.conf is, the pod's stays within the C library's limits and reads as it was written.
func FuzzResolver(f *testing.F) {
	f.Add("nameserver 10.0.0.2\nsearch a.b c.d\noptions ndots:5 edns0\n", "ClusterFirst", "x.y", "ndots:2")
	f.Add("domain a\nnameserver\tfe80::1%eth0\r\n# no\n;no\n", "Default", "", "")
	f.Add("options\noptions  timeout:1\n", "None", "a", "timeout:2")
	f.Fuzz(func(t *testing.T, text, policy, search, option string) {
		machine := ParseResolver(text)
		dns := contract.Dns{Policy: policy}
		// The contract's schema holds names and options to one word each.
		for _, word := range ParseResolver("search " + search).Searches {
			dns.Searches = append(dns.Searches, word)
		}
		for _, word := range ParseResolver("options " + option).Options {
			dns.Options = append(dns.Options, word)
		}
		written := Resolv(dns, machine)
		found := ParseResolver(written)
		if len(found.Nameservers) > mostServers || len(found.Searches) > mostSearches {
			t.Errorf("%q", written)
		}
		if again := found.text(); again != written {
			t.Errorf("%q is read as %q", written, again)
		}
		for _, word := range dns.Options {
			if !slices.Contains(found.Options, word) {
				t.Errorf("the option %q is lost in %q", word, written)
			}
		}
	})
}
