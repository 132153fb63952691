package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

// workbook is a workbook of which single parts are read, never the whole.
type workbook struct {
	path    string // of a temporary copy, because it is read from its end
	archive *zip.ReadCloser
	main    string // the part that lists the sheets
	parts   relations
	index   struct {
		Settings struct {
			Since1904 xmlBool `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
}

// relations say which part of a workbook is what.
type relations struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

type xmlBool bool

// UnmarshalText reads the two spellings of each value.
func (b *xmlBool) UnmarshalText(text []byte) error {
	*b = string(text) == "1" || string(text) == "true"
	return nil
}

func openWorkbook(in io.Reader) (*workbook, error) {
	w := &workbook{}
	if err := w.read(in); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *workbook) read(in io.Reader) (err error) {
	if w.path, err = spool(in); err != nil {
		return err
	}
	if w.archive, err = zip.OpenReader(w.path); err != nil {
		return ErrBrokenWorkbook
	}
	if w.main, err = w.mainPart(); err != nil {
		return err
	}
	if err := w.decode(w.main, &w.index); err != nil {
		return err
	}
	folder, file := path.Split(w.main)
	return w.decode(folder+"_rels/"+file+".rels", &w.parts)
}

// spool copies the workbook to a temporary file.
func spool(in io.Reader) (string, error) {
	f, err := os.CreateTemp("", "rung-*.xlsx")
	if err != nil {
		return "", err
	}
	n, err := io.Copy(f, io.LimitReader(in, maxWorkbook+1))
	if err == nil && n > maxWorkbook {
		err = ErrLargeWorkbook
	}
	return f.Name(), errors.Join(err, f.Close())
}

func (w *workbook) mainPart() (string, error) {
	var top relations
	if err := w.decode("_rels/.rels", &top); err != nil {
		return "", err
	}
	for _, r := range top.List {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return strings.TrimPrefix(r.Target, "/"), nil
		}
	}
	return "", ErrBrokenWorkbook
}

// visible are the names of the sheets that people see.
func (w *workbook) visible() []string {
	var out []string
	for _, s := range w.index.Sheets {
		if s.State == "" || s.State == "visible" {
			out = append(out, s.Name)
		}
	}
	return out
}

func choose(sheets []string, wanted string) (string, error) {
	switch {
	case len(sheets) == 0:
		return "", ErrBrokenWorkbook
	case wanted == "":
		return sheets[0], nil
	case !slices.Contains(sheets, wanted):
		return "", ErrNoSheet
	}
	return wanted, nil
}

// sheetPart is where the cells of a sheet are.
func (w *workbook) sheetPart(name string) string {
	for _, s := range w.index.Sheets {
		if s.Name == name {
			return w.part(func(id, _ string) bool { return id == s.ID })
		}
	}
	return ""
}

// partOfKind is "" when the workbook has no such part.
func (w *workbook) partOfKind(kind string) string {
	return w.part(func(_, kindOf string) bool { return strings.HasSuffix(kindOf, "/"+kind) })
}

func (w *workbook) part(wanted func(id, kind string) bool) string {
	for _, r := range w.parts.List {
		if wanted(r.ID, r.Type) {
			if rooted, ok := strings.CutPrefix(r.Target, "/"); ok {
				return rooted
			}
			return path.Join(path.Dir(w.main), r.Target)
		}
	}
	return ""
}

// open refuses a part that is too large before it is unpacked.
func (w *workbook) open(part string, most int64, refusal Refusal) (*rationed, io.Closer, error) {
	for _, f := range w.archive.File {
		if !strings.EqualFold(f.Name, part) {
			continue
		}
		switch {
		case f.UncompressedSize64 > manyBytes && f.UncompressedSize64/maxInflation > f.CompressedSize64:
			return nil, nil, ErrInflated
		case f.UncompressedSize64 > uint64(most):
			return nil, nil, refusal
		}
		in, err := f.Open()
		if err != nil {
			return nil, nil, ErrBrokenWorkbook
		}
		return &rationed{in: in, left: most, whole: refusal}, in, nil
	}
	return nil, nil, ErrBrokenWorkbook
}

func (w *workbook) decode(part string, into any) error {
	content, err := w.small(part)
	if err != nil {
		return err
	}
	if newDecoder(bytes.NewReader(content)).Decode(into) != nil {
		return ErrBrokenWorkbook
	}
	return nil
}

func (w *workbook) small(part string) ([]byte, error) {
	in, closer, err := w.open(part, maxPortion, ErrPart)
	if err != nil {
		return nil, err
	}
	defer func() { _ = closer.Close() }()
	content, err := io.ReadAll(in)
	if err != nil {
		return nil, orBroken(err)
	}
	return content, nil
}

func newDecoder(in io.Reader) *xml.Decoder {
	decoder := xml.NewDecoder(in)
	decoder.CharsetReader = charset.NewReaderLabel
	return decoder
}

func (w *workbook) close() error {
	var err error
	if w.archive != nil {
		err = w.archive.Close()
	}
	if w.path != "" {
		err = errors.Join(err, os.Remove(w.path))
	}
	return err
}

// olderOrLocked distinguishes the two kinds of files that share their first
// bytes.
func olderOrLocked(in io.Reader) error {
	head, err := io.ReadAll(io.LimitReader(in, maxWorkbook))
	if err != nil {
		return err
	}
	if bytes.Contains(head, utf16of("EncryptedPackage")) {
		return ErrLockedWorkbook
	}
	if bytes.Contains(head, utf16of("Workbook")) || bytes.Contains(head, utf16of("Book")) {
		return ErrOldWorkbook
	}
	return ErrBinary
}

func utf16of(text string) []byte {
	var out []byte
	for _, b := range []byte(text) {
		out = append(out, b, 0)
	}
	return out
}
