package fsgroup

import (
	"testing"

	"i2kit.dev/agent/internal/machinetest"
)

func TestMain(m *testing.M) { machinetest.Main(m) }
