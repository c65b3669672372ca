package aws_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/aws/awstest"
)

func static(context.Context) (*aws.Credentials, error) {
	return &aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "secret", Token: "token"}, nil
}

func client(t *testing.T) (*aws.Client, *awstest.Server) {
	server := awstest.New(t)
	c := aws.New(aws.Place{Region: "eu-west-1"}, server.URL, static)
	aws.WithoutPauses(c)
	return c, server
}

// The machine's role allows the contract's table. The agent makes exactly these calls: one more would be denied, and
// one less is an unused permission.
func TestCallsAreThoseOfTheContract(t *testing.T) {
	text, err := os.ReadFile("../../../compiler/contract/calls.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct{ Actions []string }
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{}
	for _, row := range table {
		for _, action := range row.Actions {
			allowed[action] = true
		}
	}
	for _, action := range aws.Actions() {
		if !allowed[action] {
			t.Errorf("%s is called but not in the table", action)
		}
		delete(allowed, action)
	}
	for action := range allowed {
		t.Errorf("%s is in the table but never called", action)
	}
}

// Each method makes the call that its action names. Together they are the whole table.
func TestEveryCallIsMade(t *testing.T) {
	c, server := client(t)
	ctx := t.Context()
	server.Group, server.Targets, server.Volumes = "g", map[string]string{"tg": "healthy"}, map[string]string{"vol-1": ""}
	server.Objects["b/k"] = []byte("object")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(c.Signal(ctx, "s", "R", "i-1", "SUCCESS"))
	group, err := c.GroupOf(ctx, "i-1")
	must(err)
	targets, err := c.TargetGroups(ctx, group)
	must(err)
	health, err := c.TargetHealth(ctx, targets[0], "i-1")
	must(err)
	if health.State != "healthy" {
		t.Error(health)
	}
	must(c.PutMemory(ctx, "g", 12.5))
	must(c.SetUnhealthy(ctx, "i-1"))
	must(c.TerminateInGroup(ctx, "i-1"))
	if err := c.Complete(ctx, group, "drain", "i-1"); !aws.IsCode(err, "ValidationError") {
		t.Error("completed before its time", err)
	}
	server.Change(func() { server.Lifecycle = aws.TerminatingWait })
	must(c.Heartbeat(ctx, group, "drain", "i-1"))
	must(c.Complete(ctx, group, "drain", "i-1"))
	must(c.CreateLogStream(ctx, "l", "s"))
	must(c.PutLogEvents(ctx, "l", "s", []aws.LogEvent{{Timestamp: 1, Message: "m"}}))
	if _, there, err := c.Parameter(ctx, "p"); there || err != nil {
		t.Error(there, err)
	}
	if object, err := c.Object(ctx, "b", "k"); err != nil || string(object) != "object" {
		t.Error(string(object), err)
	}
	if _, there, err := c.Secret(ctx, "n", "v"); there || err != nil {
		t.Error(there, err)
	}
	role, err := c.AssumeRole(ctx, "arn", "session")
	must(err)
	if role.AccessKeyID != "ASIAPOD" || role.Expires.Year() != 2099 {
		t.Error(role)
	}
	must(c.Attach(ctx, "vol-1", "i-1", "/dev/sdf"))
	volume, err := c.Volume(ctx, "vol-1")
	must(err)
	if volume.State != "in-use" || volume.Attachments[0].Instance != "i-1" {
		t.Error(volume)
	}
	must(c.Detach(ctx, "vol-1", "i-1"))
	records, err := c.Records(ctx, "Z1", "web.default.svc.cluster.local")
	must(err)
	must(c.ChangeRecords(ctx, "Z1", records, aws.RecordSet{Name: "web.default.svc.cluster.local", TTL: 5, Values: []string{"10.0.0.1"}}))
	running, err := c.Running(ctx, []string{"10.0.0.1", "10.0.0.9"})
	must(err)
	if !slices.Equal(running, []string{"10.0.0.1"}) {
		t.Error(running)
	}
	var made []string
	for _, call := range server.Calls("") {
		made = append(made, call.Action)
	}
	for _, action := range aws.Actions() {
		if !slices.Contains(made, action) {
			t.Errorf("%s was not made", action)
		}
	}
}

func TestTransientErrorsAreRetried(t *testing.T) {
	for name, answer := range map[string]*awstest.Answer{
		"throttled":     {Code: "Throttling"},
		"internal":      {Status: 500, Body: "oops"},
		"too many":      {Status: 429, Body: ""},
		"unreadable":    {Status: 503, Body: "<html>"},
		"limit exceeds": {Code: "RequestLimitExceeded", Status: 503},
	} {
		t.Run(name, func(t *testing.T) {
			c, server := client(t)
			left := 3
			server.On("cloudformation:SignalResource", func(awstest.Call) *awstest.Answer {
				if left--; left >= 0 {
					return answer
				}
				return nil
			})
			if err := c.Signal(t.Context(), "s", "R", "i", "SUCCESS"); err != nil {
				t.Fatal(err)
			}
			if n := len(server.Signals()); n != 4 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

func TestRefusalsAreNotRetried(t *testing.T) {
	c, server := client(t)
	server.On("cloudformation:SignalResource", func(awstest.Call) *awstest.Answer { return &awstest.Answer{Code: "ValidationError"} })
	if err := c.Signal(t.Context(), "s", "R", "i", "SUCCESS"); !aws.IsNotAwaited(err) {
		t.Fatal(err)
	}
	server.On("ec2:AttachVolume", func(awstest.Call) *awstest.Answer { return &awstest.Answer{Status: 403, Code: "UnauthorizedOperation"} })
	if err := c.Attach(t.Context(), "v", "i", "d"); !aws.IsDenied(err) {
		t.Fatal(err)
	}
	server.On("ssm:GetParameter", func(awstest.Call) *awstest.Answer { return &awstest.Answer{Code: "AccessDeniedException"} })
	if _, _, err := c.Parameter(t.Context(), "p"); !aws.IsDenied(err) {
		t.Fatal(err)
	}
	if n := len(server.Calls("")); n != 3 {
		t.Errorf("%d calls", n)
	}
}

func TestExpiredCredentialsAreRenewed(t *testing.T) {
	server := awstest.New(t)
	asked := 0
	c := aws.New(aws.Place{Region: "eu-west-1"}, server.URL, func(context.Context) (*aws.Credentials, error) {
		asked++
		return &aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "secret", Token: "token", Expires: time.Now().Add(time.Hour)}, nil
	})
	aws.WithoutPauses(c)
	expired := true
	server.On("autoscaling:SetInstanceHealth", func(awstest.Call) *awstest.Answer {
		if expired {
			expired = false
			return &awstest.Answer{Status: 403, Code: "ExpiredToken"}
		}
		return nil
	})
	for range 3 {
		if err := c.SetUnhealthy(t.Context(), "i"); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

func TestTheClockFollowsAWS(t *testing.T) {
	c, server := client(t)
	theirs := time.Now().Add(3 * time.Hour).UTC()
	server.On("autoscaling:SetInstanceHealth", func(call awstest.Call) *awstest.Answer {
		signed, _ := time.Parse("20060102T150405Z", call.Header.Get("X-Amz-Date"))
		if signed.Sub(theirs).Abs() < 5*time.Minute {
			return nil
		}
		return &awstest.Answer{Status: 403, Code: "SignatureDoesNotMatch", Header: map[string]string{"Date": theirs.Format("Mon, 02 Jan 2006 15:04:05 GMT")}}
	})
	if err := c.SetUnhealthy(t.Context(), "i"); err != nil {
		t.Fatal(err)
	}
}

func TestTheDeadlineEndsRetries(t *testing.T) {
	server := awstest.New(t)
	c := aws.New(aws.Place{Region: "eu-west-1"}, server.URL, static)
	server.On("autoscaling:SetInstanceHealth", func(awstest.Call) *awstest.Answer { return &awstest.Answer{Status: 500} })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := c.SetUnhealthy(ctx, "i"); err == nil || ctx.Err() == nil {
		t.Fatal(err)
	}
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct {
		place         aws.Place
		service, want string
	}{
		{aws.Place{Region: "eu-west-1"}, "cloudformation", "https://cloudformation.eu-west-1.amazonaws.com"},
		{aws.Place{Region: "eu-west-1", Partition: "aws", Domain: "amazonaws.com"}, "route53", "https://route53.amazonaws.com"},
		{aws.Place{Region: "cn-north-1"}, "ec2", "https://ec2.cn-north-1.amazonaws.com.cn"},
		{aws.Place{Region: "cn-north-1", Partition: "aws-cn", Domain: "amazonaws.com.cn"}, "route53", "https://route53.amazonaws.com.cn"},
		{aws.Place{Region: "us-gov-east-1", Partition: "aws-us-gov", Domain: "amazonaws.com"}, "route53", "https://route53.us-gov.amazonaws.com"},
		{aws.Place{Region: "us-iso-east-1", Partition: "aws-iso", Domain: "c2s.ic.gov"}, "autoscaling", "https://autoscaling.us-iso-east-1.c2s.ic.gov"},
		{aws.Place{Region: "us-isob-east-1"}, "route53", "https://route53.sc2s.sgov.gov"},
		{aws.Place{Region: "eusc-de-east-1"}, "route53", "https://route53.amazonaws.eu"},
		// A partition that this agent does not know yet: the metadata gives its domain.
		{aws.Place{Region: "xx-new-1", Partition: "aws-new", Domain: "aws.example"}, "logs", "https://logs.xx-new-1.aws.example"},
	} {
		if got := aws.Address(aws.New(test.place, "", static), test.service); got != test.want {
			t.Errorf("%+v: %s, not %s", test.place, got, test.want)
		}
	}
}

// The SDK's own table of partitions, which this program does not need to contain.
func TestPartitionsAreThoseOfTheSDK(t *testing.T) {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-sdk-go-v2").Output()
	if err != nil {
		t.Skip("needs the go command")
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "internal/endpoints/awsrulesfn/partitions.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Partitions []struct {
			ID      string
			Regions map[string]any
			Outputs struct{ DNSSuffix, ImplicitGlobalRegion string }
		}
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table.Partitions) < 8 {
		t.Fatal(err, len(table.Partitions))
	}
	for _, each := range table.Partitions {
		for region := range each.Regions {
			if strings.HasSuffix(region, "-global") {
				continue
			}
			for _, place := range []aws.Place{{Region: region}, {Region: region, Partition: each.ID}} {
				name, domain, global := aws.PartitionOf(place)
				if name != each.ID || domain != each.Outputs.DNSSuffix || global != each.Outputs.ImplicitGlobalRegion {
					t.Errorf("%+v: %s %s %s, and the SDK says %+v", place, name, domain, global, each.Outputs)
				}
			}
		}
	}
}

// recorder collects what an endpoint reports, in place of a test.
type recorder struct {
	testing.TB
	reported int
}

func (r *recorder) Errorf(string, ...any) { r.reported++ }

// The endpoint of all other tests refuses what AWS would refuse.
func TestTheEndpointChecksSignatures(t *testing.T) {
	for name, with := range map[string]aws.Credentials{
		"no token":      {AccessKeyID: "AKID", SecretAccessKey: "secret"},
		"another token": {AccessKeyID: "AKID", SecretAccessKey: "secret", Token: "session"},
		"another key":   {AccessKeyID: "AKID", SecretAccessKey: "wrong", Token: "token"},
		"unknown":       {AccessKeyID: "AKIA", SecretAccessKey: "secret", Token: "token"},
	} {
		t.Run(name, func(t *testing.T) {
			seen := &recorder{TB: t}
			c := aws.New(aws.Place{Region: "eu-west-1"}, awstest.New(seen).URL, func(context.Context) (*aws.Credentials, error) { return &with, nil })
			aws.WithoutPauses(c)
			if err := c.SetUnhealthy(t.Context(), "i"); err == nil || seen.reported == 0 {
				t.Error(err, seen.reported)
			}
			if _, err := c.Object(t.Context(), "b", "a key/ü+"); err == nil {
				t.Error("S3 took it")
			}
		})
	}
	c, server := client(t)
	server.Objects["b/a key/ü+"] = []byte("x")
	if object, err := c.Object(t.Context(), "b", "a key/ü+"); err != nil || string(object) != "x" {
		t.Error(string(object), err)
	}
}
