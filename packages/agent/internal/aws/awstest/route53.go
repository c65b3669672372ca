package awstest

import (
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Record is a record set as Route 53 stores it.
type Record struct {
	TTL    int64
	Values []string
}

// Record returns the values of a name, sorted.
func (s *Server) Record(zone, name string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(slices.Values(s.Records[zone+"/"+name].Values))
}

func zoneOf(path string) string { return strings.Split(path, "/")[3] }

// Route 53 lists the records from a name on, whether that name exists or not.
func (s *Server) listRecords(call Call) *Answer {
	from := zoneOf(call.Path) + "/" + call.Form.Get("name")
	for _, key := range slices.Sorted(maps.Keys(s.Records)) {
		if key < from || zoneOf(call.Path) != strings.Split(key, "/")[0] {
			continue
		}
		var values string
		for _, value := range s.Records[key].Values {
			values += "<ResourceRecord><Value>" + value + "</Value></ResourceRecord>"
		}
		return ok(`<R><ResourceRecordSets><ResourceRecordSet><Name>%s.</Name><Type>A</Type><TTL>%d</TTL><ResourceRecords>%s</ResourceRecords></ResourceRecordSet></ResourceRecordSets></R>`,
			strings.SplitN(key, "/", 2)[1], s.Records[key].TTL, values)
	}
	return ok(`<R><ResourceRecordSets/></R>`)
}

// A batch is applied as a whole or not at all. A deleted set must exist exactly as given, and a created one must not
// exist.
func (s *Server) changeRecords(call Call) *Answer {
	var batch struct {
		Changes []struct {
			Action string
			Set    struct {
				Name   string
				TTL    int64
				Values []string `xml:"ResourceRecords>ResourceRecord>Value"`
			} `xml:"ResourceRecordSet"`
		} `xml:"ChangeBatch>Changes>Change"`
	}
	if err := xml.Unmarshal(call.Body, &batch); err != nil {
		return &Answer{Code: "MalformedXML"}
	}
	after := map[string]Record{}
	for key, record := range s.Records {
		after[key] = record
	}
	for _, change := range batch.Changes {
		key := zoneOf(call.Path) + "/" + strings.TrimSuffix(change.Set.Name, ".")
		before, there := after[key]
		same := there && before.TTL == change.Set.TTL && slices.Equal(slices.Sorted(slices.Values(before.Values)), slices.Sorted(slices.Values(change.Set.Values)))
		if change.Action == "DELETE" && !same || change.Action == "CREATE" && there {
			body := `<InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>the values provided do not match the current values</Message></Messages></InvalidChangeBatch>`
			return &Answer{Status: http.StatusBadRequest, Body: body}
		}
		delete(after, key)
		if change.Action == "CREATE" {
			after[key] = Record{change.Set.TTL, change.Set.Values}
		}
	}
	s.Records = after
	return ok(`<R/>`)
}

func (s *Server) describeInstances(call Call) *Answer {
	running := map[string]bool{"10.0.0.1": true}
	for _, address := range s.Running {
		running[address] = true
	}
	var found strings.Builder
	for index := 1; ; index++ {
		address := call.Form.Get(fmt.Sprintf("Filter.1.Value.%d", index))
		if address == "" {
			break
		}
		if running[address] {
			found.WriteString("<item><networkInterfaceSet><item><privateIpAddressesSet><item><privateIpAddress>" + address +
				"</privateIpAddress></item></privateIpAddressesSet></item></networkInterfaceSet></item>")
		}
	}
	return ok(`<R><reservationSet><item><instancesSet>%s</instancesSet></item></reservationSet></R>`, found.String())
}
