package ladder

import _ "embed" // the shipped ladder

//go:embed shipped/backend-engineering.yaml
var shippedFile []byte

// ShippedFile is the YAML of the ladder that comes with the program, to start from or to export.
func ShippedFile() (name string, content []byte) { return "backend-engineering.yaml", shippedFile }

// Shipped is the ladder that comes with the program. It errors only when the embedded file is broken, which a test rules out.
func Shipped() (Source, error) { return Parse(ShippedFile()) }
