// Package identity computes the pod's names, and the downward API fields that are known only at boot.
package identity

import (
	"crypto/sha256"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"i2kit.dev/agent/internal/contract"
)

// Identity is the identity of the pod and its machine.
type Identity struct {
	Instance  string
	Name      string
	Hostname  string // without a domain
	FQDN      string // equals Hostname if the pod has no subdomain
	Kernel    string // the kernel's host name
	Addresses []string
}

// Limits of a host name and of the kernel's node name, in characters. A longer node name is a fault, as in a kubelet.
const (
	longestHostname = 63
	longestKernel   = 64
)

// Of returns the identity of a pod on an instance.
func Of(pod *contract.Pod, instance string, addresses []string) Identity {
	found := Identity{Instance: instance, Addresses: addresses}
	found.Name = contract.Or(pod.Name, contract.Or(pod.GenerateName, "")+strings.TrimPrefix(instance, "i-"))
	found.Hostname = contract.Or(pod.Hostname, found.Name)
	if len(found.Hostname) > longestHostname {
		found.Hostname = strings.TrimRight(found.Hostname[:longestHostname], "-.")
	}
	found.FQDN = found.Hostname
	if pod.Subdomain != nil {
		found.FQDN = fmt.Sprintf("%s.%s.%s.svc.cluster.local", found.Hostname, *pod.Subdomain, pod.Namespace)
	}
	found.Kernel = found.Hostname
	if contract.Or(pod.SetHostnameAsFQDN, false) {
		found.Kernel = found.FQDN
	}
	return found
}

// Check returns an error if the kernel does not accept the name.
func (i Identity) Check() error {
	if len(i.Kernel) > longestKernel {
		return fmt.Errorf("setHostnameAsFQDN: the name %s has %d characters, of which a kernel takes %d", i.Kernel, len(i.Kernel), longestKernel)
	}
	return nil
}

// Address is the machine's first address.
func (i Identity) Address() string { return i.Addresses[0] }

// UID is a UUID (version 8) of the instance's id: it is as stable as the pod, which lives as long as its machine.
func (i Identity) UID() string {
	sum := sha256.Sum256([]byte(i.Instance))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// Fields are the values of the contract's `field`.
func (i Identity) Fields(pod *contract.Pod) map[string]string {
	return map[string]string{
		"metadata.name":        i.Name,
		"metadata.uid":         i.UID(),
		"metadata.labels":      lines(pod.Labels),
		"metadata.annotations": lines(pod.Annotations),
		"status.podIP":         i.Address(),
		"status.podIPs":        strings.Join(i.Addresses, ","),
		"status.hostIP":        i.Address(),
		"status.hostIPs":       strings.Join(i.Addresses, ","),
		"spec.nodeName":        i.Instance,
	}
}

// lines formats a map as the downward API does.
func lines(values map[string]string) string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for index, key := range keys {
		keys[index] = key + "=" + strconv.Quote(values[key])
	}
	return strings.Join(keys, "\n")
}
