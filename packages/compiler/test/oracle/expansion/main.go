// Holds contract/vectors/expansion.json to Kubernetes' own code.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/kubelet/container"
	"k8s.io/kubernetes/third_party/forked/golang/expansion"
)

type text struct {
	Input     string            `json:"input"`
	Variables map[string]string `json:"variables"`
	Output    string            `json:"output"`
	Fault     bool              `json:"fault"`
}

type secret struct {
	Secret string `json:"secret"`
	Key    string `json:"key"`
	Prefix string `json:"prefix"`
}

type entry struct {
	Name       string  `json:"name"`
	Value      string  `json:"value"`
	Expand     *string `json:"expand"`
	Secret     *secret `json:"secret"`
	Field      string  `json:"field"`
	SecretKeys *secret `json:"secretKeys"`
}

type environment struct {
	Name             string                       `json:"name"`
	Env              []entry                      `json:"env"`
	ServiceVariables map[string]string            `json:"serviceVariables"`
	Image            map[string]string            `json:"image"`
	Secrets          map[string]map[string]string `json:"secrets"`
	Fields           map[string]string            `json:"fields"`
	Variables        map[string]string            `json:"variables"`
	Command          []string                     `json:"command"`
	Expanded         []string                     `json:"expanded"`
	Fault            bool                         `json:"fault"`
}

type vectors struct {
	Texts        []text        `json:"texts"`
	Environments []environment `json:"environments"`
	SubPaths     []text        `json:"subPaths"`
}

var wrong = 0

func hold(name string, want, got any) {
	if !reflect.DeepEqual(want, got) {
		wrong++
		fmt.Printf("%s\n  vector     %#v\n  Kubernetes %#v\n", name, want, got)
	}
}

// As the kubelet's makeEnvironmentVariables, with where the values come from in its place.
func workOff(e environment) map[string]string {
	own := map[string]string{}
	seen := expansion.MappingFuncFor(own, e.ServiceVariables)
	for _, one := range e.Env {
		switch {
		case one.Expand != nil:
			own[one.Name] = expansion.Expand(*one.Expand, seen)
		case one.Secret != nil:
			if value, ok := e.Secrets[one.Secret.Secret][one.Secret.Key]; ok {
				own[one.Name] = decoded(value)
			}
		case one.SecretKeys != nil:
			for key, value := range e.Secrets[one.SecretKeys.Secret] {
				own[one.SecretKeys.Prefix+key] = decoded(value)
			}
		case one.Field != "":
			own[one.Name] = e.Fields[one.Field]
		default:
			own[one.Name] = one.Value
		}
	}
	return merged(e.ServiceVariables, own)
}

func decoded(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func merged(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, one := range maps {
		for name, value := range one {
			all[name] = value
		}
	}
	return all
}

func variables(of map[string]string) (list []container.EnvVar) {
	for name, value := range of {
		list = append(list, container.EnvVar{Name: name, Value: value})
	}
	return list
}

func main() {
	bytes, err := os.ReadFile("../../../contract/vectors/expansion.json")
	if err != nil {
		panic(err)
	}
	var all vectors
	if err := json.Unmarshal(bytes, &all); err != nil {
		panic(err)
	}
	for _, one := range all.Texts {
		hold(one.Input, one.Output, expansion.Expand(one.Input, expansion.MappingFuncFor(one.Variables)))
	}
	for _, one := range all.Environments {
		if one.Fault {
			continue
		}
		found := workOff(one)
		hold(one.Name, one.Variables, merged(one.Image, found))
		words, _ := container.ExpandContainerCommandAndArgs(&v1.Container{Command: one.Command}, variables(found))
		hold(one.Name+", command", one.Expanded, append([]string{}, words...))
	}
	for _, one := range all.SubPaths {
		path, err := container.ExpandContainerVolumeMounts(v1.VolumeMount{SubPathExpr: one.Input}, variables(one.Variables))
		if err != nil || !one.Fault {
			hold(one.Input, one, text{Input: one.Input, Variables: one.Variables, Output: path, Fault: err != nil})
		}
	}
	fmt.Printf("%d cases, %d wrong\n", len(all.Texts)+len(all.Environments)+len(all.SubPaths), wrong)
	if wrong > 0 {
		os.Exit(1)
	}
}
