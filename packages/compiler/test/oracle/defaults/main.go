// Reads objects, one JSON a line, and writes each with the defaults that Kubernetes itself fills in.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"reflect"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	appsv1 "k8s.io/kubernetes/pkg/apis/apps/v1"
	autoscalingv2 "k8s.io/kubernetes/pkg/apis/autoscaling/v2"
	batchv1 "k8s.io/kubernetes/pkg/apis/batch/v1"
	corev1 "k8s.io/kubernetes/pkg/apis/core/v1"
	networkingv1 "k8s.io/kubernetes/pkg/apis/networking/v1"
	policyv1 "k8s.io/kubernetes/pkg/apis/policy/v1"
	storagev1 "k8s.io/kubernetes/pkg/apis/storage/v1"
)

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		appsv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme, corev1.AddToScheme,
		networkingv1.AddToScheme, policyv1.AddToScheme, storagev1.AddToScheme,
	} {
		must(add(scheme))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		input := map[string]any{}
		must(json.Unmarshal(lines.Bytes(), &input))
		kind := schema.FromAPIVersionAndKind(input["apiVersion"].(string), input["kind"].(string))
		object, err := scheme.New(kind)
		must(err)
		if err := json.Unmarshal(lines.Bytes(), object); err != nil {
			log.Fatalf("%v in %s", err, lines.Text())
		}
		before := plain(object)
		scheme.Default(object)
		must(out.Encode(overlay(input, before, plain(object))))
	}
	must(lines.Err())
}

// overlay puts what changed from before to after into what the user wrote, which says more than Go keeps of it: an explicit zero,
// an empty list, a quantity as it was written.
func overlay(input, before, after any) any {
	switch input := input.(type) {
	case map[string]any:
		before, _ := before.(map[string]any)
		after, _ := after.(map[string]any)
		result := map[string]any{}
		for key, value := range input {
			was, hadIt := before[key]
			is, hasIt := after[key]
			switch {
			case value == nil:
				// Absent, as far as Go is concerned; but a null in a map is the zero of what the map holds.
				if text, isText := is.(string); isText && hadIt && text == was {
					result[key] = text
				}
			case isStatus(key, value) || !hadIt && !hasIt:
				result[key] = value
			case !hadIt:
				result[key] = is
			case hasIt:
				result[key] = overlay(value, was, is)
			}
		}
		for key, is := range after {
			if input[key] != nil || isStatus(key, is) {
				continue
			}
			// A zero that Go prints for want of an absence ("", null) says nothing, unless it is an object.
			was, hadIt := before[key]
			if _, isObject := is.(map[string]any); isObject && hadIt && was != nil {
				result[key] = overlay(map[string]any{}, was, is)
			} else if !reflect.DeepEqual(was, is) {
				result[key] = is
			}
		}
		return result
	case []any:
		before, _ := before.([]any)
		after, _ := after.([]any)
		result := make([]any, len(input))
		for i, value := range input {
			result[i] = overlay(value, before[i], after[i])
		}
		return result
	}
	if before == after {
		return input
	}
	return after
}

// isStatus tells what the cluster writes from a field that happens to be called so.
func isStatus(key string, value any) bool {
	_, isObject := value.(map[string]any)
	return key == "status" && isObject
}

func plain(object runtime.Object) any {
	text, err := json.Marshal(object)
	must(err)
	var value any
	must(json.Unmarshal(text, &value))
	return value
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
