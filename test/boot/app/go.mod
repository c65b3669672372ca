module i2kit.dev/proof/app

go 1.26
