package aws

import "strings"

// Place is the machine's location in AWS: partitions have different addresses.
type Place struct {
	Region    string
	Partition string // from the metadata's services/partition; empty: derived from the region
	Domain    string // from the metadata's services/domain; empty: derived from the partition
}

// partition is one of AWS' partitions. Route 53 has one endpoint in each, and signatures for it name one region.
type partition struct{ name, regions, domain, global string }

var partitions = []partition{
	{"aws-cn", "cn-", "amazonaws.com.cn", "cn-northwest-1"},
	{"aws-us-gov", "us-gov-", "amazonaws.com", "us-gov-west-1"},
	{"aws-eusc", "eusc-", "amazonaws.eu", "eusc-de-east-1"},
	{"aws-iso", "us-iso-", "c2s.ic.gov", "us-iso-east-1"},
	{"aws-iso-b", "us-isob-", "sc2s.sgov.gov", "us-isob-east-1"},
	{"aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "eu-isoe-west-1"},
	{"aws-iso-f", "us-isof-", "csp.hci.ic.gov", "us-isof-south-1"},
	{"aws", "", "amazonaws.com", "us-east-1"},
}

func (p Place) partition() partition {
	for _, each := range partitions {
		if p.Partition == each.name || p.Partition == "" && strings.HasPrefix(p.Region, each.regions) {
			return each
		}
	}
	return partition{name: p.Partition, domain: p.Domain, global: p.Region}
}

func (p Place) domain() string {
	if p.Domain != "" {
		return p.Domain
	}
	return p.partition().domain
}

// globalEndpoint is the service that has one endpoint for all regions of a partition.
const globalEndpoint = "route53"

// signedFor returns the region in the signatures of a service.
func (p Place) signedFor(service string) string {
	if service == globalEndpoint {
		return p.partition().global
	}
	return p.Region
}

// host returns a service's host name.
func (p Place) host(service string) string {
	switch {
	case service != globalEndpoint:
		return service + "." + p.Region + "." + p.domain()
	case p.partition().name == "aws-us-gov":
		return service + ".us-gov." + p.domain()
	default:
		return service + "." + p.domain()
	}
}
