// Package policies holds who may do what, as data.
package policies

import _ "embed"

// Model is casbin's model: role, relation, resource and action, allow only.
//
//go:embed model.conf
var Model string

// Policy is the list of everything that is allowed.
//
//go:embed policy.csv
var Policy string
