// Says of each object on its standard input, one a line, whether Kubernetes would take it: "taken", "refused", or
// "unread" where it has a field or a type that the object does not have.
package main

import (
	"bufio"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/capabilities"
)

func errorsOf(object runtime.Object) field.ErrorList {
	if _, ok := object.(*core.Namespace); !ok && object.(v1.Object).GetNamespace() == "" {
		object.(v1.Object).SetNamespace("default")
	}
	switch o := object.(type) {
	case *apps.Deployment:
		return appsvalidation.ValidateDeployment(o, pod.GetValidationOptionsFromPodTemplate(&o.Spec.Template, nil))
	case *core.Service:
		allocate(o)
		return validation.ValidateServiceCreate(o)
	case *core.ConfigMap:
		return validation.ValidateConfigMap(o)
	case *core.Secret:
		return validation.ValidateSecret(o)
	case *core.Namespace:
		return validation.ValidateNamespace(o)
	case *core.ServiceAccount:
		return validation.ValidateServiceAccount(o)
	case *core.PersistentVolumeClaim:
		return validation.ValidatePersistentVolumeClaim(o, validation.ValidationOptionsForPersistentVolumeClaimCreate())
	}
	panic(fmt.Sprintf("%T", object))
}

// allocate does what the registry does before it validates: it gives out addresses and ports.
func allocate(s *core.Service) {
	if s.Spec.ClusterIP != "" && len(s.Spec.ClusterIPs) == 0 {
		s.Spec.ClusterIPs = []string{s.Spec.ClusterIP}
	}
	if s.Spec.Type != core.ServiceTypeExternalName {
		if s.Spec.ClusterIP == "" && len(s.Spec.ClusterIPs) == 0 {
			s.Spec.ClusterIP, s.Spec.ClusterIPs = "10.0.0.1", []string{"10.0.0.1"}
		}
		if len(s.Spec.IPFamilies) == 0 {
			s.Spec.IPFamilies = []core.IPFamily{core.IPv4Protocol}
		}
		if s.Spec.IPFamilyPolicy == nil {
			policy := core.IPFamilyPolicySingleStack
			s.Spec.IPFamilyPolicy = &policy
		}
	}
	external := s.Spec.ExternalTrafficPolicy == core.ServiceExternalTrafficPolicyLocal
	if s.Spec.Type == core.ServiceTypeLoadBalancer && external && s.Spec.HealthCheckNodePort == 0 {
		s.Spec.HealthCheckNodePort = 30999
	}
}

func main() {
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true})
	decoder := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDecoder()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		object, err := runtime.Decode(decoder, lines.Bytes())
		switch {
		case err != nil:
			fmt.Println("unread")
		case len(errorsOf(object)) > 0:
			fmt.Println("refused")
		default:
			fmt.Println("taken")
		}
	}
}
