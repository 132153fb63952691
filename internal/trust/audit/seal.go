package audit

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
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
// were written, and signs each batch. Anyone who keeps a checkpoint can prove
// later that nothing before it was changed, removed or reordered.
type Sealer struct {
	store Database
	trail *Trail
	place KeyPlace

	reading sync.Mutex
	read    *Keys // nil until they are needed: most tools need none
}

// NewSealer returns a sealer that signs with the keys of a place.
func NewSealer(s Database, t *Trail, p KeyPlace) *Sealer {
	return &Sealer{store: s, trail: t, place: p}
}

// keys reads the keys once. A failure is not kept: the first start may come later.
func (s *Sealer) keys() (Keys, error) {
	s.reading.Lock()
	defer s.reading.Unlock()
	if s.read == nil {
		k, err := s.place.Open()
		if err != nil {
			return Keys{}, err
		}
		s.read = &k
	}
	return *s.read, nil
}

// Start makes a key if there is none and returns its public half. The program
// calls it before it serves.
func (s *Sealer) Start() (public string, err error) {
	if err := s.place.Make(); err != nil {
		return "", err
	}
	return s.PublicKey()
}

// PublicKey is the key that verifies what the sealer signs.
func (s *Sealer) PublicKey() (string, error) {
	k, err := s.keys()
	return k.Public, err
}

// Seal seals all events that have no place yet. Anybody may cause it, at any time
// and on several machines: when two run at once, one loses and tries again. It
// returns a Conflict fault when it has lost too often, and one with code
// trail_cut_off when the trail is shorter than the newest checkpoint beside the
// key: a new seal would hide that.
func (s *Sealer) Seal(ctx context.Context) error {
	keys, err := s.keys()
	if err != nil {
		return err
	}
	if err := s.refuseCutOff(ctx, keys); err != nil {
		return err
	}
	for tries := 0; ; {
		n, head := 0, ""
		err := s.store.InTx(ctx, func(ctx context.Context, tx *db.Client) (err error) {
			n, head, err = s.sealSome(ctx, tx, keys)
			return err
		})
		if err == nil && head != "" {
			err = keys.keep(head)
		}
		switch {
		case fault.KindOf(err) == fault.Conflict && tries < sealTries:
			tries++ // somebody else sealed these events at the same time
		case err != nil || n < sealBatch:
			return err
		}
	}
}

// CodeCutOff is the code of the fault for a trail that lost its end.
const CodeCutOff = "trail_cut_off"

func (s *Sealer) refuseCutOff(ctx context.Context, keys Keys) error {
	head, err := keys.kept()
	if err != nil || head == nil {
		return err
	}
	last, err := lastSeal(ctx, s.store.Read())
	if err == nil && last.Size < head.Size {
		err = fault.Clash("The audit trail has %d sealed events and had %d: its end was cut off, or an older copy of the database was restored.", last.Size, head.Size).WithCode(CodeCutOff)
	}
	return err
}

// sealSome seals a batch and returns how many events it has, and the checkpoint.
// The first seal of a trail can be empty, so that a trail always has one.
func (s *Sealer) sealSome(ctx context.Context, tx *db.Client, keys Keys) (n int, head string, err error) {
	last, err := lastSeal(ctx, tx)
	if err != nil {
		return 0, "", err
	}
	events, err := tx.AuditEvent.Query().
		Where(unsealed(last.SealedAt)).
		Order(db.Asc(auditevent.FieldAt), db.Asc(auditevent.FieldID)).Limit(sealBatch).All(ctx)
	if err != nil || len(events) == 0 && last.Checkpoint != "" {
		return 0, "", err
	}
	grown, err := tree.NewRange(0, uint64(last.Size), last.Frontier)
	if err != nil {
		return 0, "", fmt.Errorf("audit: the last seal is damaged: %w", err)
	}
	leaves := make([]*db.AuditLeafCreate, len(events))
	for i, e := range events {
		hash, err := lineOf(e).hash()
		if err != nil {
			return 0, "", err
		}
		if err := grown.Append(hash, nil); err != nil {
			return 0, "", err
		}
		leaves[i] = tx.AuditLeaf.Create().SetPlace(last.Size + int64(i)).SetEventID(e.ID).SetHash(hash)
	}
	if err := tx.AuditLeaf.CreateBulk(leaves...).Exec(ctx); err != nil {
		return 0, "", err
	}
	head, err = s.writeSeal(ctx, tx, grown, keys)
	return len(events), head, err
}

func (s *Sealer) writeSeal(ctx context.Context, tx *db.Client, grown *compact.Range, keys Keys) (string, error) {
	root, err := rootOf(grown)
	if err != nil {
		return "", err
	}
	size := int64(grown.End())
	checkpoint, err := keys.checkpoint(size, root)
	if err != nil {
		return "", err
	}
	return checkpoint, tx.AuditSeal.Create().
		SetSize(size).SetRoot(root).SetFrontier(grown.Hashes()).SetCheckpoint(checkpoint).SetSealedAt(s.trail.clock.Now()).Exec(ctx)
}

// checkpoint returns the signed note that the transparency log community uses: a
// name, the size and the root.
func (k Keys) checkpoint(size int64, root []byte) (string, error) {
	text := origin + "\n" + strconv.FormatInt(size, 10) + "\n" + base64.StdEncoding.EncodeToString(root) + "\n"
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	return string(signed), err
}

// rootOf is the root of a tree, also of one without leaves.
func rootOf(grown *compact.Range) ([]byte, error) {
	if grown.End() == 0 {
		return rfc6962.DefaultHasher.EmptyRoot(), nil
	}
	return grown.GetRootHash(nil)
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

// Checkpoint is a size of the trail and its root, as somebody kept them.
type Checkpoint struct {
	Size int64
	Root []byte
}

// ParseCheckpoint reads a checkpoint that one of the public keys verifies.
func ParseCheckpoint(text string, public ...string) (Checkpoint, error) {
	known, err := verifiers(public)
	if err != nil {
		return Checkpoint{}, err
	}
	return parse(text, known)
}

// Checkpoint reads a checkpoint that was kept elsewhere, signed by a key that the
// sealer knows.
func (s *Sealer) Checkpoint(text string) (Checkpoint, error) {
	keys, err := s.keys()
	if err != nil {
		return Checkpoint{}, err
	}
	return parse(text, keys.known)
}

func parse(text string, known note.Verifiers) (Checkpoint, error) {
	opened, err := note.Open([]byte(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))+"\n"), known)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("audit: the checkpoint is not signed by a known key: %w", err)
	}
	lines := strings.Split(strings.TrimRight(opened.Text, "\n"), "\n")
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
