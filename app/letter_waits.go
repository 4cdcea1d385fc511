package app

import (
	"peixun/data"
	"peixun/data/sqlite"
)

// letterWaits counts a plan's letters that stand still for longer than the unit wants: made and not sent, sent and not returned.
func (a *App) letterWaits(tx *sqlite.Tx, planID int64) ([]Wait, error) {
	settings, err := letterSettings(tx)
	if err != nil {
		return nil, err
	}
	ids, err := tx.LetterIDs(data.LetterQuery{PlanID: planID, Live: true})
	if err != nil {
		return nil, err
	}
	rows, err := tx.LetterRows(ids)
	if err != nil {
		return nil, err
	}
	send, back := Wait{Kind: WaitLetter}, Wait{Kind: WaitReturn}
	for _, row := range rows {
		switch row.State {
		case data.LetterMade, data.LetterPrinted, data.LetterStamped:
			a.addWait(&send, row, row.CreatedAt, settings.SendWithin)
		case data.LetterSent:
			a.addWait(&back, row, data.Moment(row.Last.On+" 00:00:00"), settings.ReturnWithin)
		}
	}
	return []Wait{send, back}, nil
}

// addWait counts a letter that waits for at least so many days.
func (a *App) addWait(wait *Wait, row data.LetterRow, since data.Moment, days int) {
	if since.Date().DaysUntil(a.Today()) < days {
		return
	}
	wait.Count++
	wait.Sum += row.Content.Total()
	if wait.Since == "" || since < wait.Since {
		wait.Since = since
	}
	if wait.Letter = row.Number; wait.Count > 1 {
		wait.Letter = ""
	}
}
