// Package awstest is an AWS endpoint for tests: it implements the agent's calls, records them, and answers as a test
// configures it.
package awstest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Call is a call that was made.
type Call struct {
	Action string
	Form   url.Values     // of the query protocol
	JSON   map[string]any // of the JSON protocol
	Path   string
	Header http.Header
	Body   []byte
}

// Answer replaces the default answer of a call.
type Answer struct {
	Status int
	Code   string
	Body   string
	Header map[string]string
}

// Server is the endpoint. Set its fields before the first call; On overrides an action.
type Server struct {
	URL        string
	Parameters map[string]string
	Secrets    map[string]string // by name, or name@version
	Objects    map[string][]byte // by bucket/key
	Group      string            // the Auto Scaling group that the machine is in; empty: none
	Lifecycle  string            // the machine's state in it
	Targets    map[string]string // state by target group
	Volumes    map[string]string // id of the instance that it is attached to, by volume id; empty: available
	Running    []string          // addresses of running machines
	Records    map[string]Record // by zone/name

	Before func(Call) *Answer // called before every call is answered; nil: no override

	t     testing.TB
	mu    sync.Mutex
	calls []Call
	on    map[string]func(Call) *Answer
}

// New starts a server.
func New(t testing.TB) *Server {
	s := Unserved(t)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Unserved makes a server that does not listen: clients reach it over InMemory.
func Unserved(t testing.TB) *Server {
	return &Server{
		URL: "http://aws.test", t: t, Lifecycle: "InService",
		Parameters: map[string]string{}, Secrets: map[string]string{}, Objects: map[string][]byte{},
		Targets: map[string]string{}, Volumes: map[string]string{}, Records: map[string]Record{}, on: map[string]func(Call) *Answer{},
	}
}

// On overrides the answer of an action; nil restores the default.
func (s *Server) On(action string, answer func(Call) *Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on[action] = answer
}

// Change runs a function while no call is answered.
func (s *Server) Change(what func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	what()
}

// Calls lists the calls of an action; an empty name means all.
func (s *Server) Calls(action string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Call
	for _, call := range s.calls {
		if action == "" || call.Action == action {
			found = append(found, call)
		}
	}
	return found
}

// Signals lists the statuses of the signals received.
func (s *Server) Signals() (statuses []string) {
	for _, call := range s.Calls("cloudformation:SignalResource") {
		statuses = append(statuses, call.Form.Get("Status"))
	}
	return statuses
}

// Logged returns the messages written to a stream.
func (s *Server) Logged(stream string) (messages []string) {
	for _, call := range s.Calls("logs:PutLogEvents") {
		if call.JSON["logStreamName"] != stream {
			continue
		}
		for _, event := range call.JSON["logEvents"].([]any) {
			messages = append(messages, event.(map[string]any)["message"].(string))
		}
	}
	return messages
}

// ServeHTTP answers a call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	call := Call{Path: r.URL.Path, Header: r.Header, Body: body}
	signed, ok := parseSignature(r.Header.Get("Authorization"))
	if !ok {
		http.Error(w, "MissingAuthenticationToken", http.StatusForbidden)
		return
	}
	service := signed.service
	if service == "monitoring" {
		// The name that policies use.
		service = "cloudwatch"
	}
	switch target := r.Header.Get("X-Amz-Target"); {
	case target != "":
		_, operation, _ := strings.Cut(target, ".")
		call.Action = service + ":" + operation
		json.Unmarshal(body, &call.JSON)
	case service == "route53" && r.Method == http.MethodGet:
		call.Action, call.Form = "route53:ListResourceRecordSets", r.URL.Query()
	case service == "route53":
		call.Action = "route53:ChangeResourceRecordSets"
	case r.Method == http.MethodGet:
		call.Action = "s3:GetObject"
	default:
		call.Form, _ = url.ParseQuery(string(body))
		call.Action = service + ":" + call.Form.Get("Action")
	}
	if code, why := signed.refusal(r, body); code != "" {
		s.t.Errorf("%s: %s: %s", call.Action, code, why)
		write(w, call, &Answer{Status: http.StatusForbidden, Code: code})
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, call)
	handler := s.on[call.Action]
	s.mu.Unlock()
	var answer *Answer
	if s.Before != nil {
		answer = s.Before(call)
	}
	if answer == nil && handler != nil {
		answer = handler(call)
	}
	if answer == nil {
		s.mu.Lock()
		answer = s.usual(call)
		s.mu.Unlock()
	}
	write(w, call, answer)
}

func write(w http.ResponseWriter, call Call, answer *Answer) {
	for name, value := range answer.Header {
		w.Header().Set(name, value)
	}
	if answer.Code == "" {
		w.WriteHeader(max(answer.Status, http.StatusOK))
		io.WriteString(w, answer.Body)
		return
	}
	w.WriteHeader(max(answer.Status, http.StatusBadRequest))
	switch {
	case call.JSON != nil:
		fmt.Fprintf(w, `{"__type":"com.amazonaws#%s","message":"refused"}`, answer.Code)
	case strings.HasPrefix(call.Action, "ec2:"):
		fmt.Fprintf(w, `<Response><Errors><Error><Code>%s</Code><Message>refused</Message></Error></Errors></Response>`, answer.Code)
	case strings.HasPrefix(call.Action, "s3:"):
		fmt.Fprintf(w, `<Error><Code>%s</Code><Message>refused</Message></Error>`, answer.Code)
	default:
		fmt.Fprintf(w, `<ErrorResponse><Error><Code>%s</Code><Message>refused</Message></Error></ErrorResponse>`, answer.Code)
	}
}

func ok(format string, values ...any) *Answer { return &Answer{Body: fmt.Sprintf(format, values...)} }

func (s *Server) usual(call Call) *Answer {
	switch call.Action {
	case "ssm:GetParameter":
		value, there := s.Parameters[call.JSON["Name"].(string)]
		if !there {
			return &Answer{Code: "ParameterNotFound"}
		}
		text, _ := json.Marshal(value)
		return ok(`{"Parameter":{"Value":%s}}`, text)
	case "secretsmanager:GetSecretValue":
		name := call.JSON["SecretId"].(string)
		if version, isSet := call.JSON["VersionId"]; isSet {
			name += "@" + version.(string)
		}
		value, there := s.Secrets[name]
		if !there {
			return &Answer{Code: "ResourceNotFoundException"}
		}
		text, _ := json.Marshal(value)
		return ok(`{"SecretString":%s}`, text)
	case "s3:GetObject":
		object, there := s.Objects[strings.TrimPrefix(call.Path, "/")]
		if !there {
			return &Answer{Status: http.StatusNotFound, Code: "NoSuchKey"}
		}
		return &Answer{Body: string(object)}
	case "autoscaling:DescribeAutoScalingInstances":
		if s.Group == "" {
			return ok(`<R><DescribeAutoScalingInstancesResult/></R>`)
		}
		return ok(`<R><DescribeAutoScalingInstancesResult><AutoScalingInstances><member><AutoScalingGroupName>%s</AutoScalingGroupName><LifecycleState>%s</LifecycleState></member></AutoScalingInstances></DescribeAutoScalingInstancesResult></R>`, s.Group, s.Lifecycle)
	case "autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat":
		// AWS: "No active Lifecycle Action found".
		if s.Lifecycle != "Terminating:Wait" {
			return &Answer{Code: "ValidationError"}
		}
		if call.Action == "autoscaling:CompleteLifecycleAction" {
			s.Lifecycle = "Terminating:Proceed"
		}
		return ok(`<R/>`)
	case "autoscaling:DescribeAutoScalingGroups":
		var members string
		for _, arn := range slices.Sorted(maps.Keys(s.Targets)) {
			members += "<member>" + arn + "</member>"
		}
		return ok(`<R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member><TargetGroupARNs>%s</TargetGroupARNs></member></AutoScalingGroups></DescribeAutoScalingGroupsResult></R>`, members)
	case "elasticloadbalancing:DescribeTargetHealth":
		return ok(`<R><DescribeTargetHealthResult><TargetHealthDescriptions><member><TargetHealth><State>%s</State><Reason>Target.Test</Reason></TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></R>`, s.Targets[call.Form.Get("TargetGroupArn")])
	case "sts:AssumeRole":
		return ok(`<R><AssumeRoleResult><Credentials><AccessKeyId>ASIAPOD</AccessKeyId><SecretAccessKey>podsecret</SecretAccessKey><SessionToken>podtoken</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></R>`)
	case "ec2:DescribeVolumes":
		return s.describeVolume(call.Form.Get("VolumeId.1"))
	case "ec2:AttachVolume":
		if s.Volumes[call.Form.Get("VolumeId")] != "" {
			return &Answer{Code: "VolumeInUse"}
		}
		s.Volumes[call.Form.Get("VolumeId")] = call.Form.Get("InstanceId")
		return ok(`<R/>`)
	case "route53:ListResourceRecordSets":
		return s.listRecords(call)
	case "route53:ChangeResourceRecordSets":
		return s.changeRecords(call)
	case "ec2:DescribeInstances":
		return s.describeInstances(call)
	case "ec2:DetachVolume":
		s.Volumes[call.Form.Get("VolumeId")] = ""
		return ok(`<R/>`)
	}
	if call.JSON != nil {
		return ok(`{}`)
	}
	return ok(`<R/>`)
}

func (s *Server) describeVolume(id string) *Answer {
	instance, there := s.Volumes[id]
	if !there {
		return &Answer{Code: "InvalidVolume.NotFound"}
	}
	if instance == "" {
		return ok(`<R><volumeSet><item><volumeId>%s</volumeId><status>available</status><attachmentSet/></item></volumeSet></R>`, id)
	}
	return ok(`<R><volumeSet><item><volumeId>%s</volumeId><status>in-use</status><attachmentSet><item><instanceId>%s</instanceId><device>/dev/sdf</device><status>attached</status></item></attachmentSet></item></volumeSet></R>`, id, instance)
}
