package ladder

import _ "embed" // the shipped ladders

//go:embed shipped/backend-engineering.yaml
var shippedFile []byte

//go:embed shipped/backend-on-call.yaml
var shippedTeamFile []byte

// ShippedFile is the YAML of the ladder that comes with the program, to start from or to export.
func ShippedFile() (name string, content []byte) { return "backend-engineering.yaml", shippedFile }

// ShippedTeamFile is a layer over the shipped ladder, for teams that carry on-call.
func ShippedTeamFile() (name string, content []byte) { return "backend-on-call.yaml", shippedTeamFile }
