// Package usecase holds what every use case needs.
package usecase

import (
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Base is what a service embeds: it checks a right with Access, works in one
// transaction of Store, records what it did in Trail, and takes the time from
// Clock.
type Base struct {
	Store  *store.Store
	Access *access.Service
	Trail  *audit.Trail
	Clock  clock.Clock
}
