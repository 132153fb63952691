package people

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/text"
	"github.com/rung-hr/rung/internal/trust/access"
)

// ByEmail returns the id of the person with an e-mail address. Everybody may look
// up people that they can see.
//
// It returns an Invalid fault for an address with a character that nobody can
// see, and a NotFound fault otherwise.
func (s *Service) ByEmail(ctx context.Context, email string) (uuid.UUID, error) {
	if err := text.RefuseInvisible("email", strings.TrimSpace(email)); err != nil {
		return uuid.Nil, err
	}
	id, err := s.Store.Read().Person.Query().
		Where(person.Email(strings.ToLower(strings.TrimSpace(email))), s.Access.PersonScope(ctx, access.People, access.Read)).OnlyID(ctx)
	return id, store.Found(err)
}
