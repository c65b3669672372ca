package aws

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// RecordSet is all A records of a name; without values, the set does not exist.
type RecordSet struct {
	Name   string // without a trailing dot
	TTL    int64  // seconds
	Values []string
}

type setXML struct {
	Name   string
	Type   string
	TTL    int64
	Values []string `xml:"ResourceRecords>ResourceRecord>Value"`
}

const recordsVersion = "2013-04-01"

func (c *Client) recordsOf(zone string) string {
	return fmt.Sprintf("%s/%s/hostedzone/%s/rrset", c.url(globalEndpoint), recordsVersion, url.PathEscape(zone))
}

// Records reads the A records of a name.
func (c *Client) Records(ctx context.Context, zone, name string) (RecordSet, error) {
	query := url.Values{"name": {name}, "type": {"A"}, "maxitems": {"1"}}
	body, err := c.send(ctx, listRecords, http.MethodGet, c.recordsOf(zone)+"?"+query.Encode(), nil, nil)
	if err != nil {
		return RecordSet{}, err
	}
	var out struct {
		Sets []setXML `xml:"ResourceRecordSets>ResourceRecordSet"`
	}
	if err := xml.Unmarshal(body, &out); err != nil {
		return RecordSet{}, fmt.Errorf("%s: %w", listRecords.name, err)
	}
	found := RecordSet{Name: name}
	// The answer lists the records from this name on.
	for _, set := range out.Sets {
		if strings.EqualFold(set.Name, name+".") && set.Type == "A" {
			found.TTL, found.Values = set.TTL, set.Values
		}
	}
	return found, nil
}

// ChangeRecords replaces one set with another. The old one must exist as it was read: Route 53 applies both changes
// or neither.
func (c *Client) ChangeRecords(ctx context.Context, zone string, before, after RecordSet) error {
	var batch bytes.Buffer
	batch.WriteString(`<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/` + recordsVersion + `/"><ChangeBatch><Changes>`)
	for _, change := range []struct {
		action string
		set    RecordSet
	}{{"DELETE", before}, {"CREATE", after}} {
		if len(change.set.Values) == 0 {
			continue
		}
		fmt.Fprintf(&batch, "<Change><Action>%s</Action><ResourceRecordSet><Name>", change.action)
		xml.EscapeText(&batch, []byte(change.set.Name+"."))
		fmt.Fprintf(&batch, "</Name><Type>A</Type><TTL>%d</TTL><ResourceRecords>", change.set.TTL)
		for _, value := range change.set.Values {
			batch.WriteString("<ResourceRecord><Value>")
			xml.EscapeText(&batch, []byte(value))
			batch.WriteString("</Value></ResourceRecord>")
		}
		batch.WriteString("</ResourceRecords></ResourceRecordSet></Change>")
	}
	batch.WriteString("</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>")
	_, err := c.send(ctx, changeRecords, http.MethodPost, c.recordsOf(zone)+"/", batch.Bytes(), map[string]string{"Content-Type": "text/xml"})
	return err
}

// IsOvertaken reports whether a change was refused because the records have changed since they were read.
func IsOvertaken(err error) bool { return IsCode(err, "InvalidChangeBatch") }

// mostInFilter is EC2's limit of values in one filter.
const mostInFilter = 200

// Running returns the addresses whose machines are running or pending.
func (c *Client) Running(ctx context.Context, addresses []string) ([]string, error) {
	var found []string
	for len(addresses) > 0 {
		some := addresses[:min(len(addresses), mostInFilter)]
		addresses = addresses[len(some):]
		form := url.Values{
			"Filter.1.Name": {"network-interface.addresses.private-ip-address"},
			"Filter.2.Name": {"instance-state-name"}, "Filter.2.Value.1": {"pending"}, "Filter.2.Value.2": {"running"},
		}
		for index, address := range some {
			form.Set(fmt.Sprintf("Filter.1.Value.%d", index+1), address)
		}
		var out struct {
			Addresses []string `xml:"reservationSet>item>instancesSet>item>networkInterfaceSet>item>privateIpAddressesSet>item>privateIpAddress"`
		}
		if err := c.query(ctx, describeMachines, form, &out); err != nil {
			return nil, err
		}
		found = append(found, out.Addresses...)
	}
	return found, nil
}
