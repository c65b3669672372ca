package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

// serve answers HTTP: facts about the process, contents of files, and orders.
func serve(address string) error {
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, os.Getenv("GREETING")+"\n") })
	http.HandleFunc("GET /facts", func(w http.ResponseWriter, _ *http.Request) { json.NewEncoder(w).Encode(facts()) })
	http.HandleFunc("GET /file", func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(r.FormValue("path"))
		answer(w, text, err)
	})
	http.HandleFunc("PUT /file", func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		answer(w, nil, os.WriteFile(r.FormValue("path"), text, 0o666))
	})
	// For the readiness probe: succeeds while a file exists.
	http.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) {
		if !exists("/shared/http") {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
		}
	})
	http.HandleFunc("GET /fetch", func(w http.ResponseWriter, r *http.Request) {
		fetch(w, r.FormValue("url"), r.Header.Get("X-Token-File"))
	})
	http.HandleFunc("POST /exit", func(http.ResponseWriter, *http.Request) { os.Exit(7) })
	return http.ListenAndServe(address, nil)
}

func answer(w http.ResponseWriter, text []byte, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Write(text)
}

// fetch requests a URL from inside of the container, with the token in a file.
func fetch(w http.ResponseWriter, url, tokenFile string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		answer(w, nil, err)
		return
	}
	if tokenFile != "" {
		token, _ := os.ReadFile(tokenFile)
		request.Header.Set("Authorization", string(token))
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	w.WriteHeader(response.StatusCode)
	io.Copy(w, response.Body)
}

// facts is everything that the kernel reports about this process.
func facts() map[string]any {
	status := map[string]string{}
	text, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(text), "\n") {
		name, value, _ := strings.Cut(line, ":")
		status[name] = strings.TrimSpace(value)
	}
	groups, _ := os.Getgroups()
	host, _ := os.Hostname()
	kinds, sizes := map[string]int64{}, map[string]int64{}
	for _, path := range []string{"/", "/etc/web", "/etc/secret", "/shared", "/data"} {
		var stat syscall.Statfs_t
		if syscall.Statfs(path, &stat) == nil {
			kinds[path] = int64(stat.Type)
			sizes[path] = int64(stat.Blocks) * stat.Bsize
		}
	}
	addresses := []string{}
	all, _ := net.InterfaceAddrs()
	for _, each := range all {
		addresses = append(addresses, each.String())
	}
	return map[string]any{
		"env": os.Environ(), "uid": os.Getuid(), "gid": os.Getgid(), "groups": groups, "host": host, "status": status, "filesystems": kinds, "sizes": sizes, "addresses": addresses, "time": time.Now().Unix(),
	}
}
