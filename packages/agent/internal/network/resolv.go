// Package network writes the network files of a container: /etc/resolv.conf and /etc/hosts.
package network

import (
	"slices"
	"strings"

	"i2kit.dev/agent/internal/contract"
)

const (
	mostServers    = 3
	mostSearches   = 32
	mostCharacters = 2048
)

// Resolver is the content of a resolv.conf.
type Resolver struct{ Nameservers, Searches, Options []string }

// ParseResolver reads a resolv.conf.
func ParseResolver(text string) (found Resolver) {
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		switch words[0] {
		case "nameserver":
			found.Nameservers = append(found.Nameservers, words[1])
		case "search", "domain":
			// As in the C library, the last one counts.
			found.Searches = words[1:]
		case "options":
			found.Options = append(found.Options, words[1:]...)
		}
	}
	return found
}

// Resolv returns the resolv.conf of a pod in a machine with this resolver.
func Resolv(dns contract.Dns, machine Resolver) string {
	out := Resolver{Nameservers: dns.Nameservers, Searches: dns.Searches, Options: dns.Options}
	switch dns.Policy {
	case "ClusterFirst":
		out.Nameservers = slices.Concat(machine.Nameservers, dns.Nameservers)
	case "Default":
		out.Nameservers = slices.Concat(machine.Nameservers, dns.Nameservers)
		out.Searches = slices.Concat(machine.Searches, dns.Searches)
		out.Options = mergeOptions(machine.Options, dns.Options)
	}
	return out.text()
}

// mergeOptions merges options; a given option overrides the machine's of the same name.
func mergeOptions(machine, given []string) (out []string) {
	name := func(option string) string { before, _, _ := strings.Cut(option, ":"); return before }
	for _, option := range machine {
		if !slices.ContainsFunc(given, func(other string) bool { return name(other) == name(option) }) {
			out = append(out, option)
		}
	}
	return append(out, given...)
}

func (r Resolver) text() string {
	var out strings.Builder
	servers := once(r.Nameservers)
	for _, server := range servers[:min(len(servers), mostServers)] {
		out.WriteString("nameserver " + server + "\n")
	}
	searches := once(r.Searches)
	searches = searches[:min(len(searches), mostSearches)]
	for len(strings.Join(searches, " ")) > mostCharacters {
		searches = searches[:len(searches)-1]
	}
	if len(searches) > 0 {
		out.WriteString("search " + strings.Join(searches, " ") + "\n")
	}
	if options := once(r.Options); len(options) > 0 {
		out.WriteString("options " + strings.Join(options, " ") + "\n")
	}
	return out.String()
}

func once(words []string) (out []string) {
	for _, word := range words {
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}
