package record

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	"github.com/rung-hr/rung/ent/db/casewaiver"
	"github.com/rung-hr/rung/ent/db/designation"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/db/rolegrant"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// ExportKind is the kind of the job that copies a record.
const ExportKind = "record.export"

// Export starts a job that copies everything that is kept about the actor and
// that they may read. Everybody may ask for their own copy; it is kept for a day.
// It returns a SignedOut fault without an actor and a NotFound fault while
// viewing as somebody else.
func (s *Service) Export(ctx context.Context) (jobs.View, error) {
	me, err := s.me(ctx, access.Export)
	if err != nil {
		return jobs.View{}, err
	}
	var job jobs.View
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
		if job, err = s.Queue.Enqueue(ctx, tx, jobs.Request{Kind: ExportKind, Input: struct{}{}}); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.RecordExported, Resource: "record", ID: me.ID, Owner: me.ID})
	})
	return job, err
}

// Copied is the report of an export.
type Copied struct {
	Parts int `json:"parts" doc:"pieces of the record in the copy"`
}

// part is one chapter of a copy.
type part struct {
	Title string `json:"title"`
	Items []any  `json:"items"`
}

// gather is the source of one chapter.
type gather struct {
	title string
	from  func(ctx context.Context, me uuid.UUID) ([]any, error)
}

func (s *Service) chapters() []gather {
	return []gather{
		{"Who you are, and your history", s.profile},
		{"Designations", s.designations},
		{"Technologies that you work with", s.Sources.Technologies},
		{"Evidence", own(s.Sources.Evidence)},
		{"Assessments", s.assessments},
		{"Promotion cases", s.cases},
		{"Rules that were waived for you", s.waivers},
		{"Pay", own(s.Sources.Pay)},
		{"Roles given in Rung", s.grants},
		{"Corrections you asked for", s.corrections},
		{"Who opened your record", s.readers},
	}
}

// own is a source that reads only for the actor.
func own(from func(context.Context) ([]any, error)) func(context.Context, uuid.UUID) ([]any, error) {
	return func(ctx context.Context, _ uuid.UUID) ([]any, error) { return from(ctx) }
}

func (s *Service) export(ctx context.Context, w *jobs.Work) (any, error) {
	chapters := s.chapters()
	parts := make([]part, 0, len(chapters))
	for i, c := range chapters {
		w.Progress("Collecting: "+c.title, i, len(chapters))
		items, err := c.from(ctx, w.Owner())
		if err != nil {
			return nil, err
		}
		if items == nil {
			items = []any{}
		}
		parts = append(parts, part{c.title, items})
	}
	w.Progress("Writing the file", len(chapters), len(chapters))
	clean, err := withoutOthers(parts, w.Owner())
	if err != nil {
		return nil, err
	}
	out, err := w.Result(ctx, "my-record.zip", "application/zip")
	if err != nil {
		return nil, err
	}
	if err := writeCopy(out, clean); err != nil {
		return nil, err
	}
	return Copied{Parts: len(parts)}, out.Close()
}

// writeCopy packs the record in a form for programs and a form for people.
func writeCopy(out io.Writer, record any) error {
	archive := zip.NewWriter(out)
	data, err := archive.Create("record.json")
	if err != nil {
		return err
	}
	text := json.NewEncoder(data)
	text.SetIndent("", "  ")
	if err := text.Encode(record); err != nil {
		return err
	}
	page, err := archive.Create("record.html")
	if err != nil {
		return err
	}
	if err := writePage(page, record); err != nil {
		return err
	}
	return archive.Close()
}

func (s *Service) profile(ctx context.Context, me uuid.UUID) ([]any, error) {
	p, err := s.Sources.Profile(ctx, me)
	return []any{p}, err
}

func (s *Service) designations(ctx context.Context, me uuid.UUID) ([]any, error) {
	rows, err := s.Store.Read().Designation.Query().Where(designation.PersonID(me)).Order(db.Desc(designation.FieldValidFrom)).All(ctx)
	var out []any
	for _, r := range rows {
		out = append(out, map[string]any{"title": r.Title, "of": r.Of, "validFrom": r.ValidFrom, "validTo": r.ValidTo})
	}
	return out, err
}

const page = 200

func (s *Service) assessments(ctx context.Context, me uuid.UUID) ([]any, error) {
	ids, err := s.Store.Read().Assessment.Query().
		Where(entassessment.SubjectID(me), s.Access.AssessmentScope(ctx, access.Read)).
		Order(db.Asc(entassessment.FieldCreatedAt), db.Asc(entassessment.FieldID)).IDs(ctx)
	var out []any
	for _, id := range ids {
		view, err := s.Sources.Assessment(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, err
}

func (s *Service) cases(ctx context.Context, me uuid.UUID) ([]any, error) {
	ids, err := s.Store.Read().PromotionCase.Query().
		Where(promotioncase.PersonID(me), s.Access.CaseScope(ctx, access.Cases, access.Read)).
		Order(db.Asc(promotioncase.FieldOpenedAt), db.Asc(promotioncase.FieldID)).IDs(ctx)
	var out []any
	for _, id := range ids {
		view, err := s.Sources.Case(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, err
}

func (s *Service) waivers(ctx context.Context, me uuid.UUID) ([]any, error) {
	rows, err := s.Store.Read().CaseWaiver.Query().Where(casewaiver.PersonID(me)).Order(db.Asc(casewaiver.FieldWaivedAt)).All(ctx)
	var out []any
	for _, r := range rows {
		out = append(out, map[string]any{"rule": r.Rule, "reason": r.Reason, "waivedAt": r.WaivedAt, "endedAt": r.EndedAt, "caseId": r.CaseID})
	}
	return out, err
}

func (s *Service) grants(ctx context.Context, me uuid.UUID) ([]any, error) {
	rows, err := s.Store.Read().RoleGrant.Query().Where(rolegrant.PersonID(me)).Order(db.Asc(rolegrant.FieldAskedAt)).All(ctx)
	var out []any
	for _, r := range rows {
		out = append(out, map[string]any{"role": r.Role, "state": r.State, "reason": r.Reason, "askedAt": r.AskedAt, "validTo": r.ValidTo})
	}
	return out, err
}

func (s *Service) corrections(ctx context.Context, _ uuid.UUID) ([]any, error) {
	list, err := s.Mine(ctx)
	var out []any
	for _, c := range list {
		out = append(out, c)
	}
	return out, err
}

// readers tells what was opened and when; only the screen shows who it was.
func (s *Service) readers(ctx context.Context, me uuid.UUID) ([]any, error) {
	var out []any
	for last := uuid.Nil; ; {
		rows, err := s.Trail.Readers(ctx, s.Store.Read(), me, last, page)
		if err != nil || len(rows) == 0 {
			return out, err
		}
		for _, r := range rows {
			out = append(out, map[string]any{"what": r.Action.ToOwner(), "at": r.At})
		}
		last = rows[len(rows)-1].ID
	}
}
