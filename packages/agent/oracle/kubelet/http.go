package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
	"k8s.io/kubernetes/pkg/kubelet/lifecycle"
	httpprobe "k8s.io/kubernetes/pkg/probe/http"
)

// server answers with the status in the request's header X-Status, and records its requests.
func server(secure bool) (*httptest.Server, *[]string) {
	asked := &[]string{}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		*asked = append(*asked, fmt.Sprintf("%s %s host=%s agent=%s accept=%s", r.Method, r.RequestURI, host, strings.Split(r.UserAgent(), "/")[0], strings.Join(r.Header["Accept"], "|")))
		status, _ := strconv.Atoi(r.Header.Get("X-Status"))
		if status >= 300 && status < 400 {
			w.Header().Set("Location", "/redirected")
		}
		if r.URL.Path == "/redirected" {
			status = 200
		}
		w.WriteHeader(max(status, 200))
		io.WriteString(w, "body")
	})
	made := httptest.NewUnstartedServer(handler)
	made.Config.ErrorLog = log.New(io.Discard, "", 0)
	if secure {
		made.StartTLS()
	} else {
		made.Start()
	}
	return made, asked
}

func portOf(address string) intstr.IntOrString {
	parsed, err := url.Parse(address)
	check(err)
	port, err := strconv.Atoi(parsed.Port())
	check(err)
	return intstr.FromInt32(int32(port))
}

type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type probe struct {
	Path    string   `json:"path"`
	Headers []header `json:"headers,omitempty"`
	OK      bool     `json:"ok"`
	Asked   []string `json:"asked"`
}

// probes are the requests of HTTP probes, and whether an answer with status 200 is a success.
func probes() (table []probe) {
	for _, path := range []string{
		"", "/", "/healthz", "healthz", "a/b", "//foo/bar", "///foo", "//", "/a//b", "/%zz", "/%2f", "/a%20b", "/a b", "/a?b=c", "/a?b c", "/?", "?x=1", "/a#b", "#b", "a:b", ":a", "/a:b",
		"http://other.example/x", "https://other.example/x?y", "mailto:x", "/ä", "/%c3%a4", "/a;b", "/a|b", "/a\"b", "/<a>", "/a\\b", "/../a", "/./a", "/a/..", "/[a]", "/{a}", "/a?b=%zz", "/a?b#c", "/~a", "/*", "*",
		"/a%", "/a?%", "/+", "/a,b", "//user@foo/bar", "/a\tb", "/a\x7fb",
	} {
		table = append(table, ask(path, nil))
	}
	for _, headers := range [][]header{
		{{"Host", "one.example"}}, {{"Host", "one.example"}, {"Host", "two.example"}}, {{"host", "low.example"}}, {{"Host", ""}}, {{"User-Agent", "mine"}}, {{"User-Agent", ""}}, {{"user-agent", "low"}},
		{{"Accept", "text/plain"}}, {{"Accept", ""}}, {{"accept", ""}}, {{"Accept", "a/b"}, {"Accept", "c/d"}}, {{"Accept", ""}, {"Accept", "c/d"}},
	} {
		table = append(table, ask("/headers", headers))
	}
	return table
}

func ask(path string, headers []header) probe {
	plain, asked := server(false)
	defer plain.Close()
	row := probe{Path: path, Headers: headers, Asked: []string{}}
	action := &v1.HTTPGetAction{Path: path, Port: portOf(plain.URL), Host: "127.0.0.1", Scheme: v1.URISchemeHTTP}
	for _, each := range headers {
		action.HTTPHeaders = append(action.HTTPHeaders, v1.HTTPHeader{Name: each.Name, Value: each.Value})
	}
	request, err := httpprobe.NewRequestForHTTPGetAction(action, &v1.Container{}, "127.0.0.1", "probe")
	if err != nil {
		return row
	}
	result, _, err := httpprobe.New(false).Probe(request, 2*time.Second)
	row.OK = err == nil && (result == "success" || result == "warning")
	row.Asked = append(row.Asked, *asked...)
	return row
}

type hook struct {
	Scheme string   `json:"scheme"`
	Server string   `json:"server"`
	Status int      `json:"status"`
	Fault  bool     `json:"fault"`
	Asked  []string `json:"asked"`
}

type pods struct{ lifecycle.PodAdmitHandler }

func (pods) GetPod(context.Context, types.UID) (*kubecontainer.Pod, error) {
	return &kubecontainer.Pod{}, nil
}

func (pods) GetPodStatus(context.Context, *kubecontainer.Pod) (*kubecontainer.PodStatus, error) {
	return &kubecontainer.PodStatus{IPs: []string{"127.0.0.1"}}, nil
}

// hooks are the results of postStart and preStop over HTTP. The client is the kubelet's own (pkg/kubelet/kubelet.go).
func hooks() (table []hook) {
	for _, scheme := range []v1.URIScheme{v1.URISchemeHTTP, v1.URISchemeHTTPS} {
		for _, kind := range []string{"plain", "tls", "nobody"} {
			for _, status := range []int{200, 204, 302, 400, 404, 500, 503} {
				made, asked := server(kind == "tls")
				port := portOf(made.URL)
				if kind == "nobody" {
					made.Close()
				}
				client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}, CheckRedirect: httpprobe.RedirectChecker(false)}
				handler := &v1.LifecycleHandler{HTTPGet: &v1.HTTPGetAction{Path: "/hook", Port: port, Scheme: scheme, HTTPHeaders: []v1.HTTPHeader{{Name: "X-Status", Value: strconv.Itoa(status)}}}}
				_, err := lifecycle.NewHandlerRunner(client, nil, pods{}, nil).Run(context.Background(), kubecontainer.ContainerID{}, &v1.Pod{}, &v1.Container{}, handler)
				table = append(table, hook{string(scheme), kind, status, err != nil, append([]string{}, *asked...)})
				if kind != "nobody" {
					made.Close()
				}
			}
		}
	}
	return table
}
