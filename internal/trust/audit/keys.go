package audit

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/rung-hr/rung/internal/platform/clock"
)

// Keys sign the seals of a trail and say whose signatures count. They are kept
// outside the database, with the newest checkpoint: whoever can change the
// database can neither sign nor cut off the end unseen.
type Keys struct {
	Public string // verifies what is signed now
	signer note.Signer
	known  note.Verifiers
	head   string // the file with the newest checkpoint
}

const (
	keyName = "rung"
	keySize = ed25519.SeedSize
)

// KeyPlace is where the keys of a trail are.
type KeyPlace struct {
	Dir     string   // the folder with the key and the newest checkpoint
	Private string   // a key in place of the one in the folder; "" for that one
	Known   []string // public keys whose signatures count as well, such as the one before
}

// Make makes the folder, and a key if the place has none. Only the program that
// serves calls it, so that no tool of another user makes a key that the program
// cannot read.
func (p KeyPlace) Make() error {
	if p.Dir == "" {
		return errors.New("RUNG_AUDIT_DIR: name a folder for the key of the audit trail, outside the database")
	}
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return fmt.Errorf("RUNG_AUDIT_DIR: %w", err)
	}
	if p.Private != "" {
		return nil
	}
	if _, err := os.Stat(p.key()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	private, public, err := NewKey(keyName)
	if err != nil {
		return err
	}
	return errors.Join(replace(p.key()+".pub", public+"\n"), replace(p.key(), private+"\n"))
}

// Open reads the keys. It errors for keys that cannot be read, and when the place
// has none.
func (p KeyPlace) Open() (Keys, error) {
	private := p.Private
	if private == "" {
		text, err := os.ReadFile(p.key())
		if err != nil {
			return Keys{}, fmt.Errorf("RUNG_AUDIT_DIR has no key of the audit trail; rung serve makes it at its first start: %w", err)
		}
		private = strings.TrimSpace(string(text))
	}
	k, err := keysOf(private, p.Known)
	k.head = filepath.Join(p.Dir, "head")
	return k, err
}

func (p KeyPlace) key() string { return filepath.Join(p.Dir, "key") }

func keysOf(private string, others []string) (Keys, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return Keys{}, errors.New("audit: RUNG_AUDIT_KEY is not a key that rung audit keygen made") // the cause could print it
	}
	public, err := publicOf(private)
	if err != nil {
		return Keys{}, err
	}
	k := Keys{Public: public, signer: signer}
	k.known, err = verifiers(append([]string{public}, others...))
	return k, err
}

// publicOf derives the public key: the private one ends with the algorithm and
// the seed of an Ed25519 key, in base64.
func publicOf(private string) (string, error) {
	fields := strings.SplitN(private, "+", 5)
	last, err := base64.StdEncoding.DecodeString(fields[len(fields)-1])
	if err != nil || len(fields) != 5 || len(last) != keySize+1 {
		return "", errors.New("audit: the private key has no Ed25519 seed")
	}
	key := ed25519.NewKeyFromSeed(last[1:])
	return note.NewEd25519VerifierKey(fields[2], ed25519.PublicKey(key[ed25519.SeedSize:]))
}

func verifiers(public []string) (note.Verifiers, error) {
	list := make([]note.Verifier, 0, len(public))
	for _, key := range public {
		v, err := note.NewVerifier(strings.TrimSpace(key))
		if err != nil {
			return nil, fmt.Errorf("audit: the public key cannot be read: %w", err)
		}
		list = append(list, v)
	}
	return note.VerifierList(list...), nil
}

// NewKey makes a key for signing checkpoints and the key that verifies them.
func NewKey(name string) (private, public string, err error) {
	return note.GenerateKey(bytes.NewReader(clock.Random(2*ed25519.SeedSize)), name)
}

// keep writes the newest checkpoint beside the key.
func (k Keys) keep(checkpoint string) error { return replace(k.head, checkpoint) }

// replace writes a file so that whoever reads it finds the old content or the new.
func replace(path, content string) error {
	fresh, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-")
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	_, err = fresh.WriteString(content)
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return errors.Join(fmt.Errorf("audit: %w", err), os.Remove(fresh.Name()))
	}
	return os.Rename(fresh.Name(), path)
}

// kept reads the checkpoint beside the key; nil when there is none.
func (k Keys) kept() (*Checkpoint, error) {
	text, err := os.ReadFile(k.head)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := parse(string(text), k.known)
	return &c, err
}
