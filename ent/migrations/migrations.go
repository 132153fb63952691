// Package migrations holds the SQL that brings a database from any release to
// the newest: forward only, the same names for both databases.
package migrations

import "embed"

// Files has the folders sqlite and postgres, in goose's format.
//
//go:embed sqlite/*.sql postgres/*.sql
var Files embed.FS
