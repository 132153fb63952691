package ladder

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/goccy/go-yaml"
)

// Export writes the document as canonical YAML: parsing it gives the same document and the same hash.
func Export(document Document) ([]byte, error) {
	content, err := yaml.MarshalWithOptions(document,
		yaml.Indent(2), yaml.IndentSequence(true), yaml.CustomMarshaler(quoted))
	if err != nil {
		return nil, fmt.Errorf("export ladder %s: %w", document.Framework, err)
	}
	return content, nil
}

// code matches texts that YAML reads as themselves; words that it could take for something else have no hyphen or digit.
var code = regexp.MustCompile(`^[A-Za-z]+[0-9]+$|^[a-z]+(-[a-z0-9]+)+$`)

// quoted puts everything but codes in quotation marks: the encoder alone leaves texts such as "? a" bare and misreads them.
func quoted(text string) ([]byte, error) {
	if code.MatchString(text) {
		return []byte(text), nil
	}
	return []byte(strconv.Quote(text)), nil
}
