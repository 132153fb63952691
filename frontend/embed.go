// Package frontend carries the built single-page app inside the binary.
package frontend

import "embed"

// Dist holds what the Vite build wrote under dist. Before the first build it
// holds placeholder.html alone, so that Go builds without Node.
//
//go:embed all:dist
var Dist embed.FS
