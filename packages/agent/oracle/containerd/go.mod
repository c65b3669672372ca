module containerd

go 1.26.0
