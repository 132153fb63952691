package promotion

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ballot"
	"github.com/rung-hr/rung/ent/db/packet"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/db/sealedballot"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Filter narrows a list of cases.
type Filter struct {
	Scope  string // mine, managed or all; "" for all that the actor may see
	State  string
	Cursor string
	Limit  int
}

// List returns the cases that the actor may see, at most 200 at a time: those
// that wait for the actor first within a page, then newest first, with the
// cursor of the next page. Everybody may call it.
//
// It returns an Invalid fault for a state or a cursor that does not exist.
func (s *Service) List(ctx context.Context, f Filter) ([]Row, string, error) {
	reader := actor.Of(ctx)
	q := s.Store.Read().PromotionCase.Query().
		Where(s.Access.CaseScope(ctx, access.Cases, access.Read)).
		WithPerson(func(q *db.PersonQuery) { q.WithManager() }).
		Order(db.Desc(promotioncase.FieldOpenedAt), db.Desc(promotioncase.FieldID))
	if err := narrow(q, f, reader.ID); err != nil {
		return nil, "", err
	}
	limit := store.Limit(f.Limit)
	rows, err := q.Limit(limit + 1).All(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, limit, func(r *db.PromotionCase) store.Cursor {
		return store.Cursor{Key: r.OpenedAt.Format(time.RFC3339Nano), ID: r.ID}
	})
	list, err := s.rows(ctx, reader.ID, rows)
	return list, next, err
}

// OpenOf returns the open case of a person, and false when there is none that
// the actor may see. Everybody may call it. It returns no fault of its own.
func (s *Service) OpenOf(ctx context.Context, person uuid.UUID) (Row, bool, error) {
	reader := actor.Of(ctx)
	rows, err := s.Store.Read().PromotionCase.Query().
		Where(promotioncase.PersonID(person), promotioncase.StateNotIn(closed...), s.Access.CaseScope(ctx, access.Cases, access.Read)).
		WithPerson(func(q *db.PersonQuery) { q.WithManager() }).
		Order(db.Desc(promotioncase.FieldOpenedAt)).Limit(1).All(ctx)
	if err != nil || len(rows) == 0 {
		return Row{}, false, err
	}
	list, err := s.rows(ctx, reader.ID, rows)
	if err != nil {
		return Row{}, false, err
	}
	return list[0], true, nil
}

func narrow(q *db.PromotionCaseQuery, f Filter, reader uuid.UUID) error {
	switch f.Scope {
	case "mine":
		q.Where(promotioncase.PersonID(reader))
	case "managed":
		q.Where(promotioncase.HasPersonWith(person.ManagerID(reader)))
	}
	if f.State != "" {
		state := promotioncase.State(f.State)
		if err := promotioncase.StateValidator(state); err != nil {
			return fault.Bad("There is no such state.", fault.Detail{Field: "state", Message: f.State, Fix: "Use a state of the case."})
		}
		q.Where(promotioncase.StateEQ(state))
		if slices.Contains(hiddenFromCandidate, state) {
			q.Where(promotioncase.PersonIDNEQ(reader)) // otherwise the filter would reveal it to the candidate
		}
	}
	cursor, err := store.ParseCursor(f.Cursor)
	if err != nil || cursor.ID == uuid.Nil {
		return err
	}
	at, err := time.Parse(time.RFC3339Nano, cursor.Key)
	if err != nil {
		return store.UnknownCursor()
	}
	q.Where(promotioncase.Or(promotioncase.OpenedAtLT(at), promotioncase.And(promotioncase.OpenedAt(at), promotioncase.IDLT(cursor.ID))))
	return nil
}

func (s *Service) rows(ctx context.Context, reader uuid.UUID, rows []*db.PromotionCase) ([]Row, error) {
	seats, err := s.seatsOf(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Row, 0, len(rows))
	for _, r := range rows {
		l, err := s.headOf(ctx, r, seats[r.ID])
		if err != nil {
			return nil, err
		}
		out = append(out, Row{
			ID: r.ID, Person: process.RefOf(r.Edges.Person), FromLevel: r.FromLevel, ToLevel: r.ToLevel, Kind: string(r.Kind),
			OpenedAt: r.OpenedAt, Bar: s.bar(reader, l),
		})
	}
	sortedByTurn(out)
	return out, nil
}

func (s *Service) headOf(ctx context.Context, r *db.PromotionCase, seats []*db.PanelSeat) (loaded, error) {
	published, err := s.rubrics.Version(ctx, r.LadderVersionID)
	return loaded{row: r, seats: seats, published: published, doc: published.Rubric}, err
}

func (s *Service) seatsOf(ctx context.Context, rows []*db.PromotionCase) (map[uuid.UUID][]*db.PanelSeat, error) {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	seats, err := s.Store.Read().PanelSeat.Query().Where(panelseat.CaseIDIn(ids...)).WithPerson().All(ctx)
	out := map[uuid.UUID][]*db.PanelSeat{}
	for _, seat := range seats {
		out[seat.CaseID] = append(out[seat.CaseID], seat)
	}
	return out, err
}

// booths turns the reader's seats into cases to read, in a fixed number of
// queries.
func (s *Service) booths(ctx context.Context, reader uuid.UUID, seats []*db.PanelSeat) ([]Booth, error) {
	mine := map[uuid.UUID]*db.PanelSeat{}
	var ids, seatIDs []uuid.UUID
	for _, seat := range seats {
		mine[seat.CaseID] = seat
		ids, seatIDs = append(ids, seat.CaseID), append(seatIDs, seat.ID)
	}
	rows, err := s.Store.Read().PromotionCase.Query().
		Where(promotioncase.IDIn(ids...), promotioncase.StateIn(BlindVote, Voted), s.Access.CaseScope(ctx, access.Ballots, access.Read)).
		WithPerson(func(q *db.PersonQuery) { q.WithManager() }).
		Order(db.Asc(promotioncase.FieldVoteClosesAt), db.Asc(promotioncase.FieldID)).
		All(ctx)
	if err != nil {
		return nil, err
	}
	progress, err := s.progress(ctx, seatIDs)
	if err != nil {
		return nil, err
	}
	minutes, err := s.minutes(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := []Booth{}
	for _, r := range rows {
		seat := mine[r.ID]
		l, err := s.headOf(ctx, r, []*db.PanelSeat{seat})
		if err != nil {
			return nil, err
		}
		state := progress[seat.ID]
		if state == "" && seat.OpenedAt != nil {
			state = "read"
		} else if state == "" {
			state = "unread"
		}
		out = append(out, Booth{
			CaseID: r.ID, Person: process.RefOf(r.Edges.Person), FromLevel: r.FromLevel, ToLevel: r.ToLevel,
			ReadingMinutes: minutes[r.ID], ClosesAt: r.VoteClosesAt, Mine: state, Bar: s.bar(reader, l),
		})
	}
	return out, nil
}

func (s *Service) progress(ctx context.Context, seats []uuid.UUID) (map[uuid.UUID]string, error) {
	out := map[uuid.UUID]string{}
	drafts, err := s.Store.Read().Ballot.Query().Where(ballot.SeatIDIn(seats...)).Select(ballot.FieldSeatID).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		out[d.SeatID] = "draft"
	}
	seals, err := s.Store.Read().SealedBallot.Query().Where(sealedballot.SeatIDIn(seats...)).Select(sealedballot.FieldSeatID).All(ctx)
	for _, b := range seals {
		out[b.SeatID] = "sealed"
	}
	return out, err
}

// minutes are the reading times of frozen packets, computed from their length:
// about 1,900 characters of JSON take one minute.
func (s *Service) minutes(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]int, error) {
	const charactersPerMinute = 1900
	rows, err := s.Store.Read().Packet.Query().Where(packet.CaseIDIn(ids...)).All(ctx)
	out := map[uuid.UUID]int{}
	for _, r := range rows {
		out[r.CaseID] = max(1, len(r.Content)/charactersPerMinute)
	}
	return out, err
}
