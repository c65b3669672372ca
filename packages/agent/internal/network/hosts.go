package network

import (
	"strings"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/identity"
)

const hostsHead = `127.0.0.1	localhost
::1	localhost ip6-localhost ip6-loopback
fe00::0	ip6-localnet
fe00::0	ip6-mcastprefix
fe00::1	ip6-allnodes
fe00::2	ip6-allrouters
`

// Hosts returns the /etc/hosts of a pod, as a kubelet writes it.
func Hosts(who identity.Identity, aliases []contract.HostAlias) string {
	var out strings.Builder
	out.WriteString(hostsHead)
	names := who.Hostname
	if who.FQDN != who.Hostname {
		names = who.FQDN + "\t" + who.Hostname
	}
	for _, address := range who.Addresses {
		out.WriteString(address + "\t" + names + "\n")
	}
	for _, alias := range aliases {
		out.WriteString(alias.Ip + "\t" + strings.Join(alias.Hostnames, "\t") + "\n")
	}
	return out.String()
}
