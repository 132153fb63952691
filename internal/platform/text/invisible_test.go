package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
)

func TestWhatNobodySeesIsNamedWithItsPlace(t *testing.T) {
	for _, r := range "\u00AD\u034F\u061C\u115F\u17B4\u180E\u200B\u200C\u200D\u200E\u200F\u2028\u202E\u2060\u2066\u2800\u3164\uFE0F\uFEFF\uFFA0\U000E0001\U000E0100\t\x7f" {
		for at, value := range []string{string(r) + "ada@example.com", "a" + string(r) + "da@example.com", "ad" + string(r) + "a@example.com"} {
			require.Contains(t, text.Invisible(value), "character "+string(rune('1'+at))+" is invisible", "%U", r)
			require.Equal(t, "ada@example.com", text.Visible(value), "%U", r)
			err := text.RefuseInvisible("email", value)
			var refused *fault.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, text.CodeInvisible, refused.Code)
			require.Error(t, text.Identifies("user_name", 0)(value))
		}
	}
	require.Equal(t, "character 16 is invisible: U+200B (zero width space)", text.Invisible("ada@example.com\u200b"))
	for _, fine := range []string{"", "ada@example.com", "Zoë@exämple.com", "00u1-x_y", "\u5c71\u7530 7", "محمد", "É"} {
		require.Empty(t, text.Invisible(fine))
		require.Equal(t, fine, text.Visible(fine))
		require.NoError(t, text.Identifies("user_name", 20)(fine))
	}
	require.Error(t, text.Identifies("user_name", 2)("abc"))
	for _, fine := range []string{"Walking club ❤️", "👩‍💻 Builders", "\u06a9\u062a\u0627\u0628\u200c\u062e\u0627\u0646\u0647", "Research"} {
		require.Empty(t, text.InvisibleInName(fine))
	}
	for _, hidden := range []string{"rung-hr\u200d", "rung\ufe0f-hr", "\u200crung-hr", "é\u200d", "rung-hr\u200b", "é\u202ex"} {
		require.NotEmpty(t, text.InvisibleInName(hidden), "%q", hidden)
	}
}
