package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrWorkbook, ErrBinary and ErrEmpty say that the file is no table of text at all.
var (
	ErrWorkbook = errors.New("this is a spreadsheet workbook, not CSV: save it as \"CSV UTF-8\" and import that file")
	ErrBinary   = errors.New("this is not a text file: export the table as CSV and import that file")
	ErrEmpty    = errors.New("the file is empty: it needs a header line and at least one row")
)

var errTooLarge = errors.New("file too large")

// decoded returns the file as UTF-8 without byte order mark, whatever it was written in.
func decoded(source io.Reader, limit int64) (*bufio.Reader, error) {
	raw := bufio.NewReaderSize(&limitedReader{source: source, left: limit}, sampleBytes)
	sample, err := raw.Peek(sampleBytes)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errTooLarge) {
		return nil, err
	}
	if len(sample) == 0 {
		return nil, ErrEmpty
	}
	if bytes.HasPrefix(sample, []byte("PK\x03\x04")) || bytes.HasPrefix(sample, []byte("\xd0\xcf\x11\xe0")) {
		return nil, ErrWorkbook
	}
	from := detectEncoding(sample)
	if from == nil {
		return nil, ErrBinary
	}
	return bufio.NewReaderSize(transform.NewReader(raw, from.NewDecoder()), sampleBytes), nil
}

// detectEncoding is nil for bytes that no text encoding explains.
func detectEncoding(sample []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(sample, []byte("\xff\xfe")), bytes.HasPrefix(sample, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.IndexByte(sample, 0) >= 0:
		return utf16WithoutMark(sample)
	case validUTF8(sample):
		return unicode.UTF8BOM
	}
	return charmap.Windows1252
}

// utf16WithoutMark looks at which half of each pair is zero: mostly Latin text fills only one of them.
func utf16WithoutMark(sample []byte) encoding.Encoding {
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	mostly := len(sample) / 5
	switch {
	case zeros[1] > mostly && zeros[0] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > mostly && zeros[1] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// validUTF8 forgives a character that the end of the sample cut in half.
func validUTF8(sample []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(sample); cut++ {
		if utf8.Valid(sample[:len(sample)-cut]) {
			return cut == 0 || len(sample) == sampleBytes
		}
	}
	return false
}

// limitedReader fails instead of silently ending, so that half a file is never taken for a whole one.
type limitedReader struct {
	source io.Reader
	left   int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.source.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n - 1, errTooLarge
	}
	return n, err
}
