package probe

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"i2kit.dev/agent/internal/contract"
)

func ptr[T any](value T) *T { return &value }

func portOf(t *testing.T, address string) int64 {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	port, _ := strconv.ParseInt(u.Port(), 10, 64)
	return port
}

func handler(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/":
		io.WriteString(w, r.Host+"|"+r.Header.Get("User-Agent")+"|"+r.Header.Get("Accept"))
	case "/headers":
		if r.Host != "example.com" || r.Header.Get("X-Probe") != "yes" || r.Header.Get("User-Agent") != "mine" || r.URL.RawQuery != "deep=1" {
			w.WriteHeader(http.StatusTeapot)
		}
	case "/plain":
		if r.Header.Get("User-Agent") != "kube-probe/i2kit" || r.Header.Get("Accept") != "*/*" {
			w.WriteHeader(http.StatusTeapot)
		}
	case "/elsewhere":
		http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
	case "/here":
		http.Redirect(w, r, "/500", http.StatusFound)
	case "/round":
		http.Redirect(w, r, "/round", http.StatusFound)
	case "/slow":
		time.Sleep(2 * time.Second)
	case "/500":
		w.WriteHeader(http.StatusInternalServerError)
		io.WriteString(w, "broken")
	}
}

func TestHTTP(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(handler))
	defer plain.Close()
	secure := httptest.NewTLSServer(http.HandlerFunc(handler))
	defer secure.Close()
	headers := []contract.NameValue{{Name: "Host", Value: "example.com"}, {Name: "X-Probe", Value: "yes"}, {Name: "User-Agent", Value: "mine"}}
	for name, test := range map[string]struct {
		spec contract.Http
		ok   bool
		says string
	}{
		"well":                {contract.Http{Path: ptr("/plain")}, true, ""},
		"headers":             {contract.Http{Path: ptr("/headers?deep=1"), Headers: headers}, true, ""},
		"no path":             {contract.Http{}, true, ""},
		"a path without /":    {contract.Http{Path: ptr("500")}, false, "status 500 broken"},
		"redirect elsewhere":  {contract.Http{Path: ptr("/elsewhere")}, true, ""},
		"redirect to itself":  {contract.Http{Path: ptr("/here")}, false, "status 500"},
		"redirects in circle": {contract.Http{Path: ptr("/round")}, false, "10 redirects"},
		"slow":                {contract.Http{Path: ptr("/slow")}, false, "deadline"},
		"TLS":                 {contract.Http{Scheme: ptr("HTTPS"), Port: portOf(t, secure.URL)}, true, ""},
		"TLS to none":         {contract.Http{Scheme: ptr("HTTPS"), Port: portOf(t, plain.URL)}, false, ""},
		"another host":        {contract.Http{Host: ptr("localhost")}, true, ""},
		"nobody":              {contract.Http{Port: 1}, false, "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.spec.Port == 0 {
				test.spec.Port = portOf(t, plain.URL)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			ok, says := HTTP(ctx, test.spec, "127.0.0.1")
			if ok != test.ok || !strings.Contains(says, test.says) {
				t.Error(ok, says)
			}
		})
	}
}

func readTable(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../oracle/kubelet/tables", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// recorder is the same server as in packages/agent/oracle/kubelet.
func recorder(secure bool) (*httptest.Server, *[]string) {
	asked := &[]string{}
	made := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		agent := strings.Split(r.UserAgent(), "/")[0]
		*asked = append(*asked, fmt.Sprintf("%s %s host=%s agent=%s accept=%s", r.Method, r.RequestURI, host, agent, strings.Join(r.Header["Accept"], "|")))
		status, _ := strconv.Atoi(r.Header.Get("X-Status"))
		if status >= 300 && status < 400 {
			w.Header().Set("Location", "/redirected")
		}
		if r.URL.Path == "/redirected" {
			status = 200
		}
		w.WriteHeader(max(status, 200))
		io.WriteString(w, "body")
	}))
	made.Config.ErrorLog = log.New(io.Discard, "", 0)
	if secure {
		made.StartTLS()
	} else {
		made.Start()
	}
	return made, asked
}

// packages/agent/oracle/kubelet wrote the table with the kubelet's own probes.
func TestHTTPAsksAsAKubeletDoes(t *testing.T) {
	var table []struct {
		Path    string
		Headers []contract.NameValue
		OK      bool
		Asked   []string
	}
	readTable(t, "probes", &table)
	if len(table) < 50 {
		t.Fatal(len(table))
	}
	for _, row := range table {
		server, asked := recorder(false)
		spec := contract.Http{Path: &row.Path, Port: portOf(t, server.URL), Headers: row.Headers}
		ok, says := HTTP(t.Context(), spec, "127.0.0.1")
		if ok != row.OK || !slices.Equal(*asked, row.Asked) {
			t.Errorf("%q %v: %v %q (%s), a kubelet's is %v %q", row.Path, row.Headers, ok, *asked, says, row.OK, row.Asked)
		}
		server.Close()
	}
}

// packages/agent/oracle/kubelet wrote the table with the kubelet's own handler of hooks.
func TestHooks(t *testing.T) {
	var table []struct {
		Scheme, Server string
		Status         int
		Fault          bool
		Asked          []string
	}
	readTable(t, "hooks", &table)
	if len(table) < 40 {
		t.Fatal(len(table))
	}
	for _, row := range table {
		server, asked := recorder(row.Server == "tls")
		if row.Server == "nobody" {
			server.Close()
		}
		spec := contract.Http{Path: ptr("/hook"), Scheme: &row.Scheme, Port: portOf(t, server.URL), Headers: []contract.NameValue{{Name: "X-Status", Value: strconv.Itoa(row.Status)}}}
		if err := Hook(t.Context(), spec, "127.0.0.1"); (err != nil) != row.Fault || !slices.Equal(*asked, row.Asked) {
			t.Errorf("%+v: %v %q", row, err, *asked)
		}
		server.Close()
	}
}

// Credentials of an HTTPS hook are not sent over plain HTTP.
func TestAHookThatFallsBackKeepsItsCredential(t *testing.T) {
	got := "nothing"
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = r.Header.Get("Authorization") + r.Header.Get("X-Other")
	}))
	defer server.Close()
	headers := []contract.NameValue{{Name: "Authorization", Value: "secret"}, {Name: "X-Other", Value: "other"}}
	if err := Hook(t.Context(), contract.Http{Scheme: ptr("HTTPS"), Port: portOf(t, server.URL), Headers: headers}, "127.0.0.1"); err != nil || got != "other" {
		t.Error(err, got)
	}
}

func TestTCP(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := int64(listener.Addr().(*net.TCPAddr).Port)
	if ok, says := TCP(t.Context(), contract.Tcp{Port: port}, "127.0.0.1"); !ok {
		t.Error(says)
	}
	listener.Close()
	if ok, _ := TCP(t.Context(), contract.Tcp{Port: port}, "127.0.0.1"); ok {
		t.Error("no server listens")
	}
}

// health is a server of grpc.health.v1 without a gRPC library, like the probe.
func health(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	service := ""
	if len(body) > 7 {
		service = string(body[7:])
	}
	w.Header().Set("Content-Type", "application/grpc")
	w.Header().Set("Trailer", "grpc-status")
	if r.ProtoMajor != 2 || r.URL.Path != "/grpc.health.v1.Health/Check" || r.Header.Get("TE") != "trailers" || binary.BigEndian.Uint32(body[1:5]) != uint32(len(body)-5) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	status := map[string]byte{"": 1, "up": 1, "down": 2}[service]
	if service == "unknown" {
		w.Header().Set("grpc-status", "5")
		return
	}
	w.Write([]byte{0, 0, 0, 0, 2, 8, status})
	w.Header().Set("grpc-status", "0")
}

func TestGRPC(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(health))
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	defer server.Close()
	plain := httptest.NewServer(http.HandlerFunc(handler))
	defer plain.Close()
	for service, want := range map[string]bool{"": true, "up": true, "down": false, "unknown": false} {
		spec := contract.Grpc{Port: portOf(t, server.URL)}
		if service != "" {
			spec.Service = &service
		}
		if ok, says := GRPC(t.Context(), spec, "127.0.0.1"); ok != want {
			t.Error(service, ok, says)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if ok, _ := GRPC(ctx, contract.Grpc{Port: portOf(t, plain.URL)}, "127.0.0.1"); ok {
		t.Error("a server of HTTP/1 is SERVING")
	}
}

func TestServing(t *testing.T) {
	for name, test := range map[string]struct {
		answer []byte
		want   bool
	}{
		"serving":        {[]byte{0, 0, 0, 0, 2, 8, 1}, true},
		"not serving":    {[]byte{0, 0, 0, 0, 2, 8, 2}, false},
		"unknown":        {[]byte{0, 0, 0, 0, 0}, false},
		"compressed":     {[]byte{1, 0, 0, 0, 2, 8, 1}, false},
		"half":           {[]byte{0, 0, 0, 0, 2, 8}, false},
		"a field before": {[]byte{0, 0, 0, 0, 4, 16, 7, 8, 1}, true},
		"another type":   {[]byte{0, 0, 0, 0, 3, 10, 1, 1}, false},
		"nothing at all": {nil, false},
	} {
		if got := serving(test.answer); got != test.want {
			t.Error(name)
		}
	}
}
