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

// OpenKeys returns the keys of a directory, and makes the directory and a key at
// the first start. A private key that is given takes the place of the one in the
// directory. The others are public keys whose signatures count as well, such as
// the one before. It errors for keys that cannot be read.
func OpenKeys(dir, private string, others ...string) (Keys, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Keys{}, fmt.Errorf("audit: the folder for the key: %w", err)
	}
	if private == "" {
		var err error
		if private, err = keyIn(dir); err != nil {
			return Keys{}, err
		}
	}
	k, err := keysOf(private, others)
	k.head = filepath.Join(dir, "head")
	return k, err
}

// keyIn reads the key of a directory, or makes it.
func keyIn(dir string) (string, error) {
	path := filepath.Join(dir, "key")
	text, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return strings.TrimSpace(string(text)), err
	}
	private, public, err := NewKey(keyName)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, []byte(private+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("audit: the key: %w", err)
	}
	return private, os.WriteFile(filepath.Join(dir, "key.pub"), []byte(public+"\n"), 0o600)
}

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
func (k Keys) keep(checkpoint string) error {
	fresh := k.head + ".new"
	if err := os.WriteFile(fresh, []byte(checkpoint), 0o600); err != nil {
		return fmt.Errorf("audit: the newest checkpoint: %w", err)
	}
	return os.Rename(fresh, k.head)
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
