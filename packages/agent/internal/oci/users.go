package oci

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/contract"
)

// account is a line of the image's /etc/passwd.
type account struct {
	name     string
	uid, gid uint32
	home     string
}

func accounts(passwd string) (found []account) {
	for _, line := range strings.Split(passwd, "\n") {
		fields := strings.Split(line, ":")
		if len(fields) < 6 {
			continue
		}
		uid, uidErr := strconv.ParseUint(fields[2], 10, 32)
		gid, gidErr := strconv.ParseUint(fields[3], 10, 32)
		if uidErr == nil && gidErr == nil {
			found = append(found, account{fields[0], uint32(uid), uint32(gid), fields[5]})
		}
	}
	return found
}

type group struct {
	name    string
	gid     uint32
	members []string
}

func groups(text string) (found []group) {
	for _, line := range strings.Split(text, "\n") {
		fields := strings.Split(line, ":")
		if len(fields) < 4 {
			continue
		}
		if gid, err := strconv.ParseUint(fields[2], 10, 32); err == nil {
			found = append(found, group{fields[0], uint32(gid), strings.Split(fields[3], ",")})
		}
	}
	return found
}

// user returns the container's user: the contract's ids, else the image's USER. Names are looked up in the image's
// own files.
func user(in Input) (specs.User, string, error) {
	security := contract.Or(in.Container.Security, contract.Security{})
	var who account
	var known, named bool
	all := accounts(in.Passwd)
	byID := func(uid uint32) {
		who = account{uid: uid, home: "/"}
		if index := slices.IndexFunc(all, func(a account) bool { return a.uid == uid }); index >= 0 {
			who, known = all[index], true
		}
	}
	// Kubernetes passes on only the name of `USER name:group`. The group comes from /etc/passwd, else it is 0.
	name, _, _ := strings.Cut(in.Image.Config.User, ":")
	switch uid, err := strconv.ParseUint(name, 10, 32); {
	case security.User != nil:
		byID(uint32(*security.User))
	case name == "":
		byID(0)
	case err == nil:
		byID(uint32(uid))
	default:
		named = true
		index := slices.IndexFunc(all, func(a account) bool { return a.name == name })
		if index < 0 {
			return specs.User{}, "", fmt.Errorf("the image's user %s is not in its /etc/passwd", name)
		}
		who, known = all[index], true
	}
	out := specs.User{UID: who.uid}
	switch {
	case security.Group != nil:
		out.GID = uint32(*security.Group)
	case known:
		out.GID = who.gid
	}
	if contract.Or(security.NonRoot, false) {
		if named {
			return out, "", fmt.Errorf("it must not run as root, but the image's user is a name (%s) without a known id", name)
		}
		if out.UID == 0 {
			return out, "", fmt.Errorf("it must not run as root, but would")
		}
	}
	out.AdditionalGids = additional(in, security, out.GID, who.name, known)
	return out, who.home, nil
}

// additional returns the supplementary groups. The first group is among them, so that a process cannot leave the
// group to read a file that denies it.
func additional(in Input, security contract.Security, first uint32, name string, known bool) []uint32 {
	found := []uint32{first}
	add := func(gid uint32) {
		if !slices.Contains(found, gid) {
			found = append(found, gid)
		}
	}
	if known && contract.Or(security.SupplementalGroupsPolicy, "Merge") != "Strict" {
		for _, each := range groups(in.Group) {
			if slices.Contains(each.members, name) {
				add(each.gid)
			}
		}
	}
	for _, gid := range security.SupplementalGroups {
		add(uint32(gid))
	}
	if in.FSGroup != nil {
		add(uint32(*in.FSGroup))
	}
	return found
}
