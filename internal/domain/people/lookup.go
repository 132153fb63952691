package people

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
)

// ByEmail returns the id of the person with an e-mail address. Everybody may look
// up people that they can see.
//
// It returns a NotFound fault otherwise.
func (s *Service) ByEmail(ctx context.Context, email string) (uuid.UUID, error) {
	id, err := s.Store.Read().Person.Query().
		Where(person.Email(strings.ToLower(strings.TrimSpace(email))), s.Access.PersonScope(ctx, access.People, access.Read)).OnlyID(ctx)
	return id, store.Found(err)
}
