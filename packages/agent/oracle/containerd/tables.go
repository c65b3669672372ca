package main

import (
	"archive/tar"
	"fmt"
	"regexp"
	"strings"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

const passwd = "root:x:0:0:root:/root:/bin/sh\nwww:x:33:34:www:/var/www:/bin/false\nbroken\nlone:x:40:41::/:/bin/sh\n"
const group = "root:x:0:\nwww:x:34:\ndisk:x:6:www,other\ntape:x:7:other\nlonely:x:8:lone\n"

type user struct {
	User   string `json:"user"`
	Run    string `json:"run,omitempty"` // runAsUser, runAsGroup, supplementalGroupsPolicy of the pod
	UID    string `json:"uid"`
	GID    string `json:"gid"`
	Groups string `json:"groups"`
	Fault  bool   `json:"fault"`
}

// users are the users of containers, by the image's USER and the pod's security context.
func (d *daemon) users() (table []user) {
	policy := func(security *cri.LinuxContainerSecurityContext, run string) {
		for _, setting := range strings.Fields(run) {
			var value int64
			if n, _ := fmt.Sscanf(setting, "user=%d", &value); n == 1 {
				security.RunAsUser, security.RunAsUsername = &cri.Int64Value{Value: value}, ""
			}
			if n, _ := fmt.Sscanf(setting, "group=%d", &value); n == 1 {
				security.RunAsGroup = &cri.Int64Value{Value: value}
			}
			if setting == "strict" {
				security.SupplementalGroupsPolicy = cri.SupplementalGroupsPolicy_Strict
			}
		}
	}
	for index, row := range []user{
		{User: ""}, {User: "www"}, {User: "www:disk"}, {User: "www:7"}, {User: "www:nogroup"}, {User: "33"}, {User: "33:disk"}, {User: "33:7"}, {User: "1000"}, {User: "1000:1001"},
		{User: "1000:2000"}, {User: "0:0"}, {User: "root"}, {User: "root:www"}, {User: "lone"}, {User: "40"}, {User: "nobody"}, {User: ":34"},
		{User: "www", Run: "strict"}, {User: "www", Run: "user=1000"}, {User: "www:disk", Run: "user=33"}, {User: "", Run: "user=33"}, {User: "www", Run: "user=33 group=9"},
		{User: "1000:1001", Run: "user=1000 group=9 strict"}, {User: "www", Run: "user=33 strict"},
	} {
		name := fmt.Sprintf("oracle.example/user:%d", index)
		d.load(name, image{user: row.User, passwd: passwd, group: group})
		output, fault := d.run(name, "grep -E '^(Uid|Gid|Groups):' /proc/self/status", func(security *cri.LinuxContainerSecurityContext) { policy(security, row.Run) })
		row.Fault = fault != ""
		for line := range strings.SplitSeq(output, "\n") {
			name, rest, _ := strings.Cut(line, ":")
			numbers := strings.Fields(rest)
			switch {
			case name == "Uid":
				row.UID = numbers[0]
			case name == "Gid":
				row.GID = numbers[0]
			case name == "Groups":
				row.Groups = strings.Join(numbers, " ")
			}
		}
		table = append(table, row)
	}
	return table
}

type volume struct {
	Volume   string `json:"volume"`
	ReadOnly bool   `json:"readOnly"` // the root file system
	Said     string `json:"said"`
	Fault    bool   `json:"fault"`
}

// Script prints a directory's owner, mode and content, and whether it is writable.
const script = `cd %[1]s && stat -c %%u:%%g:%%a . && for f in *; do test -e $f && stat -c "$f %%u:%%g:%%a" $f; done; echo x > new 2>/dev/null && echo written`

// volumes are the image's VOLUMEs as a container sees them.
func (d *daemon) volumes() (table []volume) {
	entries := []tar.Header{
		{Name: "data/", Typeflag: tar.TypeDir, Mode: 0o700, Uid: 1000, Gid: 1001},
		{Name: "data/given", Mode: 0o640, Uid: 1000, Gid: 1001, Size: 13},
		{Name: "data/deep/", Typeflag: tar.TypeDir, Mode: 0o2775, Uid: 5, Gid: 6},
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "data"},
		{Name: "absolute", Typeflag: tar.TypeSymlink, Linkname: "/data"},
	}
	words := regexp.MustCompile(`\s+`)
	for index, path := range []string{"", "/data", "/data/", "data", "/data/deep", "/none", "/none/there", "/link", "/absolute"} {
		name := fmt.Sprintf("oracle.example/volume:%d", index)
		of := image{passwd: passwd, group: group, entries: entries}
		if path != "" {
			of.volumes = []string{path}
		}
		d.load(name, of)
		for _, readOnly := range []bool{true, false} {
			place := path
			if path == "" {
				place = "/data"
			}
			output, fault := d.run(name, fmt.Sprintf(script, "/"+place), func(security *cri.LinuxContainerSecurityContext) { security.ReadonlyRootfs = readOnly })
			table = append(table, volume{path, readOnly, words.ReplaceAllString(output, " "), fault != ""})
		}
	}
	return table
}
