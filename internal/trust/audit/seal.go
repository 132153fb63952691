package audit

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/auditleaf"
	"github.com/rung-hr/rung/ent/db/auditseal"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Database is what sealing needs of the store.
type Database interface {
	Read() *db.Client
	InTx(ctx context.Context, f func(ctx context.Context, tx *db.Client) error) error
}

const (
	sealBatch = 2000
	sealTries = 10 // when others seal at the same time
	// lateBy is how much later than its time an event may be committed: the
	// longest import, with room to spare.
	lateBy = 2 * time.Hour
	origin = "rung audit trail"
)

var tree = compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}

// Sealer gives events their place in a Merkle tree, batch by batch, after they
// were written. Anyone who keeps a checkpoint can prove later that nothing before
// it was changed, removed or reordered.
type Sealer struct {
	store  Database
	trail  *Trail
	signer note.Signer // nil for unsigned checkpoints
}

// NewSealer returns a sealer. The key was made by NewKey, or is "".
func NewSealer(s Database, t *Trail, key string) (*Sealer, error) {
	sealer := &Sealer{store: s, trail: t}
	if key == "" {
		return sealer, nil
	}
	signer, err := note.NewSigner(key)
	if err != nil {
		return nil, errors.New("audit: RUNG_AUDIT_KEY is not a key that rung audit keygen made") // the cause could print it
	}
	sealer.signer = signer
	return sealer, nil
}

// Seal seals all events that have no place yet. Anybody may cause it, at any time
// and on several machines: when two run at once, one loses and tries again. It
// returns a Conflict fault when it has lost too often.
func (s *Sealer) Seal(ctx context.Context) error {
	for tries := 0; ; {
		n := 0
		err := s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
			n, err = s.sealSome(ctx, tx)
			return err
		})
		switch {
		case fault.KindOf(err) == fault.Conflict && tries < sealTries:
			tries++ // somebody else sealed these events at the same time
		case err != nil || n < sealBatch:
			return err
		}
	}
}

func (s *Sealer) sealSome(ctx context.Context, tx *db.Client) (int, error) {
	last, err := lastSeal(ctx, tx)
	if err != nil {
		return 0, err
	}
	events, err := tx.AuditEvent.Query().
		Where(unsealed(last.SealedAt)).
		Order(db.Asc(auditevent.FieldAt), db.Asc(auditevent.FieldID)).Limit(sealBatch).All(ctx)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	grown, err := tree.NewRange(0, uint64(last.Size), last.Frontier)
	if err != nil {
		return 0, fmt.Errorf("audit: the last seal is damaged: %w", err)
	}
	leaves := make([]*db.AuditLeafCreate, len(events))
	for i, e := range events {
		hash, err := lineOf(e).hash()
		if err != nil {
			return 0, err
		}
		if err := grown.Append(hash, nil); err != nil {
			return 0, err
		}
		leaves[i] = tx.AuditLeaf.Create().SetPlace(last.Size + int64(i)).SetEventID(e.ID).SetHash(hash)
	}
	if err := tx.AuditLeaf.CreateBulk(leaves...).Exec(ctx); err != nil {
		return 0, err
	}
	return len(events), s.writeSeal(ctx, tx, grown)
}

func (s *Sealer) writeSeal(ctx context.Context, tx *db.Client, grown *compact.Range) error {
	root, err := grown.GetRootHash(nil)
	if err != nil {
		return err
	}
	size := int64(grown.End())
	checkpoint, err := s.checkpoint(size, root)
	if err != nil {
		return err
	}
	return tx.AuditSeal.Create().
		SetSize(size).SetRoot(root).SetFrontier(grown.Hashes()).SetCheckpoint(checkpoint).SetSealedAt(s.trail.clock.Now()).Exec(ctx)
}

// checkpoint returns the signed note that the transparency log community uses: a
// name, the size and the root.
func (s *Sealer) checkpoint(size int64, root []byte) (string, error) {
	text := origin + "\n" + strconv.FormatInt(size, 10) + "\n" + base64.StdEncoding.EncodeToString(root) + "\n"
	if s.signer == nil {
		return text, nil
	}
	signed, err := note.Sign(&note.Note{Text: text}, s.signer)
	return string(signed), err
}

// lastSeal is the newest seal; one of size 0 when there is none.
func lastSeal(ctx context.Context, client *db.Client) (*db.AuditSeal, error) {
	last, err := client.AuditSeal.Query().Order(db.Desc(auditseal.FieldSize)).First(ctx)
	if db.IsNotFound(err) {
		return &db.AuditSeal{Root: rfc6962.DefaultHasher.EmptyRoot()}, nil
	}
	return last, err
}

// unsealed matches events without a place. It looks only at events near the last
// seal; Verify finds older ones, which cannot have been written honestly.
func unsealed(sealedAt time.Time) func(*sql.Selector) {
	return func(q *sql.Selector) {
		leaf := sql.Table(auditleaf.Table)
		q.Where(sql.And(
			sql.GT(q.C(auditevent.FieldAt), sealedAt.Add(-lateBy)),
			sql.NotExists(sql.Select(leaf.C(auditleaf.FieldID)).From(leaf).Where(sql.ColumnsEQ(leaf.C(auditleaf.FieldEventID), q.C(auditevent.FieldID)))),
		))
	}
}

// NewKey makes a key for signing checkpoints and the key that verifies them.
func NewKey(name string, random io.Reader) (private, public string, err error) {
	return note.GenerateKey(random, name)
}

// Checkpoint is a size of the trail and its root, as somebody kept them.
type Checkpoint struct {
	Size int64
	Root []byte
}

// ParseCheckpoint reads a checkpoint. With a public key the signature must be
// valid; without one it is not checked.
func ParseCheckpoint(text, public string) (Checkpoint, error) {
	body, _, _ := strings.Cut(text, "\n\n")
	if public != "" {
		verifier, err := note.NewVerifier(public)
		if err != nil {
			return Checkpoint{}, fmt.Errorf("audit: the public key cannot be read: %w", err)
		}
		opened, err := note.Open([]byte(text), note.VerifierList(verifier))
		if err != nil {
			return Checkpoint{}, fmt.Errorf("audit: the signature of the checkpoint is not valid: %w", err)
		}
		body = opened.Text
	}
	lines := strings.Split(strings.TrimRight(body, "\n"), "\n")
	if len(lines) != 3 || lines[0] != origin {
		return Checkpoint{}, errors.New("audit: this is not a checkpoint: want three lines, the first is \"" + origin + "\"")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, errors.New("audit: line 2 of the checkpoint is not a size")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != rfc6962.DefaultHasher.Size() {
		return Checkpoint{}, errors.New("audit: line 3 of the checkpoint is not a root")
	}
	return Checkpoint{Size: size, Root: root}, nil
}

func (c Checkpoint) same(root []byte) bool { return bytes.Equal(c.Root, root) }
