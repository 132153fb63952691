package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
)

// sharedStrings are the texts of a workbook, each kept once: one after the other
// in one piece of memory, with the place where each of them ends.
type sharedStrings struct {
	all  []byte
	ends []uint32
}

func readStrings(book *workbook) (sharedStrings, error) {
	var s sharedStrings
	part := book.partOfKind("sharedStrings")
	if part == "" {
		return s, nil
	}
	in, closer, err := book.open(part, maxStrings, ErrStrings)
	if err != nil {
		return s, err
	}
	defer func() { _ = closer.Close() }()
	return s, s.read(in)
}

func (s *sharedStrings) read(in *rationed) error {
	decoder := newDecoder(in)
	for len(s.ends) <= maxCells {
		in.newPortion()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return orBroken(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "si" {
			continue
		}
		var item richText
		if err := decoder.DecodeElement(&item, &start); err != nil {
			return orBroken(err)
		}
		text, err := item.text()
		if err != nil {
			return err
		}
		s.all = append(s.all, text...)
		s.ends = append(s.ends, uint32(len(s.all)))
	}
	return ErrManyCells
}

// at is the text with that number.
func (s sharedStrings) at(number string) (string, error) {
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(s.ends) {
		return "", ErrBrokenWorkbook
	}
	begin := uint32(0)
	if i > 0 {
		begin = s.ends[i-1]
	}
	return string(s.all[begin:s.ends[i]]), nil
}
