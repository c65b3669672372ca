package health

import (
	"io"
	"net"
	"net/http"
	"testing"
)

func TestAnswers(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := Serve(listener)
	defer server.Close()
	ask := func(path string) (int, string) {
		response, err := http.Get("http://" + listener.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		return response.StatusCode, string(body)
	}
	if status, body := ask("/"); status != 503 || body != "not ready: the machine is booting\n" {
		t.Error(status, body)
	}
	server.Tell(func() (bool, string) { return true, "" })
	for _, path := range []string{"/", "/readyz", "/anything"} {
		if status, body := ask(path); status != 200 || body != "ready\n" {
			t.Error(path, status, body)
		}
	}
	server.Tell(func() (bool, string) { return false, "it is stopping" })
	if status, body := ask("/readyz"); status != 503 || body != "not ready: it is stopping\n" {
		t.Error(status, body)
	}
}
