package promotion_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func TestANewManagersStatementLeavesTheOldOneAsItWas(t *testing.T) {
	eachRoom(t, func(r room) {
		row, err := r.App.Store.Read().PromotionCase.Query().Where(promotioncase.StateEQ(promotion.ManagerReview)).WithPerson().First(apptest.System)
		require.NoError(r.T, err)
		old := r.personCtx(*row.Edges.Person.ManagerID)
		was, err := r.cases().Get(old, row.ID)
		require.NoError(r.T, err)
		first, err := r.cases().State(old, row.ID, was.Statement.Version, promotion.Stating{Text: "They led the move of the ledger."})
		require.NoError(r.T, err)

		require.NoError(r.T, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
			if err := tx.Person.UpdateOneID(row.PersonID).SetManagerID(r.ID(r.T, "director")).Exec(ctx); err != nil {
				return err
			}
			return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person"})
		}))
		director := r.personCtx(r.ID(r.T, "director"))
		mine, err := r.cases().State(director, row.ID, first.Version, promotion.Stating{Text: "I read the packet and agree."})
		require.NoError(r.T, err)
		require.Equal(r.T, "I read the packet and agree.", mine.Text)
		require.Equal(r.T, r.ID(r.T, "director"), mine.Author.ID)
		require.Len(r.T, mine.Earlier, 1)
		require.Equal(r.T, "They led the move of the ledger.", mine.Earlier[0].Text)
		require.Equal(r.T, *row.Edges.Person.ManagerID, mine.Earlier[0].Author.ID)

		again, err := r.cases().State(director, row.ID, mine.Version, promotion.Stating{Text: "I agree."})
		require.NoError(r.T, err)
		require.Len(r.T, again.Earlier, 1, "the words of one author are one statement")
	})
}
