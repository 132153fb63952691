package ladder

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// Export writes the document as canonical YAML: parsing it gives the same document and the same hash.
func Export(document Document) ([]byte, error) {
	content, err := yaml.MarshalWithOptions(document, yaml.Indent(2), yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("export ladder %s: %w", document.Framework, err)
	}
	return content, nil
}
