package desk

import (
	"peixun/data"
	"peixun/views/ui"
)

// ReviewTone is the colour of a 审核状态: amber waits for us or the reviewers, red must be mended.
func ReviewTone(state data.ReviewState) ui.Tone {
	switch state {
	case data.ReviewApproved:
		return ui.ToneSuccess
	case data.ReviewSubmitted:
		return ui.ToneWarning
	case data.ReviewRejected:
		return ui.ToneDanger
	case data.ReviewPacked:
		return ui.TonePrimary
	}
	return ui.ToneNeutral
}
