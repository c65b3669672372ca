package aws

import "time"

// WithoutPauses makes retries immediate.
func WithoutPauses(c *Client) { c.pause = func(int) time.Duration { return time.Millisecond } }

// Actions lists the agent's calls by their names in policies.
func Actions() (names []string) {
	for _, each := range actions {
		names = append(names, each.name)
	}
	return names
}

// Address returns the address of a service.
func Address(c *Client, service string) string { return c.url(service) }

// PartitionOf returns the partition of a place.
func PartitionOf(place Place) (name, domain, global string) {
	return place.partition().name, place.domain(), place.signedFor(globalEndpoint)
}
