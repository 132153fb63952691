package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/file"
	"github.com/rung-hr/rung/ent/db/filechunk"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// chunkSize is how much of a file is in memory at a time.
const chunkSize = 512 << 10

// File is a file that somebody uploaded or that a job made.
type File struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	MediaType string    `json:"mediaType"`
	Size      int64     `json:"size" doc:"bytes"`
}

// Upload keeps a file of the actor for 24 hours, chunk by chunk as it arrives.
// The caller has checked the right to upload. It returns an Invalid fault with
// code too_large for more than limit bytes. After any error nothing is kept.
func (q *Queue) Upload(ctx context.Context, name, mediaType string, in io.Reader, limit int64) (File, error) {
	p, err := actor.Require(ctx)
	if err != nil {
		return File{}, err
	}
	w, err := q.create(ctx, name, mediaType, p.ID)
	if err != nil {
		return File{}, err
	}
	n, err := io.Copy(struct{ io.Writer }{w}, io.LimitReader(in, limit+1))
	if err == nil && n > limit {
		err = TooLarge(limit)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return File{}, errors.Join(err, q.Forget(context.WithoutCancel(ctx), w.id))
	}
	return File{ID: w.id, Name: w.name, MediaType: mediaType, Size: n}, nil
}

// TooLarge is the fault for a file above the limit, which it names.
func TooLarge(limit int64) error {
	return fault.Bad(fmt.Sprintf("The file is larger than %d MB, which is the limit. Split it into smaller files.", limit>>20)).WithCode("too_large")
}

// Open reads a file of the actor from its beginning. It returns a NotFound fault
// for another person's file and for one that has expired.
func (q *Queue) Open(ctx context.Context, id uuid.UUID) (File, io.ReadCloser, error) {
	p, err := actor.Require(ctx)
	if err != nil {
		return File{}, nil, err
	}
	row, err := q.store.Read().File.Query().Where(file.ID(id), file.PersonID(p.ID), file.ExpiresAtGT(q.clock.Now())).Only(ctx)
	if db.IsNotFound(err) {
		return File{}, nil, fault.Missing()
	}
	if err != nil {
		return File{}, nil, err
	}
	in, err := q.open(ctx, id)
	return fileOf(row), in, err
}

func fileOf(row *db.File) File {
	return File{ID: row.ID, Name: row.Name, MediaType: row.MediaType, Size: row.Size}
}

// Forget deletes a file at once.
func (q *Queue) Forget(ctx context.Context, id uuid.UUID) error {
	return q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := tx.FileChunk.Delete().Where(filechunk.FileID(id)).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.File.Delete().Where(file.ID(id)).Exec(ctx)
		return err
	})
}

// extend keeps a file of the person as long as a job that reads it.
func (q *Queue) extend(ctx context.Context, tx *db.Client, id, person uuid.UUID) error {
	now := q.clock.Now()
	n, err := tx.File.Update().Where(file.ID(id), file.PersonID(person), file.ExpiresAtGT(now)).SetExpiresAt(now.Add(Keep)).Save(ctx)
	if err == nil && n == 0 {
		return fault.Missing()
	}
	return err
}

// writer writes a file as chunks, each in its own transaction.
type writer struct {
	ctx    context.Context //nolint:containedctx // io.Writer and io.Reader take no context
	queue  *Queue
	id     uuid.UUID
	name   string
	buffer []byte
	place  int
	size   int64
	sum    hash.Hash
}

const maxName = 200

func (q *Queue) create(ctx context.Context, name, mediaType string, owner uuid.UUID) (*writer, error) {
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[len(runes)-maxName:]) // the extension says what it is
	}
	now := q.clock.Now()
	w := &writer{ctx: ctx, queue: q, name: name, buffer: make([]byte, 0, chunkSize), sum: sha256.New()}
	err := q.store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.File.Create().SetName(name).SetMediaType(mediaType).SetPersonID(owner).
			SetCreatedAt(now).SetExpiresAt(now.Add(Keep)).Save(ctx)
		if err == nil {
			w.id = row.ID
		}
		return err
	})
	return w, err
}

// Write implements io.Writer.
func (w *writer) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		n := min(len(p), chunkSize-len(w.buffer))
		w.buffer = append(w.buffer, p[:n]...)
		p, written = p[n:], written+n
		if len(w.buffer) == chunkSize {
			if err := w.flush(); err != nil {
				return written, err
			}
		}
	}
	return written, nil
}

func (w *writer) flush() error {
	if len(w.buffer) == 0 {
		return nil
	}
	err := w.queue.store.InTx(w.ctx, func(ctx context.Context, tx *db.Client) error {
		return tx.FileChunk.Create().SetFileID(w.id).SetPlace(w.place).SetContent(w.buffer).Exec(ctx)
	})
	w.sum.Write(w.buffer)
	w.size += int64(len(w.buffer))
	w.place++
	w.buffer = w.buffer[:0]
	return err
}

// Close implements io.Closer: it writes the rest, the size and the hash.
func (w *writer) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.queue.store.InTx(w.ctx, func(ctx context.Context, tx *db.Client) error {
		return tx.File.UpdateOneID(w.id).SetSize(w.size).SetHash(hex.EncodeToString(w.sum.Sum(nil))).Exec(ctx)
	})
}

// reader returns a file chunk by chunk.
type reader struct {
	ctx   context.Context //nolint:containedctx // io.Reader takes no context
	queue *Queue
	id    uuid.UUID
	place int
	rest  []byte
	size  int64 // still to be read
}

func (q *Queue) open(ctx context.Context, id uuid.UUID) (io.ReadCloser, error) {
	row, err := q.store.Read().File.Get(ctx, id)
	if db.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "The file was kept for 24 hours and has been deleted. Upload it again.")
	}
	if err != nil {
		return nil, err
	}
	return &reader{ctx: ctx, queue: q, id: id, size: row.Size}, nil
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if r.size == 0 {
		return 0, io.EOF
	}
	if len(r.rest) == 0 {
		row, err := r.queue.store.Read().FileChunk.Query().Where(filechunk.FileID(r.id), filechunk.Place(r.place)).Only(r.ctx)
		if db.IsNotFound(err) {
			return 0, io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, err
		}
		r.rest, r.place = row.Content, r.place+1
	}
	n := copy(p, r.rest)
	r.rest, r.size = r.rest[n:], r.size-int64(n)
	return n, nil
}

// Close implements io.Closer.
func (r *reader) Close() error { return nil }
