package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// These are the refusals of a file that is not a table at all.
const (
	ErrBinary  Refusal = "this is neither a text file nor a workbook: export the table as CSV or .xlsx and import that file"
	ErrEmpty   Refusal = "the file is empty: it needs a header line and at least one row"
	ErrTooWide Refusal = "the header line has more than 500 columns, which is the limit: delete the columns that are not needed"
)

const maxColumns = 500

// These are the first bytes of a workbook, and of old and protected ones.
var (
	packed   = []byte("PK\x03\x04")
	compound = []byte("\xd0\xcf\x11\xe0")
)

// decoded returns the file as UTF-8 without byte order mark, and the name of the
// encoding it was written in.
func decoded(raw *bufio.Reader) (*bufio.Reader, string, error) {
	sample, err := raw.Peek(sampleBytes)
	if _, large := errors.AsType[Refusal](err); err != nil && !errors.Is(err, io.EOF) && !large {
		return nil, "", err // a file that is too large shows that when it is read to its end
	}
	if len(sample) == 0 {
		return nil, "", ErrEmpty
	}
	from, name := detectEncoding(sample)
	if from == nil {
		return nil, "", ErrBinary
	}
	text := bufio.NewReaderSize(transform.NewReader(raw, from.NewDecoder()), sampleBytes)
	if first, _ := text.Peek(sampleBytes); bytes.IndexByte(first, '\r') >= 0 && bytes.IndexByte(first, '\n') < 0 {
		return bufio.NewReaderSize(lineFeeds{text}, sampleBytes), name, nil
	}
	return text, name, nil
}

// lineFeeds reads a file whose lines end with a carriage return alone, as old
// spreadsheets on the Macintosh write them.
type lineFeeds struct{ in io.Reader }

func (l lineFeeds) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// detectEncoding is nil if no text encoding fits the bytes.
func detectEncoding(sample []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(sample, []byte("\xff\xfe")), bytes.HasPrefix(sample, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16"
	case bytes.IndexByte(sample, 0) >= 0:
		return utf16WithoutMark(sample), "UTF-16"
	case validUTF8(sample):
		return unicode.UTF8BOM, "UTF-8"
	}
	return charmap.Windows1252, "Windows-1252"
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

// validUTF8 ignores a character that is cut off at the end of the sample.
func validUTF8(sample []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(sample); cut++ {
		if utf8.Valid(sample[:len(sample)-cut]) {
			return cut == 0 || len(sample) == sampleBytes
		}
	}
	return false
}

// limitedReader fails instead of silently ending, so that half a file is never
// taken for a whole one.
type limitedReader struct {
	source io.Reader
	left   int64
	most   int64
}

func limited(source io.Reader, most int64) *limitedReader {
	return &limitedReader{source: source, left: most, most: most}
}

func (l *limitedReader) refusal() Refusal {
	return Refusal(fmt.Sprintf("the file is larger than %d MB, which is the limit: split it into smaller files", l.most>>20))
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, l.refusal()
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.source.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n - 1, l.refusal()
	}
	return n, err
}
